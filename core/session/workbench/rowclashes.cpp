// SPDX-License-Identifier: MIT
#include "session/workbench/rowclashes.h"

#include <QByteArrayView>

#include <SQLiteCpp/SQLiteCpp.h>

#include <utility>
#include <vector>

namespace hubkeeper {

namespace {

QByteArrayView bytesOf(const SQLite::Column &column)
{
    return {static_cast<const char *>(column.getBlob()), column.getBytes()};
}

qint64 firstNumber(SQLite::Statement &statement, qint64 place)
{
    statement.reset();
    statement.bind(1, int64_t(place));
    return statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
}

} // namespace

void visitTwins(SQLite::Database &database, const VisitClash &visit)
{
    SQLite::Statement keys(database,
                           "SELECT key, place FROM rows INDEXED BY rows_by_key"
                           " WHERE length(key) > 0 ORDER BY key, place");
    SQLite::Statement numberAt(database, "SELECT number FROM rows WHERE place = ?");
    SQLite::Statement isDecided(database, "SELECT 1 FROM decided WHERE place = ?");
    QByteArray last;
    qint64 first = -1; // Of the rows with the key `last`.
    bool isAlone = true;
    while (keys.executeStep()) {
        const QByteArrayView bytes = bytesOf(keys.getColumn(0));
        const qint64 place = keys.getColumn(1).getInt64();
        if (first < 0 || bytes != last) {
            last = bytes.toByteArray();
            first = place;
            isAlone = true;
            continue;
        }
        visit({place, firstNumber(numberAt, first), last});
        if (std::exchange(isAlone, false) && firstNumber(isDecided, first) == 0)
            visit({first, firstNumber(numberAt, place), last});
    }
}

void visitContested(SQLite::Database &database, const VisitClash &visit)
{
    database.exec("CREATE INDEX decided_by_id ON decided (id, place)"
                  " WHERE id <> '' AND refusal = 0");
    SQLite::Statement ids(database,
                          "SELECT id FROM decided INDEXED BY decided_by_id"
                          " WHERE id <> '' AND refusal = 0 GROUP BY id HAVING COUNT(*) > 1");
    SQLite::Statement rowsOf(database,
                             "SELECT decided.place, number FROM decided JOIN rows USING (place)"
                             " WHERE id = ? AND refusal = 0 ORDER BY decided.place");
    std::vector<QByteArray> contested;
    while (ids.executeStep())
        contested.push_back(bytesOf(ids.getColumn(0)).toByteArray());
    for (const QByteArray &id : contested) {
        std::vector<std::pair<qint64, qint64>> rows; // Places and numbers.
        rowsOf.reset();
        rowsOf.bind(1, id.toStdString());
        while (rowsOf.executeStep())
            rows.emplace_back(rowsOf.getColumn(0).getInt64(), rowsOf.getColumn(1).getInt64());
        rowsOf.reset();
        for (size_t i = 0; i < rows.size(); ++i)
            visit({rows[i].first, rows[i == 0 ? 1 : 0].second, id});
    }
}

} // namespace hubkeeper
