// SPDX-License-Identifier: MIT
#include "net/traffic.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype largestBodyKept = 256 << 10; // Bytes.

int numberIn(const HttpReply &reply, const QByteArray &name)
{
    bool isNumber = false;
    const int number = reply.header(name).trimmed().toInt(&isNumber);
    return isNumber ? number : -1;
}

qsizetype bodyBytes(const TrafficRecord &record)
{
    return record.requestBody.size() + record.replyBody.size();
}

void addReply(TrafficRecord &record, const HttpReply &reply, bool hidden)
{
    record.status = reply.status;
    record.correlationId = QString::fromLatin1(reply.header("x-hubspot-correlation-id").left(100));
    record.replySize = reply.body.size();
    record.replyBodyHidden = hidden && !reply.body.isEmpty();
    if (!hidden)
        record.replyBody = reply.body.left(largestBodyKept);
    record.windowRemaining = numberIn(reply, "x-hubspot-ratelimit-remaining");
    record.dailyRemaining = numberIn(reply, "x-hubspot-ratelimit-daily-remaining");
}

} // namespace

TrafficRecord recordOf(const HttpRequest &request, const QUrl &url,
                       const Result<HttpReply> &outcome)
{
    TrafficRecord record;
    record.verb = request.verb;
    record.url = QString::fromLatin1(url.toEncoded());
    record.authorized = request.authorization == Authorization::Bearer;
    if (!request.body.isEmpty())
        record.contentType = request.contentType;
    record.requestBodyHidden = request.bodyIsSecret && !request.body.isEmpty();
    if (!request.bodyIsSecret)
        record.requestBody = request.body;
    if (outcome)
        addReply(record, *outcome, request.bodyIsSecret);
    else
        record.error = outcome.error().what;
    return record;
}

TrafficLog::TrafficLog(size_t capacity, QObject *parent)
    : QObject(parent)
    , m_capacity(std::max<size_t>(capacity, 1))
{
}

void TrafficLog::add(TrafficRecord record)
{
    record.number = ++m_count;
    m_bodyBytes += bodyBytes(record);
    int dropped = 0;
    while (!m_records.empty() && (m_records.size() >= m_capacity || m_bodyBytes > mostBodyBytes)) {
        m_bodyBytes -= bodyBytes(m_records.front());
        m_records.pop_front();
        ++dropped;
    }
    m_records.push_back(std::move(record));
    emit added(dropped);
}

void TrafficLog::clear()
{
    m_records.clear();
    m_bodyBytes = 0;
    emit cleared();
}

} // namespace hubkeeper
