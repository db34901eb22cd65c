// SPDX-License-Identifier: MIT
#include "idm/servers/serverdialog.h"

#include "idm/currentserver.h"
#include "idm/servers/accountkeyfield.h"
#include "idm/servers/servertext.h"
#include "session/idm/serverregistry.h"
#include "widgets/callbar.h"
#include "widgets/colourchoice.h"
#include "widgets/connectiontext.h"
#include "widgets/messagebar.h"
#include "widgets/policynote.h"
#include "widgets/taborder.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto usualUser = "openidm-admin"_L1;

} // namespace

ServerDialog::ServerDialog(CurrentServer &servers, const Server &server, QWidget *parent)
    : QDialog(parent)
    , m_servers(servers)
    , m_before(server)
    , m_messages(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_label(new QLineEdit(this))
    , m_address(new QLineEdit(this))
    , m_login(new QComboBox(this))
    , m_user(new QLineEdit(this))
    , m_account(new QLineEdit(this))
    , m_key(new AccountKeyField(this))
    , m_secret(new QLineEdit(this))
    , m_keeps(new QCheckBox(tr("Store it in the &keychain"), this))
    , m_kind(new QComboBox(this))
    , m_mode(new QComboBox(this))
    , m_colour(new ColourChoice(this))
    , m_profile(new QComboBox(this))
    , m_selfSigned(new QCheckBox(tr("Accept a &self-signed certificate"), this))
    , m_hostName(new QCheckBox(tr("Accept another host name in the certi&ficate"), this))
    , m_proxy(new QLineEdit(this))
    , m_confirmation(new QLineEdit(this))
{
    setObjectName(u"serverDialog"_s);
    //: %1 is the label of a server.
    setWindowTitle(server.id.isEmpty() ? tr("Add Server") : tr("Settings of %1").arg(server.label));
    fillChoices();
    build();
    fillFields();
    connectFields();
    check();
}

ServerDialog::~ServerDialog() = default;

void ServerDialog::fillChoices()
{
    for (const auto kind :
         {LoginKind::StaticUser, LoginKind::Basic, LoginKind::Bearer, LoginKind::ServiceAccount})
        m_login->addItem(textOf(kind), int(kind));
    for (const auto kind :
         {ConnectionKind::Production, ConnectionKind::Sandbox, ConnectionKind::Practice})
        m_kind->addItem(iconOf(kind), textOf(kind), int(kind));
    for (const auto mode :
         {WriteMode::ReadOnly, WriteMode::ReviewRequired, WriteMode::Confirm, WriteMode::Free})
        m_mode->addItem(iconOf(mode), textOf(mode), int(mode));
    m_profile->addItem(tr("found by asking"), -1);
    for (const auto profile : {IdmProfile::Community, IdmProfile::Commercial, IdmProfile::Cloud})
        m_profile->addItem(textOf(profile), int(profile));
    m_label->setObjectName(u"label"_s);
    m_address->setObjectName(u"address"_s);
    m_address->setPlaceholderText(u"https://idm.example.com:8443"_s);
    m_login->setObjectName(u"login"_s);
    m_user->setObjectName(u"user"_s);
    m_account->setObjectName(u"account"_s);
    m_account->setToolTip(tr("The id that the cloud's console shows."));
    m_secret->setObjectName(u"secret"_s);
    m_secret->setEchoMode(QLineEdit::Password);
    m_keeps->setObjectName(u"keeps"_s);
    m_keeps->setToolTip(tr("Otherwise it is kept until the program ends."));
    m_kind->setObjectName(u"kind"_s);
    m_mode->setObjectName(u"mode"_s);
    m_profile->setObjectName(u"profile"_s);
    m_profile->setToolTip(
        tr("What the server can do. Set it only where asking finds the wrong one."));
    m_selfSigned->setObjectName(u"selfSigned"_s);
    m_hostName->setObjectName(u"hostName"_s);
    m_proxy->setObjectName(u"proxy"_s);
    m_proxy->setPlaceholderText(tr("the system's settings"));
    m_confirmation->setObjectName(u"confirmation"_s);
}

QFormLayout *ServerDialog::buildFields()
{
    auto *form = new QFormLayout;
    form->addRow(tr("&Label:"), m_label);
    form->addRow(tr("&Address:"), m_address);
    form->addRow(tr("Log &in with:"), m_login);
    form->addRow(tr("&User:"), m_user);
    form->addRow(tr("Acco&unt ID:"), m_account);
    form->addRow(tr("K&ey:"), m_key);
    form->addRow(tr("&Password:"), m_secret);
    form->addRow(QString(), m_keeps);
    form->addRow(tr("Kin&d:"), m_kind);
    form->addRow(tr("&Write mode:"), m_mode);
    form->addRow(tr("Color:"), m_colour);
    form->addRow(tr("P&rofile:"), m_profile);
    form->addRow(QString(), m_selfSigned);
    form->addRow(QString(), m_hostName);
    form->addRow(tr("Pro&xy for https:"), m_proxy);
    form->addRow(tr("This allows more on a production server. T&ype its label:"), m_confirmation);
    return form;
}

void ServerDialog::build()
{
    m_form = buildFields();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_test = buttons->addButton(tr("&Test"), QDialogButtonBox::ActionRole);
    m_test->setObjectName(u"testServer"_s);
    m_test->setToolTip(tr("Ask who answers there. Nothing is saved."));
    m_test->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_messages);
    column->addWidget(m_progress);
    column->addLayout(m_form);
    column->addStretch();
    column->addWidget(buttons);
    tabInOrder({m_label, m_address, m_login, m_user, m_account, m_key, m_secret, m_keeps, m_kind,
                m_mode, m_colour, m_profile, m_selfSigned, m_hostName, m_proxy, m_confirmation,
                m_test, m_ok});
    resize(std::max(sizeHint().width(), fontMetrics().averageCharWidth() * 72),
           sizeHint().height());
    connect(buttons, &QDialogButtonBox::accepted, this, &ServerDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_test, &QPushButton::clicked, this, &ServerDialog::test);
}

