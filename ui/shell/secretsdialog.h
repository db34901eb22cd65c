// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/secretvalue.h"
#include "secrets/secretstore.h"
#include "session/connection.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace hubkeeper {

class MessageBar;

/// Where the secrets of a connection are, and entering them into the keychain. Nothing is ever
/// read back into a field; a field that stays empty changes nothing.
class SecretsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `canKeepForSession`: whether "Use for this session" may be offered if no keychain answers.
    SecretsDialog(const Connection &connection, SecretStore &store, bool canKeepForSession,
                  QWidget *parent);

signals:
    /// At least one secret was stored or removed.
    void secretsChanged();
    /// No keychain answers and the user wants secrets kept in memory. The receiver changes the
    /// store, then calls retry().
    void sessionOnlyWanted();

public:
    /// Stores once more what is in the fields, and looks again where the secrets are.
    void retry();

private:
    struct Field
    {
        QString name; ///< "clientSecret".
        QLineEdit *edit = nullptr;
        QLabel *state = nullptr;
        QPushButton *forget = nullptr;
    };

    Field addField(const QString &name, const QString &label, class QFormLayout *form);
    void look();
    void showState(const Field &field, const Result<Secret> &stored);
    void storeNext();
    void stored(const Field &field, const Result<void> &outcome);
    void forget(const Field &field);
    [[nodiscard]] SecretForm formInFile(const QString &name) const;

    const Connection m_connection;
    SecretStore &m_store;
    const bool m_canKeepForSession;
    MessageBar *m_messages;
    QLabel *m_where;
    QList<Field> m_fields;
    QPushButton *m_save;
};

} // namespace hubkeeper
