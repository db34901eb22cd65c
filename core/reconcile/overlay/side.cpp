// SPDX-License-Identifier: MIT
#include "reconcile/overlay/side.h"

#include "filter/crestparser.h"
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

} // namespace

Side::Side(QString collection, std::shared_ptr<const TargetRules> rules, qint64 firstNewId)
    : m_collection(std::move(collection))
    , m_rules(std::move(rules))
    , m_prefix(firstNewId > 0 ? QString() : u"new-"_s)
    , m_nextId(firstNewId > 0 ? firstNewId : 1)
{
}

void Side::add(const QJsonObject &object)
{
    put(idOf(object), object);
}

Answer<ObjectRows> Side::query(const ObjectQuery &query)
{
    if (m_fault)
        return tl::unexpected(*m_fault);
    if (!query.filter().isNull()) {
        const auto filter = parseCrestFilter(query.filter());
        if (!filter)
            return tl::unexpected(ObjectFault {ObjectFault::Malformed, 400, filter.error().what});
        return m_rules->understood(*filter).map(
            [&](const CrestFilter &understood) { return rowsOf(matching(understood), query); });
    }
    return m_rules->queryAttribute(query.queryId()).map([&](const QString &attribute) {
        if (attribute.isEmpty())
            return rowsOf(ids(), query);
        const QJsonValue uid = query.parameters["uid"_L1];
        return rowsOf(matching(CrestFilter::compare(attribute, u"eq"_s, uid)), query);
    });
}

/// Ids only where a list of ids was asked for; then a row has its id and revision.
ObjectRows Side::rowsOf(const QStringList &ids, const ObjectQuery &query) const
{
    ObjectRows rows;
    rows.ids = ids;
    if (query.filter().isNull() && query.queryId() == "query-all-ids"_L1)
        return rows;
    const QStringList fields = query.fields();
    const QStringList keys = fields + QStringList {u"_rev"_s};
    for (const QString &id : ids) {
        const QJsonObject object = m_objects.value(id);
        if (fields.isEmpty() || fields.contains(u"*"_s)) {
            rows.rows.append(object);
            continue;
        }
        QJsonObject row {{u"_id"_s, id}};
        for (const QString &key : keys) {
            if (object.contains(key))
                row.insert(key, object.value(key));
        }
        rows.rows.append(row);
    }
    return rows;
}

QStringList Side::ids() const
{
    QStringList ids;
    ids.reserve(m_objects.size());
    for (const QString &id : m_order) {
        if (m_objects.contains(id))
            ids.append(id);
    }
    return ids;
}

QStringList Side::matching(const CrestFilter &filter)
{
    const auto some = candidates(filter);
    QStringList found;
    for (const QString &id : some ? *some : ids()) {
        if (matchesJson(filter, m_objects.value(id)))
            found.append(id);
    }
    return found;
}

/// The objects that may match, by an index; nothing where none helps. In the order of the side.
std::optional<QStringList> Side::candidates(const CrestFilter &filter)
{
    if (filter.kind == CrestFilter::False)
        return QStringList();
    if (filter.kind == CrestFilter::Compare && filter.op == "eq"_L1 && filter.pointer.size() == 1
        && filter.value.isString()) {
        const QStringList ids = indexOf(filter.pointer.front()).values(filter.value.toString());
        return inOrder(QSet<QString>(ids.begin(), ids.end()));
    }
    if (filter.kind == CrestFilter::And) {
        for (const CrestFilter &operand : filter.operands) {
            if (auto some = candidates(operand))
                return some;
        }
        return std::nullopt;
    }
    if (filter.kind != CrestFilter::Or)
        return std::nullopt;
    QSet<QString> wanted;
    for (const CrestFilter &operand : filter.operands) {
        const auto some = candidates(operand);
        if (!some)
            return std::nullopt;
        wanted.unite(QSet<QString>(some->begin(), some->end()));
    }
    return inOrder(wanted);
}

QStringList Side::inOrder(const QSet<QString> &ids) const
{
    QStringList ordered(ids.begin(), ids.end());
    std::sort(ordered.begin(), ordered.end(), [this](const QString &a, const QString &b) {
        return m_places.value(a) < m_places.value(b);
    });
    return ordered;
}

namespace {

/// The texts under which an object is found by an attribute.
QStringList textsOf(const QJsonValue &value)
{
    if (value.isString())
        return {value.toString()};
    QStringList texts;
    const QVariantList items = value.isArray() ? value.toVariant().toList() : QVariantList();
    for (const QVariant &item : items) {
        if (item.typeId() == QMetaType::QString)
            texts.append(item.toString());
    }
    return texts;
}

} // namespace

Side::Index &Side::indexOf(const QString &attribute)
{
    const auto known = m_indexes.find(attribute);
    if (known != m_indexes.end())
        return *known;
    Index &index = m_indexes[attribute];
    for (auto it = m_objects.constBegin(); it != m_objects.constEnd(); ++it) {
        const QStringList texts = textsOf(it->value(attribute));
        for (const QString &text : texts)
            index.insert(text, it.key());
    }
    return index;
}

