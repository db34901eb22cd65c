// SPDX-License-Identifier: MIT
#include "workbench/import/checkedrowsmodel.h"

#include "base/poolcall.h"
#include "session/sessiontext.h"
#include "widgets/masking.h"
#include "widgets/tones.h"
#include "workbench/import/tablepreviewmodel.h"

#include <QApplication>
#include <QLocale>
#include <QPalette>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int checkedBlockRows = 100;
constexpr size_t mostCheckedBlocks = 30;

/// The places of the rows that the filter takes.
Result<std::vector<qint64>> placesFor(const ImportedRows &rows, const CheckedFilter &filter,
                                      const std::stop_token &stop)
{
    if (filter.refusal) {
        std::vector<qint64> places;
        qint64 place = 0;
        return visitRows(rows,
                         [&](const ImportedRow &row) {
                             if (row.status == ImportedRow::Status::Refused
                                 && row.refusal == filter.refusal->refusal
                                 && row.column == filter.refusal->column)
                                 places.push_back(place);
                             ++place;
                             return !stop.stop_requested();
                         })
            .map([&places] { return std::move(places); });
    }
    if (filter.status)
        return rows.placesOf(*filter.status);
    std::vector<qint64> places(size_t(rows.count()));
    std::iota(places.begin(), places.end(), 0);
    return places;
}

/// The rows at these places, neighbours at once.
Result<std::vector<ImportedRow>> rowsAt(const ImportedRows &rows, const std::vector<qint64> &places)
{
    std::vector<ImportedRow> found;
    for (size_t i = 0; i < places.size();) {
        size_t end = i + 1;
        while (end < places.size() && places[end] == places[end - 1] + 1)
            ++end;
        auto some = rows.read(places[i], int(end - i));
        if (!some)
            return some;
        std::move(some->begin(), some->end(), std::back_inserter(found));
        i = end;
    }
    return found;
}

} // namespace

QString shownName(ImportedRow::Status status)
{
    switch (status) {
    case ImportedRow::Status::Creates:
        return CheckedRowsModel::tr("New");
    case ImportedRow::Status::Updates:
        return CheckedRowsModel::tr("Changed");
    case ImportedRow::Status::Unchanged:
        return CheckedRowsModel::tr("Unchanged");
    case ImportedRow::Status::Refused:
        return CheckedRowsModel::tr("Refused");
    }
    Q_UNREACHABLE();
}

QString shownName(ImportRefusal refusal, const QString &column)
{
    switch (refusal) {
    case ImportRefusal::None:
        return CheckedRowsModel::tr("Another reason");
    case ImportRefusal::Cells:
        return CheckedRowsModel::tr("More cells than the header");
    case ImportRefusal::Value:
        //: %1 is the name of a column.
        return CheckedRowsModel::tr("%1: not a possible value").arg(column);
    case ImportRefusal::NoKey:
        return CheckedRowsModel::tr("Nothing to find the record by");
    case ImportRefusal::Twin:
        return CheckedRowsModel::tr("Two rows with the same key");
    case ImportRefusal::Several:
        return CheckedRowsModel::tr("Several records have the key");
    case ImportRefusal::Missing:
        return CheckedRowsModel::tr("No such record");
    case ImportRefusal::Exists:
        return CheckedRowsModel::tr("The record exists already");
    case ImportRefusal::Contested:
        return CheckedRowsModel::tr("Two rows for one record");
    case ImportRefusal::MergedAway:
        return CheckedRowsModel::tr("The record was merged into another");
    case ImportRefusal::Incomplete:
        return CheckedRowsModel::tr("Too little for a new record");
    case ImportRefusal::Association:
        //: %1 is the name of a column.
        return CheckedRowsModel::tr("%1: cannot be associated").arg(column);
    }
    Q_UNREACHABLE();
}