void ServerDialog::connectFields()
{
    connect(m_kind, &QComboBox::activated, this, [this] {
        if (ConnectionKind(m_kind->currentData().toInt()) == ConnectionKind::Production)
            m_mode->setCurrentIndex(m_mode->findData(int(WriteMode::ReadOnly)));
    });
    for (QLineEdit *line :
         {m_address, m_user, m_account, m_secret, m_proxy}) // It was about others.
        connect(line, &QLineEdit::textEdited, m_messages, &MessageBar::dismiss);
    connect(m_key, &AccountKeyField::changed, m_messages, &MessageBar::dismiss);
    connect(m_key, &AccountKeyField::changed, this, &ServerDialog::check);
    for (QLineEdit *line : {m_label, m_address, m_account, m_confirmation, m_secret})
        connect(line, &QLineEdit::textChanged, this, &ServerDialog::check);
    for (QComboBox *box : {m_login, m_kind, m_mode})
        connect(box, &QComboBox::currentIndexChanged, this, &ServerDialog::check);
    for (QCheckBox *box : {m_selfSigned, m_hostName})
        connect(box, &QCheckBox::toggled, this, &ServerDialog::check);
}

void ServerDialog::fillFields()
{
    m_label->setText(m_before.label);
    m_address->setText(m_before.address.toString());
    m_login->setCurrentIndex(m_login->findData(int(m_before.login.kind)));
    const bool isAccount = m_before.login.kind == LoginKind::ServiceAccount;
    (isAccount ? m_account : m_user)->setText(m_before.login.userName);
    if (isAccount)
        m_user->setText(usualUser);
    m_keeps->setChecked(true);
    m_kind->setCurrentIndex(m_kind->findData(int(m_before.kind)));
    m_mode->setCurrentIndex(m_mode->findData(int(m_before.mode)));
    m_colour->setColour(m_before.colour);
    m_profile->setCurrentIndex(m_profile->findData(m_before.profile ? int(*m_before.profile) : -1));
    m_selfSigned->setChecked(m_before.acceptSelfSignedCertificates);
    m_hostName->setChecked(m_before.disableHostNameVerifier);
    if (!m_before.proxyHost.isEmpty())
        m_proxy->setText(u"%1:%2"_s.arg(m_before.proxyHost).arg(m_before.proxyPort));
}

