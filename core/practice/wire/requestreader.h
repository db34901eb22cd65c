// SPDX-License-Identifier: MIT
#pragma once

#include "practice/wire/wire.h"

#include <optional>

namespace hubkeeper::practice {

/// Bounds of what one client may send; beyond them the connection is answered once and closed.
struct WireLimits
{
    qsizetype target = 16'000; ///< Bytes of path and query, else 414 (hubspot-api 11.3).
    qsizetype head = 65'536; ///< Bytes of request line and headers, else 431.
    qsizetype body = 16'777'216; ///< Bytes, else 413.
    int connections = 256; ///< Open at a time; further ones are closed at once.
};

/// Takes HTTP/1.x requests off a stream of bytes. Knows lengths and chunked bodies, nothing of
/// sockets: feed() what came, take() what is complete. After a wire error nothing more is read.
class RequestReader
{
public:
    explicit RequestReader(const WireLimits &limits)
        : m_limits(limits)
    {
    }

    void feed(const QByteArray &bytes) { m_buffer += bytes; }

    /// The next whole request, or nothing while it is not all there.
    [[nodiscard]] std::optional<Received> take();

    /// 0, or the status to answer before closing: 400, 413, 414, 431, 501, 505.
    [[nodiscard]] int wireError() const { return m_error; }

    /// True once after the head of a request with "Expect: 100-continue" was read.
    [[nodiscard]] bool takeContinueWish() { return std::exchange(m_wantsContinue, false); }

private:
    enum class Phase { Head, Length, ChunkSize, ChunkData, ChunkEnd, Trailer, Done };

    bool step();
    bool readHead();
    void readStartLine(const QByteArray &line);
    void readHeaders(const QList<QByteArray> &lines);
    void choosePhase();
    bool readLength();
    bool readChunkSize();
    bool readChunkData();
    bool readTrailer();
    std::optional<QByteArray> takeLine(qsizetype longest);
    bool refuse(int status);

    WireLimits m_limits;
    QByteArray m_buffer;
    Received m_current;
    Phase m_phase = Phase::Head;
    qsizetype m_left = 0; // Bytes missing of the body or of the chunk.
    int m_error = 0;
    bool m_wantsContinue = false;
};

} // namespace hubkeeper::practice
