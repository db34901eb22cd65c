// SPDX-License-Identifier: MIT
#include "window/openactions.h"

#include "widgets/callbar.h"
#include "widgets/messagebar.h"
#include "window/currentsession.h"
#include "window/leaveguard.h"
#include "window/pagenavigation.h"
#include "window/recentfiles.h"

#include <QDir>
#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace hubkeeper {

OpenActions::OpenActions(const WindowServices &services, const Parts &parts, QWidget &window)
    : QObject(&window)
    , m_services(services)
    , m_parts(parts)
    , m_window(window)
{
}

void OpenActions::askForFile(bool thenConnect)
{
    auto *dialog = new QFileDialog(
        &m_window, thenConnect ? tr("Provisioner of the New Connection") : tr("Open Provisioner"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Provisioner files (provisioner*.json *.idm.json)"),
                            tr("Mappings (sync*.json mapping-*.json)"), tr("JSON files (*.json)"),
                            tr("All files (*)")});
    dialog->setDirectory(lastFolder());
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, thenConnect](const QString &path) { open(path, thenConnect); });
    dialog->open();
}

void OpenActions::openFile(const QString &path)
{
    open(path, false);
}

/// Nobody signs in to a connection that was not opened: the one before is still there.
void OpenActions::open(const QString &path, bool thenConnect)
{
    if (m_take && m_take(path)) {
        m_parts.messages.dismiss();
        return;
    }
    m_parts.leaving.leaveThen([this, path, thenConnect] {
        m_parts.messages.dismiss();
        if (const auto opened = m_parts.keeper.openFile(path); !opened)
            return m_parts.messages.showError(opened.error(), Situation::OpeningFile);
        m_parts.pages.showUrgent(PageId::Configuration);
        if (thenConnect)
            emit signInWanted();
    });
}

void OpenActions::openRecent(const QString &path)
{
    if (QFileInfo::exists(path))
        return openFile(path);
    m_missingFile = path;
    m_parts.messages.showMessage(MessageBar::Failure,
                                 tr("%1 is not there any more.").arg(QFileInfo(path).fileName()),
                                 tr("It was in %1. It may be on a drive that is not connected.")
                                     .arg(QDir::toNativeSeparators(QFileInfo(path).absolutePath())),
                                 {{Choice::ForgetFile, tr("Remove From &List")}});
}

void OpenActions::forgetMissingFile()
{
    m_parts.messages.dismiss();
    m_parts.recent.remove(std::exchange(m_missingFile, {}));
}

void OpenActions::openConnection(const QString &id)
{
    m_parts.leaving.leaveThen([this, id] {
        if (const Connection *connection = m_parts.keeper.registry().byId(id))
            m_parts.keeper.open(Connection(*connection));
    });
}

void OpenActions::openPractice()
{
    if (!m_services.startPractice)
        return;
    m_parts.leaving.leaveThen([this] {
        m_parts.messages.dismiss();
        Call<Connection> *call = m_services.startPractice(this);
        m_parts.progress.watch(call, tr("Starting the practice portal"));
        call->onDone(this, [this](const Result<Connection> &connection) {
            if (!connection)
                return m_parts.messages.showError(connection.error(), Situation::StartingPractice);
            m_parts.keeper.open(*connection);
            emit practiceOpened();
        });
    });
}

QString OpenActions::lastFolder() const
{
    const QStringList files = m_parts.recent.files();
    return files.isEmpty() ? QDir::homePath() : QFileInfo(files.first()).absolutePath();
}

} // namespace hubkeeper
