// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connection.h"

namespace hubkeeper::test {

/// A connection in which no member has its default.
inline Connection sample()
{
    Connection connection;
    connection.id = QStringLiteral("c-1");
    connection.label = QStringLiteral("ACME – Zürich");
    connection.provisionerPath = QStringLiteral("/etc/idm/provisioner.openicf-hubspot.json");
    connection.kind = ConnectionKind::Sandbox;
    connection.colour = QStringLiteral("#aa5500");
    connection.apiVersion = ApiVersion::V3;
    connection.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:8123"));
    connection.server = QStringLiteral("s-1");
    connection.reserve = 25;
    connection.policy.mode = WriteMode::Confirm;
    connection.policy.mostRows = 7;
    connection.policy.mostArchives = 0;
    connection.policy.archiveAllowed = false;
    connection.policy.protectedProperties = {QStringLiteral("email")};
    return connection;
}

} // namespace hubkeeper::test
