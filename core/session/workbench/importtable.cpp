// SPDX-License-Identifier: MIT
#include "session/workbench/importtable.h"

#include "base/poolcall.h"
#include "changes/set/changeset.h"
#include "session/open/session.h"
#include "session/sessiontext.h"
#include "session/workbench/rowplan.h"
#include "session/workbench/tablerows.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Rows that are in memory.
class RowsInMemory final : public ImportedRows
{
public:
    explicit RowsInMemory(std::vector<ImportedRow> rows)
        : m_rows(std::move(rows))
    {
    }

    qint64 count() const override { return qint64(m_rows.size()); }

    Result<std::vector<ImportedRow>> read(qint64 first, int most) const override
    {
        const qint64 end = std::min<qint64>(count(), first + most);
        return std::vector<ImportedRow>(m_rows.begin() + std::min(first, end),
                                        m_rows.begin() + end);
    }

    Result<std::vector<qint64>> placesOf(ImportedRow::Status status) const override
    {
        return placesWhere([status](const ImportedRow &row) { return row.status == status; });
    }

    Result<std::vector<qint64>> placesWithMessage() const override
    {
        return placesWhere([](const ImportedRow &row) { return !row.message.isEmpty(); });
    }

    Result<std::vector<RefusalCount>> refusals() const override
    {
        std::vector<RefusalCount> counts;
        for (const ImportedRow &row : m_rows) {
            if (row.status != ImportedRow::Status::Refused)
                continue;
            const auto known = std::find_if(counts.begin(), counts.end(), [&row](const auto &one) {
                return one.refusal == row.refusal && one.column == row.column;
            });
            if (known == counts.end())
                counts.push_back({row.refusal, row.column, 1});
            else
                ++known->rows;
        }
        std::stable_sort(counts.begin(), counts.end(),
                         [](const auto &a, const auto &b) { return a.rows > b.rows; });
        return counts;
    }

private:
    template <typename Is>
    [[nodiscard]] std::vector<qint64> placesWhere(Is is) const
    {
        std::vector<qint64> places;
        for (size_t i = 0; i < m_rows.size(); ++i) {
            if (is(m_rows[i]))
                places.push_back(qint64(i));
        }
        return places;
    }

    const std::vector<ImportedRow> m_rows;
};

