// SPDX-License-Identifier: MIT
#pragma once

#include "repair/table/repaircounts.h"

#include <QWidget>

class QTabWidget;
class QTableView;

namespace hubkeeper {

class DoubtfulValuesModel;
class PropertyNames;
class RepairPairsModel;

/// What would be staged, as old and new values with ticks, and in a second tab what is left and
/// why.
class RepairPreview final : public QWidget
{
    Q_OBJECT

public:
    struct Words
    {
        QString after; ///< Title of the column of new values.
        QString left; ///< Title of the second tab, with its access key.
        bool suggests = true; ///< There may be suggestions for what is left.
    };

    /// `names` must outlive it.
    RepairPreview(const PropertyNames &names, const Words &words, QWidget *parent);

    void show(const RepairCounts &counts);
    /// There is no preview.
    void clear();
    [[nodiscard]] QList<RepairPair> unticked() const;
    /// Values of ticked changes.
    [[nodiscard]] qint64 tickedCount() const;

signals:
    void ticksChanged();

private:
    void showTitles();

    const Words m_words;
    qint64 m_left = -1; // Negative: there is no preview.
    RepairPairsModel *m_pairs;
    DoubtfulValuesModel *m_doubtful;
    QTabWidget *m_tabs;
    QTableView *m_pairsView;
    QTableView *m_doubtfulView;
};

} // namespace hubkeeper
