// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QNetworkReply>

namespace hubkeeper {

/// What is known of an exchange that brought no whole reply.
struct BrokenExchange
{
    QNetworkReply::NetworkError error = QNetworkReply::UnknownNetworkError;
    QString text; ///< Qt's own words.
    QString place; ///< "api.hubapi.com:443"
    QString proxy; ///< "host:port", or empty without one.
    bool mayHaveLeft = true; ///< False if certainly no byte of the request was sent.
    bool replyBegan = false; ///< A status line came.
};

/// Says what happened, where, and what to do. Never Cancelled: that is the caller's business.
[[nodiscard]] Error errorFrom(const BrokenExchange &broken);

/// The exchange took longer than `limit`, though bytes came: until its reply began, or from then on
/// until it was whole.
[[nodiscard]] Error tooLongError(const BrokenExchange &broken, std::chrono::milliseconds limit,
                                 bool replyBegan);

/// Nothing arrived for `silence`.
[[nodiscard]] Error silenceError(const BrokenExchange &broken, std::chrono::milliseconds silence);

} // namespace hubkeeper
