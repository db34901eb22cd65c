// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "journal/headkeeper.h"
#include "secrets/secretstore.h"

namespace hubkeeper {

/// What the journal of this computer is sealed with.
struct JournalKey
{
    Secret key; ///< Empty: entries get no seal.
    std::shared_ptr<HeadKeeper> keeper; ///< Null without a key.
    QString whyNone; ///< A sentence, where there is no key.
};

/// The key of the journal, which is made when it is first needed, and where the journal ended, both
/// from the keychain. Programs that look for it at the same time agree on one key: who makes it
/// holds a lock (Paths::data) and reads it back. A store that forgets makes none: the journal
/// outlasts it. Never fails, but may be cancelled; `secrets` must outlive the key's keeper.
[[nodiscard]] Call<std::shared_ptr<const JournalKey>> *
findJournalKey(SecretStore &secrets, const Paths &paths, QObject *parent);

/// Where the end of the journal in Paths::data is kept, beside journalKeyId(). Programs with other
/// folders (`--profile`) have the same keychain and a journal of their own: each has its own end.
[[nodiscard]] SecretId journalHeadId(const Paths &paths);

} // namespace hubkeeper
