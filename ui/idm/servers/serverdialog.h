// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/server.h"

#include <QDialog>
#include <QPointer>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace hubkeeper {

class ColourChoice;
class AccountKeyField;
class CallBar;
class CallBase;
class CurrentServer;
class MessageBar;

/// Adds a server, or changes one: address, login, certificate and proxy, label, colour, kind, write
/// mode, profile. A password, token or key that is given goes to the keychain, or is kept for this
/// session. What lifts a guard of a production server (liftsGuard()) asks for its label, typed.
/// "Test" asks who answers, with what the fields say, and saves nothing.
class ServerDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `servers` must outlive the dialog; `server` without an id is a new one.
    ServerDialog(CurrentServer &servers, const Server &server, QWidget *parent);
    ~ServerDialog() override;

    /// The server as the fields have it. Fails with InvalidInput for an address or a proxy that is
    /// none.
    [[nodiscard]] Result<Server> server() const;
    /// The id it was saved under; empty before.
    [[nodiscard]] QString savedId() const { return m_savedId; }

    /// Saves; stays open if that fails, and says why.
    void accept() override;

private:
    void fillChoices();
    void build();
    [[nodiscard]] QFormLayout *buildFields();
    void connectFields();
    void fillFields();
    void check();
    void test();
    void store();
    void showLogin();
    void lockModes();
    [[nodiscard]] LoginKind login() const;
    [[nodiscard]] std::optional<Secret> givenSecret() const;
    [[nodiscard]] bool isGuardLifted() const;

    CurrentServer &m_servers;
    Server m_before;
    QString m_savedId;
    QPointer<CallBase> m_testing;
    MessageBar *m_messages;
    CallBar *m_progress;
    QFormLayout *m_form = nullptr;
    QLineEdit *m_label;
    QLineEdit *m_address;
    QComboBox *m_login;
    QLineEdit *m_user;
    QLineEdit *m_account; // The id of a service account.
    AccountKeyField *m_key;
    QLineEdit *m_secret;
    QCheckBox *m_keeps; // The secret goes to the keychain.
    QComboBox *m_kind;
    QComboBox *m_mode;
    ColourChoice *m_colour;
    QComboBox *m_profile;
    QCheckBox *m_selfSigned;
    QCheckBox *m_hostName;
    QLineEdit *m_proxy;
    QLineEdit *m_confirmation;
    QPushButton *m_test = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace hubkeeper
