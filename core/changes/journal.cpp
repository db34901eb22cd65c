// SPDX-License-Identifier: MIT
#include "changes/journal.h"

#include "base/paths.h"
#include "base/poolcall.h"
#include "base/qtcompat.h"
#include "changes/journalfile.h"
#include "changes/run/inverserows.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <future>
#include <memory>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using JournalEntries = std::vector<JournalEntry>;

template <typename Work>
auto journalCall(const char *doing, Work &&work) -> Result<std::invoke_result_t<Work>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const std::exception &thrown) {
        return fail(ErrorKind::Storage,
                    u"The journal failed while %1: %2."_s.arg(QString::fromLatin1(doing),
                                                              QString::fromUtf8(thrown.what())),
                    u"Check the free space and the permissions of its folder."_s);
    }
}

QByteArray compact(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QJsonObject bodyOf(const SQLite::Column &column)
{
    const QByteArray bytes(static_cast<const char *>(column.getBlob()), column.getBytes());
    return QJsonDocument::fromJson(bytes).object();
}

QJsonObject bodyOf(const QMap<QString, CellChange> &cells)
{
    QJsonObject body;
    for (auto cell = cells.cbegin(); cell != cells.cend(); ++cell) {
        body.insert(cell.key(),
                    QJsonObject {{u"before"_s, cell->before}, {u"after"_s, cell->after}});
    }
    return body;
}

QJsonObject bodyOf(const RowChange &row)
{
    QJsonObject body {{u"type"_s, nameOf(row.type)},
                      {u"kind"_s, nameOf(row.kind)},
                      {u"id"_s, row.portalId().isEmpty() ? row.id : row.portalId()},
                      {u"label"_s, row.label},
                      {u"cells"_s, bodyOf(row.cells)}};
    if (row.error)
        body.insert(u"message"_s, row.error->sentence());
    return body;
}

QJsonObject bodyOf(const JournalRow &row)
{
    QJsonObject body {{u"type"_s, nameOf(row.type)},
                      {u"kind"_s, nameOf(row.kind)},
                      {u"id"_s, row.recordId},
                      {u"label"_s, row.label},
                      {u"cells"_s, bodyOf(row.cells)}};
    if (row.isDefinition)
        body.insert(u"definition"_s, true);
    return body;
}

QString subjectOf(int number)
{
    return u"write/%1"_s.arg(number);
}

QString subjectOf(const RowChange &row)
{
    return nameOf(row.type) + u'/' + row.id;
}

JournalEntries intentsOf(const QString &runId, const std::vector<RowChange> &rows)
{
    JournalEntries entries;
    for (const RowChange &row : rows) {
        RowChange intent = row;
        intent.error.reset(); // What went wrong before is not part of what is intended now.
        entries.push_back({0, 0, runId, u"intent"_s, subjectOf(row), {}, compact(bodyOf(intent))});
    }
    return entries;
}

JournalEntries outcomesOf(const QString &runId, const std::vector<RowChange> &rows)
{
    JournalEntries entries;
    for (const RowChange &row : rows) {
        entries.push_back(
            {0, 0, runId, u"outcome"_s, subjectOf(row), nameOf(row.state), compact(bodyOf(row))});
    }
    return entries;
}

ChangeKind kindFrom(const QString &name)
{
    for (const ChangeKind kind : {ChangeKind::Create, ChangeKind::Archive}) {
        if (nameOf(kind) == name)
            return kind;
    }
    return ChangeKind::Update;
}

JournalRow rowFrom(const QJsonObject &body)
{
    JournalRow row;
    row.type = body.value("type"_L1).toString() == nameOf(ObjectType::Companies)
        ? ObjectType::Companies
        : ObjectType::Contacts;
    row.kind = kindFrom(body.value("kind"_L1).toString());
    row.isDefinition = body.value("definition"_L1).toBool();
    row.recordId = body.value("id"_L1).toString();
    row.label = body.value("label"_L1).toString();
    row.message = body.value("message"_L1).toString();
    const QJsonObject cells = body.value("cells"_L1).toObject();
    for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
        const QJsonObject texts = cell.value().toObject();
        row.cells.insert(cell.key(),
                         {texts.value("before"_L1).toString(), texts.value("after"_L1).toString()});
    }
    return row;
}

