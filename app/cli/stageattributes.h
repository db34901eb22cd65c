// SPDX-License-Identifier: MIT
#pragma once

#include "attributeinput.h"
#include "cliservices.h"
#include "portal/samevalue.h"

namespace hubkeeper::cli {

/// What is to be written, by HubSpot's properties; and attributes that no property holds.
struct ResolvedAttributes
{
    DefinitionsByName definitions;
    QList<GivenAttribute> properties;
    QList<GivenAttribute> odd;
};

/// Names in any letter case, or as the provisioner `file` has them, become properties. Fails with
/// InvalidInput for one that does not exist, naming the nearest, and for one that is given twice.
[[nodiscard]] Result<ResolvedAttributes> resolveAttributes(Session &session, ObjectType type,
                                                           const QList<GivenAttribute> &attributes,
                                                           const QString &file, Services &services);

/// The refusal of an attribute that the connector derives.
[[nodiscard]] tl::unexpected<Error> cannotBeWritten(const GivenAttribute &attribute);

/// Stages what differs from the record. Fails as resolveAttributes(), and for attributes that no
/// property holds and that are not what the object has.
[[nodiscard]] Result<void> stageUpdate(Session &session, ObjectType type, const Record &record,
                                       const QList<GivenAttribute> &attributes, const QString &file,
                                       Services &services);

} // namespace hubkeeper::cli
