// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"
#include "records/values/propertynames.h"

#include <QFrame>

class QComboBox;
class QVBoxLayout;

namespace hubkeeper {

class ConditionRow;

/// Conditions of which all, or any, have to hold; some of them may be groups again.
class ConditionGroup final : public QFrame
{
    Q_OBJECT

public:
    static constexpr int deepest = 4; ///< Groups within groups.
    static constexpr int mostConditions = 60; ///< Of one group.

    /// `names` must outlive the group; `depth` is 0 for the outermost one.
    ConditionGroup(const PropertyNames &names, int depth, QWidget *parent);

    /// Whether rows and groups can show a filter.
    [[nodiscard]] static bool canShow(const CrestFilter &filter, const PropertyNames &names,
                                      int depth = 0);
    /// Shows a filter that it can show.
    void setFilter(const CrestFilter &filter);
    /// Why a condition is none, as a translated sentence; empty if all are.
    [[nodiscard]] QString fault() const;
    /// Leaves out what has a fault; true where nothing is left.
    [[nodiscard]] CrestFilter filter() const;
    [[nodiscard]] bool isEmpty() const { return m_members.isEmpty(); }

    void namesChanged();
    void addRow();
    void addGroup();
    void clear();
    /// Its own, without those of groups in it.
    [[nodiscard]] QList<ConditionRow *> rows() const;
    [[nodiscard]] QList<ConditionGroup *> groups() const;
    [[nodiscard]] QComboBox *match() const { return m_match; }

signals:
    void searchRequested();
    void removeWanted();
    void edited();

private:
    void makeHead();
    ConditionRow *insertRow();
    ConditionGroup *insertGroup();
    void take(QWidget *member);
    void showHead();

    const PropertyNames &m_names;
    const int m_depth;
    QWidget *m_head;
    QComboBox *m_match;
    QVBoxLayout *m_layout;
    QList<QWidget *> m_members;
};

} // namespace hubkeeper
