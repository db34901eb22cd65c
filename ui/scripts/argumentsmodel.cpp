// SPDX-License-Identifier: MIT
#include "scripts/argumentsmodel.h"

#include "base/compactjson.h"
#include "widgets/tones.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPalette>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Nothing if the text is not a JSON value.
std::optional<QJsonValue> valueOf(const QString &json)
{
    QJsonParseError error;
    // Wrapped, since a text or a number alone is not a JSON document to Qt.
    const auto document = QJsonDocument::fromJson('[' + json.toUtf8() + ']', &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return std::nullopt;
    return document.array().at(0);
}

} // namespace

void ArgumentsModel::setArguments(const QJsonObject &arguments)
{
    beginResetModel();
    m_rows.clear();
    for (auto it = arguments.begin(); it != arguments.end(); ++it)
        m_rows.append({it.key(), QString::fromUtf8(compactJson(*it))});
    endResetModel();
}

Result<QJsonObject> ArgumentsModel::arguments() const
{
    QJsonObject all;
    for (int row = 0; row < int(m_rows.size()); ++row) {
        if (const QString fault = faultOf(row); !fault.isEmpty())
            return fail(ErrorKind::InvalidInput, fault);
        if (!m_rows[row].name.isEmpty())
            all.insert(m_rows[row].name, *valueOf(m_rows[row].value));
    }
    return all;
}

QString ArgumentsModel::faultOf(int row) const
{
    if (row < 0 || row >= int(m_rows.size()))
        return {};
    const auto &[name, value] = m_rows[row];
    if (name.isEmpty())
        return value.isEmpty() ? QString() : tr("Argument %L1 has no name.").arg(row + 1);
    for (int other = 0; other < row; ++other) {
        if (m_rows[other].name == name)
            return tr("Two arguments have the name “%1”.").arg(name);
    }
    if (!valueOf(value))
        return tr("The value of “%1” is not JSON. Texts need double quotes.").arg(name);
    return {};
}

void ArgumentsModel::removeArgument(int row)
{
    if (row < 0 || row >= int(m_rows.size()))
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
}

int ArgumentsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size()) + 1;
}

int ArgumentsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 2;
}

QVariant ArgumentsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (isSpare(index.row())) // Equal to an empty row, which it becomes when it is typed into.
        return role == Qt::DisplayRole || role == Qt::EditRole ? QVariant(QString()) : QVariant();
    const QString fault = faultOf(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return index.column() == NameColumn ? m_rows[index.row()].name : m_rows[index.row()].value;
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return fault;
    case Qt::ForegroundRole:
        return fault.isEmpty() ? QVariant() : tonesOf(QGuiApplication::palette()).bad;
    default:
        return {};
    }
}

QVariant ArgumentsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Name") : tr("Value as JSON");
}

Qt::ItemFlags ArgumentsModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index)
        | (index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

bool ArgumentsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const QString text = value.toString().trimmed();
    if (isSpare(index.row())) {
        if (text.isEmpty())
            return false;
        beginInsertRows({}, rowCount(), rowCount()); // The spare row moves on.
        m_rows.append(Row {});
        endInsertRows();
    }
    (index.column() == NameColumn ? m_rows[index.row()].name : m_rows[index.row()].value) = text;
    emit dataChanged(this->index(0, 0), this->index(int(m_rows.size()) - 1, ValueColumn));
    return true;
}

} // namespace hubkeeper
