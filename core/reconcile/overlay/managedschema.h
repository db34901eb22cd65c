// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/targetrules.h"

namespace hubkeeper {

/// What the schema of a managed object type refuses, as far as it can be told from config/managed:
/// types, required and unique values, addresses, forbidden characters. Pure.
class ManagedSchema
{
public:
    /// `schema` of an element of `objects` in config/managed.
    explicit ManagedSchema(const QJsonObject &schema);

    /// The first thing that is wrong with an object, such as "required: mail"; empty for nothing.
    [[nodiscard]] QString broken(const QJsonObject &object, const Taken &taken) const;
    /// Policies that only the server checks, such as "password: at-least-X-capitals", sorted.
    [[nodiscard]] const QStringList &unchecked() const { return m_unchecked; }

private:
    struct Property
    {
        QStringList types; ///< Empty: any.
        bool isUnique = false;
        bool isAddress = false;
        QString forbidden; ///< Characters.
    };

    void readPolicies(const QString &name, const QJsonArray &policies, Property &property);

    QMap<QString, Property> m_properties;
    QStringList m_required;
    QStringList m_unchecked;
};

} // namespace hubkeeper
