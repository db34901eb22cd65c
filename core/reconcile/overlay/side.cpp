// SPDX-License-Identifier: MIT
#include "reconcile/overlay/side.h"

#include "filter/crestparser.h"
#include "reconcile/overlay/textindex.h"
#include "reconcile/reconciletext.h"
#include "reconcile/values/jsonmatch.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString idOf(const QJsonObject &object)
{
    return object["_id"_L1].toString();
}

QJsonObject withoutKeys(QJsonObject object)
{
    object.remove("_id"_L1);
    object.remove("_rev"_L1);
    return object;
}

/// How often a kind is in a filter.
int countOf(const CrestFilter &filter, CrestFilter::Kind kind)
{
    int count = filter.kind == kind ? 1 : 0;
    for (const CrestFilter &operand : filter.operands)
        count += countOf(operand, kind);
    return count;
}

bool isAllIds(const ObjectQuery &query)
{
    return query.filter().isNull() && query.queryId() == "query-all-ids"_L1;
}

/// The row of an object; without fields, or with "*", all of it.
QJsonObject rowOf(const QString &id, const QJsonObject &object, const QStringList &fields)
{
    if (fields.isEmpty() || fields.contains(u"*"_s))
        return object;
    QJsonObject row {{u"_id"_s, id}};
    for (const QString &key : fields + QStringList {u"_rev"_s}) {
        if (object.contains(key))
            row.insert(key, object.value(key));
    }
    return row;
}

} // namespace

Side::Side(QString collection, std::shared_ptr<const TargetRules> rules,
           std::unique_ptr<ObjectShelf> shelf, qint64 firstNewId)
    : m_collection(std::move(collection))
    , m_rules(std::move(rules))
    , m_shelf(std::move(shelf))
    , m_prefix(firstNewId > 0 ? QString() : u"new-"_s)
    , m_nextId(firstNewId > 0 ? firstNewId : 1)
{
}

void Side::add(const QJsonObject &object)
{
    m_shelf->add(idOf(object), object);
}

Answer<ObjectRows> Side::query(const ObjectQuery &query)
{
    ObjectRows rows;
    return visit(query,
                 [&](const QString &id, const QJsonObject *row) {
                     rows.ids.append(id);
                     if (row)
                         rows.rows.append(*row);
                 })
        .map([&] { return std::move(rows); });
}

Answer<void> Side::visit(const ObjectQuery &query, const VisitRow &visit)
{
    if (m_fault)
        return tl::unexpected(*m_fault);
    const QStringList fields = query.fields();
    const VisitRow visitRow = [&](const QString &id, const QJsonObject *object) {
        const QJsonObject row = rowOf(id, *object, fields);
        visit(id, &row);
    };
    if (!query.filter().isNull()) {
        const auto filter = parseCrestFilter(query.filter());
        if (!filter)
            return tl::unexpected(ObjectFault {ObjectFault::Malformed, 400, filter.error().what});
        return visitMatching(*filter, visitRow);
    }
    const auto attribute = m_rules->queryAttribute(query.queryId());
    if (!attribute)
        return tl::unexpected(attribute.error());
    if (!attribute->isEmpty())
        return visitMatching(CrestFilter::compare(*attribute, u"eq"_s, query.parameters["uid"_L1]),
                             visitRow);
    if (!isAllIds(query))
        return visitMatching({}, visitRow);
    const QStringList all = ids();
    for (const QString &id : all)
        visit(id, nullptr);
    return {};
}

/// As the side understands the filter.
Answer<void> Side::visitMatching(const CrestFilter &filter, const VisitRow &visit)
{
    const auto understood = m_rules->understood(filter);
    if (!understood)
        return tl::unexpected(understood.error());
    m_blindSearches +=
        countOf(*understood, CrestFilter::False) > countOf(filter, CrestFilter::False);
    m_widenedQueries +=
        countOf(*understood, CrestFilter::True) > countOf(filter, CrestFilter::True);
    const auto look = [&](qint64 place) {
        const auto kept = m_shelf->at(place);
        if (kept && matchesJson(*understood, kept->object))
            visit(kept->id, &kept->object);
    };
    if (const auto some = candidates(*understood)) {
        std::for_each(some->begin(), some->end(), look);
        return {};
    }
    for (qint64 place = 0; place < m_shelf->places(); ++place)
        look(place);
    return {};
}

