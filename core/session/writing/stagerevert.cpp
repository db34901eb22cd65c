// SPDX-License-Identifier: MIT
#include "session/writing/stagerevert.h"

#include "changes/set/journalrows.h"
#include "session/open/session.h"
#include "session/sessiontext.h"
#include "session/writing/journallookup.h"
#include "session/writing/rebuildmerged.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Whether a create that makes this record again is staged and not applied.
bool isRebuilding(const ChangeSet &changes, const QString &mergedId)
{
    std::vector<qint64> creates;
    changes.index().forEach([&creates](const RowIndex::Slot &slot) {
        if (slot.kind == ChangeKind::Create && slot.state != RowState::Applied)
            creates.push_back(slot.sequence);
        return true;
    });
    const std::vector<RowChange> rows = changes.rowsOf(creates);
    return std::any_of(rows.begin(), rows.end(),
                       [&](const RowChange &row) { return row.rebuilds == mergedId; });
}

class StageRevert final : public Call<StagedRevert>
{
public:
    StageRevert(Session &session, RevertChoice choice, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_choice(std::move(choice))
    {
        then(m_session.journal().readRun(m_choice.runId, this),
             [this](const RunRecord &record) { askPortal(record); });
    }

private:
    void askPortal(const RunRecord &record)
    {
        m_record = record;
        m_taken = createdRecords(record.rows);
        m_staged.run = record.run;
        then(m_session.account(this), [this](const AccountDetails &account) {
            if (const auto refusal = refusalElsewhere(m_record.run, m_session, account.portalId))
                return complete(tl::unexpected(*refusal));
            choose();
        });
    }

    void choose()
    {
        const auto isNamed = [](const JournalRow &row, const QString &name) {
            return row.subject == name || row.recordId == name;
        };
        for (const QString &name : std::as_const(m_choice.rows)) {
            if (std::none_of(m_record.rows.begin(), m_record.rows.end(),
                             [&](const JournalRow &row) { return isNamed(row, name); }))
                return complete(fail(ErrorKind::InvalidInput,
                                     SessionText::tr("The run has no row %1.").arg(name),
                                     SessionText::tr("`hubkeeper-cli journal show` names them.")));
        }
        m_record.rows.removeIf([&](const JournalRow &row) {
            return !m_choice.rows.isEmpty()
                && std::none_of(m_choice.rows.begin(), m_choice.rows.end(),
                                [&](const QString &name) { return isNamed(row, name); });
        });
        if (m_choice.makeAnew)
            return readDefinitions({ObjectType::Contacts, ObjectType::Companies});
        lookUpNext();
    }

    [[nodiscard]] bool isLostCreate(const JournalRow &row) const
    {
        return row.kind == ChangeKind::Create && row.isRecord() && !row.isApplied()
            && !row.wroteNothing() && !m_record.takenBackBy.contains(row.subject);
    }

    /// Nobody knows of these whether they were made; the portal does.
    void lookUpNext()
    {
        while (m_nextLookUp < m_record.rows.size() && !isLostCreate(m_record.rows[m_nextLookUp]))
            ++m_nextLookUp;
        if (m_nextLookUp == m_record.rows.size())
            return takeOutWhatWasTakenBack();
        const ObjectType type = typeOf(m_record.rows[m_nextLookUp]);
        then(m_session.definitions(type, false, this),
             [this](const QList<PropertyDefinition> &definitions) {
                 DefinitionsByName byName;
                 for (const PropertyDefinition &one : definitions)
                     byName.insert(one.name, one);
                 const JournalRow &row = m_record.rows[m_nextLookUp];
                 always(lookUpCreate(m_session, m_record.run, row, byName, m_taken, this),
                        [this](const Result<std::optional<Record>> &found) { onLookedUp(found); });
             });
    }

    void onLookedUp(const Result<std::optional<Record>> &found)
    {
        JournalRow &row = m_record.rows[m_nextLookUp];
        const bool isNotThere = found ? !*found : found.error().kind == ErrorKind::Conflict;
        if (found && *found) {
            row.recordId = (*found)->id;
            row.outcome = outcome::applied;
            m_taken.insert(row.recordId);
            ++m_nextLookUp;
            return lookUpNext();
        }
        m_staged.left.append(
            {row.label,
             isNotThere ? SessionText::tr("It is not in HubSpot: there is nothing to take back.")
                        : found.error().sentence()});
        m_record.rows.removeAt(m_nextLookUp);
        lookUpNext();
    }

    void takeOutWhatWasTakenBack()
    {
        m_record.rows.removeIf([&](const JournalRow &row) {
            const QString by = m_record.takenBackBy.value(row.subject);
            // Of a rebuild that failed in part the rest may be missing.
            const bool isBack =
                !by.isEmpty() && !(row.isMerge() && m_record.unfinishedTakers.contains(by));
            if (isBack)
                leaveTakenBack(row);
            return isBack;
        });
        std::vector<RowChange> rows = inverseRows(m_record.rows, &m_staged.left);
        m_staged.definitions = inverseDefinitions(m_record.rows);
        rebuildNext(m_record.rows.size(), std::move(rows));
    }

    void leaveTakenBack(const JournalRow &row)
    {
        m_takenBack.append({row.label,
                            SessionText::tr("It was reverted already, by run %1.")
                                .arg(m_record.takenBackBy.value(row.subject))});
    }

    /// Merges are taken back by a rebuild, the last one first: what the first one gave back, the
    /// next one has taken along.
    void rebuildNext(qsizetype end, std::vector<RowChange> rows)
    {
        for (qsizetype at = end - 1; at >= 0; --at) {
            const JournalRow &row = m_record.rows[at];
            if (!row.isMerge() || row.wroteNothing())
                continue;
            if (const QString why = reasonAgainstRebuild(row); !why.isEmpty()) {
                m_staged.left.append({row.label, why});
                continue;
            }
            then(rebuildMerged(m_session, row, ++m_rebuilds, m_record.takenBack, this),
                 [this, at, rows = std::move(rows)](const RebuiltMerge &rebuilt) mutable {
                     if (rebuilt.rows.empty() && rebuilt.left.isEmpty())
                         leaveTakenBack(m_record.rows.at(at));
                     m_staged.left += rebuilt.left;
                     m_staged.lost += rebuilt.lost;
                     m_staged.skipped += rebuilt.skipped;
                     m_staged.skipped.removeDuplicates();
                     for (const RowChange &one : rebuilt.rows)
                         rows.push_back(one);
                     rebuildNext(at, std::move(rows));
                 });
            return;
        }
        stage(std::move(rows));
    }

    [[nodiscard]] QString reasonAgainstRebuild(const JournalRow &row)
    {
        if (!row.isApplied())
            return SessionText::tr("Nobody knows whether it was merged. `hubkeeper-cli journal "
                                   "resolve` asks the portal.");
        const bool isChained = m_rebuilt.contains(row.recordId);
        m_rebuilt.insert(row.recordId);
        m_rebuilt.insert(row.details["primary"_L1]["id"_L1].toString());
        if (isChained)
            return SessionText::tr("Another merge into %1 is taken back first: apply that, then "
                                   "take this one back.")
                .arg(row.recordId);
        return isRebuilding(m_session.changes(), row.toId)
            ? SessionText::tr("It is staged already: apply or discard that first.")
            : QString();
    }

    void stage(std::vector<RowChange> inverse)
    {
        if (inverse.empty() && m_staged.definitions.isEmpty() && m_staged.left.isEmpty()
            && !m_takenBack.isEmpty() && !m_record.takenBackBy.isEmpty())
            return complete(fail(ErrorKind::Refused,
                                 SessionText::tr("The run was reverted already, by run %1.")
                                     .arg(m_record.takenBackBy.cbegin().value()),
                                 SessionText::tr("Revert that one to have its values again.")));
        m_staged.left = m_takenBack + m_staged.left;
        ChangeSet &changes = m_session.changes();
        const RowIndex &index = changes.index();
        for (RowChange &row : inverse) {
            row.revertOf = m_choice.runId;
            const RowIndex::Slot *staged = index.slot(index.find(keyOf(row)));
            if (staged && staged->state != RowState::Applied) {
                m_staged.left.append(
                    {row.label,
                     SessionText::tr("It has staged edits. Apply or take them back first.")});
                continue;
            }
            m_staged.rows.push_back(std::move(row));
        }
        const std::vector<RowChange> made = appliedCreates();
        if (made.empty()) {
            then(changes.addRows(m_staged.rows, Adding::KeepStaged, {}, this),
                 [this](const AddedRows &) { complete(m_staged); });
            return;
        }
        changes.beginStep({});
        for (const RowChange &row : made)
            changes.revertRow(keyOf(row));
        (void)changes.addRows(m_staged.rows, Adding::KeepStaged, {}, this);
        changes.endStep();
        complete(m_staged);
    }

    /// What made the records that are archived now: no edits any more.
    [[nodiscard]] std::vector<RowChange> appliedCreates() const
    {
        QSet<RowKey> going;
        for (const RowChange &row : m_staged.rows)
            going.insert(keyOf(row));
        std::vector<qint64> applied;
        m_session.changes().index().forEach([&applied](const RowIndex::Slot &slot) {
            if (slot.subject == RowSubject::Record && slot.kind == ChangeKind::Create
                && slot.state == RowState::Applied)
                applied.push_back(slot.sequence);
            return true;
        });
        std::vector<RowChange> made = m_session.changes().rowsOf(applied);
        std::erase_if(made, [&going](const RowChange &row) {
            return !going.contains({row.type, row.portalId()});
        });
        return made;
    }

    void readDefinitions(QList<ObjectType> types)
    {
        if (types.isEmpty())
            return makeAnew();
        const ObjectType type = types.takeFirst();
        then(m_session.definitions(type, false, this),
             [this, type, types](const QList<PropertyDefinition> &definitions) {
                 for (const PropertyDefinition &one : definitions) {
                     if (!one.readOnlyValue && !one.calculated)
                         m_settable[type].insert(one.name);
                 }
                 readDefinitions(types);
             });
    }

    void makeAnew()
    {
        const AnewRows anew =
            anewRows(m_record.rows, [this](ObjectType type, const QString &property) {
                return m_settable.value(type).contains(property);
            });
        m_staged.left = anew.left;
        m_staged.skipped = anew.skipped;
        ChangeSet &changes = m_session.changes();
        changes.beginStep({});
        for (const RowChange &row : anew.rows) {
            QHash<QString, QString> values;
            for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell)
                values.insert(cell.key(), cell->after);
            RowChange made = row;
            made.id = changes.addCreate(row.type, values, row.label);
            m_staged.rows.push_back(std::move(made));
        }
        changes.endStep();
        complete(m_staged);
    }

    Session &m_session;
    const RevertChoice m_choice;
    RunRecord m_record;
    StagedRevert m_staged;
    qint64 m_rebuilds = 0; // Records that are made again.
    QSet<QString> m_rebuilt; // Records that remained of merges, of which one is taken back.
    qsizetype m_nextLookUp = 0;
    QList<LeftRow> m_takenBack; // By earlier runs.
    QSet<QString> m_taken; // What creates of the run made, as far as it is known.
    QHash<ObjectType, QSet<QString>> m_settable;
};

} // namespace

Call<StagedRevert> *stageRevert(Session &session, RevertChoice choice, QObject *parent)
{
    return new StageRevert(session, std::move(choice), parent);
}

} // namespace hubkeeper
