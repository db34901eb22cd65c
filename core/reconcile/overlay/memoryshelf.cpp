// SPDX-License-Identifier: MIT
#include "reconcile/overlay/memoryshelf.h"

namespace hubkeeper {

qint64 MemoryShelf::placeFor(const QString &id)
{
    const auto known = m_places.constFind(id);
    if (known != m_places.constEnd())
        return *known;
    const qint64 place = places();
    m_places.insert(id, place);
    m_objects.push_back({id, std::nullopt});
    return place;
}

void MemoryShelf::set(qint64 place, const std::optional<QJsonObject> &object)
{
    std::optional<QJsonObject> &now = m_objects[size_t(place)].now;
    m_count += (object ? 1 : 0) - (now ? 1 : 0);
    now = object;
    for (auto index = m_indexes.begin(); object && index != m_indexes.end(); ++index)
        index->add(object->value(index.key()), place);
}

void MemoryShelf::add(const QString &id, const QJsonObject &object)
{
    set(placeFor(id), object);
}

std::optional<qint64> MemoryShelf::placeOf(const QString &id)
{
    const auto place = m_places.constFind(id);
    return place == m_places.constEnd() ? std::nullopt : std::optional(*place);
}

std::optional<ShelvedObject> MemoryShelf::at(qint64 place)
{
    const Place &kept = m_objects[size_t(place)];
    return kept.now ? std::optional(ShelvedObject {kept.id, *kept.now}) : std::nullopt;
}

std::optional<QJsonObject> MemoryShelf::read(const QString &id)
{
    const auto place = m_places.constFind(id);
    return place == m_places.constEnd() ? std::nullopt : m_objects[size_t(*place)].now;
}

QStringList MemoryShelf::ids()
{
    QStringList ids;
    ids.reserve(m_count);
    for (const Place &place : m_objects) {
        if (place.now)
            ids.append(place.id);
    }
    return ids;
}

std::vector<qint64> MemoryShelf::placesOf(const QString &attribute, const QString &text)
{
    const auto known = m_indexes.constFind(attribute);
    if (known != m_indexes.constEnd())
        return known->find(text);
    TextIndex &index = m_indexes[attribute];
    for (qint64 place = 0; place < places(); ++place) {
        if (const auto &object = m_objects[size_t(place)].now)
            index.add(object->value(attribute), place);
    }
    index.sort();
    return index.find(text);
}

void MemoryShelf::put(const QString &id, const QJsonObject &object, bool isNew)
{
    const qint64 place = placeFor(id);
    if (!m_before.contains(place))
        m_before.insert(place, m_objects[size_t(place)].now);
    if (isNew)
        m_new.insert(id);
    set(place, object);
}

void MemoryShelf::drop(const QString &id)
{
    const auto place = placeOf(id);
    if (!place)
        return;
    if (!m_before.contains(*place))
        m_before.insert(*place, m_objects[size_t(*place)].now);
    set(*place, std::nullopt);
}

void MemoryShelf::visitChanges(const VisitChange &visit)
{
    for (auto it = m_before.cbegin(); it != m_before.cend(); ++it) {
        const Place &place = m_objects[size_t(it.key())];
        visit(place.id, it.value(), place.now);
    }
}

} // namespace hubkeeper
