// SPDX-License-Identifier: MIT
#include "store/sets/roworder.h"

#include "base/foldedtext.h"
#include "base/qtcompat.h"
#include "portal/jsontext.h"
#include "portal/samevalue.h"
#include "store/sets/recordfile.h"
#include "store/sets/rowcells.h"
#include "store/sets/rowfilter.h"
#include "store/sets/sqlitecall.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <functional>
#include <unordered_map>

namespace hubkeeper {

namespace {

constexpr qint64 rowsBetweenLooks = 4096;
constexpr qsizetype longestKey = 200; // Bytes; what differs only after them counts as equal.

struct Stopped
{
};

/// A row's place in the order: group, then prefix, then the rest of the key in the arena.
struct SortKey
{
    quint64 prefix = 0;
    qint64 row = 0;
    quint64 offset = 0;
    quint32 size = 0;
    enum Group : quint8 { Number, Text, Empty } group = Empty;
};

class KeyMaker
{
public:
    enum Kind { Texts, Numbers, Times };

    explicit KeyMaker(Kind kind)
        : m_kind(kind)
    {
    }

    void add(qint64 row, const PackedCell &cell)
    {
        SortKey key;
        key.row = row;
        if (cell.bytes.isEmpty()) {
            m_keys.push_back(key);
            return;
        }
        const double number = valueOf(cell);
        const QByteArray text = qIsNaN(number) ? collated(cell)
            : m_kind == Numbers                ? cell.bytes.toByteArray()
                                               : QByteArray();
        key.group = qIsNaN(number) ? SortKey::Text : SortKey::Number;
        key.prefix = qIsNaN(number) ? prefixOf(text) : ordered(number);
        key.offset = m_arena.size();
        key.size = quint32(text.size());
        m_arena.append(text.constData(), size_t(text.size()));
        m_keys.push_back(key);
    }

    void add(qint64 row, const QString &text)
    {
        const QByteArray bytes = text.toUtf8();
        add(row, PackedCell {PackedCell::Utf8, bytes});
    }

    /// Equal ones keep the order that `before` has; empty: that of their arrival.
    [[nodiscard]] RowOrder sorted(bool descending, const RowOrder &before)
    {
        arrange(before);
        const auto less = [this](const SortKey &a, const SortKey &b) { return compare(a, b) < 0; };
        const auto greater = [this](const SortKey &a, const SortKey &b) {
            return a.group == b.group ? compare(a, b) > 0 : compare(a, b) < 0;
        };
        if (descending)
            std::stable_sort(m_keys.begin(), m_keys.end(), greater);
        else
            std::stable_sort(m_keys.begin(), m_keys.end(), less);
        RowOrder order;
        order.reserve(m_keys.size());
        for (const SortKey &key : m_keys)
            order.push_back(key.row);
        return order;
    }

private:
    /// The keys came in the order of their rows, those of `before` and no others.
    void arrange(const RowOrder &before)
    {
        if (before.empty())
            return;
        std::vector<SortKey> arranged;
        arranged.reserve(m_keys.size());
        for (const qint64 row : before) {
            const auto key = std::lower_bound(
                m_keys.begin(), m_keys.end(), row,
                [](const SortKey &one, qint64 wanted) { return one.row < wanted; });
            arranged.push_back(*key);
        }
        m_keys = std::move(arranged);
    }

    [[nodiscard]] int compare(const SortKey &a, const SortKey &b) const
    {
        if (a.group != b.group)
            return a.group < b.group ? -1 : 1;
        if (a.prefix != b.prefix)
            return a.prefix < b.prefix ? -1 : 1;
        if (a.group == SortKey::Number) // Equal doubles may be different integers above 2^53.
            return compareNumbers(textOf(a), textOf(b)).value_or(0);
        const int rest = std::memcmp(m_arena.data() + a.offset, m_arena.data() + b.offset,
                                     std::min(a.size, b.size));
        if (rest != 0 || a.size == b.size)
            return rest;
        return a.size < b.size ? -1 : 1;
    }

    [[nodiscard]] QString textOf(const SortKey &key) const
    {
        return QString::fromUtf8(m_arena.data() + key.offset, qsizetype(key.size));
    }

