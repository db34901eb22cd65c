// SPDX-License-Identifier: MIT
#pragma once

#include "tourrunner.h"

namespace hubkeeper {

class MainWindow;

/// The part of the tour through the IDM page: looks at the connector on the practice IDM, compares
/// the open file with what is deployed, deploys a change and rolls it back, looks at the mappings,
/// previews a reconciliation and has it done.
class IdmTour
{
public:
    /// Saves a picture of the window under a name and says which.
    using Picture = std::function<QString(const QString &name)>;

    /// The window must outlive the steps.
    IdmTour(MainWindow &window, Picture picture);

    void addSteps(TourRunner &runner) const;

private:
    MainWindow &m_window;
    const Picture m_picture;
};

} // namespace hubkeeper
