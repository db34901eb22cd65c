// SPDX-License-Identifier: MIT
#include "session/workbench/importtable.h"

#include "base/poolcall.h"
#include "base/savefile.h"
#include "changes/set/changeset.h"
#include "changes/set/changesfile.h"
#include "session/open/session.h"
#include "session/reading/labelnames.h"
#include "session/sessiontext.h"
#include "session/workbench/decideportion.h"
#include "tables/writing/formulaguard.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int decidedTogether = 1'000; // Matched in calls of a hundred, all under way at once.
constexpr int mostOnTheirWay = 2;

Result<void> saveSource(RowSource &source, const ChangeBinding &binding, const QString &path,
                        const std::stop_token &stop)
{
    constexpr int block = 500;
    source.rewind();
    auto saver = FileSaver::begin(path, FileMode::KeepOrPrivate);
    if (!saver)
        return tl::unexpected(saver.error());
    QByteArray lines = changesToLines(headerFor(binding), {});
    for (;;) {
        const auto rows = source.next(block);
        if (!rows)
            return tl::unexpected(rows.error());
        if (stop.stop_requested())
            return fail(ErrorKind::Cancelled, {});
        for (const ReadyRow &row : *rows) { // As lineOf() writes a row, which can be signed.
            QJsonObject json = QJsonDocument::fromJson(row.body).object();
            if (json.value("state"_L1) == nameOf(RowState::Staged))
                json.remove("state"_L1);
            json.remove("run"_L1);
            lines += canonicalLine(json);
        }
        if (const auto written = saver->write(std::exchange(lines, {})); !written)
            return written;
        if (rows->empty())
            return saver->commit();
    }
}

