// SPDX-License-Identifier: MIT
#include "session/writing/resolverun.h"

#include "changes/run/associationplan.h"
#include "changes/set/journalrows.h"
#include "session/open/session.h"
#include "session/sessiontext.h"
#include "session/writing/journallookup.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isOpen(const JournalRow &row)
{
    return !row.isApplied() && !row.wroteNothing();
}

void finishRow(JournalRow &row, QLatin1StringView outcome, const QString &message = {})
{
    row.outcome = outcome;
    row.message = message;
}

/// Members of a definition that the portal completes by itself say nothing of what was sent.
CellChanges cellsToCompare(const JournalRow &row)
{
    CellChanges cells = row.cells;
    if (row.isDefinition())
        cells.removeIf([](const auto &cell) { return isCompletedByPortal(cell.key()); });
    return cells;
}

/// By what the portal has now: the record, or nothing if it is not there.
void judge(JournalRow &row, const std::optional<Record> &now, const DefinitionsByName &definitions)
{
    const bool isThere = now && now->text(u"archived"_s) != "true"_L1;
    if (row.kind == ChangeKind::Archive) {
        return isThere
            ? finishRow(row, outcome::failed, SessionText::tr("Not archived: it is still there."))
            : finishRow(row, outcome::applied);
    }
    if (!isThere)
        return finishRow(row, outcome::unknown, SessionText::tr("It is not there any more."));
    RowChange change;
    change.kind = row.kind;
    change.cells = cellsToCompare(row);
    if (change.cells.isEmpty() && !row.cells.isEmpty())
        return finishRow(
            row, outcome::unknown,
            SessionText::tr("HubSpot completes what was sent, so it cannot be compared. "
                            "Look at the property in HubSpot."));
    switch (proofOf(change, *now, definitions)) {
    case Proof::AsWanted:
        return finishRow(row, outcome::applied);
    case Proof::NotWritten:
        return finishRow(row, outcome::failed,
                         SessionText::tr("Not written: it still has the old value."));
    case Proof::Differently:
        break;
    }
    finishRow(row, outcome::unknown,
              SessionText::tr("By now it has neither the old value nor the one that was sent."));
}

/// By the link that the portal has now.
void judgeLink(JournalRow &row, const LinkNow &now)
{
    RowChange change;
    change.subject = RowSubject::Association;
    change.type = typeOf(row);
    change.to = otherEndOf(row);
    change.cells = row.cells;
    const Outcome outcome = linkOutcomeOf(change, std::nullopt, now);
    if (outcome.state == RowState::Failed)
        return finishRow(row, outcome::failed,
                         SessionText::tr("Not written: the association is as it was before."));
    if (!outcome.error)
        return finishRow(row, outcome::applied);
    finishRow(row, outcome::unknown,
              SessionText::tr("By now it has neither the old labels nor those that were sent."));
}

