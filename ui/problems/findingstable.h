// SPDX-License-Identifier: MIT
#pragma once

#include <QTableView>

namespace hubkeeper {

/// The list of findings: whole rows, sorted by place at first.
class FindingsTable final : public QTableView
{
    Q_OBJECT

public:
    /// `shown` is a FindingsFilter over a FindingsModel, and must outlive it.
    FindingsTable(QAbstractItemModel &shown, QWidget *parent);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void shareRoom();
};

} // namespace hubkeeper
