// SPDX-License-Identifier: MIT
#include "idm/servers/serversdialog.h"

#include "idm/currentserver.h"
#include "idm/servers/serverdialog.h"
#include "widgets/connectiontext.h"
#include "widgets/messagebar.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

enum Column { LabelColumn, KindColumn, ModeColumn, UserColumn, AddressColumn };

} // namespace

ServersDialog::ServersDialog(CurrentServer &servers, QWidget *parent)
    : QDialog(parent)
    , m_servers(servers)
    , m_message(new MessageBar(this))
    , m_list(new QTreeWidget(this))
{
    setObjectName(u"serversDialog"_s);
    setWindowTitle(tr("Manage Servers"));
    build();
    refresh();
    m_list->setCurrentItem(m_list->topLevelItem(0));
    connect(&m_servers, &CurrentServer::listChanged, this, &ServersDialog::refresh);
}

void ServersDialog::build()
{
    m_list->setObjectName(u"servers"_s);
    m_list->setAccessibleName(tr("Servers"));
    m_list->setHeaderLabels({tr("Label"), tr("Kind"), tr("Write mode"), tr("User"), tr("Address")});
    m_list->setRootIsDecorated(false);
    m_list->setAlternatingRowColors(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setTextElideMode(Qt::ElideMiddle);
    const int letter = fontMetrics().averageCharWidth();
    m_list->header()->resizeSection(LabelColumn, letter * 26);
    m_list->header()->resizeSection(KindColumn, letter * 14);
    m_list->header()->resizeSection(ModeColumn, letter * 14);
    m_list->header()->resizeSection(UserColumn, letter * 18);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &ServersDialog::updateButtons);
    connect(m_list, &QTreeWidget::itemActivated, this, &ServersDialog::openSelected);
    connect(m_message, &MessageBar::buttonPressed, this, &ServersDialog::forgetAsked);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto button = [&](const QString &name, const QString &text,
                            void (ServersDialog::*run)()) {
        QPushButton *made = buttons->addButton(text, QDialogButtonBox::ActionRole);
        made->setObjectName(name);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, run);
        return made;
    };
    m_open = button(u"openServer"_s, tr("&Open"), &ServersDialog::openSelected);
    button(u"addServer"_s, tr("&Add…"), &ServersDialog::add);
    m_edit = button(u"editServer"_s, tr("&Settings…"), &ServersDialog::edit);
    m_forget = button(u"forgetServers"_s, tr("&Forget…"), &ServersDialog::askToForget);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_list, 1);
    column->addWidget(m_message);
    column->addWidget(buttons);
    resize(letter * 110, fontMetrics().height() * 22);
}

void ServersDialog::refresh()
{
    const QStringList kept = selected();
    m_list->clear();
    const QList<Server> servers = m_servers.registry().servers();
    for (const Server &server : servers)
        addRow(server);
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        item->setSelected(kept.contains(item->data(LabelColumn, Qt::UserRole).toString()));
    }
    updateButtons();
}

void ServersDialog::addRow(const Server &server)
{
    const bool hasUser = server.login.kind != LoginKind::Bearer;
    auto *item = new QTreeWidgetItem(m_list,
                                     {server.label, textOf(server.kind), textOf(server.mode),
                                      //: In place of a user's name.
                                      hasUser ? server.login.userName : tr("(token)"),
                                      server.address.toString()});
    item->setIcon(LabelColumn, iconOf(server.kind));
    item->setIcon(ModeColumn, iconOf(server.mode));
    item->setData(LabelColumn, Qt::UserRole, server.id);
    item->setToolTip(AddressColumn, server.address.toString());
}

QStringList ServersDialog::selected() const
{
    QStringList ids;
    const QList<QTreeWidgetItem *> items = m_list->selectedItems();
    for (const QTreeWidgetItem *item : items)
        ids.append(item->data(LabelColumn, Qt::UserRole).toString());
    return ids;
}

void ServersDialog::updateButtons()
{
    if (m_asked != selected()) {
        m_asked.clear(); // The question was about others.
        m_message->dismissFor(m_forget);
    }
    const qsizetype count = selected().size();
    m_open->setEnabled(count == 1);
    m_edit->setEnabled(count == 1);
    m_forget->setEnabled(count > 0);
}

void ServersDialog::openSelected()
{
    const QStringList ids = selected();
    if (ids.size() != 1)
        return;
    accept();
    emit openWanted(ids.first());
}

void ServersDialog::add()
{
    Server server;
    server.login.userName = u"openidm-admin"_s;
    openDialog(server);
}

void ServersDialog::edit()
{
    const QStringList ids = selected();
    if (const Server *server = m_servers.registry().find(ids.value(0)))
        openDialog(*server);
}

void ServersDialog::openDialog(const Server &server)
{
    auto *dialog = new ServerDialog(m_servers, server, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ServersDialog::askToForget()
{
    m_asked = selected();
    QStringList labels;
    const QList<QTreeWidgetItem *> items = m_list->selectedItems();
    for (const QTreeWidgetItem *item : items)
        labels.append(item->text(LabelColumn));
    m_message->showMessage(
        MessageBar::Warning,
        tr("Forget %Ln server(s) and their secrets in the keychain?", nullptr, int(m_asked.size())),
        //: %1 lists labels of servers.
        tr("%1. Nothing changes on the servers.").arg(labels.join(u", "_s)),
        {{Choice::Forget, tr("Forget &Them")}});
    m_message->setCause(m_forget);
}

/// The list first: a secret without a server can be forgotten later.
void ServersDialog::forgetAsked()
{
    m_message->dismiss();
    const QStringList ids = std::exchange(m_asked, {});
    for (const QString &id : ids) {
        const Server *known = m_servers.registry().find(id);
        if (!known)
            continue;
        const SecretId secret = secretIdOf(*known);
        if (const auto forgotten = m_servers.forget(id); !forgotten)
            return m_message->showError(forgotten.error(), Situation::SavingServer);
        m_servers.services()
            .secrets.remove(secret, this)
            ->onDone(this, [this](const Result<void> &removed) {
                if (!removed && removed.error().kind != ErrorKind::NoKeychain)
                    m_message->showError(removed.error(), Situation::StoringSecret);
            });
    }
}

} // namespace hubkeeper
