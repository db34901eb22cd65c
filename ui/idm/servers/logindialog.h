// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"
#include "session/idm/server.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace hubkeeper {

class AccountKeyField;

/// Asks for the password, token or key of one server.
class LoginDialog final : public QDialog
{
    Q_OBJECT

public:
    LoginDialog(const Server &server, QWidget *parent);

    [[nodiscard]] Secret secret() const;
    /// Whether it is to go to the keychain as well.
    [[nodiscard]] bool isToBeStored() const;

private:
    void check();

    QLineEdit *m_secret = nullptr; // Null for a service account.
    AccountKeyField *m_key = nullptr; // Null for others.
    QCheckBox *m_keeps;
    QPushButton *m_ok;
};

} // namespace hubkeeper
