// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"

namespace hubkeeper {

/// Every path of the API for one version: the template table of hubspot-api 2.3. Ids are put in
/// as they are; the transport encodes them.
class ApiPaths
{
public:
    explicit ApiPaths(ApiVersion version);

    [[nodiscard]] QString records(ObjectType type) const; ///< ".../contacts"
    [[nodiscard]] QString record(ObjectType type, const QString &id) const;
    [[nodiscard]] QString properties(ObjectType type) const;
    [[nodiscard]] QString propertyValidations(ObjectType type) const;
    [[nodiscard]] QString owners() const;
    [[nodiscard]] QString associations(ObjectType from, const QString &id, ObjectType to) const;
    [[nodiscard]] QString associationBatch(ObjectType from, ObjectType to) const; ///< ".../batch"
    [[nodiscard]] QString associationLabels(ObjectType from, ObjectType to) const;
    [[nodiscard]] QString limits() const;
    [[nodiscard]] QString accountDetails() const;
    [[nodiscard]] QString token() const; ///< "/oauth/2026-09/token"; v3 uses "/oauth/v3/token".

private:
    ApiVersion m_version;
};

} // namespace hubkeeper
