// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connector.h"
#include "store/sets/recordset.h"

namespace hubkeeper {

class Session;

/// What CollectRecords found.
struct CollectedRecords
{
    std::vector<qint64> rows; ///< Of the record set: sorted as was asked, else by record id.
    QString pagedResultsCookie; ///< As SearchResult has it.
    QStringList warnings;
};

/// Carries out a search of the connector over contacts or companies and stores the records it finds
/// in a record set, with the set's properties as HubSpot keeps them, at the speed of the permits.
/// Memory does not grow with the records, but for their ids where only pages or an order are asked
/// for. Progress is in records. Fails as Connector::search().
class CollectRecords final : public Call<CollectedRecords>
{
public:
    /// `options`: fields and handler are ignored. Session, a connector on it and the set, which is
    /// empty, must outlive the call.
    CollectRecords(Session &session, Connector &connector, ObjectType type,
                   const CrestFilter &filter, SearchOptions options, RecordSet &set,
                   QObject *parent);

private:
    [[nodiscard]] Call<void> *readAll(const WantedRecords &wanted,
                                      std::function<bool(const Record &)> take, QObject *owner);
    [[nodiscard]] bool take(const ConnectorObject &object);
    void store();
    void readByIds(qsizetype from);
    void finishWhenStored();

    Session &m_session;
    const ObjectType m_type;
    const bool m_isSorted;
    RecordSet &m_set;
    const Record *m_current = nullptr; // While the connector looks at it.
    QList<Record> m_page;
    QStringList m_ids; // Of objects whose records are still to be read.
    CollectedRecords m_found;
    int m_storing = 0;
    bool m_isRead = false;
};

} // namespace hubkeeper
