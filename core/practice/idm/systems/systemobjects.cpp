// SPDX-License-Identifier: MIT
#include "practice/idm/systems/systemobjects.h"

#include "practice/idm/crest/jsonpatch.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

using Kind = ConnectorFaultKind;

NativeFilter byUid(const QString &id)
{
    return CrestFilter::compare(u"__UID__"_s, u"eq"_s, id);
}

struct FaultRow
{
    Kind kind;
    int code;
    QString message; ///< %1 operation, %2 uid, %3 the path of the type.
};

/// What OpenIDM 6.3.0 was seen to answer to each exception of a connector.
const QList<FaultRow> &faultRows()
{
    static const QList<FaultRow> rows {
        {Kind::AlreadyExists, 412, u"System object %2 already exists"_s},
        {Kind::PreconditionFailed, 412,
         u"The resource version for %2 does not match the version provided on operation %1 for "
         "system object: %3"_s},
        {Kind::PreconditionRequired, 428,
         u"No resource version for resource %2 has been provided on operation %1 for system "
         "object: %3"_s},
        {Kind::UnknownUid, 404, u"Operation %1 could not find resource %2 on system object: %3"_s},
        {Kind::InvalidAttributeValue, 400,
         u"Attribute value conflicts with the attribute's schema definition on operation %1 for "
         "system object: %2"_s},
        {Kind::InvalidCredential, 401,
         u"Invalid credential has been provided to operation %1 for system object: %2"_s},
        {Kind::PasswordExpired, 403,
         u"Operation %1 failed with PasswordExpiredException on system object: %2"_s},
        {Kind::PermissionDenied, 403,
         u"Permission was denied on %1 operation for system object: %2"_s},
        {Kind::ConnectionBroken, 503,
         u"Operation %1 failed with ConnectionBrokenException on system object: %2"_s},
        {Kind::ConnectionFailed, 503,
         u"Connection failed during operation %1 on system object: %2"_s},
        {Kind::OperationTimeout, 503, u"Operation %1 Timeout on system object: %2"_s},
        {Kind::Retryable, 503,
         u"Request temporarily unavailable on operation %1 for system object: %2"_s},
        {Kind::Configuration, 500,
         u"Operation %1 failed with ConfigurationException on system object: %2"_s},
        {Kind::ConnectorSecurity, 500,
         u"Operation %1 failed with ConnectorSecurityException on system object: %2"_s},
        {Kind::Other, 500, u"Operation %1 failed with ConnectorException on system object: %2"_s},
    };
    return rows;
}

/// arg() one after the other would replace what a value brings.
QString filled(QString text, const QString &operation, const QString &id, const QString &path)
{
    text.replace("%1"_L1, operation);
    text.replace("%3"_L1, path);
    text.replace("%2"_L1, id);
    return text;
}

} // namespace

QString SystemObjects::path() const
{
    return u"system/%1/%2"_s.arg(m_system.name, m_type.name());
}

CrestReply SystemObjects::reply(const ConnectorFault &fault, const QString &operation,
                                const QString &id) const
{
    if (fault.kind == Kind::UnsupportedOperation)
        return crestError(500, fault.message);
    for (const FaultRow &row : faultRows()) {
        if (row.kind != fault.kind)
            continue;
        const QJsonValue detail = fault.kind == Kind::UnknownUid
            ? QJsonValue(QJsonObject())
            : QJsonValue(QJsonValue::Undefined);
        return crestError(row.code, filled(row.message, operation, id, path()), detail);
    }
    return crestError(500, u"Internal Server Error"_s);
}

CrestOutcome<QList<QJsonObject>> SystemObjects::find(const CrestQuery &query) const
{
    NativeFilter filter;
    const bool isIdQuery = query.queryId == "query-all-ids"_L1;
    if (!query.queryId.isEmpty() && !isIdQuery)
        return refuse(crestError(400, u"Unsupported _queryId: %1"_s.arg(query.queryId)));
    if (query.filter) {
        auto native = m_type.native(*query.filter, m_system.isFiltered());
        if (!native)
            return refuse(native.error());
        filter = *native;
    }
    QList<QJsonObject> found;
    if (filter && filter->kind == CrestFilter::False) // The connector is not asked.
        return found;
    auto objects = m_system.connector->search(m_type.nativeType(), filter);
    if (!objects)
        return refuse(reply(objects.error(), u"QUERY"_s, u"null"_s));
    for (const NativeObject &object : *objects) {
        const QJsonObject shown = m_type.shown(object);
        if (isIdQuery)
            found.append({{u"_id"_s, object.uid}, {u"__NAME__"_s, object.name}});
        else
            found.append(shown);
    }
    return found;
}

CrestOutcome<QJsonObject> SystemObjects::present(const QString &operation, const QString &id) const
{
    auto objects = m_system.connector->search(m_type.nativeType(), byUid(id));
    if (!objects)
        return refuse(reply(objects.error(), operation, id));
    if (objects->isEmpty())
        return refuse(reply({Kind::UnknownUid, id}, operation, id));
    return m_type.shown(objects->first());
}

CrestOutcome<QJsonObject> SystemObjects::read(const QString &id) const
{
    auto object = present(u"READ"_s, id);
    if (!object && object.error().status == 404)
        return refuse(crestError(404, u"Object %1 not found on %2"_s.arg(id, path())));
    return object;
}

CrestOutcome<QJsonObject> SystemObjects::create(const QJsonObject &object) const
{
    if (object.value("_id"_L1).isString())
        return refuse(crestError(500, u"Create with client provided ID is not supported."_s));
    auto sent = m_type.built(object, true);
    if (!sent)
        return refuse(sent.error());
    auto uid = m_system.connector->create(m_type.nativeType(), *sent);
    if (!uid)
        return refuse(reply(uid.error(), u"CREATE"_s, {}));
    return read(*uid);
}

CrestOutcome<QJsonObject> SystemObjects::update(const QString &id, const QJsonObject &object) const
{
    auto sent = m_type.built(object, false);
    if (!sent)
        return refuse(sent.error());
    auto uid = m_system.connector->update(m_type.nativeType(), id, *sent);
    if (!uid)
        return refuse(reply(uid.error(), u"UPDATE"_s, id));
    return read(*uid);
}

CrestOutcome<QJsonObject> SystemObjects::patch(const QString &id,
                                               const QJsonArray &operations) const
{
    auto before = present(u"PATCH"_s, id);
    if (!before)
        return before;
    auto after = patched(*before, operations);
    if (!after)
        return after;
    // Only what the operations name is sent; what they removed goes as null.
    QJsonObject changed;
    for (const QJsonValue &operation : operations) {
        const QString name = pointerSteps(operation["field"_L1].toString()).value(0);
        const QJsonValue value = after->value(name);
        changed.insert(name, value.isUndefined() ? QJsonValue() : value);
    }
    return update(id, changed);
}

CrestOutcome<QJsonObject> SystemObjects::remove(const QString &id) const
{
    auto before = present(u"DELETE"_s, id);
    if (!before)
        return before;
    if (auto removed = m_system.connector->remove(m_type.nativeType(), id); !removed)
        return refuse(reply(removed.error(), u"DELETE"_s, id));
    return before;
}

} // namespace hubkeeper::practice
