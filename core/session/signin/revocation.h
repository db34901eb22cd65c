// SPDX-License-Identifier: MIT
#pragma once

#include "net/qnamtransport.h"
#include "portal/access/oauth.h"
#include "portal/objecttype.h"

namespace hubkeeper {

/// Ends a refresh token at the portal (hubspot-api 3.5). Whoever still uses it, an IDM server for
/// instance, is refused from then on; the app stays installed. An unknown token counts as ended.
/// Fails as the transport does, or with Unauthorized if the app's credentials are refused.
class Revocation final : public Call<void>
{
public:
    /// `app` names the app that was granted the token, and the token.
    Revocation(const TransportOptions &transport, ApiVersion version, const OAuthCredentials &app,
               QObject *parent);
    ~Revocation() override;

private:
    void onReply(const Result<HttpReply> &reply);

    QnamTransport m_transport;
};

} // namespace hubkeeper
