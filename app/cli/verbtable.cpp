// SPDX-License-Identifier: MIT
#include "verbtable.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

ArgumentInfo infoOf(const CLI::Option &option)
{
    ArgumentInfo info;
    for (const std::string &name : option.get_lnames())
        info.names.append(u"--"_s + QString::fromStdString(name));
    for (const std::string &name : option.get_snames())
        info.names.append(u"-"_s + QString::fromStdString(name));
    const bool isFlag = option.get_items_expected_max() == 0;
    if (!isFlag)
        info.label = QString::fromStdString(option.get_type_name());
    if (info.names.isEmpty())
        info.label = QString::fromStdString(option.get_single_name());
    info.help = QString::fromStdString(option.get_description());
    info.repeats = option.get_items_expected_max() > 1;
    return info;
}

/// A positional is called by its name, but completed by its type.
ArgumentInfo positionalOf(const CLI::Option &option)
{
    ArgumentInfo info = infoOf(option);
    const QString type = QString::fromStdString(option.get_type_name());
    if (!type.isEmpty() && type != "TEXT"_L1)
        info.label = type;
    return info;
}

void collect(const CLI::App &app, const QString &path, QList<VerbInfo> &table)
{
    VerbInfo own {path, QString::fromStdString(app.get_description()), {}, {}, {}};
    for (const CLI::Option *option : app.get_options()) {
        if (option->get_positional())
            own.positionals.append(positionalOf(*option));
        else if (!option->get_group().empty())
            own.options.append(infoOf(*option));
    }
    const qsizetype place = table.size();
    table.append(own);
    for (const CLI::App *child : app.get_subcommands([](const CLI::App *) { return true; })) {
        if (child->get_group().empty())
            continue;
        const QString name = QString::fromStdString(child->get_name());
        table[place].verbs.append(name);
        collect(*child, path.isEmpty() ? name : path + u' ' + name, table);
    }
}

} // namespace

QStringList ArgumentInfo::words() const
{
    return label.contains(u'|') ? label.split(u'|') : QStringList();
}

QList<VerbInfo> verbTable(const CLI::App &app)
{
    QList<VerbInfo> table;
    collect(app, {}, table);
    return table;
}

} // namespace hubkeeper::cli
