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
    m_session.definitions(type, false, this)
        ->onDone(this, [this](const Result<QList<PropertyDefinition>> &definitions) {
            if (!definitions)
                return complete(tl::unexpected(definitions.error()));
            read(*definitions);
        });
}

void ReadFullRecord::read(const QList<PropertyDefinition> &definitions)
{
    if (isFinished())
        return;
    ReadOptions options;
    for (const PropertyDefinition &definition : definitions)
        options.properties.append(definition.name);
    m_session.portal()
        .read(m_type, m_id, options, this)
        ->onDone(this, [this](const Result<Record> &record) { complete(record); });
}

} // namespace hubkeeper
