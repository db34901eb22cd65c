// SPDX-License-Identifier: MIT
#include "session/schema/schemasides.h"

#include "session/schema/schemamatch.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Which property is behind an attribute, as far as it is one.
QString propertyOf(const AttributeInfo &info)
{
    return info.source == AttributeSource::Property ? info.property : QString();
}

/// Brings the three sides of one class together, attribute by attribute.
class Sides
{
public:
    explicit Sides(const ObjectClassInfo &builtIn)
    {
        m_all.objectClass = builtIn.objectClass;
        m_all.key = builtIn.name();
        for (const AttributeInfo &info : builtIn.attributes)
            entryFor(info).inDefault = described(&info);
    }

    void addFile(const JsonText &text, const DeclaredObjectType &type)
    {
        m_all.key = type.key;
        m_all.pointer = text.pointerOf(type.node);
        for (const DeclaredAttribute &attribute : type.attributes) {
            if (attribute.nativeName == "__UID__"_L1)
                continue; // IDM's `_id`; every object has it.
            AttributeSides &entry = entryFor(attribute);
            entry.name = attribute.name;
            entry.inFile = described(attribute);
            entry.pointer = text.pointerOf(attribute.node);
        }
    }

    void addLive(const ObjectClassInfo &live)
    {
        for (const AttributeInfo &info : live.attributes) {
            AttributeSides &entry = entryFor(info);
            entry.inLive = described(&info);
            if (entry.property.isEmpty())
                entry.property = propertyOf(info);
        }
    }

    [[nodiscard]] ClassSides take() { return std::move(m_all); }

private:
    AttributeSides *known(const QString &nativeName)
    {
        const auto found = m_places.constFind(nativeName.toLower());
        return found == m_places.constEnd() ? nullptr : &m_all.attributes[*found];
    }

    AttributeSides &entryFor(const AttributeInfo &info)
    {
        AttributeSides *entry = known(info.nativeName);
        if (!entry)
            entry = known(info.name);
        if (entry)
            return *entry;
        AttributeSides &added = append(info.name, {info.nativeName, info.name});
        added.property = propertyOf(info);
        added.isName = info.isName();
        added.hasCounterpart = info.source != AttributeSource::None;
        return added;
    }

    AttributeSides &entryFor(const DeclaredAttribute &attribute)
    {
        AttributeSides *entry = known(attribute.nativeName);
        return entry ? *entry : append(attribute.name, {attribute.nativeName});
    }

    AttributeSides &append(const QString &name, const QStringList &natives)
    {
        for (const QString &native : natives)
            m_places.insert(native.toLower(), m_all.attributes.size());
        AttributeSides entry;
        entry.name = name;
        m_all.attributes.append(entry);
        return m_all.attributes.last();
    }

    ClassSides m_all;
    QHash<QString, qsizetype> m_places; // By native name in lower case.
};

} // namespace

bool differs(const AttributeSides &attribute, bool withFile, bool withLive)
{
    if (withFile && attribute.inFile != attribute.inDefault)
        return true;
    return withLive && attribute.inLive != (withFile ? attribute.inFile : attribute.inDefault);
}

QList<ClassSides> schemaSides(const JsonText *file, const Schema *live)
{
    const QList<DeclaredObjectType> types =
        file ? declaredObjectTypes(*file) : QList<DeclaredObjectType>();
    QList<ClassSides> all;
    const Schema known = defaultSchema();
    for (const ObjectClassInfo &builtIn : known.classes) {
        Sides sides(builtIn);
        const auto declared =
            std::find_if(types.begin(), types.end(), [&](const DeclaredObjectType &type) {
                return type.nativeType == builtIn.name();
            });
        if (declared != types.end())
            sides.addFile(*file, *declared);
        if (live)
            sides.addLive(live->of(builtIn.objectClass));
        all.append(sides.take());
    }
    return all;
}

} // namespace hubkeeper
