// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"
#include "session/workbench/columnmapping.h"
#include "session/workbench/linkcolumns.h"

#include <QAbstractTableModel>

#include <vector>

namespace hubkeeper {

/// The columns of a table, samples of what is in them, and the property (or the associated records)
/// each is imported into, which can be chosen. Remarks say what would go wrong.
class MappingModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, SamplesColumn, PropertyColumn, RemarkColumn, ColumnCount };
    enum Role { PropertyRole = Qt::UserRole }; ///< Name of the property; empty: none.

    /// `names` must outlive it.
    MappingModel(ObjectType type, const PropertyNames &names, QObject *parent);

    /// Proposes by names and labels, then by what is remembered of an earlier import.
    void setColumns(const QStringList &columns, const ChosenColumns &earlier);
    /// Texts of each column, by its place.
    void setSamples(const QList<QStringList> &samples);
    /// What a mapping file says; columns that it does not name stay. Gives the names that the table
    /// does not have, or whose property does not exist.
    QStringList take(const ChosenColumns &chosen);
    void namesChanged();

    [[nodiscard]] const ColumnMapping &mapping() const { return m_mapping; }
    [[nodiscard]] int importedCount() const;
    /// Properties by which rows can find their records, the surest first.
    [[nodiscard]] QStringList keys() const;
    /// Whether a column is a date, a time, or both.
    [[nodiscard]] bool hasDates() const;
    [[nodiscard]] const QStringList &properties() const { return m_mapping.properties; }
    /// What is sent to the import: every column with its property or none. Two columns of one name
    /// count as one that is not imported.
    [[nodiscard]] ChosenColumns chosen() const;
    /// Why this cannot be imported; empty if it can.
    [[nodiscard]] QString fault() const;
    /// What people call a property: "Email", "Record ID".
    [[nodiscard]] QString propertyLabel(const QString &property) const;
    [[nodiscard]] static QString shownLinkColumn(const LinkColumn &column);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

signals:
    /// A column got another property.
    void chosenChanged();

private:
    enum class Origin { Proposed, Earlier, Chosen };
    struct Fact
    {
        Origin origin = Origin::Proposed;
        bool isTwin = false; ///< Another column has the same name.
        bool isComputed = false; ///< It is called like a property that HubSpot sets.
    };

    void findFacts();
    [[nodiscard]] bool isKnown(const QString &property) const;
    [[nodiscard]] bool isTwin(int row) const { return m_facts[size_t(row)].isTwin; }
    [[nodiscard]] QString remark(int row) const;
    [[nodiscard]] QString columnName(int row) const;

    const ObjectType m_type;
    const PropertyNames &m_names;
    ColumnMapping m_mapping;
    std::vector<Fact> m_facts; // Of each column.
    QList<QStringList> m_samples;
};

} // namespace hubkeeper
