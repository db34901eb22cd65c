// SPDX-License-Identifier: MIT
#include "idm/servers/logindialog.h"

#include "idm/servers/accountkeyfield.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

LoginDialog::LoginDialog(const Server &server, QWidget *parent)
    : QDialog(parent)
    , m_keeps(new QCheckBox(tr("&Store it in the keychain"), this))
{
    setObjectName(u"loginDialog"_s);
    //: %1 is the label of a server.
    setWindowTitle(tr("Log In to %1").arg(server.label));
    const bool hasUser =
        server.login.kind == LoginKind::StaticUser || server.login.kind == LoginKind::Basic;
    auto *question = new QLabel(this);
    question->setTextFormat(Qt::PlainText);
    question->setWordWrap(true);
    QWidget *field = nullptr;
    const QString address = server.address.toString();
    if (server.login.kind == LoginKind::ServiceAccount) {
        field = m_key = new AccountKeyField(this);
        //: %1 is the id of a service account, %2 the address of a server.
        question->setText(
            tr("&Key of the service account %1 on %2:").arg(server.login.userName, address));
        connect(m_key, &AccountKeyField::changed, this, &LoginDialog::check);
    } else {
        field = m_secret = new QLineEdit(this);
        //: %1 is a user, %2 the address of a server.
        question->setText(hasUser ? tr("&Password of %1 on %2:").arg(server.login.userName, address)
                                  : tr("&Token for %1:").arg(address));
        m_secret->setObjectName(u"secret"_s);
        m_secret->setEchoMode(QLineEdit::Password);
        m_secret->setAccessibleName(hasUser ? tr("Password") : tr("Token"));
        connect(m_secret, &QLineEdit::textChanged, this, &LoginDialog::check);
    }
    question->setBuddy(field);
    m_keeps->setToolTip(tr("Otherwise it is kept until the program ends."));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    check();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(question);
    column->addWidget(field);
    column->addWidget(m_keeps);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 60);
}

void LoginDialog::check()
{
    m_ok->setEnabled(m_key ? m_key->key().has_value() : !m_secret->text().isEmpty());
}

Secret LoginDialog::secret() const
{
    return m_key ? m_key->key().value_or(Secret()) : Secret(m_secret->text().toUtf8());
}

bool LoginDialog::isToBeStored() const
{
    return m_keeps->isChecked();
}

} // namespace hubkeeper
