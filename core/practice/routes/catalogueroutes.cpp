// SPDX-License-Identifier: MIT
#include "practice/routes/batch.h"
#include "practice/routes/routes.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

const QHash<QString, QStringList> &fieldTypes()
{
    static const QHash<QString, QStringList> types {
        {u"string"_s,
         {u"text"_s, u"textarea"_s, u"html"_s, u"phonenumber"_s, u"file"_s,
          u"calculation_equation"_s}},
        {u"number"_s, {u"number"_s, u"calculation_equation"_s}},
        {u"bool"_s, {u"booleancheckbox"_s, u"calculation_equation"_s}},
        {u"enumeration"_s,
         {u"select"_s, u"radio"_s, u"checkbox"_s, u"booleancheckbox"_s, u"calculation_equation"_s}},
        {u"date"_s, {u"date"_s}},
        {u"datetime"_s, {u"date"_s}},
        {u"phone_number"_s, {u"phonenumber"_s}},
    };
    return types;
}

/// Options with every member the API shows (hubspot-api 7.2), or a 400.
Outcome<QJsonArray> readOptions(const QJsonValue &json)
{
    QJsonArray options;
    QSet<QString> values;
    for (const QJsonValue &entry : json.toArray()) {
        QJsonObject option = entry.toObject();
        const QString value = option.value("value"_L1).toString();
        if (!option.value("label"_L1).isString() || value.isEmpty())
            return refuse(invalid(u"Every option needs label and value"_s));
        if (values.contains(value))
            return refuse(invalid(u"Option values must be unique: %1 is not"_s.arg(value)));
        values.insert(value);
        if (!option.contains("hidden"_L1))
            option.insert(u"hidden"_s, false);
        if (!option.contains("displayOrder"_L1))
            option.insert(u"displayOrder"_s, options.size());
        options.append(option);
    }
    return options;
}

Outcome<void> checkKind(PortalState &state, ObjectType type, const QJsonObject &json)
{
    const QString kind = json.value("type"_L1).toString();
    const QString field = json.value("fieldType"_L1).toString();
    if (!fieldTypes().contains(kind))
        return refuse(invalid(u"'%1' is not a property type"_s.arg(kind)));
    if (!fieldTypes().value(kind).contains(field))
        return refuse(
            invalid(u"The fieldType '%1' does not suit the type '%2'"_s.arg(field, kind)));
    const QString group = json.value("groupName"_L1).toString();
    if (!state.catalogue(type).group(group))
        return refuse(invalid(u"The property group '%1' does not exist"_s.arg(group)));
    return {};
}

Reply nameTaken(const QString &name)
{
    return errorReply(409, u"OBJECT_ALREADY_EXISTS"_s,
                      u"A property named '%1' already exists."_s.arg(name),
                      {{u"subCategory"_s, u"Properties.PROPERTY_WITH_NAME_EXISTS"_s}});
}

Reply labelTaken(const QString &label)
{
    return invalid(u"The property label '%1' is already in use."_s.arg(label),
                   {{u"subCategory"_s, u"NON_UNIQUE_PROPERTY_LABEL"_s}});
}

Outcome<void> checkNew(PortalState &state, ObjectType type, const QJsonObject &json)
{
    static const QRegularExpression form(u"^[a-z][a-z0-9_]{0,99}\\z"_s);
    Catalogue &catalogue = state.catalogue(type);
    QStringList missing;
    for (const QString &member :
         {u"name"_s, u"label"_s, u"type"_s, u"fieldType"_s, u"groupName"_s}) {
        if (json.value(member).toString().isEmpty())
            missing.append(member);
    }
    if (!missing.isEmpty())
        return refuse(
            invalid(u"Some required fields were not set: [%1]"_s.arg(missing.join(u", "_s))));
    const QString name = json.value("name"_L1).toString();
    if (!form.match(name).hasMatch())
        return refuse(invalid(u"The property name '%1' may hold lower-case letters, digits and "
                              "underscores only, and begins with a letter"_s.arg(name)));
    if (catalogue.live(name))
        return refuse(nameTaken(name));
    if (catalogue.hasLabel(json.value("label"_L1).toString(), name))
        return refuse(labelTaken(json.value("label"_L1).toString()));
    const RequestBounds &bounds = state.options.bounds;
    if (catalogue.customCount() >= bounds.customProperties)
        return refuse(invalid(
            u"The account may have at most %1 custom properties"_s.arg(bounds.customProperties)));
    if (json.value("hasUniqueValue"_L1).toBool()
        && catalogue.uniqueCount() >= bounds.uniqueProperties)
        return refuse(invalid(
            u"At most %1 properties may have unique values"_s.arg(bounds.uniqueProperties)));
    return checkKind(state, type, json);
}

