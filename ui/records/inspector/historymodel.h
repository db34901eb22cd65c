// SPDX-License-Identifier: MIT
#pragma once

#include "portal/propertyhistory.h"
#include "records/values/propertynames.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// The values that properties of one record had, the newest change first.
class HistoryModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { SinceColumn, PropertyColumn, ValueColumn, ByColumn, ColumnCount };

    /// `names` must outlive the model.
    HistoryModel(ObjectType type, const PropertyNames &names, QObject *parent);

    void setHistory(const RecordHistory &history);
    /// By the ids that the portal has for them.
    void setUsers(const QList<Owner> &owners);
    void clear();
    /// Only of this property; empty: of all.
    void setProperty(const QString &property);
    /// Masking was switched, or labels became known.
    void namesChanged();

    struct Line
    {
        QString property;
        PastValue past;
        bool isNow = false; ///< The newest one of its property.
    };
    [[nodiscard]] const Line &lineAt(int row) const { return m_lines[row]; }
    [[nodiscard]] const Record &record() const { return m_history.record; }
    /// The property has as many values as HubSpot keeps: there may have been more.
    [[nodiscard]] bool isCut() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void rebuild();
    [[nodiscard]] QString text(const Line &line, int column) const;

    const ObjectType m_type;
    const PropertyNames &m_names;
    RecordHistory m_history;
    QHash<QString, QString> m_users;
    QString m_property;
    QList<Line> m_lines;
};

} // namespace hubkeeper
