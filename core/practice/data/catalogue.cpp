// SPDX-License-Identifier: MIT
#include "practice/data/catalogue.h"

#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

/// Makes the resource of a static library known. Outside of every namespace, as Qt asks.
static void initPracticeResource()
{
    Q_INIT_RESOURCE(practice);
}

namespace hubkeeper::practice {

namespace {

QJsonObject defaultDefinitions()
{
    initPracticeResource();
    QFile file(u":/hubkeeper/practice/default-properties.json"_s);
    const bool isThere = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isThere);
    Q_UNUSED(isThere)
    return QJsonDocument::fromJson(file.readAll()).object();
}

} // namespace

Property Property::fromJson(const QJsonObject &json)
{
    const QJsonObject change = json.value("modificationMetadata"_L1).toObject();
    Property property;
    property.json = json;
    property.name = json.value("name"_L1).toString();
    property.label = json.value("label"_L1).toString();
    property.type = json.value("type"_L1).toString();
    property.fieldType = json.value("fieldType"_L1).toString();
    property.group = json.value("groupName"_L1).toString();
    for (const QJsonValue &option : json.value("options"_L1).toArray()) {
        const QString value = option.toObject().value("value"_L1).toString();
        property.options.insert(value);
        property.optionOrder.append(value);
    }
    property.externalOptions = json.value("externalOptions"_L1).toBool();
    property.isOwner = json.value("referencedObjectType"_L1).toString() == "OWNER"_L1;
    property.readOnlyValue = change.value("readOnlyValue"_L1).toBool();
    property.readOnlyDefinition = change.value("readOnlyDefinition"_L1).toBool();
    property.readOnlyOptions = change.value("readOnlyOptions"_L1).toBool();
    property.archivable = change.value("archivable"_L1).toBool(true);
    property.unique = json.value("hasUniqueValue"_L1).toBool();
    property.calculated = json.value("calculated"_L1).toBool();
    property.hubspotDefined = json.value("hubspotDefined"_L1).toBool();
    property.archived = json.value("archived"_L1).toBool();
    property.sensitivity = json.value("dataSensitivity"_L1).toString(u"non_sensitive"_s);
    return property;
}

Catalogue Catalogue::defaults(ObjectType type)
{
    static const QJsonObject definitions = defaultDefinitions();
    const QString key = namesOf(type).plural;
    return of(definitions.value(key).toArray(),
              definitions.value("groups"_L1).toObject().value(key).toArray());
}

Catalogue Catalogue::of(const QJsonArray &definitions, const QJsonArray &groups)
{
    Catalogue catalogue;
    for (const QJsonValue &value : definitions)
        catalogue.put(Property::fromJson(value.toObject()));
    for (const QJsonValue &value : groups)
        catalogue.m_groups.append(value.toObject());
    return catalogue;
}

const Property *Catalogue::live(const QString &name) const
{
    const Property *property = any(name);
    return property && !property->archived ? property : nullptr;
}

const Property *Catalogue::any(const QString &name) const
{
    const auto it = m_properties.find(name);
    return it == m_properties.end() ? nullptr : &it->second;
}

void Catalogue::put(const Property &property)
{
    const auto old = m_properties.find(property.name);
    Property stored = property;
    if (old != m_properties.end() && stored.rules.isEmpty())
        stored.rules = old->second.rules;
    m_properties[property.name] = stored;
    ++m_revision;
}

void Catalogue::setRule(const QString &name, const QString &rule, const QJsonArray &arguments)
{
    if (const auto it = m_properties.find(name); it != m_properties.end())
        it->second.rules.insert(rule, arguments);
    ++m_revision;
}

int Catalogue::customCount() const
{
    return static_cast<int>(
        std::count_if(m_properties.begin(), m_properties.end(), [](const auto &entry) {
            return !entry.second.hubspotDefined && !entry.second.archived;
        }));
}

int Catalogue::uniqueCount() const
{
    return static_cast<int>(
        std::count_if(m_properties.begin(), m_properties.end(), [](const auto &entry) {
            return entry.second.unique && !entry.second.archived;
        }));
}

bool Catalogue::hasLabel(const QString &label, const QString &exceptName) const
{
    return std::any_of(m_properties.begin(), m_properties.end(), [&](const auto &entry) {
        return entry.first != exceptName && !entry.second.archived
            && entry.second.label.compare(label, Qt::CaseInsensitive) == 0;
    });
}

bool Catalogue::groupIsUsed(const QString &group) const
{
    return std::any_of(m_properties.begin(), m_properties.end(), [&](const auto &entry) {
        return entry.second.group == group && !entry.second.archived;
    });
}

std::optional<QJsonObject> Catalogue::group(const QString &name) const
{
    for (const QJsonObject &group : m_groups) {
        if (group.value("name"_L1).toString() == name)
            return group;
    }
    return std::nullopt;
}

void Catalogue::putGroup(const QJsonObject &group)
{
    removeGroup(group.value("name"_L1).toString());
    m_groups.append(group);
}

void Catalogue::removeGroup(const QString &name)
{
    m_groups.removeIf(
        [&](const QJsonObject &group) { return group.value("name"_L1).toString() == name; });
}

} // namespace hubkeeper::practice