class CheckImport final : public Call<std::shared_ptr<const CheckedImport>>
{
public:
    CheckImport(Session &session, ImportRequest request, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_request(std::move(request))
    {
        cancelWith(&m_session);
        then(m_session.definitions(m_request.type, false, this),
             [this](const QList<PropertyDefinition> &definitions) {
                 m_definitions = definitions;
                 readAccount();
             });
    }

private:
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

    /// Whether a column needs them is known only when the file is read; without the right to see
    /// them it is an error then.
    void readOwners()
    {
        const bool hasOwners =
            std::any_of(m_definitions.begin(), m_definitions.end(),
                        [](const auto &one) { return one.referencedObjectType == "OWNER"_L1; });
        if (!hasOwners)
            return readFile();
        always(m_session.owners(false, this), [this](const Result<QList<Owner>> &owners) {
            if (owners)
                m_reading.owners = *owners;
            else
                m_noOwners = owners.error();
            readFile();
        });
    }

    void readFile()
    {
        const auto progress = [target = QPointer<CallBase>(this)](qint64 rows) {
            QMetaObject::invokeMethod(
                qApp,
                [target, rows] {
                    if (target)
                        emit target->progressed(rows, -1);
                },
                Qt::QueuedConnection);
        };
        auto *reading = new PoolCall<ReadImport>(
            [request = m_request, definitions = m_definitions, meant = m_reading,
             folder = m_session.recordFolder(), progress](const std::stop_token &stop) {
                return readImport(request, definitions, meant, folder, progress, stop);
            },
            this);
        then(reading, [this](const ReadImport &read) {
            m_read = read;
            const QStringList &properties = m_read.plan->mapping().properties;
            const bool needsOwners = std::any_of(
                m_definitions.begin(), m_definitions.end(), [&properties](const auto &one) {
                    return one.referencedObjectType == "OWNER"_L1 && properties.contains(one.name);
                });
            if (needsOwners && m_noOwners)
                return complete(tl::unexpected(*m_noOwners));
            m_differing.resize(size_t(properties.size()));
            readLabels(0);
        });
    }

    /// What the label of one column after another is.
    void readLabels(size_t place)
    {
        const std::vector<ImportedLinks::Column> &columns = m_read.plan->links().columns();
        while (place < columns.size() && columns[place].label.isEmpty())
            ++place;
        m_read.linkKinds.resize(columns.size());
        if (place == columns.size())
            return noteStaged();
        const LinkOrder ends = turned({{m_request.type, {}}, {columns[place].key.type, {}}});
        then(m_session.portal().associationLabels(ends.from.type, ends.to.type, this),
             [this, place](const QList<AssociationLabel> &labels) {
                 const ImportedLinks::Column &column = m_read.plan->links().columns()[place];
                 const auto kind = LabelNames(labels).kindOf(column.label);
                 if (!kind)
                     return complete(tl::unexpected(kind.error()));
                 m_read.linkKinds[place] = {*kind};
                 readLabels(place + 1);
             });
    }

    /// Rows that would do what staged rows do are left as they are.
    void noteStaged()
    {
        const auto note = [plan = m_read.plan,
                           file = m_read.file](const std::vector<RowChange> &rows) {
            QList<std::pair<QString, RowChange>> keyed;
            for (const RowChange &row : rows) {
                if (const QString key = plan->stagedKeyOf(row); !key.isEmpty())
                    keyed.append({key, row});
            }
            return file->addStaged(keyed);
        };
        then(m_session.changes().visit(note, this), [this] { readMore(); });
    }

    void readMore()
    {
        if (m_isReading || m_isAtEnd || m_portions >= mostOnTheirWay)
            return;
        m_isReading = true;
        auto *reading = new PoolCall<std::vector<OpenRow>>(
            [file = m_read.file, from = m_next](const std::stop_token &) {
                return file->openRows(from, decidedTogether);
            },
            this);
        then(reading, [this](const std::vector<OpenRow> &rows) {
            m_isReading = false;
            m_isAtEnd = int(rows.size()) < decidedTogether;
            if (!rows.empty()) {
                m_next = rows.back().place + 1;
                ++m_portions;
                decide(rows);
            }
            readMore();
            finishAtEnd();
        });
    }

    void decide(const std::vector<OpenRow> &rows)
    {
        const auto count = qint64(rows.size());
        then(new DecidePortion(m_session, m_read, rows, this),
             [this, count](const std::vector<qint64> &differing) {
                 for (size_t i = 0; i < differing.size(); ++i)
                     m_differing[i] += differing[i];
                 m_decided += count;
                 --m_portions;
                 emit progressed(m_decided, m_read.file->count());
                 readMore();
                 finishAtEnd();
             });
    }

    void finishAtEnd()
    {
        if (!m_isAtEnd || m_portions > 0 || std::exchange(m_isFinishing, true))
            return;
        auto *counting = new PoolCall<ImportFile::Counts>(
            [file = m_read.file](const std::stop_token &) {
                return file->refuseContested().and_then([&file] { return file->counts(); });
            },
            this);
        then(counting, [this](const ImportFile::Counts &counts) { finish(counts); });
    }

    void finish(const ImportFile::Counts &counts)
    {
        auto checked = std::make_shared<CheckedImport>();
        ImportedTable &table = checked->table;
        table.format = m_read.format;
        table.mapping = m_read.plan->mapping();
        table.rows = m_read.file;
        table.faults = m_read.faults;
        for (const int column : m_read.plan->readOnlyColumns())
            table.readOnly.append({table.mapping.columns[column], table.mapping.properties[column],
                                   m_differing[size_t(column)]});
        table.creates = int(counts.creates);
        table.updates = int(counts.updates);
        table.unchanged = int(counts.unchanged);
        table.refused = int(counts.refused);
        table.associations = int(counts.associations);
        table.removedAssociations = int(counts.removedAssociations);
        // The row, its index and its image, in the log first and then in the file.
        checked->space = 2 * (counts.bytes + 200 * counts.changes);
        checked->changes = std::make_shared<ImportedChanges>(m_read.file, counts.changes);
        checked->name = SessionText::tr("Import of %1").arg(m_request.tableName());
        complete(std::shared_ptr<const CheckedImport>(std::move(checked)));
    }

    Session &m_session;
    const ImportRequest m_request;
    QList<PropertyDefinition> m_definitions;
    ImportReading m_reading;
    std::optional<Error> m_noOwners;
    ReadImport m_read;
    std::vector<qint64> m_differing; // Read-only cells, by column.
    qint64 m_next = 0; // The first place that was not read again.
    qint64 m_decided = 0;
    int m_portions = 0; // On their way.
    bool m_isReading = false;
    bool m_isAtEnd = false;
    bool m_isFinishing = false;
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

QString ImportRequest::cellText(const QString &cell) const
{
    return isGuarded ? unguarded(cell) : cell;
}

QString ImportRequest::tableName() const
{
    return name.isEmpty() ? QFileInfo(path).fileName() : name;
}

Call<std::shared_ptr<const CheckedImport>> *
checkImport(Session &session, const ImportRequest &request, QObject *parent)
{
    return new CheckImport(session, request, parent);
}

Call<AddedRows> *stageImport(Session &session, const CheckedImport &checked, QObject *parent)
{
    if (const auto refusal = refusalOfSpace(session.paths().data, checked.space))
        return new ReadyCall<AddedRows>(tl::unexpected(*refusal), parent);
    return session.changes().addFrom(checked.changes, checked.name, parent);
}

Call<void> *saveImport(const CheckedImport &checked, const ChangeBinding &binding,
                       const QString &path, QObject *parent)
{
    return new PoolCall<void>(
        [source = checked.changes, binding, path](const std::stop_token &stop) {
            return saveSource(*source, binding, path, stop);
        },
        parent);
}

Call<ImportedTable> *importTable(Session &session, const ImportRequest &request, QObject *parent)
{
    return new ImportTable(session, request, parent);
}

} // namespace hubkeeper
