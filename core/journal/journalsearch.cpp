// SPDX-License-Identifier: MIT
#include "journal/journalsearch.h"

#include "base/poolcall.h"
#include "base/qtcompat.h"
#include "journal/journalcall.h"
#include "journal/journalfile.h"
#include "journal/journaljson.h"
#include "journal/journaltext.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QSet>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int entriesBetweenLooks = 256; // At the stop token.

/// A text as it is inside of JSON, for LIKE with '!' as its escape.
QString likePattern(const QString &text)
{
    QString pattern = text;
    pattern.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1);
    for (const char wild : {'!', '%', '_'})
        pattern.replace(QLatin1Char(wild), u"!"_s + QLatin1Char(wild));
    return u"%%1%"_s.arg(pattern);
}

/// One search: what SQLite can tell of an entry's bytes it tells, the rest is read.
class Searching
{
public:
    Searching(SQLite::Database &database, const JournalQuery &query, const JournalSeal &seal)
        : m_database(database)
        , m_query(query)
        , m_seal(seal)
        , m_last(database,
                 "SELECT e.number, e.at, e.run, e.kind, e.subject, e.outcome, e.body, e.hash,"
                 " e.seal, p.hash FROM entries e LEFT JOIN entries p ON p.number = e.number - 1"
                 " WHERE e.run = ?1 AND e.subject = ?2 ORDER BY e.number DESC LIMIT 1")
        , m_begin(database, "SELECT body FROM entries WHERE run = ? AND kind = 'begin'")
    {
    }

    [[nodiscard]] JournalHits run(const std::stop_token &stop)
    {
        std::string sql = "SELECT run, subject, body FROM entries WHERE subject <> ''";
        for (const auto &[condition, value] : conditions())
            sql += " AND " + condition;
        SQLite::Statement read(m_database, sql + " ORDER BY number DESC");
        int place = 1;
        for (const auto &[condition, value] : conditions()) {
            if (value.typeId() == QMetaType::LongLong)
                read.bind(place++, int64_t(value.toLongLong()));
            else
                read.bind(place++, value.toString().toStdString());
        }
        JournalHits found;
        for (int entries = 0; read.executeStep(); ++entries) {
            if (entries % entriesBetweenLooks == 0 && stop.stop_requested())
                break;
            const QString run = textOf(read.getColumn(0));
            const QString subject = textOf(read.getColumn(1));
            if (m_seen.contains(run + u'\n' + subject) || !isMeant(bytesOf(read.getColumn(2))))
                continue;
            m_seen.insert(run + u'\n' + subject);
            auto hit = lastWordOn(run, subject);
            if (!m_query.outcome.isEmpty() && hit.row.outcome != m_query.outcome)
                continue;
            if (found.hits.size() == qMax(m_query.most, 1)) {
                found.isCut = true;
                break;
            }
            found.hits.append(std::move(hit));
        }
        return found;
    }

private:
    using Condition = std::pair<std::string, QVariant>;

    [[nodiscard]] QList<Condition> conditions() const
    {
        QList<Condition> all;
        if (m_query.from.isValid())
            all.append({"at >= ?", QVariant(m_query.from.toMSecsSinceEpoch())});
        if (m_query.until.isValid())
            all.append({"at < ?", QVariant(m_query.until.toMSecsSinceEpoch())});
        if (!m_query.record.isEmpty())
            all.append({"instr(CAST(body AS TEXT), ?) > 0", u"\"%1\""_s.arg(m_query.record)});
        if (!m_query.property.isEmpty())
            all.append({"CAST(body AS TEXT) LIKE ? ESCAPE '!'", likePattern(m_query.property)});
        if (!m_query.text.isEmpty())
            all.append({"CAST(body AS TEXT) LIKE ? ESCAPE '!'", likePattern(m_query.text)});
        if (!m_query.user.isEmpty())
            all.append({"run IN (SELECT run FROM entries WHERE kind = 'begin' AND"
                        " json_extract(CAST(body AS TEXT), '$.user') = ? COLLATE NOCASE)",
                        m_query.user});
        if (!m_query.connectionId.isEmpty())
            all.append({"run IN (SELECT run FROM entries WHERE kind = 'begin' AND"
                        " json_extract(CAST(body AS TEXT), '$.connectionId') = ?)",
                        m_query.connectionId});
        return all;
    }

    /// What the bytes alone do not say.
    [[nodiscard]] bool isMeant(const QByteArray &body) const
    {
        if (m_query.type.isEmpty() && m_query.record.isEmpty() && m_query.property.isEmpty())
            return true;
        const JournalRow row = rowFrom(QJsonDocument::fromJson(body).object());
        if (!m_query.type.isEmpty() && row.type != m_query.type && row.toType != m_query.type)
            return false;
        const QStringList records {row.recordId, row.toId, row.rebuilds,
                                   row.details["primary"_L1]["id"_L1].toString()};
        if (!m_query.record.isEmpty() && !records.contains(m_query.record))
            return false;
        return m_query.property.isEmpty()
            || row.cells.keys().contains(m_query.property, Qt::CaseInsensitive);
    }

