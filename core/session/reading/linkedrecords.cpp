// SPDX-License-Identifier: MIT
#include "session/reading/linkedrecords.h"

#include "session/reading/recordlabel.h"

namespace hubkeeper {

ReadLinkedRecords::ReadLinkedRecords(PortalReader &portal, RecordReference record, ObjectType type,
                                     int most, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_record(std::move(record))
    , m_type(type)
    , m_most(most)
{
    cancelWith(m_portal.client().lifetime());
    then(m_portal.associations(m_record.type, m_record.id, m_type, this),
         [this](const QList<Association> &links) { onLinks(links); });
}

void ReadLinkedRecords::onLinks(const QList<Association> &links)
{
    m_found.total = links.size();
    const QString primary = linkNow(links, {}).primary;
    for (const Association &link : links) {
        if (m_most > 0 && m_found.records.size() == m_most)
            break;
        m_found.records.append({{m_type, link.toId}, link.toId, {link.kinds, primary}});
    }
    const bool isTurned = m_record.type == ObjectType::Companies && m_type == ObjectType::Contacts;
    if (isTurned)
        readFromContacts(0);
    else
        readNames(0);
}

/// The kinds of these links have other numbers from the other end.
void ReadLinkedRecords::readFromContacts(qsizetype first)
{
    if (first >= m_found.records.size())
        return readNames(0);
    QStringList ids;
    for (const LinkedRecord &one : m_found.records.mid(first, mostAssociationReads))
        ids.append(one.record.id);
    then(new BatchAssociations(m_portal, ObjectType::Contacts, ids, ObjectType::Companies, this),
         [this, first, ids](const AssociationsById &found) {
             for (qsizetype i = 0; i < ids.size(); ++i)
                 m_found.records[first + i].link = linkNow(found.value(ids[i]), m_record.id);
             readFromContacts(first + ids.size());
         });
}

void ReadLinkedRecords::readNames(qsizetype first)
{
    if (first >= m_found.records.size())
        return complete(std::move(m_found));
    QStringList ids;
    for (const LinkedRecord &one : m_found.records.mid(first, mostBatchInputs))
        ids.append(one.record.id);
    then(m_portal.batchRead(m_type, ids, labelProperties(m_type), this),
         [this, first, ids](const BatchReadOutcome &read) {
             nameThem(read);
             readNames(first + ids.size());
         });
}

void ReadLinkedRecords::nameThem(const BatchReadOutcome &read)
{
    QHash<QString, const Record *> byId;
    for (const Record &record : read.records)
        byId.insert(record.id, &record);
    for (LinkedRecord &one : m_found.records) {
        if (const Record *record = byId.value(one.record.id))
            one.name = labelOf(m_type, record->properties, record->id);
    }
}

} // namespace hubkeeper
