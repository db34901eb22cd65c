// SPDX-License-Identifier: MIT
#pragma once

#include "tourrunner.h"

class QWidget;

namespace hubkeeper {

class ImportDialog;
class MainWindow;

/// The part of the tour through the import: a table with some faults, its columns, its check with
/// refused rows, and what is staged, which one undo takes back.
class ImportTour
{
public:
    /// Saves a picture of a window under a name and says which.
    using Picture = std::function<QString(const QString &name, QWidget &window)>;

    /// The window must outlive the steps.
    ImportTour(MainWindow &window, Picture picture);

    void addSteps(TourRunner &runner) const;

private:
    MainWindow &m_window;
    const Picture m_picture;
};

} // namespace hubkeeper
