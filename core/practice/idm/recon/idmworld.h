// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/state/idmstate.h"
#include "reconcile/world/mappingscripts.h"

namespace hubkeeper::practice {

/// The server's objects as the reconciliation engine and its scripts use them. In the server's
/// thread.
class IdmObjects final : public ObjectAccess, public ScriptBridge
{
public:
    /// `run` counts what is done for it; null for implicit synchronisation.
    explicit IdmObjects(IdmState &state, ReconRun *run = nullptr)
        : m_state(state)
        , m_run(run)
    {
    }

    [[nodiscard]] hubkeeper::Answer<ObjectRows> query(const QString &collection,
                                                      const ObjectQuery &query) override;
    [[nodiscard]] hubkeeper::Answer<std::optional<QJsonObject>> read(const QString &collection,
                                                                     const QString &id) override;
    [[nodiscard]] hubkeeper::Answer<QJsonObject> create(const QString &collection,
                                                        const QJsonObject &object) override;
    [[nodiscard]] hubkeeper::Answer<QJsonObject>
    update(const QString &collection, const QString &id, const QJsonObject &object) override;
    [[nodiscard]] hubkeeper::Answer<void> remove(const QString &collection,
                                                 const QString &id) override;
    [[nodiscard]] hubkeeper::Answer<void> keepLastSync(const QString &collection, const QString &id,
                                                       const QJsonObject &lastSync) override;
    [[nodiscard]] QString timestamp() const override;

    [[nodiscard]] QJsonObject ask(const QString &operation, const QJsonArray &arguments) override;

    /// How long a query takes on the wire, and all so far.
    [[nodiscard]] std::chrono::milliseconds searchTimeOf(const QString &collection) const;
    [[nodiscard]] std::chrono::milliseconds searchTime() const { return m_searchTime; }

private:
    [[nodiscard]] CrestOutcome<QList<QJsonObject>> found(const QString &collection,
                                                         const CrestQuery &query);
    [[nodiscard]] CrestOutcome<QJsonObject> written(const QString &collection, const QString &id,
                                                    const QJsonObject &object);
    [[nodiscard]] hubkeeper::Answer<QJsonObject> patch(const QString &collection, const QString &id,
                                                       const QJsonArray &operations);
    void count(const QString &step);
    [[nodiscard]] hubkeeper::Answer<ObjectRows> rows(const QString &collection,
                                                     const ObjectQuery &query);
    [[nodiscard]] QJsonObject withHidden(const QString &collection, const QString &id,
                                         QJsonObject object) const;
    void countQuery(qsizetype rows);

    IdmState &m_state;
    ReconRun *m_run;
    std::chrono::milliseconds m_searchTime {0};
};

/// The server's links as the engine uses them. In the server's thread.
class IdmLinks final : public LinkStore
{
public:
    explicit IdmLinks(IdmState &state, ReconRun *run = nullptr)
        : m_state(state)
        , m_run(run)
    {
    }

    [[nodiscard]] std::optional<SyncLink> findByFirst(const QString &type, const QString &qualifier,
                                                      const QString &id) override;
    [[nodiscard]] std::optional<SyncLink>
    findBySecond(const QString &type, const QString &qualifier, const QString &id) override;
    [[nodiscard]] QList<SyncLink> links(const QString &type, const QString &qualifier) override;
    [[nodiscard]] hubkeeper::Answer<SyncLink> create(const SyncLink &link) override;
    [[nodiscard]] hubkeeper::Answer<SyncLink> update(const SyncLink &link) override;
    [[nodiscard]] hubkeeper::Answer<void> remove(const SyncLink &link) override;

private:
    IdmState &m_state;
    ReconRun *m_run;
};

} // namespace hubkeeper::practice
