// SPDX-License-Identifier: MIT
#include "provisioner/model/objecttypes.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

int memberOf(const JsonText &text, int object, QLatin1StringView key, JsonKind kind)
{
    const int node = text.member(object, key);
    return node != JsonText::none && text.node(node).kind == kind ? node : JsonText::none;
}

QString textOf(const JsonText &text, int object, QLatin1StringView key,
               const QString &otherwise = {})
{
    const int node = memberOf(text, object, key, JsonKind::String);
    return node == JsonText::none ? otherwise : text.stringOf(node);
}

QStringList textsOf(const JsonText &text, int array)
{
    QStringList texts;
    for (int child = array == JsonText::none ? JsonText::none : text.node(array).firstChild;
         child != JsonText::none; child = text.node(child).next) {
        if (text.node(child).kind == JsonKind::String)
            texts.append(text.stringOf(child));
    }
    return texts;
}

DeclaredAttribute attributeAt(const JsonText &text, int node)
{
    DeclaredAttribute attribute;
    attribute.node = node;
    attribute.name = text.keyOf(node);
    attribute.nativeName = textOf(text, node, "nativeName"_L1, attribute.name);
    attribute.type = textOf(text, node, "type"_L1);
    attribute.nativeType = textOf(text, node, "nativeType"_L1, attribute.type);
    const int items = memberOf(text, node, "items"_L1, JsonKind::Object);
    attribute.itemType = textOf(text, items, "type"_L1);
    const int required = memberOf(text, node, "required"_L1, JsonKind::Boolean);
    attribute.required = required != JsonText::none && text.rawOf(required) == "true";
    attribute.flags = textsOf(text, memberOf(text, node, "flags"_L1, JsonKind::Array));
    return attribute;
}

DeclaredObjectType objectTypeAt(const JsonText &text, int node)
{
    DeclaredObjectType type;
    type.node = node;
    type.key = text.keyOf(node);
    type.nativeType = textOf(text, node, "nativeType"_L1, type.key);
    type.properties = memberOf(text, node, "properties"_L1, JsonKind::Object);
    if (type.properties == JsonText::none)
        return type;
    for (int child = text.node(type.properties).firstChild; child != JsonText::none;
         child = text.node(child).next) {
        if (text.node(child).kind == JsonKind::Object)
            type.attributes.append(attributeAt(text, child));
    }
    return type;
}

QByteArray shippedFile()
{
    QFile file(u":/samples/provisioner.openicf-hubspot.json"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return isOpen ? file.readAll() : QByteArray();
}

} // namespace

bool DeclaredAttribute::isCreatable() const
{
    return !has("NOT_CREATABLE"_L1);
}

bool DeclaredAttribute::isUpdateable() const
{
    return !has("NOT_UPDATEABLE"_L1);
}

const DeclaredAttribute *DeclaredObjectType::findNative(const QString &nativeName) const
{
    for (const DeclaredAttribute &attribute : attributes) {
        if (attribute.nativeName.compare(nativeName, Qt::CaseInsensitive) == 0)
            return &attribute;
    }
    return nullptr;
}

QList<DeclaredObjectType> declaredObjectTypes(const JsonText &text)
{
    QList<DeclaredObjectType> types;
    const int all = memberOf(text, text.root(), "objectTypes"_L1, JsonKind::Object);
    if (all == JsonText::none)
        return types;
    for (int child = text.node(all).firstChild; child != JsonText::none;
         child = text.node(child).next) {
        if (text.node(child).kind == JsonKind::Object)
            types.append(objectTypeAt(text, child));
    }
    return types;
}

const QList<DeclaredObjectType> &shippedObjectTypes()
{
    static const QList<DeclaredObjectType> types = declaredObjectTypes(JsonText(shippedFile()));
    return types;
}

const DeclaredObjectType *shippedObjectType(const QString &nativeType)
{
    for (const DeclaredObjectType &type : shippedObjectTypes()) {
        if (type.nativeType == nativeType)
            return &type;
    }
    return nullptr;
}

} // namespace hubkeeper