class ResolveRun final : public Call<ResolvedRun>
{
public:
    ResolveRun(Session &session, const QString &runId, QSet<QString> taken, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_taken(std::move(taken))
    {
        then(m_session.journal().readRun(runId, this),
             [this](const RunRecord &record) { onRun(record); });
    }

private:
    void onRun(const RunRecord &record)
    {
        m_run.run = record.run;
        if (record.run.state() == RunState::UnderWay)
            return complete(fail(ErrorKind::Refused,
                                 SessionText::tr("Run %1 is still under way: process %2 writes it.")
                                     .arg(record.run.id)
                                     .arg(record.run.process.id),
                                 SessionText::tr("Wait until that has ended, or end it.")));
        m_taken.unite(createdRecords(record.rows));
        for (const JournalRow &row : record.rows) {
            if (isOpen(row))
                m_run.rows.append(row);
        }
        m_before = m_run.rows;
        then(m_session.account(this), [this](const AccountDetails &account) {
            if (const auto refusal = refusalElsewhere(m_run.run, m_session, account.portalId))
                return complete(tl::unexpected(*refusal));
            readDefinitions({allObjectTypes.begin(), allObjectTypes.end()});
        });
    }

    [[nodiscard]] bool needsDefinitions(ObjectType type) const
    {
        return std::any_of(m_run.rows.cbegin(), m_run.rows.cend(), [type](const JournalRow &row) {
            return row.isRecord() && typeOf(row) == type;
        });
    }

    void readDefinitions(QList<ObjectType> types)
    {
        while (!types.isEmpty() && !needsDefinitions(types.first()))
            types.removeFirst();
        if (types.isEmpty())
            return resolveNext();
        const ObjectType type = types.takeFirst();
        then(m_session.definitions(type, false, this),
             [this, type, types](const QList<PropertyDefinition> &definitions) {
                 for (const PropertyDefinition &one : definitions)
                     m_definitions[type].insert(one.name, one);
                 readDefinitions(types);
             });
    }

    /// Creates and definitions one by one, records that were there before many at a time.
    void resolveNext()
    {
        if (m_next == m_run.rows.size())
            return note();
        const JournalRow &row = m_run.rows[m_next];
        if (row.isAssociation())
            return readLink(row);
        if (row.isMerge())
            return readMerge(row);
        if (row.kind == ChangeKind::Create)
            return lookUp(row);
        if (row.isDefinition())
            return readDefinition(row);
        readRecords();
    }

    void lookUp(const JournalRow &row)
    {
        const DefinitionsByName known =
            row.isDefinition() ? DefinitionsByName() : m_definitions.value(typeOf(row));
        always(lookUpCreate(m_session, m_run.run, row, known, m_taken, this),
               [this](const Result<std::optional<Record>> &found) { onLookedUp(found); });
    }

    void onLookedUp(const Result<std::optional<Record>> &found)
    {
        JournalRow &row = m_run.rows[m_next++];
        const bool wasThereBefore = !found && found.error().kind == ErrorKind::Conflict;
        if (found && *found) {
            row.recordId = (*found)->id;
            m_taken.insert(row.recordId);
            finishRow(row, outcome::applied);
        } else if (found) {
            finishRow(row, outcome::failed, SessionText::tr("Not created: it is not in HubSpot."));
        } else {
            finishRow(row, wasThereBefore ? outcome::failed : outcome::unknown,
                      found.error().sentence());
        }
        resolveNext();
    }

    void readLink(const JournalRow &row)
    {
        const RecordReference other = otherEndOf(row);
        always(m_session.portal().associations(typeOf(row), row.recordId, other.type, this),
               [this, other](const Result<QList<Association>> &found) {
                   JournalRow &open = m_run.rows[m_next++];
                   if (found)
                       judgeLink(open, linkNow(*found, other.id));
                   else if (found.error().kind == ErrorKind::NotFound)
                       judgeLink(open, {});
                   else
                       finishRow(open, outcome::unknown, found.error().sentence());
                   resolveNext();
               });
    }

    /// Single reads follow a merge: both ids lead to the same record then.
    void readMerge(const JournalRow &row)
    {
        const ReadOptions few {{u"hs_object_id"_s}, {}, {}, false};
        const QString primaryId = row.details["primary"_L1]["id"_L1].toString(row.recordId);
        always(m_session.portal().read(typeOf(row), row.toId, few, this),
               [this, few, primaryId](const Result<Record> &second) {
                   if (!second)
                       return onMergeRead(second);
                   always(m_session.portal().read(typeOf(m_run.rows[m_next]), primaryId, few, this),
                          [this, second](const Result<Record> &first) {
                              if (first && first->id != second->id
                                  && second->id != m_run.rows[m_next].toId)
                                  return onMergeRead(
                                      fail(ErrorKind::OutcomeUnknown,
                                           SessionText::tr("%1 was merged into %2.")
                                               .arg(m_run.rows[m_next].toId, second->id)));
                              onMergeRead(first ? second : first);
                          });
               });
    }

    /// What answers for the second record now.
    void onMergeRead(const Result<Record> &second)
    {
        JournalRow &row = m_run.rows[m_next++];
        if (!second) {
            finishRow(row, outcome::unknown, second.error().sentence());
        } else if (second->id == row.toId) {
            finishRow(row, outcome::failed,
                      SessionText::tr("Not merged: the second record is still there."));
        } else {
            row.recordId = second->id;
            finishRow(row, outcome::applied);
        }
        resolveNext();
    }

    void readDefinition(const JournalRow &row)
    {
        always(m_session.portal().property(typeOf(row), row.recordId, this),
               [this](const Result<PropertyDefinition> &found) {
                   JournalRow &open = m_run.rows[m_next++];
                   if (found)
                       judge(open, definitionRecord(*found), {});
                   else if (found.error().kind == ErrorKind::NotFound)
                       judge(open, std::nullopt, {});
                   else
                       finishRow(open, outcome::unknown, found.error().sentence());
                   resolveNext();
               });
    }

    /// Rows from the next one on that are records of one type and were there before.
    [[nodiscard]] qsizetype endOfBatch() const
    {
        const ObjectType type = typeOf(m_run.rows[m_next]);
        qsizetype end = m_next;
        while (end < m_run.rows.size() && end - m_next < mostBatchInputs
               && m_run.rows[end].kind != ChangeKind::Create && m_run.rows[end].isRecord()
               && typeOf(m_run.rows[end]) == type)
            ++end;
        return end;
    }

    void readRecords()
    {
        const qsizetype end = endOfBatch();
        QStringList ids;
        QStringList properties;
        for (qsizetype i = m_next; i < end; ++i) {
            const JournalRow &row = m_run.rows[i];
            ids.append(row.recordId);
            if (row.kind == ChangeKind::Update)
                properties += row.cells.keys();
        }
        ids.removeDuplicates();
        properties.removeDuplicates();
        always(m_session.portal().batchRead(typeOf(m_run.rows[m_next]), ids, properties, this),
               [this, end](const Result<BatchReadOutcome> &read) { onRecords(end, read); });
    }

    void onRecords(qsizetype end, const Result<BatchReadOutcome> &read)
    {
        for (; m_next < end; ++m_next) {
            JournalRow &row = m_run.rows[m_next];
            if (!read) {
                finishRow(row, outcome::unknown, read.error().sentence());
                continue;
            }
            if (const QString survivor = read->survivors.value(row.recordId); !survivor.isEmpty()) {
                finishRow(row, outcome::unknown, mergedAway(row.recordId, survivor).sentence());
                continue;
            }
            const auto now =
                std::find_if(read->records.cbegin(), read->records.cend(),
                             [&row](const Record &record) { return record.id == row.recordId; });
            judge(row, now == read->records.cend() ? std::nullopt : std::optional(*now),
                  m_definitions.value(typeOf(row)));
        }
        resolveNext();
    }

    void note()
    {
        std::vector<JournalRow> rows; // What is as it was is not written again.
        for (qsizetype i = 0; i < m_run.rows.size(); ++i) {
            if (m_run.rows[i].outcome != m_before[i].outcome
                || m_run.rows[i].message != m_before[i].message)
                rows.push_back(m_run.rows[i]);
        }
        if (rows.empty())
            return end(false);
        then(m_session.journal().noteOutcomes(m_run.run.id, std::move(rows), this),
             [this] { end(true); });
    }

    /// Counts what changed; a run that has ended keeps its time.
    void end(bool isChanged)
    {
        if (!isChanged && m_run.run.hasEnded())
            return complete(m_run);
        then(m_session.journal().end(m_run.run.id, this), [this] {
            then(m_session.journal().readRun(m_run.run.id, this), [this](const RunRecord &record) {
                m_run.run = record.run;
                complete(m_run);
            });
        });
    }

    Session &m_session;
    ResolvedRun m_run;
    QHash<ObjectType, DefinitionsByName> m_definitions;
    QSet<QString> m_taken; // Records that belong to other creates.
    QList<JournalRow> m_before; // The rows as the journal has them.
    qsizetype m_next = 0;
};

} // namespace

int ResolvedRun::count(QLatin1StringView outcome) const
{
    return int(std::count_if(rows.cbegin(), rows.cend(),
                             [outcome](const JournalRow &row) { return row.outcome == outcome; }));
}

bool isOpen(const JournalRun &run)
{
    return !run.hasEnded() || run.unknown > 0;
}

Call<ResolvedRun> *resolveRun(Session &session, const QString &runId, const QSet<QString> &taken,
                              QObject *parent)
{
    return new ResolveRun(session, runId, taken, parent);
}

} // namespace hubkeeper
