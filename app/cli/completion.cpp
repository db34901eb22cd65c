// SPDX-License-Identifier: MIT
#include "completion.h"

#include "base/version.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// A verb with the words that may follow it: "secrets set" -> "--json --base-url ...".
struct VerbWords
{
    QString verb;
    QStringList words;
};

void collect(const CLI::App &app, const QString &path, QList<VerbWords> &verbs)
{
    VerbWords own {path, {}};
    for (const CLI::App *child : app.get_subcommands([](const CLI::App *) { return true; })) {
        if (child->get_group().empty())
            continue;
        own.words.append(QString::fromStdString(child->get_name()));
        const QString below = path.isEmpty() ? own.words.last() : path + u' ' + own.words.last();
        collect(*child, below, verbs);
    }
    for (const CLI::Option *option : app.get_options()) {
        for (const std::string &name : option->get_lnames())
            own.words.append(u"--"_s + QString::fromStdString(name));
    }
    verbs.append(own);
}

QString bash(const QList<VerbWords> &verbs)
{
    QString text = u"# bash completion of hubkeeper-cli\n"
                   "_hubkeeper_cli() {\n"
                   "    local current=${COMP_WORDS[COMP_CWORD]} verb= words= word\n"
                   "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                   "        case \"$verb $word\" in\n"_s;
    for (const VerbWords &entry : verbs) {
        if (entry.verb.isEmpty())
            continue;
        const QString parent =
            entry.verb.contains(u' ') ? entry.verb.section(u' ', 0, -2) : QString();
        text += u"            '%1 %2') verb='%3' ;;\n"_s.arg(parent, entry.verb.section(u' ', -1),
                                                             entry.verb);
    }
    text += u"        esac\n    done\n    case \"$verb\" in\n"_s;
    for (const VerbWords &entry : verbs)
        text += u"        '%1') words='%2' ;;\n"_s.arg(entry.verb, entry.words.join(u' '));
    text += u"    esac\n"
            "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
            "    [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$current\"))\n"
            "}\n"
            "complete -o filenames -F _hubkeeper_cli hubkeeper-cli\n"_s;
    return text;
}

QString fish(const QList<VerbWords> &verbs)
{
    QString text = u"# fish completion of hubkeeper-cli\n"_s;
    for (const VerbWords &entry : verbs) {
        QString condition = u"__fish_use_subcommand"_s;
        QStringList needs;
        const QStringList parts = entry.verb.split(u' ', Qt::SkipEmptyParts);
        for (const QString &part : parts)
            needs.append(u"__fish_seen_subcommand_from "_s + part);
        if (!needs.isEmpty())
            condition = needs.join(u"; and "_s);
        for (const QString &word : entry.words) {
            text += word.startsWith(u"--"_s)
                ? u"complete -c hubkeeper-cli -n '%1' -l %2\n"_s.arg(condition, word.mid(2))
                : u"complete -c hubkeeper-cli -n '%1' -a %2\n"_s.arg(condition, word);
        }
    }
    return text;
}

QString zsh(const QList<VerbWords> &verbs)
{
    // zsh runs bash completions; one list of words serves both.
    return u"#compdef hubkeeper-cli\nautoload -U +X bashcompinit && bashcompinit\n"_s + bash(verbs);
}

QString manEscaped(QString text)
{
    return text.replace(u'\\', u"\\\\"_s).replace(u'-', u"\\-"_s);
}

void manOptions(const CLI::App &app, QString &page)
{
    for (const CLI::Option *option : app.get_options()) {
        if (option->get_group().empty())
            continue;
        page += u".TP\n.B %1\n%2\n"_s.arg(
            manEscaped(QString::fromStdString(option->get_name(true, true))),
            manEscaped(QString::fromStdString(option->get_description())));
    }
}

