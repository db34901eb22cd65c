// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "connector/connectorcontext.h"

namespace hubkeeper {

/// Get: one object by its id, read directly (no index delay).
class ReadObject final : public Call<ConnectorObject>
{
public:
    ReadObject(ConnectorContext &context, ObjectClass objectClass, QString uid,
               const QStringList &fields, QObject *parent);

private:
    void onAccount(const AccountDetails &account);
    void readRecord(const AccountDetails &account);
    void readOwner(const AccountDetails &account);
    void readDefinition();
    /// What a portal says of an id it does not have names nothing.
    template <typename T>
    void thenOf(Call<T> *call, std::function<void(const T &)> use);

    ConnectorContext &m_context;
    const ObjectClass m_class;
    const QString m_uid;
    QList<AttributeInfo> m_attributes;
};

/// Whether `uid` can be an id of the class at all: digits for records and owners.
[[nodiscard]] bool canBeUid(ObjectClass objectClass, const QString &uid);

/// The error for an object that does not exist.
[[nodiscard]] tl::unexpected<Error> unknownUid(ObjectClass objectClass, const QString &uid);

} // namespace hubkeeper
