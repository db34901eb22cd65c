// SPDX-License-Identifier: MIT
#include "net/oneshotbody.h"

#include <algorithm>
#include <cstring>

namespace hubkeeper {

OneShotBody::OneShotBody(QByteArray body, QObject *parent)
    : QIODevice(parent)
    , m_body(std::move(body))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneShotBody::bytesAvailable() const
{
    return m_body.size() - m_read + QIODevice::bytesAvailable();
}

qint64 OneShotBody::readData(char *target, qint64 most)
{
    const qint64 count = std::min<qint64>(most, m_body.size() - m_read);
    if (count == 0)
        return -1;
    std::memcpy(target, m_body.constData() + m_read, size_t(count));
    m_read += count;
    return count;
}

} // namespace hubkeeper
