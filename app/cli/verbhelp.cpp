// SPDX-License-Identifier: MIT
#include "verbhelp.h"

#include "base/similarname.h"
#include "usagefault.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct Group
{
    const char *title;
    std::vector<const char *> verbs;
};

/// In the order of the help.
const Group groups[] = {
    {"Provisioner files", {"validate", "fix", "new", "diff", "rules", "explain"}},
    {"Connection", {"connect", "test", "schema", "secrets", "connections", "policy"}},
    {"Records",
     {"search", "views", "get", "create", "update", "delete", "import", "repair", "report",
      "duplicates", "associations", "merge", "history", "script"}},
    {"Changes and journal", {"changes", "rehearse", "journal"}},
    {"Copies of a portal", {"snapshot"}},
    {"IDM server", {"idm"}},
    {"Practice and help", {"practice", "completion", "schemas", "help"}},
};

struct Example
{
    const char *verb;
    const char *line;
};

const Example examples[] = {
    {"validate", "validate conf"},
    {"validate", "validate --format sarif --fail-on warning conf > findings.sarif"},
    {"validate", "validate - < provisioner.openicf-hubspot.json"},
    {"fix", "fix --dry-run conf"},
    {"fix", "fix --rule HK401 provisioner.openicf-hubspot.json"},
    {"fix", "fix - < old.json > new.json"},
    {"new", "new . --name hubspot"},
    {"new", "new conf/provisioner.openicf-eu.json --from conf/provisioner.openicf-us.json"},
    {"diff", "diff old.json new.json"},
    {"diff", "git show main:conf/FILE | hubkeeper-cli diff - conf/FILE"},
    {"rules", "rules --json"},
    {"explain", "explain HK412"},
    {"connect", "connect FILE --client-id ID"},
    {"connect", "connect FILE --paste"},
    {"test", "test FILE"},
    {"test", "--json test FILE --secrets-stdin < secrets.json"},
    {"schema", "schema FILE --live"},
    {"schema diff", "schema diff FILE --live --format sarif"},
    {"schema diff", "schema diff FILE --write --add phone --dry-run"},
    {"secrets set", "secrets set FILE"},
    {"secrets move", "secrets move FILE"},
    {"secrets check", "secrets check exports logs"},
    {"connections set", "connections set FILE --label Production --kind production"},
    {"connections forget", "connections forget FILE"},
    {"idm preview", "idm preview --from state.json --max-delete 5%"},
    {"search", "search FILE contact --filter 'city eq \"Berlin\"' --fields email,city"},
    {"search", "search FILE contact --output contacts.csv"},
    {"search", "search FILE contact --columns email,city --labels --output contacts.xlsx"},
    {"search", "search FILE company --columns '*' --split 100000 --output companies.jsonl"},
    {"search", "search FILE contact --view \"New leads\""},
    {"snapshot take", "snapshot take FILE"},
    {"snapshot take", "snapshot take FILE --since latest"},
    {"snapshot show", "snapshot show SNAPSHOT --class contact --filter 'city eq \"Berlin\"'"},
    {"snapshot diff", "snapshot diff SNAPSHOT --live FILE"},
    {"snapshot stage", "snapshot stage SNAPSHOT FILE --class contact --ids 512 --property city"},
    {"rehearse", "rehearse FILE --snapshot SNAPSHOT"},
    {"practice", "practice --snapshot SNAPSHOT --write-provisioner practice.json"},
    {"views list", "views list FILE"},
    {"views add",
     "views add FILE contact \"New leads\" --filter 'createdate ge \"{30 days ago}\"'"},
    {"get", "get FILE contact 101 --fields email"},
    {"create", "create FILE contact --set email=ada@example.com"},
    {"update", "update FILE contact 101 --set city=Bern --dry-run"},
    {"delete", "delete FILE contact 101 --yes"},
    {"import", "import contacts.csv --parse"},
    {"import", "import contacts.xlsx --connection FILE --object contact --match email --dry-run"},
    {"import", "--json import contacts.xlsx --parse --sheet Contacts > contacts.json"},
    {"repair list", "repair list"},
    {"repair show", "repair show regex > postal-codes.recipe"},
    {"repair check", "repair check *.recipe"},
    {"repair try", "repair try phone --values numbers.txt --country DE"},
    {"repair run", "repair run phone contacts.csv --country DE --output clean.csv"},
    {"repair run", "repair run name-case --connection FILE --object contact --dry-run"},
    {"repair run",
     "repair run trim --connection FILE --object contact --save-changes trimmed.jsonl"},
    {"report", "report contacts.csv --country DE --required email"},
    {"report", "report --connection FILE --object contact --output findings.xlsx"},
    {"duplicates", "duplicates contacts.csv --explain"},
    {"duplicates", "duplicates FILE --type contact"},
    {"script", "script FILE --file repair.js --dry-run --save-changes repair.jsonl"},
    {"associations list", "associations list FILE contact 512"},
    {"associations labels", "associations labels FILE contact company"},
    {"associations add", "associations add FILE contact 512 company 77 --primary"},
    {"associations label",
     "associations label FILE contact 512 company 77 --set \"Billing contact\""},
    {"associations remove", "associations remove FILE contact 512 company 77 --dry-run"},
    {"changes show", "changes show repair.jsonl"},
    {"changes check", "changes check FILE repair.jsonl"},
    {"changes apply", "changes apply FILE repair.jsonl"},
    {"changes sign", "changes sign repair.jsonl"},
    {"changes verify", "changes verify repair.jsonl"},
    {"policy check", "policy check policy.json"},
    {"merge", "merge FILE contact --primary 512 --merged 613 --dry-run"},
    {"history", "history FILE contact 512 --property email --property jobtitle"},
    {"journal list", "journal list --all"},
    {"journal search", "journal search --record 512 --property email"},
    {"journal resolve", "journal resolve FILE"},
    {"journal revert", "journal revert FILE RUN --dry-run"},
    {"idm servers add", "idm servers add Test https://idm.example.com:8443 --kind sandbox"},
    {"idm status", "idm status provisioner.openicf-hubspot.json --server Test"},
    {"idm test", "idm test --server Test"},
    {"idm get", "idm get provisioner.openicf/hubspot --output server.json"},
    {"idm diff", "idm diff provisioner.openicf-hubspot.json"},
    {"idm deploy", "idm deploy provisioner.openicf-hubspot.json --server Test --dry-run"},
    {"idm rollback", "idm rollback RUN --server Test"},
    {"idm analyze", "idm analyze MAPPING --preview preview.json --server Test"},
    {"idm recon", "idm recon MAPPING --preview preview.json --max-delete 5% --server Test"},
    {"idm recon show", "idm recon show RUN --output entries.csv"},
    {"idm watch", "idm watch --cancel"},
    {"idm links list", "idm links list MAPPING --run RUN"},
    {"idm links repair", "idm links repair MAPPING --plan links.json"},
    {"idm put", "idm put sync sync.json --base sync-before.json"},
    {"idm promote", "idm promote provisioner.openicf/hubspot --from Test --to Live --dry-run"},
    {"practice", "practice --contacts 2000 --write-provisioner p.json"},
    {"completion", "completion bash > ~/.local/share/bash-completion/completions/hubkeeper-cli"},
    {"help", "help journal revert"},
};

