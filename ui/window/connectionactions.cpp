// SPDX-License-Identifier: MIT
#include "window/connectionactions.h"

#include "connect/certificatedialog.h"
#include "connect/connectassistant.h"
#include "connect/connectiondialog.h"
#include "connect/connectionsdialog.h"
#include "connect/secretsdialog.h"
#include "connect/writemodedialog.h"
#include "session/idm/serverregistry.h"
#include "session/secrets/secretplaces.h"
#include "widgets/messagebar.h"
#include "window/currentsession.h"
#include "window/leaveguard.h"
#include "window/pagenavigation.h"
#include "window/windowactions.h"

#include <QDesktopServices>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConnectionActions::ConnectionActions(const WindowServices &services, const Parts &parts,
                                     QWidget &window)
    : QObject(&window)
    , m_services(services)
    , m_parts(parts)
    , m_window(window)
{
}

void ConnectionActions::connectTo(const WindowActions &actions)
{
    using Self = ConnectionActions;
    connect(actions.connectPortal, &QAction::triggered, this, &Self::signIn);
    connect(actions.secrets, &QAction::triggered, this, &Self::showSecrets);
    connect(actions.writeMode, &QAction::triggered, this, &Self::chooseWriteMode);
    connect(actions.settings, &QAction::triggered, this, &Self::editSettings);
    connect(actions.manageConnections, &QAction::triggered, this, &Self::manage);
    connect(actions.forgetConnection, &QAction::triggered, this, &Self::askToForget);
}

Document *ConnectionActions::document() const
{
    const QList<Page *> pages = m_parts.pages.pages();
    for (const Page *page : pages) {
        if (Document *document = page->document())
            return document;
    }
    return nullptr;
}

bool ConnectionActions::isKept()
{
    if (!m_parts.keeper.connection())
        return false;
    m_parts.messages.dismissFor(this);
    const auto kept = m_parts.keeper.keep();
    if (!kept) {
        m_parts.messages.showError(kept.error(), Situation::SavingConnection);
        m_parts.messages.setCause(this);
    }
    return kept.has_value();
}

void ConnectionActions::manage()
{
    CurrentSession &keeper = m_parts.keeper;
    auto *dialog = new ConnectionsDialog(
        m_services.registry,
        [&keeper](const Connection &before, const Connection &after) {
            return keeper.change(before, after);
        },
        &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConnectionsDialog::openWanted, this, &ConnectionActions::connectionWanted);
    connect(dialog, &ConnectionsDialog::forgetWanted, dialog,
            [this, dialog](const QStringList &ids) {
                const auto open = m_parts.keeper.connection();
                for (const QString &id : ids) {
                    if (!open || open->id != id)
                        forget(id);
                }
                if (open && ids.contains(open->id)) { // There may be edits of it.
                    m_parts.leaving.leaveThen([this, id = open->id] { forget(id); });
                }
                dialog->refresh();
            });
    connect(&keeper, &CurrentSession::connectionChanged, dialog, &ConnectionsDialog::refresh);
    dialog->open();
}

void ConnectionActions::signIn()
{
    if (m_assistant || !isKept())
        return;
    ConnectServices services {m_services.session, m_services.vault, document(),
                              m_services.openBrowser};
    if (!services.openBrowser)
        services.openBrowser = [](const QUrl &url) { return QDesktopServices::openUrl(url); };
    auto *assistant = new ConnectAssistant(*m_parts.keeper.connection(), services, &m_window);
    assistant->setAttribute(Qt::WA_DeleteOnClose);
    m_assistant = assistant;
    connect(assistant, &QDialog::finished, this, [this, assistant] {
        emit keychainChanged();
        if (assistant->hasStored())
            m_parts.keeper.reopen();
    });
    assistant->open();
}

