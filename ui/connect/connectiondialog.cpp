// SPDX-License-Identifier: MIT
#include "connect/connectiondialog.h"

#include "portal/access/accountbudget.h"
#include "session/connections/connectionsettings.h"
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
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Whether the policy file and not the connection decides.
bool isLocked(int own, const std::optional<Ruled<int>> &limit)
{
    return limit && (own == 0 || own >= limit->value);
}

} // namespace

ConnectionDialog::ConnectionDialog(const Connection &connection, SaveConnection save,
                                   QWidget *parent)
    : QDialog(parent)
    , m_save(std::move(save))
    , m_before(connection)
    , m_messages(new MessageBar(this))
    , m_label(new QLineEdit(this))
    , m_kind(new QComboBox(this))
    , m_confirmation(new QLineEdit(this))
    , m_colour(new ColourChoice(this))
    , m_version(new QComboBox(this))
    , m_address(new QLineEdit(this))
    , m_remote(new QCheckBox(tr("Allow an a&ddress of another server"), this))
    , m_server(new QComboBox(this))
    , m_reserve(new QSpinBox(this))
    , m_mostRows(new QSpinBox(this))
    , m_mostPercent(new QSpinBox(this))
    , m_mostArchives(new QSpinBox(this))
    , m_archives(new QCheckBox(tr("&Allow archiving records"), this))
    , m_protected(new QLineEdit(this))
{
    setObjectName(u"connectionDialog"_s);
    //: %1 is the label of a connection.
    setWindowTitle(tr("Settings of %1").arg(connection.label));
    fillChoices();
    build();
    fillFields(connection);
    connectFields();
    check();
}

void ConnectionDialog::fillChoices()
{
    for (const auto kind :
         {ConnectionKind::Production, ConnectionKind::Sandbox, ConnectionKind::Practice})
        m_kind->addItem(iconOf(kind), textOf(kind), int(kind));
    for (const ApiVersion version : allApiVersions)
        m_version->addItem(nameOf(version), int(version));
    m_address->setPlaceholderText(tr("HubSpot's own"));
    m_remote->setToolTip(tr("Without it, the portal is HubSpot's own or on this computer."));
    m_server->setObjectName(u"server"_s);
    m_server->setToolTip(tr("The server that this file is deployed to."));
    //: No IDM server.
    m_server->addItem(tr("None"), QString());
    m_reserve->setObjectName(u"reserve"_s);
    m_reserve->setRange(0, AccountBudget::mostReserve);
    m_reserve->setSuffix(tr(" %"));
    m_reserve->setSpecialValueText(tr("nothing"));
    m_reserve->setToolTip(tr("Percent of HubSpot's limits that Hubkeeper does not use, so that the "
                             "connector in IDM and others can go on working."));
    for (QSpinBox *box : {m_mostRows, m_mostArchives})
        box->setRange(0, 1'000'000);
    m_mostRows->setObjectName(u"mostRows"_s);
    m_mostPercent->setObjectName(u"mostPercent"_s);
    m_mostPercent->setRange(0, 100);
    m_mostPercent->setSuffix(tr(" %"));
    m_mostPercent->setToolTip(tr("Of the portal's contacts, or of its companies."));
    m_mostArchives->setObjectName(u"mostArchives"_s);
    for (QSpinBox *box : {m_mostRows, m_mostPercent, m_mostArchives})
        box->setSpecialValueText(tr("no limit"));
    int wide = 0;
    for (const QSpinBox *box : {m_reserve, m_mostRows, m_mostPercent, m_mostArchives})
        wide = std::max(wide, box->sizeHint().width());
    for (QSpinBox *box : {m_reserve, m_mostRows, m_mostPercent, m_mostArchives})
        box->setMinimumWidth(wide);
    m_archives->setObjectName(u"archives"_s);
    m_remote->setObjectName(u"remote"_s);
    m_kind->setObjectName(u"kind"_s);
    m_address->setObjectName(u"address"_s);
    m_messages->setObjectName(u"messages"_s);
    m_label->setObjectName(u"label"_s);
    m_confirmation->setObjectName(u"confirmation"_s);
    m_protected->setObjectName(u"protected"_s);
    m_protected->setPlaceholderText(tr("Names, separated by commas"));
}