QString fullNameOf(const CLI::App *verb)
{
    QStringList names;
    for (; verb->get_parent(); verb = verb->get_parent())
        names.prepend(QString::fromStdString(verb->get_name()));
    return names.join(u' ');
}

std::vector<CLI::App *> verbsOf(const CLI::App &app)
{
    std::vector<CLI::App *> verbs;
    for (const CLI::App *verb : app.get_subcommands([](const CLI::App *) { return true; }))
        verbs.push_back(const_cast<CLI::App *>(verb)); // It has no other way to reach them all.
    return verbs;
}

void describe(CLI::App &verb)
{
    for (CLI::App *below : verbsOf(verb))
        describe(*below);
    const QStringList lines = examplesOf(fullNameOf(&verb));
    QString footer;
    if (!lines.isEmpty())
        footer = u"\nExamples:\n  "_s + lines.join(u"\n  "_s) + u"\n"_s;
    footer += u"\nExit codes: 0 done, 1 findings or not there, 2 wrong usage, 3 no access, 4 try "
              "later, 5 in part,\n  6 conflict, 7 refused by a guard, 8 local data damaged, 9 not "
              "saved, 10 refused by HubSpot,\n  11 outcome unknown, 130 interrupted. `man "
              "hubkeeper-cli` says more."_s;
    verb.footer(footer.toStdString());
}

