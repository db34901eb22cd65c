// SPDX-License-Identifier: MIT
#include "provisioner/model/attributetypes.h"

#include <QHash>

#include <iterator>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct JavaType
{
    const char *name; ///< Behind JAVA_TYPE_.
    ValueClass valueClass;
    TypeSupport commercial = TypeSupport::Supported;
    TypeSupport community = TypeSupport::Supported;
};

const JavaType *javaType(const QString &name)
{
    using V = ValueClass;
    using S = TypeSupport;
    // clang-format off
    static constexpr JavaType table[] {
        {"BIGDECIMAL",        V::Number},
        {"BIGINTEGER",        V::Number},
        {"BOOLEAN",           V::Boolean, S::Unknown, S::Unknown},
        {"BYTE",              V::Number},
        {"BYTE_ARRAY",        V::Bytes},
        {"CHAR",              V::OneCharacter},
        {"CHARACTER",         V::OneCharacter},
        {"DATE",              V::Text},
        {"DOUBLE",            V::Number},
        {"FILE",              V::Text,    S::Refused, S::Refused},
        {"FLOAT",             V::Number},
        {"GUARDEDBYTEARRAY",  V::Guarded},
        {"GUARDEDSTRING",     V::Guarded},
        {"INT",               V::Number},
        {"INTEGER",           V::Number,  S::Supported, S::Unknown},
        {"LONG",              V::Number},
        {"NAME",              V::Text,    S::Refused, S::Refused},
        {"OBJECT",            V::Object,  S::Supported, S::Unknown},
        {"OBJECTCLASS",       V::Text,    S::Refused, S::Refused},
        {"PRIMITIVE_BOOLEAN", V::Boolean},
        {"PRIMITIVE_BYTE",    V::Number},
        {"PRIMITIVE_DOUBLE",  V::Number},
        {"PRIMITIVE_FLOAT",   V::Number},
        {"PRIMITIVE_LONG",    V::Number},
        {"QUALIFIEDUID",      V::Text,    S::Refused, S::Refused},
        {"SCRIPT",            V::Text,    S::Refused, S::Refused},
        {"STRING",            V::Text,    S::Supported, S::Unknown},
        {"UID",               V::Text,    S::Refused, S::Refused},
        {"URI",               V::Text,    S::Refused, S::Refused},
    };
    // clang-format on
    static const QHash<QString, const JavaType *> byName = [] {
        QHash<QString, const JavaType *> types;
        for (const JavaType &type : table)
            types.insert(u"JAVA_TYPE_"_s + QLatin1String(type.name), &type);
        return types;
    }();
    return byName.value(name);
}

TypeSupport standingOf(const JavaType &type, ServerProfile profile)
{
    return profile == ServerProfile::Community ? type.community : type.commercial;
}

} // namespace

TypeSupport javaTypeSupport(const QString &name, ServerProfile profile)
{
    const JavaType *type = javaType(name);
    return type ? standingOf(*type, profile) : TypeSupport::Unknown;
}

TypeSupport nativeTypeSupport(const QString &name, ServerProfile profile)
{
    static const QStringList supported {u"string"_s, u"boolean"_s, u"integer"_s, u"object"_s};
    static const QStringList refused {u"any"_s, u"number"_s, u"array"_s};
    if (supported.contains(name))
        return TypeSupport::Supported;
    return refused.contains(name) ? TypeSupport::Refused : javaTypeSupport(name, profile);
}

const QStringList &supportedJavaTypes()
{
    static const QStringList names {u"JAVA_TYPE_BIGDECIMAL"_s,
                                    u"JAVA_TYPE_BIGINTEGER"_s,
                                    u"JAVA_TYPE_PRIMITIVE_BOOLEAN"_s,
                                    u"JAVA_TYPE_BYTE_ARRAY"_s,
                                    u"JAVA_TYPE_CHAR"_s,
                                    u"JAVA_TYPE_CHARACTER"_s,
                                    u"JAVA_TYPE_DATE"_s,
                                    u"JAVA_TYPE_PRIMITIVE_DOUBLE"_s,
                                    u"JAVA_TYPE_DOUBLE"_s,
                                    u"JAVA_TYPE_PRIMITIVE_FLOAT"_s,
                                    u"JAVA_TYPE_FLOAT"_s,
                                    u"JAVA_TYPE_GUARDEDBYTEARRAY"_s,
                                    u"JAVA_TYPE_GUARDEDSTRING"_s,
                                    u"JAVA_TYPE_INT"_s,
                                    u"JAVA_TYPE_PRIMITIVE_LONG"_s,
                                    u"JAVA_TYPE_LONG"_s,
                                    u"JAVA_TYPE_BYTE"_s,
                                    u"JAVA_TYPE_PRIMITIVE_BYTE"_s};
    return names;
}

ValueClass valueClassOf(const QString &type)
{
    using V = ValueClass;
    static const QHash<QString, V> json {{u"string"_s, V::Text},    {u"boolean"_s, V::Boolean},
                                         {u"integer"_s, V::Number}, {u"number"_s, V::Number},
                                         {u"object"_s, V::Object},  {u"array"_s, V::Array}};
    const auto known = json.constFind(type);
    if (known != json.constEnd())
        return *known;
    const JavaType *java = javaType(type);
    return java ? java->valueClass : V::Any;
}

} // namespace hubkeeper
