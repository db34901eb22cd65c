// SPDX-License-Identifier: MIT
#include "session/idm/fileonserver.h"

#include "provisioner/document/document.h"
#include "session/sessiontext.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto filePrefix = "provisioner.openicf-"_L1;
constexpr auto stepName = "server"_L1; // Never seen: the document does not live on.

QString below(const QString &pointer, QString key)
{
    key.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
    return pointer + u'/' + key;
}

Result<void> take(Document &document, const QString &pointer, const QJsonObject &wanted);

Result<void> takeMember(Document &document, const QString &pointer, const QJsonValue &wanted)
{
    const QJsonValue now = document.value(pointer);
    if (isEncrypted(wanted) || now == wanted)
        return {};
    if (now.isObject() && wanted.isObject())
        return take(document, pointer, wanted.toObject());
    return document.setValue(pointer, wanted, stepName);
}

/// Member by member, so that what is the same is not written again.
Result<void> take(Document &document, const QString &pointer, const QJsonObject &wanted)
{
    for (auto member = wanted.begin(); member != wanted.end(); ++member) {
        if (const auto taken = takeMember(document, below(pointer, member.key()), *member); !taken)
            return taken;
    }
    const QStringList keys = document.value(pointer).toObject().keys();
    for (const QString &key : keys) {
        const bool isOfExport = pointer.isEmpty() && key.startsWith(u'_');
        if (wanted.contains(key) || isOfExport)
            continue;
        const auto removed = document.removeValue(below(pointer, key), stepName);
        if (!removed)
            return removed;
    }
    return {};
}

} // namespace

QString configIdOfFile(const QString &path)
{
    QString name = QFileInfo(path).completeBaseName();
    if (name.startsWith(filePrefix))
        name.remove(0, filePrefix.size());
    return provisionerPrefix + name;
}

QString configIdOn(const QList<ConfigObject> &provisioners, const QString &path,
                   const JsonText &file)
{
    const QString byFile = configIdOfFile(path);
    const QString name = file.stringOf(file.at(u"/name"_s));
    QString byName;
    for (const ConfigObject &one : provisioners) {
        if (one.id == byFile)
            return byFile;
        if (!name.isEmpty() && one.value["name"_L1].toString() == name)
            byName = one.id;
    }
    return byName.isEmpty() ? byFile : byName;
}

Result<QByteArray> withServersValues(const QByteArray &file, const ConfigObject &onServer)
{
    const auto document = Document::fromBytes(file);
    const JsonText &text = document->text();
    if (!text.isValid() || text.node(text.root()).kind != JsonKind::Object)
        return fail(ErrorKind::InvalidInput, SessionText::tr("The file is not valid JSON."),
                    SessionText::tr("Correct it first: the Problems list says what is wrong."));
    return take(*document, {}, onServer.value).map([&] { return document->bytes(); });
}

} // namespace hubkeeper
