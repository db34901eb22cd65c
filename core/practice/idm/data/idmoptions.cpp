// SPDX-License-Identifier: MIT
#include "practice/idm/data/idmoptions.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

QStringList profileNames()
{
    return {u"community"_s, u"commercial"_s, u"cloud"_s, u"old"_s}; // In the order of IdmProfile.
}

QString nameOf(IdmProfile profile)
{
    return profileNames().at(static_cast<int>(profile));
}

std::optional<IdmProfile> profileNamed(QStringView name)
{
    const qsizetype index = profileNames().indexOf(name);
    if (index < 0)
        return std::nullopt;
    return static_cast<IdmProfile>(index);
}

} // namespace hubkeeper::practice