QJsonObject completed(const PortalState &state, const QJsonObject &json, const QJsonArray &options)
{
    const QString now = isoText(state.now());
    QJsonObject full {{u"description"_s, QString()},
                      {u"displayOrder"_s, -1},
                      {u"hasUniqueValue"_s, false},
                      {u"hidden"_s, false},
                      {u"formField"_s, false},
                      {u"externalOptions"_s, false},
                      {u"dataSensitivity"_s, u"non_sensitive"_s}};
    for (auto it = json.begin(); it != json.end(); ++it)
        full.insert(it.key(), it.value());
    const bool isComputed = json.value("fieldType"_L1) == u"calculation_equation"_s;
    full.insert(u"options"_s, options);
    full.insert(u"calculated"_s, isComputed);
    full.insert(u"archived"_s, false);
    full.insert(u"hubspotDefined"_s, false);
    full.insert(u"createdAt"_s, now);
    full.insert(u"updatedAt"_s, now);
    full.insert(u"createdUserId"_s, u"5050"_s);
    full.insert(u"updatedUserId"_s, u"5050"_s);
    full.insert(u"modificationMetadata"_s,
                QJsonObject {{u"archivable"_s, true},
                             {u"readOnlyDefinition"_s, false},
                             {u"readOnlyOptions"_s, false},
                             {u"readOnlyValue"_s, isComputed}});
    return full;
}

Outcome<QJsonObject> addProperty(PortalState &state, ObjectType type, const QJsonObject &json)
{
    if (auto checked = checkNew(state, type, json); !checked)
        return refuse(checked.error());
    QJsonValue sent = json.value("options"_L1);
    const bool isBool = json.value("type"_L1) == u"bool"_s;
    if (isBool && sent.toArray().isEmpty()) {
        sent = QJsonArray {QJsonObject {{u"label"_s, u"Yes"_s}, {u"value"_s, u"true"_s}},
                           QJsonObject {{u"label"_s, u"No"_s}, {u"value"_s, u"false"_s}}};
    }
    const auto options = readOptions(sent);
    if (!options)
        return refuse(options.error());
    const QJsonObject full = completed(state, json, *options);
    const Property property = Property::fromJson(full);
    state.catalogue(type).put(property);
    if (property.unique)
        state.store(type).addUnique(property.name);
    return full;
}

Outcome<QJsonObject> changeProperty(PortalState &state, ObjectType type, const Property &known,
                                    const QJsonObject &json)
{
    for (const QString &fixed : {u"name"_s, u"hasUniqueValue"_s, u"dataSensitivity"_s}) {
        if (json.contains(fixed) && json.value(fixed) != known.json.value(fixed))
            return refuse(invalid(u"'%1' of a property cannot be changed"_s.arg(fixed)));
    }
    QJsonObject full = known.json;
    for (const QString &member :
         {u"label"_s, u"type"_s, u"fieldType"_s, u"groupName"_s, u"description"_s,
          u"displayOrder"_s, u"hidden"_s, u"formField"_s, u"calculationFormula"_s,
          u"numberDisplayHint"_s, u"showCurrencySymbol"_s}) {
        if (!json.contains(member) || json.value(member) == full.value(member))
            continue;
        if (known.readOnlyDefinition
            && (member == "type"_L1 || member == "fieldType"_L1 || member == "label"_L1))
            return refuse(invalid(u"The definition of '%1' is read-only"_s.arg(known.name)));
        full.insert(member, json.value(member));
    }
    if (state.catalogue(type).hasLabel(full.value("label"_L1).toString(), known.name)
        && json.contains("label"_L1))
        return refuse(labelTaken(json.value("label"_L1).toString()));
    if (json.contains("options"_L1)) {
        const auto options = readOptions(json.value("options"_L1));
        if (!options)
            return refuse(options.error());
        if (known.readOnlyOptions)
            return refuse(invalid(u"The options of '%1' are read-only"_s.arg(known.name)));
        full.insert(u"options"_s, *options);
    }
    if (json.contains("type"_L1) || json.contains("fieldType"_L1)
        || json.contains("groupName"_L1)) {
        if (auto kind = checkKind(state, type, full); !kind)
            return refuse(kind.error());
    }
    full.insert(u"updatedAt"_s, isoText(state.now()));
    return full;
}

