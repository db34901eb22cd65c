// SPDX-License-Identifier: MIT
#include "changes/run/associationbatch.h"

#include "changes/changestext.h"
#include "changes/run/sendlinks.h"
#include "changes/set/journalrows.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Error linkError(ErrorKind kind, const QString &what, const QString &remedy = {})
{
    return fail(kind, what, remedy).value();
}

Error endIsGone(const QString &id)
{
    return linkError(ErrorKind::NotFound, ChangesText::tr("The record %1 is not there.").arg(id),
                     ChangesText::tr("Take the change back."));
}

} // namespace

AssociationBatch::AssociationBatch(RunContext &context, std::vector<RowChange> rows,
                                   QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_rows(std::move(rows), context.guard.signedAs())
{
    resolveEnds();
    readRecords();
}

/// Records of this change set that are new get the ids which the portal gave them.
void AssociationBatch::resolveEnds()
{
    std::array<QStringList, allObjectTypes.size()> to;
    QStringList from;
    for (BatchRows::Row &row : m_rows) {
        const Result<QString> fromId = resolved({row.change.type, row.change.id});
        const Result<QString> toId = resolved(*row.change.to);
        if (!fromId || !toId) {
            m_rows.finish(row, RowState::Failed, fromId ? toId.error() : fromId.error());
            continue;
        }
        if (fromId->isEmpty() || toId->isEmpty()) { // A dry run made no records.
            m_rows.finish(row, row.change.state, row.change.error);
            ++m_rows.report().counts.sendable;
            continue;
        }
        row.fromId = *fromId;
        row.toId = *toId;
        const auto primary = row.change.cells.find(primaryCell);
        if (primary != row.change.cells.end() && primary->after == row.change.to->id)
            primary->after = *toId;
        from.append(*fromId);
        to[size_t(row.change.to->type)].append(*toId);
    }
    m_records.push_back({m_rows.type(), from});
    for (const ObjectType type : allObjectTypes)
        m_records.push_back({type, to[size_t(type)]});
    std::erase_if(m_records, [](const RecordsToRead &records) { return records.ids.isEmpty(); });
}

/// Empty for a record that a dry run does not make.
Result<QString> AssociationBatch::resolved(const RecordReference &record) const
{
    if (localNumber(record.id) == 0)
        return record.id;
    const std::optional<RowChange> made = m_context.changes.row(record.type, record.id);
    if (made && !made->writtenId.isEmpty())
        return made->writtenId;
    if (made && m_context.dryRun)
        return QString();
    return fail(ErrorKind::Refused,
                ChangesText::tr("%1 is not created.").arg(made ? made->label : record.id),
                made ? ChangesText::tr("Apply again once it is.")
                     : ChangesText::tr("Take the change back."));
}

void AssociationBatch::readRecords()
{
    if (m_records.empty())
        return readLinks(m_rows.in(BatchRows::Waiting), &AssociationBatch::compareAll);
    const RecordsToRead next = m_records.back();
    m_records.pop_back();
    always(m_context.portal.batchRead(next.type, next.ids, {u"hs_object_id"_s}, this),
           [this, next](const Result<BatchReadOutcome> &read) { onRecords(next.type, read); });
}

/// Neither end may be another record than the one that was staged, nor be gone. A link that shall
/// go is gone with either end.
void AssociationBatch::onRecords(ObjectType type, const Result<BatchReadOutcome> &read)
{
    if (!read)
        return failReading(read.error());
    const auto judgeEnd = [&](BatchRows::Row &row, const QString &id) {
        if (row.phase != BatchRows::Waiting)
            return;
        if (const QString survivor = read->survivors.value(id); !survivor.isEmpty())
            m_rows.finish(row, RowState::Failed, mergedAway(id, survivor));
        else if (read->missing.contains(id) && row.change.kind == ChangeKind::Archive)
            m_rows.finish(row, RowState::Applied);
        else if (read->missing.contains(id))
            m_rows.finish(row, RowState::Failed, endIsGone(id));
    };
    for (BatchRows::Row &row : m_rows) {
        if (m_rows.type() == type)
            judgeEnd(row, row.fromId);
        if (row.change.to->type == type)
            judgeEnd(row, row.toId);
    }
    readRecords();
}

void AssociationBatch::readLinks(const BatchRows::Group &group, Continuation next)
{
    m_unread.reset();
    m_found = {};
    for (const ObjectType to : allObjectTypes) {
        RecordsToRead wanted {to, {}};
        for (const size_t index : group) {
            if (m_rows[index].change.to->type == to)
                wanted.ids.append(m_rows[index].fromId);
        }
        if (!wanted.ids.isEmpty())
            m_links.push_back(std::move(wanted));
    }
    readNextLinks(next);
}

void AssociationBatch::readNextLinks(Continuation next)
{
    if (m_links.empty())
        return (this->*next)();
    const RecordsToRead wanted = m_links.back();
    m_links.pop_back();
    always(new BatchAssociations(m_context.portal, m_rows.type(), wanted.ids, wanted.type, this),
           [this, wanted, next](const Result<AssociationsById> &found) {
               if (found)
                   m_found[size_t(wanted.type)] = *found;
               else
                   m_unread = found.error();
               readNextLinks(next);
           });
}

void AssociationBatch::failReading(const Error &error)
{
    m_rows.finish(m_rows.in(BatchRows::Waiting), RowState::Failed, error);
    if (failureOf(error) == Failure::NeverHappened)
        m_rows.report().stop = error;
    finish();
}

Result<LinkNow> AssociationBatch::linkOf(const BatchRows::Row &row) const
{
    if (m_unread)
        return tl::unexpected(*m_unread);
    return linkNow(m_found[size_t(row.change.to->type)].value(row.fromId), row.toId);
}

void AssociationBatch::compareAll()
{
    if (m_unread)
        return failReading(*m_unread);
    for (BatchRows::Row &row : m_rows) {
        if (row.phase == BatchRows::Waiting)
            compare(row);
    }
    noteIntents();
}

void AssociationBatch::compare(BatchRows::Row &row)
{
    const LinkNow now = linkOf(row).value_or(LinkNow());
    // Who was primary before and has no link any more is not linked again for that.
    const QList<Association> all = m_found[size_t(row.change.to->type)].value(row.fromId);
    if (const QString company = companyToPromote(row.change);
        !company.isEmpty() && linkNow(all, company).kinds.isEmpty())
        row.change.cells[primaryCell].after.clear();
    const bool isMoved = m_context.movedPrimaries.contains(row.fromId);
    const Comparison comparison = comparedLink(row.change, now, isMoved);
    row.journaled = journaledLink(row.change, now, comparison.standing == Comparison::Done);
    if (comparison.standing == Comparison::Conflict)
        m_rows.finish(row, RowState::Conflicting,
                      linkError(ErrorKind::Conflict,
                                ChangesText::tr("Somebody else changed the association meanwhile."),
                                ChangesText::tr("Choose which one shall stay.")),
                      comparison.theirs);
    else if (comparison.standing == Comparison::Done)
        m_rows.finish(row, RowState::Applied);
}

/// Nothing is sent before the disk has it. Meanwhile other batches go on.
void AssociationBatch::noteIntents()
{
    const BatchRows::Group waiting = m_rows.in(BatchRows::Waiting);
    if (waiting.empty())
        return finish();
    if (m_context.dryRun) {
        for (const size_t index : waiting) {
            m_rows.finish(m_rows[index], m_rows[index].change.state, m_rows[index].change.error);
            ++m_rows.report().counts.sendable;
        }
        return finish();
    }
    if (m_context.isStopping)
        return skip(waiting, stoppedBefore());
    std::vector<JournalRow> intents;
    for (const size_t index : waiting)
        intents.push_back(BatchRows::journalRow(m_rows[index]));
    always(m_context.journal.noteIntents(m_context.runId, std::move(intents), this),
           [this, waiting](const Result<void> &noted) { onIntents(waiting, noted); });
}

void AssociationBatch::onIntents(const BatchRows::Group &group, const Result<void> &noted)
{
    if (!noted)
        return skip(group, noted.error());
    if (m_context.isStopping)
        return skip(group, stoppedBefore());
    if (const auto refusal = m_context.guard.admit(m_rows.writesOf(group)))
        return skip(group, *refusal); // The policy changed while the run was under way.
    always(new SendLinks(m_context, m_rows, group, this),
           [this](const Result<void> &) { prove(); });
}

void AssociationBatch::skip(const BatchRows::Group &group, const std::optional<Error> &why)
{
    m_rows.finish(group, RowState::Skipped, why);
    if (!m_context.isStopping)
        m_rows.report().stop = why;
    finish();
}

void AssociationBatch::prove()
{
    BatchRows::Group open = m_rows.in(BatchRows::Written);
    const BatchRows::Group unclear = m_rows.in(BatchRows::Sent);
    open.insert(open.end(), unclear.begin(), unclear.end());
    if (open.empty())
        return finish();
    readLinks(open, &AssociationBatch::judgeAll);
}

void AssociationBatch::judgeAll()
{
    for (BatchRows::Row &row : m_rows) {
        if (row.phase != BatchRows::Written && row.phase != BatchRows::Sent)
            continue;
        const Result<LinkNow> now = linkOf(row);
        const std::optional<Error> doubt = row.phase == BatchRows::Sent
            ? std::optional(row.doubt.value_or(now ? notMentioned() : now.error()))
            : std::nullopt;
        const Outcome outcome = linkOutcomeOf(row.change, doubt, now);
        if (outcome.isOtherText && now)
            row.journaled->cells[associationCell].after = kindsText(now->kinds);
        m_rows.finish(row, outcome.state, outcome.error);
    }
    finish();
}

/// Outcomes to the journal first, then to the change set.
void AssociationBatch::finish()
{
    m_isNoted = true;
    if (m_context.dryRun) {
        m_rows.reportTo(m_context.changes);
        return complete(m_rows.report());
    }
    always(m_context.journal.noteOutcomes(m_context.runId, m_rows.outcomes(), this),
           [this](const Result<void> &noted) {
               m_rows.reportTo(m_context.changes);
               complete(noted ? Result<BatchReport>(m_rows.report())
                              : tl::unexpected(noted.error()));
           });
}

/// The requests are dropped already; what they may have done is written down.
void AssociationBatch::abortWork()
{
    const Error stopped =
        linkError(ErrorKind::OutcomeUnknown,
                  ChangesText::tr("The run was stopped while the association was sent."),
                  ChangesText::tr("Apply again: the portal is asked first."));
    for (BatchRows::Row &row : m_rows) {
        if (row.phase == BatchRows::Finished)
            continue;
        if (row.phase == BatchRows::Waiting && m_context.dryRun)
            m_rows.finish(row, row.change.state);
        else if (row.phase != BatchRows::Waiting)
            m_rows.finish(row, RowState::Unknown, stopped);
        else if (row.change.state == RowState::Unknown)
            m_rows.finish(row, RowState::Unknown, row.change.error);
        else
            m_rows.finish(row, RowState::Skipped, stoppedBefore());
    }
    if (!m_isNoted && !m_context.dryRun)
        m_context.journal.leaveOutcomes(m_context.runId, m_rows.outcomes());
    m_rows.reportTo(m_context.changes);
}

} // namespace hubkeeper
