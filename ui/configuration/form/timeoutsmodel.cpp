// SPDX-License-Identifier: MIT
#include "configuration/form/timeoutsmodel.h"

#include "configuration/findings/findingnotes.h"
#include "configuration/findings/findingplaces.h"
#include "configuration/findings/jsonpointers.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/objecttypeedits.h"
#include "provisioner/model/entryfields.h"
#include "provisioner/model/provisionerkeys.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto timeoutsBlock = u"/operationTimeout"_s;

QStringList rowsOf(const Document *document)
{
    QStringList rows = operationNames();
    const JsonText empty;
    const JsonText &text = document ? document->text() : empty;
    const int object = text.at(timeoutsBlock);
    const bool isObject = object != JsonText::none && text.node(object).kind == JsonKind::Object;
    for (int child = isObject ? text.node(object).firstChild : JsonText::none;
         child != JsonText::none; child = text.node(child).next) {
        if (const QString key = text.keyOf(child); !rows.contains(key))
            rows.append(key);
    }
    return rows;
}

} // namespace

TimeOutsModel::TimeOutsModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_rows(operationNames())
{
}

void TimeOutsModel::setDocument(Document *document)
{
    beginResetModel();
    m_document = document;
    m_rows = rowsOf(document);
    m_findings.clear();
    endResetModel();
}

void TimeOutsModel::refresh()
{
    const QStringList rows = rowsOf(m_document);
    if (rows == m_rows) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    // The operations stand first and always; only what follows them comes and goes.
    const int fixed = int(operationNames().size());
    if (m_rows.size() > fixed) {
        beginRemoveRows({}, fixed, int(m_rows.size()) - 1);
        m_rows.resize(fixed);
        endRemoveRows();
    }
    if (rows.size() > fixed) {
        beginInsertRows({}, fixed, int(rows.size()) - 1);
        m_rows = rows;
        endInsertRows();
    }
    emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void TimeOutsModel::setFindings(const QList<Finding> &findings)
{
    m_findings = findings;
    emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

Result<void> TimeOutsModel::clear(const QList<int> &rows)
{
    if (!m_document)
        return {};
    QStringList pointers;
    for (const int row : rows)
        pointers.append(pointerOf(row));
    return removeEntries(*m_document, pointers,
                         rows.size() == 1 ? stepFor(rows.first()) : tr("Reset Time-outs"));
}

Result<void> TimeOutsModel::setAll(const QList<int> &rows, int milliseconds)
{
    if (!m_document)
        return {};
    const auto next = Document::fromBytes(m_document->bytes());
    for (const int row : rows) {
        const auto done = next->setRaw(pointerOf(row), QByteArray::number(milliseconds), {});
        if (!done)
            return done;
    }
    m_document->setBytes(next->bytes(),
                         rows.size() == 1 ? stepFor(rows.first()) : tr("Set Time-outs"));
    return {};
}

bool TimeOutsModel::isSet(int row) const
{
    return nodeAt(row) != JsonText::none;
}

int TimeOutsModel::rowOf(const QString &pointer) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (isAtOrBelow(pointer, pointerOf(row)))
            return row;
    }
    return -1;
}

int TimeOutsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TimeOutsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString TimeOutsModel::pointerOf(int row) const
{
    return timeoutsBlock + pointerPart(m_rows.value(row));
}

int TimeOutsModel::nodeAt(int row) const
{
    return m_document ? m_document->text().at(pointerOf(row)) : JsonText::none;
}

QString TimeOutsModel::shown(int row) const
{
    const int node = nodeAt(row);
    if (node == JsonText::none)
        return tr("Default: none");
    if (m_document->text().rawOf(node) == "-1")
        return tr("none");
    return QString::fromUtf8(m_document->text().rawOf(node).simplified());
}

QString TimeOutsModel::stepFor(int row) const
{
    //: Name of a step; %1 is an operation: "Time-outs: SEARCH".
    return tr("Time-outs: %1").arg(m_rows.value(row));
}

QVariant TimeOutsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == PointerRole)
        return pointerOf(index.row());
    const Finding *finding = worstBelow(m_findings, pointerOf(index.row()));
    const QString meaning =
        QCoreApplication::translate("EntryField", meaningOfOperation(m_rows[index.row()]));
    if (role == Qt::DecorationRole && index.column() == OperationColumn && finding)
        return iconOf(finding->severity);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
        return finding ? finding->message : meaning;
    if (role == Qt::EditRole && index.column() == MillisecondsColumn) {
        const int node = nodeAt(index.row());
        return node == JsonText::none ? QString()
                                      : QString::fromUtf8(m_document->text().rawOf(node));
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case OperationColumn:
        return m_rows[index.row()];
    case MillisecondsColumn:
        return shown(index.row());
    default:
        return finding ? finding->message + u' ' + finding->effect : meaning;
    }
}

QVariant TimeOutsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == MillisecondsColumn)
        return tr("Milliseconds; -1 for none");
    if (role != Qt::DisplayRole)
        return {};
    return QStringList {tr("Operation"), tr("Time-out (ms)"), tr("What it is for")}.value(section);
}

Qt::ItemFlags TimeOutsModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const bool isEditable = index.isValid() && index.column() == MillisecondsColumn && m_document
        && m_document->text().isValid() && !isSubstituted(m_document->text(), nodeAt(index.row()));
    return isEditable ? flags | Qt::ItemIsEditable : flags;
}

Result<void> TimeOutsModel::write(int row, const QString &typed)
{
    if (typed.isEmpty())
        return m_document->removeValue(pointerOf(row), stepFor(row));
    bool isNumber = false;
    const qlonglong number = typed.toLongLong(&isNumber);
    if (!isNumber || number < -1) {
        return fail(ErrorKind::InvalidInput,
                    u"\"%1\" is not a time-out: milliseconds, or -1 for none."_s.arg(typed));
    }
    return m_document->setRaw(pointerOf(row), QByteArray::number(number), stepFor(row));
}

bool TimeOutsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !m_document || !(flags(index) & Qt::ItemIsEditable)
        || value.toString() == index.data(Qt::EditRole).toString())
        return false;
    const auto done = write(index.row(), value.toString().trimmed());
    if (!done)
        emit failed(done.error());
    return done.has_value();
}

} // namespace hubkeeper
