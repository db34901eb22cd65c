// SPDX-License-Identifier: MIT
#include "changes/run/applybatch.h"

#include "base/clock.h"
#include "changes/run/samedomains.h"
#include "changes/set/journalrows.h"

#include <QUuid>

#include <numeric>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto stageProperty = u"lifecyclestage"_s;

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

Error notMentioned()
{
    return errorOf(ErrorKind::OutcomeUnknown,
                   u"The portal's answer does not mention the record."_s);
}

Error notFoundYet(const QString &label)
{
    return errorOf(ErrorKind::OutcomeUnknown,
                   u"The answer to creating %1 was lost, and it was not found."_s.arg(label),
                   u"Apply again later: it is looked up once more, and created only if it is "
                   u"still not there."_s);
}

} // namespace

ApplyBatch::ApplyBatch(RunContext &context, std::vector<RowChange> rows, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_type(rows.front().type)
    , m_kind(rows.front().kind)
{
    for (RowChange &row : rows)
        m_rows.emplace_back().change = std::move(row);
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
        finish(row, RowState::Failed, error);
    }
}

LostCreate *ApplyBatch::lookUp(const RowChange &change)
{
    SentCreate sent {m_type, false, {}, change.basedOn};
    for (auto cell = change.cells.cbegin(); cell != change.cells.cend(); ++cell)
        sent.values.insert(cell.key(), cell->after);
    return new LostCreate(m_context.portal, m_context.clock, sent, definitions(),
                          m_context.foundIds, this);
}

/// Creates of an earlier run whose answers were lost: there already, or sent now.
void ApplyBatch::lookUpEarlier()
{
    if (m_lookUps.empty())
        return findSameDomains();
    const size_t index = m_lookUps.back();
    m_lookUps.pop_back();
    always(lookUp(m_rows[index].change),
           [this, index](const Result<std::optional<Record>> &found) { onEarlier(index, found); });
}

void ApplyBatch::onEarlier(size_t index, const Result<std::optional<Record>> &found)
{
    Row &row = m_rows[index];
    if (!found && found.error().kind == ErrorKind::Conflict) {
        finish(row, RowState::Failed, found.error());
    } else if (!found) {
        finish(row, RowState::Unknown, asDoubt(found.error()));
    } else if (*found) {
        m_context.foundIds.insert((*found)->id);
        row.change.writtenId = (*found)->id;
        row.phase = Written;
    }
    lookUpEarlier();
}

/// HubSpot makes any number of companies with one domain. A row that failed for that and is applied
/// again is meant.
void ApplyBatch::findSameDomains()
{
    QStringList domains;
    if (m_type == ObjectType::Companies && !m_context.mayRepeatDomains) {
        for (const size_t index : rowsIn(Waiting)) {
            const RowChange &change = m_rows[index].change;
            const bool isMeant = change.error && change.error->category == sameDomainCategory();
            if (change.state != RowState::Unknown && !isMeant)
                domains.append(change.cells.value(u"domain"_s).after);
        }
    }
    domains.removeAll(QString());
    if (domains.isEmpty())
        return noteIntents();
    auto *found = new SameDomains(m_context.portal, domains, this);
    found->onDone(this, [this](const Result<QHash<QString, QString>> &owners) {
        if (!isFinished())
            onSameDomains(owners);
    });
}

void ApplyBatch::onSameDomains(const Result<QHash<QString, QString>> &owners)
{
    for (const size_t index : rowsIn(Waiting)) {
        Row &row = m_rows[index];
        const QString domain = row.change.cells.value(u"domain"_s).after.toLower();
        if (domain.isEmpty() || row.change.state == RowState::Unknown)
            continue;
        if (!owners)
            finish(row, RowState::Failed, owners.error());
        else if (owners->contains(domain))
            finish(row, RowState::Failed, sameDomainError(domain, owners->value(domain)));
    }
    if (!owners && failureOf(owners.error()) == Failure::NeverHappened)
        m_report.stop = owners.error();
    noteIntents();
}

void ApplyBatch::readCurrent()
{
    const Group waiting = rowsIn(Waiting);
    if (waiting.empty())
        return finish();
    always(m_context.portal.batchRead(m_type, idsOf(waiting), propertiesToCompare(), this),
           [this](const Result<BatchReadOutcome> &read) { onCurrent(read); });
}

void ApplyBatch::onCurrent(const Result<BatchReadOutcome> &read)
{
    const Group waiting = rowsIn(Waiting);
    if (!read) {
        for (const size_t index : waiting)
            finish(m_rows[index], RowState::Failed, read.error());
        if (failureOf(read.error()) == Failure::NeverHappened)
            m_report.stop = read.error();
        return finish();
    }
    for (const size_t index : waiting)
        compare(m_rows[index], find(read->records, m_rows[index].change.id),
                read->survivors.value(m_rows[index].change.id));
    noteIntents();
}