void ConnectionDialog::build()
{
    m_form = new QFormLayout;
    QFormLayout *form = m_form;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("&Label:"), m_label);
    form->addRow(tr("&Kind of portal:"), m_kind);
    form->addRow(tr("Color:"), m_colour);
    form->addRow(tr("HubSpot API &version:"), m_version);
    form->addRow(tr("&Portal's address:"), m_address);
    form->addRow(QString(), m_remote);
    form->addRow(tr("&IDM server:"), m_server);
    form->addRow(tr("L&eave to other programs:"), m_reserve);
    form->addRow(tr("&Most records in one run:"), m_mostRows);
    form->addRow(tr("Largest &share of records written in one run:"), m_mostPercent);
    form->addRow(QString(), m_archives);
    form->addRow(tr("M&ost records archived in one run:"), m_mostArchives);
    form->addRow(tr("P&rotected properties:"), m_protected);
    form->addRow(tr("This allows more on a production portal. &Type its label:"), m_confirmation);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_messages);
    column->addLayout(form);
    column->addStretch();
    column->addWidget(buttons);
    tabInOrder({m_label, m_kind, m_colour, m_version, m_address, m_remote, m_server, m_reserve,
                m_mostRows, m_mostPercent, m_archives, m_mostArchives, m_protected, m_confirmation,
                m_ok});
    resize(std::max(sizeHint().width(), fontMetrics().averageCharWidth() * 70),
           sizeHint().height());
    connect(buttons, &QDialogButtonBox::accepted, this, &ConnectionDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ConnectionDialog::offer(const QList<Server> &servers)
{
    const QString chosen = connection().server;
    while (m_server->count() > 1)
        m_server->removeItem(1);
    for (const Server &server : servers)
        m_server->addItem(iconOf(server.kind), server.label, server.id);
    showServer(chosen);
}

/// One that is not on offer stays what it is until another is chosen.
void ConnectionDialog::showServer(const QString &id)
{
    if (m_server->findData(id) < 0)
        m_server->addItem(tr("A server that was forgotten"), id);
    m_server->setCurrentIndex(m_server->findData(id));
    m_form->setRowVisible(m_server, m_server->count() > 1);
}

void ConnectionDialog::connectFields()
{
    // What was said of an address that is another one now.
    connect(m_address, &QLineEdit::textEdited, m_messages, &MessageBar::dismiss);
    connect(m_remote, &QCheckBox::clicked, m_messages, &MessageBar::dismiss);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ConnectionDialog::check);
    for (QLineEdit *line : {m_label, m_confirmation, m_protected})
        connect(line, &QLineEdit::textChanged, this, &ConnectionDialog::check);
    for (QSpinBox *box : {m_mostRows, m_mostPercent, m_mostArchives})
        connect(box, &QSpinBox::valueChanged, this, &ConnectionDialog::check);
    for (QCheckBox *box : {m_archives, m_remote})
        connect(box, &QCheckBox::toggled, this, &ConnectionDialog::check);
}

void ConnectionDialog::fillFields(const Connection &connection)
{
    m_label->setText(connection.label);
    m_kind->setCurrentIndex(m_kind->findData(int(connection.kind)));
    m_colour->setColour(connection.colour);
    m_version->setCurrentIndex(m_version->findData(int(connection.apiVersion)));
    m_address->setText(connection.baseUrl.toString());
    m_remote->setChecked(connection.allowRemoteBaseUrl);
    showServer(connection.server);
    m_reserve->setValue(connection.reserve);
    m_mostRows->setValue(connection.policy.mostRows);
    m_mostPercent->setValue(connection.policy.mostPercent);
    m_mostArchives->setValue(connection.policy.mostArchives);
    m_archives->setChecked(connection.policy.archiveAllowed);
    m_protected->setText(connection.policy.protectedProperties.join(u", "_s));
    showLimits();
}

void ConnectionDialog::lock(const PortalLimits &limits)
{
    m_limits = limits;
    showLimits();
    check();
}

