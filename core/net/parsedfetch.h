// SPDX-License-Identifier: MIT
#pragma once

// The templates of restclient.h; include that instead.

#include "base/poolcall.h"

namespace hubkeeper {

inline constexpr qsizetype largestBodyParsedHere = 256 << 10; // Bytes.

template <typename T, typename Parse>
ParsedFetch<T, Parse>::ParsedFetch(RestClient &client, const HttpRequest &request, Parse parse,
                                   QObject *parent)
    : Call<T>(parent)
{
    const auto checked = [parse, request](const QByteArray &body) -> Result<T> {
        Result<T> parsed = parse(body);
        // What could not be read may have been done all the same.
        if (!parsed && parsed.error().kind == ErrorKind::BadReply
            && request.repeat == Repeat::Never)
            return tl::unexpected(unknownOutcome(request, parsed.error()));
        return parsed;
    };
    client.fetch(request, this)->onDone(this, [this, checked](const Result<HttpReply> &reply) {
        if (!reply)
            return this->complete(tl::unexpected(reply.error()));
        if (reply->body.size() <= largestBodyParsedHere)
            return this->complete(checked(reply->body));
        auto *parsing = new PoolCall<T>(
            [checked, body = reply->body](const std::stop_token &) { return checked(body); }, this);
        parsing->onDone(this, [this](const Result<T> &parsed) { this->complete(parsed); });
    });
}

template <typename T, typename Parse>
Call<T> *RestClient::fetchAs(const HttpRequest &request, Parse parse, QObject *parent)
{
    return new ParsedFetch<T, Parse>(*this, request, std::move(parse), parent);
}

} // namespace hubkeeper
