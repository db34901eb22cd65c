// SPDX-License-Identifier: MIT
#include "portal/requests.h"

#include "portal/portaltext.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

void addQuery(HttpRequest &request, const QString &key, const QString &value)
{
    request.query.addQueryItem(key, QString::fromLatin1(QUrl::toPercentEncoding(value)));
}

QJsonObject propertiesJson(const QHash<QString, QString> &properties)
{
    QJsonObject json;
    for (auto it = properties.cbegin(); it != properties.cend(); ++it) {
        // "" clears; JSON null is not in the contract (hubspot-api 4.6).
        json[it.key()] = it.value().isNull() ? u""_s : it.value();
    }
    return json;
}

QJsonObject kindJson(const AssociationKind &kind)
{
    return {{u"associationCategory"_s, kind.category}, {u"associationTypeId"_s, kind.typeId}};
}

QJsonObject inputJson(const BatchInput &input)
{
    QJsonObject json {{u"properties"_s, propertiesJson(input.properties)}};
    if (!input.traceId.isEmpty())
        json[u"objectWriteTraceId"_s] = input.traceId;
    if (!input.id.isEmpty())
        json[u"id"_s] = input.id;
    if (!input.idProperty.isEmpty())
        json[u"idProperty"_s] = input.idProperty;
    if (!input.primaryCompanyId.isEmpty()) {
        const AssociationKind primary {u"HUBSPOT_DEFINED"_s, contactToPrimaryCompany, {}};
        json[u"associations"_s] =
            QJsonArray {QJsonObject {{u"to"_s, QJsonObject {{u"id"_s, input.primaryCompanyId}}},
                                     {u"types"_s, QJsonArray {kindJson(primary)}}}};
    }
    return json;
}

HttpRequest batchRequest(const QString &path, const QList<BatchInput> &inputs, Repeat repeat)
{
    QJsonArray rows;
    for (const BatchInput &input : inputs)
        rows.append(inputJson(input));
    return jsonRequest(Verb::Post, path, QJsonObject {{u"inputs"_s, rows}}, repeat);
}

QJsonArray idInputs(const QStringList &ids)
{
    QJsonArray inputs;
    for (const QString &id : ids)
        inputs.append(QJsonObject {{u"id"_s, id}});
    return inputs;
}

} // namespace

bool fitsUrl(const HttpRequest &request)
{
    return request.path.size() + request.query.toString(QUrl::FullyEncoded).size() + 1
        <= longestUrl;
}

bool fitsPath(const QString &id)
{
    static const QString dividers = u"/\\?#%"_s;
    return !id.isEmpty() && id != "."_L1 && id != ".."_L1
        && std::none_of(id.cbegin(), id.cend(),
                        [](QChar c) { return dividers.contains(c) || c < u' '; });
}

tl::unexpected<Error> unusableId(const QString &id)
{
    return fail(ErrorKind::NotFound,
                PortalText::tr("There is no record with the ID “%1”.").arg(id.left(80)));
}

tl::unexpected<Error> unusableName(const QString &name)
{
    return fail(ErrorKind::NotFound,
                PortalText::tr("There is no property “%1”.").arg(name.left(80)));
}

std::optional<Error> excessOf(qsizetype inputs)
{
    if (inputs >= 1 && inputs <= mostBatchInputs)
        return std::nullopt;
    return fail(ErrorKind::InvalidInput,
                PortalText::tr("A batch has 1 to 100 rows, not %1.").arg(inputs))
        .value();
}

HttpRequest getRequest(const QString &path)
{
    HttpRequest request;
    request.path = path;
    return request;
}

HttpRequest jsonRequest(Verb verb, const QString &path, const QByteArray &json, Repeat repeat)
{
    HttpRequest request;
    request.verb = verb;
    request.path = path;
    request.body = json;
    request.repeat = repeat;
    return request;
}

HttpRequest jsonRequest(Verb verb, const QString &path, const QJsonObject &json, Repeat repeat)
{
    return jsonRequest(verb, path, QJsonDocument(json).toJson(QJsonDocument::Compact), repeat);
}

HttpRequest listRequest(const ApiPaths &paths, ObjectType type, const ListOptions &options)
{
    HttpRequest request = getRequest(paths.records(type));
    addQuery(request, u"limit"_s, QString::number(options.limit));
    if (!options.after.isEmpty())
        addQuery(request, u"after"_s, options.after);
    if (!options.properties.isEmpty())
        addQuery(request, u"properties"_s, options.properties.join(u','));
    if (!options.associations.isEmpty())
        addQuery(request, u"associations"_s, options.associations.join(u','));
    if (options.archived)
        addQuery(request, u"archived"_s, u"true"_s);
    return request;
}

