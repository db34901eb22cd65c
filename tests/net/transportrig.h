// SPDX-License-Identifier: MIT
#pragma once

#include "net/qnamtransport.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedserver.h"

namespace hubkeeper::test {

inline HttpRequest get(const QString &path = QStringLiteral("/crm/v3/objects/contacts"))
{
    HttpRequest request;
    request.path = path;
    return request;
}

inline HttpRequest post(Repeat repeat, const QByteArray &body = R"({"properties":{}})")
{
    HttpRequest request = get();
    request.verb = Verb::Post;
    request.body = body;
    request.repeat = repeat;
    return request;
}

inline TransportOptions optionsFor(const QUrl &base)
{
    TransportOptions options;
    options.base = base;
    options.silence = std::chrono::seconds(3);
    return options;
}

inline TransportOptions optionsFor(const ScriptedServer &server)
{
    return optionsFor(server.url());
}

inline Secret token()
{
    return Secret(std::string_view("pat-na1-0123"));
}

inline WireAnswer always(const WireRequest &)
{
    return {};
}

} // namespace hubkeeper::test
