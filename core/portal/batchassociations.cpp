// SPDX-License-Identifier: MIT
#include "portal/batchassociations.h"

#include "portal/jsontext.h"
#include "portal/portaltext.h"
#include "portal/requests.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

HttpRequest associationBatchRequest(const ApiPaths &paths, ObjectType from, const QStringList &ids,
                                    ObjectType to)
{
    QJsonArray inputs;
    for (const QString &id : ids)
        inputs.append(QJsonObject {{u"id"_s, id}});
    return jsonRequest(Verb::Post, paths.associationBatch(from, to) + u"/read"_s,
                       QJsonObject {{u"inputs"_s, inputs}});
}

Result<AssociationPages> parseAssociationBatch(const QByteArray &json)
{
    const auto reply = objectFrom(json, PortalText::tr("associations"));
    if (!reply)
        return tl::unexpected(reply.error());
    const auto results = resultsFrom(*reply, PortalText::tr("associations"));
    if (!results)
        return tl::unexpected(results.error());
    AssociationPages batch;
    for (const QJsonValue &value : *results) {
        const QString id = textOf(value["from"_L1]["id"_L1]);
        const QJsonObject page {{u"results"_s, value["to"_L1].toArray()},
                                {u"paging"_s, value["paging"_L1]}};
        auto parsed = parseAssociations(QJsonDocument(page).toJson(QJsonDocument::Compact));
        if (!parsed)
            return tl::unexpected(parsed.error());
        batch.pages.insert(id, std::move(*parsed));
    }
    return batch;
}

BatchAssociations::BatchAssociations(PortalReader &portal, ObjectType from, QStringList ids,
                                     ObjectType to, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_from(from)
    , m_to(to)
{
    ids.removeDuplicates();
    if (ids.isEmpty()) {
        complete(AssociationsById());
        return;
    }
    if (ids.size() > mostAssociationReads) {
        complete(fail(ErrorKind::InvalidInput,
                      PortalText::tr("HubSpot reads the associations of at most 1,000 records at a "
                                     "time.")));
        return;
    }
    cancelWith(m_portal.client().lifetime());
    const ApiPaths paths(m_portal.version());
    then(m_portal.client().fetchAs<AssociationPages>(
             associationBatchRequest(paths, m_from, ids, m_to), &parseAssociationBatch, this),
         [this](const AssociationPages &batch) { onBatch(batch); });
}

void BatchAssociations::onBatch(const AssociationPages &batch)
{
    for (auto page = batch.pages.begin(); page != batch.pages.end(); ++page) {
        if (!page->after.isEmpty())
            m_toRead.append(page.key());
        else if (!page->associations.isEmpty())
            m_found.insert(page.key(), page->associations);
    }
    readWhole();
}

void BatchAssociations::readWhole()
{
    if (m_toRead.isEmpty())
        return complete(std::move(m_found));
    const QString id = m_toRead.takeFirst();
    then(m_portal.associations(m_from, id, m_to, this), [this, id](const QList<Association> &all) {
        m_found.insert(id, all);
        readWhole();
    });
}

} // namespace hubkeeper