HttpRequest readRequest(const ApiPaths &paths, ObjectType type, const QString &id,
                        const ReadOptions &options)
{
    HttpRequest request = getRequest(paths.record(type, id));
    if (!options.properties.isEmpty())
        addQuery(request, u"properties"_s, options.properties.join(u','));
    if (!options.associations.isEmpty())
        addQuery(request, u"associations"_s, options.associations.join(u','));
    if (!options.idProperty.isEmpty())
        addQuery(request, u"idProperty"_s, options.idProperty);
    if (options.archived)
        addQuery(request, u"archived"_s, u"true"_s);
    return request;
}

HttpRequest createRequest(const ApiPaths &paths, ObjectType type,
                          const QHash<QString, QString> &properties)
{
    return jsonRequest(Verb::Post, paths.records(type),
                       QJsonObject {{u"properties"_s, propertiesJson(properties)}}, Repeat::Never);
}

HttpRequest updateRequest(const ApiPaths &paths, ObjectType type, const QString &id,
                          const QHash<QString, QString> &properties)
{
    return jsonRequest(Verb::Patch, paths.record(type, id),
                       QJsonObject {{u"properties"_s, propertiesJson(properties)}});
}

Result<HttpRequest> searchRequest(const ApiPaths &paths, ObjectType type, const SearchQuery &query)
{
    const auto body = searchBody(query);
    if (!body)
        return tl::unexpected(body.error());
    HttpRequest request = jsonRequest(Verb::Post, paths.records(type) + u"/search"_s, *body);
    request.family = BudgetFamily::Search;
    return request;
}

HttpRequest mergeRequest(const ApiPaths &paths, ObjectType type, const QString &primaryId,
                         const QString &mergedId)
{
    return jsonRequest(
        Verb::Post, paths.records(type) + u"/merge"_s,
        QJsonObject {{u"primaryObjectId"_s, primaryId}, {u"objectIdToMerge"_s, mergedId}},
        Repeat::Never);
}

HttpRequest batchReadRequest(const ApiPaths &paths, ObjectType type, const QStringList &ids,
                             const ReadOptions &options)
{
    QJsonObject body {{u"inputs"_s, idInputs(ids)},
                      {u"properties"_s, QJsonArray::fromStringList(options.properties)}};
    if (!options.idProperty.isEmpty())
        body[u"idProperty"_s] = options.idProperty;
    HttpRequest request = jsonRequest(Verb::Post, paths.records(type) + u"/batch/read"_s, body);
    if (options.archived)
        addQuery(request, u"archived"_s, u"true"_s);
    return request;
}

HttpRequest batchCreateRequest(const ApiPaths &paths, ObjectType type,
                               const QList<BatchInput> &inputs)
{
    return batchRequest(paths.records(type) + u"/batch/create"_s, inputs, Repeat::Never);
}

HttpRequest batchUpdateRequest(const ApiPaths &paths, ObjectType type,
                               const QList<BatchInput> &inputs)
{
    return batchRequest(paths.records(type) + u"/batch/update"_s, inputs, Repeat::Safe);
}

HttpRequest batchArchiveRequest(const ApiPaths &paths, ObjectType type, const QStringList &ids)
{
    return jsonRequest(Verb::Post, paths.records(type) + u"/batch/archive"_s,
                       QJsonObject {{u"inputs"_s, idInputs(ids)}});
}

HttpRequest ownersRequest(const ApiPaths &paths, const QString &after, bool archived)
{
    HttpRequest request = getRequest(paths.owners());
    addQuery(request, u"limit"_s, u"100"_s);
    if (!after.isEmpty())
        addQuery(request, u"after"_s, after);
    addQuery(request, u"archived"_s, archived ? u"true"_s : u"false"_s);
    return request;
}

HttpRequest associationsRequest(const ApiPaths &paths, ObjectType from, const QString &id,
                                ObjectType to, const QString &after)
{
    HttpRequest request = getRequest(paths.associations(from, id, to));
    addQuery(request, u"limit"_s, u"500"_s);
    if (!after.isEmpty())
        addQuery(request, u"after"_s, after);
    return request;
}

HttpRequest associateRequest(const ApiPaths &paths, ObjectType from, const QString &id,
                             ObjectType to, const QString &toId,
                             const QList<AssociationKind> &kinds)
{
    QJsonArray body;
    for (const AssociationKind &kind : kinds)
        body.append(kindJson(kind));
    return jsonRequest(Verb::Put, paths.associations(from, id, to) + u'/' + toId,
                       QJsonDocument(body).toJson(QJsonDocument::Compact));
}

} // namespace hubkeeper
