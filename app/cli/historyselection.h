// SPDX-License-Identifier: MIT
#pragma once

#include "chosenids.h"
#include "cliservices.h"
#include "options.h"
#include "portal/property.h"

namespace hubkeeper::cli {

/// The records that a verb is about: named, or found by conditions or by a view.
struct RecordSelection
{
    std::string objectClass;
    std::vector<std::string> named;
    ChosenIds chosen;
    std::string where; ///< A filter over HubSpot's properties.
    std::string view; ///< A view of the connection.

    void addTo(CLI::App &verb);
    /// Fails with InvalidInput.
    [[nodiscard]] Result<ObjectType> type() const;
    /// Their ids. Fails with InvalidInput where nothing or two things say which records, and as
    /// reading does.
    [[nodiscard]] Result<QStringList> ids(const ConnectOptions &connect, Session &session,
                                          Services &services) const;
};

/// `names` as the portal spells them, or what the grid shows where there are none. Fails with
/// InvalidInput for an unknown one, with the nearest.
[[nodiscard]] Result<QStringList> propertiesFor(const QStringList &names, ObjectType type,
                                                const QList<PropertyDefinition> &definitions);

} // namespace hubkeeper::cli
