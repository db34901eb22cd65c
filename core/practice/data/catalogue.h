// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/record.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <map>

namespace hubkeeper::practice {

/// One property definition: what the API shows, and the parts the portal itself asks for.
struct Property
{
    QJsonObject json; ///< As in results[] (hubspot-api 7.2).
    QString name;
    QString label;
    QString type; ///< "string", "number", "bool", "enumeration", "date", "datetime", ...
    QString fieldType;
    QString group;
    QSet<QString> options;
    QStringList optionOrder; ///< For messages and for stages.
    bool externalOptions = false;
    bool isOwner = false;
    bool readOnlyValue = false;
    bool readOnlyDefinition = false;
    bool readOnlyOptions = false;
    bool archivable = true;
    bool unique = false;
    bool calculated = false;
    bool hubspotDefined = false;
    bool archived = false;
    QString sensitivity;
    QMap<QString, QJsonArray> rules; ///< Rule type to arguments (hubspot-api 7.5).

    [[nodiscard]] static Property fromJson(const QJsonObject &json);
};

/// The property definitions and groups of one object type. Starts as the default ones, or those of
/// another portal.
class Catalogue
{
public:
    /// The definitions that are compiled in, of one type.
    [[nodiscard]] static Catalogue defaults(ObjectType type);
    /// Other ones, in the same form.
    [[nodiscard]] static Catalogue of(const QJsonArray &definitions, const QJsonArray &groups);

    /// A live definition, or nullptr; valid until the catalogue changes.
    [[nodiscard]] const Property *live(const QString &name) const;
    /// Archived ones too.
    [[nodiscard]] const Property *any(const QString &name) const;

    void put(const Property &property);
    void setRule(const QString &name, const QString &rule, const QJsonArray &arguments);

    [[nodiscard]] const std::map<QString, Property> &all() const { return m_properties; }
    [[nodiscard]] int customCount() const;
    [[nodiscard]] int uniqueCount() const;
    [[nodiscard]] bool hasLabel(const QString &label, const QString &exceptName) const;
    [[nodiscard]] bool groupIsUsed(const QString &group) const;

    [[nodiscard]] QList<QJsonObject> groups() const { return m_groups; }
    [[nodiscard]] std::optional<QJsonObject> group(const QString &name) const;
    void putGroup(const QJsonObject &group);
    void removeGroup(const QString &name);

    /// Names that pretend to be used in a form or list, so that deleting them is refused.
    void markInUse(const QString &name) { m_inUse.insert(name); }
    [[nodiscard]] bool isInUse(const QString &name) const { return m_inUse.contains(name); }

    /// Changes with every change of a definition.
    [[nodiscard]] quint64 revision() const { return m_revision; }

private:
    std::map<QString, Property> m_properties;
    QList<QJsonObject> m_groups;
    QSet<QString> m_inUse;
    quint64 m_revision = 0;
};

} // namespace hubkeeper::practice
