// SPDX-License-Identifier: MIT
#include "chosenids.h"

#include "options.h"

#include <CLI/CLI.hpp>

namespace hubkeeper::cli {

namespace {

QStringList idsIn(const std::string &list)
{
    QStringList ids;
    const QStringList listed = QString::fromStdString(list).split(u',');
    for (const QString &id : listed) {
        if (const QString bare = id.trimmed(); !bare.isEmpty())
            ids.append(bare);
    }
    return ids;
}

} // namespace

void ChosenIds::addTo(CLI::App &verb, const std::string &help)
{
    // Nor commas alone, or blanks.
    verb.add_option("--ids", list, help)->check([](const std::string &text) {
        return refusalOfEmpty(idsIn(text).join(u',').toStdString());
    });
    verb.add_option("--id", whole, "One such object, whose id may have a comma; may be repeated")
        ->allow_extra_args(false)
        ->check([](const std::string &text) {
            return refusalOfEmpty(QString::fromStdString(text).trimmed().toStdString());
        });
}

QStringList ChosenIds::ids() const
{
    QStringList ids = idsIn(list);
    for (const std::string &id : whole)
        ids.append(QString::fromStdString(id));
    return ids;
}

} // namespace hubkeeper::cli