int runHelp(const CLI::App &app, const std::vector<std::string> &path, Services &services)
{
    const CLI::App *verb = &app;
    for (const std::string &name : path) {
        const CLI::App *below = nullptr;
        QStringList known;
        for (const CLI::App *one : verbsOf(*verb)) {
            known.append(QString::fromStdString(one->get_name()));
            if (one->get_name() == name)
                below = one;
        }
        if (!below) {
            const QString wanted = QString::fromStdString(name);
            const auto similar = mostSimilarName(wanted, known);
            return services.output.failure(fail(ErrorKind::InvalidInput,
                                                u"There is no verb \"%1\"."_s.arg(wanted),
                                                similar ? u"Did you mean %1?"_s.arg(*similar)
                                                        : u"`hubkeeper-cli help` lists them."_s)
                                               .value());
        }
        verb = below;
    }
    // Not help(): that of the program is the help of the verb that was parsed, this one.
    const QString name = (u"hubkeeper-cli "_s + fullNameOf(verb)).trimmed();
    const std::string text =
        verb->get_formatter()->make_help(verb, name.toStdString(), CLI::AppFormatMode::Normal);
    if (services.output.json)
        services.output.result(QJsonObject {{u"help"_s, QString::fromStdString(text)}});
    else
        services.output.raw(QByteArray::fromStdString(text));
    return Done;
}

} // namespace

QStringList examplesOf(const QString &verb)
{
    QStringList lines;
    for (const Example &example : examples) {
        if (verb == QLatin1StringView(example.verb)) {
            const QString line = QString::fromUtf8(example.line);
            lines.append(line.contains(u"hubkeeper-cli"_s) && !line.startsWith(u"completion"_s)
                             ? line
                             : u"hubkeeper-cli "_s + line);
        }
    }
    return lines;
}

QList<std::pair<int, QString>> exitCodeMeanings()
{
    return {
        {Done, u"done; nothing at or above the chosen severity"_s},
        {Findings,
         u"findings or differences; the thing asked for is not there; a script threw something of "
         "its own or took too much memory"_s},
        {WrongUsage, u"wrong usage, or a file or value that cannot be used"_s},
        {NoAccess, u"credentials or scope missing or refused; no keychain"_s},
        {TryLater,
         u"network, limit or server error after repeats, or --timeout: the same call may work "
         "later"_s},
        {AppliedInPart, u"applied in part"_s},
        {Conflicting,
         u"conflict: the record changed meanwhile, or exists already; nothing was sent for it"_s},
        {Refused,
         u"refused by the write mode, a missing --yes or another guard; nothing was sent"_s},
        {LocalDataDamaged, u"local data damaged: the journal, the list of connections"_s},
        {NotSaved,
         u"a file or standard output could not be written: disk full, no permission, no such "
         "folder; what a file held is still there"_s},
        {Rejected,
         u"refused by HubSpot, or its certificate was not accepted: repeating does not help"_s},
        {Unknown, u"outcome unknown: it may have been written; look before repeating it"_s},
        {InternalError, u"internal error"_s},
        {Interrupted, u"interrupted"_s},
        {Terminated, u"terminated"_s},
    };
}

void describeVerbs(CLI::App &app)
{
    for (const Group &group : groups) {
        for (CLI::App *verb : verbsOf(app)) {
            const bool isIn =
                std::any_of(group.verbs.begin(), group.verbs.end(),
                            [verb](const char *name) { return verb->get_name() == name; });
            if (isIn)
                verb->group(group.title);
        }
    }
    for (CLI::App *verb : verbsOf(app))
        describe(*verb);
    app.footer("\n`hubkeeper-cli help VERB` shows options and examples of a verb.");
}

void addHelp(CLI::App &app, Run &chosen)
{
    addVerb(app, "help", "Show the help of a verb", chosen, [&app](CLI::App &verb) {
        auto path = std::make_shared<std::vector<std::string>>();
        verb.add_option("VERB", *path, "The verb, as in: help journal revert");
        verb.prefix_command(false);
        return Run([&app, path](Services &services) { return runHelp(app, *path, services); });
    });
}

} // namespace hubkeeper::cli
