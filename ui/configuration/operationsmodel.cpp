// SPDX-License-Identifier: MIT
#include "configuration/operationsmodel.h"

#include "configuration/findingnotes.h"
#include "configuration/formsection.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/provisionerkeys.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString escaped(QString key)
{
    return key.replace(u"~"_s, u"~0"_s).replace(u"/"_s, u"~1"_s);
}

QStringList rowsOf(const Document *document, const QString &pointer)
{
    QStringList rows = operationNames();
    const JsonText empty;
    const JsonText &text = document ? document->text() : empty;
    const int block = text.at(pointer);
    const bool isObject = block != JsonText::none && text.node(block).kind == JsonKind::Object;
    for (int child = isObject ? text.node(block).firstChild : JsonText::none;
         child != JsonText::none; child = text.node(child).next) {
        if (const QString key = text.keyOf(child); !rows.contains(key))
            rows.append(key);
    }
    return rows;
}

} // namespace

OperationsModel::OperationsModel(QString pointer, QList<OperationColumn> columns, QString name,
                                 QObject *parent)
    : QAbstractTableModel(parent)
    , m_pointer(std::move(pointer))
    , m_columns(std::move(columns))
    , m_name(std::move(name))
    , m_rows(operationNames())
{
}

void OperationsModel::setDocument(Document *document)
{
    beginResetModel();
    m_document = document;
    m_rows = rowsOf(document, m_pointer);
    m_findings.clear();
    endResetModel();
}

void OperationsModel::refresh()
{
    const QStringList rows = rowsOf(m_document, m_pointer);
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

void OperationsModel::setFindings(const QList<Finding> &findings)
{
    m_findings = findings;
    emit dataChanged(index(0, 0), index(rowCount() - 1, 0),
                     {Qt::DecorationRole, Qt::ToolTipRole, Qt::AccessibleDescriptionRole});
}

Result<void> OperationsModel::clear(const QList<int> &rows)
{
    if (!m_document)
        return {};
    const auto next = Document::fromBytes(m_document->bytes());
    QString last;
    for (const int row : rows) {
        last = m_rows.value(row);
        const auto removed = next->removeValue(m_pointer + u'/' + escaped(last), {});
        if (!removed)
            return removed;
    }
    m_document->setBytes(next->bytes(),
                         rows.size() == 1 ? m_name.arg(last) : tr("Reset Operations"));
    return {};
}

Result<void> OperationsModel::setAll(const QList<int> &rows, int column, const QByteArray &json)
{
    if (!m_document)
        return {};
    const auto next = Document::fromBytes(m_document->bytes());
    for (const int row : rows) {
        const auto done = next->setRaw(pointerOf(row, column), json, {});
        if (!done)
            return done;
    }
    m_document->setBytes(next->bytes(),
                         rows.size() == 1 ? m_name.arg(m_rows.value(rows.first()))
                                          : tr("Set Operations"));
    return {};
}

bool OperationsModel::isSet(int row) const
{
    return m_document
        && m_document->text().at(m_pointer + u'/' + escaped(m_rows.value(row))) != JsonText::none;
}

int OperationsModel::rowOf(const QString &pointer) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (isAtOrBelow(pointer, m_pointer + u'/' + escaped(m_rows[row])))
            return row;
    }
    return -1;
}

int OperationsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int OperationsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size()) + 1;
}

QString OperationsModel::pointerOf(int row, int column) const
{
    const QString entry = m_pointer + u'/' + escaped(m_rows.value(row));
    return column == 0 ? entry : entry + m_columns[column - 1].path;
}

int OperationsModel::nodeAt(int row, int column) const
{
    return m_document ? m_document->text().at(pointerOf(row, column)) : JsonText::none;
}

QString OperationsModel::shown(const OperationColumn &column, int node) const
{
    if (node == JsonText::none)
        return {};
    const JsonText &text = m_document->text();
    const JsonText::Node &value = text.node(node);
    if (column.kind == OperationColumn::Count)
        return value.childCount > 0 ? tr("%Ln object type(s)", nullptr, value.childCount)
                                    : QString();
    if (column.kind == OperationColumn::Milliseconds && text.rawOf(node) == "-1")
        return tr("none");
    if (column.kind == OperationColumn::Names && value.kind == JsonKind::Array) {
        QStringList names;
        for (int child = value.firstChild; child != JsonText::none; child = text.node(child).next)
            names.append(text.stringOf(child));
        return names.join(u", "_s);
    }
    if (value.kind == JsonKind::String)
        return text.stringOf(node);
    return QString::fromUtf8(text.rawOf(node).simplified());
}