class CheckImport final : public Call<std::shared_ptr<const CheckedImport>>
{
public:
    CheckImport(Session &session, ImportRequest request, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_request(std::move(request))
    {
        cancelWith(&m_session);
        auto *reading = new PoolCall<TableRows>(
            [asked = m_request](const std::stop_token &stop) {
                return readTableRows(asked.path, asked.table, asked.isGuarded, stop);
            },
            this);
        then(reading, [this](const TableRows &table) {
            m_header = table.header;
            m_imported.format = table.format;
            m_imported.faults = table.faults;
            m_rows = table.rows;
            readDefinitions();
        });
    }

private:
    void readDefinitions()
    {
        then(m_session.definitions(m_request.type, false, this),
             [this](const QList<PropertyDefinition> &definitions) {
                 const auto mapping = mapColumns(m_header, definitions, m_request.columns);
                 if (!mapping)
                     return complete(tl::unexpected(mapping.error()));
                 m_imported.mapping = *mapping;
                 m_definitions = definitions;
                 readAccount();
             });
    }

    /// For times that do not say their zone.
    void readAccount()
    {
        then(m_session.account(this), [this](const AccountDetails &account) {
            const QTimeZone zone(account.timeZone.toLatin1());
            if (zone.isValid())
                m_reading.zone = zone;
            m_reading.dates = m_request.dates;
            readOwners();
        });
    }

    void readOwners()
    {
        const bool hasOwners =
            std::any_of(m_definitions.begin(), m_definitions.end(), [this](const auto &one) {
                return one.referencedObjectType == "OWNER"_L1
                    && m_imported.mapping.properties.contains(one.name);
            });
        if (!hasOwners)
            return plan();
        then(m_session.owners(false, this), [this](const QList<Owner> &owners) {
            m_reading.owners = owners;
            plan();
        });
    }

    void plan()
    {
        auto made = RowPlan::make(m_request, m_imported.mapping, m_definitions, m_reading);
        if (!made)
            return complete(tl::unexpected(made.error()));
        m_plan.emplace(std::move(*made));
        m_plan->setStaged(m_session.changes().rows());
        m_plan->check(m_rows);
        matchNext();
    }

    /// The next hundred rows: their records, then what becomes of them.
    void matchNext()
    {
        emit progressed(qint64(m_next), qint64(m_rows.size()));
        std::vector<size_t> batch;
        QStringList texts;
        while (m_next < m_rows.size() && texts.size() < mostBatchInputs
               && batch.size() < 10 * size_t(mostBatchInputs)) {
            const ImportedRow &row = m_rows[m_next];
            if (row.message.isEmpty()) {
                batch.push_back(m_next);
                const QString text = m_plan->keyTextOf(row);
                if (!text.isEmpty())
                    texts.append(text);
            }
            ++m_next;
        }
        if (batch.empty())
            return m_next < m_rows.size() ? matchNext() : finish();
        if (texts.isEmpty())
            return decide(batch, {});
        then(matchRecords(m_session.portal(), m_plan->key(), texts, m_plan->properties(), this),
             [this, batch](const FoundRecords &found) { decide(batch, found); });
    }

    void decide(const std::vector<size_t> &batch, const FoundRecords &found)
    {
        for (const size_t index : batch) {
            if (auto change = m_plan->decide(m_rows[index], found))
                m_changes.push_back(std::move(*change));
        }
        matchNext();
    }

    void finish()
    {
        m_plan->refuseContested(m_rows, m_changes);
        for (const ImportedRow &row : m_rows) {
            m_imported.creates += row.status == ImportedRow::Status::Creates ? 1 : 0;
            m_imported.updates += row.status == ImportedRow::Status::Updates ? 1 : 0;
            m_imported.unchanged += row.status == ImportedRow::Status::Unchanged ? 1 : 0;
            m_imported.refused += row.status == ImportedRow::Status::Refused ? 1 : 0;
        }
        auto checked = std::make_shared<CheckedImport>();
        m_imported.rows = std::make_shared<RowsInMemory>(std::move(m_rows));
        checked->table = std::move(m_imported);
        checked->changes = std::move(m_changes);
        checked->name = SessionText::tr("Import of %1").arg(QFileInfo(m_request.path).fileName());
        complete(std::shared_ptr<const CheckedImport>(std::move(checked)));
    }

    Session &m_session;
    const ImportRequest m_request;
    QStringList m_header;
    QList<PropertyDefinition> m_definitions;
    ImportReading m_reading;
    std::optional<RowPlan> m_plan;
    size_t m_next = 0;
    std::vector<RowChange> m_changes;
    std::vector<ImportedRow> m_rows;
    ImportedTable m_imported;
};

/// The check, then the staging.
class ImportTable final : public Call<ImportedTable>
{
public:
    ImportTable(Session &session, const ImportRequest &request, QObject *parent)
        : Call(parent)
    {
        cancelWith(&session);
        auto *check = checkImport(session, request, this);
        connect(check, &CallBase::progressed, this, &CallBase::progressed);
        then(check, [this, &session](const std::shared_ptr<const CheckedImport> &checked) {
            if (checked->isEmpty())
                return complete(checked->table);
            then(stageImport(session, *checked, this),
                 [this, checked](const AddedRows & /*added*/) { complete(checked->table); });
        });
    }
};

} // namespace

Call<std::shared_ptr<const CheckedImport>> *
checkImport(Session &session, const ImportRequest &request, QObject *parent)
{
    return new CheckImport(session, request, parent);
}

Call<AddedRows> *stageImport(Session &session, const CheckedImport &checked, QObject *parent)
{
    return session.changes().addRows(checked.changes, Adding::Merge, checked.name, parent);
}

Call<ImportedTable> *importTable(Session &session, const ImportRequest &request, QObject *parent)
{
    return new ImportTable(session, request, parent);
}

} // namespace hubkeeper
