// SPDX-License-Identifier: MIT
// The window's dialogs and what follows from them.
#include "connect/certificatedialog.h"
#include "connect/connectassistant.h"
#include "connect/connectiondialog.h"
#include "connect/secretsdialog.h"
#include "connect/writemodedialog.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "window/commandpalette.h"
#include "window/mainwindow.h"
#include "window/manualwindow.h"
#include "window/recentfiles.h"
#include "window/shortcutlist.h"
#include "window/statusline.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

void MainWindow::onWanted(const QString &actionId)
{
    if (actionId == "open"_L1)
        askForFile();
    else if (actionId == "add-connection"_L1)
        askForFileThenConnect();
    else if (actionId == "new"_L1)
        findChild<QAction *>(u"newProvisioner"_s)->trigger();
    else if (actionId == "practice"_L1)
        openPractice();
    else if (actionId == "secrets"_L1)
        openSecrets();
    else if (actionId == "connect"_L1)
        openConnect();
    else if (actionId == "certificate"_L1)
        openCertificate();
    else if (actionId == "write-mode"_L1)
        openWriteMode();
    else if (actionId == "connection"_L1)
        openSettings();
    else if (actionId == "configuration"_L1)
        showPlace({u"configuration"_s, {}});
    else if (actionId == "changes"_L1)
        showPlace({u"changes"_s, {}});
    else if (actionId == "forget-file"_L1)
        forgetMissingFile();
    else if (actionId == "session-only"_L1)
        keepSecretsForSession();
    else if (actionId == "retry"_L1 || actionId == "reopen"_L1)
        m_keeper->reopen();
}

void MainWindow::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Open Provisioner"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Provisioner files (provisioner*.json)"), tr("JSON files (*.json)"),
                            tr("All files (*)")});
    dialog->setDirectory(lastFolder());
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFile);
    dialog->open();
}

void MainWindow::askForFileThenConnect()
{
    askForFile();
    auto *dialog = findChild<QFileDialog *>();
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openConnect);
}

QString MainWindow::lastFolder() const
{
    const QStringList files = m_recent->files();
    return files.isEmpty() ? QDir::homePath() : QFileInfo(files.first()).absolutePath();
}

void MainWindow::openFile(const QString &path)
{
    leaveThen([this, path] {
        m_messages->dismiss();
        if (const auto opened = m_keeper->openFile(path); !opened)
            m_messages->showError(opened.error(), Situation::OpeningFile);
    });
}

void MainWindow::forgetMissingFile()
{
    m_messages->dismiss();
    m_recent->remove(std::exchange(m_missingFile, {}));
}

void MainWindow::openRecent(const QString &path)
{
    if (QFileInfo::exists(path))
        return openFile(path);
    m_missingFile = path;
    m_messages->showMessage(MessageBar::Failure,
                            tr("%1 is not there any more.").arg(QFileInfo(path).fileName()),
                            tr("It was in %1. It may be on a drive that is not connected.")
                                .arg(QDir::toNativeSeparators(QFileInfo(path).absolutePath())),
                            {{u"forget-file"_s, tr("Remove From &List")}});
}

void MainWindow::openPractice()
{
    if (!m_services.startPractice)
        return;
    leaveThen([this] {
        Call<Connection> *call = m_services.startPractice(this);
        m_progress->watch(call, tr("Starting the practice portal"));
        call->onDone(this, [this](const Result<Connection> &connection) {
            if (connection)
                m_keeper->open(*connection);
            else
                m_messages->showError(connection.error(), Situation::StartingPractice);
        });
    });
}

QList<Page *> MainWindow::unsavedPages() const
{
    QList<Page *> pages;
    for (int row = 0; row < m_pages->count(); ++row) {
        auto *page = static_cast<Page *>(m_pages->widget(row));
        if (!page->unsaved().isEmpty())
            pages.append(page);
    }
    return pages;
}

