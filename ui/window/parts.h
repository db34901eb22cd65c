// SPDX-License-Identifier: MIT
#pragma once

namespace hubkeeper {

class MainWindow;

/// Puts every page and panel into the window, in the order of the navigation, and completes it.
void addParts(MainWindow &window);

} // namespace hubkeeper
