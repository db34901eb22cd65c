// SPDX-License-Identifier: MIT
#pragma once

#include "connector/testreport.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// The steps of a connection test as rows: state and title, what was found, how long it took.
class TestStepModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Step, Found, Took, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setSteps(const QList<TestStep> &steps);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<TestStep> m_steps;
};

/// "passed", "failed", ... in the user's language.
[[nodiscard]] QString textOf(TestStep::State state);
/// The step's title in the user's language; the report's own for a step that is not known here.
[[nodiscard]] QString titleOf(const TestStep &step);

} // namespace hubkeeper