void MainWindow::leaveThen(std::function<void()> then)
{
    const QList<Page *> pages = unsavedPages();
    if (pages.isEmpty()) {
        then();
        return;
    }
    QStringList unsaved;
    for (const Page *page : pages)
        unsaved.append(page->unsaved());
    auto *box =
        new QMessageBox(QMessageBox::Warning, tr("Unsaved Edits"), unsaved.join(u'\n'),
                        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box->setObjectName(u"unsavedEdits"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setDefaultButton(QMessageBox::Save);
    connect(box, &QMessageBox::finished, this, [this, pages, then = std::move(then)](int answer) {
        if (answer == QMessageBox::Cancel)
            return;
        const auto saves = [](Page *page) { return page->save(); };
        if (answer == QMessageBox::Save && !std::all_of(pages.begin(), pages.end(), saves)) {
            showPlace({pages.first()->id(), {}});
            return;
        }
        then();
    });
    box->open();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    // Accepted at once where nothing has to be asked: an ignored event would stop a quit.
    if (!m_leaving && !unsavedPages().isEmpty()) {
        event->ignore();
        leaveThen([this] {
            m_leaving = true;
            close();
        });
        return;
    }
    const auto session = m_keeper->session();
    if (session && session->isWriting()) {
        if (!m_finishingWrites) {
            event->ignore();
            return closeAfterWrites(*session);
        }
        session->stopWrites(); // Asked for a second time.
    }
    saveLayout();
    QMainWindow::closeEvent(event);
}

/// Nothing more is sent; the answers on their way are awaited, so that the journal knows them.
void MainWindow::closeAfterWrites(Session &session)
{
    m_messages->showMessage(
        MessageBar::Information, tr("Closing when the changes on their way are settled."),
        tr("Nothing more is sent. Close again to stop at once: what the portal has not answered by "
           "then is in the journal as unknown."));
    Call<void> *finishing = session.finishWrites(this);
    m_finishingWrites = finishing;
    finishing->onDone(this, [this](const Result<void> &) {
        m_finishingWrites.clear();
        m_leaving = true;
        close();
    });
}

void MainWindow::openSecrets()
{
    if (!m_keeper->connection())
        return;
    auto *dialog = new SecretsDialog(
        *m_keeper->connection(),
        {m_services.book, m_services.session, m_services.vault, document()}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_secrets = dialog;
    auto changed = std::make_shared<bool>(false);
    connect(dialog, &SecretsDialog::secretsChanged, dialog, [changed] { *changed = true; });
    connect(dialog, &SecretsDialog::sessionOnlyWanted, this, &MainWindow::keepSecretsForSession);
    connect(dialog, &SecretsDialog::connectWanted, this, [this, dialog] {
        dialog->accept();
        openConnect();
    });
    connect(dialog, &QDialog::finished, this, [this, changed] {
        if (*changed)
            m_keeper->reopen();
    });
    dialog->open();
}

Document *MainWindow::document() const
{
    for (int row = 0; row < m_pages->count(); ++row) {
        if (Document *document = static_cast<Page *>(m_pages->widget(row))->document())
            return document;
    }
    return nullptr;
}

void MainWindow::openConnect()
{
    if (!m_keeper->connection() || m_assistant)
        return;
    ConnectServices services {m_services.session, m_services.vault, document(),
                              m_services.openBrowser};
    if (!services.openBrowser)
        services.openBrowser = [](const QUrl &url) { return QDesktopServices::openUrl(url); };
    auto *assistant = new ConnectAssistant(*m_keeper->connection(), services, this);
    assistant->setAttribute(Qt::WA_DeleteOnClose);
    m_assistant = assistant;
    connect(assistant, &QDialog::finished, this, [this, assistant] {
        m_status->showKeychain();
        if (assistant->hasStored())
            m_keeper->reopen();
    });
    assistant->open();
}

void MainWindow::openCertificate()
{
    if (!m_keeper->session() || !m_keeper->session()->lastCertificate())
        return;
    auto *dialog = new CertificateDialog(*m_keeper->session()->lastCertificate(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CertificateDialog::configurationWanted, this, [this] {
        showPlace({u"configuration"_s, {}});
    });
    dialog->open();
}

void MainWindow::keepSecretsForSession()
{
    if (!m_services.vault)
        return;
    m_services.vault->useSessionOnly();
    m_status->showKeychain();
    if (m_secrets)
        m_secrets->retry();
    else if (m_keeper->failure())
        m_keeper->reopen();
}

void MainWindow::openWriteMode()
{
    if (!m_keeper->connection())
        return;
    auto *dialog = new WriteModeDialog(*m_keeper->connection(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        Connection connection = *m_keeper->connection();
        connection.policy.mode = dialog->mode();
        if (const auto changed = m_keeper->change(connection); !changed)
            m_messages->showError(changed.error(), Situation::SavingConnection);
    });
    dialog->open();
}

void MainWindow::openSettings()
{
    if (!m_keeper->connection())
        return;
    auto *dialog = new ConnectionDialog(*m_keeper->connection(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        if (const auto changed = m_keeper->change(dialog->connection()); !changed)
            m_messages->showError(changed.error(), Situation::SavingConnection);
    });
    dialog->open();
}

void MainWindow::askToForget()
{
    if (!m_keeper->connection())
        return;
    const Connection connection = *m_keeper->connection();
    auto *box = new QMessageBox(
        QMessageBox::Question, tr("Forget Connection"),
        //: %1 is the label of a connection.
        tr("Forget the connection %1 and its secrets in the keychain? The provisioner file stays "
           "where it is.")
            .arg(connection.label),
        QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QPushButton *forget = box->addButton(tr("&Forget"), QMessageBox::DestructiveRole);
    connect(forget, &QPushButton::clicked, this, [this, id = connection.id] {
        for (const QString &name : {u"clientSecret"_s, u"refreshToken"_s}) {
            m_services.session.secrets.remove({id, name}, this)
                ->onDone(this, [this](const Result<void> &removed) {
                    if (!removed)
                        m_messages->showError(removed.error(), Situation::StoringSecret);
                });
        }
        leaveThen([this, id] {
            if (const auto forgotten = m_keeper->forget(id); !forgotten)
                m_messages->showError(forgotten.error(), Situation::SavingConnection);
        });
    });
    box->open();
}

void MainWindow::openPalette()
{
    auto *palette = new CommandPalette(actionsOf(menuBar()->actions()), this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->open();
}

void MainWindow::openShortcuts()
{
    const QList<QPair<QString, QString>> more {
        {tr("Open the context menu"), u"Shift+F10"_s},
        {tr("Move to the next or previous field"), u"Tab, Shift+Tab"_s},
    };
    auto *list = new ShortcutList(actionsOf(menuBar()->actions()), more, this);
    list->setAttribute(Qt::WA_DeleteOnClose);
    list->open();
}

void MainWindow::openManual()
{
    if (!m_manual) {
        m_manual = new ManualWindow(this);
        m_manual->setAttribute(Qt::WA_DeleteOnClose);
    }
    const Page *page = currentPage();
    for (const Page *panel : std::as_const(m_panels)) {
        if (panel->isAncestorOf(focusWidget()))
            page = panel;
    }
    static const QHash<QString, QString> chapters {
        {u"overview"_s, u"first-steps"_s}, {u"configuration"_s, u"configuration"_s},
        {u"schema"_s, u"schema"_s},        {u"contacts"_s, u"records"_s},
        {u"companies"_s, u"records"_s},    {u"journal"_s, u"journal"_s},
        {u"scripts"_s, u"scripts"_s},      {u"changes"_s, u"changes"_s},
        {u"problems"_s, u"problems"_s},    {u"requests"_s, u"requests"_s},
    };
    m_manual->showPage(page ? chapters.value(page->id(), u"index"_s) : u"index"_s);
    m_manual->show();
    m_manual->raise();
    m_manual->activateWindow();
}

void MainWindow::openAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Hubkeeper"));
    box->setIconPixmap(programIcon().pixmap(QSize(64, 64), devicePixelRatioF()));
    box->setTextFormat(Qt::PlainText);
    //: %1 is the version of the program.
    box->setText(tr("Hubkeeper %1").arg(QCoreApplication::applicationVersion()));
    //: %1 is the version of Qt, %2 the name of the operating system.
    box->setInformativeText(
        tr("For the people who run the HubSpot connector of ForgeRock and "
           "Ping IDM.\n\nQt %1 on %2.\nFree software under the MIT licence. "
           "HubSpot, ForgeRock and Ping are marks of their owners, who have "
           "nothing to do with this program.")
            .arg(QString::fromLatin1(qVersion()), QSysInfo::prettyProductName()));
    box->open();
}

} // namespace hubkeeper