Outcome<void> retire(PortalState &state, ObjectType type, const QString &name)
{
    const Property *known = state.catalogue(type).live(name);
    if (!known)
        return refuse(notFound());
    if (!known->archivable || known->hubspotDefined)
        return refuse(invalid(u"The property '%1' cannot be archived."_s.arg(name)));
    if (state.catalogue(type).isInUse(name))
        return refuse(invalid(
            u"The property '%1' is in use."_s.arg(name),
            {{u"subCategory"_s, u"PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE"_s}}));
    QJsonObject full = known->json;
    full.insert(u"archived"_s, true);
    full.insert(u"archivedAt"_s, isoText(state.now()));
    state.catalogue(type).put(Property::fromJson(full));
    return {};
}

/// Which sensitivity is asked for; the default hides sensitive ones (hubspot-api 7.1).
QString sensitivityOf(const QString &asked)
{
    return asked.isEmpty() ? u"non_sensitive"_s : asked;
}

} // namespace

Reply listProperties(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const bool archived = call.flag("archived"_L1);
    const QString sensitivity = sensitivityOf(call.param("dataSensitivity"_L1));
    const QStringList wanted = call.listParam("properties"_L1);
    QJsonArray results;
    for (const auto &[name, property] : state.catalogue(*type).all()) {
        if (property.archived == archived && property.sensitivity == sensitivity
            && (wanted.isEmpty() || wanted.contains(name)))
            results.append(property.json);
    }
    return jsonReply({{u"results"_s, results}});
}

Reply readProperty(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const Property *property = state.catalogue(*type).any(call.args[1]);
    if (!property || property->archived != call.flag("archived"_L1))
        return notFound();
    return jsonReply(property->json);
}

Reply createProperty(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto made = addProperty(state, *type, call.body());
    return made ? jsonReply(*made, 201) : made.error();
}

Reply updateProperty(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const Property *known = state.catalogue(*type).live(call.args[1]);
    if (!known)
        return notFound();
    const auto changed = changeProperty(state, *type, *known, call.body());
    if (!changed)
        return changed.error();
    state.catalogue(*type).put(Property::fromJson(*changed));
    return jsonReply(*changed);
}

Reply archiveProperty(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto done = retire(state, *type, call.args[1]);
    return done ? emptyReply(204) : done.error();
}

namespace {

constexpr int mostDefinitions = 100; // In one batch of definitions.

Outcome<QJsonArray> definitionInputs(const ApiCall &call)
{
    return batchInputs(call, mostDefinitions,
                       u"The maximum number of inputs supported in a batch is 100. Please reduce "
                       "the number of items and try again"_s);
}

QJsonObject entryFor(const Reply &reply, const QString &name)
{
    QJsonObject entry = reply.json.value_or(QJsonObject());
    entry.insert(u"context"_s, QJsonObject {{u"name"_s, QJsonArray {name}}});
    return entry;
}

} // namespace

Reply batchReadProperties(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    const auto inputs = definitionInputs(call);
    if (!type || !inputs)
        return !type ? type.error() : inputs.error();
    const bool archived = call.body().value("archived"_L1).toBool();
    const QString sensitivity = sensitivityOf(call.body().value("dataSensitivity"_L1).toString());
    QJsonArray results;
    QJsonArray errors;
    for (const QJsonValue &input : *inputs) {
        const QString name = input.toObject().value("name"_L1).toString();
        const Property *property = state.catalogue(*type).any(name);
        if (property && property->archived == archived && property->sensitivity == sensitivity)
            results.append(property->json);
        else
            errors.append(entryFor(notFound(), name));
    }
    return batchReply(state, results, errors, 200);
}

Reply batchCreateProperties(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    const auto inputs = definitionInputs(call);
    if (!type || !inputs)
        return !type ? type.error() : inputs.error();
    QJsonArray results;
    QJsonArray errors;
    for (const QJsonValue &input : *inputs) {
        const auto made = addProperty(state, *type, input.toObject());
        if (made)
            results.append(*made);
        else
            errors.append(entryFor(made.error(), input.toObject().value("name"_L1).toString()));
    }
    return batchReply(state, results, errors, 201);
}

Reply batchArchiveProperties(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    const auto inputs = definitionInputs(call);
    if (!type || !inputs)
        return !type ? type.error() : inputs.error();
    for (const QJsonValue &input : *inputs) {
        const QString name = input.toObject().value("name"_L1).toString();
        const auto done = retire(state, *type, name);
        if (!done && done.error().status != 404)
            return done.error();
    }
    return emptyReply(204);
}

} // namespace hubkeeper::practice
