// SPDX-License-Identifier: MIT
#include "workbench/duplicates/sidebysidemodel.h"

#include "changes/set/changeset.h"
#include "widgets/icons.h"
#include "widgets/tones.h"

#include <QApplication>
#include <QFont>
#include <QPalette>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

SideBySideModel::SideBySideModel(ObjectType type, const PropertyNames &names,
                                 const ChangeSet &changes, QObject *parent)
    : QAbstractTableModel(parent)
    , m_type(type)
    , m_names(names)
    , m_changes(changes)
{
    connect(&changes, &ChangeSet::changed, this, &SideBySideModel::showAgain);
    connect(&names.masking(), &Masking::changed, this, &SideBySideModel::showAgain);
}

void SideBySideModel::showAgain()
{
    if (rowCount() > 0 && columnCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void SideBySideModel::setRecords(QList<Record> records, const QStringList &properties)
{
    beginResetModel();
    m_records = std::move(records);
    m_properties = properties;
    m_chosen.clear();
    arrange();
    endResetModel();
}

void SideBySideModel::setKept(const QString &id)
{
    const auto kept = std::find_if(m_records.begin(), m_records.end(),
                                   [&id](const Record &record) { return record.id == id; });
    if (kept == m_records.end() || kept == m_records.begin())
        return;
    beginResetModel();
    std::rotate(m_records.begin(), kept, kept + 1);
    endResetModel();
}

void SideBySideModel::choose(int row, int column)
{
    if (isChosen(row, column))
        m_chosen.remove(m_rows[row]);
    else
        m_chosen.insert(m_rows[row], m_records[column].id);
    showAgain();
}

void SideBySideModel::forgetChoices()
{
    m_chosen.clear();
    showAgain();
}

bool SideBySideModel::isChosen(int row, int column) const
{
    return m_chosen.value(m_rows[row]) == m_records[column].id;
}

const Record *SideBySideModel::recordOf(const QString &id) const
{
    const auto found = std::find_if(m_records.begin(), m_records.end(),
                                    [&id](const Record &record) { return record.id == id; });
    return found == m_records.end() ? nullptr : &*found;
}

QHash<QString, QString> SideBySideModel::chosenTexts() const
{
    QHash<QString, QString> texts;
    for (auto chosen = m_chosen.cbegin(); chosen != m_chosen.cend(); ++chosen) {
        if (const Record *record = recordOf(*chosen))
            texts.insert(chosen.key(), record->text(chosen.key()));
    }
    return texts;
}

void SideBySideModel::arrange()
{
    m_rows.clear();
    for (const QString &property : std::as_const(m_properties)) {
        const bool hasText =
            std::any_of(m_records.begin(), m_records.end(), [&property](const Record &record) {
                return !record.text(property).isEmpty();
            });
        if (hasText)
            m_rows.append(property);
    }
    const auto differs = [this](const QString &property) {
        return std::any_of(m_records.begin(), m_records.end(), [&](const Record &record) {
            return record.text(property) != m_records.first().text(property);
        });
    };
    std::stable_partition(m_rows.begin(), m_rows.end(), differs);
}

bool SideBySideModel::isDiffering(int row) const
{
    for (int column = 1; column < columnCount(); ++column) {
        if (textAt(row, column) != textAt(row, 0))
            return true;
    }
    return false;
}

QString SideBySideModel::textAt(int row, int column) const
{
    const Record &record = m_records[column];
    const auto staged = m_changes.cell(m_type, record.id, m_rows[row]);
    return staged ? staged->after : record.text(m_rows[row]);
}

int SideBySideModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int SideBySideModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_records.size());
}

QVariant SideBySideModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int row = index.row();
    const bool isStaged =
        m_changes.cell(m_type, m_records[index.column()].id, m_rows[row]).has_value();
    switch (role) {
    case Qt::DisplayRole:
        return m_names.shown(m_rows[row], textAt(row, index.column()));
    case Qt::FontRole: {
        QFont font;
        font.setBold(isDiffering(row));
        font.setItalic(isStaged);
        return font;
    }
    case Qt::DecorationRole:
        return isChosen(row, index.column()) ? QVariant(icon(u"dialog-ok"_s)) : QVariant();
    case Qt::BackgroundRole: {
        if (!isDiffering(row))
            return {};
        const QPalette palette = QApplication::palette();
        return washed(tonesOf(palette).warning, palette.color(QPalette::Base));
    }
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return isStaged                     ? tr("Staged, not sent yet")
            : isChosen(row, index.column()) ? tr("This value stays")
            : isDiffering(row)              ? tr("The records differ")
                                            : QString();
    default:
        return {};
    }
}

QVariant SideBySideModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return m_names.label(m_rows.value(section));
    //: A column of records beside each other: the record that stays, by its id.
    return section == 0 ? tr("Keep: %1").arg(m_records[section].id) : m_records[section].id;
}

} // namespace hubkeeper
