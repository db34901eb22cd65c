// SPDX-License-Identifier: MIT
#include "workbench/import/mappingmodel.h"

#include "widgets/masking.h"
#include "widgets/tones.h"
#include "workbench/import/tablepreviewmodel.h"

#include <QApplication>
#include <QPalette>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype shownSamples = 5;

QString foldedName(const QString &name)
{
    return name.trimmed().toCaseFolded();
}

} // namespace

MappingModel::MappingModel(ObjectType type, const PropertyNames &names, QObject *parent)
    : QAbstractTableModel(parent)
    , m_type(type)
    , m_names(names)
{
}

bool MappingModel::isKnown(const QString &property) const
{
    const auto link = importedLinkColumn(property);
    return property.isEmpty() || property == recordIdColumn || m_names.definition(property)
        || (link && linkColumnName(*link) == property);
}

void MappingModel::setColumns(const QStringList &columns, const ChosenColumns &earlier)
{
    beginResetModel();
    m_samples.clear();
    m_mapping = proposeColumns(columns, m_names.definitions());
    findFacts();
    endResetModel();
    (void)take(earlier);
    for (Fact &fact : m_facts)
        fact.origin = fact.origin == Origin::Chosen ? Origin::Earlier : fact.origin;
    emit chosenChanged();
}

void MappingModel::findFacts()
{
    QSet<QString> computed;
    for (const PropertyDefinition &definition : m_names.definitions()) {
        if (m_names.isReadOnly(definition.name))
            computed << foldedName(definition.name) << foldedName(definition.label);
    }
    QHash<QString, int> times;
    for (const QString &column : m_mapping.columns)
        ++times[foldedName(column)];
    m_facts.clear();
    for (const QString &column : m_mapping.columns) {
        const QString name = foldedName(column);
        m_facts.push_back({Origin::Proposed, times.value(name) > 1, computed.contains(name)});
    }
}

void MappingModel::setSamples(const QList<QStringList> &samples)
{
    m_samples = samples;
    if (rowCount() > 0)
        emit dataChanged(index(0, SamplesColumn), index(rowCount() - 1, SamplesColumn));
}

QStringList MappingModel::take(const ChosenColumns &chosen)
{
    QStringList left;
    QHash<QString, int> rowOf;
    for (int row = 0; row < rowCount(); ++row) {
        if (!isTwin(row))
            rowOf.insert(foldedName(m_mapping.columns[row]), row);
    }
    for (auto one = chosen.cbegin(); one != chosen.cend(); ++one) {
        const int row = rowOf.value(foldedName(one.key()), -1);
        if (row < 0 || !isKnown(one.value())) {
            left.append(one.key());
            continue;
        }
        if (m_mapping.properties[row] != one.value())
            m_facts[size_t(row)].origin = Origin::Chosen;
        m_mapping.properties[row] = one.value();
    }
    namesChanged();
    emit chosenChanged();
    return left;
}

