// SPDX-License-Identifier: MIT
#pragma once

#include "base/database.h"
#include "reconcile/overlay/objectshelf.h"
#include "reconcile/overlay/textindex.h"

#include <QHash>
#include <QSet>

#include <array>

namespace hubkeeper {

/// The objects of one collection in the database of a set, with what a run does to them in the
/// database of its work. Keeps a bit for each object, the ids that it made up, and 16 bytes for
/// each text that is searched by. Throws SQLite::Exception.
class StoreShelf final : public ObjectShelf
{
public:
    /// `store` has the collection as `side`; both databases outlive the shelf.
    StoreShelf(SQLite::Database &store, SQLite::Database &work, int side);

    void add(const QString &id, const QJsonObject &object) override;
    [[nodiscard]] qsizetype count() const override { return m_count; }
    [[nodiscard]] qint64 places() const override { return m_places; }
    [[nodiscard]] std::optional<qint64> placeOf(const QString &id) override;
    [[nodiscard]] std::optional<ShelvedObject> at(qint64 place) override;
    [[nodiscard]] std::optional<QJsonObject> read(const QString &id) override;
    [[nodiscard]] QStringList ids() override;
    [[nodiscard]] std::vector<qint64> placesOf(const QString &attribute,
                                               const QString &text) override;
    void put(const QString &id, const QJsonObject &object, bool isNew) override;
    void drop(const QString &id) override;
    [[nodiscard]] bool isNew(const QString &id) const override { return m_new.contains(id); }
    void visitChanges(const VisitChange &visit) override;

private:
    struct Cached
    {
        qint64 place = -1;
        ShelvedObject object;
    };

    [[nodiscard]] std::optional<ShelvedObject> stored(qint64 place, SQLite::Statement &statement);
    void set(qint64 place, const QString &id, const std::optional<QJsonObject> &object);
    [[nodiscard]] bool isChanged(qint64 place) const;
    void remember(qint64 place, const ShelvedObject &object);
    void forget(qint64 place);

    SQLite::Database &m_store;
    SQLite::Database &m_work;
    const int m_side;
    qint64 m_before = 0; ///< Places of the set; later ones are of the work.
    qint64 m_places = 0;
    qsizetype m_count = 0;
    std::vector<bool> m_changed; ///< By place.
    QSet<qint64> m_deleted;
    QHash<QString, qint64> m_created;
    QSet<QString> m_new;
    QHash<QString, TextIndex> m_indexes;
    std::array<Cached, 8> m_cache; ///< One object is read several times in a row.
    size_t m_nextCached = 0;
    SQLite::Statement m_insert;
    SQLite::Statement m_byId;
    SQLite::Statement m_byPlace;
    SQLite::Statement m_changedAt;
    SQLite::Statement m_change;
};

} // namespace hubkeeper
