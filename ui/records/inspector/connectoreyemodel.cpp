// SPDX-License-Identifier: MIT
#include "records/inspector/connectoreyemodel.h"

#include "base/compactjson.h"
#include "widgets/tones.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPalette>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString shown(const QJsonValue &value)
{
    return value.isNull() ? u"null"_s : readableText(value);
}

} // namespace

ConnectorEyeModel::ConnectorEyeModel(const PropertyNames &names, QObject *parent)
    : QAbstractTableModel(parent)
    , m_names(names)
{
}

void ConnectorEyeModel::namesChanged()
{
    if (!m_lines.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

/// What IDM gets, or pseudonyms.
QJsonValue ConnectorEyeModel::seen(const EyeLine &line) const
{
    if (!m_names.masking().isOn())
        return line.value;
    if (line.property.isEmpty() || line.value.isArray() || line.value.isObject())
        return m_names.masking().json(line.value);
    const QString text = shown(line.value);
    const QString masked = m_names.stored(line.property, text);
    return masked == text ? line.value : QJsonValue(masked);
}

void ConnectorEyeModel::setLines(const QList<EyeLine> &lines)
{
    beginResetModel();
    m_lines = lines;
    endResetModel();
}

int ConnectorEyeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int ConnectorEyeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 5;
}

QVariant ConnectorEyeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const EyeLine &line = m_lines[index.row()];
    const auto note = [&](bool whole) -> QString {
        switch (line.note) {
        case EyeNote::Writable:
            return whole ? tr("IDM may set it.") : QString();
        case EyeNote::Overwritten:
            return whole ? tr("An update by IDM replaces the whole value; null clears it.")
                         : tr("replaced by an update");
        case EyeNote::ReadOnly:
            return whole ? tr("IDM reads it and cannot set it.") : tr("read-only");
        case EyeNote::NoCounterpart:
            return whole ? tr("HubSpot has nothing behind this attribute any more.")
                         : tr("always empty");
        case EyeNote::NotSeen:
            return whole ? tr("No attribute shows this property: IDM neither reads nor changes it.")
                         : tr("IDM does not see it");
        }
        return {};
    };
    if (role == Qt::ToolTipRole)
        return index.column() == NoteColumn ? note(true) : data(index, Qt::DisplayRole).toString();
    if (role == Qt::ForegroundRole && line.note != EyeNote::Writable
        && line.note != EyeNote::Overwritten)
        return tonesOf(QGuiApplication::palette()).muted;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case PropertyColumn:
        return line.property;
    case TextColumn:
        return m_names.stored(line.property, line.text);
    case AttributeColumn:
        return line.attribute;
    case ValueColumn:
        return shown(seen(line));
    default:
        return note(false);
    }
}

QVariant ConnectorEyeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles {tr("Property"), tr("HubSpot has"), tr("Attribute"), tr("IDM gets"),
                              tr("Note")};
    return titles.value(section);
}

} // namespace hubkeeper
