// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/objectshelf.h"
#include "reconcile/overlay/targetrules.h"

#include <QJsonObject>
#include <QStringList>

#include <memory>

namespace hubkeeper {

/// What one object was and is: the difference that a run makes.
struct ObjectChange
{
    QString collection;
    QString id;
    std::optional<QJsonObject> before; ///< None: created.
    std::optional<QJsonObject> after; ///< None: deleted.
    bool isNew = false; ///< Its id is made up here; the server will choose another.
};

/// One write that was sent, in order; a connector's attributes as lists or null.
struct SentWrite
{
    QString operation; ///< CREATE, UPDATE, DELETE.
    QString collection;
    QString id; ///< Null for a CREATE.
    QJsonObject attributes;
    bool refused = false;
    bool changesNothing = false; ///< An UPDATE after which the object is as it was.
};

/// The objects of one collection, with what a run did to them laid over, and the rules of the
/// collection. In the thread of the run.
class Side
{
public:
    /// `firstNewId` counts up for objects that are created; 0 gives "new-1" and so on.
    Side(QString collection, std::shared_ptr<const TargetRules> rules,
         std::unique_ptr<ObjectShelf> shelf, qint64 firstNewId = 0);

    /// An object as it was before.
    void add(const QJsonObject &object);
    /// Every query fails, as when the system does not answer.
    void setFault(const ObjectFault &fault) { m_fault = fault; }
    [[nodiscard]] bool isRead() const { return !m_fault || m_fault->kind != ObjectFault::NotRead; }
    /// Whether sent() has every write, or they are only counted.
    void setKeepsSent(bool keeps) { m_keepsSent = keeps; }

    [[nodiscard]] Answer<ObjectRows> query(const ObjectQuery &query);
    /// The same, row by row: a row has its id only where a list of ids was asked for.
    [[nodiscard]] Answer<void> visit(const ObjectQuery &query, const VisitRow &visit);
    [[nodiscard]] std::optional<QJsonObject> read(const QString &id) const;
    [[nodiscard]] Answer<QJsonObject> create(const QJsonObject &object);
    [[nodiscard]] Answer<QJsonObject> update(const QString &id, const QJsonObject &object);
    [[nodiscard]] Answer<void> remove(const QString &id);
    /// Without rules and without a word to anybody; the revision grows.
    void keep(const QString &id, const QString &property, const QJsonValue &value);

    [[nodiscard]] const QString &collection() const { return m_collection; }
    [[nodiscard]] qsizetype count() const { return m_shelf->count(); }
    [[nodiscard]] const TargetRules &rules() const { return *m_rules; }
    /// As it is kept, with what is hidden.
    [[nodiscard]] std::optional<QJsonObject> kept(const QString &id) const;
    [[nodiscard]] QStringList ids() const { return m_shelf->ids(); }
    [[nodiscard]] bool isNew(const QString &id) const { return m_shelf->isNew(id); }
    [[nodiscard]] const std::vector<SentWrite> &sent() const { return m_sent; }
    /// Updates that were sent and changed nothing.
    [[nodiscard]] int emptyUpdates() const { return m_emptyUpdates; }
    /// Searches for texts that this side does not find though it has them (fact 23).
    [[nodiscard]] int blindSearches() const { return m_blindSearches; }
    /// Queries of which this side evaluates less than they say (fact 24).
    [[nodiscard]] int widenedQueries() const { return m_widenedQueries; }
    /// Objects that are not as they were before, without what is hidden.
    void visitChanges(const std::function<void(const ObjectChange &)> &visit) const;

private:
    using Places = std::vector<qint64>;

    [[nodiscard]] Answer<void> visitMatching(const CrestFilter &filter, const VisitRow &visit);
    [[nodiscard]] std::optional<Places> candidates(const CrestFilter &filter);
    [[nodiscard]] bool isTaken(const QString &id, const QString &attribute,
                               const QJsonValue &value);
    [[nodiscard]] QString newId();
    [[nodiscard]] QJsonObject shown(const QJsonObject &object) const;
    void noteSent(SentWrite write);

    const QString m_collection;
    const std::shared_ptr<const TargetRules> m_rules;
    const std::unique_ptr<ObjectShelf> m_shelf;
    std::optional<ObjectFault> m_fault;
    const QString m_prefix; ///< Of new ids.
    qint64 m_nextId;
    bool m_keepsSent = true;
    std::vector<SentWrite> m_sent;
    int m_emptyUpdates = 0;
    int m_blindSearches = 0;
    int m_widenedQueries = 0;
};

} // namespace hubkeeper
