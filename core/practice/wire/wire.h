// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <utility>

namespace hubkeeper::practice {

using HeaderList = QList<std::pair<QByteArray, QByteArray>>;

/// A request as it came over the wire, body complete and unchunked.
struct Received
{
    QByteArray method; ///< "GET", "POST", ... in upper case as sent.
    QByteArray path; ///< Percent-encoded, without the query.
    QByteArray query; ///< Percent-encoded, without the "?".
    HeaderList headers; ///< Names in lower case, in the order sent.
    QByteArray body;
    bool keepAlive = true; ///< False for HTTP/1.0 or "Connection: close".

    /// The first header of that name (lower case), or nothing.
    [[nodiscard]] QByteArray header(QByteArrayView name) const
    {
        for (const auto &[key, value] : headers) {
            if (key == name)
                return value;
        }
        return {};
    }
};

/// How an answer ends on the wire; everything but Whole is a fault.
enum class Ending {
    Whole, ///< Sent as it is.
    Drop, ///< Not one byte; the connection is closed in the orderly way (FIN).
    Reset, ///< Not one byte; the connection is reset.
    Cut, ///< Head and `cutAfter` bytes of the body, then the connection is closed.
    Silent, ///< Nothing at all; the client's time-out has to end it.
    Endless, ///< A chunked body that never ends: filler after the body until the client leaves.
};

/// How an answer travels.
struct Delivery
{
    std::chrono::milliseconds delay {0}; ///< Before the first byte, in real time.
    Ending ending = Ending::Whole;
    qsizetype cutAfter = 0; ///< Bytes of the body, for Ending::Cut.
    qsizetype chunkBytes = 0; ///< When above 0: chunked, this much per chunk.
    std::chrono::milliseconds chunkPause {0}; ///< Between two chunks.
};

/// What to answer, and how badly.
struct Answer
{
    int status = 200;
    QByteArray body;
    QByteArray contentType = "application/json;charset=utf-8"; ///< Left out when empty.
    HeaderList headers;
    Delivery delivery;
};

} // namespace hubkeeper::practice
