// SPDX-License-Identifier: MIT
#include "session/reading/browserecords.h"

#include "session/open/session.h"
#include "session/reading/readlist.h"
#include "session/reading/readsearches.h"

namespace hubkeeper {

Browse *browseRecords(Session &session, const BrowseQuery &query, RecordSet &set, QObject *parent)
{
    if (query.keeps || !query.more.isEmpty())
        return new ReadSearches(session, query, set, parent);
    const bool isById = !query.search || pagesById(*query.search);
    if (!isById)
        return new ReadSearch(session.portal(), query, set, parent);
    BrowseQuery list = query;
    list.parallel = session.maximumConnections();
    return new ReadList(session.portal(), list, set, parent);
}

} // namespace hubkeeper