void Side::put(const QString &id, const QJsonObject &object)
{
    if (m_objects.contains(id))
        drop(id);
    if (!m_places.contains(id)) {
        m_places.insert(id, m_order.size());
        m_order.append(id);
    }
    for (auto index = m_indexes.begin(); index != m_indexes.end(); ++index) {
        const QStringList texts = textsOf(object.value(index.key()));
        for (const QString &text : texts)
            index->insert(text, id);
    }
    m_objects.insert(id, object);
}

void Side::drop(const QString &id)
{
    const QJsonObject object = m_objects.take(id);
    for (auto index = m_indexes.begin(); index != m_indexes.end(); ++index) {
        const QStringList texts = textsOf(object.value(index.key()));
        for (const QString &text : texts)
            index->remove(text, id);
    }
}

bool Side::isTaken(const QString &id, const QString &attribute, const QJsonValue &value)
{
    if (!value.isString())
        return false;
    const QStringList owners = indexOf(attribute).values(value.toString());
    return std::any_of(owners.begin(), owners.end(),
                       [&](const QString &owner) { return owner != id; });
}

std::optional<QJsonObject> Side::read(const QString &id) const
{
    const auto object = m_objects.constFind(id);
    return object == m_objects.constEnd() ? std::nullopt : std::optional(m_rules->read(*object));
}

std::optional<QJsonObject> Side::kept(const QString &id) const
{
    const auto object = m_objects.constFind(id);
    return object == m_objects.constEnd() ? std::nullopt : std::optional(*object);
}

QString Side::newId()
{
    QString id;
    do {
        id = m_prefix + QString::number(m_nextId++);
    } while (m_places.contains(id));
    return id;
}

/// What the object was before the first change is kept.
void Side::remember(const QString &id)
{
    if (!m_before.contains(id))
        m_before.insert(id, kept(id));
}

Answer<QJsonObject> Side::create(const QJsonObject &object)
{
    const auto taken = [this](const QString &attribute, const QJsonValue &value) {
        return isTaken({}, attribute, value);
    };
    auto kept = m_rules->create(object, taken);
    if (!kept)
        return tl::unexpected(kept.error());
    if (!m_rules->hasRevisions())
        m_sent.push_back({u"CREATE"_s, m_collection, {}, kept->sent, kept->refusal.has_value()});
    if (kept->refusal)
        return tl::unexpected(*kept->refusal);
    const QString wished = m_rules->hasRevisions() ? idOf(object) : QString();
    if (m_objects.contains(wished))
        return tl::unexpected(ObjectFault {ObjectFault::Refused, 412,
                                           ReconcileText::tr("An object with the id %1 exists "
                                                             "already.")
                                               .arg(wished)});
    const QString id = wished.isEmpty() ? newId() : wished;
    remember(id);
    QJsonObject made = kept->object;
    made.insert(u"_id"_s, id);
    if (m_rules->hasRevisions())
        made.insert(u"_rev"_s, u"1"_s);
    if (const auto *rules = dynamic_cast<const ConnectorRules *>(m_rules.get());
        rules && !rules->type().idAttribute.isEmpty())
        made.insert(rules->type().idAttribute, id);
    if (wished.isEmpty())
        m_new.insert(id);
    put(id, made);
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
    if (!m_rules->hasRevisions())
        m_sent.push_back({u"UPDATE"_s, m_collection, id, kept->sent, kept->refusal.has_value(),
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
    remember(id);
    put(id, made);
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
    if (!m_rules->hasRevisions())
        m_sent.push_back({u"DELETE"_s, m_collection, id, {}, refusal.has_value()});
    if (refusal)
        return tl::unexpected(*refusal);
    remember(id);
    drop(id);
    return {};
}

void Side::keep(const QString &id, const QString &property, const QJsonValue &value)
{
    auto object = kept(id);
    if (!object)
        return;
    remember(id);
    object->insert(property, value);
    if (m_rules->hasRevisions())
        object->insert(u"_rev"_s,
                       QString::number((*object)["_rev"_L1].toString().toLongLong() + 1));
    put(id, *object);
}

QJsonObject Side::shown(const QJsonObject &object) const
{
    QJsonObject shown = object;
    const QStringList hidden = m_rules->hidden();
    for (const QString &name : hidden)
        shown.remove(name);
    return shown;
}

std::vector<ObjectChange> Side::changes() const
{
    std::vector<ObjectChange> changes;
    for (const QString &id : m_order) {
        const auto before = m_before.constFind(id);
        if (before == m_before.constEnd())
            continue;
        ObjectChange change;
        change.collection = m_collection;
        change.id = id;
        if (*before)
            change.before = shown(**before);
        if (const auto after = kept(id))
            change.after = shown(*after);
        change.isNew = isNew(id);
        if (change.before != change.after)
            changes.push_back(std::move(change));
    }
    return changes;
}

} // namespace hubkeeper
