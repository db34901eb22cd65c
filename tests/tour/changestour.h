// SPDX-License-Identifier: MIT
#pragma once

#include "tourrunner.h"

class QWidget;

namespace hubkeeper {

class MainWindow;

/// The part of the tour through the review of many changes, in a small window: groups, a filter,
/// the question, a trial, a pause, refusals and a conflict. Leaves nothing staged.
class ChangesTour
{
public:
    /// Saves a picture of a window under a name and says which.
    using Picture = std::function<QString(const QString &name, QWidget &window)>;

    /// The window must outlive the steps; it has read the contacts.
    ChangesTour(MainWindow &window, Picture picture);

    void addSteps(TourRunner &runner) const;

private:
    MainWindow &m_window;
    const Picture m_picture;
};

} // namespace hubkeeper
