// SPDX-License-Identifier: MIT
#include "chosenids.h"

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
    const auto complaint = [](bool isEmpty) {
        return isEmpty ? std::string("There is no id in it.") : std::string();
    };
    verb.add_option("--ids", list, help)->check([complaint](const std::string &text) {
        return complaint(idsIn(text).isEmpty());
    });
    verb.add_option("--id", whole, "One such object, whose id may have a comma; may be repeated")
        ->allow_extra_args(false)
        ->check([complaint](const std::string &text) {
            return complaint(QString::fromStdString(text).trimmed().isEmpty());
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
