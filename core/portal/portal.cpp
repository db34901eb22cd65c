// SPDX-License-Identifier: MIT
#include "portal/portal.h"

#include "portal/allassociations.h"
#include "portal/requests.h"
#include "portal/widepage.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// For replies without a body of interest.
Result<void> parseNothing(const QByteArray &)
{
    return {};
}

tl::unexpected<Error> unusableId(const QString &id)
{
    return fail(ErrorKind::NotFound, u"There is no record with the id “%1”."_s.arg(id.left(80)));
}

/// A single record as a page.
Result<RecordPage> parseAsPage(const QByteArray &json)
{
    auto record = parseRecord(json);
    if (!record)
        return tl::unexpected(record.error());
    return RecordPage {{std::move(*record)}, {}, -1};
}

/// Why a batch cannot be sent: hubspot-api 5.
std::optional<Error> excessOf(qsizetype inputs)
{
    if (inputs >= 1 && inputs <= mostBatchInputs)
        return std::nullopt;
    return fail(ErrorKind::InvalidInput, u"A batch has 1 to 100 rows, not %1."_s.arg(inputs))
        .value();
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

} // namespace

Portal::Portal(RestClient &client, ApiVersion version)
    : m_client(client)
    , m_version(version)
    , m_paths(version)
{
}

Call<RecordPage> *Portal::list(ObjectType type, const ListOptions &options, QObject *parent)
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

Call<Record> *Portal::read(ObjectType type, const QString &id, const ReadOptions &options,
                           QObject *parent)
{
    const HttpRequest request = readRequest(m_paths, type, id, options);
    if (fitsPath(id) && fitsUrl(request))
        return m_client.fetchAs<Record>(request, &parseRecord, parent);
    if (options.idProperty.isEmpty() && !fitsPath(id))
        return new ReadyCall<Record>(unusableId(id), parent);
    if (options.associations.isEmpty()) {
        auto *page = m_client.fetchAs<RecordPage>(batchReadRequest(m_paths, type, {id}, options),
                                                  &parseRecordPage, parent);
        return new OnlyRecord(page, id, parent);
    }
    ReadOptions narrow = options;
    narrow.properties.clear();
    auto *page =
        m_client.fetchAs<RecordPage>(readRequest(m_paths, type, id, narrow), &parseAsPage, parent);
    auto *wide = new WidePage(m_client, m_paths, type, page,
                              {options.properties, {}, {}, options.archived}, parent);
    return new OnlyRecord(wide, id, parent);
}

Call<Record> *Portal::create(ObjectType type, const QHash<QString, QString> &properties,
                             QObject *parent)
{
    return m_client.fetchAs<Record>(createRequest(m_paths, type, properties), &parseRecord, parent);
}

Call<Record> *Portal::update(ObjectType type, const QString &id,
                             const QHash<QString, QString> &properties, QObject *parent)
{
    if (!fitsPath(id))
        return new ReadyCall<Record>(unusableId(id), parent);
    return m_client.fetchAs<Record>(updateRequest(m_paths, type, id, properties), &parseRecord,
                                    parent);
}

Call<void> *Portal::archive(ObjectType type, const QString &id, QObject *parent)
{
    if (!fitsPath(id))
        return new ReadyCall<void>(unusableId(id), parent);
    HttpRequest request = getRequest(m_paths.record(type, id));
    request.verb = Verb::Delete;
    return m_client.fetchAs<void>(request, &parseNothing, parent);
}

Call<RecordPage> *Portal::search(ObjectType type, const SearchQuery &query, QObject *parent)
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

Call<Record> *Portal::merge(ObjectType type, const QString &primaryId, const QString &mergedId,
                            QObject *parent)
{
    return m_client.fetchAs<Record>(mergeRequest(m_paths, type, primaryId, mergedId), &parseRecord,
                                    parent);
}

Call<void> *Portal::eraseContact(const QString &id, QObject *parent)
{
    return m_client.fetchAs<void>(
        jsonRequest(Verb::Post, m_paths.records(ObjectType::Contacts) + u"/gdpr-delete"_s,
                    QJsonObject {{u"objectId"_s, id}}),
        &parseNothing, parent);
}

Call<BatchReadOutcome> *Portal::batchRead(ObjectType type, const QStringList &ids,
                                          const QStringList &properties, QObject *parent)
{
    QStringList unique = ids; // The same id twice is refused (hubspot-api 5).
    unique.removeDuplicates();
    if (const auto excess = excessOf(unique.size()))
        return new ReadyCall<BatchReadOutcome>(tl::unexpected(*excess), parent);
    return m_client.fetchAs<BatchReadOutcome>(
        batchReadRequest(m_paths, type, unique, {properties, {}, {}, false}),
        [unique](const QByteArray &json) { return parseBatchRead(json, unique); }, parent);
}

Call<QList<BatchOutcome>> *Portal::batchCreate(ObjectType type, const QList<BatchInput> &inputs,
                                               QObject *parent)
{
    return sendBatch(m_client, batchCreateRequest(m_paths, type, inputs), inputs, parent);
}

Call<QList<BatchOutcome>> *Portal::batchUpdate(ObjectType type, const QList<BatchInput> &inputs,
                                               QObject *parent)
{
    return sendBatch(m_client, batchUpdateRequest(m_paths, type, inputs), inputs, parent);
}

Call<QList<BatchOutcome>> *Portal::batchUpsert(ObjectType type, const QList<BatchInput> &inputs,
                                               QObject *parent)
{
    return sendBatch(m_client, batchUpsertRequest(m_paths, type, inputs), inputs, parent);
}

