// SPDX-License-Identifier: MIT
#include "session/idm/previewreport.h"

#include "idm/preview/storepreview.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

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

/// What a gap of the links leaves open: any object may be linked.
void widen(PreviewOutcome &outcome)
{
    for (auto it = outcome.actions.begin(); it != outcome.actions.end(); ++it)
        it->most = std::max(it->most,
                            it.key() == SyncAction::Create ? outcome.sourcesBefore
                                                           : outcome.targetsBefore);
}

void noteChanges(const CollectionReading &reading, PreviewOutcome &outcome)
{
    if (reading.appeared > 0)
        outcome.gaps.append(
            SessionText::tr("%Ln object(s) of %1 appeared while it was read, and are not in the "
                            "preview. Read it again.",
                            nullptr, int(reading.appeared))
                .arg(reading.collection));
    if (!reading.changedMeanwhile())
        return;
    const qint64 count = reading.appeared + reading.vanished + reading.changed + reading.seenTwice;
    outcome.warnings.append(
        {ReconWarning::ChangedMeanwhile, int(count),
         SessionText::tr("%1 changed while it was read: %2 appeared, %3 vanished, %4 changed, %5 "
                         "came twice. The preview is not of one moment.")
             .arg(reading.collection)
             .arg(reading.appeared)
             .arg(reading.vanished)
             .arg(reading.changed)
             .arg(reading.seenTwice)});
}

} // namespace

Result<void> noteReadings(PreviewOutcome &outcome)
{
    const auto readings = outcome.work->store()->readings();
    if (!readings)
        return tl::unexpected(readings.error());
    for (const CollectionReading &reading : *readings) {
        if (!reading.gap.isEmpty())
            outcome.gaps.append(reading.gap);
        noteChanges(reading, outcome);
        if (reading.assigned > 0 && reading.collection == outcome.source)
            outcome.warnings.append(
                {ReconWarning::ByAssignments, int(reading.assigned),
                 SessionText::tr(
                     "%Ln source object(s) have values by role assignments, which are laid over "
                     "the mapped ones. Values that a role gave and that are gone cannot be seen.",
                     nullptr, int(reading.assigned))});
    }
    if (outcome.source.startsWith("managed/"_L1) && outcome.sourcesBefore > 0)
        outcome.warnings.append(
            {ReconWarning::HiddenValues, int(outcome.sourcesBefore),
             SessionText::tr(
                 "The server does not show lastSync of its %Ln managed object(s): "
                 "whether "
                 "a run has to write it is not known; the preview assumes that none has it.",
                 nullptr, int(outcome.sourcesBefore))});
    const auto policies = uncheckedPolicies(*outcome.work->store(), outcome.target);
    if (!policies)
        return tl::unexpected(policies.error());
    if (!policies->isEmpty())
        outcome.warnings.append(
            {ReconWarning::UncheckedPolicies, int(policies->size()),
             SessionText::tr(
                 "Policies of %1 that only the server checks, and that may refuse objects: %2.")
                 .arg(outcome.target, policies->join(u", "_s))});
    if (!outcome.gaps.isEmpty())
        outcome.result.complete = false;
    return {};
}

Result<void> countActions(PreviewOutcome &outcome)
{
    for (const SyncAction action :
         {SyncAction::Create, SyncAction::Update, SyncAction::Delete, SyncAction::Unlink})
        outcome.actions.insert(action, {});
    const auto changes = outcome.work->changeCounts(outcome.target);
    // Whatever it deletes counts, in other collections by implicit synchronisation.
    const auto elsewhere = outcome.work->deletedElsewhere(outcome.target);
    const auto entries = outcome.work->counts();
    if (!changes || !elsewhere || !entries)
        return tl::unexpected(!changes         ? changes.error()
                                  : !elsewhere ? elsewhere.error()
                                               : entries.error());
    for (auto it = changes->cbegin(); it != changes->cend(); ++it)
        outcome.actions[it.key()].known += *it;
    outcome.actions[SyncAction::Delete].known += *elsewhere;
    outcome.counts = *entries;
    QMap<SyncAction, qint64> undecided;
    QMap<SyncAction, qint64> uncertain;
    for (const EntryCount &entry : *entries) {
        if (entry.action == SyncAction::Unlink && !entry.failed && !entry.isUnknown)
            outcome.actions[SyncAction::Unlink].known += entry.count;
        if (entry.action && !entry.isCertain && !entry.isUnknown)
            uncertain[*entry.action] += entry.count;
        for (auto it = outcome.actions.begin(); entry.isUnknown && it != outcome.actions.end();
             ++it)
            undecided[it.key()] += entry.action.value_or(it.key()) == it.key() ? entry.count : 0;
    }
    for (auto it = outcome.actions.begin(); it != outcome.actions.end(); ++it) {
        it->most = it->known + undecided.value(it.key());
        it->known = std::max<qint64>(0, it->known - uncertain.value(it.key()));
    }
    const auto readings = outcome.work->store()->readings();
    if (!readings)
        return tl::unexpected(readings.error());
    const bool linksAreKnown =
        std::none_of(readings->begin(), readings->end(), [](const CollectionReading &reading) {
            return reading.collection == "repo/link"_L1 && !reading.gap.isEmpty();
        });
    if (!linksAreKnown)
        widen(outcome);
    return {};
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

} // namespace hubkeeper
