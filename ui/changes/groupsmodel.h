// SPDX-License-Identifier: MIT
#pragma once

#include "changes/changetext.h"

#include <QAbstractItemModel>

namespace hubkeeper {

/// What is staged in groups: all, and below that verbs, their properties, and what becomes of the
/// values, each with its number of records and a tick.
class GroupsModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { GroupColumn, CountColumn };

    /// `names` must outlive it.
    GroupsModel(const PortalNames &names, QObject *parent);

    /// Groups that are the same as before, with other counts, stay where they are in a view.
    void setGroups(std::vector<VerbGroup> groups);
    [[nodiscard]] const std::vector<VerbGroup> &groups() const { return m_groups; }
    /// Names of properties or values became known, or masking was switched.
    void namesChanged();
    /// Nothing for the line of all changes.
    [[nodiscard]] std::optional<GroupKey> keyAt(const QModelIndex &index) const;
    /// The line of the group; not valid if there is none, the first one for all changes.
    [[nodiscard]] QModelIndex indexOf(const std::optional<GroupKey> &key) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    /// The user ticked a group, or took its tick away: `includes` says which. The model itself
    /// changes with the next groups.
    void ticked(const QModelIndex &index, bool includes);

private:
    /// Where an index is: of a verb only the first is set, of all changes none.
    struct Place
    {
        const VerbGroup *verb = nullptr;
        const PropertyGroup *property = nullptr;
        const PatternGroup *pattern = nullptr;
    };
    [[nodiscard]] Place placeOf(const QModelIndex &index) const;
    [[nodiscard]] GroupCounts countsOf(const Place &place) const;
    [[nodiscard]] QString textOf(const Place &place) const;
    void changedBelow(const QModelIndex &parent);

    const ChangeText m_text;
    std::vector<VerbGroup> m_groups;
};

} // namespace hubkeeper
