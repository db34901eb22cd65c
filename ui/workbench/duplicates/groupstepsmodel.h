// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"
#include "session/writing/mergegroup.h"

#include <QAbstractTableModel>
#include <QSet>

namespace hubkeeper {

/// The merges of a group, one a row in their order: the record that goes, ticked if it takes part;
/// by what IDM may lose it; what became of it.
class GroupStepsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RecordColumn, LostColumn, OutcomeColumn, ColumnCount };

    /// `names` must outlive it.
    GroupStepsModel(const PropertyNames &names, QObject *parent);

    /// All take part.
    void setRecords(ObjectType type, const QList<Record> &records);
    /// Of those that take part.
    void setPreviews(const QList<MergePreview> &previews);
    /// From now on nothing can be ticked; the first one is on its way.
    void begin();
    void setOutcome(const MergedRecord &record);
    /// Of all: those that were not sent, too.
    void end(const QList<MergedRecord> &records);

    [[nodiscard]] const QString &idAt(int row) const { return m_records[row].id; }
    [[nodiscard]] QString labelOf(const QString &id) const;
    [[nodiscard]] QStringList tickedIds() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

signals:
    void ticksChanged();

private:
    void showAgain();
    [[nodiscard]] QString lostText(const QString &id) const;
    [[nodiscard]] QString outcomeText(const QString &id) const;

    const PropertyNames &m_names;
    ObjectType m_type = ObjectType::Contacts;
    QList<Record> m_records;
    QSet<QString> m_unticked;
    QHash<QString, QList<std::pair<QString, QString>>> m_lost;
    QHash<QString, MergedRecord> m_outcomes;
    bool m_isBegun = false;
};

} // namespace hubkeeper
