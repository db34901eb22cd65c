// SPDX-License-Identifier: MIT
#include "window/helpactions.h"

#include "widgets/icons.h"
#include "window/commandpalette.h"
#include "window/dialogchapters.h"
#include "window/manualwindow.h"
#include "window/pagenavigation.h"
#include "window/shortcutlist.h"
#include "window/windowactions.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
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

} // namespace

HelpActions::HelpActions(const PageNavigation &pages, QMainWindow &window)
    : QObject(&window)
    , m_pages(pages)
    , m_window(window)
{
}

HelpActions::~HelpActions()
{
    if (m_manual && !m_manual->parent())
        delete m_manual;
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
    if (window && !chapterOfDialog(window).isEmpty() && !window->actions().contains(m_openManual))
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
    QWidget *active = QApplication::activeWindow();
    const QString ofDialog = chapterOfDialog(active);
    if (!m_manual) {
        m_manual = new ManualWindow(&m_window);
        m_manual->setAttribute(Qt::WA_DeleteOnClose);
    }
    if (auto *dialog = qobject_cast<QDialog *>(active); dialog && dialog->isModal())
        keepUsableBeside(*dialog);
    const Page *page = m_pages.focused();
    m_manual->showPage(!ofDialog.isEmpty() ? ofDialog : page ? chapterOf(page->id()) : u"index"_s);
    m_manual->show();
    m_manual->raise();
    m_manual->activateWindow();
}

/// A modal dialog stops all windows but its own children. The manual outlives it, unless it goes
/// because the window does.
void HelpActions::keepUsableBeside(QDialog &dialog)
{
    if (m_manual->parent() == &dialog)
        return;
    moveManual(&dialog);
    connect(&dialog, &QDialog::finished, this, [this, &dialog] {
        if (!m_manual || m_manual->parent() != &dialog)
            return;
        moveManual(nullptr);
        const auto goBack = [this] {
            if (!m_manual || m_manual->parent())
                return;
            auto *outer = qobject_cast<QDialog *>(QApplication::activeModalWidget());
            if (outer)
                keepUsableBeside(*outer); // One dialog was open over another.
            else
                moveManual(&m_window);
        };
        QMetaObject::invokeMethod(this, goBack, Qt::QueuedConnection);
    });
}

void HelpActions::moveManual(QWidget *parent)
{
    const bool wasShown = m_manual->isVisible();
    const QRect place = m_manual->geometry();
    m_manual->setParent(parent, m_manual->windowFlags());
    m_manual->setGeometry(place);
    m_manual->setVisible(wasShown);
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