/// `survivor`: what it was merged into since; empty if it was not.
void ApplyBatch::compare(Row &row, const Record *now, const QString &survivor)
{
    if (!survivor.isEmpty())
        return finish(row, RowState::Failed, mergedAway(row.change.id, survivor));
    if (!now && m_kind == ChangeKind::Archive) {
        m_report.archived.append(row.change.id);
        return finish(row, RowState::Applied);
    }
    if (!now) {
        return finish(row, RowState::Failed,
                      errorOf(ErrorKind::NotFound, u"The record is not there any more."_s,
                              u"Take the change back."_s));
    }
    const Comparison comparison = compared(row.change, *now, definitions());
    if (comparison.standing == Comparison::Conflict) {
        finish(row, RowState::Conflicting,
               errorOf(ErrorKind::Conflict, u"Somebody else changed the record meanwhile."_s,
                       u"Choose which value shall stay."_s),
               comparison.theirs);
    } else if (comparison.standing == Comparison::Done) {
        m_report.written.append(*now);
        finish(row, RowState::Applied);
    } else if (const auto refusal = refusalOfStage(row.change, *now, definitions())) {
        finish(row, RowState::Failed, refusal);
    } else if (m_kind == ChangeKind::Archive) {
        for (auto text = now->properties.cbegin(); text != now->properties.cend(); ++text) {
            if (!text.value().isEmpty())
                row.image.insert(text.key(), {text.value(), {}});
        }
    }
}

/// Nothing is sent before the disk has it. Meanwhile other batches go on.
void ApplyBatch::noteIntents()
{
    const Group waiting = rowsIn(Waiting);
    if (waiting.empty())
        return prove();
    if (m_context.dryRun)
        return stopBeforeSending(waiting);
    if (m_context.isStopping)
        return skip(waiting, stoppedBefore());
    std::vector<JournalRow> intents;
    const QDateTime now = m_context.portal.client().portalTime();
    m_context.changes.beginStep({});
    for (const size_t index : waiting) {
        RowChange &change = m_rows[index].change;
        if (m_kind == ChangeKind::Create) {
            change.basedOn = now;
            m_context.changes.setSentAt(m_type, change.id, now);
        }
        intents.push_back(journalRowOf(change));
        if (m_kind == ChangeKind::Archive)
            intents.back().cells = m_rows[index].image;
    }
    m_context.changes.endStep();
    always(m_context.journal.noteIntents(m_context.runId, std::move(intents), this),
           [this, waiting](const Result<void> &noted) { onIntents(waiting, noted); });
}

/// Of a dry run: nothing speaks against these.
void ApplyBatch::stopBeforeSending(const Group &group)
{
    for (const size_t index : group)
        finish(m_rows[index], m_rows[index].change.state, m_rows[index].change.error);
    m_report.counts.sendable += int(group.size());
    prove();
}

void ApplyBatch::onIntents(const Group &group, const Result<void> &noted)
{
    if (!noted)
        return skip(group, noted.error());
    if (m_context.isStopping)
        return skip(group, stoppedBefore());
    std::vector<RowChange> changes;
    for (const size_t index : group)
        changes.push_back(m_rows[index].change);
    if (const auto refusal = m_context.guard.admit(guardedWrites(changes)))
        return skip(group, *refusal); // The policy changed while the run was under way.
    m_groups = {group};
    sendNext();
}

void ApplyBatch::skip(const Group &group, const std::optional<Error> &why)
{
    for (const size_t index : group)
        finish(m_rows[index], RowState::Skipped, why);
    if (!m_context.isStopping)
        m_report.stop = why;
    prove(); // Of a look-up, rows may be written.
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
    else if (m_kind == ChangeKind::Update)
        sendUpdates(group);
    else
        sendInputs(group);
}

/// A stage that goes back is cleared first, as a write of its own: a plain write only moves it
/// forward (hubspot-api 4.6).
void ApplyBatch::sendUpdates(const Group &group)
{
    QList<BatchInput> clears;
    for (const size_t index : group) {
        const RowChange &change = m_rows[index].change;
        const CellChange stage = change.cells.value(stageProperty);
        if (change.revertOf.isEmpty() || stage.before.isEmpty() || stage.after.isEmpty())
            continue;
        BatchInput clear;
        clear.traceId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        clear.id = change.id;
        clear.properties.insert(stageProperty, QString());
        clears.append(clear);
    }
    if (clears.isEmpty())
        return sendInputs(group);
    always(m_context.portal.batchUpdate(m_type, clears, this),
           [this, group](const Result<QList<BatchOutcome>> &cleared) {
               if (cleared)
                   sendInputs(group);
               else
                   onRefused(group, cleared.error());
           });
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
    always(call,
           [this, group](const Result<QList<BatchOutcome>> &outcomes) { onSent(group, outcomes); });
}

