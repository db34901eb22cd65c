// SPDX-License-Identifier: MIT
#include "provisioner/model/serverprofile.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString nameOf(ServerProfile profile)
{
    return profile == ServerProfile::Commercial ? u"commercial"_s : u"community"_s;
}

std::optional<ServerProfile> profileFrom(const QString &name)
{
    for (const ServerProfile profile : {ServerProfile::Commercial, ServerProfile::Community}) {
        if (name == nameOf(profile))
            return profile;
    }
    return {};
}

} // namespace hubkeeper
