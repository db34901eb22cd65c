// SPDX-License-Identifier: MIT
#pragma once

#include "tourrunner.h"

namespace hubkeeper {

class ConfigurationPage;
class MainWindow;

/// The part of the tour through the configuration: makes two typical mistakes in the open
/// provisioner, looks at them as text, in the form, as differences and as problems, fixes them, and
/// takes everything back. The file itself is not saved.
class ConfigurationTour
{
public:
    /// Saves a picture of the window under a name and says which.
    using Picture = std::function<QString(const QString &name)>;

    /// The window must outlive the steps.
    ConfigurationTour(MainWindow &window, Picture picture);

    void addSteps(TourRunner &runner) const;

private:
    MainWindow &m_window;
    const Picture m_picture;
};

} // namespace hubkeeper
