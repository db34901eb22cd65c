// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"
#include "reconcile/overlay/connectortype.h"
#include "reconcile/world/objectaccess.h"

#include <functional>

namespace hubkeeper {

/// What a side does with an object it is given.
struct KeptObject
{
    QJsonObject object; ///< As it is kept, without _id and _rev.
    /// What a connector is sent: each attribute as a list, or null. Empty for managed objects.
    QJsonObject sent;
    /// Refused by the connector itself: it was sent.
    std::optional<ObjectFault> refusal;
};

/// Whether another object has this value there.
using Taken = std::function<bool(const QString &attribute, const QJsonValue &value)>;

/// What one kind of collection takes, refuses and makes of objects. Pure; any thread.
class TargetRules
{
public:
    virtual ~TargetRules() = default;

    [[nodiscard]] virtual Answer<KeptObject> create(const QJsonObject &object,
                                                    const Taken &taken) const = 0;
    /// The whole object over the one that is kept.
    [[nodiscard]] virtual Answer<KeptObject>
    update(const QJsonObject &before, const QJsonObject &object, const Taken &taken) const = 0;
    [[nodiscard]] virtual std::optional<ObjectFault> remove(const QJsonObject &object,
                                                            const QString &id) const;

    /// The filter as this side really evaluates it; a fault where it does not.
    [[nodiscard]] virtual Answer<CrestFilter> understood(const CrestFilter &filter) const;
    /// The attribute that a query id of this side compares with its `uid`; empty for all objects. A
    /// fault for an id that it does not know.
    [[nodiscard]] virtual Answer<QString> queryAttribute(const QString &queryId) const;

    /// An object read alone, as it is kept.
    [[nodiscard]] virtual QJsonObject read(const QJsonObject &object) const { return object; }
    /// An object as it is kept, of one that was read.
    [[nodiscard]] virtual QJsonObject stored(const QJsonObject &object) const { return object; }
    /// It has revisions, and _rev in its rows.
    [[nodiscard]] virtual bool hasRevisions() const { return false; }
    /// What nobody is shown.
    [[nodiscard]] virtual QStringList hidden() const { return {}; }
};

/// Of a connector's object type (recon-vectors, facts 30 to 35).
class ConnectorRules final : public TargetRules
{
public:
    explicit ConnectorRules(ConnectorType type);

    [[nodiscard]] Answer<KeptObject> create(const QJsonObject &object,
                                            const Taken &taken) const override;
    [[nodiscard]] Answer<KeptObject> update(const QJsonObject &before, const QJsonObject &object,
                                            const Taken &taken) const override;
    [[nodiscard]] std::optional<ObjectFault> remove(const QJsonObject &object,
                                                    const QString &id) const override;
    [[nodiscard]] Answer<CrestFilter> understood(const CrestFilter &filter) const override;
    [[nodiscard]] Answer<QString> queryAttribute(const QString &queryId) const override;
    [[nodiscard]] const ConnectorType &type() const { return m_type; }

private:
    [[nodiscard]] Answer<QJsonObject> built(const QJsonObject &object, bool isNew) const;
    [[nodiscard]] std::optional<ObjectFault> refusal(const QJsonObject &attributes,
                                                     const QJsonObject &kept, bool isNew,
                                                     const Taken &taken) const;

    const ConnectorType m_type;
};

/// Of managed/user with the server's standard schema: types, required and unique values, policies
/// (recon-vectors/README.md, facts 31, 35). Other managed objects are free.
class ManagedRules final : public TargetRules
{
public:
    explicit ManagedRules(bool isUser)
        : m_isUser(isUser)
    {
    }

    [[nodiscard]] Answer<KeptObject> create(const QJsonObject &object,
                                            const Taken &taken) const override;
    [[nodiscard]] Answer<KeptObject> update(const QJsonObject &before, const QJsonObject &object,
                                            const Taken &taken) const override;
    [[nodiscard]] Answer<CrestFilter> understood(const CrestFilter &filter) const override;
    [[nodiscard]] Answer<QString> queryAttribute(const QString &queryId) const override;
    [[nodiscard]] QJsonObject read(const QJsonObject &object) const override;
    [[nodiscard]] QJsonObject stored(const QJsonObject &object) const override;
    [[nodiscard]] bool hasRevisions() const override { return true; }
    [[nodiscard]] QStringList hidden() const override;

private:
    const bool m_isUser;
};

/// Takes everything: of a collection nothing is known about.
class FreeRules final : public TargetRules
{
public:
    [[nodiscard]] Answer<KeptObject> create(const QJsonObject &object,
                                            const Taken &taken) const override;
    [[nodiscard]] Answer<KeptObject> update(const QJsonObject &before, const QJsonObject &object,
                                            const Taken &taken) const override;
};

/// The name of the first policy that a managed user breaks, such as "required mail"; empty if it
/// breaks none.
[[nodiscard]] QString brokenPolicy(const QJsonObject &user, const Taken &taken);

} // namespace hubkeeper