void ConnectionDialog::showLimits()
{
    const WritePolicy &own = m_before.policy;
    const auto show = [this](QSpinBox *box, int value, const std::optional<Ruled<int>> &limit) {
        if (!isLocked(value, limit))
            return;
        box->setValue(limit->value);
        lockByPolicy(box, policyNote(m_limits.file, limit->place));
    };
    show(m_mostRows, own.mostRows, m_limits.mostRows);
    show(m_mostPercent, own.mostPercent, m_limits.mostPercent);
    show(m_mostArchives, own.mostArchives, m_limits.mostArchives);
    if (m_limits.noArchiving) {
        m_archives->setChecked(false);
        lockByPolicy(m_archives, policyNote(m_limits.file, *m_limits.noArchiving));
    }
    QStringList names;
    for (const Ruled<QString> &name : m_limits.protectedProperties)
        names.append(name.value);
    if (names.isEmpty())
        return;
    const QString note = policyNote(m_limits.file, m_limits.protectedProperties.constFirst().place);
    //: %1 lists names of properties.
    m_protected->setToolTip(tr("Protected besides these: %1").arg(names.join(u", "_s)) + u'\n'
                            + note);
    m_protected->setAccessibleDescription(m_protected->toolTip());
}

void ConnectionDialog::follow(const Connection &now)
{
    if (now.id != m_before.id)
        return reject(); // Another one is open; these settings were not meant for it.
    const ConnectionMerge merge = merged(m_before, connection(), now);
    m_before = now;
    fillFields(merge.merged);
    check();
    if (merge.contested.isEmpty())
        return;
    QStringList names;
    for (const ConnectionSetting setting : merge.contested)
        names.append(textOf(setting));
    //: %1 lists names of settings.
    const QString sentence = tr("Another program has changed what you edited: %1");
    m_messages->showMessage(MessageBar::Warning, sentence.arg(names.join(u", "_s)),
                            tr("OK saves what the fields show."));
}

Connection ConnectionDialog::connection() const
{
    static const QRegularExpression separators(u"[,;\\s]+"_s);
    Connection after = m_before;
    after.label = m_label->text().trimmed();
    setKind(after, ConnectionKind(m_kind->currentData().toInt()));
    after.colour = m_colour->colour();
    after.apiVersion = ApiVersion(m_version->currentData().toInt());
    after.baseUrl = QUrl(m_address->text().trimmed(), QUrl::StrictMode);
    after.allowRemoteBaseUrl = m_remote->isChecked();
    after.server = m_server->currentData().toString();
    after.reserve = m_reserve->value();
    const WritePolicy &own = m_before.policy;
    if (!isLocked(own.mostRows, m_limits.mostRows))
        after.policy.mostRows = m_mostRows->value();
    if (!isLocked(own.mostPercent, m_limits.mostPercent))
        after.policy.mostPercent = m_mostPercent->value();
    if (!isLocked(own.mostArchives, m_limits.mostArchives))
        after.policy.mostArchives = m_mostArchives->value();
    if (!m_limits.noArchiving)
        after.policy.archiveAllowed = m_archives->isChecked();
    after.policy.protectedProperties = m_protected->text().split(separators, Qt::SkipEmptyParts);
    return after;
}

void ConnectionDialog::accept()
{
    const Connection after = connection();
    const QString typed = m_address->text().trimmed();
    if (!typed.isEmpty() && (!after.baseUrl.isValid() || after.baseUrl.host().isEmpty())) {
        m_messages->showMessage(MessageBar::Failure,
                                //: %1 is what was typed as an address.
                                tr("“%1” is not the address of a portal.").arg(typed),
                                tr("Give scheme, host and port, as in http://127.0.0.1:8080."));
        m_address->setFocus();
        return;
    }
    if (!typed.isEmpty()) {
        if (const auto usable = checkBaseUrl(after.baseUrl, after.allowRemoteBaseUrl); !usable) {
            m_messages->showError(usable.error(), Situation::SavingConnection);
            m_address->setFocus();
            return;
        }
    }
    const auto saved = m_save(m_before, after);
    if (saved)
        return QDialog::accept();
    const bool isSaid = saved.error().kind == ErrorKind::Conflict && m_messages->isVisible();
    if (!isSaid) // By follow(), with the names of the settings.
        m_messages->showError(saved.error(), Situation::SavingConnection);
}

void ConnectionDialog::check()
{
    m_mostArchives->setEnabled(m_archives->isChecked()
                               && !isLocked(m_before.policy.mostArchives, m_limits.mostArchives));
    const bool lifts = liftsGuard(m_before, connection());
    m_form->setRowVisible(m_confirmation, lifts);
    m_ok->setEnabled(!m_label->text().trimmed().isEmpty()
                     && (!lifts || m_confirmation->text().trimmed() == m_before.label));
}

} // namespace hubkeeper
