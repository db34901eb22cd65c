// SPDX-License-Identifier: MIT
#pragma once

#include "practice/wire/wire.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <tl/expected.hpp>

#include <optional>

namespace hubkeeper::practice {

/// What a resource of the practice IDM answers, before it is put into bytes. Messages of errors are
/// kept as they are; escapedMessage() is applied on the way out.
struct CrestReply
{
    int status = 200;
    QJsonValue json = QJsonValue::Undefined; ///< Object or array; undefined: no body.
    QString createdId; ///< With 201: what Location ends in.
    std::chrono::milliseconds delay {0}; ///< A connector that takes its time.

    [[nodiscard]] bool isError() const { return status >= 400; }
};

/// A value, or the reply that refuses the request.
template <typename T>
using CrestOutcome = tl::expected<T, CrestReply>;

[[nodiscard]] inline tl::unexpected<CrestReply> refuse(CrestReply reply)
{
    return tl::unexpected<CrestReply>(std::move(reply));
}

[[nodiscard]] CrestReply crestReply(QJsonValue json, int status = 200);

/// {"code","reason","message"[,"detail"]}, the shape of every error (idm-rest 1.4).
[[nodiscard]] CrestReply crestError(int code, const QString &message,
                                    const QJsonValue &detail = QJsonValue::Undefined);

/// 404 "Resource '…' not found", of paths that nobody serves.
[[nodiscard]] CrestReply noResource(const QStringList &path);

/// 501 "The QUERY operations are not supported".
[[nodiscard]] CrestReply unsupportedOperations(const QString &operation);

/// A message as it goes over the wire: OpenIDM 6.3.0 was seen to escape & < > " '; recorded
/// commercial answers escape = as well.
[[nodiscard]] QString escapedMessage(const QString &message, bool escapesEquals);

} // namespace hubkeeper::practice
