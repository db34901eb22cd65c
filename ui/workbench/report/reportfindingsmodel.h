// SPDX-License-Identifier: MIT
#pragma once

#include "workbench/report/reportkinds.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QPointer>

namespace hubkeeper {

class PropertyNames;

/// The records of one kind of fault. Values, reasons and suggestions are found out anew for the
/// rows that are seen, from what the record set has now.
class ReportFindingsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RecordColumn, ValueColumn, ReasonColumn, SuggestionColumn, ColumnCount };

    /// `names` must outlive it. It is empty once the set is gone.
    ReportFindingsModel(const PropertyNames &names, RecordSet &set, QObject *parent);
    ~ReportFindingsModel() override;

    /// By what faults are found from now on.
    void setRules(const QList<ValueRule> &rules, const QString &country);
    void showKind(const ReportKind &kind);
    void clear();
    /// Empty while the row is not read.
    [[nodiscard]] QString idAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Seen
    {
        QString label;
        ValueFault fault;
    };

    [[nodiscard]] const Seen *seen(qint64 row) const;
    [[nodiscard]] Record recordAt(qint64 row) const;
    void lookAgain();

    const PropertyNames &m_names;
    const QPointer<RecordSet> m_set;
    std::unique_ptr<ValueReport> m_report;
    ReportKind m_kind;
    mutable QCache<qint64, Seen> m_seen; // By store row.
};

} // namespace hubkeeper
