// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/targetrules.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>
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

/// The objects of one collection in memory, with what a run did to them laid over. In the thread of
/// the run.
class Side
{
public:
    /// `firstNewId` counts up for objects that are created; empty gives "new-1" and so on.
    Side(QString collection, std::shared_ptr<const TargetRules> rules, qint64 firstNewId = 0);

    /// An object as it was before.
    void add(const QJsonObject &object);
    /// Every query fails, as when the system does not answer.
    void setFault(const ObjectFault &fault) { m_fault = fault; }

    [[nodiscard]] Answer<ObjectRows> query(const ObjectQuery &query);
    [[nodiscard]] std::optional<QJsonObject> read(const QString &id) const;
    [[nodiscard]] Answer<QJsonObject> create(const QJsonObject &object);
    [[nodiscard]] Answer<QJsonObject> update(const QString &id, const QJsonObject &object);
    [[nodiscard]] Answer<void> remove(const QString &id);
    /// Without rules and without a word to anybody; the revision grows.
    void keep(const QString &id, const QString &property, const QJsonValue &value);

    [[nodiscard]] const QString &collection() const { return m_collection; }
    [[nodiscard]] qsizetype count() const { return m_objects.size(); }
    [[nodiscard]] const TargetRules &rules() const { return *m_rules; }
    /// As it is kept, with what is hidden.
    [[nodiscard]] std::optional<QJsonObject> kept(const QString &id) const;
    [[nodiscard]] QStringList ids() const;
    [[nodiscard]] bool isNew(const QString &id) const { return m_new.contains(id); }
    [[nodiscard]] const std::vector<SentWrite> &sent() const { return m_sent; }
    /// Searches for texts that this side does not find though it has them (fact 23).
    [[nodiscard]] int blindSearches() const { return m_blindSearches; }
    /// Objects that are not as they were before, without what is hidden.
    [[nodiscard]] std::vector<ObjectChange> changes() const;

private:
    [[nodiscard]] QStringList matching(const CrestFilter &filter);
    [[nodiscard]] std::optional<QStringList> candidates(const CrestFilter &filter);
    [[nodiscard]] ObjectRows rowsOf(const QStringList &ids, const ObjectQuery &query) const;
    [[nodiscard]] bool isTaken(const QString &id, const QString &attribute,
                               const QJsonValue &value);
    [[nodiscard]] QString newId();
    [[nodiscard]] QStringList inOrder(const QSet<QString> &ids) const;
    [[nodiscard]] QJsonObject shown(const QJsonObject &object) const;
    using Index = QMultiHash<QString, QString>;
    [[nodiscard]] Index &indexOf(const QString &attribute);
    void put(const QString &id, const QJsonObject &object);
    void drop(const QString &id);
    void remember(const QString &id);

    const QString m_collection;
    const std::shared_ptr<const TargetRules> m_rules;
    std::optional<ObjectFault> m_fault;
    const QString m_prefix; ///< Of new ids.
    qint64 m_nextId;
    QStringList m_order; ///< As they came; deleted ones stay in it.
    QHash<QString, qsizetype> m_places; ///< Of each in it.
    QHash<QString, QJsonObject> m_objects;
    QHash<QString, std::optional<QJsonObject>> m_before; ///< Of those that were changed.
    QSet<QString> m_new;
    QHash<QString, Index> m_indexes; ///< By attribute: text to ids, made when first asked.
    std::vector<SentWrite> m_sent;
    int m_blindSearches = 0;
};

} // namespace hubkeeper
