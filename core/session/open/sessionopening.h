// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/substitutions.h"
#include "session/open/session.h"

namespace hubkeeper {

/// What a session is opened for.
enum class SessionUse {
    Write, ///< With the journal, which needs a disk that can be written.
    Read, ///< Nothing of it is needed: no journal, no place of its own. Writing is not possible.
};

struct OpenOptions
{
    SessionUse use = SessionUse::Write;
    Substitutions substitutions = {}; ///< For what the file leaves to IDM.
};

/// Opens a connection: reads its provisioner, finds its secrets, opens the journal. Sends nothing
/// to the portal.
///
/// A client id in `given` is used instead of the file's. Each secret is taken from `given` if it is
/// there, else from the keychain, else from the file where it is plain text. Fails
/// with InvalidInput (the file; a substitution where a value is needed), NotFound (a secret is
/// nowhere: says which and how to store it), NoKeychain, Refused (the base URL), Storage (the
/// journal).
[[nodiscard]] Call<std::shared_ptr<Session>> *openSession(const Connection &connection,
                                                          const SessionServices &services,
                                                          std::optional<OAuthCredentials> given,
                                                          QObject *parent,
                                                          const OpenOptions &options = {});

} // namespace hubkeeper
