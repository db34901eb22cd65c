// SPDX-License-Identifier: MIT
#include "portal/portalwriter.h"

#include "portal/portaltext.h"
#include "portal/requests.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// For replies without a body of interest.
Result<void> parseNothing(const QByteArray &)
{
    return {};
}

Call<QList<BatchOutcome>> *sendBatch(RestClient &client, const HttpRequest &request,
                                     const QList<BatchInput> &inputs, QObject *parent)
{
    if (const auto excess = excessOf(inputs.size()))
        return new ReadyCall<QList<BatchOutcome>>(tl::unexpected(*excess), parent);
    return client.fetchAs<QList<BatchOutcome>>(
        request, [inputs](const QByteArray &json) { return parseBatchReply(json, inputs); },
        parent);
}

Call<QList<AssociationFault>> *sendPairs(RestClient &client, const HttpRequest &request,
                                         qsizetype inputs, int most, QObject *parent)
{
    if (inputs > most)
        return new ReadyCall<QList<AssociationFault>>(
            fail(ErrorKind::InvalidInput,
                 PortalText::tr("HubSpot takes at most %1 associations at a time.").arg(most)),
            parent);
    return client.fetchAs<QList<AssociationFault>>(request, &parseAssociationFaults, parent);
}

Call<void> *sendAddress(RestClient &client, Verb verb, const QString &contactId,
                        const QString &address, QObject *parent)
{
    if (!fitsPath(contactId) || !fitsPath(address))
        return new ReadyCall<void>(unusableId(contactId), parent);
    HttpRequest request =
        getRequest(u"/contacts/v1/secondary-email/%1/email/%2"_s.arg(contactId, address));
    request.verb = verb;
    return client.fetchAs<void>(request, &parseNothing, parent);
}

} // namespace

Call<Record> *PortalWriter::create(ObjectType type, const QHash<QString, QString> &properties,
                                   QObject *parent)
{
    return client().fetchAs<Record>(createRequest(paths(), type, properties), &parseRecord, parent);
}

Call<Record> *PortalWriter::update(ObjectType type, const QString &id,
                                   const QHash<QString, QString> &properties, QObject *parent)
{
    if (!fitsPath(id))
        return new ReadyCall<Record>(unusableId(id), parent);
    return client().fetchAs<Record>(updateRequest(paths(), type, id, properties), &parseRecord,
                                    parent);
}

Call<void> *PortalWriter::archive(ObjectType type, const QString &id, QObject *parent)
{
    if (!fitsPath(id))
        return new ReadyCall<void>(unusableId(id), parent);
    HttpRequest request = getRequest(paths().record(type, id));
    request.verb = Verb::Delete;
    return client().fetchAs<void>(request, &parseNothing, parent);
}

Call<Record> *PortalWriter::merge(ObjectType type, const QString &primaryId,
                                  const QString &mergedId, QObject *parent)
{
    return client().fetchAs<Record>(mergeRequest(paths(), type, primaryId, mergedId), &parseRecord,
                                    parent);
}

Call<void> *PortalWriter::addAddress(const QString &contactId, const QString &address,
                                     QObject *parent)
{
    return sendAddress(client(), Verb::Put, contactId, address, parent);
}

Call<void> *PortalWriter::removeAddress(const QString &contactId, const QString &address,
                                        QObject *parent)
{
    return sendAddress(client(), Verb::Delete, contactId, address, parent);
}

Call<QList<BatchOutcome>> *
PortalWriter::batchCreate(ObjectType type, const QList<BatchInput> &inputs, QObject *parent)
{
    return sendBatch(client(), batchCreateRequest(paths(), type, inputs), inputs, parent);
}

Call<QList<BatchOutcome>> *
PortalWriter::batchUpdate(ObjectType type, const QList<BatchInput> &inputs, QObject *parent)
{
    return sendBatch(client(), batchUpdateRequest(paths(), type, inputs), inputs, parent);
}

Call<void> *PortalWriter::batchArchive(ObjectType type, const QStringList &ids, QObject *parent)
{
    if (const auto excess = excessOf(ids.size()))
        return new ReadyCall<void>(tl::unexpected(*excess), parent);
    return client().fetchAs<void>(batchArchiveRequest(paths(), type, ids), &parseNothing, parent);
}

Call<PropertyDefinition> *
PortalWriter::createProperty(ObjectType type, const QJsonObject &definition, QObject *parent)
{
    return client().fetchAs<PropertyDefinition>(
        jsonRequest(Verb::Post, paths().properties(type), definition, Repeat::Never),
        &parseProperty, parent);
}

Call<PropertyDefinition> *PortalWriter::updateProperty(ObjectType type, const QString &name,
                                                       const QJsonObject &changes, QObject *parent)
{
    if (!fitsPath(name))
        return new ReadyCall<PropertyDefinition>(unusableName(name), parent);
    return client().fetchAs<PropertyDefinition>(
        jsonRequest(Verb::Patch, paths().properties(type) + u'/' + name, changes), &parseProperty,
        parent);
}

Call<void> *PortalWriter::archiveProperty(ObjectType type, const QString &name, QObject *parent)
{
    if (!fitsPath(name))
        return new ReadyCall<void>(unusableName(name), parent);
    HttpRequest request = getRequest(paths().properties(type) + u'/' + name);
    request.verb = Verb::Delete;
    return client().fetchAs<void>(request, &parseNothing, parent);
}

Call<void> *PortalWriter::associate(ObjectType from, const QString &id, ObjectType to,
                                    const QString &toId, const QList<AssociationKind> &kinds,
                                    QObject *parent)
{
    if (!fitsPath(id) || !fitsPath(toId))
        return new ReadyCall<void>(unusableId(fitsPath(id) ? toId : id), parent);
    return client().fetchAs<void>(associateRequest(paths(), from, id, to, toId, kinds),
                                  &parseNothing, parent);
}

Call<QList<AssociationFault>> *PortalWriter::batchAssociate(ObjectType from, ObjectType to,
                                                            const QList<AssociationInput> &inputs,
                                                            QObject *parent)
{
    return sendPairs(client(), associationCreateRequest(paths(), from, to, inputs), inputs.size(),
                     mostAssociationCreates, parent);
}

Call<QList<AssociationFault>> *
PortalWriter::batchDisassociate(ObjectType from, ObjectType to,
                                const QList<AssociationInput> &inputs, QObject *parent)
{
    return sendPairs(client(), associationArchiveRequest(paths(), from, to, inputs), inputs.size(),
                     mostAssociationRemovals, parent);
}

Call<QList<AssociationFault>> *
PortalWriter::batchRemoveLabels(ObjectType from, ObjectType to,
                                const QList<AssociationInput> &inputs, QObject *parent)
{
    return sendPairs(client(), labelArchiveRequest(paths(), from, to, inputs), inputs.size(),
                     mostAssociationRemovals, parent);
}

} // namespace hubkeeper
