// SPDX-License-Identifier: MIT
#include "window/windowactions.h"

#include "widgets/colours.h"
#include "widgets/icons.h"
#include "window/clipboardactions.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct ActionWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::MainWindow)
};

QAction *make(QMainWindow &window, const QString &name, const QString &iconName,
              const QString &text, const QList<QKeySequence> &keys = {})
{
    auto *action = new QAction(text, &window);
    action->setObjectName(name);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setShortcuts(keys);
    return action;
}

/// The platform's keys, or others where the platform has none.
QList<QKeySequence> standard(QKeySequence::StandardKey key, const QKeySequence &otherwise = {})
{
    QList<QKeySequence> keys = QKeySequence::keyBindings(key);
    if (keys.isEmpty() && !otherwise.isEmpty())
        keys.append(otherwise);
    return keys;
}

} // namespace

WindowActions::WindowActions(QMainWindow &window)
    : newProvisioner(make(window, u"newProvisioner"_s, u"list-add"_s,
                          ActionWords::tr("&New Provisioner…"), standard(QKeySequence::New)))
    , open(make(window, u"open"_s, u"document-open"_s, ActionWords::tr("&Open Provisioner…"),
                standard(QKeySequence::Open)))
    , practice(make(window, u"practice"_s, u"practice"_s, ActionWords::tr("Open &Practice Portal")))
    , closeConnection(make(window, u"closeConnection"_s, u"window-close"_s,
                           ActionWords::tr("&Close Connection"), standard(QKeySequence::Close)))
    , quit(make(window, u"quit"_s, {}, ActionWords::tr("&Quit"),
                standard(QKeySequence::Quit, QKeySequence(u"Ctrl+Q"_s))))
    , undo(make(window, u"undo"_s, u"edit-undo"_s, ActionWords::tr("&Undo"),
                standard(QKeySequence::Undo)))
    , redo(make(window, u"redo"_s, u"edit-redo"_s, ActionWords::tr("&Redo"),
                standard(QKeySequence::Redo)))
    , find(make(window, u"find"_s, u"edit-find"_s, ActionWords::tr("&Find or Filter"),
                standard(QKeySequence::Find)))
    , goToItem(
          make(window, u"goToItem"_s, {}, ActionWords::tr("&Go To…"), {QKeySequence(u"Ctrl+G"_s)}))
    , reload(make(window, u"reload"_s, u"view-refresh"_s, ActionWords::tr("Re&load"),
                  standard(QKeySequence::Refresh, QKeySequence(u"F5"_s))))
    , nextArea(
          make(window, u"nextArea"_s, {}, ActionWords::tr("&Next Area"), {QKeySequence(u"F6"_s)}))
    , previousArea(make(window, u"previousArea"_s, {}, ActionWords::tr("&Previous Area"),
                        {QKeySequence(u"Shift+F6"_s)}))
    , inspector(make(window, u"inspectorShown"_s, {}, ActionWords::tr("&Inspector")))
    , mask(make(window, u"maskPersonalData"_s, {}, ActionWords::tr("&Mask Personal Data"),
                {QKeySequence(u"Ctrl+Shift+M"_s)}))
    , palette(make(window, u"palette"_s, u"command"_s, ActionWords::tr("Find a &Command…"),
                   {QKeySequence(u"Ctrl+Shift+P"_s), QKeySequence(u"Ctrl+Alt+I"_s)}))
    , connectPortal(
          make(window, u"connect"_s, u"connected"_s, ActionWords::tr("&Connect to HubSpot…")))
    , secrets(make(window, u"secrets"_s, u"key"_s, ActionWords::tr("Where Are My &Secrets?")))
    , writeMode(make(window, u"write-mode"_s, u"lock"_s, ActionWords::tr("&Write Mode…")))
    , settings(make(window, u"connection"_s, u"configuration"_s,
                    ActionWords::tr("Connection S&ettings…"),
                    standard(QKeySequence::Preferences, QKeySequence(u"Ctrl+,"_s))))
    , forgetConnection(make(window, u"forgetConnection"_s, u"edit-delete"_s,
                            ActionWords::tr("&Forget Connection…")))
    , manageConnections(
          make(window, u"manageConnections"_s, {}, ActionWords::tr("&Manage Connections…")))
    , manual(make(window, u"manual"_s, u"help-contents"_s, ActionWords::tr("&Manual"),
                  standard(QKeySequence::HelpContents, QKeySequence(u"F1"_s))))
    , shortcuts(make(window, u"shortcuts"_s, {}, ActionWords::tr("&Keyboard Shortcuts…"),
                     {QKeySequence(u"Ctrl+/"_s), QKeySequence(u"Ctrl+?"_s)}))
    , about(make(window, u"about"_s, {}, ActionWords::tr("&About Hubkeeper")))
    , aboutQt(make(window, u"aboutQt"_s, {}, ActionWords::tr("About &Qt")))
{
    inspector->setCheckable(true);
    mask->setCheckable(true);
    mask->setToolTip(
        ActionWords::tr("Show pseudonyms in place of names, addresses and other values that "
                        "may be about a person"));
    quit->setMenuRole(QAction::QuitRole);
    settings->setMenuRole(QAction::NoRole);
    about->setMenuRole(QAction::AboutRole);
    aboutQt->setMenuRole(QAction::AboutQtRole);
}

void WindowActions::fillColours(QMainWindow &window)
{
    colours = new QActionGroup(&window);
    QMenu *menu = menus.view->addMenu(ActionWords::tr("&Colors"));
    const std::pair<Colours, QString> entries[] = {
        {Colours::System, ActionWords::tr("As in the &System")},
        {Colours::Light, ActionWords::tr("&Light")},
        {Colours::Dark, ActionWords::tr("&Dark")}};
    for (const auto &[choice, text] : entries) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(QVariant::fromValue(choice));
        colours->addAction(action);
    }
}

void WindowActions::fillMenuBar(QMainWindow &window, QMenu *recentFiles)
{
    QMenuBar *bar = window.menuBar();
    menus.file = bar->addMenu(ActionWords::tr("&File"));
    menus.newProvisioner = newProvisioner;
    menus.file->addActions({newProvisioner, open});
    menus.file->addMenu(recentFiles);
    menus.file->addAction(practice);
    menus.file->addSeparator();
    menus.edit = bar->addMenu(ActionWords::tr("&Edit"));
    menus.edit->addActions({undo, redo});
    new ClipboardActions(*menus.edit);
    menus.edit->addSeparator();
    menus.edit->addAction(find);
    menus.view = bar->addMenu(ActionWords::tr("&View"));
    menus.view->addAction(reload);
    menus.view->addSeparator();
    panels = menus.view->addMenu(ActionWords::tr("&Panels"));
    panels->addAction(inspector);
    fillColours(window);
    menus.view->addSeparator();
    menus.view->addAction(mask);
    menus.go = bar->addMenu(ActionWords::tr("&Go"));
    menus.go->addAction(goToItem);
    menus.go->addSeparator();
    menus.portal = bar->addMenu(ActionWords::tr("&Portal"));
    menus.portal->addActions({connectPortal, secrets, writeMode, settings});
    menus.portal->addSeparator();
    menus.portal->addActions({forgetConnection, manageConnections});
    menus.changes = bar->addMenu(ActionWords::tr("&Changes"));
    menus.help = bar->addMenu(ActionWords::tr("&Help"));
    menus.help->addActions({manual, palette, shortcuts});
    menus.help->addSeparator();
    menus.help->addActions({about, aboutQt});
}

} // namespace hubkeeper
