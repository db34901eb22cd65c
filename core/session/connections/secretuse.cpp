// SPDX-License-Identifier: MIT
#include "session/connections/secretuse.h"

#include "base/sharedfile.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestUseFile = 1 << 20; // Bytes; an entry takes about 80.

QString keyOf(const SecretId &id)
{
    return id.connection + u'/' + id.name;
}

} // namespace

SecretUse SecretUse::load(const Paths &paths)
{
    SecretUse use;
    use.m_path = paths.state + u"/secret-use.json"_s;
    if (!QFileInfo::exists(use.m_path))
        return use;
    const QJsonObject times =
        QJsonDocument::fromJson(readFile(use.m_path, largestUseFile).value_or(QByteArray()))
            .object();
    for (auto it = times.begin(); it != times.end(); ++it)
        use.m_times.insert(it.key(), QDateTime::fromString(it.value().toString(), Qt::ISODate));
    return use;
}

QDateTime SecretUse::lastUse(const SecretId &id) const
{
    return m_times.value(keyOf(id));
}

Result<void> SecretUse::note(const QList<SecretId> &ids, const QDateTime &utc)
{
    const QString at = utc.toUTC().toString(Qt::ISODate);
    return updateFile(m_path, largestUseFile,
                      [&](const QByteArray &content) -> Result<QByteArray> {
                          QJsonObject times = QJsonDocument::fromJson(content).object();
                          for (const SecretId &id : ids)
                              times.insert(keyOf(id), at);
                          return QJsonDocument(times).toJson();
                      })
        .map([&] {
            for (const SecretId &id : ids)
                m_times.insert(keyOf(id), utc);
        });
}

} // namespace hubkeeper
