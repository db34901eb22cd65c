// SPDX-License-Identifier: MIT
#include "session/schema/schemapatch.h"

#include "session/schema/schemamatch.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A JSON object on one line, its members in the order given, as shipped files write attributes.
class OneLine
{
public:
    OneLine &add(const QString &key, const QByteArray &json)
    {
        m_text += (m_text.isEmpty() ? "{ " : ", ") + jsonQuoted(key) + ": " + json;
        return *this;
    }

    [[nodiscard]] QByteArray text() const { return m_text.isEmpty() ? "{}" : m_text + " }"; }

private:
    QByteArray m_text;
};

QByteArray flagsJson(const QStringList &flags)
{
    QByteArrayList quoted;
    for (const QString &flag : flags)
        quoted.append(jsonQuoted(flag));
    return '[' + quoted.join(", ") + ']';
}

QByteArray itemsJson(const QString &itemType)
{
    return OneLine()
        .add(u"type"_s, jsonQuoted(itemType))
        .add(u"nativeType"_s, jsonQuoted(itemType))
        .text();
}

QByteArray propertiesJson(const ObjectClassInfo &info, const QByteArray &indent)
{
    QByteArrayList members;
    for (const AttributeInfo &attribute : info.attributes)
        members.append(indent + "    " + jsonQuoted(attribute.name) + ": "
                       + attributeJson(attribute));
    return "{\n" + members.join(",\n") + '\n' + indent + '}';
}

QByteArray classJson(const ObjectClassInfo &info, const QByteArray &indent)
{
    const QByteArray inside = indent + "    ";
    const QByteArray name = jsonQuoted(info.name());
    return "{\n" + inside + R"("$schema": "http://json-schema.org/draft-03/schema",)" + '\n'
        + inside + R"("id": )" + name + ",\n" + inside + R"("type": "object",)" + '\n' + inside
        + R"("nativeType": )" + name + ",\n" + inside + R"("properties": )"
        + propertiesJson(info, inside) + '\n' + indent + '}';
}

/// The blanks before a node's line.
QByteArray indentationAt(const JsonText &text, int node)
{
    const JsonText::Node &value = text.node(node);
    const qsizetype begin = value.key.size() > 0 ? value.key.begin : value.span.begin;
    const qsizetype line = text.bytes().lastIndexOf('\n', begin) + 1;
    qsizetype end = line;
    while (end < begin && (text.bytes()[end] == ' ' || text.bytes()[end] == '\t'))
        ++end;
    return text.bytes().mid(line, end - line);
}

using Members = QList<std::pair<QString, QByteArray>>;

QStringList strictFlags(const DeclaredAttribute &attribute, const AttributeInfo &info)
{
    QStringList flags = attribute.flags;
    for (const QString &flag : info.flags()) {
        if (!flags.contains(flag))
            flags.append(flag);
    }
    return flags;
}

class Patch
{
public:
    Patch(const JsonText &file, const Schema &live, const SchemaPatch &patch)
        : m_text(file)
        , m_live(live)
        , m_patch(patch)
        , m_default(defaultSchema())
        , m_readsSchema(readsSchema(file))
        , m_types(declaredObjectTypes(file))
    {
    }

    QList<TextEdit> edits()
    {
        for (const DeclaredObjectType &type : m_types) {
            const ObjectClassInfo *live = classNamed(m_live, type.nativeType);
            if (!live)
                continue;
            if (m_patch.correct)
                correctAttributes(type, *live);
            if (m_patch.addAttributes)
                addAttributes(type, *live);
        }
        if (m_patch.addClasses)
            addClasses();
        return std::move(m_edits);
    }

private:
    void correctAttributes(const DeclaredObjectType &type, const ObjectClassInfo &live)
    {
        for (const DeclaredAttribute &attribute : type.attributes) {
            const AttributeInfo *info = live.find(attribute.nativeName);
            if (info)
                m_edits += attributeCorrections(m_text, attribute, *info,
                                                correctsType(type, attribute, *info));
        }
    }

    [[nodiscard]] bool correctsType(const DeclaredObjectType &type,
                                    const DeclaredAttribute &attribute,
                                    const AttributeInfo &info) const
    {
        if (!m_patch.onlyDrift)
            return true;
        const ObjectClassInfo *builtIn = classNamed(m_default, type.nativeType);
        const AttributeInfo *inDefault = builtIn ? builtIn->find(attribute.nativeName) : nullptr;
        return !hasTypeOf(attribute, info) && !hasBuiltInType(attribute, inDefault, m_readsSchema);
    }

    void addAttributes(const DeclaredObjectType &type, const ObjectClassInfo &live)
    {
        Members members;
        for (const AttributeInfo &info : live.attributes) {
            if (isWanted(info) && !declaredFor(type, info) && !hasKey(type, info.name))
                members.append({info.name, attributeJson(info)});
        }
        if (type.properties != JsonText::none)
            m_edits += setMembers(m_text, type.properties, members);
        else if (m_patch.onlyAttributes.isEmpty()
                 && m_text.member(type.node, u"properties"_s) == JsonText::none)
            m_edits += setMembers(
                m_text, type.node,
                {{u"properties"_s, propertiesJson(live, indentationAt(m_text, type.node))}});
    }

