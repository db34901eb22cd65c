// SPDX-License-Identifier: MIT
#pragma once

#include "connect/secretmoves.h"
#include "widgets/choice.h"

#include <QDialog>

class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace hubkeeper {

class CallBar;
class MessageBar;
class SecretPlacesModel;
struct LeakReport;

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
    /// The keychain was asked and answered.
    void keychainAnswered();

private:
    void build();
    QWidget *buildFields();
    QWidget *buildMoves();
    void showWhere();
    void look();
    void showPlaces(const QList<SecretPlace> &places);
    void showSelection();
    [[nodiscard]] const SecretPlace *selected() const;
    void storeNext();
    void onStored(QLineEdit *field, const Result<void> &outcome);
    void showLeaks(const LeakReport &report);
    void onMessageButton(Choice button);

    const Connection m_connection;
    const SecretsServices m_services;
    SecretPlacesModel *m_places;
    MessageBar *m_messages;
    CallBar *m_progress;
    SecretMoves *m_moves;
    QLabel *m_where;
    QTreeView *m_table;
    QGroupBox *m_entry = nullptr;
    QList<QLineEdit *> m_fields; // Named after the secrets.
    QPushButton *m_store = nullptr;
    QPushButton *m_takeOut = nullptr;
    QPushButton *m_keep = nullptr;
    QPushButton *m_move = nullptr;
    QPushButton *m_forget = nullptr;
    QPushButton *m_check = nullptr;
    SecretId m_last; // Stays selected while the table is filled again.
};

} // namespace hubkeeper
