// SPDX-License-Identifier: MIT
#include "session/reading/readfullrecord.h"

#include "session/open/session.h"

namespace hubkeeper {

ReadFullRecord::ReadFullRecord(Session &session, ObjectType type, QString id, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_type(type)
    , m_id(std::move(id))
{
    cancelWith(&m_session);
    then(m_session.definitions(type, false, this),
         [this](const QList<PropertyDefinition> &definitions) { read(definitions); });
}

void ReadFullRecord::read(const QList<PropertyDefinition> &definitions)
{
    ReadOptions options;
    for (const PropertyDefinition &definition : definitions)
        options.properties.append(definition.name);
    then(m_session.portal().read(m_type, m_id, options, this),
         [this](const Record &record) { complete(record); });
}

} // namespace hubkeeper
