// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QJsonObject>

#include <map>

namespace hubkeeper::practice {

/// A managed object as the repository keeps it.
struct ManagedObject
{
    QString id;
    int revision = 1;
    QJsonObject content; ///< Without _id and _rev.
    QJsonObject lastSync; ///< Per mapping; hidden from REST.
    qint64 number = 0; ///< In the order of creation, from 0, per collection.
    /// Loaded straight into the repository and not written since: what is computed of roles is not
    /// in the rows of a query (recon-vectors/README.md).
    bool isBare = false;
};

/// Managed objects by collection ("managed/user") in the order they were created.
class ManagedStore
{
public:
    using Objects = std::map<qint64, ManagedObject>;

    [[nodiscard]] const Objects &objects(const QString &collection) const;
    [[nodiscard]] const ManagedObject *find(const QString &collection, const QString &id) const;

    /// Adds an object whose id is free; an empty id becomes a random one.
    const ManagedObject &create(const QString &collection, QString id, QJsonObject content);
    /// Adds an object as it is, as it was before the server started.
    void load(const QString &collection, ManagedObject object);
    /// Replaces the content and raises the revision.
    const ManagedObject &replace(const QString &collection, const QString &id, QJsonObject content);
    /// Keeps lastSync and raises the revision.
    void keepLastSync(const QString &collection, const QString &id, const QJsonObject &lastSync);
    void remove(const QString &collection, const QString &id);
    void clear() { m_collections.clear(); }

    /// The id of the user of that name other than `except`; empty if there is none.
    [[nodiscard]] QString otherUserNamed(const QString &userName, const QString &except) const;

private:
    struct Collection
    {
        Objects objects;
        QHash<QString, qint64> numbers; // By id.
        QMultiHash<QString, QString> userNames; // Ids by userName.
        qint64 next = 0;
    };

    [[nodiscard]] ManagedObject *at(const QString &collection, const QString &id);
    static void nameUser(Collection &collection, const ManagedObject &object, bool isAdded);

    QHash<QString, Collection> m_collections;
};

} // namespace hubkeeper::practice