Result<Server> ServerDialog::server() const
{
    Server after = m_before;
    after.label = m_label->text().trimmed();
    const auto address = serverAddressFrom(m_address->text());
    if (!address)
        return tl::unexpected(address.error());
    after.address = *address;
    after.login.kind = login();
    after.login.userName =
        (login() == LoginKind::ServiceAccount ? m_account : m_user)->text().trimmed();
    after.kind = ConnectionKind(m_kind->currentData().toInt());
    after.mode = WriteMode(m_mode->currentData().toInt());
    after.colour = m_colour->colour();
    const int profile = m_profile->currentData().toInt();
    after.profile = profile < 0 ? std::nullopt : std::optional(IdmProfile(profile));
    after.acceptSelfSignedCertificates = m_selfSigned->isChecked();
    after.disableHostNameVerifier = m_hostName->isChecked();
    after.proxyHost.clear();
    after.proxyPort = 0;
    const QString proxy = m_proxy->text().trimmed();
    if (proxy.isEmpty())
        return after;
    bool isNumber = false;
    const int port = proxy.section(u':', -1).toInt(&isNumber);
    if (!isNumber || port < 1 || port > 65535 || proxy.count(u':') != 1 || proxy.startsWith(u':'))
        return fail(ErrorKind::InvalidInput,
                    //: %1 is what was typed.
                    tr("“%1” is not the address of a proxy.").arg(proxy),
                    tr("Give host and port, as in proxy.example.com:3128."));
    after.proxyHost = proxy.section(u':', 0, 0);
    after.proxyPort = quint16(port);
    return after;
}

/// Modes looser than the policy file allows for this address.
void ServerDialog::lockModes()
{
    const auto now = server();
    const auto limits = now ? currentLimits(*now) : Result<ServerLimits>(ServerLimits());
    const QString note = !limits ? limits.error().sentence()
        : limits->notAllowed     ? policyNote(limits->file, *limits->notAllowed)
        : limits->mode           ? policyNote(limits->file, limits->mode->place)
                                 : QString();
    const WriteMode most = !limits || limits->notAllowed ? WriteMode::ReadOnly
        : limits->mode                                   ? limits->mode->value
                                                         : WriteMode::Free;
    auto *modes = qobject_cast<QStandardItemModel *>(m_mode->model());
    for (int row = 0; modes && row < modes->rowCount(); ++row) {
        const bool isLocked = WriteMode(m_mode->itemData(row).toInt()) > most;
        modes->item(row)->setEnabled(!isLocked);
        modes->item(row)->setToolTip(isLocked ? note : QString());
    }
    m_mode->setToolTip(note);
    m_mode->setAccessibleDescription(note);
}

LoginKind ServerDialog::login() const
{
    return LoginKind(m_login->currentData().toInt());
}

std::optional<Secret> ServerDialog::givenSecret() const
{
    if (login() == LoginKind::ServiceAccount)
        return m_key->key();
    if (m_secret->text().isEmpty())
        return std::nullopt;
    return Secret(m_secret->text().toUtf8());
}

bool ServerDialog::isGuardLifted() const
{
    if (m_before.id.isEmpty())
        return false;
    const Server after = server().value_or(m_before);
    Server before = m_before;
    if (after.kind == ConnectionKind::Production)
        setKind(before, ConnectionKind::Production); // From now on it counts as one.
    return liftsGuard(before, after);
}

