// SPDX-License-Identifier: MIT
#include "workbench/import/tablepreviewmodel.h"

#include "base/poolcall.h"
#include "widgets/masking.h"
#include "widgets/tones.h"

#include <QApplication>
#include <QLocale>
#include <QPalette>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int previewBlockRows = 100;
constexpr size_t mostPreviewBlocks = 30;
constexpr qsizetype mostShownCharacters = 300;
constexpr qsizetype mostTipCharacters = 2'000;

} // namespace

QString inOneLine(const QString &text)
{
    QString line = text.left(mostShownCharacters);
    line.replace(u"\r\n"_s, u"↵"_s).replace(u'\n', u'↵').replace(u'\r', u'↵');
    line.replace(QChar(0), u'␀');
    return text.size() > mostShownCharacters ? line + u'…' : line;
}

TablePreviewModel::TablePreviewModel(const Masking &masking, QObject *parent)
    : QAbstractTableModel(parent)
    , m_masking(masking)
    , m_work(std::make_unique<QObject>())
{
    connect(&masking, &Masking::changed, this, [this] {
        if (m_rows > 0 && m_columns > 0)
            emit dataChanged(index(0, 0), index(m_rows - 1, m_columns - 1));
    });
}

TablePreviewModel::~TablePreviewModel() = default;

void TablePreviewModel::setPreview(std::shared_ptr<const TablePreview> preview)
{
    beginResetModel();
    m_work = std::make_unique<QObject>();
    m_preview = std::move(preview);
    m_header.clear();
    m_rows = 0;
    m_columns = 0;
    m_faults.clear();
    m_faultsOfRow.clear();
    m_blocks.clear();
    m_wanted.clear();
    endResetModel();
    grow();
}

void TablePreviewModel::grow()
{
    if (!m_preview)
        return;
    addFaults();
    const QStringList header = m_preview->header();
    const int columns = std::max(m_preview->width(), int(header.size()));
    if (columns > m_columns) {
        beginInsertColumns({}, m_columns, columns - 1);
        m_columns = columns;
        m_header = header;
        endInsertColumns();
    }
    const int rows =
        int(std::min<qint64>(m_preview->rowCount(), std::numeric_limits<int>::max() - 1));
    if (rows > m_rows) {
        const int before = m_rows;
        beginInsertRows({}, before, rows - 1);
        m_rows = rows;
        endInsertRows();
        // The last block may have been read before it was full.
        std::erase_if(m_blocks, [before](const Block &block) {
            return block.first + int(block.rows.size()) >= before
                && int(block.rows.size()) < previewBlockRows;
        });
    }
}

void TablePreviewModel::addFaults()
{
    const qsizetype before = m_faults.size();
    m_faults = m_preview->faults();
    for (qsizetype i = before; i < m_faults.size(); ++i)
        m_faultsOfRow.insert(m_faults[i].row, i);
}

void TablePreviewModel::want(int row) const
{
    const int first = row - row % previewBlockRows;
    if (m_wanted.contains(first))
        return;
    m_wanted.insert(first);
    auto *self = const_cast<TablePreviewModel *>(this); // Cells come later.
    auto *call = new PoolCall<std::vector<PreviewRow>>(
        [preview = m_preview, first](const std::stop_token &) {
            return preview->rows(first, previewBlockRows);
        },
        m_work.get());
    call->onDone(m_work.get(), [self, first](const Result<std::vector<PreviewRow>> &rows) {
        self->onBlock(first, rows);
    });
}

void TablePreviewModel::onBlock(int first, const Result<std::vector<PreviewRow>> &rows)
{
    m_wanted.remove(first);
    if (!rows)
        return emit failed(rows.error());
    std::erase_if(m_blocks, [first](const Block &block) { return block.first == first; });
    m_blocks.push_back({first, *rows});
    if (m_blocks.size() > mostPreviewBlocks)
        m_blocks.pop_front();
    const int last = std::min(first + int(rows->size()), m_rows) - 1;
    if (last >= first && m_columns > 0)
        emit dataChanged(index(first, 0), index(last, m_columns - 1));
}

const PreviewRow *TablePreviewModel::rowAt(int row) const
{
    const int first = row - row % previewBlockRows;
    const auto block = std::find_if(m_blocks.begin(), m_blocks.end(),
                                    [first](const Block &one) { return one.first == first; });
    const size_t place = size_t(row - first);
    if (block != m_blocks.end() && place < block->rows.size())
        return &block->rows[place];
    want(row);
    return nullptr;
}

int TablePreviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int TablePreviewModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

QString TablePreviewModel::masked(int column, const QString &text) const
{
    return m_masking.value(nullptr, m_header.value(column), text);
}

QStringList TablePreviewModel::faultsAt(qint64 number, int column) const
{
    QStringList said;
    for (auto one = m_faultsOfRow.constFind(number);
         one != m_faultsOfRow.constEnd() && one.key() == number; ++one) {
        const TableFault &fault = m_faults[*one];
        if (fault.column == 0 || fault.column == column + 1)
            said.prepend(m_masking.text(fault.text));
    }
    return said;
}

QVariant TablePreviewModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    const PreviewRow *row = rowAt(index.row());
    if (!row)
        return role == Qt::DisplayRole ? QVariant(u"…"_s) : QVariant();
    const QString cell = row->cells.value(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return inOneLine(masked(index.column(), cell));
    case Qt::ToolTipRole: {
        QStringList said = faultsAt(row->number, index.column());
        if (!cell.isEmpty())
            said.prepend(masked(index.column(), cell.left(mostTipCharacters)));
        return said.join(u'\n');
    }
    case Qt::AccessibleDescriptionRole:
        return faultsAt(row->number, index.column()).join(u' ');
    case Qt::BackgroundRole: {
        if (faultsAt(row->number, index.column()).isEmpty())
            return {};
        const QPalette palette = QApplication::palette();
        return washed(tonesOf(palette).warning, palette.color(QPalette::Base));
    }
    default:
        return {};
    }
}

QVariant TablePreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        return role == Qt::DisplayRole && m_preview
            ? QVariant(QLocale().toString(m_preview->numberAt(section)))
            : QVariant();
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const QString name = m_header.value(section);
    return name.isEmpty() ? QLocale().toString(section + 1) : inOneLine(name);
}

} // namespace hubkeeper
