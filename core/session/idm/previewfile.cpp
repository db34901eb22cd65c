// SPDX-License-Identifier: MIT
#include "session/idm/previewfile.h"

#include "reconcile/values/exactjson.h"
#include "session/sessiontext.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largest = 256 << 20; ///< Bytes; it is held in memory several times over.

tl::unexpected<Error> unusable(const QString &what, const QString &remedy)
{
    return fail(ErrorKind::InvalidInput, what, remedy);
}

/// A JSON text that begins well and just ends.
bool isCut(const QByteArray &bytes)
{
    const QByteArray text = bytes.trimmed();
    return text.startsWith('{') && !text.endsWith('}');
}

} // namespace

Result<QJsonObject> readPreviewFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QFile::ReadOnly))
        return unusable(SessionText::tr("%1 cannot be read.").arg(path),
                        SessionText::tr("Check its name and permissions."));
    if (file.size() > largest)
        return unusable(
            SessionText::tr("%1 has %2 MB; a preview takes files up to %3 MB.")
                .arg(path, QString::number(file.size() >> 20), QString::number(largest >> 20)),
            SessionText::tr("Leave out objects that the mapping does not touch."));
    const QByteArray bytes = file.readAll();
    const auto json = parseExactJson(bytes);
    if (!json && isCut(bytes))
        return unusable(SessionText::tr("%1 is cut off: its JSON does not end.").arg(path),
                        SessionText::tr("Write or copy it again."));
    if (!json)
        return unusable(SessionText::tr("%1 cannot be used: %2").arg(path, json.error().what),
                        SessionText::tr("It must be a JSON file with mappings, objectsBefore and "
                                        "linksBefore."));
    const QJsonObject object = json->toObject();
    if (!object["mappings"_L1].isArray() || !object["objectsBefore"_L1].isObject())
        return unusable(SessionText::tr("%1 is another kind of file: it has no mappings or no "
                                        "objectsBefore.")
                            .arg(path),
                        SessionText::tr("It must be a JSON file with mappings, objectsBefore and "
                                        "linksBefore."));
    return object;
}

} // namespace hubkeeper
