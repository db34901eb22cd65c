// SPDX-License-Identifier: MIT
#include "usagefault.h"

#include "base/similarname.h"

#include <CLI/CLI.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// The innermost verb that was recognised.
const CLI::App *lastVerb(const CLI::App *app)
{
    while (true) {
        const auto verbs = app->get_subcommands();
        if (verbs.empty())
            return app;
        app = verbs.back();
    }
}

QString typedNameOf(const CLI::App *verb)
{
    QStringList names;
    for (; verb; verb = verb->get_parent())
        names.prepend(QString::fromStdString(verb->get_name()));
    return names.join(u' ');
}

/// For a sentence, which begins with the program's name anyway.
QString shortNameOf(const CLI::App *verb)
{
    const QString name = typedNameOf(verb);
    return verb->get_parent() ? name.section(u' ', 1) : name;
}

QStringList verbNamesOf(const CLI::App *app)
{
    QStringList names;
    for (const CLI::App *verb : app->get_subcommands([](const CLI::App *) { return true; })) {
        if (!verb->get_group().empty())
            names.append(QString::fromStdString(verb->get_name()));
    }
    return names;
}

/// Those of the verb and of everything above it.
QStringList optionNamesOf(const CLI::App *verb)
{
    QStringList names;
    for (; verb; verb = verb->get_parent()) {
        for (const CLI::Option *option : verb->get_options()) {
            for (const std::string &name : option->get_lnames())
                names.append(u"--"_s + QString::fromStdString(name));
        }
    }
    return names;
}

/// The first argument, as they were typed, that nobody knew.
QString firstUnknown(const CLI::App &app, const std::vector<std::string> &arguments)
{
    const std::vector<std::string> left = app.remaining(true);
    const auto first =
        std::find_if(arguments.begin(), arguments.end(), [&left](const std::string &argument) {
            return std::find(left.begin(), left.end(), argument) != left.end();
        });
    return first == arguments.end() ? QString() : QString::fromStdString(*first);
}

Error missingVerb(const CLI::App *group)
{
    const QString place = typedNameOf(group);
    return fail(ErrorKind::InvalidInput,
                u"%1 needs a verb: %2."_s.arg(shortNameOf(group), verbNamesOf(group).join(u", "_s)),
                u"`%1 --help` shows what they do."_s.arg(place))
        .value();
}

Error unknownArgument(const CLI::App &app, const std::vector<std::string> &arguments)
{
    const CLI::App *verb = lastVerb(&app);
    const QString unknown = firstUnknown(app, arguments);
    const bool isOption = unknown.startsWith(u'-');
    if (isOption && verb->get_require_subcommand_min() > 0) // It may be one of the verb's.
        return missingVerb(verb);
    const QStringList known = isOption ? optionNamesOf(verb) : verbNamesOf(verb);
    const QString name = isOption ? unknown.section(u'=', 0, 0) : unknown;
    const QString place = shortNameOf(verb);
    const QString what = isOption ? u"%1 has no option %2."_s.arg(place, name)
        : known.isEmpty()         ? u"%1 does not take \"%2\"."_s.arg(place, name)
                                  : u"%1 has no verb \"%2\"."_s.arg(place, name);
    const auto similar = mostSimilarName(name, known);
    return fail(ErrorKind::InvalidInput, what,
                similar ? u"Did you mean %1?"_s.arg(*similar)
                        : u"`%1 --help` shows what there is."_s.arg(typedNameOf(verb)))
        .value();
}

} // namespace

Error usageFault(const CLI::App &app, const CLI::Error &thrown,
                 const std::vector<std::string> &arguments)
{
    if (dynamic_cast<const CLI::ExtrasError *>(&thrown))
        return unknownArgument(app, arguments);
    const QString said = QString::fromUtf8(thrown.what());
    const CLI::App *verb = lastVerb(&app);
    // A verb of a group that is missing or misspelled.
    const QString unknown = firstUnknown(app, arguments);
    if (dynamic_cast<const CLI::RequiredError *>(&thrown) && !verbNamesOf(verb).isEmpty())
        return unknown.isEmpty() ? missingVerb(verb) : unknownArgument(app, arguments);
    return fail(ErrorKind::InvalidInput, said.endsWith(u'.') ? said : said + u'.',
                u"`%1 --help` shows how it is used."_s.arg(typedNameOf(verb)))
        .value();
}

} // namespace hubkeeper::cli
