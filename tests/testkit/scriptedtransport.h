// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"

#include <queue>

#include <vector>

namespace hubkeeper::test {

/// Answers requests from a list, in order, and remembers them. An unexpected request fails with
/// BadReply, which shows in the test as the wrong outcome.
class ScriptedTransport final : public HttpTransport
{
public:
    std::queue<Result<HttpReply>> replies;
    std::vector<HttpRequest> sent;
    std::vector<Secret> tokens; ///< As many as `sent`.

    /// Appends a reply.
    void will(int status, const QByteArray &body = "{}", QHash<QByteArray, QByteArray> headers = {})
    {
        replies.push(HttpReply {status, std::move(headers), body});
    }
    void willFail(ErrorKind kind) { replies.push(fail(kind, QStringLiteral("It was scripted."))); }

    [[nodiscard]] QUrl base() const override
    {
        return QUrl(QStringLiteral("https://api.hubapi.com"));
    }
    [[nodiscard]] Call<HttpReply> *send(const HttpRequest &request, const Secret &token,
                                        QObject *parent) override
    {
        sent.push_back(request);
        tokens.push_back(token.clone());
        Result<HttpReply> reply = fail(ErrorKind::BadReply, QStringLiteral("Not in the script."));
        if (!replies.empty()) {
            reply = std::move(replies.front());
            replies.pop();
        }
        return new ReadyCall<HttpReply>(std::move(reply), parent);
    }
};

} // namespace hubkeeper::test
