// SPDX-License-Identifier: MIT
#include "window/helpactions.h"

#include "widgets/icons.h"
#include "window/commandpalette.h"
#include "window/manualwindow.h"
#include "window/pagenavigation.h"
#include "window/shortcutlist.h"
#include "window/windowactions.h"

#include <QAction>
#include <QApplication>
#include <QHash>
#include <QMainWindow>
#include <QMenuBar>
#include <QMessageBox>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Of the manual, for a page.
QString chapterOf(PageId page)
{
    switch (page) {
    case PageId::Overview:
        return u"first-steps"_s;
    case PageId::Contacts:
    case PageId::Companies:
        return u"records"_s;
    default:
        return nameOf(page);
    }
}

/// Of the manual, for a dialog that does not stop the window; empty: it has none.
QString chapterOf(const QWidget *dialog)
{
    static const QHash<QString, QString> chapters {{u"importDialog"_s, u"import-file"_s},
                                                   {u"repairDialog"_s, u"repairs"_s},
                                                   {u"reportDialog"_s, u"report"_s},
                                                   {u"asOfDialog"_s, u"history"_s},
                                                   {u"duplicatesDialog"_s, u"duplicates"_s}};
    return dialog ? chapters.value(dialog->objectName()) : QString();
}

} // namespace

HelpActions::HelpActions(const PageNavigation &pages, QMainWindow &window)
    : QObject(&window)
    , m_pages(pages)
    , m_window(window)
{
}

void HelpActions::connectTo(const WindowActions &actions)
{
    m_openManual = actions.manual;
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { offerManual(now); });
    connect(actions.palette, &QAction::triggered, this, &HelpActions::openPalette);
    connect(actions.manual, &QAction::triggered, this, &HelpActions::openManual);
    connect(actions.shortcuts, &QAction::triggered, this, &HelpActions::openShortcuts);
    connect(actions.about, &QAction::triggered, this, &HelpActions::openAbout);
    connect(actions.aboutQt, &QAction::triggered, qApp, &QApplication::aboutQt);
}

/// A shortcut of the window does not work in its dialogs, unless they have the action, too.
void HelpActions::offerManual(QWidget *focus)
{
    QWidget *window = focus ? focus->window() : nullptr;
    if (!chapterOf(window).isEmpty() && !window->actions().contains(m_openManual))
        window->addAction(m_openManual);
}

void HelpActions::openPalette()
{
    auto *palette = new CommandPalette(actionsOf(m_window.menuBar()->actions()), &m_window);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->open();
}

void HelpActions::openShortcuts()
{
    const QList<QPair<QString, QString>> more {
        {tr("Open the context menu"), u"Shift+F10"_s},
        {tr("Move to the next or previous field"), u"Tab, Shift+Tab"_s},
    };
    auto *list = new ShortcutList(actionsOf(m_window.menuBar()->actions()), more, &m_window);
    list->setAttribute(Qt::WA_DeleteOnClose);
    list->open();
}

void HelpActions::openManual()
{
    if (!m_manual) {
        m_manual = new ManualWindow(&m_window);
        m_manual->setAttribute(Qt::WA_DeleteOnClose);
    }
    const Page *page = m_pages.focused();
    const QString ofDialog = chapterOf(QApplication::activeWindow());
    m_manual->showPage(!ofDialog.isEmpty() ? ofDialog : page ? chapterOf(page->id()) : u"index"_s);
    m_manual->show();
    m_manual->raise();
    m_manual->activateWindow();
}

void HelpActions::openAbout()
{
    auto *box = new QMessageBox(&m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Hubkeeper"));
    box->setIconPixmap(programIcon().pixmap(QSize(64, 64), m_window.devicePixelRatioF()));
    box->setTextFormat(Qt::PlainText);
    //: %1 is the version of the program.
    box->setText(tr("Hubkeeper %1").arg(QCoreApplication::applicationVersion()));
    //: %1 is the version of Qt, %2 the name of the operating system.
    box->setInformativeText(
        tr("For the people who run the HubSpot connector of ForgeRock and "
           "Ping IDM.\n\nQt %1 on %2.\nFree software under the MIT license. "
           "HubSpot, ForgeRock and Ping are marks of their owners, who have "
           "nothing to do with this program.")
            .arg(QString::fromLatin1(qVersion()), QSysInfo::prettyProductName()));
    box->open();
}

} // namespace hubkeeper
