// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"
#include "reconcile/overlay/connectortype.h"
#include "reconcile/world/objectaccess.h"

#include <functional>
#include <memory>

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
    [[nodiscard]] Answer<CrestFilter> understood(const CrestFilter &filter, bool isNegated) const;
    [[nodiscard]] Answer<QJsonObject> built(const QJsonObject &object, bool isNew) const;
    [[nodiscard]] std::optional<ObjectFault> refusal(const QJsonObject &attributes,
                                                     const QJsonObject &kept, bool isNew,
                                                     const Taken &taken) const;

    const ConnectorType m_type;
};

class ManagedSchema;

/// Of managed objects: what their schema refuses; without one, managed/user has the server's
/// standard schema (recon-vectors/README.md, facts 31, 35) and others are free.
class ManagedRules final : public TargetRules
{
public:
    explicit ManagedRules(bool isUser, std::shared_ptr<const ManagedSchema> schema = nullptr)
        : m_isUser(isUser)
        , m_schema(std::move(schema))
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
    [[nodiscard]] QString broken(const QJsonObject &object, const Taken &taken) const;

    const bool m_isUser;
    const std::shared_ptr<const ManagedSchema> m_schema;
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

/// Whether a text looks like an address to the server's policy.
[[nodiscard]] bool isMailAddress(const QString &text);

/// The name of the first policy of the standard schema that a managed user breaks, such as
/// "required mail"; empty if it breaks none.
[[nodiscard]] QString brokenPolicy(const QJsonObject &user, const Taken &taken);

} // namespace hubkeeper
