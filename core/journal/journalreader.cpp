// SPDX-License-Identifier: MIT
#include "journal/journalreader.h"

#include "base/qtcompat.h"
#include "journal/journalcall.h"
#include "journal/journalfile.h"
#include "journal/journaltext.h"

#include <QFileInfo>
#include <QJsonDocument>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int deepestRevert = 20; // Reverts of reverts that are followed.

QJsonObject jsonOf(const SQLite::Column &column)
{
    return QJsonDocument::fromJson(bytesOf(column)).object();
}

QDateTime utcFrom(const SQLite::Column &column)
{
    return QDateTime::fromMSecsSinceEpoch(column.getInt64(), utc);
}

JournalRun runFrom(const QJsonObject &body)
{
    JournalRun run;
    run.connectionId = body["connectionId"_L1].toString();
    run.connection = body["connection"_L1].toString();
    run.portalId = body["portalId"_L1].toString().toLongLong();
    run.user = body["user"_L1].toString();
    run.process = {body["host"_L1].toString(), body["process"_L1].toInteger(),
                   body["processStarted"_L1].toInteger()};
    run.note = body["note"_L1].toString();
    run.revertOf = body["revertOf"_L1].toString();
    run.rows = body["planned"_L1].toInt();
    return run;
}

/// The same object in another run.
QString objectOf(const JournalRow &row)
{
    if (row.isMerge())
        return u"merge/"_s + row.type + u'/' + row.toId;
    if (row.isAssociation())
        return u"association/%1/%2/%3/%4"_s.arg(row.type, row.recordId, row.toType, row.toId);
    return (row.isDefinition() ? u"definition/"_s : QString()) + row.type + u'/' + row.recordId;
}

/// Objects that were taken back, with the last run that did it.
QHash<QString, QString> takersOf(const QList<TakingRow> &taking)
{
    QHash<QString, QString> takers;
    for (const TakingRow &one : taking) {
        if (!one.row.isApplied())
            continue;
        takers.insert(objectOf(one.row), one.run);
        if (!one.row.rebuilds.isEmpty())
            takers.insert(u"merge/"_s + one.row.type + u'/' + one.row.rebuilds, one.run);
    }
    return takers;
}

} // namespace

bool RunFilter::takes(const JournalRun &run) const
{
    if (connectionId.isEmpty() && connection.isEmpty())
        return portalId == 0 || run.portalId == portalId;
    if (!run.connectionId.isEmpty())
        return run.connectionId == connectionId;
    return run.connection == connection && (portalId == 0 || run.portalId == portalId);
}

Result<std::unique_ptr<JournalReader>> JournalReader::open(const QString &path)
{
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::NotFound, JournalText::tr("There is no journal yet."));
    return journalCall("opening it", [&] {
        auto database = openJournalDatabase(path);
        auto reader = std::make_unique<JournalReader>(*database);
        reader->m_own = std::move(database);
        return reader;
    });
}

JournalReader::JournalReader(SQLite::Database &database)
    : m_database(database)
{
}

JournalReader::~JournalReader() = default;

Result<QList<JournalRun>> JournalReader::runs(const RunFilter &filter) const
{
    return journalCall("listing its runs", [&] {
        QList<JournalRun> all = readRuns({});
        all.removeIf([&](const JournalRun &run) { return !filter.takes(run); });
        if (!filter.contains.isEmpty()) {
            const QSet<QString> mention = runsThatMention(filter.contains);
            all.removeIf([&](const JournalRun &run) { return !mention.contains(run.id); });
        }
        return all;
    });
}

