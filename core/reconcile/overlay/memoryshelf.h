// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/objectshelf.h"
#include "reconcile/overlay/textindex.h"

#include <QHash>
#include <QMap>
#include <QSet>

namespace hubkeeper {

/// The objects of a side in memory.
class MemoryShelf final : public ObjectShelf
{
public:
    void add(const QString &id, const QJsonObject &object) override;
    [[nodiscard]] qsizetype count() const override { return m_count; }
    [[nodiscard]] qint64 places() const override { return qint64(m_objects.size()); }
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
    struct Place
    {
        QString id;
        std::optional<QJsonObject> now;
    };

    [[nodiscard]] qint64 placeFor(const QString &id);
    void set(qint64 place, const std::optional<QJsonObject> &object);

    std::vector<Place> m_objects;
    QHash<QString, qint64> m_places; ///< By id.
    QMap<qint64, std::optional<QJsonObject>> m_before; ///< Of those that were changed.
    QHash<QString, TextIndex> m_indexes; ///< By attribute, made when first asked.
    QSet<QString> m_new;
    qsizetype m_count = 0;
};

} // namespace hubkeeper
