// SPDX-License-Identifier: MIT
#include "stageattributes.h"

#include "attributenames.h"
#include "connector/connector.h"
#include "waiting.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

ObjectClass classOf(ObjectType type)
{
    return type == ObjectType::Contacts ? ObjectClass::Contact : ObjectClass::Company;
}

/// Attributes that no property holds, e.g. lists of objects: fine as long as they are what the
/// object has, so that what `get --json` printed can be given back. Others that are computed are
/// staged, for the guard to refuse.
Result<void> checkUnchanged(Session &session, ObjectType type, const Record &record,
                            const ResolvedAttributes &resolved, Services &services)
{
    if (resolved.odd.isEmpty())
        return {};
    QStringList names;
    for (const GivenAttribute &attribute : resolved.odd)
        names.append(attribute.name);
    const auto object =
        waitFor(session.connector().get(nameOf(classOf(type)), record.id, names, &services.calls),
                services.interrupt);
    if (!object && object.error().kind != ErrorKind::InvalidInput) // An attribute it has not.
        return tl::unexpected(object.error());
    for (const GivenAttribute &attribute : resolved.odd) {
        if (object && object->attributes[attribute.name] == attribute.json)
            continue;
        if (attribute.text && resolved.definitions.contains(attribute.name)) {
            session.changes().setText(type, record, record.id, attribute.name, *attribute.text);
            continue;
        }
        if (!attribute.text)
            return noText(attribute);
        return cannotBeWritten(attribute);
    }
    return {};
}

} // namespace

tl::unexpected<Error> cannotBeWritten(const GivenAttribute &attribute)
{
    return fail(ErrorKind::InvalidInput, u"%1 cannot be written."_s.arg(attribute.name),
                u"The connector derives it; nothing was sent."_s);
}

Result<ResolvedAttributes> resolveAttributes(Session &session, ObjectType type,
                                             const QList<GivenAttribute> &attributes,
                                             const QString &file, Services &services)
{
    const auto defined =
        waitFor(session.definitions(type, false, &services.calls), services.interrupt);
    if (!defined)
        return tl::unexpected(defined.error());
    const auto schema = waitFor(session.connector().schema(&services.calls), services.interrupt);
    if (!schema)
        return tl::unexpected(schema.error());
    ResolvedAttributes resolved;
    for (const PropertyDefinition &definition : *defined)
        resolved.definitions.insert(definition.name, definition);
    const QStringList known = resolved.definitions.keys();
    const AttributeNames names(schema->of(classOf(type)), file);
    QStringList given;
    for (GivenAttribute attribute : attributes) {
        const auto property = names.propertyOf(attribute.name, known);
        if (!property && !names.resolve(attribute.name))
            return tl::unexpected(property.error());
        const bool isComputed = property && resolved.definitions[*property].readOnlyValue;
        if (!property || isComputed || !attribute.text) {
            resolved.odd.append(attribute);
            continue;
        }
        attribute.name = *property;
        if (given.contains(attribute.name))
            return fail(ErrorKind::InvalidInput,
                        u"The attribute %1 is given twice."_s.arg(attribute.name),
                        u"Nothing was sent."_s);
        given.append(attribute.name);
        resolved.properties.append(attribute);
    }
    return resolved;
}

Result<void> stageUpdate(Session &session, ObjectType type, const Record &record,
                         const QList<GivenAttribute> &attributes, const QString &file,
                         Services &services)
{
    const auto resolved = resolveAttributes(session, type, attributes, file, services);
    if (!resolved)
        return tl::unexpected(resolved.error());
    for (const GivenAttribute &attribute : resolved->properties) {
        const bool isSame = sameValue(resolved->definitions, attribute.name,
                                      record.text(attribute.name), *attribute.text);
        if (!isSame)
            session.changes().setText(type, record, record.id, attribute.name, *attribute.text);
    }
    return checkUnchanged(session, type, record, *resolved, services);
}

} // namespace hubkeeper::cli
