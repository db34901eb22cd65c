// SPDX-License-Identifier: MIT
#include "shell/parts.h"

#include "overview/overviewpage.h"
#include "shell/mainwindow.h"

namespace hubkeeper {

void addParts(MainWindow &window)
{
    window.addPage(new OverviewPage(&window));
    window.complete();
}

} // namespace hubkeeper
