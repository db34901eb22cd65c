// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/page.h"

#include <QMainWindow>

class QAction;
class QActionGroup;

namespace hubkeeper {

/// The actions of the window itself, each made once with text, icon and keys. Pages add theirs to
/// the same menus.
struct WindowActions
{
    explicit WindowActions(QMainWindow &window);

    /// Fills the menu bar; menus are kept for pages.
    void fillMenuBar(QMainWindow &window, QMenu *recentFiles);

    void fillColours(QMainWindow &window); ///< Part of fillMenuBar().

    QAction *newProvisioner;
    QAction *open;
    QAction *practice;
    QAction *closeConnection;
    QAction *quit;
    QAction *undo;
    QAction *redo;
    QAction *find;
    QAction *goToItem;
    QAction *reload;
    QAction *nextArea;
    QAction *previousArea;
    QAction *inspector;
    QAction *mask;
    QAction *palette;
    QAction *connectPortal;
    QAction *secrets;
    QAction *writeMode;
    QAction *settings;
    QAction *forgetConnection;
    QAction *manageConnections;
    QAction *manual;
    QAction *shortcuts;
    QAction *about;
    QAction *aboutQt;

    Menus menus;
    QMenu *panels = nullptr; ///< View > Panels: one entry per dock.
    QActionGroup *colours = nullptr; ///< View > Colours; the data of each is its name.
};

} // namespace hubkeeper
