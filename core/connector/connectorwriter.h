// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connector.h"
#include "portal/portalwriter.h"

#include <functional>

namespace hubkeeper {

/// Told the id of an object as soon as the portal said that it wrote it, before it is read back:
/// what fails or is stopped after that did not undo the write.
using WriteNotice = std::function<void(const QString &uid)>;

/// The class of that name if its objects can be written. Fails with Refused for owners, as any
/// other name does that the connector does not know; `verb` is a word of the sentence, e.g.
/// "create".
[[nodiscard]] Result<ObjectClass> writableClass(const QString &name, const QString &verb);

/// The operations of a connector that write: create, update, delete (idm-connector 4). Only the
/// write engine holds one, as with PortalWriter. Both arguments must outlive it, it must outlive
/// its calls.
class ConnectorWriter final
{
public:
    ConnectorWriter(Connector &connector, PortalWriter &portal);

    /// The object as read back. A create whose answer is lost is sent once and looked up by its
    /// key (LostCreate): found, the object says foundAfterLostAnswer; else the call fails with
    /// OutcomeUnknown.
    [[nodiscard]] Call<ConnectorObject> *create(const QString &objectClass,
                                                const QJsonObject &attributes, QObject *parent,
                                                const WriteNotice &written = {});
    /// Replaces whole values, clears null and empty ones, leaves others alone; the object as read
    /// back. With a `revision` (ConnectorObject::revision) the object is read first, and Conflict
    /// is the answer if it changed since; what changes between that read and the write cannot be
    /// detected (hubspot-api 1.10).
    [[nodiscard]] Call<ConnectorObject> *update(const QString &objectClass, const QString &uid,
                                                const QJsonObject &attributes, QObject *parent,
                                                const QString &revision = {},
                                                const WriteNotice &written = {});
    /// The object as it was. NotFound if it is gone already, Conflict if it was merged into
    /// another one.
    [[nodiscard]] Call<ConnectorObject> *remove(const QString &objectClass, const QString &uid,
                                                QObject *parent);

private:
    ConnectorContext &m_context;
    PortalWriter &m_portal;
};

} // namespace hubkeeper
