// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"

namespace hubkeeper {

class Session;

/// One record with every property the portal defines for its type.
class ReadFullRecord final : public Call<Record>
{
public:
    /// `session` must outlive the call.
    ReadFullRecord(Session &session, ObjectType type, QString id, QObject *parent);

private:
    void read(const QList<PropertyDefinition> &definitions);

    Session &m_session;
    const ObjectType m_type;
    const QString m_id;
};

} // namespace hubkeeper
