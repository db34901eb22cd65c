// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "portal/objecttype.h"
#include "session/connections/connection.h"
#include "session/connections/services.h"

#include <QJsonArray>

namespace hubkeeper {

/// HubSpot's properties by which IDM finds records of a type.
struct CorrelatedProperties
{
    QStringList properties; ///< Sorted; none: nobody could say.
    QString from; ///< A sentence: where they are from, and what could not be asked or read.
};

/// What the correlations of a server's mappings say: with `system`/TYPE as the target the
/// attributes that the query compares, with it as the source those that the query uses. Expression
/// trees are read whole, scripts by the comparisons that stand in their text (`email eq`,
/// `source.email`); a script in a file of the server says nothing. Attributes are given by the
/// names of HubSpot's properties. `unread`, if given, gets the names of mappings whose correlation
/// says nothing. Pure.
[[nodiscard]] QStringList correlatedProperties(const QJsonArray &mappings, const QString &system,
                                               ObjectType type, QStringList *unread = nullptr);

/// Asks the server of the connection; without one, or where it does not answer, reads the mappings
/// beside the provisioner (sync.json, mapping-NAME.json, as in IDM's conf folder). `system` is the
/// provisioner's name. Fails by a cancel only: what could not be asked is said.
[[nodiscard]] Call<CorrelatedProperties> *findCorrelated(const Connection &connection,
                                                         const QString &system, ObjectType type,
                                                         const SessionServices &services,
                                                         QObject *parent);

} // namespace hubkeeper
