// SPDX-License-Identifier: MIT
#pragma once

#include "portal/account.h"
#include "portal/property.h"

#include <QHash>

namespace hubkeeper {

/// One of several values a property can have.
struct PropertyChoice
{
    QString value; ///< Never empty.
    QString label; ///< Differs from every other choice's, whatever the case.
    QString plainLabel; ///< Without what distinguishes it from others of the same label.
    bool isOffered = true; ///< False: kept for display (hidden options, owners who left).
};

/// The options of an enumeration. Labels that several of them have are followed by the value.
[[nodiscard]] QList<PropertyChoice> optionChoices(const PropertyDefinition &definition);
/// Owners by name; names that several of them have are followed by the e-mail address, else by the
/// id.
[[nodiscard]] QList<PropertyChoice> ownerChoices(const QList<Owner> &owners);

/// Values as people read them, where they do not depend on the language: labels of options, names
/// of owners. Numbers, days and instants are as HubSpot keeps them.
class ValueLabels
{
public:
    ValueLabels(const QList<PropertyDefinition> &definitions, const QList<Owner> &owners);

    /// Several values of a property are joined by ";". What has no label stays.
    [[nodiscard]] QString of(const QString &property, const QString &text) const;

private:
    struct Property
    {
        QHash<QString, QString> labels; // By value.
        bool isList = false;
        bool isOwner = false;
    };
    QHash<QString, Property> m_properties; // Those that have labels.
    QHash<QString, QString> m_owners; // By id.
};

} // namespace hubkeeper
