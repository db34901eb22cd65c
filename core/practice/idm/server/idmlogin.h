// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/routes/idmroutes.h"

namespace hubkeeper::practice {

/// Who a request comes from; and what the answer hands out.
struct IdmSession
{
    IdmCaller caller;
    QByteArray newCookie; ///< Value of session-jwt to set; empty: none.
    bool isByCookie = false;
};

/// Login by headers, Basic, cookie or bearer token, as the profile has them (idm-rest 1.1). 401
/// "Access Denied" for everything else.
[[nodiscard]] CrestOutcome<IdmSession> logIn(IdmState &state, const Received &request);

/// Whether the caller may do this: others than administrators read info only, and a call that is
/// not a read needs a header that no web page of another site can send.
[[nodiscard]] CrestOutcome<void> authorize(const IdmSession &session, const Received &wire,
                                           const CrestRequest &request);

/// The actions of `authentication`.
CrestReply authenticationRoute(IdmState &state, const Received &wire, const CrestRequest &request,
                               const IdmCaller &caller);

} // namespace hubkeeper::practice
