// SPDX-License-Identifier: MIT
#pragma once

#include "connect/secretplacesmodel.h"
#include "session/connections/connectionregistry.h"
#include "widgets/choice.h"

#include <QDialog>

class QGroupBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QTreeView;

namespace hubkeeper {

class CallBar;
class Document;
class MessageBar;
struct LeakReport;

/// What the dialog works with; all must outlive it.
struct SecretsServices
{
    const ConnectionRegistry &book;
    SessionServices session;
    SecretVault *vault = nullptr; ///< To keep secrets for this session; may be null.
    Document *document = nullptr; ///< The provisioner of the open connection; may be null.
};

/// "Where Are My Secrets?": every secret of every connection with its places and last use; enter,
/// move, forget, and a search for leaks. Nothing is ever read back into a field, nothing is copied;
/// a field that stays empty changes nothing.
class SecretsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `connection` is the open one; its secrets are selected.
    SecretsDialog(const Connection &connection, const SecretsServices &services, QWidget *parent);

    /// Stores once more what is in the fields, and looks again where the secrets are.
    void retry();
    /// Searches the files the program wrote.
    void checkForLeaks();

signals:
    /// At least one secret was stored, moved or removed.
    void secretsChanged();
    /// No keychain answers and the user wants secrets kept in memory. The receiver changes the
    /// store, then calls retry().
    void sessionOnlyWanted();
    /// The user wants to sign in instead of typing a token.
    void connectWanted();

private:
    void build();
    QWidget *buildFields();
    QWidget *buildMoves();
    void showWhere();
    void look();
    void showPlaces(const QList<SecretPlace> &places);
    void showSelection();
    [[nodiscard]] const SecretPlace *selected() const;
    [[nodiscard]] QString nameOf(const SecretPlace &place) const;

    void storeNext();
    void onStored(QLineEdit *field, const Result<void> &outcome);
    [[nodiscard]] bool isOpen(const SecretPlace &place) const;
    void takeOutOfFile();
    void askToReplaceFromFile(const SecretPlace &place);
    void takeOutOfOpenFile(const SecretPlace &place);
    void askToTakeOut(const SecretPlace &place);
    void takeOutOfClosedFile();
    void keepForSession();
    void fillMoveMenu();
    void askToMoveTo(const Connection &target);
    void askToReplace(const SecretPlace &place, const Connection &target);
    void moveTo(const SecretPlace &place, const Connection &target);
    void askToForget();
    void forget();
    /// Says what was done; offers a substitution where the open file holds nothing for the secret,
    /// as it could not be deployed like this.
    void showDone(const QString &said, const QString &secret);
    void putSubstitution();
    void onChanged(const QString &said, const Result<void> &outcome);
    void showLeaks(const LeakReport &report);
    void onMessageButton(Choice button);

    const Connection m_connection;
    const SecretsServices m_services;
    SecretPlacesModel *m_places;
    MessageBar *m_messages;
    CallBar *m_progress;
    QLabel *m_where;
    QTreeView *m_table;
    QGroupBox *m_entry = nullptr;
    QList<QLineEdit *> m_fields; // Named after the secrets.
    QPushButton *m_store = nullptr;
    QPushButton *m_takeOut = nullptr;
    QPushButton *m_keep = nullptr;
    QPushButton *m_move = nullptr;
    QMenu *m_moveMenu = nullptr;
    QPushButton *m_forget = nullptr;
    QPushButton *m_check = nullptr;
    std::optional<SecretPlace> m_asked; ///< What the question in the message bar is about.
    std::optional<Connection> m_target; ///< Where it would go.
    QString m_substituted; ///< The secret that a substitution was offered for.
    SecretId m_last; // Stays selected while the table is filled again.
};

} // namespace hubkeeper
