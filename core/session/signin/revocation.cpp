// SPDX-License-Identifier: MIT
#include "session/signin/revocation.h"

#include "portal/access/errorfrom.h"
#include "portal/apipaths.h"

namespace hubkeeper {

Revocation::Revocation(const TransportOptions &transport, ApiVersion version,
                       const OAuthCredentials &app, QObject *parent)
    : Call(parent)
    , m_transport(transport)
{
    m_transport.send(revokeRequest(ApiPaths(version).token(), app), Secret(), this)
        ->onDone(this, [this](const Result<HttpReply> &reply) { onReply(reply); });
}

Revocation::~Revocation() = default;

void Revocation::onReply(const Result<HttpReply> &reply)
{
    if (!reply)
        return complete(tl::unexpected(reply.error()));
    if (reply->status / 100 == 2 || reply->status == 404)
        return complete({});
    complete(tl::unexpected(errorFrom(*reply)));
}

} // namespace hubkeeper
