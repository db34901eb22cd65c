// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <functional>

namespace SQLite {
class Database;
} // namespace SQLite

namespace hubkeeper {

/// A row of an ImportFile that cannot be taken because of another one.
struct RowClash
{
    qint64 place = 0;
    qint64 otherNumber = 0; ///< TableRow::number of the other one.
    QByteArray key; ///< What both have: the key, or the id of the record they found.
};
using VisitClash = std::function<void(const RowClash &)>;

// Both may change `decided` while they visit. They throw what SQLiteCpp throws.

/// Rows with the same key, each with another one of them. The first of several is left out if it
/// was refused for something else. Memory holds two rows.
void visitTwins(SQLite::Database &database, const VisitClash &visit);
/// Rows that are not refused and found the same record.
void visitContested(SQLite::Database &database, const VisitClash &visit);

} // namespace hubkeeper