QString loginName()
{
    const QString name = qEnvironmentVariable("USER");
    return name.isEmpty() ? qEnvironmentVariable("USERNAME") : name;
}

QDateTime utcFrom(const SQLite::Column &column)
{
    return QDateTime::fromMSecsSinceEpoch(column.getInt64(), utc);
}

} // namespace

class Journal::Private
{
public:
    using Work = std::function<Result<void>()>;

    Private(const QString &path, Clock &theClock, const Secret &key)
        : clock(theClock)
        , file(path, key)
        , written(path, key)
    {
        writer.setMaxThreadCount(1); // One after the other, in the order of the calls.
    }

    /// For the writer, which makes the entries, too: a batch of rows is a lot of JSON.
    template <typename Make>
    [[nodiscard]] Work appending(const char *doing, Make make)
    {
        return [this, doing, make = std::move(make), at = clock.utc().toMSecsSinceEpoch()] {
            JournalEntries entries = make();
            for (JournalEntry &entry : entries)
                entry.at = at;
            return journalCall(doing, [&] { written.append(std::move(entries)); });
        };
    }

    /// Waits here. Not for a QFuture: that may take the work out of the line and do it here.
    [[nodiscard]] Result<void> wait(Work work)
    {
        const auto done = std::make_shared<std::promise<Result<void>>>();
        writer.start([done, work = std::move(work)] { done->set_value(work()); });
        return done->get_future().get();
    }

    [[nodiscard]] Call<void> *call(Work work, QObject *parent)
    {
        return new PoolCall<void>(
            writer, [work = std::move(work)](const std::stop_token &) { return work(); }, parent);
    }

    [[nodiscard]] Result<void> append(const char *doing, const JournalEntry &entry)
    {
        return wait(appending(doing, [entry] { return JournalEntries {entry}; }));
    }

    [[nodiscard]] Work appendingIntents(const QString &runId, std::vector<RowChange> rows)
    {
        return appending("noting what will be written",
                         [runId, rows = std::move(rows)] { return intentsOf(runId, rows); });
    }

    [[nodiscard]] Work appendingOutcomes(const QString &runId, std::vector<RowChange> rows)
    {
        return appending("noting what was written",
                         [runId, rows = std::move(rows)] { return outcomesOf(runId, rows); });
    }

    Clock &clock;
    const JournalFile file; // For reading, in this thread.
    JournalFile written; // The writer's own.
    QThreadPool writer; // Goes first, and ends what it has begun.
};

Journal::Journal(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const QString &path, Clock &clock, const Secret &key)
{
    if (const auto made = makePrivateFolder(QFileInfo(path).path()); !made)
        return tl::unexpected(made.error());
    return journalCall("opening it", [&] {
        return std::unique_ptr<Journal>(new Journal(std::make_unique<Private>(path, clock, key)));
    });
}

Result<QString> Journal::beginRun(const QString &connection, qint64 portalId, const QString &note,
                                  const QString &revertOf)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QJsonObject body {{u"connection"_s, connection},
                            {u"portalId"_s, QString::number(portalId)},
                            {u"note"_s, note},
                            {u"revertOf"_s, revertOf},
                            {u"user"_s, loginName()}};
    const auto stored = d->append("beginning a run", {0, 0, id, u"begin"_s, {}, {}, compact(body)});
    if (!stored)
        return tl::unexpected(stored.error());
    return id;
}

Result<void> Journal::addIntents(const QString &runId, const std::vector<RowChange> &rows)
{
    return d->wait(d->appendingIntents(runId, rows));
}

Result<void> Journal::addOutcomes(const QString &runId, const std::vector<RowChange> &rows)
{
    return d->wait(d->appendingOutcomes(runId, rows));
}

Call<void> *Journal::noteIntents(const QString &runId, std::vector<RowChange> rows, QObject *parent)
{
    return d->call(d->appendingIntents(runId, std::move(rows)), parent);
}

Call<void> *Journal::noteOutcomes(const QString &runId, std::vector<RowChange> rows,
                                  QObject *parent)
{
    return d->call(d->appendingOutcomes(runId, std::move(rows)), parent);
}

Result<void> Journal::addIntent(const QString &runId, const RowChange &row)
{
    return addIntents(runId, {row});
}

Result<void> Journal::addOutcome(const QString &runId, const RowChange &row)
{
    return addOutcomes(runId, {row});
}

