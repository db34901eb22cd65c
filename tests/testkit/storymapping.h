// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace hubkeeper::test {

/// The mapping "contacts_users" that the stories of a deployment bring to a server.
[[nodiscard]] inline QByteArray storyMappingFile()
{
    return R"({"name": "contacts_users", "source": "system/hubspot/contact",
    "target": "managed/user", "taskThreads": 0, "enableSync": false,
    "properties": [{"source": "email", "target": "userName"}, {"source": "email", "target": "mail"},
        {"source": "firstname", "target": "givenName", "default": "?"},
        {"source": "lastname", "target": "sn", "default": "?"}],
    "policies": [{"situation": "ABSENT", "action": "CREATE"},
        {"situation": "CONFIRMED", "action": "UPDATE"}, {"situation": "FOUND", "action": "UPDATE"},
        {"situation": "UNASSIGNED", "action": "IGNORE"},
        {"situation": "SOURCE_MISSING", "action": "EXCEPTION"},
        {"situation": "AMBIGUOUS", "action": "EXCEPTION"}]})";
}

} // namespace hubkeeper::test
