// SPDX-License-Identifier: MIT
#include "session/idm/previewjob.h"

#include "reconcile/overlay/previewset.h"
#include "session/sessiontext.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Adds what a further id came to.
void add(ReconResult &all, const ReconResult &one)
{
    if (one.state != ReconResult::State::Success) {
        all.state = one.state;
        all.cause = one.cause;
    }
    all.complete = all.complete && one.complete;
    for (const QString &script : one.serverScripts) {
        if (!all.serverScripts.contains(script))
            all.serverScripts.append(script);
    }
    all.entries.insert(all.entries.end(), one.entries.begin(), one.entries.end());
    for (auto it = one.situations.cbegin(); it != one.situations.cend(); ++it)
        all.situations[it.key()] += it.value();
    all.successes += one.successes;
    all.failures += one.failures;
}

qint64 countIn(const Preview &preview, const QString &collection)
{
    const auto side = preview.objects().sides().find(collection);
    return side == preview.objects().sides().end() ? 0 : side->second.count();
}

bool isDone(const ReconEntry &entry, SyncAction action)
{
    return entry.action == action && entry.status == ReconEntry::Status::Success;
}

QString nameOfCount(SyncAction action)
{
    switch (action) {
    case SyncAction::Create:
        return SessionText::tr("would be created");
    case SyncAction::Update:
        return SessionText::tr("would be changed");
    case SyncAction::Unlink:
        return SessionText::tr("would be unlinked");
    default:
        return SessionText::tr("would be deleted");
    }
}

} // namespace

Result<PreviewThreshold> PreviewThreshold::parse(SyncAction action, const QString &text)
{
    PreviewThreshold threshold;
    threshold.action = action;
    threshold.isShare = text.endsWith(u'%');
    bool isNumber = false;
    threshold.most = (threshold.isShare ? text.chopped(1) : text).toDouble(&isNumber);
    if (isNumber && threshold.most >= 0)
        return threshold;
    return fail(ErrorKind::InvalidInput,
                SessionText::tr("\"%1\" is neither a number nor a share.").arg(text),
                SessionText::tr("Give a number such as 5, or a share such as 5%."));
}

/// By what is different afterwards; for UNLINK by the entries, since an object does not show it.
ActionCount PreviewOutcome::countOf(SyncAction action) const
{
    ActionCount count;
    for (const ObjectChange &change : preview->changes()) {
        const SyncAction done = !change.before ? SyncAction::Create
            : !change.after                    ? SyncAction::Delete
                                               : SyncAction::Update;
        // Whatever it deletes counts, in other collections by implicit synchronisation.
        const bool isCounted = change.collection == target || action == SyncAction::Delete;
        count.known += isCounted && done == action ? 1 : 0;
    }
    int undecided = 0;
    for (const ReconEntry &entry : result.entries) {
        if (action == SyncAction::Unlink)
            count.known += isDone(entry, action) ? 1 : 0;
        const bool mayBe =
            entry.status == ReconEntry::Status::Unknown && entry.action.value_or(action) == action;
        undecided += mayBe ? 1 : 0;
    }
    count.most = count.known + undecided;
    return count;
}

QStringList PreviewOutcome::overThresholds(const QList<PreviewThreshold> &thresholds) const
{
    QStringList sentences;
    for (const PreviewThreshold &threshold : thresholds) {
        const ActionCount count = countOf(threshold.action);
        const qint64 of = threshold.action == SyncAction::Create ? sourcesBefore : targetsBefore;
        const double most =
            threshold.isShare ? threshold.most / 100.0 * double(of) : threshold.most;
        if (double(count.most) <= most)
            continue;
        const QString shown = count.known == count.most
            ? QString::number(count.known)
            : SessionText::tr("%1 to %2").arg(count.known).arg(count.most);
        sentences.append(SessionText::tr("%1 objects %2, more than %3%4 of %5.")
                             .arg(shown, nameOfCount(threshold.action),
                                  QString::number(threshold.most),
                                  threshold.isShare ? u"%"_s : QString(), QString::number(of)));
    }
    return sentences;
}

Result<PreviewOutcome> computePreview(const QJsonObject &file, const PreviewOrder &order,
                                      std::stop_token stop, const ReconObserver &observer)
{
    auto preview = readPreviewSet(file, order.run);
    if (!preview)
        return tl::unexpected(preview.error());
    const auto &mappings = (*preview)->mappings().mappings;
    if (mappings.empty())
        return fail(ErrorKind::InvalidInput, SessionText::tr("The file has no mapping."));
    const auto mapping = std::find_if(mappings.begin(), mappings.end(), [&](const auto &one) {
        return order.mapping.isEmpty() || one.name == order.mapping;
    });
    if (mapping == mappings.end()) {
        QStringList names;
        for (const SyncMapping &one : mappings)
            names.append(one.name);
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("There is no mapping %1.").arg(order.mapping),
                    SessionText::tr("The file has %1.").arg(names.join(u", "_s)));
    }
    PreviewOutcome outcome;
    outcome.mapping = mapping->name;
    outcome.source = mapping->source;
    outcome.target = mapping->target;
    outcome.sourcesBefore = countIn(**preview, mapping->source);
    outcome.targetsBefore = countIn(**preview, mapping->target);
    outcome.result.mapping = mapping->name;
    ReconRequest request;
    request.overrides = order.parameters;
    const QStringList ids = order.ids.isEmpty() ? QStringList {QString()} : order.ids;
    for (const QString &id : ids) {
        if (!id.isNull())
            request.id = id;
        add(outcome.result, (*preview)->run(mapping->name, request, stop, observer));
        const auto &implicit = (*preview)->implicitEntries();
        outcome.implicit.insert(outcome.implicit.end(), implicit.begin(), implicit.end());
    }
    outcome.warnings = warningsOf(**preview, outcome.result, request);
    outcome.preview = std::move(*preview);
    return outcome;
}

} // namespace hubkeeper
