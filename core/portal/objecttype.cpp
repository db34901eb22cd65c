// SPDX-License-Identifier: MIT
#include "portal/objecttype.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString nameOf(ObjectType type)
{
    return type == ObjectType::Contacts ? u"contacts"_s : u"companies"_s;
}

QString typeIdOf(ObjectType type)
{
    return type == ObjectType::Contacts ? u"0-1"_s : u"0-2"_s;
}

QString nameOf(ApiVersion version)
{
    switch (version) {
    case ApiVersion::V3:
        return u"v3"_s;
    case ApiVersion::V2026_03:
        return u"2026-03"_s;
    case ApiVersion::V2026_09:
        return u"2026-09"_s;
    }
    Q_UNREACHABLE();
}

std::optional<ApiVersion> apiVersionFrom(const QString &name)
{
    for (const ApiVersion version : allApiVersions) {
        if (nameOf(version) == name)
            return version;
    }
    return std::nullopt;
}

} // namespace hubkeeper
