// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connectoreye.h"
#include "idm/links/serverlink.h"
#include "session/idm/serversession.h"

#include <QJsonObject>

namespace hubkeeper {

/// Two places that a mapping keeps alike: one of the object that was asked about, one of the object
/// it is linked with. Both as a mapping writes them.
struct MappedPlaces
{
    QString mapping;
    QString own; ///< Empty: the whole object, or a constant.
    QString other;
    bool isToOther = true; ///< The mapping writes the other object.
    bool isTransformed = false; ///< By a script or a default, or only under a condition.

    bool operator==(const MappedPlaces &) const = default;
};

/// What an object is linked with by one link.
struct LinkedObject
{
    ServerLink link;
    QStringList mappings; ///< Those that use the link, in the server's order.
    QString collection; ///< Of the other end: "managed/user".
    std::optional<QString> id; ///< Nothing: the link has null there.
    std::optional<QJsonObject> object; ///< Nothing: it is gone, or was not read.
    QString whyNotRead; ///< A sentence; empty if it was read or is gone.
    QList<MappedPlaces> places; ///< Of all these mappings, in their order.
};

/// One object of a server and everything it is linked with.
struct ObjectLinks
{
    QString collection; ///< "system/hubspot/contact".
    QString id;
    QList<LinkedObject> linked;
    QStringList unlinked; ///< Mappings of the collection that have no link of the object.
};

/// Who an object is linked with: reads the mappings, the links that have its id, and the objects at
/// their other ends. `collection` may have `*` for the system ("system/*/contact"): all systems
/// that a mapping names. One result for each collection of a mapping.
///
/// Fails with NotFound if no mapping names the collection, else as readMappingList() and
/// readLinksOf(). An object that cannot be read is said in the result.
[[nodiscard]] Call<QList<ObjectLinks>> *readObjectLinks(ServerSession &session,
                                                        const QString &collection,
                                                        const QString &id, QObject *parent);

/// How the two sides of a line compare.
enum class SideNote {
    Same,
    Differs,
    Transformed, ///< Differs, and a script, a default or a condition may be why.
    OnlyLinked, ///< No mapping has a place for it: it is on the linked side only.
};

/// One line of a comparison.
struct SideLine
{
    QString attribute; ///< Of the connector; empty where OnlyLinked.
    QJsonValue value; ///< Undefined: absent.
    QString property; ///< Of the linked object.
    QJsonValue linkedValue;
    bool isToLinked = true; ///< The mapping writes the linked object.
    SideNote note = SideNote::Same;

    bool operator==(const SideLine &) const = default;
};

/// The linked object beside what IDM gets of the record: what mappings keep alike first, then what
/// only the linked object has, by name. What is encrypted or is only the server's own (`_rev`,
/// `lastSync`) is left out. Pure.
[[nodiscard]] QList<SideLine> sideBySide(const LinkedObject &linked, const QList<EyeLine> &record);

} // namespace hubkeeper
