// SPDX-License-Identifier: MIT
#include "practice/idm/data/managedobjects.h"

#include "practice/idm/crest/jsonpatch.h"
#include "practice/idm/crest/objectquery.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// What is not part of the content: ids, and what the server computes.
QJsonObject contentOf(QJsonObject object)
{
    for (const QString &name :
         {u"_id"_s, u"_rev"_s, u"effectiveRoles"_s, u"effectiveAssignments"_s, u"lastSync"_s})
        object.remove(name);
    return object;
}

/// What is computed of roles, where there is none.
void removeComputed(QJsonObject &object)
{
    for (const QString &name : {u"effectiveRoles"_s, u"effectiveAssignments"_s}) {
        if (object.value(name) == QJsonArray())
            object.remove(name);
    }
}

CrestReply absent(const QString &collection, const QString &id)
{
    return crestError(404, u"Object %1 not found in %2"_s.arg(id, collection));
}

CrestReply alreadyThere(const QString &collection, const ManagedObject &object)
{
    const QString record = QString(collection).replace(u'/', u'_');
    return crestError(
        412,
        u"Create rejected as Object with same ID already exists. Cannot index record "
        u"%1{_openidm_id:"
        "%2}: found duplicated key '%2' in index '%1!_openidm_id!Idx' previously assigned to the "
        "record #12:%3"_s.arg(record, object.id)
            .arg(object.number));
}

/// OrientDB's words about a revision that is not the present one.
CrestReply otherRevision(const ManagedObject &object, const QString &verb, const QString &doing,
                         const QString &after, const QString &revision)
{
    return crestError(
        412,
        u"%1 rejected as current Object revision is different than expected by caller, the object "
        "has changed since retrieval%2Cannot %3 the record #12:%4 because the version is not the "
        "latest. Probably you are %5 an old record or it has been modified by another user (db=v%6 "
        "your=v%7)"_s.arg(verb, after, verb.toUpper())
            .arg(object.number)
            .arg(doing)
            .arg(object.revision)
            .arg(revision));
}

bool isCurrent(const ManagedObject &object, const QString &revision)
{
    return revision.isEmpty() || revision == QString::number(object.revision);
}

} // namespace

void ManagedObjects::tell(const ManagedChange &change) const
{
    if (m_listener)
        m_listener(change);
}

CrestFilter ManagedObjects::searchable(const CrestFilter &filter) const
{
    CrestFilter made = filter;
    for (CrestFilter &operand : made.operands)
        operand = searchable(operand);
    const QString literal = filter.value.toString();
    if (m_isOrient && filter.kind == CrestFilter::Compare
        && (literal.contains(u'\'') || literal.contains(u'\\') || literal.contains(u'\n')
            || literal.contains(u'\r')))
        made.kind = CrestFilter::False;
    return made;
}

CrestOutcome<QList<QJsonObject>> ManagedObjects::find(const QString &collection,
                                                      const CrestQuery &query) const
{
    const bool isIdQuery = query.queryId == "query-all-ids"_L1;
    const bool isNameQuery = query.queryId == "for-userName"_L1;
    if (!query.queryId.isEmpty() && !isIdQuery && !isNameQuery && query.queryId != "query-all"_L1)
        return refuse(
            crestError(400,
                       u"The passed query identifier %1 does not match any "
                       "configured queries on the repository service."_s.arg(query.queryId)));
    std::optional<CrestFilter> filter;
    if (isNameQuery)
        filter = searchable(CrestFilter::compare(u"userName"_s, u"eq"_s, query.uid));
    if (query.filter) {
        static const QStringList known {u"eq"_s, u"co"_s, u"sw"_s, u"lt"_s,
                                        u"le"_s, u"gt"_s, u"ge"_s};
        if (!operatorBeyond(*query.filter, known).isEmpty())
            return refuse(
                crestError(500, u"Extended match filter not supported on this endpoint"_s));
        filter = searchable(*query.filter);
    }
    QList<QJsonObject> found;
    for (const auto &[number, object] : m_store.objects(collection)) {
        if (isIdQuery) {
            found.append({{u"_id"_s, object.id}, {u"_rev"_s, QString::number(object.revision)}});
            continue;
        }
        QJsonObject shown = shownObject(m_store, collection, object);
        if (object.isBare)
            removeComputed(shown);
        if (!filter || objectMatches(*filter, shown))
            found.append(shown);
    }
    return found;
}

