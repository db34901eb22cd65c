// SPDX-License-Identifier: MIT
#include "previewtext.h"

#include "counttext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype rowsAtOnce = 1000; ///< Of a table that is printed as it is read.

QString wordOrUnknown(const std::optional<SyncAction> &action)
{
    return action ? wordOf(*action) : u"?"_s;
}

QString wordOrUnknown(const std::optional<SyncSituation> &situation)
{
    return situation ? wordOf(*situation) : u"?"_s;
}

/// What a row may cost: the dearest come first.
enum class Weight { Deletes, Fails, Creates, Changes, Nothing };
constexpr Weight weights[] = {Weight::Deletes, Weight::Fails, Weight::Creates, Weight::Changes,
                              Weight::Nothing};

Weight weightOf(const ReconEntry &entry)
{
    if (entry.action == SyncAction::Delete || entry.action == SyncAction::Unlink)
        return Weight::Deletes;
    if (entry.failed || !entry.action || !entry.situation)
        return Weight::Fails;
    if (entry.action == SyncAction::Create)
        return Weight::Creates;
    return entry.action == SyncAction::Ignore ? Weight::Nothing : Weight::Changes;
}

/// Prints one outcome; what is read on the way may fail.
class PreviewText
{
public:
    PreviewText(const PreviewOutcome &outcome, Output &output)
        : m_outcome(outcome)
        , m_output(output)
    {
    }

    Result<void> print()
    {
        const auto sources = m_outcome.work->newIds(m_outcome.source);
        const auto targets = m_outcome.work->newIds(m_outcome.target);
        if (!sources || !targets)
            return tl::unexpected(!sources ? sources.error() : targets.error());
        m_newSources = *sources;
        m_newTargets = *targets;
        printState();
        return printDeletions()
            .and_then([this] {
                for (const ReconWarning &warning : m_outcome.warnings)
                    m_output.line(u"Warning: "_s + warning.text);
                return printOthers();
            })
            .and_then([this] {
                printCounts();
                return printEntries();
            });
    }

private:
    static QString nameOf(const QSet<QString> &made, const QString &id)
    {
        return made.contains(id) ? u"(new)"_s : id;
    }

    void printState()
    {
        const ReconResult &result = m_outcome.result;
        if (result.state == ReconResult::State::Failed)
            m_output.line(u"The server would break the run off: %1"_s.arg(result.cause));
        if (result.state == ReconResult::State::Canceled)
            m_output.line(u"Stopped before the end."_s);
        if (!result.serverScripts.isEmpty())
            m_output.line(
                u"Not complete: it depends on scripts that only the server can run (%1)."_s.arg(
                    result.serverScripts.join(u", "_s)));
        for (const QString &gap : m_outcome.gaps)
            m_output.line(u"Not complete: "_s + gap);
    }

    Result<void> printDeletions()
    {
        const bool isComplete = m_outcome.result.complete;
        qint64 count = 0;
        const auto counted = m_outcome.work->visitChanges(
            [&](const ObjectChange &change) { count += change.after ? 0 : 1; });
        if (!counted || count == 0) {
            if (!counted)
                return counted;
            m_output.line(isComplete ? u"Nothing would be deleted."_s
                                     : u"As far as is known, nothing would be deleted."_s);
            return {};
        }
        m_output.line((isComplete ? u"Would be deleted: %1"_s
                                  : u"Would be deleted, though this is not certain: %1"_s)
                          .arg(count));
        return m_outcome.work->visitChanges([this](const ObjectChange &change) {
            if (!change.after)
                m_output.line(u"  "_s + change.collection + u'/' + change.id);
        });
    }

    Result<void> printOthers()
    {
        const auto others = m_outcome.work->implicitCounts();
        if (!others)
            return tl::unexpected(others.error());
        for (auto it = others->cbegin(); it != others->cend(); ++it)
            m_output.line(u"Its writes start %1 for %2 (enableSync)."_s.arg(
                it.key(), countText(it.value(), "object"_L1, "objects"_L1)));
        return {};
    }

    void printCounts()
    {
        if (m_outcome.counts.empty())
            return;
        QList<QStringList> table {
            {u"side"_s, u"situation"_s, u"action"_s, u"result"_s, u"count"_s}};
        for (const EntryCount &count : m_outcome.counts) {
            const QString status = count.isUnknown ? u"not known"_s
                : count.failed                     ? u"failed"_s
                : !count.isCertain                 ? u"not certain"_s
                                                   : u"done"_s;
            table.append({count.ofTargetPhase ? u"target"_s : u"source"_s,
                          wordOrUnknown(count.situation), wordOrUnknown(count.action), status,
                          QString::number(count.count)});
        }
        m_output.line({});
        m_output.table(table);
    }

    Result<void> printEntries()
    {
        QList<QStringList> table {
            {u"source"_s, u"target"_s, u"qualifier"_s, u"situation"_s, u"action"_s, u"reason"_s}};
        bool isFirst = true;
        const auto flush = [&] {
            if (isFirst)
                m_output.line({});
            isFirst = false;
            m_output.table(table);
            table.clear();
        };
        Result<void> visited;
        for (const Weight weight : weights) {
            visited = visited.and_then([&] {
                return m_outcome.work->visitEntries(false, [&](const KeptEntry &kept) {
                    if (weightOf(kept.entry) != weight)
                        return;
                    table.append(rowOf(kept.entry));
                    if (table.size() > rowsAtOnce)
                        flush();
                });
            });
        }
        if (table.size() > (isFirst ? 1 : 0))
            flush();
        return visited;
    }

    [[nodiscard]] QStringList rowOf(const ReconEntry &entry) const
    {
        QStringList targets;
        for (const QString &id :
             QStringList {entry.targetId, entry.deletedTargetId} + entry.ambiguousTargetIds) {
            if (!id.isEmpty())
                targets.append(nameOf(m_newTargets, id));
        }
        return {
            nameOf(m_newSources, entry.sourceId), targets.join(u", "_s),       entry.linkQualifier,
            wordOrUnknown(entry.situation),       wordOrUnknown(entry.action), entry.reason};
    }

    const PreviewOutcome &m_outcome;
    Output &m_output;
    QSet<QString> m_newSources;
    QSet<QString> m_newTargets;
};

} // namespace

Result<void> printPreview(const PreviewOutcome &outcome, Output &output)
{
    return PreviewText(outcome, output).print();
}

} // namespace hubkeeper::cli
