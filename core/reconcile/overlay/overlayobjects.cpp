// SPDX-License-Identifier: MIT
#include "reconcile/overlay/overlayobjects.h"

#include "reconcile/reconciletext.h"
#include "reconcile/values/exactjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QJsonObject value(const QJsonValue &value)
{
    return {{u"value"_s, withoutMarks(value)}};
}

QJsonObject error(const ObjectFault &fault)
{
    return {{u"error"_s, QJsonObject {{u"code"_s, fault.code}, {u"message"_s, fault.message}}}};
}

QJsonObject needed(const QString &what)
{
    return {{u"needed"_s, what}};
}

QJsonObject answered(const Answer<QJsonObject> &answer)
{
    return answer ? value(*answer) : error(answer.error());
}

/// The fields that a script asked for, without a slash before them; none: all.
QStringList fieldsIn(const QJsonValue &list)
{
    QStringList fields;
    const QJsonArray given = list.toArray();
    for (const QJsonValue &field : given) {
        const QString name = field.toString();
        fields.append(name.startsWith(u'/') ? name.mid(1) : name);
    }
    return fields;
}

/// Of an object that is read with such fields.
QJsonObject onlyFields(const QJsonObject &object, const QStringList &fields)
{
    if (fields.isEmpty() || fields.contains(u"*"_s))
        return object;
    QJsonObject result;
    for (const QString &key : fields + QStringList {u"_id"_s, u"_rev"_s}) {
        if (object.contains(key))
            result.insert(key, object.value(key));
    }
    return result;
}

/// What would have to be taken in pages, sorted or otherwise than here; empty: nothing.
QString strangeParameter(const QJsonObject &parameters, const QStringList &fields)
{
    for (const QString &field : fields) {
        if (field.contains(u'/'))
            return field;
    }
    static const QStringList known {u"_queryFilter"_s, u"_queryId"_s, u"_fields"_s};
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        if (it.key().startsWith(u'_') && !known.contains(it.key()))
            return it.key();
    }
    return {};
}

} // namespace

ObjectPath ObjectPath::of(const QString &path)
{
    const QStringList steps = path.split(u'/', Qt::SkipEmptyParts);
    const qsizetype count = steps.value(0) == "system"_L1 ? 3 : 2;
    ObjectPath result;
    result.collection = steps.mid(0, count).join(u'/');
    if (steps.size() > count)
        result.id = steps.mid(count).join(u'/');
    return result;
}

std::optional<QJsonObject> patchedObject(const QJsonObject &object, const QJsonArray &operations)
{
    QJsonObject result = object;
    for (const QJsonValue &entry : operations) {
        const QJsonObject operation = entry.toObject();
        const QString word = operation["operation"_L1].toString();
        const PropertyPointer place(operation["field"_L1].toString());
        if (word == "add"_L1 || word == "replace"_L1) {
            if (!place.put(result, operation["value"_L1]))
                return std::nullopt;
        } else if (word == "remove"_L1 && place.steps().size() == 1) {
            result.remove(place.steps().front());
        } else if (word == "increment"_L1) {
            const double sum = place.in(result).toDouble() + operation["value"_L1].toDouble();
            if (!place.put(result, sum))
                return std::nullopt;
        } else {
            return std::nullopt;
        }
    }
    return result;
}

OverlayObjects::OverlayObjects(MakeShelf makeShelf, bool keepsSent)
    : m_makeShelf(std::move(makeShelf))
    , m_keepsSent(keepsSent)
{
}

void OverlayObjects::setOnChange(QSet<QString> watched, OnChange onChange)
{
    m_watched = std::move(watched);
    m_onChange = std::move(onChange);
}

Side &OverlayObjects::addSide(const QString &collection, std::shared_ptr<const TargetRules> rules,
                              qint64 firstNewId)
{
    if (const auto known = m_sides.find(collection); known != m_sides.end())
        return known->second;
    Side &side = m_sides
                     .try_emplace(collection, collection, std::move(rules), m_makeShelf(collection),
                                  firstNewId)
                     .first->second;
    side.setKeepsSent(m_keepsSent);
    return side;
}

Side &OverlayObjects::side(const QString &collection)
{
    const auto known = m_sides.find(collection);
    return known != m_sides.end() ? known->second
                                  : addSide(collection, std::make_shared<FreeRules>());
}

Answer<ObjectRows> OverlayObjects::query(const QString &collection, const ObjectQuery &query)
{
    return side(collection).query(query);
}

Answer<void> OverlayObjects::visit(const QString &collection, const ObjectQuery &query,
                                   const VisitRow &visit)
{
    return side(collection).visit(query, visit);
}

Answer<std::optional<QJsonObject>> OverlayObjects::read(const QString &collection,
                                                        const QString &id)
{
    return side(collection).read(id);
}

bool OverlayObjects::isWatched(const QString &collection) const
{
    return m_onChange && m_watched.contains(collection);
}

void OverlayObjects::changed(const QString &collection, const SourceChange &change)
{
    if (isWatched(collection))
        m_onChange(collection, change);
}

