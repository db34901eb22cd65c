// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace hubkeeper {

/// One object as it is kept, with its id.
struct ShelvedObject
{
    QString id;
    QJsonObject object;
};

/// Where a side keeps its objects: in their order, as they are now and as they were before all
/// runs. An object keeps its place in the order, from 0 up, for good; one that is made again gets
/// its old place. In one thread.
class ObjectShelf
{
public:
    /// `before` is none for what was created, `after` for what was deleted.
    using VisitChange =
        std::function<void(const QString &id, const std::optional<QJsonObject> &before,
                           const std::optional<QJsonObject> &after)>;

    virtual ~ObjectShelf() = default;

    /// An object as it was before all runs; one with a known id takes its place.
    virtual void add(const QString &id, const QJsonObject &object) = 0;

    /// How many objects there are now.
    [[nodiscard]] virtual qsizetype count() const = 0;
    /// How many places were given, those of deleted objects too.
    [[nodiscard]] virtual qint64 places() const = 0;
    /// Of deleted objects too; nothing if the id was never there.
    [[nodiscard]] virtual std::optional<qint64> placeOf(const QString &id) = 0;
    /// Nothing if it is deleted.
    [[nodiscard]] virtual std::optional<ShelvedObject> at(qint64 place) = 0;
    [[nodiscard]] virtual std::optional<QJsonObject> read(const QString &id) = 0;
    /// In their order.
    [[nodiscard]] virtual QStringList ids() = 0;
    /// The places, in order, of all objects that have this text there, or among the items of a list
    /// there. May have others as well: who asks looks at the objects.
    [[nodiscard]] virtual std::vector<qint64> placesOf(const QString &attribute,
                                                       const QString &text) = 0;

    /// What a run makes of it; `isNew`: its id was made up here.
    virtual void put(const QString &id, const QJsonObject &object, bool isNew = false) = 0;
    virtual void drop(const QString &id) = 0;
    [[nodiscard]] virtual bool isNew(const QString &id) const = 0;
    /// What put() and drop() were called for, in the order of the places.
    virtual void visitChanges(const VisitChange &visit) = 0;
};

/// Makes the shelf of a collection.
using MakeShelf = std::function<std::unique_ptr<ObjectShelf>(const QString &collection)>;

} // namespace hubkeeper
