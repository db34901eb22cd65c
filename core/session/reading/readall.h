// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connector.h"
#include "session/reading/readlist.h"

namespace hubkeeper {

class Session;

/// Gives each record of a complete list, or of a search, to a function, in any order, until that
/// says false. Keeps nothing on the disk. Progress is records/total. Fails as ReadList does.
class ReadAllRecords final : public Call<void>
{
public:
    /// `portal` must outlive the call.
    ReadAllRecords(PortalReader &portal, BrowseQuery query,
                   std::function<bool(const Record &)> take, QObject *parent);

private:
    [[nodiscard]] Call<void> *takePage(const QList<Record> &records, QObject *owner);

    const std::function<bool(const Record &)> m_take;
};

/// As Connector::search(); where all that is found is wanted, several pages are read at a time, at
/// the speed of the permits. Objects come in any order then, unless they are sorted. The session
/// must outlive the call.
[[nodiscard]] Call<SearchResult> *searchAll(Session &session, const QString &objectClass,
                                            const CrestFilter &filter, SearchOptions options,
                                            QObject *parent);

} // namespace hubkeeper