/// In what they say of themselves or of any row: people, notes, records, properties, values.
QSet<QString> JournalReader::runsThatMention(const QString &text) const
{
    QString pattern = text;
    pattern.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1); // As in JSON.
    for (const char wild : {'!', '%', '_'})
        pattern.replace(QLatin1Char(wild), u"!"_s + QLatin1Char(wild));
    SQLite::Statement read(m_database,
                           "SELECT DISTINCT run FROM entries"
                           " WHERE run = ?1 OR CAST(body AS TEXT) LIKE ?2 ESCAPE '!'");
    read.bind(1, text.toStdString());
    read.bind(2, u"%%1%"_s.arg(pattern).toStdString());
    QSet<QString> runs;
    while (read.executeStep())
        runs.insert(textOf(read.getColumn(0)));
    return runs;
}

Result<RunRecord> JournalReader::run(const QString &id) const
{
    const auto found = journalCall("reading a run", [&] {
        const SQLite::Transaction together(m_database);
        RunRecord record;
        const QList<JournalRun> runs = id.isEmpty() ? QList<JournalRun>() : readRuns(id);
        if (runs.isEmpty())
            return record;
        record.run = runs.first();
        record.rows = readRows(id);
        record.takenBack = takingRows(id, 0);
        record.unfinishedTakers = unfinishedOf(record.takenBack);
        const QHash<QString, QString> takers = takersOf(record.takenBack);
        for (const JournalRow &row : std::as_const(record.rows)) {
            if (const auto taker = takers.constFind(objectOf(row)); taker != takers.cend())
                record.takenBackBy.insert(row.subject, *taker);
        }
        return record;
    });
    if (found && found->run.id.isEmpty())
        return fail(ErrorKind::NotFound, JournalText::tr("The journal has no run %1.").arg(id),
                    JournalText::tr("`hubkeeper-cli journal list` shows them."));
    return found;
}

Result<QList<JournalRow>> JournalReader::rows(const QString &id) const
{
    return journalCall("reading a run", [&] { return readRows(id); });
}

std::optional<JournalRun> JournalReader::summary(const QString &id) const
{
    const QList<JournalRun> runs = readRuns(id);
    return runs.isEmpty() ? std::nullopt : std::optional(counted(runs.first()));
}

/// All, newest first, or the one with that id.
QList<JournalRun> JournalReader::readRuns(const QString &id) const
{
    SQLite::Statement read(m_database,
                           "SELECT b.run, b.at, b.body, (SELECT MIN(at) FROM entries"
                           "  WHERE run = b.run AND kind = 'end'), e.body FROM entries b"
                           " LEFT JOIN entries e ON e.number = (SELECT number FROM entries"
                           "  WHERE run = b.run AND kind = 'end' ORDER BY number DESC LIMIT 1)"
                           " WHERE b.kind = 'begin' AND (?1 = '' OR b.run = ?1)"
                           " ORDER BY b.number DESC");
    read.bind(1, id.toStdString());
    QList<JournalRun> runs;
    while (read.executeStep()) {
        JournalRun run = runFrom(jsonOf(read.getColumn(2)));
        run.id = textOf(read.getColumn(0));
        run.startedAt = utcFrom(read.getColumn(1));
        const QJsonObject end = jsonOf(read.getColumn(4));
        if (!read.getColumn(3).isNull())
            run.endedAt = utcFrom(read.getColumn(3));
        if (end.contains("rows"_L1)) {
            run.rows = end["rows"_L1].toInt();
            run.applied = end["applied"_L1].toInt();
            run.unproven = end["unproven"_L1].toInt(); // Old versions did not count them.
            run.failed = end["failed"_L1].toInt();
            run.conflicting = end["conflicting"_L1].toInt();
            run.unknown = end["unknown"_L1].toInt();
        } else {
            run = counted(std::move(run));
        }
        runs.append(std::move(run));
    }
    return runs;
}