/// What a way to log in needs; what was given for the others waits where it is.
void ServerDialog::showLogin()
{
    const LoginKind kind = login();
    const bool isAccount = kind == LoginKind::ServiceAccount;
    const bool hasUser = kind == LoginKind::StaticUser || kind == LoginKind::Basic;
    m_form->setRowVisible(m_user, hasUser);
    m_form->setRowVisible(m_account, isAccount);
    m_form->setRowVisible(m_key, isAccount);
    m_form->setRowVisible(m_secret, !isAccount);
    auto *secretLabel = qobject_cast<QLabel *>(m_form->labelForField(m_secret));
    secretLabel->setText(hasUser ? tr("&Password:") : tr("T&oken:"));
    const bool wasAccount = m_before.login.kind == LoginKind::ServiceAccount;
    const QString kept =
        m_before.id.isEmpty() || isAccount != wasAccount ? QString() : tr("as it is");
    m_secret->setPlaceholderText(kept);
    m_key->setHint(kept.isEmpty() ? tr("Paste the key here.") : kept);
    m_keeps->setEnabled(givenSecret().has_value());
}

void ServerDialog::check()
{
    lockModes();
    showLogin();
    const bool lifts = isGuardLifted();
    m_form->setRowVisible(m_confirmation, lifts);
    const bool isLogin = login() != LoginKind::ServiceAccount
        || (!m_account->text().trimmed().isEmpty() && !m_key->isWrong());
    const bool isUsable = isLogin && !m_address->text().trimmed().isEmpty();
    m_test->setEnabled(isUsable && !m_testing);
    m_ok->setEnabled(isUsable && !m_label->text().trimmed().isEmpty()
                     && (!lifts || m_confirmation->text().trimmed() == m_before.label));
}

void ServerDialog::test()
{
    const auto wanted = server();
    if (!wanted)
        return m_messages->showError(wanted.error(), Situation::OpeningServer, Offer::Nothing);
    m_messages->dismiss();
    auto *call = m_servers.test(*wanted, givenSecret(), this);
    m_testing = call;
    check();
    m_progress->watch(call, tr("Asking the server"));
    call->onDone(this, [this](const Result<ServerFacts> &facts) {
        m_testing.clear();
        check();
        if (facts)
            m_messages->showMessage(facts->isAdministrator() ? MessageBar::Good
                                                             : MessageBar::Warning,
                                    tr("The server answers."), summaryOf(*facts));
        else if (facts.error().kind != ErrorKind::Cancelled)
            m_messages->showError(facts.error(), Situation::OpeningServer, Offer::Nothing);
    });
}

/// The list first: a secret without a server can be stored again, a server without its secret asks
/// for it.
void ServerDialog::accept()
{
    const auto wanted = server();
    if (!wanted)
        return m_messages->showError(wanted.error(), Situation::SavingServer);
    if (auto given = givenSecret(); given && !m_before.id.isEmpty())
        m_servers.keep(m_before.id, std::move(*given)); // Before it is opened again.
    const auto saved =
        m_before.id.isEmpty() ? m_servers.add(*wanted) : m_servers.change(m_before, *wanted);
    if (!saved)
        return m_messages->showError(saved.error(), Situation::SavingServer);
    m_before = *saved;
    m_savedId = saved->id;
    if (auto given = givenSecret())
        m_servers.keep(saved->id, std::move(*given));
    if (!m_keeps->isChecked() || !givenSecret())
        return QDialog::accept();
    store();
}

void ServerDialog::store()
{
    m_ok->setEnabled(false);
    m_servers.services()
        .secrets.write(secretIdOf(m_before), *givenSecret(), this)
        ->onDone(this, [this](const Result<void> &stored) {
            if (stored)
                return QDialog::accept();
            m_keeps->setChecked(false); // OK leaves it at that.
            check();
            m_messages->showError(stored.error(), Situation::StoringSecret, Offer::Nothing);
        });
}

} // namespace hubkeeper