CheckedRowsModel::CheckedRowsModel(const PropertyNames &names, QObject *parent)
    : QAbstractTableModel(parent)
    , m_names(names)
    , m_work(std::make_unique<QObject>())
{
    connect(&names.masking(), &Masking::changed, this, [this] {
        if (!m_places.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

CheckedRowsModel::~CheckedRowsModel() = default;

void CheckedRowsModel::setImport(std::shared_ptr<const CheckedImport> import, const QString &match)
{
    m_import = std::move(import);
    m_key = m_import ? int(m_import->table.mapping.properties.indexOf(match)) : -1;
    list();
}

void CheckedRowsModel::setFilter(const CheckedFilter &filter)
{
    m_filter = filter;
    list();
}

void CheckedRowsModel::list()
{
    beginResetModel();
    m_work = std::make_unique<QObject>();
    m_places.clear();
    m_blocks.clear();
    m_wanted.clear();
    endResetModel();
    if (!m_import)
        return emit listed();
    auto *call = new PoolCall<std::vector<qint64>>(
        [rows = m_import->table.rows, filter = m_filter](const std::stop_token &stop) {
            return placesFor(*rows, filter, stop);
        },
        m_work.get());
    call->onDone(m_work.get(), [this](const Result<std::vector<qint64>> &places) {
        if (!places)
            return emit failed(places.error());
        beginResetModel();
        m_places = *places;
        endResetModel();
        emit listed();
    });
}

void CheckedRowsModel::want(int row) const
{
    const int first = row - row % checkedBlockRows;
    if (m_wanted.contains(first))
        return;
    m_wanted.insert(first);
    const auto begin = m_places.begin() + first;
    const auto end = m_places.begin() + std::min(first + checkedBlockRows, rowCount());
    auto *self = const_cast<CheckedRowsModel *>(this); // Cells come later.
    auto *call = new PoolCall<std::vector<ImportedRow>>(
        [rows = m_import->table.rows, places = std::vector<qint64>(begin, end)](
            const std::stop_token &) { return rowsAt(*rows, places); },
        m_work.get());
    call->onDone(m_work.get(), [self, first](const Result<std::vector<ImportedRow>> &rows) {
        self->onBlock(first, rows);
    });
}

void CheckedRowsModel::onBlock(int first, const Result<std::vector<ImportedRow>> &rows)
{
    m_wanted.remove(first);
    if (!rows)
        return emit failed(rows.error());
    m_blocks.push_back({first, *rows});
    if (m_blocks.size() > mostCheckedBlocks)
        m_blocks.pop_front();
    if (!rows->empty())
        emit dataChanged(index(first, 0), index(first + int(rows->size()) - 1, ColumnCount - 1));
}

const ImportedRow *CheckedRowsModel::rowAt(int row) const
{
    const int first = row - row % checkedBlockRows;
    const auto block = std::find_if(m_blocks.begin(), m_blocks.end(),
                                    [first](const Block &one) { return one.first == first; });
    if (block == m_blocks.end()) {
        want(row);
        return nullptr;
    }
    const size_t place = size_t(row - first);
    return place < block->rows.size() ? &block->rows[place] : nullptr;
}

int CheckedRowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_places.size());
}

int CheckedRowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString CheckedRowsModel::text(const ImportedRow &row, int column) const
{
    const ColumnMapping &mapping = m_import->table.mapping;
    const int cell = row.column < 0 ? m_key : row.column;
    switch (column) {
    case NumberColumn:
        return QLocale().toString(row.number);
    case StatusColumn:
        return shownName(row.status);
    case RecordColumn:
        return row.id;
    case CellColumn:
        return mapping.columns.value(cell);
    case ValueColumn: {
        const QString property = mapping.properties.value(cell);
        return m_names.masking().value(m_names.definition(property), property,
                                       row.cells.value(cell));
    }
    default:
        return why(row);
    }
}

/// The message, without the name of the column, which stands beside it.
QString CheckedRowsModel::why(const ImportedRow &row) const
{
    const QString column = m_import->table.mapping.columns.value(row.column);
    const QString beginning = SessionText::tr("Column %1: %2").arg(column, QString());
    const QString message = row.column >= 0 && row.message.startsWith(beginning)
        ? row.message.mid(beginning.size())
        : row.message;
    return m_names.masking().text(message, row.cells);
}

QVariant CheckedRowsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == NumberColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::ForegroundRole)
        return {};
    const ImportedRow *row = rowAt(index.row());
    if (!row)
        return {};
    if (role == Qt::ForegroundRole)
        return index.column() == StatusColumn && row->status == ImportedRow::Status::Refused
            ? QVariant(tonesOf(QApplication::palette()).bad)
            : QVariant();
    const QString shown = text(*row, index.column());
    return role == Qt::DisplayRole ? inOneLine(shown) : shown;
}

QVariant CheckedRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn:
        return tr("Row");
    case StatusColumn:
        return tr("What");
    case RecordColumn:
        return tr("Record");
    case CellColumn:
        return tr("Column");
    case ValueColumn:
        return tr("Value");
    default:
        return tr("Why");
    }
}

} // namespace hubkeeper