void ApplyBatch::sendArchives(const Group &group)
{
    always(m_context.portal.batchArchive(m_type, idsOf(group), this),
           [this, group](const Result<void> &archived) {
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
            finish(row, RowState::Failed, outcome->record.error());
        } else {
            row.doubt = notMentioned();
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
            finish(m_rows[index], RowState::Failed, error);
    }
    if (failure == Failure::NeverHappened) {
        m_report.stop = error;
        m_groups.clear();
        for (const size_t index : rowsIn(Waiting))
            finish(m_rows[index], RowState::Skipped, error);
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
    always(lookUp(change),
           [this, index](const Result<std::optional<Record>> &found) { onUnclear(index, found); });
}

void ApplyBatch::onUnclear(size_t index, const Result<std::optional<Record>> &found)
{
    Row &row = m_rows[index];
    if (!found && found.error().kind == ErrorKind::Conflict) {
        finish(row, RowState::Failed, found.error());
    } else if (!found) {
        finish(row, RowState::Unknown, asDoubt(found.error()));
    } else if (*found) {
        m_context.foundIds.insert((*found)->id);
        row.change.writtenId = (*found)->id;
        row.phase = Written;
    } else {
        finish(row, RowState::Unknown, notFoundYet(row.change.label));
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
    always(m_context.portal.batchRead(m_type, idsOf(open), editedProperties(), this),
           [this](const Result<BatchReadOutcome> &read) { onProof(read); });
}

void ApplyBatch::onProof(const Result<BatchReadOutcome> &read)
{
    for (Row &row : m_rows) {
        if (row.phase != Written && row.phase != Sent)
            continue;
        judge(row, read.map([&](const BatchReadOutcome &found) {
            const Record *now = find(found.records, row.change.portalId());
            return now ? std::optional(*now) : std::nullopt;
        }));
    }
    finish();
}

/// Compares what the portal has now with what was sent.
void ApplyBatch::judge(Row &row, const Result<std::optional<Record>> &now)
{
    const std::optional<Error> doubt = row.phase == Sent
        ? std::optional(row.doubt.value_or(now ? notMentioned() : now.error()))
        : std::nullopt;
    const Outcome outcome = outcomeOf(row.change, doubt, now, definitions());
    if (outcome.isOtherText) {
        row.journaled = row.change;
        for (auto cell = row.journaled->cells.begin(); cell != row.journaled->cells.end(); ++cell)
            cell->after = (*now)->text(cell.key());
    }
    if (outcome.state == RowState::Applied && m_kind == ChangeKind::Archive)
        m_report.archived.append(row.change.portalId());
    else if (outcome.state == RowState::Applied && now && *now) {
        m_report.written.append(**now);
        row.writtenAt = (*now)->updatedAt;
    }
    finish(row, outcome.state, outcome.error);
}

/// Outcomes to the journal first, then to the change set.
void ApplyBatch::finish()
{
    m_isNoted = true;
    if (m_context.dryRun) {
        reportChanges();
        return complete(m_report);
    }
    always(m_context.journal.noteOutcomes(m_context.runId, outcomes(), this),
           [this](const Result<void> &noted) {
               reportChanges();
               complete(noted ? Result<BatchReport>(m_report) : tl::unexpected(noted.error()));
           });
}

std::vector<JournalRow> ApplyBatch::outcomes() const
{
    std::vector<JournalRow> outcomes;
    for (const Row &row : m_rows) {
        RowChange change = row.journaled.value_or(row.change);
        change.state = row.change.state;
        change.error = row.change.error;
        JournalRow outcome = journalRowOf(change);
        outcome.writtenAt = row.writtenAt;
        if (m_kind == ChangeKind::Archive)
            outcome.cells = row.image;
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

void ApplyBatch::reportChanges()
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

void ApplyBatch::finish(Row &row, RowState state, std::optional<Error> error,
                        const QHash<QString, QString> &theirs)
{
    row.phase = Finished;
    row.change.state = state;
    row.change.error = std::move(error);
    row.change.theirs = theirs;
    RunSummary &counts = m_report.counts;
    counts.applied += state == RowState::Applied ? 1 : 0;
    counts.unproven += row.change.isUnproven() ? 1 : 0;
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
        if (row.phase == Waiting && m_context.dryRun)
            finish(row, row.change.state);
        else if (row.phase == Waiting && row.change.state != RowState::Unknown)
            finish(row, RowState::Skipped, stoppedBefore());
        else if (row.phase == Waiting)
            finish(row, RowState::Unknown, row.change.error);
        else if (row.phase == Sent)
            finish(row, RowState::Unknown, stopped);
        else if (row.phase == Written)
            finish(row, RowState::Applied,
                   errorOf(ErrorKind::Cancelled,
                           u"Written; the run was stopped before it could "
                           u"be read again."_s));
    }
    if (!m_isNoted && !m_context.dryRun)
        m_context.journal.leaveOutcomes(m_context.runId, outcomes());
    reportChanges();
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

/// Of a record that is archived everything is read, for the journal.
QStringList ApplyBatch::propertiesToCompare() const
{
    QStringList properties = editedProperties();
    if (m_kind == ChangeKind::Archive) {
        properties += definitions().keys();
        properties.removeDuplicates();
    }
    return properties;
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
