// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/crest/crestrequest.h"
#include "practice/idm/data/managedschema.h"

#include <functional>

namespace hubkeeper::practice {

/// A managed object that was created (no `before`), changed or deleted (no `after`), as REST shows
/// it.
struct ManagedChange
{
    QString collection;
    QString id;
    std::optional<QJsonObject> before;
    std::optional<QJsonObject> after;
};

/// Managed objects as IDM serves them: policies, revisions, and OpenIDM 6.3.0's own ways with both
/// (idm-rest 9.3).
class ManagedObjects
{
public:
    using Listener = std::function<void(const ManagedChange &)>;

    /// `isOrient`: the repository is OrientDB, which never finds texts with an apostrophe, a
    /// backslash or a line end (recon-vectors, fact 23).
    ManagedObjects(ManagedStore &store, bool isOrient)
        : m_store(store)
        , m_isOrient(isOrient)
    {
    }

    /// Called after each write that changed something.
    void setListener(Listener listener) { m_listener = std::move(listener); }

    /// All that match, in the order of creation, not paged.
    [[nodiscard]] CrestOutcome<QList<QJsonObject>> find(const QString &collection,
                                                        const CrestQuery &query) const;
    [[nodiscard]] CrestOutcome<QJsonObject> read(const QString &collection,
                                                 const QString &id) const;
    /// An empty id becomes a random one.
    [[nodiscard]] CrestOutcome<QJsonObject> create(const QString &collection, const QString &id,
                                                   const QJsonObject &object);
    /// An empty revision is any. A write that changes nothing is none, and gives back the revision
    /// asked for.
    [[nodiscard]] CrestOutcome<QJsonObject> update(const QString &collection, const QString &id,
                                                   const QJsonObject &object,
                                                   const QString &revision);
    [[nodiscard]] CrestOutcome<QJsonObject> patch(const QString &collection, const QString &id,
                                                  const QJsonArray &operations,
                                                  const QString &revision);
    /// The object as it was.
    [[nodiscard]] CrestOutcome<QJsonObject> remove(const QString &collection, const QString &id,
                                                   const QString &revision);

private:
    [[nodiscard]] CrestOutcome<const ManagedObject *> present(const QString &collection,
                                                              const QString &id) const;
    [[nodiscard]] CrestOutcome<void> checked(const QString &collection, const QString &id,
                                             const QJsonObject &content) const;
    [[nodiscard]] CrestOutcome<QJsonObject> store(const QString &collection,
                                                  const ManagedObject &object,
                                                  const QJsonObject &content,
                                                  const QString &revision);
    [[nodiscard]] CrestFilter searchable(const CrestFilter &filter) const;
    void tell(const ManagedChange &change) const;

    ManagedStore &m_store;
    bool m_isOrient;
    Listener m_listener;
};

} // namespace hubkeeper::practice
