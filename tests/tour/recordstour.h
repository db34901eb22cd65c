// SPDX-License-Identifier: MIT
#pragma once

#include "tourrunner.h"

namespace hubkeeper {

class MainWindow;

/// The part of the tour through views of contacts: conditions in a group and as CREST, kept as a
/// view, pinned columns while the grid is scrolled, a view that shows nothing. Shows all contacts
/// again at the end.
class RecordsTour
{
public:
    /// Saves a picture of the window under a name and says which.
    using Picture = std::function<QString(const QString &name)>;

    /// The window must outlive the steps.
    RecordsTour(MainWindow &window, Picture picture);

    void addSteps(TourRunner &runner) const;

private:
    MainWindow &m_window;
    const Picture m_picture;
};

} // namespace hubkeeper
