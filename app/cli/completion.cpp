// SPDX-License-Identifier: MIT
#include "completion.h"

#include "connector/objectclass.h"
#include "manpage.h"
#include "options.h"
#include "provisioner/rules/ruletext.h"
#include "session/idm/serverregistry.h"
#include "verbtable.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// In single quotes, for every shell.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

/// What may stand in a place: words, or the kind of thing that the shell looks for itself.
struct Values
{
    QString kind = u"words"_s; ///< "words", "file", "connection", "server", "none".
    QStringList words;
};

Values valuesOf(const ArgumentInfo &argument)
{
    if (const QStringList words = argument.words(); !words.isEmpty())
        return {u"words"_s, words};
    if (argument.label == QLatin1StringView(fileArgument))
        return {u"file"_s, {}};
    if (argument.label == QLatin1StringView(connectionArgument))
        return {u"connection"_s, {}};
    if (argument.label == QLatin1StringView(serverArgument))
        return {u"server"_s, {}};
    if (argument.label == QLatin1StringView(classArgument)) {
        QStringList classes;
        for (const ObjectClass one : allObjectClasses)
            classes.append(nameOf(one));
        return {u"words"_s, classes};
    }
    if (argument.label == QLatin1StringView(ruleArgument)) {
        QStringList ids;
        for (const Rule *rule : allRules())
            ids.append(QString::fromLatin1(rule->id));
        return {u"words"_s, ids};
    }
    return {u"none"_s, {}};
}

QStringList namesOf(const QList<ArgumentInfo> &options)
{
    QStringList names;
    for (const ArgumentInfo &option : options)
        names += option.names;
    return names;
}

/// `kind=… words=…` for a place, as bash and zsh assign it.
QString assignment(const Values &values)
{
    return u"kind=%1 words=%2"_s.arg(values.kind, quoted(values.words.join(u' ')));
}

/// The part that bash and zsh have in common: finds verb, place and kind. `all` are the words
/// before the one that is completed.
QString finder(const QList<VerbInfo> &table, const QString &all)
{
    const VerbInfo &program = table.first();
    QString text = u"    local verb= word= place=0 skip= kind=file words=\n    for word in %1; do\n"
                   "        if [ -n \"$skip\" ]; then skip=; continue; fi\n"
                   "        case \"$verb/$word\" in\n"_s.arg(all);
    for (const VerbInfo &verb : table) {
        for (const QString &below : verb.verbs) {
            const QString path = verb.path.isEmpty() ? below : verb.path + u' ' + below;
            text += u"            %1) verb=%2; place=0; continue ;;\n"_s.arg(
                quoted(verb.path + u'/' + below), quoted(path));
        }
    }
    text += u"        esac\n        case \"$verb/$word\" in\n"_s;
    for (const VerbInfo &verb : table) {
        QStringList patterns;
        for (const ArgumentInfo &option : verb.options) {
            for (const QString &name : option.names) {
                if (!option.label.isEmpty())
                    patterns.append(quoted(verb.path + u'/' + name));
            }
        }
        if (!patterns.isEmpty())
            text += u"            %1) skip=1 ;;\n"_s.arg(patterns.join(u'|'));
    }
    text += u"            */-*) ;;\n            *) place=$((place + 1)) ;;\n        esac\n"
            "    done\n    case \"$verb/$current\" in\n"_s;
    for (const VerbInfo &verb : table) {
        const QStringList options = namesOf(verb.options)
            + (verb.path.isEmpty() ? QStringList() : namesOf(program.options));
        text += u"        %1/-*) kind=words words=%2 ;;\n"_s.arg(quoted(verb.path),
                                                                 quoted(options.join(u' ')));
    }
    text += u"        *) case \"$verb/$place\" in\n"_s;
    for (const VerbInfo &verb : table) {
        if (!verb.verbs.isEmpty() && verb.positionals.isEmpty())
            text += u"            %1/*) kind=words words=%2 ;;\n"_s.arg(
                quoted(verb.path), quoted(verb.verbs.join(u' ')));
        for (qsizetype i = 0; i < verb.positionals.size(); ++i) {
            const ArgumentInfo &argument = verb.positionals[i];
            text += u"            %1/%2) %3 ;;\n"_s.arg(
                quoted(verb.path), argument.repeats ? u"*"_s : QString::number(i),
                assignment(valuesOf(argument)));
        }
    }
    text += u"        esac ;;\n    esac\n    if [ -n \"$skip\" ]; then\n"
            "        case \"$verb/$previous\" in\n"_s;
    for (const VerbInfo &verb : table) {
        for (const ArgumentInfo &option : verb.options) {
            for (const QString &name : option.names) {
                if (!option.label.isEmpty())
                    text += u"            %1) %2 ;;\n"_s.arg(quoted(verb.path + u'/' + name),
                                                             assignment(valuesOf(option)));
            }
        }
    }
    return text + u"        esac\n    fi\n"_s;
}

