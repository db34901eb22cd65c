// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"
#include "records/values/propertynames.h"

#include <QAbstractTableModel>

namespace hubkeeper {

class ChangeSet;

/// The records of a group beside each other: a column each, the one to keep first, a row for each
/// property. Rows in which they differ are marked and come first. Shows what is staged, and of each
/// property whose value shall stay, if somebody chose one.
class SideBySideModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// All must outlive it.
    SideBySideModel(ObjectType type, const PropertyNames &names, const ChangeSet &changes,
                    QObject *parent);

    /// `properties` in their order; the record to keep is the first.
    void setRecords(QList<Record> records, const QStringList &properties);
    void setKept(const QString &id);
    /// The value of this cell shall stay; a second time: nobody has chosen one.
    void choose(int row, int column);
    void forgetChoices();
    [[nodiscard]] bool isChosen(int row, int column) const;
    /// By property: what shall stay, where it was chosen, as it is stored.
    [[nodiscard]] QHash<QString, QString> chosenTexts() const;

    [[nodiscard]] const QList<Record> &records() const { return m_records; }
    [[nodiscard]] const QString &propertyAt(int row) const { return m_rows[row]; }
    [[nodiscard]] bool isDiffering(int row) const;
    /// As it is stored or staged.
    [[nodiscard]] QString textAt(int row, int column) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void arrange();
    void showAgain();
    [[nodiscard]] const Record *recordOf(const QString &id) const;

    const ObjectType m_type;
    const PropertyNames &m_names;
    const ChangeSet &m_changes;
    QList<Record> m_records;
    QStringList m_properties;
    QStringList m_rows;
    QHash<QString, QString> m_chosen; // By property: the record.
};

} // namespace hubkeeper
