// SPDX-License-Identifier: MIT
#include "net/traffic.h"

#include "base/knownsecrets.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype largestBodyKept = 256 << 10; // Bytes.
constexpr int mostBodiesKept = 200; // Exchanges.
constexpr qsizetype mostBytesKept = 8 << 20;

void addReply(TrafficRecord &record, const HttpReply &reply, bool hidden)
{
    record.status = reply.status;
    record.correlationId = QString::fromLatin1(reply.header("x-hubspot-correlation-id").left(100));
    record.replySize = reply.body.size();
    record.replyBodyHidden = hidden && !reply.body.isEmpty();
    if (!hidden)
        record.replyBody = withoutKnownSecrets(reply.body.left(largestBodyKept));
    record.windowRemaining = reply.number("x-hubspot-ratelimit-remaining");
    record.windowMax = reply.number("x-hubspot-ratelimit-max");
    record.dailyMax = reply.number("x-hubspot-ratelimit-daily");
    record.dailyRemaining = reply.number("x-hubspot-ratelimit-daily-remaining");
}

void dropBodies(TrafficRecord &record)
{
    record.bodiesKept = false;
    record.requestBody = {};
    record.replyBody = {};
}

} // namespace

TrafficRecord recordOf(const HttpRequest &request, const QUrl &url,
                       const Result<HttpReply> &outcome)
{
    TrafficRecord record;
    record.verb = request.verb;
    record.family = request.family;
    record.bodiesKept = true;
    record.url = QString::fromLatin1(withoutKnownSecrets(url.toEncoded()));
    if (request.authorization == Authorization::None)
        record.secretHeader.reset();
    else
        record.secretHeader = request.secretHeader;
    record.headers = request.headers;
    if (!request.body.isEmpty())
        record.contentType = request.contentType;
    record.requestBodyHidden = request.bodyIsSecret && !request.body.isEmpty();
    if (!request.bodyIsSecret)
        record.requestBody = withoutKnownSecrets(request.body);
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
    if (!m_keepsBodies)
        dropBodies(record);
    int dropped = 0;
    while (m_records.size() >= m_capacity) {
        m_records.pop_front();
        ++dropped;
    }
    m_records.push_back(std::move(record));
    boundBodies();
    emit added(dropped);
}

/// From the newest to the oldest: what is beyond the bounds loses its bodies.
void TrafficLog::boundBodies()
{
    int exchanges = 0;
    qsizetype bytes = 0;
    for (auto it = m_records.rbegin(); it != m_records.rend() && it->bodiesKept; ++it) {
        bytes += it->requestBody.size() + it->replyBody.size();
        if (++exchanges > mostBodiesKept || bytes > mostBytesKept)
            dropBodies(*it);
    }
}

void TrafficLog::setKeepsBodies(bool keeps)
{
    m_keepsBodies = keeps;
    for (TrafficRecord &record : m_records) {
        if (!keeps)
            dropBodies(record);
    }
}

void TrafficLog::clear()
{
    m_records.clear();
    emit cleared();
}

} // namespace hubkeeper