Answer<QJsonObject> OverlayObjects::create(const QString &collection, const QJsonObject &object)
{
    auto created = side(collection).create(object);
    if (created && isWatched(collection)) {
        const QString id = (*created)["_id"_L1].toString();
        changed(collection, {id, std::nullopt, side(collection).read(id)});
    }
    return created;
}

Answer<QJsonObject> OverlayObjects::update(const QString &collection, const QString &id,
                                           const QJsonObject &object)
{
    if (!isWatched(collection))
        return side(collection).update(id, object);
    const auto before = side(collection).read(id);
    auto updated = side(collection).update(id, object);
    const auto after = side(collection).read(id);
    if (updated && before != after)
        changed(collection, {id, before, after});
    return updated;
}

Answer<void> OverlayObjects::remove(const QString &collection, const QString &id)
{
    if (!isWatched(collection))
        return side(collection).remove(id);
    const auto before = side(collection).read(id);
    auto removed = side(collection).remove(id);
    if (removed)
        changed(collection, {id, before, std::nullopt});
    return removed;
}

Answer<void> OverlayObjects::keepLastSync(const QString &collection, const QString &id,
                                          const QJsonObject &lastSync)
{
    side(collection).keep(id, u"lastSync"_s, lastSync);
    return {};
}

QString OverlayObjects::timestamp() const
{
    return u"<time>"_s;
}

QJsonObject OverlayObjects::ask(const QString &operation, const QJsonArray &arguments)
{
    const QString path = arguments.at(0).toString();
    // Of what was not read, nothing is known.
    const auto side = m_sides.find(ObjectPath::of(path).collection);
    if (side == m_sides.end() || !side->second.isRead())
        return needed(u"openidm.%1(\"%2\")"_s.arg(operation, path));
    return asked(operation, path, arguments);
}

QJsonObject OverlayObjects::asked(const QString &operation, const QString &path,
                                  const QJsonArray &arguments)
{
    const ObjectPath place = ObjectPath::of(path);
    const QStringList fields = fieldsIn(arguments.at(2));
    if (operation == "read"_L1 || operation == "query"_L1) {
        const QString strange = strangeParameter(arguments.at(1).toObject(), fields);
        if (!strange.isEmpty())
            return needed(u"openidm.%1(… %2 …)"_s.arg(operation, strange));
    }
    if (operation == "read"_L1) {
        const auto object = side(place.collection).read(place.id);
        return value(object ? QJsonValue(onlyFields(*object, fields)) : QJsonValue::Null);
    }
    if (operation == "query"_L1) {
        QJsonObject parameters = arguments.at(1).toObject();
        if (!fields.isEmpty())
            parameters.insert(u"_fields"_s, QJsonArray::fromStringList(fields));
        const auto rows = query(place.collection, {parameters});
        if (!rows)
            return error(rows.error());
        QJsonArray list;
        for (const QJsonObject &row : rows->rows)
            list.append(row);
        if (rows->rows.isEmpty()) {
            for (const QString &id : rows->ids)
                list.append(QJsonObject {{u"_id"_s, id}});
        }
        return value(QJsonObject {{u"result"_s, list}, {u"resultCount"_s, list.size()}});
    }
    if (const auto stale = staleRevision(place, operation, arguments.at(1)))
        return error(*stale);
    if (operation == "create"_L1) {
        QJsonObject object = arguments.at(2).toObject();
        if (arguments.at(1).isString())
            object.insert(u"_id"_s, arguments.at(1));
        return answered(create(place.collection, object));
    }
    if (operation == "update"_L1)
        return answered(update(place.collection, place.id, arguments.at(2).toObject()));
    if (operation == "patch"_L1)
        return patched(place.collection, place.id, arguments.at(2).toArray());
    if (operation == "delete"_L1) {
        const auto before = side(place.collection).read(place.id);
        const auto removed = remove(place.collection, place.id);
        return removed ? value(before.value_or(QJsonObject())) : error(removed.error());
    }
    return needed(u"openidm."_s + operation);
}

/// The second argument of what changes an object that is there is its revision, or null for any.
std::optional<ObjectFault> OverlayObjects::staleRevision(const ObjectPath &place,
                                                         const QString &operation,
                                                         const QJsonValue &revision)
{
    if (operation == "create"_L1 || !revision.isString() || revision == "*"_L1)
        return std::nullopt;
    const auto object = side(place.collection).read(place.id);
    const QJsonValue now = object ? object->value("_rev"_L1) : QJsonValue();
    if (!now.isString() || now == revision)
        return std::nullopt;
    return ObjectFault {
        ObjectFault::Refused, 412,
        ReconcileText::tr("Object %1 has another revision, %2.").arg(place.id, now.toString())};
}

QJsonObject OverlayObjects::patched(const QString &collection, const QString &id,
                                    const QJsonArray &operations)
{
    const auto before = side(collection).read(id);
    if (!before)
        return error({ObjectFault::NotFound, 404,
                      ReconcileText::tr("Object %1 does not exist any more.").arg(id)});
    const auto after = patchedObject(*before, operations);
    if (!after)
        return needed(u"openidm.patch"_s);
    return answered(update(collection, id, *after));
}

} // namespace hubkeeper
