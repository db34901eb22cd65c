// SPDX-License-Identifier: MIT
#include "changes/run/applybatch.h"

#include "base/clock.h"
#include "changes/changestext.h"
#include "changes/run/plan.h"
#include "changes/run/samedomains.h"
#include "changes/run/sendrows.h"
#include "changes/set/journalrows.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const Record *find(const QList<Record> &records, const QString &id)
{
    const auto found = std::find_if(records.begin(), records.end(),
                                    [&](const Record &record) { return record.id == id; });
    return found == records.end() ? nullptr : &*found;
}

QHash<QString, QString> wantedTexts(const RowChange &change)
{
    QHash<QString, QString> texts;
    for (auto cell = change.cells.cbegin(); cell != change.cells.cend(); ++cell)
        texts.insert(cell.key(), cell->after);
    return texts;
}

Error notFoundYet(const QString &label)
{
    return errorOf(
        ErrorKind::OutcomeUnknown,
        ChangesText::tr("The answer to creating %1 was lost, and it was not found.").arg(label),
        ChangesText::tr("Apply again later: it is looked up once more, and created only if it is "
                        "still not there."));
}

} // namespace

ApplyBatch::ApplyBatch(RunContext &context, std::vector<RowChange> rows, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_rows(std::move(rows), context.guard.signedAs())
    , m_definitions(context.definitionsOf(m_rows.type()))
{
    refuseFaulty();
    if (m_rows.kind() == ChangeKind::Create) {
        for (size_t i = m_rows.size(); i-- > 0;) {
            if (m_rows[i].phase == BatchRows::Waiting
                && m_rows[i].change.state == RowState::Unknown)
                m_lookUps.push_back(i);
        }
        lookUpEarlier();
    } else {
        readCurrent();
    }
}

void ApplyBatch::refuseFaulty()
{
    const QList<PropertyDefinition> known = m_definitions.values();
    for (BatchRows::Row &row : m_rows) {
        // What was sent already is not judged again before it was looked up.
        const QList<FieldFault> faults = row.change.state == RowState::Unknown
            ? QList<FieldFault>()
            : faultsOf(row.change, known);
        if (faults.isEmpty())
            continue;
        Error error = errorOf(ErrorKind::Refused, faults.first().message,
                              ChangesText::tr("Correct the value, then apply again."));
        error.fields = faults;
        m_rows.finish(row, RowState::Failed, error);
    }
}

LostCreate *ApplyBatch::lookUp(const RowChange &change)
{
    SentCreate sent {m_rows.type(), false, {}, change.basedOn};
    for (auto cell = change.cells.cbegin(); cell != change.cells.cend(); ++cell)
        sent.values.insert(cell.key(), cell->after);
    return new LostCreate(m_context.portal, m_context.clock, sent, m_definitions,
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
    if (!found || *found)
        takeLookUp(m_rows[index], found);
    lookUpEarlier();
}

/// Of a create: the record that was looked for, or why nobody knows.
void ApplyBatch::takeLookUp(BatchRows::Row &row, const Result<std::optional<Record>> &found)
{
    if (!found && found.error().kind == ErrorKind::Conflict)
        return m_rows.finish(row, RowState::Failed, found.error());
    if (!found)
        return m_rows.finish(row, RowState::Unknown, asDoubt(found.error()));
    m_context.foundIds.insert((*found)->id);
    BatchRows::setWritten(row, (*found)->id);
}

/// HubSpot makes any number of companies with one domain. A row that failed for that and is applied
/// again is meant.
void ApplyBatch::findSameDomains()
{
    QStringList domains;
    if (m_rows.type() == ObjectType::Companies && !m_context.mayRepeatDomains) {
        for (const size_t index : m_rows.in(BatchRows::Waiting)) {
            const RowChange &change = m_rows[index].change;
            const bool isMeant = change.error && change.error->category == sameDomainCategory();
            if (change.state != RowState::Unknown && !isMeant)
                domains.append(change.cells.value(u"domain"_s).after);
        }
    }
    domains.removeAll(QString());
    if (domains.isEmpty())
        return noteIntents();
    always(new SameDomains(m_context.portal, domains, this),
           [this](const Result<QHash<QString, QString>> &owners) { onSameDomains(owners); });
}

void ApplyBatch::onSameDomains(const Result<QHash<QString, QString>> &owners)
{
    for (const size_t index : m_rows.in(BatchRows::Waiting)) {
        BatchRows::Row &row = m_rows[index];
        const QString domain = row.change.cells.value(u"domain"_s).after.toLower();
        if (domain.isEmpty() || row.change.state == RowState::Unknown)
            continue;
        if (!owners)
            m_rows.finish(row, RowState::Failed, owners.error());
        else if (owners->contains(domain))
            m_rows.finish(row, RowState::Failed, sameDomainError(domain, owners->value(domain)));
    }
    if (!owners && failureOf(owners.error()) == Failure::NeverHappened)
        m_rows.report().stop = owners.error();
    noteIntents();
}

void ApplyBatch::readCurrent()
{
    const BatchRows::Group waiting = m_rows.in(BatchRows::Waiting);
    if (waiting.empty())
        return finish();
    always(m_context.portal.batchRead(m_rows.type(), m_rows.idsOf(waiting), propertiesToCompare(),
                                      this),
           [this](const Result<BatchReadOutcome> &read) { onCurrent(read); });
}

void ApplyBatch::onCurrent(const Result<BatchReadOutcome> &read)
{
    const BatchRows::Group waiting = m_rows.in(BatchRows::Waiting);
    if (!read) {
        m_rows.finish(waiting, RowState::Failed, read.error());
        if (failureOf(read.error()) == Failure::NeverHappened)
            m_rows.report().stop = read.error();
        return finish();
    }
    for (const size_t index : waiting)
        compare(m_rows[index], find(read->records, m_rows[index].change.id),
                read->survivors.value(m_rows[index].change.id));
    noteIntents();
}

/// `survivor`: what it was merged into since; empty if it was not.
void ApplyBatch::compare(BatchRows::Row &row, const Record *now, const QString &survivor)
{
    if (!survivor.isEmpty())
        return m_rows.finish(row, RowState::Failed, mergedAway(row.change.id, survivor));
    if (!now && m_rows.kind() == ChangeKind::Archive) {
        m_rows.report().archived.append(row.change.id);
        return m_rows.finish(row, RowState::Applied);
    }
    if (!now) {
        return m_rows.finish(row, RowState::Failed,
                             errorOf(ErrorKind::NotFound,
                                     ChangesText::tr("The record is not there any more."),
                                     ChangesText::tr("Take the change back.")));
    }
    const Comparison comparison = compared(row.change, *now, m_definitions);
    if (comparison.standing == Comparison::Conflict) {
        m_rows.finish(row, RowState::Conflicting,
                      errorOf(ErrorKind::Conflict,
                              ChangesText::tr("Somebody else changed the record meanwhile."),
                              ChangesText::tr("Choose which value shall stay.")),
                      comparison.theirs);
    } else if (comparison.standing == Comparison::Done) {
        m_rows.report().written.append(*now);
        m_rows.finish(row, RowState::Applied);
    } else if (const auto refusal = refusalOfStage(row.change, *now, m_definitions)) {
        m_rows.finish(row, RowState::Failed, refusal);
    } else if (m_rows.kind() == ChangeKind::Archive) {
        for (auto text = now->properties.cbegin(); text != now->properties.cend(); ++text) {
            if (!text.value().isEmpty())
                row.image.insert(text.key(), {text.value(), {}});
        }
    }
}

/// Nothing is sent before the disk has it. Meanwhile other batches go on.
void ApplyBatch::noteIntents()
{
    const BatchRows::Group waiting = m_rows.in(BatchRows::Waiting);
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
        if (m_rows.kind() == ChangeKind::Create) {
            change.basedOn = now;
            m_context.changes.setSentAt(m_rows.type(), change.id, now);
        }
        intents.push_back(journalRowOf(change));
        if (m_rows.kind() == ChangeKind::Archive)
            intents.back().cells = m_rows[index].image;
    }
    m_context.changes.endStep();
    always(m_context.journal.noteIntents(m_context.runId, std::move(intents), this),
           [this, waiting](const Result<void> &noted) { onIntents(waiting, noted); });
}

/// Of a dry run: nothing speaks against these, unless HubSpot would refuse a taken value.
void ApplyBatch::stopBeforeSending(const BatchRows::Group &group)
{
    QList<QHash<QString, QString>> records;
    if (m_rows.kind() != ChangeKind::Archive) {
        for (const size_t index : group)
            records.append(wantedTexts(m_rows[index].change));
    }
    always(new TakenValues(m_context.portal, m_rows.type(), m_definitions, records, this),
           [this, group](const Result<ValueOwners> &owners) { onTakenValues(group, owners); });
}

void ApplyBatch::onTakenValues(const BatchRows::Group &group, const Result<ValueOwners> &owners)
{
    for (const size_t index : group) {
        BatchRows::Row &row = m_rows[index];
        const QHash<QString, QString> texts = wantedTexts(row.change);
        auto refusal = owners ? takenValueError(*owners, texts, row.change.id)
                              : std::optional<Error>(owners.error());
        if (!refusal && m_rows.kind() != ChangeKind::Archive)
            refusal = m_context.promised.add(m_rows.type(), m_definitions, texts, row.change.id,
                                             row.change.label);
        if (refusal) {
            m_rows.finish(row, RowState::Failed, *refusal);
        } else {
            m_rows.finish(row, row.change.state, row.change.error);
            ++m_rows.report().counts.sendable;
        }
    }
    if (!owners && failureOf(owners.error()) == Failure::NeverHappened)
        m_rows.report().stop = owners.error();
    prove();
}

void ApplyBatch::onIntents(const BatchRows::Group &group, const Result<void> &noted)
{
    if (!noted)
        return skip(group, noted.error());
    if (m_context.isStopping)
        return skip(group, stoppedBefore());
    if (const auto refusal = m_context.guard.admit(m_rows.writesOf(group)))
        return skip(group, *refusal); // The policy changed while the run was under way.
    always(new SendRows(m_context, m_rows, group, this), [this](const Result<void> &) {
        if (m_rows.kind() == ChangeKind::Create)
            m_lookUps = m_rows.in(BatchRows::Sent);
        lookUpUnclear();
    });
}

void ApplyBatch::skip(const BatchRows::Group &group, const std::optional<Error> &why)
{
    m_rows.finish(group, RowState::Skipped, why);
    if (!m_context.isStopping)
        m_rows.report().stop = why;
    prove(); // Of a look-up, rows may be written.
}

/// Creates without an answer: shown as unknown, then looked up one after the other.
void ApplyBatch::lookUpUnclear()
{
    if (m_lookUps.empty())
        return prove();
    const size_t index = m_lookUps.back();
    m_lookUps.pop_back();
    const RowChange &change = m_rows[index].change;
    m_context.changes.setState(m_rows.type(), change.id, RowState::Unknown, m_rows[index].doubt);
    always(lookUp(change),
           [this, index](const Result<std::optional<Record>> &found) { onUnclear(index, found); });
}

void ApplyBatch::onUnclear(size_t index, const Result<std::optional<Record>> &found)
{
    BatchRows::Row &row = m_rows[index];
    if (found && !*found)
        m_rows.finish(row, RowState::Unknown, notFoundYet(row.change.label));
    else
        takeLookUp(row, found);
    lookUpUnclear();
}

void ApplyBatch::prove()
{
    BatchRows::Group open = m_rows.in(BatchRows::Written);
    const BatchRows::Group unclear = m_rows.in(BatchRows::Sent);
    open.insert(open.end(), unclear.begin(), unclear.end());
    if (open.empty())
        return finish();
    always(m_context.portal.batchRead(m_rows.type(), m_rows.idsOf(open), m_rows.editedProperties(),
                                      this),
           [this](const Result<BatchReadOutcome> &read) { onProof(read); });
}

void ApplyBatch::onProof(const Result<BatchReadOutcome> &read)
{
    for (BatchRows::Row &row : m_rows) {
        if (row.phase != BatchRows::Written && row.phase != BatchRows::Sent)
            continue;
        judge(row, read.map([&](const BatchReadOutcome &found) {
            const Record *now = find(found.records, row.change.portalId());
            return now ? std::optional(*now) : std::nullopt;
        }));
    }
    finish();
}

/// Compares what the portal has now with what was sent.
void ApplyBatch::judge(BatchRows::Row &row, const Result<std::optional<Record>> &now)
{
    const std::optional<Error> doubt = row.phase == BatchRows::Sent
        ? std::optional(row.doubt.value_or(now ? notMentioned() : now.error()))
        : std::nullopt;
    const Outcome outcome = outcomeOf(row.change, doubt, now, m_definitions);
    if (outcome.isOtherText) {
        row.journaled = row.change;
        for (auto cell = row.journaled->cells.begin(); cell != row.journaled->cells.end(); ++cell)
            cell->after = (*now)->text(cell.key());
    }
    if (outcome.state == RowState::Applied && m_rows.kind() == ChangeKind::Archive)
        m_rows.report().archived.append(row.change.portalId());
    else if (outcome.state == RowState::Applied && now && *now) {
        m_rows.report().written.append(**now);
        row.writtenAt = (*now)->updatedAt;
    }
    m_rows.finish(row, outcome.state, outcome.error);
}

/// Outcomes to the journal first, then to the change set.
void ApplyBatch::finish()
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
void ApplyBatch::abortWork()
{
    const Error stopped = errorOf(ErrorKind::OutcomeUnknown,
                                  ChangesText::tr("The run was stopped while the record was sent."),
                                  ChangesText::tr("Apply again: the portal is asked first."));
    for (BatchRows::Row &row : m_rows) {
        if (row.phase == BatchRows::Waiting && m_context.dryRun)
            m_rows.finish(row, row.change.state);
        else if (row.phase == BatchRows::Waiting && row.change.state != RowState::Unknown)
            m_rows.finish(row, RowState::Skipped, stoppedBefore());
        else if (row.phase == BatchRows::Waiting)
            m_rows.finish(row, RowState::Unknown, row.change.error);
        else if (row.phase == BatchRows::Sent)
            m_rows.finish(row, RowState::Unknown, stopped);
        else if (row.phase == BatchRows::Written)
            m_rows.finish(row, RowState::Applied,
                          errorOf(ErrorKind::Cancelled,
                                  ChangesText::tr("Written; the run was stopped before it could "
                                                  "be read again.")));
    }
    if (!m_isNoted && !m_context.dryRun)
        m_context.journal.leaveOutcomes(m_context.runId, m_rows.outcomes());
    m_rows.reportTo(m_context.changes);
}

/// Of a record that is archived everything is read, for the journal.
QStringList ApplyBatch::propertiesToCompare() const
{
    QStringList properties = m_rows.editedProperties();
    if (m_rows.kind() == ChangeKind::Archive) {
        properties += m_definitions.keys();
        properties.removeDuplicates();
    }
    return properties;
}

} // namespace hubkeeper
