// SPDX-License-Identifier: MIT
#pragma once

#include "idm/preview/previewstore.h"
#include "session/idm/serversession.h"

namespace hubkeeper {

class Clock;

/// What is to be read for a preview.
struct PreviewWish
{
    QString mapping; ///< Empty: the first one.
    QJsonArray edited; ///< Mappings in place of the server's with their names.
    int pageSize = 500;
    std::chrono::milliseconds pause {1'000}; ///< Before a page is asked for again.
    /// Hears what is read at the moment, in the thread of the call.
    std::function<void(const QString &what, qint64 rows)> observer;
};

/// Reads from a server what a preview of the mapping needs, into a temporary set: the mappings, the
/// object types of the connectors, the managed schema, both sides and those that implicit
/// synchronisation reaches (neededCollections()), and the links; then the ids of managed objects
/// and of links once more, to see what changed meanwhile. Only reads.
///
/// Links that may not be read are a gap of the set, everything else that cannot be read to its end
/// fails: as readPages(), readMappingList(); InvalidInput for a mapping that is not there. What
/// came until then is dropped.
[[nodiscard]] Call<std::shared_ptr<PreviewStore>> *
readForPreview(ServerSession &session, Clock &clock, const PreviewWish &wish, QObject *parent);

} // namespace hubkeeper
