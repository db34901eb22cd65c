// SPDX-License-Identifier: MIT
#include "changes/set/changefile.h"

#include "changes/changestext.h"
#include "changes/set/changecolumns.h"

#include <QFile>

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int version = 2;
constexpr int applicationId = 0x48756243; // "HubC"
constexpr int busyTimeout = 10'000; // Milliseconds; never in the window's thread.

// What a run is about to send must be on the disk before it does: synchronous = FULL.
constexpr auto settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                          "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096;";

constexpr auto version1 = R"(
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rows (
    sequence INTEGER PRIMARY KEY, subject TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL,
    kind TEXT NOT NULL, state TEXT NOT NULL, run TEXT NOT NULL, body TEXT NOT NULL);
CREATE UNIQUE INDEX rows_by_key ON rows (id, type, subject);
CREATE TABLE steps (step INTEGER PRIMARY KEY, name TEXT NOT NULL, rows INTEGER NOT NULL);
CREATE TABLE images (
    step INTEGER NOT NULL, sequence INTEGER NOT NULL, body TEXT,
    PRIMARY KEY (step, sequence)) WITHOUT ROWID;
)";

constexpr auto version2 = "ALTER TABLE rows ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0";

void makePrivate(const QString &path)
{
    QFile file(path);
    if (file.exists())
        return;
    // Fails where SQLite will fail, too, and says why better.
    (void)file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                    QFile::ReadOwner | QFile::WriteOwner);
}

std::string bodyOf(const RowChange &row)
{
    return readyBody(row).toStdString();
}

int tableCount(SQLite::Database &database)
{
    return database.execAndGet("SELECT COUNT(*) FROM sqlite_master").getInt();
}

/// Throws what SQLiteCpp throws.
std::unique_ptr<SQLite::Database> openedToRead(const QString &path)
{
    const std::string name = path.toStdString();
    auto database = std::make_unique<SQLite::Database>(name, SQLite::OPEN_READONLY, busyTimeout);
    try {
        (void)tableCount(*database);
    } catch (const SQLite::Exception &thrown) {
        if (thrown.getErrorCode() != SQLITE_READONLY)
            throw;
        // A killed program left a journal, which is rolled back by whoever may write.
        database.reset();
        SQLite::Database mayWrite(name, SQLite::OPEN_READWRITE, busyTimeout);
        (void)tableCount(mayWrite);
        database = std::make_unique<SQLite::Database>(name, SQLite::OPEN_READONLY, busyTimeout);
    }
    return database;
}

Error errorFor(const QString &path, const std::exception &thrown)
{
    const auto *sqlite = dynamic_cast<const SQLite::Exception *>(&thrown);
    const int code = sqlite ? sqlite->getErrorCode() & 0xff : 0;
    const bool foreign =
        !sqlite || code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_ERROR;
    return fail(foreign ? ErrorKind::InvalidInput : ErrorKind::Storage,
                ChangesText::tr("The staged changes in %1 cannot be read: %2.")
                    .arg(path, QString::fromUtf8(thrown.what())),
                foreign
                    ? QString()
                    : ChangesText::tr("Check the free space and the permissions of the folder."))
        .value();
}

} // namespace

QString ChangeBinding::portal() const
{
    const QString number = QString::number(portalId);
    return portalName.isEmpty() ? number : u"%1 (%2)"_s.arg(portalName, number);
}

std::optional<Error> refusalOf(const ChangeBinding &theirs, const ChangeBinding &ours)
{
    if (theirs.portalId == 0 || ours.portalId == 0 || theirs.portalId == ours.portalId)
        return {};
    return fail(ErrorKind::Refused,
                ChangesText::tr("The changes belong to the portal %1, and this is the portal %2.")
                    .arg(theirs.portal(), ours.portal()),
                ChangesText::tr("Open a connection to that portal."))
        .value();
}

ChangeFile::ChangeFile(std::unique_ptr<SQLite::Database> database)
    : m_database(std::move(database))
{
}

ChangeFile::~ChangeFile() = default;

Result<std::unique_ptr<ChangeFile>> ChangeFile::open(const QString &path,
                                                     const ChangeBinding &binding)
{
    makePrivate(path);
    try {
        std::unique_ptr<ChangeFile> file(new ChangeFile(std::make_unique<SQLite::Database>(
            path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busyTimeout)));
        file->m_database->exec(settings);
        const int found = file->m_database->execAndGet("PRAGMA user_version").getInt();
        if (found > version) {
            return fail(
                ErrorKind::InvalidInput,
                ChangesText::tr("The staged changes in %1 were made by a newer version.").arg(path),
                ChangesText::tr("Update this program."));
        }
        file->migrate();
        if (auto refusal = refusalOf(file->binding(), binding))
            return tl::unexpected(*refusal);
        file->bind(binding);
        return file;
    } catch (const std::exception &thrown) {
        return tl::unexpected(errorFor(path, thrown));
    }
}