QString bash(const QList<VerbInfo> &table)
{
    return u"# bash completion of hubkeeper-cli\n"
           "_hubkeeper_cli() {\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"_s
        + finder(table, u"\"${COMP_WORDS[@]:1:COMP_CWORD-1}\""_s)
        + u"    COMPREPLY=()\n"
          "    case $kind in\n"
          "        words) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\") ;;\n"
          "        file) compopt -o filenames 2>/dev/null\n"
          "            mapfile -t COMPREPLY < <(compgen -f -- \"$current\") ;;\n"
          "        connection) local IFS=$'\\n'\n"
          "            compopt -o filenames 2>/dev/null # Quotes blanks.\n"
          "            mapfile -t COMPREPLY < <(compgen -f -- \"$current\"; compgen -W "
          "\"$(hubkeeper-cli connection-labels 2>/dev/null)\" -- \"$current\") ;;\n"
          "        server) local IFS=$'\\n'\n"
          "            compopt -o filenames 2>/dev/null\n"
          "            mapfile -t COMPREPLY < <(compgen -W "
          "\"$(hubkeeper-cli server-labels 2>/dev/null)\" -- \"$current\") ;;\n"
          "    esac\n"
          "}\n"
          "complete -F _hubkeeper_cli hubkeeper-cli\n"_s;
}

QString zsh(const QList<VerbInfo> &table)
{
    return u"#compdef hubkeeper-cli\n"
           "_hubkeeper_cli() {\n"
           "    local current=${words[CURRENT]} previous=${words[CURRENT-1]}\n"
           "    local -a typed=(\"${(@)words[2,CURRENT-1]}\")\n"_s
        + finder(table, u"\"${typed[@]}\""_s).replace(u" words="_s, u" choices="_s)
        + u"    case $kind in\n"
          "        words) compadd -- ${=choices} ;;\n"
          "        file) _files ;;\n"
          "        connection) _files; compadd -- ${(f)\"$(hubkeeper-cli connection-labels "
          "2>/dev/null)\"} ;;\n"
          "        server) compadd -- ${(f)\"$(hubkeeper-cli server-labels 2>/dev/null)\"} ;;\n"
          "    esac\n"
          "}\n"
          "_hubkeeper_cli \"$@\"\n"_s;
}

/// -r, and what its value may be.
QString fishValues(const Values &values)
{
    if (values.kind == "words"_L1)
        return u" -x -a "_s + quoted(values.words.join(u' '));
    if (values.kind == "file"_L1)
        return u" -r -F"_s;
    if (values.kind == "server"_L1)
        return u" -x -a '(hubkeeper-cli server-labels)'"_s;
    return values.kind == "connection"_L1 ? u" -r -F -a '(hubkeeper-cli connection-labels)'"_s
                                          : u" -x"_s;
}

QString fishOption(const QString &condition, const ArgumentInfo &option)
{
    QString line = u"complete -c hubkeeper-cli -n "_s + condition;
    for (const QString &name : option.names)
        line += name.startsWith(u"--"_s) ? u" -l "_s + name.mid(2) : u" -s "_s + name.mid(1);
    line += u" -d "_s + quoted(option.help);
    if (!option.label.isEmpty())
        line += fishValues(valuesOf(option));
    return line + u'\n';
}

/// Options with a value as "verb --option", as the fish function below looks them up.
QStringList optionsWithValues(const QList<VerbInfo> &table)
{
    QStringList options;
    for (const VerbInfo &verb : table) {
        for (const ArgumentInfo &option : verb.options) {
            for (const QString &name : option.names) {
                if (!option.label.isEmpty())
                    options.append(quoted(verb.path + u' ' + name));
            }
        }
    }
    return options;
}

/// Whether the cursor is after a verb, at a place of its positionals: from 0, "2+" is that one and
/// all after it.
QString fishFunction(const QList<VerbInfo> &table)
{
    QStringList paths;
    for (const VerbInfo &verb : table) {
        if (!verb.path.isEmpty())
            paths.append(quoted(verb.path));
    }
    return u"# fish completion of hubkeeper-cli\n"
           "set -g __hubkeeper_cli_verbs %1\n"
           "set -g __hubkeeper_cli_valued %2\n"
           "function __hubkeeper_cli_at\n"
           "    set -l verb ''\n"
           "    set -l place 0\n"
           "    set -l skip 0\n"
           "    for token in (commandline -opc)[2..-1]\n"
           "        if test $skip = 1\n"
           "            set skip 0\n"
           "        else if contains -- (string trim -- \"$verb $token\") $__hubkeeper_cli_verbs\n"
           "            set verb (string trim -- \"$verb $token\")\n"
           "        else if contains -- \"$verb $token\" $__hubkeeper_cli_valued\n"
           "            set skip 1\n"
           "        else if not string match -q -- '-*' $token\n"
           "            set place (math $place + 1)\n"
           "        end\n"
           "    end\n"
           "    test \"$verb\" = \"$argv[1]\"; or return 1\n"
           "    set -q argv[2]; or return 0\n"
           "    set -l from (string replace + '' -- $argv[2])\n"
           "    test $place = $from; or begin\n"
           "        test $from != $argv[2]; and test $place -gt $from\n"
           "    end\n"
           "end\n"_s.arg(paths.join(u' '), optionsWithValues(table).join(u' '));
}

