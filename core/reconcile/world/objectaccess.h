// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QStringList>

#include <tl/expected.hpp>

#include <functional>
#include <optional>

namespace hubkeeper {

/// Why the server (or what stands in for it) did not do what it was asked, in its own terms.
struct ObjectFault
{
    enum Kind {
        Refused, ///< Checked and not done: schema, policy, a key that exists. Fails the object.
        NotFound, ///< The object is gone. Fails the object.
        Unsupported, ///< A query that the side cannot answer. Fails the object.
        Malformed, ///< A filter that cannot be read. Breaks the run off.
        NotRead, ///< Nothing is known of it here; the server knows.
    } kind = Refused;
    int code = 409; ///< As the server answers REST: 400, 403, 404, 409, 412, 500.
    QString message; ///< One sentence, the server's where it is known.
};

template <typename T>
using Answer = tl::expected<T, ObjectFault>;

/// What a query asks for, as the parameters of sourceQuery, targetQuery or a correlation query.
struct ObjectQuery
{
    /// Of the keys `_queryFilter`, `_queryId`, `_fields`, those without the underscore
    /// (`queryFilter`, `queryId`, `fields`), and what a query id needs, such as `uid`.
    QJsonObject parameters;

    /// Null where the query has none; empty where it is an empty text.
    [[nodiscard]] QString filter() const;
    [[nodiscard]] QString queryId() const;
    [[nodiscard]] QStringList fields() const;

    [[nodiscard]] static ObjectQuery allIds();
};

/// What a query found, in the order of the side.
struct ObjectRows
{
    QStringList ids;
    /// The rows as the side gives them, each with _id: one for each id, or none at all where the
    /// side gives ids only.
    QList<QJsonObject> rows;
};

/// One row of what a query found; no row where the side gives ids only.
using VisitRow = std::function<void(const QString &id, const QJsonObject *row)>;

/// The objects of a server, by collection ("managed/user", "system/hubspot/contact") and id. Called
/// in the thread of the run, one call at a time.
class ObjectAccess
{
public:
    virtual ~ObjectAccess() = default;

    [[nodiscard]] virtual Answer<ObjectRows> query(const QString &collection,
                                                   const ObjectQuery &query) = 0;
    /// The same row by row, for many; what is visited does not change meanwhile.
    [[nodiscard]] virtual Answer<void> visit(const QString &collection, const ObjectQuery &query,
                                             const VisitRow &visit);
    /// The whole object as reconciliation reads it, hidden properties such as lastSync included.
    /// Nothing if there is none of the id.
    [[nodiscard]] virtual Answer<std::optional<QJsonObject>> read(const QString &collection,
                                                                  const QString &id) = 0;
    /// Creates; an `_id` in the object is a wish. Gives the object as the side keeps it, with _id.
    [[nodiscard]] virtual Answer<QJsonObject> create(const QString &collection,
                                                     const QJsonObject &object) = 0;
    /// Replaces the whole object; gives it as the side keeps it.
    [[nodiscard]] virtual Answer<QJsonObject> update(const QString &collection, const QString &id,
                                                     const QJsonObject &object) = 0;
    [[nodiscard]] virtual Answer<void> remove(const QString &collection, const QString &id) = 0;

    /// Keeps `lastSync` of a managed object, which starts no synchronisation.
    [[nodiscard]] virtual Answer<void> keepLastSync(const QString &collection, const QString &id,
                                                    const QJsonObject &lastSync) = 0;
    /// What goes into lastSync as time.
    [[nodiscard]] virtual QString timestamp() const = 0;
};

} // namespace hubkeeper
