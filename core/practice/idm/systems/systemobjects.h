// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/crest/objectquery.h"
#include "practice/idm/systems/systemregistry.h"

namespace hubkeeper::practice {

/// The objects of one type of an active system, as IDM's provisioner service serves them: values of
/// the attributes' types, exceptions as the codes of idm-connector 2.10.
class SystemObjects
{
public:
    SystemObjects(const ConnectedSystem &system, const SystemType &type)
        : m_system(system)
        , m_type(type)
    {
    }

    [[nodiscard]] QString path() const;

    /// All that match, in the connector's order, not paged.
    [[nodiscard]] CrestOutcome<QList<QJsonObject>> find(const CrestQuery &query) const;
    [[nodiscard]] CrestOutcome<QJsonObject> read(const QString &id) const;
    [[nodiscard]] CrestOutcome<QJsonObject> create(const QJsonObject &object) const;
    [[nodiscard]] CrestOutcome<QJsonObject> update(const QString &id,
                                                   const QJsonObject &object) const;
    [[nodiscard]] CrestOutcome<QJsonObject> patch(const QString &id,
                                                  const QJsonArray &operations) const;
    /// The object as it was.
    [[nodiscard]] CrestOutcome<QJsonObject> remove(const QString &id) const;

    [[nodiscard]] std::chrono::milliseconds searchTime() const
    {
        return m_system.connector->searchTime();
    }

private:
    [[nodiscard]] CrestOutcome<QJsonObject> present(const QString &operation,
                                                    const QString &id) const;
    [[nodiscard]] CrestReply reply(const ConnectorFault &fault, const QString &operation,
                                   const QString &id) const;

    const ConnectedSystem &m_system;
    const SystemType &m_type;
};

} // namespace hubkeeper::practice
