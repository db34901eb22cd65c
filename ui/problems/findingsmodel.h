// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/finding.h"
#include "provisioner/text/jsontext.h"
#include "widgets/place.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QSortFilterProxyModel>

namespace hubkeeper {

/// "Error", "Warning", "Information": translated.
[[nodiscard]] QString severityText(Severity severity);
/// Name of the drawing that says the same by its shape (shell/icons.h).
[[nodiscard]] QString severityIcon(Severity severity);

/// Where the Configuration page shows a finding: a pointer where the value is there, else line and
/// column.
[[nodiscard]] PlaceItem placeOf(const Finding &finding, const JsonText &text);

/// Findings as rows, in the order of the text.
class FindingsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        SeverityColumn,
        RuleColumn,
        MessageColumn,
        EntryColumn,
        PlaceColumn,
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole, ///< An int or a text by which the column sorts.
        SeverityRole,
        PointerRole,
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that stay keep their index; without effect if nothing has changed.
    void setFindings(const QList<Finding> &findings);
    [[nodiscard]] const Finding &at(int row) const { return m_findings[row]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QVariant textOf(const Finding &finding, int column) const;
    [[nodiscard]] QVariant sortKeyOf(const Finding &finding, int column) const;

    QList<Finding> m_findings;
};

/// Hides severities that are not wanted and what does not hold a text.
class FindingsFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit FindingsFilter(QObject *parent);

    void setShown(Severity severity, bool shown);
    /// In rule id, message, place or pointer; letter case does not matter.
    void setText(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QSet<Severity> m_hidden;
    QString m_text;
};

} // namespace hubkeeper
