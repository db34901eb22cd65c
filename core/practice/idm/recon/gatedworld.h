// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/recon/idmworld.h"

namespace hubkeeper::practice {

/// The server's objects for a run in a thread of its own: every call goes through the gate, and a
/// query takes the time that it takes on the wire.
class GatedObjects final : public ObjectAccess, public ScriptBridge
{
public:
    GatedObjects(ServerGate &gate, IdmObjects &objects)
        : m_gate(gate)
        , m_objects(objects)
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

private:
    ServerGate &m_gate;
    IdmObjects &m_objects;
};

class GatedLinks final : public LinkStore
{
public:
    GatedLinks(ServerGate &gate, IdmLinks &links)
        : m_gate(gate)
        , m_links(links)
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
    ServerGate &m_gate;
    IdmLinks &m_links;
};

} // namespace hubkeeper::practice
