// SPDX-License-Identifier: MIT
#include "portal/portalreader.h"

#include "portal/allassociations.h"
#include "portal/requests.h"
#include "portal/widepage.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A single record as a page.
Result<RecordPage> parseAsPage(const QByteArray &json)
{
    auto record = parseRecord(json);
    if (!record)
        return tl::unexpected(record.error());
    return RecordPage {{std::move(*record)}, {}, -1};
}

} // namespace

PortalReader::PortalReader(RestClient &client, ApiVersion version)
    : m_client(client)
    , m_version(version)
    , m_paths(version)
{
}

Call<RecordPage> *PortalReader::list(ObjectType type, const ListOptions &options, QObject *parent)
{
    const HttpRequest request = listRequest(m_paths, type, options);
    if (fitsUrl(request))
        return m_client.fetchAs<RecordPage>(request, &parseRecordPage, parent);
    ListOptions narrow = options;
    narrow.properties.clear();
    auto *page =
        m_client.fetchAs<RecordPage>(listRequest(m_paths, type, narrow), &parseRecordPage, parent);
    return new WidePage(m_client, m_paths, type, page,
                        {options.properties, {}, {}, options.archived}, parent);
}

Call<Record> *PortalReader::read(ObjectType type, const QString &id, const ReadOptions &options,
                                 QObject *parent)
{
    const HttpRequest request = readRequest(m_paths, type, id, options);
    const QString askedId = options.idProperty.isEmpty() ? id : QString();
    if (fitsPath(id) && fitsUrl(request))
        return m_client.fetchAs<Record>(
            request,
            [askedId](const QByteArray &json) {
                return parseRecord(json).map(
                    [&](Record record) { return answering(std::move(record), askedId); });
            },
            parent);
    if (options.idProperty.isEmpty() && !fitsPath(id))
        return new ReadyCall<Record>(unusableId(id), parent);
    if (options.associations.isEmpty()) {
        auto *page = m_client.fetchAs<RecordPage>(batchReadRequest(m_paths, type, {id}, options),
                                                  &parseRecordPage, parent);
        return new OnlyRecord(page, id, askedId, parent);
    }
    ReadOptions narrow = options;
    narrow.properties.clear();
    auto *page =
        m_client.fetchAs<RecordPage>(readRequest(m_paths, type, id, narrow), &parseAsPage, parent);
    auto *wide = new WidePage(m_client, m_paths, type, page,
                              {options.properties, {}, {}, options.archived}, parent);
    return new OnlyRecord(wide, id, askedId, parent);
}

Call<RecordPage> *PortalReader::search(ObjectType type, const SearchQuery &query, QObject *parent)
{
    const auto request = searchRequest(m_paths, type, query);
    if (request)
        return m_client.fetchAs<RecordPage>(*request, &parseRecordPage, parent);
    SearchQuery narrow = query; // It may be the properties that are too many.
    narrow.properties.clear();
    const auto narrowRequest = searchRequest(m_paths, type, narrow);
    if (!narrowRequest)
        return new ReadyCall<RecordPage>(tl::unexpected(request.error()), parent);
    auto *page = m_client.fetchAs<RecordPage>(*narrowRequest, &parseRecordPage, parent);
    return new WidePage(m_client, m_paths, type, page, {query.properties, {}, {}, false}, parent);
}

Call<BatchReadOutcome> *PortalReader::batchRead(ObjectType type, const QStringList &ids,
                                                const QStringList &properties, QObject *parent)
{
    QStringList unique = ids; // The same id twice is refused (hubspot-api 5).
    unique.removeDuplicates();
    QStringList wanted = properties;
    if (!wanted.contains(mergedIdsProperty))
        wanted.append(mergedIdsProperty);
    if (const auto excess = excessOf(unique.size()))
        return new ReadyCall<BatchReadOutcome>(tl::unexpected(*excess), parent);
    return m_client.fetchAs<BatchReadOutcome>(
        batchReadRequest(m_paths, type, unique, {wanted, {}, {}, false}),
        [unique](const QByteArray &json) { return parseBatchRead(json, unique); }, parent);
}

Call<RecordPage> *PortalReader::batchReadBy(ObjectType type, const QString &idProperty,
                                            const QStringList &values,
                                            const QStringList &properties, QObject *parent)
{
    QStringList unique = values;
    unique.removeDuplicates();
    if (const auto excess = excessOf(unique.size()))
        return new ReadyCall<RecordPage>(tl::unexpected(*excess), parent);
    return m_client.fetchAs<RecordPage>(
        batchReadRequest(m_paths, type, unique, {properties, {}, idProperty, false}),
        &parseRecordPage, parent);
}

Call<QList<PropertyDefinition>> *PortalReader::properties(ObjectType type, QObject *parent)
{
    return m_client.fetchAs<QList<PropertyDefinition>>(getRequest(m_paths.properties(type)),
                                                       &parseProperties, parent);
}

Call<PropertyDefinition> *PortalReader::property(ObjectType type, const QString &name,
                                                 QObject *parent)
{
    if (!fitsPath(name))
        return new ReadyCall<PropertyDefinition>(unusableName(name), parent);
    return m_client.fetchAs<PropertyDefinition>(getRequest(m_paths.properties(type) + u'/' + name),
                                                &parseProperty, parent);
}

Call<OwnerPage> *PortalReader::owners(const QString &after, bool archived, QObject *parent)
{
    return m_client.fetchAs<OwnerPage>(ownersRequest(m_paths, after, archived), &parseOwnerPage,
                                       parent);
}

Call<Owner> *PortalReader::owner(const QString &id, QObject *parent)
{
    if (!fitsPath(id))
        return new ReadyCall<Owner>(unusableId(id), parent);
    return m_client.fetchAs<Owner>(getRequest(m_paths.owners() + u'/' + id), &parseOwner, parent);
}

Call<AccountDetails> *PortalReader::accountDetails(QObject *parent)
{
    return m_client.fetchAs<AccountDetails>(getRequest(m_paths.accountDetails()),
                                            &parseAccountDetails, parent);
}

Call<QList<Association>> *PortalReader::associations(ObjectType from, const QString &id,
                                                     ObjectType to, QObject *parent)
{
    if (!fitsPath(id))
        return new ReadyCall<QList<Association>>(unusableId(id), parent);
    return new AllAssociations(m_client, m_paths, from, id, to, parent);
}

Call<QList<AssociationLabel>> *PortalReader::associationLabels(ObjectType from, ObjectType to,
                                                               QObject *parent)
{
    return m_client.fetchAs<QList<AssociationLabel>>(
        getRequest(m_paths.associationLabels(from, to)), &parseAssociationLabels, parent);
}

} // namespace hubkeeper
