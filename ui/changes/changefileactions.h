// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "widgets/errortext.h"

#include <QObject>

#include <memory>

class QAction;
class QWidget;

namespace hubkeeper {

class CallBar;
class Masking;
class MessageBar;
class Session;
struct OwnSigningKey;
struct SessionServices;

/// Change sets as files: saves the one of the session, and adds those of a file to what is staged.
/// Asks where something is staged already. What went wrong is in the message bar until the next
/// file.
class ChangeFileActions final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the parent of its dialogs.
    ChangeFileActions(const Masking &masking, MessageBar &message, CallBar &progress,
                      QWidget *window);
    ~ChangeFileActions() override;

    /// Null for none. Ends what was under way.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] QAction *saveAction() const { return m_save; }
    [[nodiscard]] QAction *openAction() const { return m_open; }
    /// Signs a file that somebody else has saved; it needs no session.
    [[nodiscard]] QAction *signAction() const { return m_sign; }
    /// Where the signing keys are; without them nothing can be signed.
    void setServices(const SessionServices &services);
    void updateActions(bool isBusy);

    /// Asks for a file and writes it at once, for a window that closes; false if that was cancelled
    /// or failed. Not for many rows.
    [[nodiscard]] bool saveNow();
    /// Adds the changes of a file to those that are staged, and asks where there are some.
    void openFile(const QString &path);
    /// Signs it with the user's key, and asks which one where there are several.
    void signFile(const QString &path);

signals:
    void statusMessage(const QString &text);

private:
    void save();
    void open();
    [[nodiscard]] QString askWhereToSave();
    void onSaved(const Result<void> &saved);
    void onRead(const Result<ExchangedChanges> &file);
    void askHowToAdd(const std::shared_ptr<const ExchangedChanges> &file);
    void add(const ExchangedChanges &file, Adding adding);
    void onAdded(const AddedRows &added, const ExchangedChanges &file);
    void showSignatures(const ExchangedChanges &file);
    void sign();
    void signWith(const QString &path, const OwnSigningKey &key);
    void showError(const Error &error, Situation situation);
    void showNotSigned(const Error &error);

    const Masking &m_masking;
    MessageBar &m_message;
    CallBar &m_progress;
    QWidget *m_window;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work; // Parent of what runs for the session.
    QAction *m_save;
    QAction *m_open;
    QAction *m_sign;
    std::unique_ptr<const SessionServices> m_services;
    QObject m_signing; // Parent of what signs.
};

} // namespace hubkeeper