void ConnectionActions::showSecrets()
{
    if (!isKept())
        return;
    auto *dialog = new SecretsDialog(
        *m_parts.keeper.connection(),
        {m_services.registry, m_services.session, m_services.vault, document()}, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_secrets = dialog;
    auto changed = std::make_shared<bool>(false);
    connect(dialog, &SecretsDialog::secretsChanged, dialog, [changed] { *changed = true; });
    connect(dialog, &SecretsDialog::sessionOnlyWanted, this,
            &ConnectionActions::keepSecretsForSession);
    connect(dialog, &SecretsDialog::connectWanted, this, [this, dialog] {
        dialog->accept();
        signIn();
    });
    connect(dialog, &QDialog::finished, this, [this, changed] {
        if (*changed)
            m_parts.keeper.reopen();
    });
    dialog->open();
}

void ConnectionActions::showCertificate()
{
    const auto session = m_parts.keeper.session();
    if (!session || !session->lastCertificate())
        return;
    auto *dialog = new CertificateDialog(*session->lastCertificate(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CertificateDialog::configurationWanted, this, [this] {
        emit placeWanted({PageId::Configuration, {}});
    });
    dialog->open();
}

void ConnectionActions::keepSecretsForSession()
{
    if (!m_services.vault)
        return;
    m_services.vault->useSessionOnly();
    emit keychainChanged();
    if (m_secrets)
        m_secrets->retry();
    else if (m_parts.keeper.failure())
        m_parts.keeper.reopen();
}

/// The dialog saves by itself, and shows what other programs change meanwhile.
template <typename Dialog>
Dialog *ConnectionActions::openSettingsDialog()
{
    CurrentSession &keeper = m_parts.keeper;
    if (!isKept())
        return nullptr;
    auto *dialog = new Dialog(
        *keeper.connection(),
        [&keeper](const Connection &before, const Connection &after) {
            return keeper.change(before, after);
        },
        &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&keeper, &CurrentSession::connectionChanged, dialog, [&keeper, dialog] {
        if (keeper.connection())
            dialog->follow(*keeper.connection());
        else
            dialog->reject();
    });
    dialog->open();
    return dialog;
}

void ConnectionActions::chooseWriteMode()
{
    auto *dialog = openSettingsDialog<WriteModeDialog>();
    if (dialog)
        dialog->lock(limitsNow());
}

/// What the policy file says of the open portal, as far as that is known.
PortalLimits ConnectionActions::limitsNow() const
{
    const auto &session = m_parts.keeper.session();
    const Connection &connection = *m_parts.keeper.connection();
    const auto policy =
        session ? session->currentPolicy() : underPolicyFile(connection.policy, connection, 0);
    return policy ? policy->limits : PortalLimits();
}

void ConnectionActions::editSettings()
{
    auto *dialog = openSettingsDialog<ConnectionDialog>();
    if (!dialog)
        return;
    dialog->lock(limitsNow());
    // A list that cannot be read offers nothing; what the connection has stays.
    if (const auto servers = ServerRegistry::load(m_services.session.paths))
        dialog->offer(servers->servers());
}

void ConnectionActions::askToForget()
{
    if (!m_parts.keeper.connection())
        return;
    const Connection connection = *m_parts.keeper.connection();
    auto *box = new QMessageBox(
        QMessageBox::Question, tr("Forget Connection"),
        //: %1 is the label of a connection.
        tr("Forget the connection %1 and its secrets in the keychain? The provisioner file stays "
           "where it is.")
            .arg(connection.label),
        QMessageBox::Cancel, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QPushButton *forget = box->addButton(tr("&Forget"), QMessageBox::DestructiveRole);
    connect(forget, &QPushButton::clicked, this, [this, id = connection.id] {
        m_parts.leaving.leaveThen([this, id] { this->forget(id); });
    });
    box->open();
}

/// The connection first: secrets without one can be forgotten later, a connection without its
/// secrets is broken.
void ConnectionActions::forget(const QString &id)
{
    m_parts.messages.dismissFor(this);
    if (const auto forgotten = m_parts.keeper.forget(id); !forgotten) {
        m_parts.messages.showError(forgotten.error(), Situation::SavingConnection);
        return m_parts.messages.setCause(this);
    }
    for (const QString &name : secretNames()) {
        m_services.session.secrets.remove({id, name}, this)
            ->onDone(this, [this](const Result<void> &removed) {
                if (!removed)
                    m_parts.messages.showError(removed.error(), Situation::StoringSecret);
            });
    }
}

} // namespace hubkeeper
