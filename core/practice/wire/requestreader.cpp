// SPDX-License-Identifier: MIT
#include "practice/wire/requestreader.h"

namespace hubkeeper::practice {

std::optional<Received> RequestReader::take()
{
    while (m_error == 0 && m_phase != Phase::Done) {
        if (!step())
            return std::nullopt;
    }
    if (m_error != 0)
        return std::nullopt;
    m_phase = Phase::Head;
    m_wantsContinue = false;
    return std::exchange(m_current, {});
}

bool RequestReader::step()
{
    switch (m_phase) {
    case Phase::Head:
        return readHead();
    case Phase::Length:
        return readLength();
    case Phase::ChunkSize:
        return readChunkSize();
    case Phase::ChunkData:
        return readChunkData();
    case Phase::ChunkEnd: {
        const auto line = takeLine(2);
        if (!line)
            return false;
        m_phase = Phase::ChunkSize;
        return line->isEmpty() || refuse(400);
    }
    case Phase::Trailer:
        return readTrailer();
    case Phase::Done:
        break;
    }
    return false;
}

bool RequestReader::readHead()
{
    while (m_buffer.startsWith("\r\n")) // Left over after a body by lenient clients.
        m_buffer.remove(0, 2);
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end > m_limits.head || (end < 0 && m_buffer.size() > m_limits.head))
        return refuse(m_buffer.indexOf("\r\n") < 0 ? 414 : 431);
    if (end < 0)
        return false;
    const QList<QByteArray> lines = m_buffer.left(end).split('\n');
    m_buffer.remove(0, end + 4);
    readStartLine(lines.first().trimmed());
    if (m_error == 0)
        readHeaders(lines.mid(1));
    if (m_error == 0)
        choosePhase();
    return m_error == 0;
}

void RequestReader::readStartLine(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    if (words.size() != 3 || words[0].isEmpty() || !words[2].startsWith("HTTP/")) {
        refuse(400);
        return;
    }
    if (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0") {
        refuse(505);
        return;
    }
    QByteArray target = words[1];
    if (target.size() > m_limits.target) {
        refuse(414);
        return;
    }
    // The absolute form, which proxies and some clients send.
    if (const qsizetype scheme = target.indexOf("://"); scheme > 0 && target[0] != '/') {
        const qsizetype slash = target.indexOf('/', scheme + 3);
        target = slash < 0 ? QByteArray("/") : target.mid(slash);
    }
    const qsizetype mark = target.indexOf('?');
    m_current.method = words[0];
    m_current.path = mark < 0 ? target : target.left(mark);
    m_current.query = mark < 0 ? QByteArray() : target.mid(mark + 1);
    m_current.keepAlive = words[2] == "HTTP/1.1";
}

void RequestReader::readHeaders(const QList<QByteArray> &lines)
{
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0) {
            refuse(400);
            return;
        }
        m_current.headers.emplaceBack(line.left(colon).trimmed().toLower(),
                                      line.mid(colon + 1).trimmed());
    }
    const QByteArray connection = m_current.header("connection").toLower();
    if (connection == "close")
        m_current.keepAlive = false;
    else if (connection == "keep-alive")
        m_current.keepAlive = true;
}

void RequestReader::choosePhase()
{
    const QByteArray coding = m_current.header("transfer-encoding").toLower();
    const QByteArray length = m_current.header("content-length");
    m_wantsContinue = m_current.header("expect").toLower() == "100-continue";
    if (!coding.isEmpty()) {
        // Both lengths at once is how requests are smuggled past proxies: refuse.
        if (coding != "chunked" || !length.isEmpty())
            refuse(coding != "chunked" ? 501 : 400);
        m_phase = Phase::ChunkSize;
        return;
    }
    bool isNumber = true;
    m_left = length.isEmpty() ? 0 : length.toLongLong(&isNumber);
    if (!isNumber || m_left < 0)
        refuse(400);
    else if (m_left > m_limits.body)
        refuse(413);
    m_phase = m_left > 0 ? Phase::Length : Phase::Done;
}

bool RequestReader::readLength()
{
    if (m_buffer.size() < m_left)
        return false;
    m_current.body = m_buffer.left(m_left);
    m_buffer.remove(0, m_left);
    m_phase = Phase::Done;
    return true;
}

bool RequestReader::readChunkSize()
{
    const auto line = takeLine(1024);
    if (!line)
        return false;
    bool isNumber = false;
    m_left = line->left(line->indexOf(';') < 0 ? line->size() : line->indexOf(';'))
                 .trimmed()
                 .toLongLong(&isNumber, 16);
    if (!isNumber || m_left < 0)
        return refuse(400);
    if (m_left > m_limits.body || m_current.body.size() + m_left > m_limits.body)
        return refuse(413);
    m_phase = m_left == 0 ? Phase::Trailer : Phase::ChunkData;
    return true;
}

bool RequestReader::readChunkData()
{
    if (m_buffer.size() < m_left)
        return false;
    m_current.body += m_buffer.left(m_left);
    m_buffer.remove(0, m_left);
    m_phase = Phase::ChunkEnd;
    return true;
}

bool RequestReader::readTrailer()
{
    const auto line = takeLine(m_limits.head);
    if (!line)
        return false;
    if (line->isEmpty())
        m_phase = Phase::Done;
    return true;
}

std::optional<QByteArray> RequestReader::takeLine(qsizetype longest)
{
    const qsizetype end = m_buffer.indexOf("\r\n");
    if (end > longest || (end < 0 && m_buffer.size() > longest + 1)) {
        refuse(400);
        return std::nullopt;
    }
    if (end < 0)
        return std::nullopt;
    QByteArray line = m_buffer.left(end);
    m_buffer.remove(0, end + 2);
    return line;
}

bool RequestReader::refuse(int status)
{
    m_error = status;
    m_buffer.clear();
    return false;
}

} // namespace hubkeeper::practice
