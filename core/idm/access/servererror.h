// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"

#include <QJsonValue>

namespace hubkeeper {

/// What an answer of an IDM server that is not 2xx means. The server's own words are un-escaped
/// (it writes its messages as HTML), without secrets and cut. A page of HTML is not IDM: a wrong
/// address or context path, a load balancer, or a server that is still starting. A 401 below
/// `system/` is the connector's login to HubSpot, not ours.
[[nodiscard]] Error serverErrorFrom(const HttpReply &reply, const QString &path);

/// The body of an answer with status 2xx. Fails with BadReply if it is not JSON, and with what
/// `error` says where the body has one: a query that broke off in the middle is not complete.
[[nodiscard]] Result<QJsonValue> serverBodyFrom(const HttpReply &reply, const QString &path);

/// Whether a server says that it does not have what was asked for, or not for this login.
[[nodiscard]] bool isNotOffered(const Error &error);

/// Entities of HTML as the characters they stand for.
[[nodiscard]] QString unescaped(const QString &text);

} // namespace hubkeeper
