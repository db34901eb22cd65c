// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "connector/connector.h"

namespace hubkeeper {

/// What all operations of one connector share: the portal, the clock, and what was read from the
/// portal once and is kept: account, definitions, schema.
class ConnectorContext
{
public:
    ConnectorContext(PortalReader &portal, Clock &clock, ConnectorOptions options);

    [[nodiscard]] PortalReader &portal() const { return m_portal; }
    [[nodiscard]] Clock &clock() const { return m_clock; }
    [[nodiscard]] const ConnectorOptions &options() const { return m_options; }

    [[nodiscard]] Call<AccountDetails> *account(QObject *parent);
    /// The account if one of the attributes needs it, else empty details at once.
    [[nodiscard]] Call<AccountDetails> *accountFor(const QList<AttributeInfo> &attributes,
                                                   QObject *parent);
    [[nodiscard]] Call<QList<PropertyDefinition>> *definitions(ObjectType type, QObject *parent);
    [[nodiscard]] Call<Schema> *schema(QObject *parent);
    /// Destroyed before all else of it: every call that uses the context is cancelled then.
    [[nodiscard]] QObject *lifetime() { return &m_lifetime; }
    /// Reads account, definitions and live schema again when they are asked for next.
    void forget();

private:
    template <typename T>
    Call<T> *keep(std::optional<T> &place, Call<T> *call);

    PortalReader &m_portal;
    Clock &m_clock;
    const ConnectorOptions m_options;
    std::optional<AccountDetails> m_account;
    std::optional<QList<PropertyDefinition>> m_contacts;
    std::optional<QList<PropertyDefinition>> m_companies;
    std::optional<Schema> m_schema;
    QObject m_lifetime; // Last, so that it goes first.
};

} // namespace hubkeeper