/// The places of the objects that may match, in order, by an index; nothing where none helps.
std::optional<Side::Places> Side::candidates(const CrestFilter &filter)
{
    if (filter.kind == CrestFilter::False)
        return Places();
    if (filter.kind == CrestFilter::Compare && filter.op == "eq"_L1 && filter.pointer.size() == 1
        && filter.value.isString())
        return m_shelf->placesOf(filter.pointer.front(), filter.value.toString());
    if (filter.kind == CrestFilter::And) {
        for (const CrestFilter &operand : filter.operands) {
            if (auto some = candidates(operand))
                return some;
        }
        return std::nullopt;
    }
    if (filter.kind != CrestFilter::Or)
        return std::nullopt;
    Places wanted;
    for (const CrestFilter &operand : filter.operands) {
        const auto some = candidates(operand);
        if (!some)
            return std::nullopt;
        wanted.insert(wanted.end(), some->begin(), some->end());
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    return wanted;
}

bool Side::isTaken(const QString &id, const QString &attribute, const QJsonValue &value)
{
    if (!value.isString())
        return false;
    const auto places = m_shelf->placesOf(attribute, value.toString());
    return std::any_of(places.begin(), places.end(), [&](qint64 place) {
        const auto kept = m_shelf->at(place);
        return kept && kept->id != id
            && textsOf(kept->object.value(attribute)).contains(value.toString());
    });
}

std::optional<QJsonObject> Side::read(const QString &id) const
{
    const auto object = m_shelf->read(id);
    return object ? std::optional(m_rules->read(*object)) : std::nullopt;
}

std::optional<QJsonObject> Side::kept(const QString &id) const
{
    return m_shelf->read(id);
}

QString Side::newId()
{
    QString id;
    do {
        id = m_prefix + QString::number(m_nextId++);
    } while (m_shelf->placeOf(id));
    return id;
}

void Side::noteSent(SentWrite write)
{
    if (m_rules->hasRevisions())
        return;
    m_emptyUpdates += write.changesNothing ? 1 : 0;
    if (m_keepsSent)
        m_sent.push_back(std::move(write));
}

Answer<QJsonObject> Side::create(const QJsonObject &object)
{
    const auto taken = [this](const QString &attribute, const QJsonValue &value) {
        return isTaken({}, attribute, value);
    };
    auto kept = m_rules->create(object, taken);
    if (!kept)
        return tl::unexpected(kept.error());
    noteSent({u"CREATE"_s, m_collection, {}, kept->sent, kept->refusal.has_value()});
    if (kept->refusal)
        return tl::unexpected(*kept->refusal);
    const QString wished = m_rules->hasRevisions() ? idOf(object) : QString();
    if (!wished.isEmpty() && m_shelf->read(wished))
        return tl::unexpected(ObjectFault {ObjectFault::Refused, 412,
                                           ReconcileText::tr("An object with the id %1 exists "
                                                             "already.")
                                               .arg(wished)});
    const QString id = wished.isEmpty() ? newId() : wished;
    QJsonObject made = kept->object;
    made.insert(u"_id"_s, id);
    if (m_rules->hasRevisions())
        made.insert(u"_rev"_s, u"1"_s);
    if (const auto *rules = dynamic_cast<const ConnectorRules *>(m_rules.get());
        rules && !rules->type().idAttribute.isEmpty())
        made.insert(rules->type().idAttribute, id);
    m_shelf->put(id, made, wished.isEmpty());
    return made;
}

Answer<QJsonObject> Side::update(const QString &id, const QJsonObject &object)
{
    const auto before = kept(id);
    if (!before)
        return tl::unexpected(
            ObjectFault {ObjectFault::NotFound, 404,
                         ReconcileText::tr("Object %1 does not exist any more.").arg(id)});
    const auto taken = [&](const QString &attribute, const QJsonValue &value) {
        return isTaken(id, attribute, value);
    };
    auto kept = m_rules->update(*before, object, taken);
    if (!kept)
        return tl::unexpected(kept.error());
    noteSent({u"UPDATE"_s, m_collection, id, kept->sent, kept->refusal.has_value(),
              withoutKeys(kept->object) == withoutKeys(*before)});
    if (kept->refusal)
        return tl::unexpected(*kept->refusal);
    QJsonObject made = kept->object;
    made.insert(u"_id"_s, id);
    if (m_rules->hasRevisions()) {
        // What is hidden and not known cannot be compared; it is taken as equal.
        if (withoutKeys(shown(made)) == withoutKeys(shown(m_rules->stored(*before))))
            return *before;
        made.insert(u"_rev"_s, QString::number((*before)["_rev"_L1].toString().toLongLong() + 1));
    }
    m_shelf->put(id, made);
    return made;
}

Answer<void> Side::remove(const QString &id)
{
    const auto object = kept(id);
    if (!object)
        return tl::unexpected(
            ObjectFault {ObjectFault::NotFound, 404,
                         ReconcileText::tr("Object %1 does not exist any more.").arg(id)});
    const auto refusal = m_rules->remove(*object, id);
    noteSent({u"DELETE"_s, m_collection, id, {}, refusal.has_value()});
    if (refusal)
        return tl::unexpected(*refusal);
    m_shelf->drop(id);
    return {};
}

void Side::keep(const QString &id, const QString &property, const QJsonValue &value)
{
    auto object = kept(id);
    if (!object)
        return;
    object->insert(property, value);
    if (m_rules->hasRevisions())
        object->insert(u"_rev"_s,
                       QString::number((*object)["_rev"_L1].toString().toLongLong() + 1));
    m_shelf->put(id, *object);
}

QJsonObject Side::shown(const QJsonObject &object) const
{
    QJsonObject shown = object;
    const QStringList hidden = m_rules->hidden();
    for (const QString &name : hidden)
        shown.remove(name);
    return shown;
}

void Side::visitChanges(const std::function<void(const ObjectChange &)> &visit) const
{
    m_shelf->visitChanges([&](const QString &id, const std::optional<QJsonObject> &before,
                              const std::optional<QJsonObject> &after) {
        ObjectChange change;
        change.collection = m_collection;
        change.id = id;
        if (before)
            change.before = shown(*before);
        if (after)
            change.after = shown(*after);
        change.isNew = isNew(id);
        if (change.before != change.after)
            visit(change);
    });
}

} // namespace hubkeeper
