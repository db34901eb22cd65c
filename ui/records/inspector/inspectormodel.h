// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "records/values/propertynames.h"

#include <QAbstractItemModel>

namespace hubkeeper {

/// One record's properties as a tree: groups, and in each the properties with their values,
/// pending changes laid over. Same roles as RecordTableModel, so the same delegate serves.
class InspectorModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn };

    /// Both must outlive the model.
    InspectorModel(ObjectType type, ChangeSet &changes, const PropertyNames &names,
                   QObject *parent);

    void setRecord(const Record &record, const QString &label);
    void clear();
    /// Labels or options became known, or masking was switched.
    void namesChanged();
    /// Only properties whose label, name or value holds the text; empty: all. Values are compared
    /// as they are, masked or not.
    void setFilter(const QString &text);
    /// Whether properties without value are left out.
    void setHideEmpty(bool hide);
    [[nodiscard]] const Record &record() const { return m_record; }

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    /// Why an edit was not taken.
    void refused(const QString &why);

private:
    struct Group
    {
        QString name;
        QStringList properties;

        bool operator==(const Group &) const = default;
    };

    void rebuild();
    [[nodiscard]] std::vector<Group> shownGroups() const;
    [[nodiscard]] bool isShown(const PropertyDefinition &definition) const;
    [[nodiscard]] QString rawText(const QString &property) const;
    [[nodiscard]] QString propertyAt(const QModelIndex &index) const;
    void repaint(int group);
    void onTouched(ObjectType type, const QString &id);

    const ObjectType m_type;
    ChangeSet &m_changes;
    const PropertyNames &m_names;
    Record m_record;
    QString m_label;
    QString m_filter;
    bool m_hideEmpty = false;
    std::vector<Group> m_groups;
};

} // namespace hubkeeper