void manVerbs(const CLI::App &app, const QString &path, QString &page)
{
    for (const CLI::App *child : app.get_subcommands([](const CLI::App *) { return true; })) {
        if (child->get_group().empty())
            continue;
        const QString name = (path + u' ' + QString::fromStdString(child->get_name())).trimmed();
        page += u".SS %1\n%2\n"_s.arg(manEscaped(name),
                                      manEscaped(QString::fromStdString(child->get_description())));
        manOptions(*child, page);
        manVerbs(*child, name, page);
    }
}

constexpr auto manEnd =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\ndone; nothing at or above the chosen severity\n"
    ".TP\n.B 1\nfindings or differences; the thing asked for is not there; a script "
    "threw something of its own or took too much memory\n"
    ".TP\n.B 2\nwrong usage, or a file that cannot be used\n"
    ".TP\n.B 3\ncredentials or scope missing or refused; no keychain\n"
    ".TP\n.B 4\nnetwork, limit or server error after repeats; outcome unknown\n"
    ".TP\n.B 5\napplied in part\n"
    ".TP\n.B 6\nthe record changed meanwhile; nothing was sent for it\n"
    ".TP\n.B 7\nrefused by write mode or another guard\n"
    ".TP\n.B 8\nlocal data damaged: the journal, the list of connections\n"
    ".TP\n.B 9\na file could not be saved: disk full, no permission, no such folder; what it held "
    "is still there\n"
    ".TP\n.B 70\ninternal error\n"
    ".TP\n.B 130\ninterrupted\n"
    ".SH FILES\n"
    ".TP\n.I ~/.config/hubkeeper/connections.json\n"
    "Label, kind, write mode and address of each provisioner; no secrets.\n"
    ".TP\n.I ~/.config/hubkeeper/dated\\-rules.json\n"
    "Replaces the built\\-in rules with a date, if it is there.\n"
    ".TP\n.I ~/.local/share/hubkeeper\n"
    "The journal.\n"
    ".SH EXAMPLES\n"
    ".nf\n"
    "hubkeeper\\-cli validate \\-\\-format sarif conf > findings.sarif\n"
    "hubkeeper\\-cli test provisioner.openicf\\-hubspot.json\n"
    "hubkeeper\\-cli update provisioner.openicf\\-hubspot.json contact 101 "
    "\\-\\-set city=Bern \\-\\-dry\\-run\n"
    ".fi\n";

QString manPage(const CLI::App &app)
{
    QString page = u".TH HUBKEEPER\\-CLI 1 \"\" \"Hubkeeper %1\"\n.SH NAME\nhubkeeper\\-cli \\- "
                   "administration of the HubSpot connector of IDM\n.SH SYNOPSIS\n"
                   ".B hubkeeper\\-cli\n[OPTIONS] VERB [ARGUMENTS]\n.SH OPTIONS\n"_s.arg(
                       QLatin1String(productVersion));
    manOptions(app, page);
    page += u".SH VERBS\n"_s;
    manVerbs(app, {}, page);
    page += QString::fromUtf8(manEnd);
    return page;
}

} // namespace

void addCompletion(CLI::App &app, Run &chosen)
{
    addVerb(app, "completion", "Print the completion of a shell", chosen, [&app](CLI::App &verb) {
        auto shell = std::make_shared<std::string>();
        verb.add_option("SHELL", *shell, "bash, zsh or fish")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}));
        return Run([shell, &app](Services &services) {
            QList<VerbWords> verbs;
            collect(app, {}, verbs);
            const QString text = *shell == "bash" ? bash(verbs)
                : *shell == "fish"                ? fish(verbs)
                                                  : zsh(verbs);
            if (services.output.json) {
                services.output.result(QJsonObject {{u"shell"_s, QString::fromStdString(*shell)},
                                                    {u"script"_s, text}});
            } else {
                services.output.raw(text.toUtf8());
            }
            return int(Done);
        });
    });
    addVerb(app, "man-page", "Print the man page", chosen, [&app](CLI::App &verb) {
        verb.group(""); // For packagers; not in the help.
        return Run([&app](Services &services) {
            services.output.raw(manPage(app).toUtf8());
            return int(Done);
        });
    });
}

} // namespace hubkeeper::cli