    /// Not a number where the cell is none of this kind.
    [[nodiscard]] double valueOf(const PackedCell &cell) const
    {
        if (m_kind == Numbers)
            return numberOf(cell);
        if (m_kind == Texts)
            return qQNaN();
        const QString text = cell.text();
        const QDateTime instant = instantOf(text);
        const QDate day = instant.isValid() ? QDate() : dayOf(text);
        if (!instant.isValid() && !day.isValid())
            return qQNaN();
        return double(instant.isValid() ? instant.toMSecsSinceEpoch()
                                        : day.startOfDay(utc).toMSecsSinceEpoch());
    }

    [[nodiscard]] static double numberOf(const PackedCell &cell)
    {
        double number = 0;
        const bool isSigned = cell.bytes.size() > 1 && cell.bytes.front() == '+';
        const char *begin = cell.bytes.data() + (isSigned ? 1 : 0);
        const char *end = cell.bytes.data() + cell.bytes.size();
        const auto read = std::from_chars(begin, end, number);
        return cell.form == PackedCell::Utf8 && read.ec == std::errc() && read.ptr == end ? number
                                                                                          : qQNaN();
    }

    /// Doubles as unsigned numbers of the same order.
    [[nodiscard]] static quint64 ordered(double number)
    {
        if (number == 0)
            number = 0; // Minus zero is zero.
        quint64 bits = 0;
        std::memcpy(&bits, &number, sizeof bits);
        constexpr quint64 sign = quint64(1) << 63;
        return (bits & sign) != 0 ? ~bits : bits | sign;
    }

    [[nodiscard]] static quint64 prefixOf(const QByteArray &text)
    {
        quint64 prefix = 0;
        for (qsizetype i = 0; i < 8; ++i)
            prefix = (prefix << 8) | (i < text.size() ? quint8(text[i]) : 0);
        return prefix;
    }

    [[nodiscard]] static QByteArray collated(const PackedCell &cell)
    {
        QByteArray ascii(cell.bytes.first(std::min(cell.bytes.size(), longestKey)).toByteArray());
        bool isAscii = cell.form == PackedCell::Utf8;
        for (char &c : ascii) {
            isAscii = isAscii && static_cast<quint8>(c) < 0x80;
            c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
        }
        if (isAscii)
            return ascii;
        return foldedText(cell.text()).toUtf8().left(longestKey);
    }

    const Kind m_kind;
    std::vector<SortKey> m_keys;
    std::string m_arena;
};

/// The rows asked for, read in one pass.
class Reader
{
public:
    Reader(const QString &path, qint64 rowCount, const std::function<bool()> &stopped)
        : m_database(path.toStdString(), SQLite::OPEN_READONLY, 5000)
        , m_rowCount(rowCount)
        , m_stopped(stopped)
    {
        m_database.exec("PRAGMA cache_size = -2048");
    }

    /// Calls `use(row, statement)` for every row of `sql`, whose first column is the row.
    template <typename Use>
    void forEach(const char *sql, Use use)
    {
        SQLite::Statement statement(m_database, sql);
        statement.bind(1, int64_t(m_rowCount));
        for (qint64 seen = 0; statement.executeStep(); ++seen) {
            if (seen % rowsBetweenLooks == 0 && m_stopped())
                throw Stopped {};
            use(statement.getColumn(0).getInt64(), statement);
        }
    }

