// SPDX-License-Identifier: MIT
#include "changes/run/applybatch.h"

#include "base/clock.h"
#include "changes/run/findcreated.h"

#include <QUuid>

#include <numeric>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Error errorOf(ErrorKind kind, const QString &what, const QString &remedy = {})
{
    return fail(kind, what, remedy).value();
}

const Record *find(const QList<Record> &records, const QString &id)
{
    const auto found = std::find_if(records.begin(), records.end(),
                                    [&](const Record &record) { return record.id == id; });
    return found == records.end() ? nullptr : &*found;
}

Error notFoundYet(const QString &label)
{
    return errorOf(ErrorKind::OutcomeUnknown,
                   u"The answer to creating %1 was lost, and it was not found."_s.arg(label),
                   u"Apply again later: it is looked up once more, and created only if it is "
                   u"still not there."_s);
}

Error asDoubt(Error error)
{
    error.kind = ErrorKind::OutcomeUnknown;
    return error;
}

} // namespace

ApplyBatch::ApplyBatch(RunContext &context, std::vector<RowChange> rows, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_type(rows.front().type)
    , m_kind(rows.front().kind)
{
    for (RowChange &row : rows)
        m_rows.push_back({std::move(row), Waiting, {}, {}});
    refuseFaulty();
    if (m_kind == ChangeKind::Create) {
        for (size_t i = m_rows.size(); i-- > 0;) {
            if (m_rows[i].phase == Waiting && m_rows[i].change.state == RowState::Unknown)
                m_lookUps.push_back(i);
        }
        lookUpEarlier();
    } else {
        readCurrent();
    }
}

const DefinitionsByName &ApplyBatch::definitions() const
{
    static const DefinitionsByName none;
    const auto known = m_context.definitions.constFind(m_type);
    return known == m_context.definitions.cend() ? none : *known;
}

void ApplyBatch::refuseFaulty()
{
    const QList<PropertyDefinition> known = definitions().values();
    for (Row &row : m_rows) {
        // What was sent already is not judged again before it was looked up.
        const QList<FieldFault> faults = row.change.state == RowState::Unknown
            ? QList<FieldFault>()
            : faultsOf(row.change, known);
        if (faults.isEmpty())
            continue;
        Error error = errorOf(ErrorKind::Refused, faults.first().message,
                              u"Correct the value, then apply again."_s);
        error.fields = faults;
        settle(row, RowState::Failed, error);
    }
}

/// Creates of an earlier run whose answers were lost: there already, or sent now.
void ApplyBatch::lookUpEarlier()
{
    if (m_lookUps.empty())
        return noteIntents();
    const size_t index = m_lookUps.back();
    m_lookUps.pop_back();
    (new FindCreated(m_context.portal, m_context.clock, m_rows[index].change, definitions(),
                     m_context.foundIds, this))
        ->onDone(this, [this, index](const Result<std::optional<Record>> &found) {
            if (!isFinished())
                onEarlier(index, found);
        });
}

void ApplyBatch::onEarlier(size_t index, const Result<std::optional<Record>> &found)
{
    Row &row = m_rows[index];
    if (!found && found.error().kind == ErrorKind::Conflict) {
        settle(row, RowState::Failed, found.error());
    } else if (!found) {
        settle(row, RowState::Unknown, asDoubt(found.error()));
    } else if (*found) {
        m_context.foundIds.insert((*found)->id);
        row.change.writtenId = (*found)->id;
        row.phase = Written;
    }
    lookUpEarlier();
}

void ApplyBatch::readCurrent()
{
    const Group waiting = rowsIn(Waiting);
    if (waiting.empty())
        return finish();
    m_context.portal.batchRead(m_type, idsOf(waiting), editedProperties(), this)
        ->onDone(this, [this](const Result<BatchReadOutcome> &read) {
            if (!isFinished())
                onCurrent(read);
        });
}

void ApplyBatch::onCurrent(const Result<BatchReadOutcome> &read)
{
    const Group waiting = rowsIn(Waiting);
    if (!read) {
        for (const size_t index : waiting)
            settle(m_rows[index], RowState::Failed, read.error());
        if (failureOf(read.error()) == Failure::NeverHappened)
            m_report.stop = read.error();
        return finish();
    }
    for (const size_t index : waiting)
        compare(m_rows[index], find(read->records, m_rows[index].change.id));
    noteIntents();
}

void ApplyBatch::compare(Row &row, const Record *now)
{
    if (!now && m_kind == ChangeKind::Archive) {
        m_report.archived.append(row.change.id);
        return settle(row, RowState::Applied);
    }
    if (!now) {
        return settle(row, RowState::Failed,
                      errorOf(ErrorKind::NotFound, u"The record is not there any more."_s,
                              u"Take the change back."_s));
    }
    const Comparison comparison = compared(row.change, *now, definitions());
    if (comparison.standing == Comparison::Conflict) {
        settle(row, RowState::Conflicting,
               errorOf(ErrorKind::Conflict, u"Somebody else changed the record meanwhile."_s,
                       u"Choose which value shall stay."_s),
               comparison.theirs);
    } else if (comparison.standing == Comparison::Done) {
        m_report.written.append(*now);
        settle(row, RowState::Applied);
    }
}

/// Nothing is sent before the disk has it. Meanwhile other batches go on.
void ApplyBatch::noteIntents()
{
    const Group waiting = rowsIn(Waiting);
    if (waiting.empty())
        return prove();
    std::vector<RowChange> intents;
    const QDateTime now = m_context.clock.utc();
    for (const size_t index : waiting) {
        RowChange &change = m_rows[index].change;
        if (m_kind == ChangeKind::Create) {
            change.basedOn = now;
            m_context.changes.setSentAt(m_type, change.id, now);
        }
        intents.push_back(change);
    }
    m_context.journal.noteIntents(m_context.runId, std::move(intents), this)
        ->onDone(this, [this, waiting](const Result<void> &noted) {
            if (!isFinished())
                onIntents(waiting, noted);
        });
}

void ApplyBatch::onIntents(const Group &group, const Result<void> &noted)
{
    if (noted) {
        m_groups = {group};
        return sendNext();
    }
    for (const size_t index : group)
        settle(m_rows[index], RowState::Skipped, noted.error());
    m_report.stop = noted.error();
    finish();
}

void ApplyBatch::sendNext()
{
    if (m_groups.empty()) {
        if (m_kind == ChangeKind::Create)
            m_lookUps = rowsIn(Sent);
        return lookUpUnclear();
    }
    const Group group = std::move(m_groups.back());
    m_groups.pop_back();
    for (const size_t index : group)
        m_rows[index].phase = Sent;
    if (m_kind == ChangeKind::Archive)
        sendArchives(group);
    else
        sendInputs(group);
}

void ApplyBatch::sendInputs(const Group &group)
{
    QList<BatchInput> inputs;
    for (const size_t index : group) {
        const RowChange &change = m_rows[index].change;
        BatchInput input;
        input.traceId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        if (m_kind == ChangeKind::Update)
            input.id = change.id;
        for (auto cell = change.cells.cbegin(); cell != change.cells.cend(); ++cell)
            input.properties.insert(cell.key(), cell->after);
        inputs.append(input);
    }
    auto *call = m_kind == ChangeKind::Create ? m_context.portal.batchCreate(m_type, inputs, this)
                                              : m_context.portal.batchUpdate(m_type, inputs, this);
    call->onDone(this, [this, group](const Result<QList<BatchOutcome>> &outcomes) {
        if (!isFinished())
            onSent(group, outcomes);
    });
}

void ApplyBatch::sendArchives(const Group &group)
{
    m_context.portal.batchArchive(m_type, idsOf(group), this)
        ->onDone(this, [this, group](const Result<void> &archived) {
            if (isFinished())
                return;
            if (!archived)
                return onRefused(group, archived.error());
            for (const size_t index : group)
                m_rows[index].phase = Written;
            sendNext();
        });
}

void ApplyBatch::onSent(const Group &group, const Result<QList<BatchOutcome>> &outcomes)
{
    if (!outcomes)
        return onRefused(group, outcomes.error());
    for (size_t i = 0; i < group.size(); ++i) {
        Row &row = m_rows[group[i]];
        const BatchOutcome *outcome =
            qsizetype(i) < outcomes->size() ? &outcomes->at(qsizetype(i)) : nullptr;
        if (outcome && outcome->record) {
            row.phase = Written;
            if (m_kind == ChangeKind::Create) {
                row.change.writtenId = outcome->record->id;
                m_context.foundIds.insert(outcome->record->id);
            }
        } else if (outcome && outcome->record.error().kind != ErrorKind::OutcomeUnknown) {
            settle(row, RowState::Failed, outcome->record.error());
        } else {
            row.doubt = errorOf(ErrorKind::OutcomeUnknown,
                                u"The portal's answer does not mention the record."_s);
        }
    }
    sendNext();
}

/// The request failed as a whole.
void ApplyBatch::onRefused(const Group &group, const Error &error)
{
    const Failure failure = failureOf(error);
    if (failure == Failure::Refused && group.size() > 1) {
        const auto middle = group.begin() + qsizetype(group.size() / 2);
        for (const size_t index : group)
            m_rows[index].phase = Waiting;
        m_groups.emplace_back(middle, group.end());
        m_groups.emplace_back(group.begin(), middle);
        return sendNext();
    }
    for (const size_t index : group) {
        if (failure == Failure::Unclear)
            m_rows[index].doubt = error;
        else
            settle(m_rows[index], RowState::Failed, error);
    }
    if (failure == Failure::NeverHappened) {
        m_report.stop = error;
        m_groups.clear();
        for (const size_t index : rowsIn(Waiting))
            settle(m_rows[index], RowState::Skipped, error);
    }
    sendNext();
}

/// Creates without an answer: shown as unknown, then looked up one after the other.
void ApplyBatch::lookUpUnclear()
{
    if (m_lookUps.empty())
        return prove();
    const size_t index = m_lookUps.back();
    m_lookUps.pop_back();
    const RowChange &change = m_rows[index].change;
    m_context.changes.setState(m_type, change.id, RowState::Unknown, m_rows[index].doubt);
    (new FindCreated(m_context.portal, m_context.clock, change, definitions(), m_context.foundIds,
                     this))
        ->onDone(this, [this, index](const Result<std::optional<Record>> &found) {
            if (!isFinished())
                onUnclear(index, found);
        });
}

void ApplyBatch::onUnclear(size_t index, const Result<std::optional<Record>> &found)
{
    Row &row = m_rows[index];
    if (!found && found.error().kind == ErrorKind::Conflict) {
        settle(row, RowState::Failed, found.error());
    } else if (!found) {
        settle(row, RowState::Unknown, asDoubt(found.error()));
    } else if (*found) {
        m_context.foundIds.insert((*found)->id);
        row.change.writtenId = (*found)->id;
        row.phase = Written;
    } else {
        settle(row, RowState::Unknown, notFoundYet(row.change.label));
    }
    lookUpUnclear();
}

void ApplyBatch::prove()
{
    Group open = rowsIn(Written);
    const Group unclear = rowsIn(Sent);
    open.insert(open.end(), unclear.begin(), unclear.end());
    if (open.empty())
        return finish();
    m_context.portal.batchRead(m_type, idsOf(open), editedProperties(), this)
        ->onDone(this, [this](const Result<BatchReadOutcome> &read) {
            if (!isFinished())
                onProof(read);
        });
}

void ApplyBatch::onProof(const Result<BatchReadOutcome> &read)
{
    for (Row &row : m_rows) {
        if (row.phase != Written && row.phase != Sent)
            continue;
        if (read) {
            judge(row, find(read->records, row.change.portalId()));
        } else if (row.phase == Sent) {
            settle(row, RowState::Failed, asDoubt(row.doubt.value_or(read.error())));
        } else {
            Error note = read.error();
            note.what = u"Written, but it could not be read again: %1"_s.arg(note.what);
            settle(row, RowState::Applied, note);
        }
    }
    finish();
}

/// Compares what the portal has now with what was sent.
void ApplyBatch::judge(Row &row, const Record *now)
{
    const QString id = row.change.portalId();
    if (m_kind == ChangeKind::Archive) {
        if (!now) {
            m_report.archived.append(id);
            return settle(row, RowState::Applied);
        }
        const Error still =
            errorOf(ErrorKind::BadReply, u"The record is still there."_s, u"Apply again."_s);
        return settle(row, RowState::Failed, row.doubt.value_or(still));
    }
    if (!now) {
        return settle(row, RowState::Failed,
                      errorOf(ErrorKind::NotFound,
                              u"The record %1 was gone after it had been written."_s.arg(id)));
    }
    const Proof proof = proofOf(row.change, *now, definitions());
    if (proof == Proof::NotWritten && !row.change.cells.isEmpty() && m_kind == ChangeKind::Update) {
        const Error old = errorOf(ErrorKind::BadReply,
                                  u"The portal took the change, but still has the old value."_s,
                                  u"Apply again."_s);
        return settle(row, RowState::Failed, row.doubt.value_or(old));
    }
    m_report.written.append(*now);
    std::optional<Error> note;
    if (proof == Proof::Differently) {
        note = errorOf(ErrorKind::BadReply, u"The portal stored another text than the one sent."_s);
        row.journaled = row.change;
        for (auto cell = row.journaled->cells.begin(); cell != row.journaled->cells.end(); ++cell)
            cell->after = now->text(cell.key());
    }
    settle(row, RowState::Applied, note);
}

/// Outcomes to the journal first, then to the change set.
void ApplyBatch::finish()
{
    m_isNoted = true;
    m_context.journal.noteOutcomes(m_context.runId, outcomes(), this)
        ->onDone(this, [this](const Result<void> &noted) {
            if (isFinished())
                return;
            tellChanges();
            complete(noted ? Result<BatchReport>(m_report) : tl::unexpected(noted.error()));
        });
}

std::vector<RowChange> ApplyBatch::outcomes() const
{
    std::vector<RowChange> outcomes;
    for (const Row &row : m_rows) {
        RowChange outcome = row.journaled.value_or(row.change);
        outcome.state = row.change.state;
        outcome.error = row.change.error;
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

void ApplyBatch::tellChanges()
{
    m_context.changes.beginStep({});
    for (const Row &row : m_rows) {
        const RowChange &change = row.change;
        if (!change.writtenId.isEmpty())
            m_context.changes.setWritten(m_type, change.id, change.writtenId);
        m_context.changes.setState(m_type, change.id, change.state, change.error, change.theirs);
    }
    m_context.changes.endStep();
}

void ApplyBatch::settle(Row &row, RowState state, std::optional<Error> error,
                        const QHash<QString, QString> &theirs)
{
    row.phase = Settled;
    row.change.state = state;
    row.change.error = std::move(error);
    row.change.theirs = theirs;
    RunSummary &counts = m_report.counts;
    counts.applied += state == RowState::Applied ? 1 : 0;
    counts.failed += state == RowState::Failed ? 1 : 0;
    counts.conflicting += state == RowState::Conflicting ? 1 : 0;
    counts.unknown += state == RowState::Unknown ? 1 : 0;
    counts.skipped += state == RowState::Skipped ? 1 : 0;
}

/// The requests are dropped already; what they may have done is written down.
void ApplyBatch::abortWork()
{
    const Error stopped =
        errorOf(ErrorKind::OutcomeUnknown, u"The run was stopped while the record was sent."_s,
                u"Apply again: the portal is asked first."_s);
    for (Row &row : m_rows) {
        if (row.phase == Waiting && row.change.state != RowState::Unknown)
            settle(row, RowState::Skipped);
        else if (row.phase == Waiting)
            settle(row, RowState::Unknown, row.change.error);
        else if (row.phase == Sent)
            settle(row, m_kind == ChangeKind::Create ? RowState::Unknown : RowState::Failed,
                   stopped);
        else if (row.phase == Written)
            settle(row, RowState::Applied,
                   errorOf(ErrorKind::Cancelled,
                           u"Written; the run was stopped before it could "
                           u"be read again."_s));
    }
    // The run is over; the journal shows the intents alone if this failed.
    if (!m_isNoted)
        (void)m_context.journal.addOutcomes(m_context.runId, outcomes());
    tellChanges();
}

ApplyBatch::Group ApplyBatch::rowsIn(Phase phase) const
{
    Group group;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].phase == phase)
            group.push_back(i);
    }
    return group;
}

QStringList ApplyBatch::idsOf(const Group &group) const
{
    QStringList ids;
    for (const size_t index : group)
        ids.append(m_rows[index].change.portalId());
    return ids;
}

QStringList ApplyBatch::editedProperties() const
{
    QStringList properties;
    for (const Row &row : m_rows) {
        for (auto cell = row.change.cells.cbegin(); cell != row.change.cells.cend(); ++cell) {
            if (!properties.contains(cell.key()))
                properties.append(cell.key());
        }
    }
    return properties;
}

} // namespace hubkeeper
