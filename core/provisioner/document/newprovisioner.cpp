// SPDX-License-Identifier: MIT
#include "provisioner/document/newprovisioner.h"

#include "provisioner/document/document.h"
#include "provisioner/model/connectorproperties.h"

#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Also a second member of that name, which a parser would take for the value.
void nullAll(Document &document, int object, const QString &key)
{
    const JsonText &text = document.text();
    QList<TextEdit> edits;
    for (int child = object == JsonText::none ? JsonText::none : text.node(object).firstChild;
         child != JsonText::none; child = text.node(child).next) {
        if (text.keyOf(child) == key && text.node(child).kind != JsonKind::Null)
            edits.append(replaceValue(text, child, "null"));
    }
    document.edit(edits, {});
}

} // namespace

QByteArray sampleProvisioner()
{
    QFile file(u":/samples/provisioner.openicf-hubspot.json"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    const auto document = Document::fromBytes(isOpen ? file.readAll() : QByteArray());
    const auto emptied =
        document->setRaw(u"/configurationProperties/clientId"_s, "null", {}).and_then([&] {
            return document->setRaw(u"/enabled"_s, "false", {});
        });
    Q_ASSERT(emptied);
    return document->bytes();
}

Result<QByteArray> copyOfProvisioner(const QByteArray &source)
{
    const auto document = Document::fromBytes(source);
    const JsonText &text = document->text();
    if (!text.isValid() || text.node(text.root()).kind != JsonKind::Object) {
        return fail(ErrorKind::InvalidInput,
                    document->firstFault().value_or(u"The file holds no JSON object."_s),
                    u"Mend it first, or start from the sample."_s);
    }
    for (const ConnectorProperty &property : connectorProperties()) {
        if (property.isConfidential()) {
            nullAll(*document, document->text().at(u"/configurationProperties"_s),
                    QString::fromLatin1(property.name));
        }
    }
    for (const QString &pointer : {u"/_id"_s, u"/_rev"_s}) {
        if (const auto removed = document->removeValue(pointer, {}); !removed)
            return tl::unexpected(removed.error());
    }
    return document->bytes();
}

Result<QString> provisionerFileName(const QString &name)
{
    static const QRegularExpression allowed(u"^[A-Za-z0-9]+\\z"_s);
    if (!allowed.match(name).hasMatch()) {
        return fail(ErrorKind::InvalidInput,
                    u"\"%1\" cannot name a connector: IDM takes letters and digits."_s.arg(name),
                    u"Choose a name like hubspot or hubspotEu."_s);
    }
    return u"provisioner.openicf-%1.json"_s.arg(name);
}

} // namespace hubkeeper
