// SPDX-License-Identifier: MIT
#include "session/idm/previewfile.h"

#include "reconcile/values/exactjson.h"
#include "session/sessiontext.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestPreview = 256 << 20; ///< Bytes; it is held in memory several times over.

tl::unexpected<Error> unusableFile(const QString &what, const QString &remedy)
{
    return fail(ErrorKind::InvalidInput, what, remedy);
}

/// A JSON text that begins well and just ends.
bool isCut(const QByteArray &bytes)
{
    const QByteArray text = bytes.trimmed();
    return text.startsWith('{') && !text.endsWith('}');
}

/// The bytes of a JSON file.
Result<QByteArray> bytesOf(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QFile::ReadOnly))
        return unusableFile(SessionText::tr("%1 cannot be read.").arg(path),
                            SessionText::tr("Check its name and permissions."));
    if (file.size() > largestPreview)
        return unusableFile(SessionText::tr("%1 has %2 MB; a preview takes files up to %3 MB.")
                                .arg(path, QString::number(file.size() >> 20),
                                     QString::number(largestPreview >> 20)),
                            SessionText::tr("Leave out objects that the mapping does not touch."));
    return file.readAll();
}

Result<QJsonObject> readJson(const QString &path)
{
    const auto bytes = bytesOf(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const auto json = parseExactJson(*bytes);
    if (!json && isCut(*bytes))
        return unusableFile(SessionText::tr("%1 is cut off: its JSON does not end.").arg(path),
                            SessionText::tr("Write or copy it again."));
    if (!json)
        return unusableFile(
            SessionText::tr("%1 cannot be used: %2").arg(path, json.error().what),
            SessionText::tr("It must be a set that idm preview --save wrote, or a JSON "
                            "file with mappings, objectsBefore and linksBefore."));
    const QJsonObject object = json->toObject();
    if (!object["mappings"_L1].isArray() || !object["objectsBefore"_L1].isObject())
        return unusableFile(
            SessionText::tr("%1 is another kind of file: it has no mappings or no "
                            "objectsBefore.")
                .arg(path),
            SessionText::tr("It must be a set that idm preview --save wrote, or a JSON "
                            "file with mappings, objectsBefore and linksBefore."));
    return object;
}

} // namespace

Result<QJsonArray> PreviewInput::mappings() const
{
    if (!store)
        return json["mappings"_L1].toArray();
    return store->document(u"mappings"_s).map([](const QJsonValue &list) {
        return list.toArray();
    });
}

Result<PreviewInput> openPreviewFile(const QString &path)
{
    if (PreviewStore::isDatabase(path))
        return PreviewStore::open(path).map([](const auto &store) {
            return PreviewInput {store, {}};
        });
    return readJson(path).map([](const QJsonObject &json) { return PreviewInput {nullptr, json}; });
}

Result<QJsonArray> readMappingFile(const QString &path)
{
    const auto bytes = bytesOf(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const auto json = parseExactJson(*bytes);
    if (!json)
        return unusableFile(SessionText::tr("%1 cannot be used: %2").arg(path, json.error().what),
                            SessionText::tr("It must be a JSON file with one mapping or a list of "
                                            "them."));
    const QJsonObject object = json->toObject();
    const QJsonArray list = json->isArray() ? json->toArray()
        : object["mappings"_L1].isArray()   ? object["mappings"_L1].toArray()
                                            : QJsonArray {object};
    for (const QJsonValue &mapping : list) {
        if (mapping["name"_L1].toString().isEmpty() || !mapping["source"_L1].isString()
            || !mapping["target"_L1].isString())
            return unusableFile(SessionText::tr("%1 has something that is not a mapping: it lacks "
                                                "name, source or target.")
                                    .arg(path),
                                SessionText::tr("It must be a JSON file with one mapping or a list "
                                                "of them."));
    }
    return list;
}

QJsonArray replacedMappings(const QJsonArray &all, const QJsonArray &edited)
{
    QJsonArray result = all;
    for (const QJsonValue &mapping : edited) {
        const auto same = std::find_if(result.begin(), result.end(), [&](const auto &other) {
            return QJsonValue(other)["name"_L1] == mapping["name"_L1];
        });
        if (same == result.end())
            result.append(mapping);
        else
            *same = mapping;
    }
    return result;
}

} // namespace hubkeeper