Result<void> Journal::addWriteIntent(const QString &runId, int number, const JournalRow &row)
{
    return d->append("noting what will be written",
                     {0, 0, runId, u"intent"_s, subjectOf(number), {}, compact(bodyOf(row))});
}

Result<void> Journal::addWriteOutcome(const QString &runId, int number, const JournalRow &row)
{
    QJsonObject body = bodyOf(row);
    if (!row.message.isEmpty())
        body.insert(u"message"_s, row.message);
    return d->append("noting what was written",
                     {0, 0, runId, u"outcome"_s, subjectOf(number), row.outcome, compact(body)});
}

Result<void> Journal::endRun(const QString &runId)
{
    return d->append("ending a run", {0, 0, runId, u"end"_s, {}, {}, "{}"});
}

Result<QList<JournalRun>> Journal::runs() const
{
    return journalCall("listing its runs", [this] {
        SQLite::Statement read(
            d->file.database(),
            "SELECT b.run, b.at, b.body,"
            " (SELECT at FROM entries e WHERE e.run = b.run AND e.kind = 'end'),"
            " (SELECT COUNT(DISTINCT subject) FROM entries e WHERE e.run = b.run"
            "   AND e.subject <> ''),"
            " (SELECT COUNT(*) FROM entries e WHERE e.run = b.run AND e.outcome = 'applied'),"
            " (SELECT COUNT(*) FROM entries e WHERE e.run = b.run AND e.outcome = 'failed')"
            " FROM entries b WHERE b.kind = 'begin' ORDER BY b.number DESC");
        QList<JournalRun> runs;
        while (read.executeStep()) {
            const QJsonObject body = bodyOf(read.getColumn(2));
            JournalRun run;
            run.id = QString::fromStdString(read.getColumn(0).getString());
            run.startedAt = utcFrom(read.getColumn(1));
            if (!read.getColumn(3).isNull())
                run.endedAt = utcFrom(read.getColumn(3));
            run.connection = body.value("connection"_L1).toString();
            run.portalId = body.value("portalId"_L1).toString().toLongLong();
            run.user = body.value("user"_L1).toString();
            run.note = body.value("note"_L1).toString();
            run.revertOf = body.value("revertOf"_L1).toString();
            run.rows = read.getColumn(4).getInt();
            run.applied = read.getColumn(5).getInt();
            run.failed = read.getColumn(6).getInt();
            runs.append(run);
        }
        return runs;
    });
}

Result<QList<JournalRow>> Journal::rows(const QString &runId) const
{
    return journalCall("reading a run", [&] {
        SQLite::Statement read(d->file.database(),
                               "SELECT subject, outcome, body FROM entries"
                               " WHERE run = ? AND subject <> '' ORDER BY number");
        read.bind(1, runId.toStdString());
        QList<JournalRow> rows;
        QHash<QByteArray, qsizetype> places;
        while (read.executeStep()) {
            const auto subject = QByteArray::fromStdString(read.getColumn(0).getString());
            JournalRow row = rowFrom(bodyOf(read.getColumn(2)));
            row.outcome = QString::fromStdString(read.getColumn(1).getString());
            if (row.outcome.isEmpty())
                row.outcome = intendedOutcome;
            const auto known = places.constFind(subject);
            if (known != places.cend()) {
                rows[*known] = std::move(row); // The last word on it counts.
                continue;
            }
            places.insert(subject, rows.size());
            rows.append(std::move(row));
        }
        return rows;
    });
}

Result<std::vector<RowChange>> Journal::inverseOf(const QString &runId, QStringList *left) const
{
    return rows(runId).map(
        [left](const QList<JournalRow> &written) { return inverseRows(written, left); });
}

Result<JournalVerdict> Journal::verify() const
{
    return journalCall("verifying it", [this] {
        const JournalFile::Check check = d->file.check();
        JournalVerdict verdict;
        verdict.intact = check.firstBad < 0;
        verdict.entries = check.entries;
        verdict.firstBadEntry = check.firstBad;
        verdict.sentence = verdict.intact
            ? u"The journal is intact (%1 entries)."_s.arg(check.entries)
            : u"The journal was altered: entry %1, %2."_s.arg(check.firstBad).arg(check.reason);
        return verdict;
    });
}

} // namespace hubkeeper
