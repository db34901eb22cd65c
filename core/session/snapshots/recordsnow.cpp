// SPDX-License-Identifier: MIT
#include "session/snapshots/recordsnow.h"

#include "journal/journalsearch.h"
#include "session/open/session.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// More merges that were taken back are not looked for.
constexpr int mostRebuilt = 100'000;

/// The newest one of each.
RebuiltRecords rebuiltIn(const JournalHits &found, qint64 portalId)
{
    RebuiltRecords rebuilt;
    for (const JournalHit &hit : found.hits) {
        const QString &merged = hit.row.rebuilds;
        if (hit.portalId == portalId && !merged.isEmpty() && !hit.row.recordId.isEmpty()
            && !rebuilt.contains(merged))
            rebuilt.insert(merged, hit.row.recordId);
    }
    return rebuilt;
}

} // namespace

ReadRecordsNow::ReadRecordsNow(Session &session, ObjectType type, const QStringList &ids,
                               const QStringList &properties,
                               std::optional<RebuiltRecords> &rebuilt, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_type(type)
    , m_properties(properties)
    , m_rebuilt(rebuilt)
{
    cancelWith(&m_session);
    QStringList wanted = m_properties;
    wanted.append(mergedIdsProperty);
    wanted.removeDuplicates();
    then(m_session.portal().batchRead(type, ids, wanted, this),
         [this](const BatchReadOutcome &found) {
             for (const Record &record : found.records)
                 m_now.records.insert(record.id, record);
             m_now.moved = found.survivors;
             for (auto moved = m_now.moved.cbegin(); moved != m_now.moved.cend(); ++moved)
                 m_now.records.insert(moved.key(), m_now.records.value(moved.value()));
             m_missing = found.missing;
             readMissing();
         });
}

void ReadRecordsNow::readMissing()
{
    if (m_missing.isEmpty())
        return m_now.moved.isEmpty() ? complete(m_now) : readJournal();
    const QString id = m_missing.takeFirst();
    always(m_session.portal().read(m_type, id, {m_properties, {}, {}, false}, this),
           [this, id](const Result<Record> &record) {
               if (!record && record.error().kind != ErrorKind::NotFound)
                   return complete(tl::unexpected(record.error()));
               if (record && record->id != id)
                   m_now.moved.insert(id, record->id);
               if (record)
                   m_now.records.insert(id, *record);
               readMissing();
           });
}

void ReadRecordsNow::readJournal()
{
    if (m_rebuilt)
        return readRebuilt();
    then(m_session.account(this), [this](const AccountDetails &account) {
        JournalQuery query;
        query.type = nameOf(m_type);
        query.text = u"rebuilds"_s;
        query.outcome = outcome::applied;
        query.most = mostRebuilt;
        const auto seal = std::make_shared<const JournalSeal>(Secret());
        always(findInJournal(journalPath(m_session.paths()), query, seal, this),
               [this, portal = account.portalId](const Result<JournalHits> &found) {
                   if (!found && found.error().kind != ErrorKind::NotFound)
                       return complete(tl::unexpected(found.error()));
                   m_rebuilt = found ? rebuiltIn(*found, portal) : RebuiltRecords();
                   readRebuilt();
               });
    });
}

/// What was made again may be gone, too, or merged once more.
void ReadRecordsNow::readRebuilt()
{
    QStringList ids;
    for (auto moved = m_now.moved.cbegin(); moved != m_now.moved.cend(); ++moved) {
        if (const QString id = m_rebuilt->value(moved.key()); !id.isEmpty())
            ids.append(id);
    }
    ids.removeDuplicates();
    if (ids.isEmpty())
        return complete(m_now);
    then(m_session.portal().batchRead(m_type, ids, m_properties, this),
         [this](const BatchReadOutcome &found) {
             QHash<QString, Record> byId;
             for (const Record &record : found.records)
                 byId.insert(record.id, record);
             for (auto moved = m_now.moved.begin(); moved != m_now.moved.end(); ++moved) {
                 const auto record = byId.constFind(m_rebuilt->value(moved.key()));
                 if (record == byId.constEnd())
                     continue;
                 *moved = record->id;
                 m_now.records.insert(moved.key(), *record);
                 m_now.rebuilt.insert(moved.key());
             }
             complete(m_now);
         });
}

} // namespace hubkeeper
