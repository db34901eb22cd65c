// SPDX-License-Identifier: MIT
#pragma once

#include "net/traffic.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace hubkeeper {

class Pseudonyms;

/// The exchanges of a session, oldest first. While paused it keeps what it shows.
class RequestsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        VerbColumn,
        PathColumn,
        StatusColumn,
        DurationColumn,
        SizeColumn,
        TryColumn,
        LeftColumn,
        CorrelationColumn
    };
    enum Role {
        SearchRole = Qt::UserRole, ///< QString: what a filter looks through.
        FailedRole, ///< bool: no 2xx.
    };

    /// Must outlive the model.
    RequestsModel(const TrafficLog &log, QObject *parent);

    [[nodiscard]] const TrafficRecord &recordAt(int row) const;
    [[nodiscard]] const std::deque<TrafficRecord> &records() const;
    /// Addresses are shown through `mask`; null shows them as they are. Must outlive the model.
    void setMask(const Pseudonyms *mask);
    void setPaused(bool paused);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void onAdded(int dropped);
    void takeAll();
    [[nodiscard]] QString shown(const QString &text) const;
    [[nodiscard]] QVariant cell(const TrafficRecord &record, int column) const;

    const TrafficLog &m_log;
    const Pseudonyms *m_mask = nullptr;
    std::optional<std::deque<TrafficRecord>> m_frozen; // While paused.
    int m_rows = 0;
};

/// Requests by text and by whether they failed.
class RequestsFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString &text);
    void setOnlyFailed(bool only);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
    bool m_onlyFailed = false;
};

} // namespace hubkeeper
