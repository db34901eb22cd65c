// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QJsonObject>

namespace hubkeeper {

/// One choice of an enumeration.
struct PropertyOption
{
    QString value;
    QString label;
    bool hidden = false; ///< Keep for display, do not offer.

    bool operator==(const PropertyOption &) const = default;
};

/// A property definition (hubspot-api 7.2). Unknown types fall back to read-only text.
struct PropertyDefinition
{
    QString name;
    QString label;
    QString type; ///< "string", "number", "bool", "enumeration", "date", "datetime", ...
    QString fieldType; ///< "text", "textarea", "select", "radio", "checkbox", ...
    QString groupName;
    QString description;
    QList<PropertyOption> options;
    QString referencedObjectType; ///< "OWNER" or empty.
    int displayOrder = -1;
    bool externalOptions = false; ///< `options` may lack some; those have ids of digits.
    bool calculated = false;
    bool hasUniqueValue = false;
    bool hidden = false;
    bool formField = false;
    bool hubspotDefined = false;
    bool archived = false;
    bool readOnlyValue = false; ///< HubSpot refuses values, whatever `json` says of that.
    bool readOnlyDefinition = false;
    bool readOnlyOptions = false;
    QJsonObject json; ///< As the portal sent it.

    /// A checkbox enumeration: values joined by ';', compared as sets (hubspot-api 8.1).
    [[nodiscard]] bool isMultiValued() const { return fieldType == QStringLiteral("checkbox"); }
};

[[nodiscard]] Result<PropertyDefinition> parseProperty(const QByteArray &json);
[[nodiscard]] Result<QList<PropertyDefinition>> parseProperties(const QByteArray &json);

/// Why `text` cannot be a value of the property, as an English sentence, or empty if it can:
/// read-only, option, number, boolean, date, datetime, e-mail (hubspot-api 7.3, 8). The empty
/// text, which clears, is fine for every writable property.
[[nodiscard]] QString refusalOf(const PropertyDefinition &property, const QString &text);

/// Whether a value may be about a person, so that masking has to hide it. Numbers, dates and yes or
/// no of HubSpot's own properties, options and ids of owners do not, unless the property is a
/// personal one by its name (isPersonalProperty()); every other text may. What does not fit the
/// definition counts as text. Without a definition everything may, but the record id.
[[nodiscard]] bool mayBePersonal(const PropertyDefinition *property, const QString &name,
                                 const QString &text);

} // namespace hubkeeper
