// SPDX-License-Identifier: MIT
#pragma once

#include "tourrunner.h"

class QWidget;

namespace hubkeeper {

class MainWindow;

/// The part of the tour through the tools of a data steward: the history of a record, a repair by
/// recipe, a validation report, values of a moment, a snapshot with what it holds and how the
/// portal differs from it.
class WorkbenchTour
{
public:
    /// Saves a picture of a window under a name and says which.
    using Picture = std::function<QString(const QString &name, QWidget &window)>;

    /// The window must outlive the steps.
    WorkbenchTour(MainWindow &window, Picture picture);

    void addSteps(TourRunner &runner) const;

private:
    MainWindow &m_window;
    const Picture m_picture;
};

} // namespace hubkeeper
