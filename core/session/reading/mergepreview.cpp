// SPDX-License-Identifier: MIT
#include "session/reading/mergepreview.h"

#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

MergeSource sourceOf(const MergeLine &line)
{
    if (line.result == line.primary)
        return MergeSource::Primary;
    return line.result == line.merged ? MergeSource::Merged : MergeSource::Both;
}

/// Whoever finds the second record by such a value does not find it any more.
void warnOfCorrelation(MergePreview &preview, const MergeWish &wish)
{
    QStringList names = wish.correlated;
    preview.correlatedFrom = wish.correlatedFrom;
    if (names.isEmpty()) {
        names.append(nameProperty(wish.type));
        const QString taken =
            SessionText::tr("IDM is taken to correlate by %1.").arg(names.first());
        preview.correlatedFrom += (wish.correlatedFrom.isEmpty() ? QString() : u" "_s) + taken;
    }
    preview.correlated = names;
    for (const MergeLine &line : std::as_const(preview.lines)) {
        if (!names.contains(line.property) || line.merged.isEmpty() || line.merged == line.result)
            continue;
        preview.lostKeys.append({line.property, line.merged});
        preview.warnings.append(
            SessionText::tr("%1 %2 of the second record goes: an object of IDM that is correlated "
                            "by it loses its record, and the next reconciliation may create the "
                            "record again.")
                .arg(line.property, line.merged));
    }
    for (const MergeLine &line : std::as_const(preview.lines)) {
        if (!names.contains(line.property) || line.primary.isEmpty() || line.primary == line.result)
            continue;
        preview.lostKeys.append({line.property, line.primary});
        preview.warnings.append(
            SessionText::tr("%1 %2 of the first record goes: an object of IDM that is "
                            "correlated by it loses its record.")
                .arg(line.property, line.primary));
    }
    preview.warnings.append(
        SessionText::tr("HubSpot makes a new ID for the merged record as a rule. Links that IDM "
                        "has to %1 or %2 lead on to it, but are not the ID that a "
                        "reconciliation reads.")
            .arg(preview.primary.record.id, preview.merged.record.id));
}

void addLines(MergePreview &preview, const MergeWish &wish, const DefinitionsByName &definitions)
{
    const Record &primary = preview.primary.record;
    const Record &merged = preview.merged.record;
    const auto surviving = survivingTexts(wish.type, primary, merged, definitions);
    QHash<QString, QString> wanted = wish.wanted;
    for (const QString &name : wish.fromMerged)
        wanted.insert(name, merged.text(name));
    QStringList names = definitions.keys();
    names.sort();
    for (const QString &name : std::as_const(names)) {
        if (primary.text(name).isEmpty() && merged.text(name).isEmpty() && !wanted.contains(name))
            continue;
        if (!isMergeable(wish.type, definitions.value(name))) {
            preview.computed.append(name);
            continue;
        }
        MergeLine line;
        line.property = name;
        line.primary = primary.text(name);
        line.merged = merged.text(name);
        const auto kept = surviving.find(name);
        const QString byRule = kept == surviving.end() ? QString() : kept->second;
        line.result = wanted.value(name, byRule);
        line.isChosen = line.result != byRule;
        line.source = sourceOf(line);
        preview.lines.append(line);
    }
    const QString label = u"%1 + %2"_s.arg(labelOf(wish.type, primary.properties, primary.id),
                                           labelOf(wish.type, merged.properties, merged.id));
    preview.row = mergeRow(wish.type, primary, merged, label, choiceCells(surviving, wanted));
}

