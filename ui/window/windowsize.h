// SPDX-License-Identifier: MIT
#pragma once

class QMainWindow;

namespace hubkeeper {

class Settings;

/// Gives the window the size it had the last time, or one as large as is usual, but never larger
/// than the screen: some window systems let it be so, and its end is out of reach then.
void takeSize(QMainWindow &window, const Settings &settings);

} // namespace hubkeeper