void MappingModel::namesChanged()
{
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int MappingModel::importedCount() const
{
    return int(std::count_if(m_mapping.properties.begin(), m_mapping.properties.end(),
                             [](const QString &property) { return !property.isEmpty(); }));
}

QStringList MappingModel::keys() const
{
    const QString usual = m_type == ObjectType::Contacts ? u"email"_s : u"domain"_s;
    QStringList keys;
    for (const QString &sure : {QString(recordIdColumn), usual}) {
        if (m_mapping.properties.contains(sure))
            keys.append(sure);
    }
    for (const QString &property : m_mapping.properties) {
        const PropertyDefinition *definition = m_names.definition(property);
        if (definition && definition->hasUniqueValue && !keys.contains(property))
            keys.append(property);
    }
    return keys;
}

bool MappingModel::hasDates() const
{
    return std::any_of(m_mapping.properties.begin(), m_mapping.properties.end(),
                       [this](const QString &property) {
                           const PropertyDefinition *definition = m_names.definition(property);
                           return definition && definition->type.startsWith("date"_L1);
                       });
}

ChosenColumns MappingModel::chosen() const
{
    ChosenColumns chosen;
    for (int row = 0; row < rowCount(); ++row)
        chosen.insert(m_mapping.columns[row], isTwin(row) ? QString() : m_mapping.properties[row]);
    return chosen;
}

QString MappingModel::fault() const
{
    QHash<QString, int> first;
    for (int row = 0; row < rowCount(); ++row) {
        const QString &property = m_mapping.properties[row];
        if (property.isEmpty())
            continue;
        if (first.contains(property))
            return tr("The columns “%1” and “%2” are both imported into %3. Leave one of them out.")
                .arg(columnName(first.value(property)), columnName(row), propertyLabel(property));
        first.insert(property, row);
    }
    if (keys().isEmpty())
        return m_type == ObjectType::Contacts
            ? tr("Nothing says which contact a row is about: choose the column that has the record "
                 "ID, the e-mail address, or another property that is unique.")
            : tr("Nothing says which company a row is about: choose the column that has the record "
                 "ID, the domain, or another property that is unique.");
    return {};
}

QString MappingModel::propertyLabel(const QString &property) const
{
    if (const auto link = importedLinkColumn(property))
        return shownLinkColumn(*link);
    return property == recordIdColumn ? tr("Record ID") : m_names.label(property);
}

QString MappingModel::shownLinkColumn(const LinkColumn &column)
{
    const bool isOfContacts = column.type == ObjectType::Contacts;
    QString shown =
        isOfContacts ? tr("Associated contacts: record ID") : tr("Associated companies: record ID");
    if (!column.key.isEmpty())
        shown = isOfContacts ? tr("Associated contacts: e-mail address")
                             : tr("Associated companies: domain");
    //: A kind of associated records, and the label of their associations.
    return column.label.isEmpty() ? shown : tr("%1 (%2)").arg(shown, column.label);
}

QString MappingModel::columnName(int row) const
{
    const QString name = m_mapping.columns.value(row).trimmed();
    //: A column whose header is empty; %1 is its number.
    return name.isEmpty() ? tr("(column %1)").arg(row + 1) : inOneLine(name);
}

QString MappingModel::remark(int row) const
{
    const QString &property = m_mapping.properties[row];
    if (isTwin(row))
        return tr("Another column has this name. Rename one of them to import it.");
    const Fact &fact = m_facts[size_t(row)];
    if (property.isEmpty())
        return fact.isComputed ? tr("HubSpot sets it by itself.") : QString();
    if (m_mapping.properties.count(property) > 1)
        return tr("Another column is imported into the same property.");
    switch (fact.origin) {
    case Origin::Earlier:
        return tr("As last time");
    case Origin::Chosen:
        return tr("Chosen");
    case Origin::Proposed:
        break;
    }
    return foldedName(m_mapping.columns[row]) == property ? tr("Same name") : tr("Same label");
}

int MappingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_mapping.columns.size());
}

int MappingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant MappingModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const int row = index.row();
    const QString &property = m_mapping.properties[row];
    if (role == PropertyRole)
        return property;
    if (role == Qt::ForegroundRole) {
        const Tones tones = tonesOf(QApplication::palette());
        const bool isWrong = isTwin(row) || m_mapping.properties.count(property) > 1;
        if (index.column() == RemarkColumn && isWrong && (!property.isEmpty() || isTwin(row)))
            return tones.bad;
        return index.column() != NameColumn && property.isEmpty() ? QVariant(tones.muted)
                                                                  : QVariant();
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::EditRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return columnName(row);
    case SamplesColumn: {
        QStringList shown;
        for (const QString &sample :
             m_samples.value(row).first(std::min(shownSamples, m_samples.value(row).size())))
            shown.append(inOneLine(m_names.masking().value(m_names.definition(property),
                                                           m_mapping.columns[row], sample)));
        return shown.join(role == Qt::ToolTipRole ? u"\n"_s : u" · "_s);
    }
    case PropertyColumn:
        return property.isEmpty() ? tr("Not imported") : propertyLabel(property);
    default:
        return remark(row);
    }
}

bool MappingModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() != PropertyColumn
        || (role != Qt::EditRole && role != PropertyRole) || isTwin(index.row()))
        return false;
    const QString property = value.toString();
    if (!isKnown(property))
        return false;
    if (m_mapping.properties[index.row()] == property)
        return true;
    m_mapping.properties[index.row()] = property;
    m_facts[size_t(index.row())].origin = Origin::Chosen;
    namesChanged(); // Remarks of other rows, too.
    emit chosenChanged();
    return true;
}

Qt::ItemFlags MappingModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == PropertyColumn && !isTwin(index.row()) ? flags | Qt::ItemIsEditable
                                                                    : flags;
}

QVariant MappingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Column");
    case SamplesColumn:
        return tr("Values");
    case PropertyColumn:
        return tr("Property in HubSpot");
    default:
        return tr("Why");
    }
}

} // namespace hubkeeper
