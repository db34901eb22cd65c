// SPDX-License-Identifier: MIT
#include "idm/preview/storeshelf.h"

#include "idm/preview/keptobject.h"
#include "idm/preview/previewcall.h"

#include <algorithm>

namespace hubkeeper {

StoreShelf::StoreShelf(SQLite::Database &store, SQLite::Database &work, int side)
    : m_store(store)
    , m_work(work)
    , m_side(side)
    , m_insert(store, "INSERT INTO object (side, place, id, body) VALUES (?, ?, ?, ?)")
    , m_byId(store, "SELECT place, body FROM object WHERE side = ? AND id = ?")
    , m_byPlace(store, "SELECT id, body FROM object WHERE side = ? AND place = ?")
    , m_changedAt(work, "SELECT id, body FROM object WHERE side = ? AND place = ?")
    , m_change(work,
               "INSERT INTO object (side, place, id, body, isNew) VALUES (?1, ?2, ?3, ?4, ?5) "
               "ON CONFLICT (side, place) DO UPDATE SET body = ?4, isNew = max(isNew, ?5)")
{
    SQLite::Statement count(store,
                            "SELECT count(*), coalesce(max(place) + 1, 0) FROM object "
                            "WHERE side = ?");
    count.bind(1, side);
    if (count.executeStep()) {
        m_count = qsizetype(count.getColumn(0).getInt64());
        m_before = m_places = count.getColumn(1).getInt64();
    }
    m_changed.resize(size_t(m_places));
}

bool StoreShelf::isChanged(qint64 place) const
{
    return m_changed[size_t(place)];
}

void StoreShelf::remember(qint64 place, const ShelvedObject &object)
{
    m_cache[m_nextCached] = {place, object};
    m_nextCached = (m_nextCached + 1) % m_cache.size();
}

void StoreShelf::forget(qint64 place)
{
    for (Cached &cached : m_cache) {
        if (cached.place == place)
            cached.place = -1;
    }
}

/// Before the first run only: what is read from a file. Of two with one id the later counts.
void StoreShelf::add(const QString &id, const QJsonObject &object)
{
    if (const auto known = placeOf(id)) {
        SQLite::Statement update(m_store,
                                 "UPDATE object SET body = ? WHERE side = ? AND place = ?");
        bindBytes(update, 1, packedObject(object));
        update.bind(2, m_side);
        bindNumber(update, 3, *known);
        update.exec();
        return forget(*known);
    }
    m_insert.bind(1, m_side);
    bindNumber(m_insert, 2, m_places);
    bindText(m_insert, 3, id);
    bindBytes(m_insert, 4, packedObject(object));
    m_insert.exec();
    m_insert.reset();
    m_before = ++m_places;
    ++m_count;
    m_changed.push_back(false);
}

std::optional<qint64> StoreShelf::placeOf(const QString &id)
{
    if (const auto created = m_created.constFind(id); created != m_created.constEnd())
        return *created;
    for (const Cached &cached : m_cache) {
        if (cached.place >= 0 && cached.object.id == id)
            return cached.place;
    }
    m_byId.bind(1, m_side);
    bindText(m_byId, 2, id);
    std::optional<qint64> place;
    if (m_byId.executeStep()) {
        place = m_byId.getColumn(0).getInt64();
        if (!isChanged(*place))
            remember(*place, {id, unpackedObject(bytesAt(m_byId, 1))});
    }
    m_byId.reset();
    return place;
}

std::optional<ShelvedObject> StoreShelf::stored(qint64 place, SQLite::Statement &statement)
{
    statement.bind(1, m_side);
    bindNumber(statement, 2, place);
    std::optional<ShelvedObject> found;
    if (statement.executeStep() && !statement.getColumn(1).isNull())
        found = ShelvedObject {textAt(statement, 0), unpackedObject(bytesAt(statement, 1))};
    statement.reset();
    return found;
}

std::optional<ShelvedObject> StoreShelf::at(qint64 place)
{
    if (m_deleted.contains(place))
        return std::nullopt;
    for (const Cached &cached : m_cache) {
        if (cached.place == place)
            return cached.object;
    }
    auto found = stored(place, isChanged(place) ? m_changedAt : m_byPlace);
    if (found)
        remember(place, *found);
    return found;
}

std::optional<QJsonObject> StoreShelf::read(const QString &id)
{
    const auto place = placeOf(id);
    if (!place)
        return std::nullopt;
    auto found = at(*place);
    return found ? std::optional(std::move(found->object)) : std::nullopt;
}

QStringList StoreShelf::ids()
{
    QStringList ids;
    ids.reserve(m_count);
    SQLite::Statement all(m_store, "SELECT id, place FROM object WHERE side = ? ORDER BY place");
    all.bind(1, m_side);
    while (all.executeStep()) {
        if (!m_deleted.contains(all.getColumn(1).getInt64()))
            ids.append(textAt(all, 0));
    }
    if (m_created.isEmpty())
        return ids;
    SQLite::Statement made(m_work,
                           "SELECT id, place FROM object WHERE side = ? AND place >= ? AND body "
                           "IS NOT NULL ORDER BY place");
    made.bind(1, m_side);
    bindNumber(made, 2, m_before);
    while (made.executeStep())
        ids.append(textAt(made, 0));
    return ids;
}

std::vector<qint64> StoreShelf::placesOf(const QString &attribute, const QString &text)
{
    const auto known = m_indexes.constFind(attribute);
    if (known != m_indexes.constEnd())
        return known->find(text);
    TextIndex &index = m_indexes[attribute];
    SQLite::Statement all(m_store, "SELECT place, body FROM object WHERE side = ? ORDER BY place");
    all.bind(1, m_side);
    while (all.executeStep())
        index.add(unpackedObject(bytesAt(all, 1)).value(attribute), all.getColumn(0).getInt64());
    index.sort();
    SQLite::Statement changed(m_work,
                              "SELECT place, body FROM object WHERE side = ? AND body IS NOT NULL");
    changed.bind(1, m_side);
    while (changed.executeStep())
        index.add(unpackedObject(bytesAt(changed, 1)).value(attribute),
                  changed.getColumn(0).getInt64());
    return index.find(text);
}

void StoreShelf::set(qint64 place, const QString &id, const std::optional<QJsonObject> &object)
{
    m_change.bind(1, m_side);
    bindNumber(m_change, 2, place);
    bindText(m_change, 3, id);
    if (object)
        bindBytes(m_change, 4, packedObject(*object));
    else
        m_change.bind(4);
    m_change.bind(5, m_new.contains(id) ? 1 : 0);
    m_change.exec();
    m_change.reset();
    const bool was = place < m_before ? !m_deleted.contains(place)
                                      : isChanged(place) && !m_deleted.contains(place);
    m_count += (object ? 1 : 0) - (was ? 1 : 0);
    m_changed[size_t(place)] = true;
    if (object)
        m_deleted.remove(place);
    else
        m_deleted.insert(place);
    forget(place);
    if (!object)
        return;
    remember(place, {id, *object});
    for (auto index = m_indexes.begin(); index != m_indexes.end(); ++index)
        index->add(object->value(index.key()), place);
}

void StoreShelf::put(const QString &id, const QJsonObject &object, bool isNew)
{
    if (isNew)
        m_new.insert(id);
    auto place = placeOf(id);
    if (!place) {
        place = m_places++;
        m_changed.push_back(false);
        m_created.insert(id, *place);
    }
    set(*place, id, object);
}

void StoreShelf::drop(const QString &id)
{
    if (const auto place = placeOf(id))
        set(*place, id, std::nullopt);
}

void StoreShelf::visitChanges(const VisitChange &visit)
{
    SQLite::Statement changed(m_work,
                              "SELECT place, id, body FROM object WHERE side = ? ORDER BY place");
    changed.bind(1, m_side);
    while (changed.executeStep()) {
        const qint64 place = changed.getColumn(0).getInt64();
        const auto before = place < m_before ? stored(place, m_byPlace) : std::nullopt;
        const bool isThere = !changed.getColumn(2).isNull();
        visit(textAt(changed, 1), before ? std::optional(before->object) : std::nullopt,
              isThere ? std::optional(unpackedObject(bytesAt(changed, 2))) : std::nullopt);
    }
}

} // namespace hubkeeper
