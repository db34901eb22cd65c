// SPDX-License-Identifier: MIT
#include "session/reading/grouppreview.h"

#include "session/sessiontext.h"

namespace hubkeeper {

namespace {

/// Of what is wanted in the end, what the merge of the record at `place` has to choose.
QHash<QString, QString> choicesAt(const GroupWish &wish, const RecordImage &kept,
                                  const QList<RecordImage> &images, qsizetype place)
{
    QHash<QString, QString> choices;
    for (auto text = wish.wanted.cbegin(); text != wish.wanted.cend(); ++text) {
        const QString &property = text.key();
        const bool comesLater =
            std::any_of(images.begin() + place + 1, images.end(), [&](const RecordImage &image) {
                return !text->isEmpty() && image.record.text(property) == *text;
            });
        const QString own = kept.record.text(property);
        const QString byRule = own.isEmpty() ? images[place].record.text(property) : own;
        if (!comesLater && byRule != *text)
            choices.insert(property, *text);
    }
    return choices;
}

/// The record that stays, as the merge is expected to leave it.
RecordImage leftBy(const MergePreview &preview)
{
    RecordImage image = preview.primary;
    for (const MergeLine &line : preview.lines)
        image.record.properties.insert(line.property, line.result);
    image.links += preview.moving;
    return image;
}

} // namespace

QList<MergePreview> previewsOf(const GroupWish &wish, const MergeImages &found)
{
    QList<MergePreview> previews;
    RecordImage kept = found.images.value(0);
    for (qsizetype place = 1; place < found.images.size(); ++place) {
        MergeWish one;
        one.type = wish.type;
        one.primaryId = wish.keptId;
        one.mergedId = found.images[place].record.id;
        one.correlated = wish.correlated;
        one.correlatedFrom = wish.correlatedFrom;
        one.wanted = choicesAt(wish, kept, found.images, place);
        previews.append(previewOf(one, kept, found.images[place], found.definitions));
        kept = leftBy(previews.last());
    }
    return previews;
}

Call<MergeImages> *readGroup(Session &session, const GroupWish &wish, QObject *parent)
{
    if (wish.otherIds.isEmpty())
        return new ReadyCall<MergeImages>(
            fail(ErrorKind::InvalidInput, SessionText::tr("There is no record to merge.")), parent);
    if (wish.otherIds.size() > mostMergesAtOnce)
        return new ReadyCall<MergeImages>(
            fail(ErrorKind::InvalidInput,
                 SessionText::tr("%Ln records are too many to be merged at once.", nullptr,
                                 int(wish.otherIds.size())),
                 SessionText::tr("Merge %Ln at a time.", nullptr, int(mostMergesAtOnce))),
            parent);
    QStringList named = wish.wanted.keys();
    if (wish.correlatedFrom.isEmpty())
        named += wish.correlated;
    return readMergeImages(session, wish.type, QStringList {wish.keptId} + wish.otherIds, named,
                           parent);
}

} // namespace hubkeeper