QVariant OperationsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == PointerRole)
        return pointerOf(index.row(), index.column());
    if (index.column() == 0) {
        if (role == Qt::DisplayRole)
            return m_rows[index.row()];
        for (const Finding &finding : m_findings) {
            if (!isAtOrBelow(finding.pointer, pointerOf(index.row(), 0)))
                continue;
            if (role == Qt::DecorationRole)
                return iconOf(finding.severity);
            if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
                return finding.message;
        }
        return {};
    }
    const OperationColumn &column = m_columns[index.column() - 1];
    const int node = nodeAt(index.row(), index.column());
    switch (role) {
    case KindRole:
        return int(column.kind);
    case ChoicesRole:
        return column.choices;
    case Qt::ToolTipRole:
        return column.help;
    case Qt::CheckStateRole:
        if (column.kind != OperationColumn::Switch)
            return {};
        return node != JsonText::none && m_document->text().rawOf(node) == "true" ? Qt::Checked
                                                                                  : Qt::Unchecked;
    case Qt::DisplayRole:
        return column.kind == OperationColumn::Switch ? QVariant() : shown(column, node);
    case Qt::EditRole:
        if (node != JsonText::none && column.kind == OperationColumn::Milliseconds)
            return QString::fromUtf8(m_document->text().rawOf(node));
        return shown(column, node);
    default:
        return {};
    }
}

QVariant OperationsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole)
        return section == 0 ? tr("Operation") : m_columns[section - 1].title;
    if (role == Qt::ToolTipRole && section > 0)
        return m_columns[section - 1].help;
    return {};
}

Qt::ItemFlags OperationsModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid() || index.column() == 0 || !m_document || !m_document->text().isValid())
        return flags;
    const OperationColumn &column = m_columns[index.column() - 1];
    if (column.kind == OperationColumn::Count
        || isSubstituted(m_document->text(), nodeAt(index.row(), index.column())))
        return flags;
    return flags
        | (column.kind == OperationColumn::Switch ? Qt::ItemIsUserCheckable : Qt::ItemIsEditable);
}

Result<QByteArray> OperationsModel::jsonFor(const OperationColumn &column,
                                            const QVariant &value) const
{
    const QString typed = value.toString().trimmed();
    switch (column.kind) {
    case OperationColumn::Switch:
        return QByteArray(value.toInt() == Qt::Checked ? "true" : "false");
    case OperationColumn::Choice:
        return typed.isEmpty() ? QByteArray() : jsonQuoted(typed);
    case OperationColumn::Names: {
        QByteArrayList names;
        for (const QString &name : typed.split(u',', Qt::SkipEmptyParts)) {
            if (!name.trimmed().isEmpty())
                names.append(jsonQuoted(name.trimmed()));
        }
        return names.isEmpty() ? QByteArray() : '[' + names.join(", ") + ']';
    }
    case OperationColumn::Milliseconds: {
        bool isNumber = false;
        const qlonglong number = typed.toLongLong(&isNumber);
        if (typed.isEmpty())
            return QByteArray();
        if (isNumber && number >= -1)
            return QByteArray::number(number);
        return fail(ErrorKind::InvalidInput,
                    u"\"%1\" is no time-out: milliseconds, or -1 for none."_s.arg(typed));
    }
    case OperationColumn::Json:
    case OperationColumn::Count:
        break;
    }
    if (typed.isEmpty() || JsonText(typed.toUtf8()).isValid())
        return typed.toUtf8();
    return fail(ErrorKind::InvalidInput, u"%1 is no valid JSON."_s.arg(typed),
                u"Write an object as in {\"limit\": 10}."_s);
}

Result<void> OperationsModel::put(const QString &pointer, const QByteArray &json,
                                  const QString &name)
{
    return json.isEmpty() ? m_document->removeValue(pointer, name)
                          : m_document->setRaw(pointer, json, name);
}

bool OperationsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() == 0 || !m_document)
        return false;
    const OperationColumn &column = m_columns[index.column() - 1];
    const bool fits =
        role == (column.kind == OperationColumn::Switch ? Qt::CheckStateRole : Qt::EditRole);
    if (!fits || (role == Qt::EditRole && value.toString() == index.data(Qt::EditRole).toString()))
        return false;
    const auto done = jsonFor(column, value).and_then([&](const QByteArray &json) {
        return put(pointerOf(index.row(), index.column()), json, m_name.arg(m_rows[index.row()]));
    });
    if (!done)
        emit failed(done.error());
    return done.has_value();
}

} // namespace hubkeeper