Result<std::unique_ptr<ChangeFile>> ChangeFile::openToRead(const QString &path)
{
    try {
        std::unique_ptr<ChangeFile> file(new ChangeFile(openedToRead(path)));
        const int found = file->m_database->execAndGet("PRAGMA user_version").getInt();
        if (found == 0 && tableCount(*file->m_database) == 0)
            return inMemory(); // Its program was killed before it had made the tables.
        file->m_hasExcluded = found != 1;
        return file->openSteps().empty() ? std::move(file) : file->withoutOpenSteps();
    } catch (const std::exception &thrown) {
        return tl::unexpected(errorFor(path, thrown));
    }
}

std::unique_ptr<ChangeFile> ChangeFile::inMemory()
{
    std::unique_ptr<ChangeFile> file(new ChangeFile(std::make_unique<SQLite::Database>(
        ":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)));
    file->migrate();
    return file;
}

/// In a file that SQLite removes.
std::unique_ptr<ChangeFile> ChangeFile::withoutOpenSteps()
{
    std::unique_ptr<ChangeFile> copy(new ChangeFile(
        std::make_unique<SQLite::Database>("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)));
    if (SQLite::Backup(*copy->m_database, *m_database).executeStep(-1) != SQLITE_DONE)
        throw std::runtime_error("another program is writing it");
    copy->migrate();
    return copy;
}

/// From version to version; a file without one is new.
void ChangeFile::migrate()
{
    transaction([this] {
        const int found = m_database->execAndGet("PRAGMA user_version").getInt();
        if (found < 1) {
            m_database->exec(version1);
            m_database->exec("PRAGMA application_id = " + std::to_string(applicationId));
        } else if (m_database->execAndGet("PRAGMA application_id").getInt() != applicationId) {
            throw std::runtime_error("it is not a file of staged changes");
        }
        if (found < 2)
            m_database->exec(version2);
        m_database->exec("PRAGMA user_version = " + std::to_string(version));
        m_localNumber = about("localNumber").toLongLong();
        if (about("swapping") == "1"_L1) { // Its steps were no longer sure, before swapStep.
            dropStepsFrom(0);
            setStepsDone(0);
            setAbout("swapping", {});
        }
        for (const int step : openSteps())
            takeBack(step);
    });
}

/// A name or a label may be new; the portal stays.
void ChangeFile::bind(const ChangeBinding &binding)
{
    transaction([&] {
        if (binding.portalId != 0)
            setAbout("portal", QString::number(binding.portalId));
        if (!binding.portalName.isEmpty())
            setAbout("portalName", binding.portalName);
        setAbout("connection", binding.connectionId);
        setAbout("connectionLabel", binding.connectionLabel);
    });
}

ChangeBinding ChangeFile::binding()
{
    return {about("portal").toLongLong(), about("portalName"), about("connection"),
            about("connectionLabel")};
}

SQLite::Statement &ChangeFile::prepared(const char *sql)
{
    const auto known = std::find_if(m_statements.begin(), m_statements.end(),
                                    [sql](const auto &one) { return one.first == sql; });
    if (known != m_statements.end()) {
        known->second->reset();
        known->second->clearBindings();
        return *known->second;
    }
    m_statements.emplace_back(sql, std::make_unique<SQLite::Statement>(*m_database, sql));
    return *m_statements.back().second;
}

QString ChangeFile::about(const char *name)
{
    static constexpr auto sql = "SELECT value FROM about WHERE name = ?";
    SQLite::Statement &read = prepared(sql);
    read.bind(1, name);
    QString value = read.executeStep() ? columnText(read.getColumn(0)) : QString();
    read.reset();
    return value;
}

void ChangeFile::setAbout(const char *name, const QString &value)
{
    static constexpr auto sql = "INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)";
    SQLite::Statement &write = prepared(sql);
    write.bind(1, name);
    bindColumnText(write, 2, value);
    write.exec();
}

void ChangeFile::transaction(const std::function<void()> &work)
{
    SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
    work();
    transaction.commit();
}

void ChangeFile::put(qint64 sequence, const RowChange &row)
{
    static constexpr auto sql = "INSERT OR REPLACE INTO rows (sequence, subject, type, id, kind, "
                                "state, run, body, excluded)"
                                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    SQLite::Statement &write = prepared(sql);
    write.bind(1, int64_t(sequence));
    bindColumnText(write, 2, nameOf(row.subject));
    bindColumnText(write, 3, nameOf(row.type));
    bindColumnText(write, 4, keyOf(row).id);
    bindColumnText(write, 5, nameOf(row.kind));
    bindColumnText(write, 6, nameOf(row.state));
    bindColumnText(write, 7, row.run);
    write.bind(8, bodyOf(row));
    write.bind(9, int(row.excluded));
    write.exec();
    noteLocalNumber(localNumber(row.id));
}

void ChangeFile::put(qint64 sequence, const ReadyRow &row)
{
    static constexpr auto sql =
        "INSERT INTO rows (sequence, subject, type, id, kind, state, run, body)"
        " VALUES (?, ?, ?, ?, ?, 'staged', '', ?)";
    SQLite::Statement &write = prepared(sql);
    write.bind(1, int64_t(sequence));
    bindColumnText(write, 2, nameOf(row.key.subject));
    bindColumnText(write, 3, nameOf(row.key.type));
    bindColumnText(write, 4, row.key.id);
    bindColumnText(write, 5, nameOf(row.kind));
    write.bind(6, row.body.toStdString());
    write.exec();
}

void ChangeFile::noteLocalNumber(qint64 number)
{
    if (number <= m_localNumber)
        return;
    m_localNumber = number;
    setAbout("localNumber", QString::number(number));
}

void ChangeFile::drop(qint64 sequence)
{
    static constexpr auto sql = "DELETE FROM rows WHERE sequence = ?";
    SQLite::Statement &write = prepared(sql);
    write.bind(1, int64_t(sequence));
    write.exec();
}

std::vector<qint64> ChangeFile::claim(const QString &run, const std::vector<qint64> &sequences)
{
    static constexpr auto sql = "UPDATE rows SET state = 'sending', run = ?"
                                " WHERE sequence = ? AND excluded = 0"
                                " AND state NOT IN ('sending', 'applied')";
    std::vector<qint64> claimed;
    for (const qint64 sequence : sequences) {
        SQLite::Statement &write = prepared(sql);
        bindColumnText(write, 1, run);
        write.bind(2, int64_t(sequence));
        if (write.exec() == 1)
            claimed.push_back(sequence);
    }
    return claimed;
}

void ChangeFile::setStates(const std::vector<qint64> &sequences, RowState state)
{
    static constexpr auto ended = "UPDATE rows SET state = ?, run = '' WHERE sequence = ?";
    static constexpr auto left = "UPDATE rows SET state = ? WHERE sequence = ?";
    const QString name = nameOf(state);
    for (const qint64 sequence : sequences) {
        SQLite::Statement &write = prepared(keepsRun(state) ? left : ended);
        bindColumnText(write, 1, name);
        write.bind(2, int64_t(sequence));
        write.exec();
    }
}

void ChangeFile::setExcluded(const std::vector<qint64> &sequences, bool excluded)
{
    static constexpr auto sql = "UPDATE rows SET excluded = ? WHERE sequence = ?";
    for (const qint64 sequence : sequences) {
        SQLite::Statement &write = prepared(sql);
        write.bind(1, int(excluded));
        write.bind(2, int64_t(sequence));
        write.exec();
    }
}

void ChangeFile::setSignedAs(const QString &keptForm)
{
    setAbout("signed", keptForm);
}

ChangeFile::Overview ChangeFile::overview()
{
    Overview overview;
    overview.signedAs = about("signed");
    overview.binding = binding();
    overview.lastLocalNumber = about("localNumber").toLongLong();
    overview.stepsDone = about("stepsDone").toInt();
    constexpr int block = 10'000;
    for (auto some = slotsFrom(0, block); !some.empty();
         some = slotsFrom(overview.lastSequence + 1, block)) {
        for (const auto &[key, slot] : some)
            overview.index.insert(key, slot);
        overview.lastSequence = some.back().second.sequence;
    }
    overview.index.updateOrder();
    SQLite::Statement cells(*m_database,
                            "SELECT cell.key, COUNT(*) FROM rows,"
                            " json_each(rows.body, '$.cells') cell GROUP BY cell.key");
    while (cells.executeStep())
        overview.uses[columnText(cells.getColumn(0)).toLower()] += cells.getColumn(1).getInt();
    SQLite::Statement steps(*m_database, "SELECT name, rows FROM steps ORDER BY step");
    while (steps.executeStep())
        overview.steps.push_back({columnText(steps.getColumn(0)), steps.getColumn(1).getInt()});
    const auto last = m_database->execAndGet("SELECT COALESCE(MAX(sequence), 0) FROM images");
    overview.lastSequence = std::max<qint64>(overview.lastSequence, last.getInt64());
    return overview;
}

} // namespace hubkeeper