Call<void> *Portal::batchArchive(ObjectType type, const QStringList &ids, QObject *parent)
{
    if (const auto excess = excessOf(ids.size()))
        return new ReadyCall<void>(tl::unexpected(*excess), parent);
    return m_client.fetchAs<void>(batchArchiveRequest(m_paths, type, ids), &parseNothing, parent);
}

Call<QList<PropertyDefinition>> *Portal::properties(ObjectType type, QObject *parent)
{
    return m_client.fetchAs<QList<PropertyDefinition>>(getRequest(m_paths.properties(type)),
                                                       &parseProperties, parent);
}

Call<PropertyDefinition> *Portal::property(ObjectType type, const QString &name, QObject *parent)
{
    if (!fitsPath(name))
        return new ReadyCall<PropertyDefinition>(
            fail(ErrorKind::NotFound, u"There is no property “%1”."_s.arg(name.left(80))), parent);
    return m_client.fetchAs<PropertyDefinition>(getRequest(m_paths.properties(type) + u'/' + name),
                                                &parseProperty, parent);
}

Call<PropertyDefinition> *Portal::createProperty(ObjectType type, const QJsonObject &definition,
                                                 QObject *parent)
{
    return m_client.fetchAs<PropertyDefinition>(
        jsonRequest(Verb::Post, m_paths.properties(type), definition, Repeat::Never),
        &parseProperty, parent);
}

Call<PropertyDefinition> *Portal::updateProperty(ObjectType type, const QString &name,
                                                 const QJsonObject &changes, QObject *parent)
{
    if (!fitsPath(name))
        return new ReadyCall<PropertyDefinition>(
            fail(ErrorKind::NotFound, u"There is no property “%1”."_s.arg(name.left(80))), parent);
    return m_client.fetchAs<PropertyDefinition>(
        jsonRequest(Verb::Patch, m_paths.properties(type) + u'/' + name, changes), &parseProperty,
        parent);
}

Call<void> *Portal::archiveProperty(ObjectType type, const QString &name, QObject *parent)
{
    if (!fitsPath(name))
        return new ReadyCall<void>(
            fail(ErrorKind::NotFound, u"There is no property “%1”."_s.arg(name.left(80))), parent);
    HttpRequest request = getRequest(m_paths.properties(type) + u'/' + name);
    request.verb = Verb::Delete;
    return m_client.fetchAs<void>(request, &parseNothing, parent);
}

Call<OwnerPage> *Portal::owners(const QString &after, bool archived, QObject *parent)
{
    return m_client.fetchAs<OwnerPage>(ownersRequest(m_paths, after, archived), &parseOwnerPage,
                                       parent);
}

Call<Owner> *Portal::owner(const QString &id, QObject *parent)
{
    if (!fitsPath(id))
        return new ReadyCall<Owner>(unusableId(id), parent);
    return m_client.fetchAs<Owner>(getRequest(m_paths.owners() + u'/' + id), &parseOwner, parent);
}

Call<AccountDetails> *Portal::accountDetails(QObject *parent)
{
    return m_client.fetchAs<AccountDetails>(getRequest(m_paths.accountDetails()),
                                            &parseAccountDetails, parent);
}

Call<QList<Association>> *Portal::associations(ObjectType from, const QString &id, ObjectType to,
                                               QObject *parent)
{
    if (!fitsPath(id))
        return new ReadyCall<QList<Association>>(unusableId(id), parent);
    return new AllAssociations(m_client, m_paths, from, id, to, parent);
}

Call<void> *Portal::associateByDefault(ObjectType from, const QString &id, ObjectType to,
                                       const QString &toId, QObject *parent)
{
    if (!fitsPath(id) || !fitsPath(toId))
        return new ReadyCall<void>(unusableId(fitsPath(id) ? toId : id), parent);
    // ".../{from}/{id}/associations/default/{to}/{toId}": the word stands before the type.
    QString path = m_paths.associations(from, id, to);
    path.insert(path.lastIndexOf(u'/'), u"/default"_s);
    HttpRequest request = getRequest(path + u'/' + toId);
    request.verb = Verb::Put;
    return m_client.fetchAs<void>(request, &parseNothing, parent);
}

Call<void> *Portal::associate(ObjectType from, const QString &id, ObjectType to,
                              const QString &toId, const QList<AssociationKind> &kinds,
                              QObject *parent)
{
    if (!fitsPath(id) || !fitsPath(toId))
        return new ReadyCall<void>(unusableId(fitsPath(id) ? toId : id), parent);
    return m_client.fetchAs<void>(associateRequest(m_paths, from, id, to, toId, kinds),
                                  &parseNothing, parent);
}

Call<void> *Portal::dissociate(ObjectType from, const QString &id, ObjectType to,
                               const QString &toId, QObject *parent)
{
    if (!fitsPath(id) || !fitsPath(toId))
        return new ReadyCall<void>(unusableId(fitsPath(id) ? toId : id), parent);
    HttpRequest request = getRequest(m_paths.associations(from, id, to) + u'/' + toId);
    request.verb = Verb::Delete;
    return m_client.fetchAs<void>(request, &parseNothing, parent);
}

Call<QList<AssociationLabel>> *Portal::associationLabels(ObjectType from, ObjectType to,
                                                         QObject *parent)
{
    return m_client.fetchAs<QList<AssociationLabel>>(
        getRequest(m_paths.associationLabels(from, to)), &parseAssociationLabels, parent);
}

} // namespace hubkeeper
