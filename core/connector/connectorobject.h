// SPDX-License-Identifier: MIT
#pragma once

#include "connector/objectclass.h"
#include "portal/record.h"

#include <QJsonObject>

#include <optional>

namespace hubkeeper {

/// One object as the connector gives it to IDM.
struct ConnectorObject
{
    ObjectClass objectClass = ObjectClass::Contact;
    QString uid; ///< Record or owner id; the name for property definitions.
    QJsonObject attributes; ///< By IDM's names; those without value are absent.
    QString revision; ///< When it was last changed, as the portal reports; may be empty.
    QStringList warnings; ///< Sentences: what was stored is not what was sent (hubspot-api 2.4).
    /// A create whose answer was lost; the object was found by its key afterwards. It was sent
    /// once.
    bool foundAfterLostAnswer = false;
    /// Contacts and companies that were read one by one: the record it was made from. After a
    /// create or an update this is what the portal had then.
    std::optional<Record> record = {};

    /// IDM's shape: `_id` and the attributes.
    [[nodiscard]] QJsonObject toJson() const;
};

/// What a search found (idm-connector 2.9, 3.3).
struct SearchResult
{
    QList<ConnectorObject> objects; ///< Empty when a handler took them.
    QString pagedResultsCookie; ///< Opaque; null on the last page.
    qint64 count = 0; ///< Objects delivered.
    QStringList warnings = {}; ///< Sentences: what of the search cannot be meant as it is.

    /// IDM's shape: result, resultCount, pagedResultsCookie, totalPagedResultsPolicy,
    /// totalPagedResults, remainingPagedResults.
    [[nodiscard]] QJsonObject toJson() const;
};

} // namespace hubkeeper
