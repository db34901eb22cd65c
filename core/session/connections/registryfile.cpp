// SPDX-License-Identifier: MIT
#include "session/connections/registryfile.h"

#include "base/sharedfile.h"
#include "session/sessiontext.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr qint64 largestRegistry = 4 << 20; // Bytes; an entry takes about 500.
constexpr int formatVersion = 1;

tl::unexpected<Error> damaged(const QString &path, const QString &reason)
{
    return fail(ErrorKind::Storage,
                SessionText::tr("The settings in %1 cannot be read: %2.").arg(path, reason),
                SessionText::tr("Repair the file or move it away; it is not overwritten."));
}

} // namespace

RegistryFile::RegistryFile(QString path, QString list)
    : m_path(std::move(path))
    , m_list(std::move(list))
{
}

Result<QJsonObject> RegistryFile::rootFrom(const QByteArray &bytes) const
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return damaged(m_path, error.errorString());
    const QJsonObject root = document.object();
    if (root["version"_L1].toInt() != formatVersion)
        return damaged(m_path, SessionText::tr("it is of another version"));
    if (const QJsonValue list = root[m_list]; !list.isArray() && !list.isUndefined())
        return damaged(m_path, SessionText::tr("\"%1\" is not a list").arg(m_list));
    return root;
}

Result<QJsonObject> RegistryFile::readNow() const
{
    if (!QFileInfo::exists(m_path))
        return QJsonObject();
    return readFile(m_path, largestRegistry).and_then([this](const QByteArray &bytes) {
        return rootFrom(bytes);
    });
}

/// A file that cannot be replaced whole (it is mounted, or has several names) is written in place,
/// and may be half there for a moment: a damaged one is looked at again when nobody writes.
Result<QJsonObject> RegistryFile::read() const
{
    auto root = readNow();
    if (root)
        return root;
    const auto lock = FileLock::take(m_path, 2s);
    return lock ? readNow() : root;
}

Result<QJsonObject> RegistryFile::update(const QJsonObject &known, const Change &change) const
{
    QJsonObject root = known;
    const auto changed = [&]() -> Result<void> {
        root.insert(u"version"_s, formatVersion);
        return change(root);
    };
    if (m_path.isEmpty())
        return changed().map([&] { return root; });
    return updateFile(m_path, largestRegistry,
                      [&](const QByteArray &bytes) -> Result<QByteArray> {
                          const bool isNew = bytes.isEmpty() && !QFileInfo::exists(m_path);
                          const auto there = isNew ? Result<QJsonObject>() : rootFrom(bytes);
                          if (!there)
                              return tl::unexpected(there.error());
                          root = *there;
                          return changed().map([&] { return QJsonDocument(root).toJson(); });
                      })
        .map([&] { return root; });
}

void RegistryFile::removeEntry(QJsonObject &root, const QString &id) const
{
    QJsonArray left;
    const QJsonArray list = root[m_list].toArray();
    for (const QJsonValue &entry : list) {
        if (entry["id"_L1].toString() != id)
            left.append(entry);
    }
    root.insert(m_list, left);
}

void RegistryFile::putEntry(QJsonObject &root, const QJsonObject &entry) const
{
    QJsonArray list = root[m_list].toArray();
    qsizetype at = 0;
    while (at < list.size() && list.at(at)["id"_L1] != entry["id"_L1])
        ++at;
    if (at == list.size())
        list.append(entry);
    else
        list.replace(at, entry);
    root.insert(m_list, list);
}

QJsonObject RegistryFile::entry(const QJsonObject &root, const QString &id) const
{
    const QJsonArray list = root[m_list].toArray();
    for (const QJsonValue &entry : list) {
        if (entry["id"_L1].toString() == id)
            return entry.toObject();
    }
    return {};
}

} // namespace hubkeeper
