// SPDX-License-Identifier: MIT
#pragma once

#include "idm/configuration/configobjects.h"
#include "idm/writing/serverwrite.h"

namespace hubkeeper {

/// One configuration object to be written to a server, or to be deleted there.
struct ConfigWrite
{
    ConfigObject object; ///< As it is to be; may hold secrets in clear text. Not used to delete.
    std::optional<ConfigObject> seen; ///< What was there when it was decided; nothing: it is new.
    bool deletes = false;

    [[nodiscard]] ChangeKind kind() const;
};

/// What became of it.
struct ConfigWriteOutcome
{
    std::optional<ConfigObject> now; ///< As read back; nothing after a delete.
    /// Values that are not what was sent, as pointers; secrets are not compared.
    QStringList different;
    QString run; ///< Its id in the journal.
};

/// Writes a configuration object by writeToServer():
///
/// - A server compares no revisions of configuration, so this does: what is there now has to be
///   what was seen; else it fails with Conflict and nothing is sent.
/// - New objects are sent with If-None-Match: *, others with If-Match: * (idm-rest 2.1).
/// - The journal has the object before and after as the server gives it, secrets encrypted; the
///   intent has no secrets.
/// - If the answer is lost, what is there afterwards decides; it fails with OutcomeUnknown where
///   that cannot be read or is neither the old nor the new one.
/// - Fails as the guard and IdmClient::send(), and with Storage or NotSaved (the journal).
[[nodiscard]] Call<ConfigWriteOutcome> *writeConfig(const ServerWriteContext &context,
                                                    const ConfigWrite &write, QObject *parent);

/// The same as one of several writes of a run.
[[nodiscard]] std::shared_ptr<ServerWrite> serverWriteOf(const ConfigWrite &write);

/// The same object without secrets in clear text: for the journal and the screen.
[[nodiscard]] QJsonObject withoutSecrets(QJsonObject value);

/// Pointers at which two objects differ, in order; where one of them has a `$crypto` block, it is
/// not compared. Pure.
[[nodiscard]] QStringList differences(const QJsonObject &sent, const QJsonObject &now);

/// The object that a row of the journal had before it; nothing if it was new. Fails with
/// InvalidInput if the row is of something else.
[[nodiscard]] Result<std::optional<ConfigObject>> objectBefore(const JournalRow &row);
/// The object that was there after it, likewise; nothing if it was deleted, or could not be read.
[[nodiscard]] Result<std::optional<ConfigObject>> objectAfter(const JournalRow &row);

/// What takes a row back: the object before it, or its deletion if it made a new one. `now` is what
/// the server has; it has to be what the row left, else somebody else has written since, and this
/// fails with Conflict. Nothing if it is as it was before already. Pure.
[[nodiscard]] Result<std::optional<ConfigWrite>> takenBack(const JournalRow &row,
                                                           const std::optional<ConfigObject> &now);

} // namespace hubkeeper
