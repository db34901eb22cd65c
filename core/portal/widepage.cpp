// SPDX-License-Identifier: MIT
#include "portal/widepage.h"

#include "portal/portaltext.h"
#include "portal/requests.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

WidePage::WidePage(RestClient &client, const ApiPaths &paths, ObjectType type,
                   Call<RecordPage> *page, ReadOptions options, QObject *parent)
    : Call(parent)
    , m_client(client)
    , m_paths(paths)
    , m_type(type)
    , m_options(std::move(options))
{
    cancelWith(m_client.lifetime());
    page->setParent(this);
    then(page, [this](const RecordPage &records) {
        m_page = records;
        readFrom(0);
    });
}

void WidePage::readFrom(qsizetype first)
{
    if (first >= m_page.records.size()) {
        QList<Record> whole;
        for (Record &record : m_page.records) {
            const auto found = m_properties.constFind(record.id);
            if (found == m_properties.cend())
                continue;
            record.properties = *found;
            whole.append(std::move(record));
        }
        m_page.records = std::move(whole);
        return complete(std::move(m_page));
    }
    QStringList ids;
    for (const Record &record : m_page.records.mid(first, mostBatchInputs))
        ids.append(record.id);
    then(m_client.fetchAs<RecordPage>(batchReadRequest(m_paths, m_type, ids, m_options),
                                      &parseRecordPage, this),
         [this, first](const RecordPage &batch) {
             for (const Record &record : batch.records)
                 m_properties.insert(record.id, record.properties);
             readFrom(first + mostBatchInputs);
         });
}

OnlyRecord::OnlyRecord(Call<RecordPage> *page, const QString &id, const QString &askedId,
                       QObject *parent)
    : Call(parent)
{
    page->setParent(this);
    then(page, [this, id, askedId](const RecordPage &records) {
        if (records.records.isEmpty())
            return complete(fail(ErrorKind::NotFound,
                                 PortalText::tr("There is no record “%1”.").arg(id.left(80))));
        complete(answering(records.records.constFirst(), askedId));
    });
}

} // namespace hubkeeper
