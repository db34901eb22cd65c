// SPDX-License-Identifier: MIT
#pragma once

#include <QTreeView>

namespace hubkeeper {

class TestStepModel;

/// Steps of a test, each with all that was found: long texts wrap. It is as tall as all its rows,
/// so that the page scrolls, not the list within it.
class StepsView final : public QTreeView
{
    Q_OBJECT

public:
    /// The model must outlive the view.
    StepsView(TestStepModel &steps, const QString &name, const QString &title, QWidget *parent);

    void doItemsLayout() override;
};

} // namespace hubkeeper
