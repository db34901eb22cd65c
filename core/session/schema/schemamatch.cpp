// SPDX-License-Identifier: MIT
#include "session/schema/schemamatch.h"

#include "provisioner/model/connectorproperties.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString kindOf(const QString &type)
{
    return type == "integer"_L1 ? u"number"_s : type;
}

QString described(const QString &type, const QString &itemType, bool required,
                  const QStringList &flags)
{
    QStringList words {itemType.isEmpty() ? type : u"%1 of %2"_s.arg(type, itemType)};
    words += flags;
    if (required)
        words.append(u"required"_s);
    return words.join(u", "_s);
}

} // namespace

QString described(const DeclaredAttribute &attribute)
{
    const bool isList = attribute.type == "array"_L1;
    return described(attribute.type, isList ? attribute.itemType : QString(), attribute.required,
                     attribute.flags);
}

QString described(const AttributeInfo *info)
{
    return info ? described(info->type, info->itemType, info->required, info->flags()) : QString();
}

bool readsSchema(const JsonText &file)
{
    const int node = file.at(u"/configurationProperties/readSchema"_s);
    return node != JsonText::none
        && converted(PropertyType::Boolean, file.valueOf(node)).toBool(false);
}

const ObjectClassInfo *classNamed(const Schema &schema, const QString &nativeType)
{
    for (const ObjectClassInfo &info : schema.classes) {
        if (info.name() == nativeType)
            return &info;
    }
    return nullptr;
}

const DeclaredAttribute *declaredFor(const DeclaredObjectType &type, const AttributeInfo &info)
{
    if (const DeclaredAttribute *found = type.findNative(info.nativeName))
        return found;
    return type.findNative(info.name);
}

bool hasTypeOf(const DeclaredAttribute &attribute, const AttributeInfo &info)
{
    if (attribute.type.isEmpty() || attribute.type == "any"_L1)
        return true;
    if (kindOf(attribute.type) != kindOf(info.type))
        return false;
    const bool itemsAreKnown = !attribute.itemType.isEmpty() && !info.itemType.isEmpty();
    return !info.isMultiValued() || !itemsAreKnown
        || kindOf(attribute.itemType) == kindOf(info.itemType);
}

bool hasBuiltInType(const DeclaredAttribute &attribute, const AttributeInfo *builtIn,
                    bool readsSchema)
{
    return builtIn && !readsSchema && hasTypeOf(attribute, *builtIn);
}

bool flagsDiffer(const DeclaredAttribute &attribute, const AttributeInfo &info)
{
    return attribute.isCreatable() != info.creatable || attribute.isUpdateable() != info.updateable;
}

bool isTooLax(const DeclaredAttribute &attribute, const AttributeInfo &info)
{
    return (attribute.isCreatable() && !info.creatable)
        || (attribute.isUpdateable() && !info.updateable);
}

} // namespace hubkeeper
