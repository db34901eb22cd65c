// SPDX-License-Identifier: MIT
#include "connector/connectorcontext.h"

#include "base/call.h"

namespace hubkeeper {

namespace {

/// The schema as the portal's definitions make it.
class ReadSchema final : public Call<Schema>
{
public:
    ReadSchema(ConnectorContext &context, QObject *parent)
        : Call(parent)
    {
        cancelWith(context.lifetime());
        then(context.definitions(ObjectType::Contacts, this), [this, &context](auto contacts) {
            then(context.definitions(ObjectType::Companies, this),
                 [this, contacts](auto companies) { complete(liveSchema(contacts, companies)); });
        });
    }
};

} // namespace

ConnectorContext::ConnectorContext(PortalReader &portal, Clock &clock, ConnectorOptions options)
    : m_portal(portal)
    , m_clock(clock)
    , m_options(std::move(options))
{
    if (!m_options.readSchema)
        m_schema = defaultSchema();
}

template <typename T>
Call<T> *ConnectorContext::keep(std::optional<T> &place, Call<T> *call)
{
    call->onDone(&m_lifetime, [&place](const Result<T> &outcome) {
        if (outcome)
            place = *outcome;
    });
    return call;
}

Call<AccountDetails> *ConnectorContext::account(QObject *parent)
{
    if (m_account)
        return new ReadyCall<AccountDetails>(*m_account, parent);
    return keep(m_account, m_portal.accountDetails(parent));
}

Call<AccountDetails> *ConnectorContext::accountFor(const QList<AttributeInfo> &attributes,
                                                   QObject *parent)
{
    if (!needsAccount(attributes))
        return new ReadyCall<AccountDetails>(AccountDetails(), parent);
    return account(parent);
}

Call<QList<PropertyDefinition>> *ConnectorContext::definitions(ObjectType type, QObject *parent)
{
    auto &place = type == ObjectType::Contacts ? m_contacts : m_companies;
    if (place)
        return new ReadyCall<QList<PropertyDefinition>>(*place, parent);
    return keep(place, m_portal.properties(type, parent));
}

Call<Schema> *ConnectorContext::schema(QObject *parent)
{
    if (m_schema)
        return new ReadyCall<Schema>(*m_schema, parent);
    return keep<Schema>(m_schema, new ReadSchema(*this, parent));
}

void ConnectorContext::forget()
{
    m_account.reset();
    m_contacts.reset();
    m_companies.reset();
    if (m_options.readSchema)
        m_schema.reset();
}

} // namespace hubkeeper
