// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"

#include <QDateTime>
#include <QObject>

#include <deque>

namespace hubkeeper {

/// One exchange as the Requests dock shows it. Holds no token and no body that holds credentials;
/// bodies at all only while the log keeps them.
struct TrafficRecord
{
    qint64 number = 0; ///< 1, 2, 3, ... within the session.
    QDateTime startedAt; ///< UTC.
    std::chrono::milliseconds duration {0};
    Verb verb = Verb::Get;
    QString url; ///< Encoded, with query.
    /// How its secret was sent; nothing if it had none.
    std::optional<SecretHeader> secretHeader = SecretHeader();
    QList<HttpHeader> headers; ///< Those of its own.
    QByteArray contentType; ///< Of the request's body; empty without one.
    int attempt = 1;
    int status = 0; ///< 0: no status line arrived; see `error`.
    QString error; ///< One sentence, or empty.
    QString correlationId;
    QByteArray requestBody; ///< Empty if it holds credentials.
    bool requestBodyHidden = false;
    QByteArray replyBody; ///< Cut at 256 KiB; empty if it holds credentials.
    bool replyBodyHidden = false;
    qint64 replySize = 0; ///< Bytes.
    int windowRemaining = -1; ///< Rate-limit state by header; -1 where not said.
    int windowMax = -1;
    int dailyRemaining = -1;
    int dailyMax = -1;
    BudgetFamily family = BudgetFamily::General;
    bool bodiesKept = false; ///< False: the bodies are empty because nobody asked for them.
};

/// The record of one attempt: hides and cuts what has to be hidden and cut. `url` is where it went.
[[nodiscard]] TrafficRecord recordOf(const HttpRequest &request, const QUrl &url,
                                     const Result<HttpReply> &outcome);

/// The newest exchanges of one connection, at most `capacity` of them, oldest first. In memory
/// only. Bodies are personal data: they are kept only from setKeepsBodies(true) on, of the newest
/// 200 exchanges and 8 MiB in all.
class TrafficLog final : public QObject
{
    Q_OBJECT

public:
    explicit TrafficLog(size_t capacity = 1000, QObject *parent = nullptr);

    void add(TrafficRecord record);
    void clear();
    /// Off at the start. Turning it off drops the bodies that were kept.
    void setKeepsBodies(bool keeps);
    [[nodiscard]] const std::deque<TrafficRecord> &records() const { return m_records; }

signals:
    /// Appended at the end; `dropped` were removed at the front before.
    void added(int dropped);
    void cleared();

private:
    void boundBodies();

    const size_t m_capacity;
    qint64 m_count = 0;
    bool m_keepsBodies = false;
    std::deque<TrafficRecord> m_records;
};

} // namespace hubkeeper
