// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"
#include "session/connections/connection.h"
#include "session/secrets/secretplaces.h"
#include "widgets/choice.h"

#include <QObject>
#include <QPointer>

#include <optional>

class QMenu;

namespace hubkeeper {

class CallBar;
class ConnectionRegistry;
class MessageBar;
class SecretVault;

/// What the dialog about secrets works with; all must outlive it.
struct SecretsServices
{
    const ConnectionRegistry &registry;
    SessionServices session;
    SecretVault *vault = nullptr; ///< To keep secrets for this session; may be null.
    QPointer<Document> document =
        {}; ///< The provisioner of the open connection; may be null, or go.
};

/// What can be done with a secret that is somewhere: out of its file, for this session only, to
/// another connection, forgotten, a substitution in its place. It asks before anything is replaced
/// or lost, and says what was done, in the message bar of whoever owns it; a question goes with
/// its answer, and when forgetQuestion() is called.
class SecretMoves final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    SecretMoves(const SecretsServices &services, MessageBar &messages, CallBar &progress,
                QObject *parent);

    /// "Client secret of ACME EU".
    [[nodiscard]] static QString nameOf(const SecretPlace &place);

    void takeOutOfFile(const SecretPlace &place);
    void keepForSession(const SecretPlace &place);
    void askToForget(const SecretPlace &place);
    /// The connections it could go to; moves it to the one that is chosen.
    void fillTargets(QMenu &menu, const SecretPlace &place);

    /// After a secret of `place` was stored, moved or removed: says so, and offers a substitution
    /// where the open file holds nothing for it, as it could not be deployed like this.
    void showDone(const QString &said, const SecretPlace &place);
    /// `said`, or why it was not done; emits changed() in the first case.
    void report(const QString &said, const Result<void> &outcome);
    /// A button of a message; choices that it did not offer are ignored.
    void answer(Choice choice);
    /// Another secret is selected: a question about this one is not asked any more.
    void forgetQuestion();

signals:
    /// At least one secret was stored, moved or removed.
    void changed();
    /// What is known of the places is out of date.
    void outdated();

private:
    template <typename T>
    Call<T> *watched(Call<T> *call);
    [[nodiscard]] bool isOpen(const SecretPlace &place) const;
    void ask(const SecretPlace &place, const QString &question, const QString &detail,
             Choice choice, const QString &yes);
    void askToTakeOut(const SecretPlace &place);
    void takeOutOfOpenFile(const SecretPlace &place);
    void takeOutOfClosedFile(const SecretPlace &place);
    void askToMoveTo(const SecretPlace &place, const Connection &target);
    void moveTo(const SecretPlace &place, const Connection &target);
    void forget(const SecretPlace &place);
    void putSubstitution(const SecretPlace &place);

    const SecretsServices m_services;
    MessageBar &m_messages;
    CallBar &m_progress;
    std::optional<SecretPlace> m_asked; ///< What the question is about, or the offer.
    std::optional<Connection> m_target; ///< Where it would go.
};

} // namespace hubkeeper