/// With its counts as they are now, whatever it says of itself.
JournalRun JournalReader::counted(JournalRun run) const
{
    // SQLite takes the other columns from the row that has the greatest number.
    SQLite::Statement read(m_database,
                           "SELECT outcome, COUNT(*), SUM(message IS NOT NULL) FROM"
                           " (SELECT outcome, MAX(number),"
                           "  json_extract(CAST(body AS TEXT), '$.message') AS message"
                           "  FROM entries WHERE run = ? AND subject <> '' GROUP BY subject)"
                           " GROUP BY outcome");
    read.bind(1, run.id.toStdString());
    int noted = 0;
    run.applied = run.unproven = run.failed = run.conflicting = run.unknown = 0;
    while (read.executeStep()) {
        const QString outcome = textOf(read.getColumn(0));
        const int count = read.getColumn(1).getInt();
        noted += count;
        if (outcome == outcome::applied) {
            run.applied += count;
            run.unproven += read.getColumn(2).getInt();
        } else if (outcome == outcome::failed) {
            run.failed += count;
        } else if (outcome == outcome::conflict) {
            run.conflicting += count;
        } else if (outcome != outcome::skipped) {
            run.unknown += count; // An intent without an outcome, too.
        }
    }
    run.rows = std::max(run.rows, noted);
    return run;
}

QList<JournalRow> JournalReader::readRows(const QString &id) const
{
    SQLite::Statement read(m_database,
                           "SELECT subject, outcome, body FROM entries"
                           " WHERE run = ? AND subject <> '' ORDER BY number");
    read.bind(1, id.toStdString());
    QList<JournalRow> rows;
    QHash<QString, qsizetype> places;
    while (read.executeStep()) {
        const QString subject = textOf(read.getColumn(0));
        JournalRow row = rowFrom(jsonOf(read.getColumn(2)));
        row.subject = subject;
        row.outcome = textOf(read.getColumn(1));
        if (row.outcome.isEmpty())
            row.outcome = outcome::intended;
        const auto known = places.constFind(subject);
        if (known != places.cend()) {
            if (row.details.isEmpty()) // Only the intent has them.
                row.details = rows[*known].details;
            rows[*known] = std::move(row); // The last word on it counts.
            continue;
        }
        places.insert(subject, rows.size());
        rows.append(std::move(row));
    }
    return rows;
}

/// What later runs wrote to take that one back. Runs that were taken back themselves do not count.
QList<TakingRow> JournalReader::takingRows(const QString &id, int depth) const
{
    QList<TakingRow> taking;
    if (depth > deepestRevert)
        return taking;
    SQLite::Statement read(m_database,
                           "SELECT DISTINCT run FROM entries WHERE kind <> 'end'"
                           " AND number > (SELECT MIN(number) FROM entries WHERE run = ?2)"
                           " AND instr(body, ?1) > 0 AND run <> ?2 ORDER BY number");
    read.bind(1, (u"\"revertOf\":\"%1\""_s.arg(id)).toStdString());
    read.bind(2, id.toStdString());
    QStringList runs;
    while (read.executeStep())
        runs.append(textOf(read.getColumn(0)));
    for (const QString &run : std::as_const(runs)) {
        const QList<JournalRun> begun = readRuns(run);
        const bool isWhole = !begun.isEmpty() && begun.first().revertOf == id;
        const QHash<QString, QString> undone = takersBack(run, depth + 1);
        for (const JournalRow &row : readRows(run)) {
            const bool takes = row.revertOf == id || (isWhole && row.revertOf.isEmpty());
            if (takes && !undone.contains(objectOf(row)))
                taking.append({run, row});
        }
    }
    return taking;
}

QHash<QString, QString> JournalReader::takersBack(const QString &id, int depth) const
{
    return takersOf(takingRows(id, depth));
}

QSet<QString> JournalReader::unfinishedOf(const QList<TakingRow> &taking) const
{
    QSet<QString> runs;
    QSet<QString> unfinished;
    for (const TakingRow &one : taking) {
        runs.insert(one.run);
        if (!one.row.isApplied() || !one.row.message.isEmpty()) // Not proven: perhaps in part.
            unfinished.insert(one.run);
    }
    for (const QString &run : std::as_const(runs)) {
        if (const auto noted = summary(run); noted && noted->waiting() > 0)
            unfinished.insert(run);
    }
    return unfinished;
}

} // namespace hubkeeper
