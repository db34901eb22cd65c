// SPDX-License-Identifier: MIT
#include "previewtext.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString nameOf(const PreviewOutcome &outcome, const QString &collection, const QString &id)
{
    if (id.isNull())
        return {};
    return outcome.preview->isNew(collection, id) ? u"(new)"_s : id;
}

QString wordOrUnknown(const std::optional<SyncAction> &action)
{
    return action ? wordOf(*action) : u"?"_s;
}

QString wordOrUnknown(const std::optional<SyncSituation> &situation)
{
    return situation ? wordOf(*situation) : u"?"_s;
}

void printState(const PreviewOutcome &outcome, Output &output)
{
    const ReconResult &result = outcome.result;
    if (result.state == ReconResult::State::Failed)
        output.line(u"The server would break the run off: %1"_s.arg(result.cause));
    if (result.state == ReconResult::State::Canceled)
        output.line(u"Stopped before the end."_s);
    if (!result.serverScripts.isEmpty())
        output.line(u"Not complete: it depends on scripts that only the server can run (%1)."_s.arg(
            result.serverScripts.join(u", "_s)));
}

void printDeletions(const PreviewOutcome &outcome, Output &output)
{
    QStringList deleted;
    for (const ObjectChange &change : outcome.preview->changes()) {
        if (!change.after)
            deleted.append(change.collection + u'/' + change.id);
    }
    if (deleted.isEmpty())
        return output.line(outcome.result.complete ? u"Nothing would be deleted."_s
                                                   : u"As far as is known, nothing would be "
                                                     "deleted."_s);
    output.line((outcome.result.complete ? u"Would be deleted: %1"_s
                                         : u"Would be deleted, which is not certain: %1"_s)
                    .arg(deleted.size()));
    for (const QString &path : deleted)
        output.line(u"  "_s + path);
}

void printCounts(const PreviewOutcome &outcome, Output &output)
{
    QMap<QStringList, int> counts;
    for (const ReconEntry &entry : outcome.result.entries) {
        const QString status = entry.status == ReconEntry::Status::Unknown ? u"not known"_s
            : entry.failed                                                 ? u"failed"_s
                                                                           : u"done"_s;
        ++counts[{entry.ofTargetPhase ? u"target"_s : u"source"_s, wordOrUnknown(entry.situation),
                  wordOrUnknown(entry.action), status}];
    }
    if (counts.isEmpty())
        return;
    QList<QStringList> table {{u"side"_s, u"situation"_s, u"action"_s, u"result"_s, u"count"_s}};
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        table.append(it.key() + QStringList {QString::number(it.value())});
    output.line({});
    output.table(table);
}

void printEntries(const PreviewOutcome &outcome, Output &output)
{
    if (outcome.result.entries.empty())
        return;
    QList<QStringList> table {
        {u"source"_s, u"target"_s, u"qualifier"_s, u"situation"_s, u"action"_s, u"reason"_s}};
    for (const ReconEntry &entry : outcome.result.entries) {
        QStringList targets {nameOf(outcome, outcome.target, entry.targetId)};
        for (const QString &id : entry.ambiguousTargetIds)
            targets.append(nameOf(outcome, outcome.target, id));
        targets.removeAll(QString());
        table.append({nameOf(outcome, outcome.source, entry.sourceId), targets.join(u", "_s),
                      entry.linkQualifier, wordOrUnknown(entry.situation),
                      wordOrUnknown(entry.action), entry.reason});
    }
    output.line({});
    output.table(table);
}

void printOthers(const PreviewOutcome &outcome, Output &output)
{
    QMap<QString, int> others;
    for (const ImplicitEntry &implicit : outcome.implicit)
        ++others[implicit.mapping];
    for (auto it = others.cbegin(); it != others.cend(); ++it)
        output.line(
            u"Its writes start %1 for %2 objects (enableSync)."_s.arg(it.key()).arg(it.value()));
}

} // namespace

void printPreview(const PreviewOutcome &outcome, Output &output)
{
    printState(outcome, output);
    printDeletions(outcome, output);
    for (const ReconWarning &warning : outcome.warnings)
        output.line(u"Warning: "_s + warning.text);
    printOthers(outcome, output);
    printCounts(outcome, output);
    printEntries(outcome, output);
}

} // namespace hubkeeper::cli