CrestOutcome<const ManagedObject *> ManagedObjects::present(const QString &collection,
                                                            const QString &id) const
{
    const ManagedObject *object = m_store.find(collection, id);
    if (!object)
        return refuse(absent(collection, id));
    return object;
}

CrestOutcome<QJsonObject> ManagedObjects::read(const QString &collection, const QString &id) const
{
    return present(collection, id).map([&](const ManagedObject *object) {
        return shownObject(m_store, collection, *object);
    });
}

CrestOutcome<void> ManagedObjects::checked(const QString &collection, const QString &id,
                                           const QJsonObject &content) const
{
    const QJsonArray failed = failedPolicies(m_store, collection, id, content);
    if (failed.isEmpty())
        return {};
    return refuse(
        crestError(403, u"Policy validation failed"_s,
                   QJsonObject {{u"result"_s, false}, {u"failedPolicyRequirements"_s, failed}}));
}

CrestOutcome<QJsonObject> ManagedObjects::create(const QString &collection, const QString &id,
                                                 const QJsonObject &object)
{
    // The id in the address wins; an object may bring its own.
    const QString wanted = id.isEmpty() ? object.value("_id"_L1).toString() : id;
    if (const ManagedObject *old = m_store.find(collection, wanted))
        return refuse(alreadyThere(collection, *old));
    QJsonObject content = contentOf(object);
    if (collection == "managed/user"_L1 && !content.contains("accountStatus"_L1))
        content.insert(u"accountStatus"_s, u"active"_s);
    QJsonObject whole = content;
    if (object.contains("_id"_L1))
        whole.insert(u"_id"_s, object.value("_id"_L1));
    if (auto good = checked(collection, {}, whole); !good)
        return refuse(good.error());
    const ManagedObject &made = m_store.create(collection, wanted, content);
    const QJsonObject shown = shownObject(m_store, collection, made);
    tell({collection, made.id, std::nullopt, shown});
    // What listens may have written to the object again; the answer is what this request made.
    return shown;
}

CrestOutcome<QJsonObject> ManagedObjects::store(const QString &collection,
                                                const ManagedObject &object,
                                                const QJsonObject &content, const QString &revision)
{
    QJsonObject before = shownObject(m_store, collection, object);
    if (content == object.content) {
        // Nothing is written, and OpenIDM 6.3.0 was seen to answer with the revision it was given.
        if (!revision.isEmpty())
            before.insert(u"_rev"_s, revision);
        return before;
    }
    if (!isCurrent(object, revision))
        return refuse(otherRevision(object, u"Update"_s, u"updating"_s, u": "_s, revision));
    const QString id = object.id;
    const ManagedObject &stored = m_store.replace(collection, id, content);
    const QJsonObject after = shownObject(m_store, collection, stored);
    tell({collection, id, before, after});
    return after;
}

CrestOutcome<QJsonObject> ManagedObjects::update(const QString &collection, const QString &id,
                                                 const QJsonObject &object, const QString &revision)
{
    auto old = present(collection, id);
    if (!old)
        return refuse(old.error());
    QJsonObject content = contentOf(object);
    if ((*old)->content.contains("password"_L1) && !content.contains("password"_L1))
        content.insert(u"password"_s, (*old)->content.value("password"_L1));
    if (auto good = checked(collection, id, content); !good)
        return refuse(good.error());
    return store(collection, **old, content, revision);
}

CrestOutcome<QJsonObject> ManagedObjects::patch(const QString &collection, const QString &id,
                                                const QJsonArray &operations,
                                                const QString &revision)
{
    auto old = present(collection, id);
    if (!old)
        return refuse(old.error());
    auto content = patched((*old)->content, operations);
    if (!content)
        return refuse(content.error());
    const QJsonObject cleaned = contentOf(*content);
    if (auto good = checked(collection, id, cleaned); !good)
        return refuse(good.error());
    return store(collection, **old, cleaned, revision);
}

CrestOutcome<QJsonObject> ManagedObjects::remove(const QString &collection, const QString &id,
                                                 const QString &revision)
{
    auto old = present(collection, id);
    if (!old)
        return refuse(old.error());
    if (!isCurrent(**old, revision))
        return refuse(otherRevision(**old, u"Delete"_s, u"deleting"_s, u"."_s, revision));
    const QJsonObject before = shownObject(m_store, collection, **old);
    m_store.remove(collection, id);
    tell({collection, id, before, std::nullopt});
    return before;
}

} // namespace hubkeeper::practice