    [[nodiscard]] JournalHit lastWordOn(const QString &run, const QString &subject)
    {
        m_last.reset();
        m_last.bind(1, run.toStdString());
        m_last.bind(2, subject.toStdString());
        JournalHit hit;
        if (!m_last.executeStep())
            return hit;
        JournalEntry entry;
        entry.number = m_last.getColumn(0).getInt64();
        entry.at = m_last.getColumn(1).getInt64();
        entry.run = run;
        entry.kind = textOf(m_last.getColumn(3));
        entry.subject = subject;
        entry.outcome = textOf(m_last.getColumn(5));
        entry.body = bytesOf(m_last.getColumn(6));
        hit.row = rowFrom(QJsonDocument::fromJson(entry.body).object());
        hit.row.subject = subject;
        hit.row.outcome = entry.outcome.isEmpty() ? QString(outcome::intended) : entry.outcome;
        hit.mark =
            markOf(entry, bytesOf(m_last.getColumn(7)), bytesOf(m_last.getColumn(8)),
                   m_last.getColumn(9).isNull() ? QByteArray() : bytesOf(m_last.getColumn(9)));
        hit.entry = entry.number;
        hit.at = QDateTime::fromMSecsSinceEpoch(entry.at, utc);
        addRun(hit, run);
        return hit;
    }

    [[nodiscard]] EntryMark markOf(const JournalEntry &entry, const QByteArray &hash,
                                   const QByteArray &seal, const QByteArray &before) const
    {
        if (hashOf(entry, before) != hash)
            return EntryMark::Altered;
        switch (m_seal.stateOf(seal, hash)) {
        case SealState::Good:
            return EntryMark::Sealed;
        case SealState::Bad:
            return EntryMark::Altered;
        case SealState::None:
        case SealState::NoKey:
        case SealState::OtherKey:
            break;
        }
        return EntryMark::NotSealed;
    }

    void addRun(JournalHit &hit, const QString &run)
    {
        if (!m_runs.contains(run)) {
            m_begin.reset();
            m_begin.bind(1, run.toStdString());
            m_runs.insert(run,
                          m_begin.executeStep()
                              ? QJsonDocument::fromJson(bytesOf(m_begin.getColumn(0))).object()
                              : QJsonObject());
        }
        const QJsonObject begin = m_runs.value(run);
        hit.runId = run;
        hit.connectionId = begin["connectionId"_L1].toString();
        hit.connection = begin["connection"_L1].toString();
        hit.portalId = begin["portalId"_L1].toString().toLongLong();
        hit.user = begin["user"_L1].toString();
        hit.note = begin["note"_L1].toString();
    }

    SQLite::Database &m_database;
    const JournalQuery &m_query;
    const JournalSeal &m_seal;
    SQLite::Statement m_last;
    SQLite::Statement m_begin;
    QSet<QString> m_seen; // Rows of runs.
    QHash<QString, QJsonObject> m_runs; // Their first entries.
};

} // namespace

bool JournalQuery::isEmpty() const
{
    return type.isEmpty() && record.isEmpty() && property.isEmpty() && user.isEmpty()
        && !from.isValid() && !until.isValid() && text.isEmpty() && outcome.isEmpty();
}

QString nameOf(EntryMark mark)
{
    switch (mark) {
    case EntryMark::Sealed:
        return u"sealed"_s;
    case EntryMark::NotSealed:
        return u"notSealed"_s;
    case EntryMark::Altered:
        break;
    }
    return u"altered"_s;
}

Result<JournalHits> searchJournal(const QString &path, const JournalQuery &query,
                                  const JournalSeal &seal, const std::stop_token &stop)
{
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::NotFound, JournalText::tr("There is no journal yet."));
    return journalCall("searching it", [&] {
        const auto database = openJournalDatabase(path);
        const SQLite::Transaction together(*database);
        return Searching(*database, query, seal).run(stop);
    });
}

Call<JournalHits> *findInJournal(const QString &path, const JournalQuery &query,
                                 std::shared_ptr<const JournalSeal> seal, QObject *parent)
{
    return new PoolCall<JournalHits>(
        [path, query, seal = std::move(seal)](const std::stop_token &stop) {
            return searchJournal(path, query, *seal, stop);
        },
        parent);
}

QJsonObject hitJson(const JournalHit &hit)
{
    QJsonObject row = rowJson(hit.row);
    row.remove(u"images"_s);
    return {{u"run"_s, hit.runId},
            {u"connection"_s, hit.connection},
            {u"connectionId"_s, hit.connectionId},
            {u"portalId"_s, hit.portalId},
            {u"user"_s, hit.user},
            {u"note"_s, hit.note},
            {u"at"_s, hit.at.toString(Qt::ISODateWithMs)},
            {u"entry"_s, hit.entry},
            {u"mark"_s, nameOf(hit.mark)},
            {u"row"_s, row}};
}

} // namespace hubkeeper