    [[nodiscard]] SQLite::Database &database() { return m_database; }

private:
    SQLite::Database m_database;
    const qint64 m_rowCount;
    const std::function<bool()> &m_stopped;
};

QByteArrayView blobOf(SQLite::Statement &statement, int index)
{
    const SQLite::Column column = statement.getColumn(index);
    return {static_cast<const char *>(column.getBlob()), column.getBytes()};
}

/// The staged texts by row, each row's by column.
using StagedCells = std::unordered_map<qint64, QHash<qsizetype, QString>>;

StagedCells stagedCells(SQLite::Database &database, const QStringList &columns,
                        const RowQuery &query, qint64 rowCount)
{
    StagedCells cells;
    SQLite::Statement find(database, "SELECT row FROM rows WHERE key = ? AND id = ?");
    for (auto record = query.staged.cbegin(); record != query.staged.cend(); ++record) {
        const std::string id = record.key().toStdString();
        find.reset();
        find.bind(1, int64_t(idKey(record.key())));
        find.bindNoCopy(2, id);
        if (!find.executeStep() || find.getColumn(0).getInt64() >= rowCount)
            continue;
        auto &row = cells[find.getColumn(0).getInt64()];
        for (auto text = record->cbegin(); text != record->cend(); ++text) {
            if (const qsizetype column = columns.indexOf(text.key()); column >= 0)
                row.insert(column, text.value());
        }
    }
    return cells;
}

/// What the filter looks into once the staged texts lie over the stored ones.
QByteArray foldedWith(const QHash<qsizetype, QString> &staged, qint64 row,
                      const QStringList &columns, SQLite::Statement &read)
{
    read.reset();
    read.bind(1, int64_t(row));
    if (!read.executeStep())
        return {};
    QList<QString> texts = unpackRow(blobOf(read, 1), columns.size());
    for (auto text = staged.cbegin(); text != staged.cend(); ++text)
        texts[text.key()] = text.value();
    return foldedRow(QString::fromStdString(read.getColumn(0).getString()), texts);
}

/// Which rows show the text, by row number.
std::vector<bool> matches(Reader &reader, const QStringList &columns, const RowQuery &query,
                          const StagedCells &staged, qint64 rowCount)
{
    std::vector<bool> found(size_t(rowCount), false);
    const RowFilter filter(columns, query);
    reader.forEach("SELECT row, texts FROM folded WHERE row < ?",
                   [&](qint64 row, SQLite::Statement &statement) {
                       found[size_t(row)] = filter.takes(blobOf(statement, 1));
                   });
    SQLite::Statement read(reader.database(), "SELECT id, cells FROM rows WHERE row = ?");
    for (const auto &[row, texts] : staged)
        found[size_t(row)] = filter.takes(foldedWith(texts, row, columns, read));
    return found;
}

RowOrder sortedRows(Reader &reader, qsizetype column, const RowSort &sort, const RowOrder &before,
                    const RowQuery &query, const StagedCells &staged,
                    const std::function<bool(qint64 row)> &wanted)
{
    KeyMaker keys(query.numericProperties.contains(sort.property)        ? KeyMaker::Numbers
                      : query.temporalProperties.contains(sort.property) ? KeyMaker::Times
                                                                         : KeyMaker::Texts);
    const auto shown = query.shown.constFind(sort.property);
    const bool hasLabels = shown != query.shown.cend() && !shown->labels.isEmpty();
    reader.forEach(
        "SELECT row, cells FROM rows WHERE row < ?", [&](qint64 row, SQLite::Statement &statement) {
            if (!wanted(row))
                return;
            const PackedCell cell = PackedRow(blobOf(statement, 1)).at(column);
            const auto edits = staged.find(row);
            const bool isStaged = edits != staged.end() && edits->second.contains(column);
            if (!isStaged && !hasLabels)
                return keys.add(row, cell);
            const QString text = isStaged ? edits->second[column] : cell.text();
            keys.add(row, hasLabels ? shown->of(text) : text);
        });
    return keys.sorted(sort.descending, before);
}

RowOrder makeOrder(Reader &reader, const QStringList &columns, const RowQuery &query,
                   qint64 rowCount)
{
    const bool filtered = !query.contains.isEmpty();
    const StagedCells staged = stagedCells(reader.database(), columns, query, rowCount);
    const std::vector<bool> found =
        filtered ? matches(reader, columns, query, staged, rowCount) : std::vector<bool>();
    const auto wanted = [&](qint64 row) { return !filtered || found[size_t(row)]; };

    RowOrder order;
    QList<RowSort> sorts = query.thenBy;
    sorts.prepend({query.sortProperty, query.descending});
    for (auto sort = sorts.crbegin(); sort != sorts.crend(); ++sort) { // The first one counts most.
        if (const qsizetype column = columns.indexOf(sort->property); column >= 0)
            order = sortedRows(reader, column, *sort, order, query, staged, wanted);
    }
    if (!order.empty() || columns.contains(query.sortProperty))
        return order;
    reader.forEach(query.descending
                       ? "SELECT row FROM rows WHERE row < ? ORDER BY key DESC, id DESC"
                       : "SELECT row FROM rows WHERE row < ? ORDER BY key, id",
                   [&](qint64 row, SQLite::Statement &) {
                       if (wanted(row))
                           order.push_back(row);
                   });
    return order;
}

} // namespace

Result<RowOrder> rowOrder(const QString &path, const QStringList &columns, const RowQuery &query,
                          qint64 rowCount, const std::function<bool()> &stopped)
{
    try {
        return sqliteCall("sorting records", [&] {
            Reader reader(path, rowCount, stopped);
            return makeOrder(reader, columns, query, rowCount);
        });
    } catch (const Stopped &) {
        return fail(ErrorKind::Cancelled, QStringLiteral("Stopped before it was finished."));
    }
}

} // namespace hubkeeper