    [[nodiscard]] bool isWanted(const AttributeInfo &info) const
    {
        return m_patch.onlyAttributes.isEmpty()
            || m_patch.onlyAttributes.contains(info.name, Qt::CaseInsensitive);
    }

    /// The name is taken, by an attribute of another native name or by something that is none.
    [[nodiscard]] bool hasKey(const DeclaredObjectType &type, const QString &name) const
    {
        return m_text.member(type.properties, name) != JsonText::none;
    }

    void addClasses()
    {
        const int root = m_text.root();
        const int all = m_text.member(root, u"objectTypes"_s);
        if (all != JsonText::none && m_text.node(all).kind != JsonKind::Object)
            return;
        Members members;
        const QByteArray outer = all == JsonText::none ? indentationAt(m_text, root) + "    "
                                                       : indentationAt(m_text, all);
        const QByteArray indent = outer + "    ";
        for (const ObjectClassInfo &info : m_live.classes) {
            if (!isDeclared(info) && m_text.member(all, info.name()) == JsonText::none)
                members.append({info.name(), classJson(info, indent)});
        }
        if (all != JsonText::none) {
            m_edits += setMembers(m_text, all, members);
            return;
        }
        QByteArrayList types;
        for (const auto &[key, json] : members)
            types.append(indent + jsonQuoted(key) + ": " + json);
        m_edits += setMembers(m_text, root,
                              {{u"objectTypes"_s, "{\n" + types.join(",\n") + '\n' + outer + '}'}});
    }

    [[nodiscard]] bool isDeclared(const ObjectClassInfo &info) const
    {
        return std::any_of(m_types.begin(), m_types.end(), [&](const DeclaredObjectType &type) {
            return type.nativeType == info.name();
        });
    }

    const JsonText &m_text;
    const Schema &m_live;
    const SchemaPatch m_patch;
    const Schema m_default;
    const bool m_readsSchema;
    const QList<DeclaredObjectType> m_types;
    QList<TextEdit> m_edits;
};

/// The attributes of the file that the schema does not have.
QList<DeclaredAttribute> goneFrom(const JsonText &file, const Schema &live)
{
    QList<DeclaredAttribute> gone;
    for (const DeclaredObjectType &type : declaredObjectTypes(file)) {
        const ObjectClassInfo *known = classNamed(live, type.nativeType);
        for (const DeclaredAttribute &attribute : type.attributes) {
            if (known && !known->find(attribute.nativeName))
                gone.append(attribute);
        }
    }
    return gone;
}

} // namespace

QStringList goneAttributes(const JsonText &file, const Schema &live)
{
    QStringList names;
    for (const DeclaredAttribute &attribute : goneFrom(file, live))
        names.append(attribute.name);
    return names;
}

QByteArray withoutGone(const QByteArray &file, const Schema &live, const QStringList &names)
{
    QByteArray text = file;
    while (true) { // One after the other: neighbours share their commas.
        const JsonText now(text);
        const QList<DeclaredAttribute> gone = goneFrom(now, live);
        const auto next =
            std::find_if(gone.begin(), gone.end(), [&names](const DeclaredAttribute &one) {
                return names.contains(one.name, Qt::CaseInsensitive);
            });
        if (next == gone.end())
            return text;
        text = applied(text, {removeChild(now, next->node)});
    }
}

QList<TextEdit> attributeCorrections(const JsonText &file, const DeclaredAttribute &attribute,
                                     const AttributeInfo &info, bool withType)
{
    Members members;
    if (withType && (attribute.type.isEmpty() || !hasTypeOf(attribute, info))) {
        members.append({u"type"_s, jsonQuoted(info.type)});
        members.append({u"nativeType"_s, jsonQuoted(info.nativeType)});
        if (info.isMultiValued())
            members.append({u"items"_s, itemsJson(info.itemType)});
    }
    if (info.required && !attribute.required)
        members.append({u"required"_s, "true"});
    if (isTooLax(attribute, info))
        members.append({u"flags"_s, flagsJson(strictFlags(attribute, info))});
    return setMembers(file, attribute.node, members);
}

QByteArray attributeJson(const AttributeInfo &info)
{
    OneLine json;
    json.add(u"type"_s, jsonQuoted(info.type));
    if (info.isMultiValued())
        json.add(u"items"_s, itemsJson(info.itemType));
    if (info.required)
        json.add(u"required"_s, "true");
    json.add(u"nativeName"_s, jsonQuoted(info.nativeName));
    json.add(u"nativeType"_s, jsonQuoted(info.nativeType));
    if (!info.flags().isEmpty())
        json.add(u"flags"_s, flagsJson(info.flags()));
    return json.text();
}

QList<TextEdit> patchedObjectTypes(const JsonText &file, const Schema &live,
                                   const SchemaPatch &patch)
{
    if (!file.isValid() || file.node(file.root()).kind != JsonKind::Object)
        return {};
    return Patch(file, live, patch).edits();
}

} // namespace hubkeeper
