// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/isotime.h"
#include "practice/wire/wire.h"

#include <QJsonObject>
#include <QMap>

namespace hubkeeper::practice {

/// One request as the portal saw it. Tokens, codes and secrets are masked.
struct LoggedRequest
{
    quint64 number = 0; ///< From 1.
    EpochMs at = 0; ///< By the portal's clock.
    QByteArray method;
    QByteArray path;
    QByteArray query;
    HeaderList headers;
    QByteArray body;
    int status = 0; ///< What was answered, or would have been.
    QString fault; ///< Name of the fault that hit it; empty without.
    bool worked = false; ///< The portal did its work, whatever the client saw.
};

/// The last requests, and counts of all of them. Of many large requests fewer are kept: memory does
/// not grow with what clients send.
class RequestLog
{
public:
    /// Bytes of bodies that are kept, but for the last request's.
    static constexpr qsizetype mostBodyBytes = 16 * 1024 * 1024;

    explicit RequestLog(int kept)
        : m_kept(kept)
    {
    }

    void add(LoggedRequest request);
    void clear();

    [[nodiscard]] const QList<LoggedRequest> &requests() const { return m_requests; }
    [[nodiscard]] quint64 total() const { return m_total; }

    /// Requests of that method whose path is exactly this, since the start or clear().
    [[nodiscard]] int count(const QByteArray &method, const QByteArray &path) const;

    /// {"total":n,"counts":{"POST /path":n},"requests":[...]}; the last `newest` requests.
    [[nodiscard]] QJsonObject toJson(int newest) const;

private:
    int m_kept;
    quint64 m_total = 0;
    QList<LoggedRequest> m_requests;
    qsizetype m_bodyBytes = 0; // Of m_requests.
    QMap<QByteArray, int> m_counts; // "METHOD path"
};

/// The request with every credential replaced: the Authorization header by its kind and length,
/// secret form fields and JSON members, tokens in OAuth paths.
[[nodiscard]] LoggedRequest masked(const Received &request);

} // namespace hubkeeper::practice
