// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

#include <QPointer>

namespace hubkeeper {

class Journal;
class Session;
struct AccountDetails;

/// What a connection's change set holds when it is opened again, and where it is kept from now on.
struct RestoredChanges
{
    int waiting = 0; ///< Rows that Apply would send, without those of unknown outcome.
    int unknown = 0; ///< Rows that may have been sent.
    int applied = 0;
    /// Another window or program has it open, e.g. "process 4711 on desk": nothing came back, and
    /// what is staged here is not kept. Empty otherwise.
    QString takenBy;
    /// Something that was kept could not be read and lies aside now, as its remedy says.
    std::optional<Error> setAside;

    [[nodiscard]] bool isEmpty() const { return waiting + unknown + applied == 0; }
};

/// Takes back the edits staged in a connection and portal, so that a crash loses none, and keeps
/// them from now on in a file of their own below Paths::data (changes/CONNECTION-PORTAL.sqlite).
///
/// - The portal is asked for first. Without an answer the file used last is opened; without one the
///   call waits until the portal is known. Edits made before are added.
/// - What was being sent when the program ended is looked up in the journal: applied, refused, not
///   sent, or unknown.
/// - A file of version 1 (changes/CONNECTION.json) is taken over and removed.
///
/// For programs that stay open, once for each session. Fails as ChangeStore::open() does; edits
/// then stay in memory.
class KeepChanges final : public Call<RestoredChanges>
{
public:
    /// `session` must outlive the call.
    KeepChanges(Session &session, QObject *parent);

private:
    void askPortal();
    void onPortal(const Result<AccountDetails> &account);
    void open(const QString &path, const ChangeBinding &binding);
    void onOpened(const ChangeStore::Opened &opened);
    void readOldDraft();
    void onOldDraft(const Result<std::vector<RowChange>> &rows);
    void removeOldDraft();
    void finish();
    [[nodiscard]] QString pathFor(qint64 portalId) const;
    [[nodiscard]] QString oldDraft() const;

    Session &m_session;
    const QString m_folder;
    RestoredChanges m_restored;
    bool m_isAsking = false;
    bool m_isListening = false;
};

/// Gives rows that were being sent the outcome the journal has of them; what is in no journal was
/// not sent. A slice of rows at a time, and nothing waits for the journal. Fails with Storage if
/// that cannot be read: then they are Unknown. `changes` and `journal` must outlive the call.
[[nodiscard]] Call<void> *finishInterrupted(ChangeSet &changes, Journal &journal, QObject *parent);

} // namespace hubkeeper