/// What may stand at each place of a verb's positionals.
QString fishPositionals(const VerbInfo &verb)
{
    QString text;
    for (qsizetype i = 0; i < verb.positionals.size(); ++i) {
        const ArgumentInfo &argument = verb.positionals[i];
        const Values values = valuesOf(argument);
        const QString place = QString::number(i) + (argument.repeats ? u"+"_s : QString());
        text += u"complete -c hubkeeper-cli -n %1"_s.arg(
            quoted(u"__hubkeeper_cli_at \"%1\" %2"_s.arg(verb.path, place)));
        if (values.kind == "words"_L1)
            text += u" -f -a "_s + quoted(values.words.join(u' '));
        else if (values.kind == "connection"_L1)
            text += u" -F -a '(hubkeeper-cli connection-labels)'"_s;
        else if (values.kind == "server"_L1)
            text += u" -f -a '(hubkeeper-cli server-labels)'"_s;
        else
            text += values.kind == "file"_L1 ? u" -F"_s : u" -f"_s;
        text += u'\n';
    }
    return text;
}

QString fish(const QList<VerbInfo> &table)
{
    QString text = fishFunction(table);
    for (const VerbInfo &verb : table) {
        const QString condition = quoted(u"__hubkeeper_cli_at \""_s + verb.path + u'"');
        for (const VerbInfo &below : table) {
            const QString name = below.path.section(u' ', -1);
            const QString parent = below.path.section(u' ', 0, -2);
            if (!below.path.isEmpty() && parent == verb.path)
                text += u"complete -c hubkeeper-cli -n %1 -f -a %2 -d %3\n"_s.arg(
                    quoted(u"__hubkeeper_cli_at \"%1\" 0"_s.arg(verb.path)), quoted(name),
                    quoted(below.help));
        }
        for (const ArgumentInfo &option : verb.options)
            text += fishOption(condition, option);
        text += fishPositionals(verb);
    }
    for (const ArgumentInfo &option : table.first().options)
        text += fishOption(u"'true'"_s, option);
    return text;
}

int printLabels(Services &services)
{
    const auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return exitCodeFor(registry.error().kind);
    for (const Connection &connection : registry->connections())
        services.output.line(connection.label);
    return Done;
}

int printServerLabels(Services &services)
{
    const auto registry = ServerRegistry::load(services.paths);
    if (!registry)
        return exitCodeFor(registry.error().kind);
    for (const Server &server : registry->servers())
        services.output.line(server.label);
    return Done;
}

} // namespace

void addCompletion(CLI::App &app, Run &chosen)
{
    addVerb(app, "completion", "Print a shell completion script", chosen, [&app](CLI::App &verb) {
        auto shell = std::make_shared<std::string>();
        addWords(verb, "SHELL", *shell, {"bash", "zsh", "fish"}, "The shell")->required();
        return Run([shell, &app](Services &services) {
            const QList<VerbInfo> table = verbTable(app);
            const QString text = *shell == "bash" ? bash(table)
                : *shell == "fish"                ? fish(table)
                                                  : zsh(table);
            if (services.output.json) {
                services.output.result(QJsonObject {{u"shell"_s, QString::fromStdString(*shell)},
                                                    {u"script"_s, text}});
            } else {
                services.output.raw(text.toUtf8());
            }
            return int(Done);
        });
    });
    // For packagers and for the completions; not in the help.
    addVerb(app, "man-page", "Print the man page", chosen, [&app](CLI::App &verb) {
        verb.group("");
        return Run([&app](Services &services) {
            services.output.raw(manPage(app));
            return int(Done);
        });
    });
    addVerb(app, "connection-labels", "Print the labels of the connections", chosen,
            [](CLI::App &verb) {
                verb.group("");
                return Run(&printLabels);
            });
    addVerb(app, "server-labels", "Print the labels of the servers", chosen, [](CLI::App &verb) {
        verb.group("");
        return Run(&printServerLabels);
    });
}

} // namespace hubkeeper::cli
