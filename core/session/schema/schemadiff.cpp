// SPDX-License-Identifier: MIT
#include "session/schema/schemadiff.h"

#include "base/similarname.h"
#include "session/schema/schemamatch.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using Kind = SchemaDifferenceKind;

QString countOf(const ObjectClassInfo *info)
{
    return info ? QString::number(info->attributes.size()) : QString();
}

/// The three sides, walked class by class.
class Comparison
{
public:
    Comparison(const JsonText &file, const Schema &live)
        : m_text(file)
        , m_live(live)
        , m_default(defaultSchema())
        , m_readsSchema(readsSchema(file))
        , m_types(declaredObjectTypes(file))
    {
    }

    QList<SchemaDifference> all()
    {
        for (const DeclaredObjectType &type : std::as_const(m_types))
            compareType(type);
        for (const ObjectClassInfo &info : m_live.classes)
            lookForClass(info);
        return std::move(m_differences);
    }

private:
    void compareType(const DeclaredObjectType &type)
    {
        const ObjectClassInfo *live = classNamed(m_live, type.nativeType);
        if (!live)
            return reportUnknownClass(type);
        const ObjectClassInfo &builtIn = *classNamed(m_default, type.nativeType);
        for (const DeclaredAttribute &attribute : type.attributes) {
            if (attribute.nativeName == "__UID__"_L1)
                continue; // IDM's `_id`; every object has it.
            compareAttribute(type, *live, builtIn, attribute);
        }
        for (const AttributeInfo &info : live->attributes) {
            if (!declaredFor(type, info))
                reportMissing(type, info, builtIn);
        }
    }

    void compareAttribute(const DeclaredObjectType &type, const ObjectClassInfo &live,
                          const ObjectClassInfo &builtIn, const DeclaredAttribute &attribute)
    {
        SchemaDifference difference;
        difference.objectType = type.key;
        difference.attribute = attribute.name;
        difference.pointer = m_text.pointerOf(attribute.node);
        const AttributeInfo *inLive = live.find(attribute.nativeName);
        const AttributeInfo *inDefault = builtIn.find(attribute.nativeName);
        difference.inDefault = described(inDefault);
        difference.inFile = described(attribute);
        difference.inLive = described(inLive);
        if (!inLive)
            return reportGone(difference, type, live, inDefault);
        const bool asDefault = hasBuiltInType(attribute, inDefault, m_readsSchema);
        if (!hasTypeOf(attribute, *inLive))
            add(difference, Kind::TypeDiffers, !asDefault);
        if (flagsDiffer(attribute, *inLive))
            add(difference, Kind::FlagsDiffer, isTooLax(attribute, *inLive));
        if (attribute.required != inLive->required)
            add(difference, Kind::RequiredDiffers, inLive->required);
    }

    void reportGone(SchemaDifference difference, const DeclaredObjectType &type,
                    const ObjectClassInfo &live, const AttributeInfo *inDefault)
    {
        // What the connector computes itself needs no property of the portal.
        const bool isComputed = inDefault && inDefault->source != AttributeSource::Property;
        difference.suggestion = suggestionFor(difference.attribute, type, live);
        add(difference, Kind::AttributeGone, m_readsSchema || !isComputed);
    }

    static QString suggestionFor(const QString &name, const DeclaredObjectType &type,
                                 const ObjectClassInfo &live)
    {
        QStringList free;
        for (const AttributeInfo &info : live.attributes) {
            if (!declaredFor(type, info))
                free.append(info.name);
        }
        return mostSimilarName(name, free).value_or(QString());
    }

    void reportMissing(const DeclaredObjectType &type, const AttributeInfo &info,
                       const ObjectClassInfo &builtIn)
    {
        SchemaDifference difference;
        difference.objectType = type.key;
        difference.attribute = info.name;
        difference.inDefault = described(builtIn.find(info.name));
        difference.inLive = described(&info);
        difference.pointer =
            m_text.pointerOf(type.properties == JsonText::none ? type.node : type.properties);
        add(difference, Kind::AttributeMissing, info.required);
    }

    void reportUnknownClass(const DeclaredObjectType &type)
    {
        if (type.key == "__ALL__"_L1)
            return;
        SchemaDifference difference;
        difference.objectType = type.key;
        difference.inFile = QString::number(type.attributes.size());
        difference.pointer = m_text.pointerOf(type.node);
        QStringList names;
        for (const ObjectClassInfo &info : m_live.classes)
            names.append(info.name());
        difference.suggestion = mostSimilarName(type.nativeType, names).value_or(QString());
        add(difference, Kind::ClassUnknown, true);
    }

    void lookForClass(const ObjectClassInfo &info)
    {
        for (const DeclaredObjectType &type : std::as_const(m_types)) {
            if (classNamed(m_live, type.nativeType) == &info)
                return;
        }
        SchemaDifference difference;
        difference.objectType = info.name();
        difference.inDefault = countOf(classNamed(m_default, info.name()));
        difference.inLive = countOf(&info);
        difference.pointer = u"/objectTypes"_s;
        add(difference, Kind::ClassMissing, false);
    }

    void add(SchemaDifference difference, Kind kind, bool isDrift)
    {
        difference.kind = kind;
        difference.isDrift = isDrift;
        m_differences.append(std::move(difference));
    }

    const JsonText &m_text;
    const Schema &m_live;
    const Schema m_default;
    const bool m_readsSchema;
    const QList<DeclaredObjectType> m_types;
    QList<SchemaDifference> m_differences;
};

} // namespace

QString nameOf(SchemaDifferenceKind kind)
{
    switch (kind) {
    case Kind::ClassMissing:
        return u"classMissing"_s;
    case Kind::ClassUnknown:
        return u"classUnknown"_s;
    case Kind::AttributeMissing:
        return u"attributeMissing"_s;
    case Kind::AttributeGone:
        return u"attributeGone"_s;
    case Kind::TypeDiffers:
        return u"typeDiffers"_s;
    case Kind::FlagsDiffer:
        return u"flagsDiffer"_s;
    case Kind::RequiredDiffers:
        return u"requiredDiffers"_s;
    }
    Q_UNREACHABLE();
}

QList<SchemaDifference> schemaDifferences(const JsonText &file, const Schema &live)
{
    return Comparison(file, live).all();
}

} // namespace hubkeeper
