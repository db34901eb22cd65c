// SPDX-License-Identifier: MIT
#include "chosenids.h"

#include <CLI/CLI.hpp>

namespace hubkeeper::cli {

void ChosenIds::addTo(CLI::App &verb, const std::string &help)
{
    verb.add_option("--ids", list, help);
    verb.add_option("--id", whole, "One such object, whose id may have a comma; may be repeated")
        ->allow_extra_args(false);
}

QStringList ChosenIds::ids() const
{
    QStringList ids;
    const QStringList listed = QString::fromStdString(list).split(u',');
    for (const QString &id : listed) {
        if (const QString bare = id.trimmed(); !bare.isEmpty())
            ids.append(bare);
    }
    for (const std::string &id : whole)
        ids.append(QString::fromStdString(id));
    return ids;
}

} // namespace hubkeeper::cli