class ReadMergeImages final : public Call<MergeImages>
{
public:
    ReadMergeImages(Session &session, ObjectType type, const QStringList &ids,
                    const QStringList &properties, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_type(type)
        , m_ids(ids)
    {
        QStringList different = ids;
        if (different.removeDuplicates() > 0) {
            complete(fail(ErrorKind::InvalidInput,
                          SessionText::tr("A record cannot be merged with itself."),
                          SessionText::tr("Name two records.")));
            return;
        }
        then(m_session.definitions(m_type, false, this),
             [this, properties](const QList<PropertyDefinition> &definitions) {
                 onDefinitions(definitions, properties);
             });
    }

private:
    void onDefinitions(const QList<PropertyDefinition> &definitions, QStringList names)
    {
        m_found.definitions = definitions;
        for (const PropertyDefinition &one : definitions) {
            m_names.append(one.name);
            names.removeAll(one.name);
        }
        if (!names.isEmpty())
            return complete(
                fail(ErrorKind::InvalidInput,
                     SessionText::tr("The portal has no property %1.").arg(names.first()),
                     SessionText::tr("`hubkeeper-cli schema` lists them.")));
        readNext();
    }

    void readNext()
    {
        const qsizetype done = m_found.images.size();
        emit progressed(done, m_ids.size());
        if (done == m_ids.size())
            return complete(m_found);
        const QString id = m_ids[done];
        then(m_session.portal().read(m_type, id, {m_names, {}, {}, false}, this),
             [this, id](const Record &record) {
                 if (record.id != id)
                     return complete(tl::unexpected(mergedAway(id, record.id)));
                 then(new ReadImageLinks(m_session.portal(), m_type, id, this),
                      [this, record](const QList<ImageLink> &links) {
                          m_found.images.append({record, links});
                          readNext();
                      });
             });
    }

    Session &m_session;
    const ObjectType m_type;
    const QStringList m_ids;
    MergeImages m_found;
    QStringList m_names;
};

class PreviewMerge final : public Call<MergePreview>
{
public:
    PreviewMerge(Session &session, MergeWish wish, QObject *parent)
        : Call(parent)
        , m_wish(std::move(wish))
    {
        QStringList named = m_wish.fromMerged + m_wish.wanted.keys();
        if (m_wish.correlatedFrom.isEmpty())
            named += m_wish.correlated;
        then(
            readMergeImages(session, m_wish.type, {m_wish.primaryId, m_wish.mergedId}, named, this),
            [this](const MergeImages &found) {
                complete(previewOf(m_wish, found.images[0], found.images[1], found.definitions));
            });
    }

private:
    const MergeWish m_wish;
};

} // namespace

QString nameOf(MergeSource source)
{
    switch (source) {
    case MergeSource::Primary:
        return u"primary"_s;
    case MergeSource::Merged:
        return u"merged"_s;
    case MergeSource::Both:
        break;
    }
    return u"both"_s;
}

MergePreview previewOf(const MergeWish &wish, const RecordImage &primary, const RecordImage &merged,
                       const QList<PropertyDefinition> &definitions)
{
    DefinitionsByName byName;
    for (const PropertyDefinition &one : definitions)
        byName.insert(one.name, one);
    MergePreview preview;
    preview.type = wish.type;
    preview.primary = primary;
    preview.merged = merged;
    addLines(preview, wish, byName);
    for (const ImageLink &link : merged.links) {
        const auto isSame = [&](const ImageLink &one) {
            return one.type == link.type && one.id == link.id;
        };
        const bool isEachOther = link.type == wish.type && link.id == primary.record.id;
        if (!isEachOther && std::none_of(primary.links.begin(), primary.links.end(), isSame))
            preview.moving.append(link);
    }
    warnOfCorrelation(preview, wish);
    return preview;
}

Call<MergeImages> *readMergeImages(Session &session, ObjectType type, const QStringList &ids,
                                   const QStringList &properties, QObject *parent)
{
    return new ReadMergeImages(session, type, ids, properties, parent);
}

Call<MergePreview> *previewMerge(Session &session, MergeWish wish, QObject *parent)
{
    return new PreviewMerge(session, std::move(wish), parent);
}

} // namespace hubkeeper
