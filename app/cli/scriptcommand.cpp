// SPDX-License-Identifier: MIT
#include "base/compactjson.h"
#include "commands.h"
#include "consent.h"
#include "counttext.h"
#include "nextsteps.h"
#include "options.h"
#include "provisioner/document/document.h"
#include "provisioner/document/scriptactions.h"
#include "provisionerfiles.h"
#include "session/writing/runscript.h"
#include "session/writing/stagewrites.h"
#include "standardinput.h"
#include "waiting.h"

#include <QFileInfo>
#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct ScriptArguments
{
    ConnectOptions connect;
    std::string source;
    std::string file;
    std::string id;
    std::vector<std::string> arguments;
    double timeoutSeconds = 30;
    int memoryMegabytes = 256;
    bool dryRun = false;
    bool yes = false;
    std::string saveChanges; ///< Dry run: a change set file of what it would write.
};

struct ScriptSource
{
    QString language;
    QString text;
    QString name = {}; ///< For the journal; empty where it has none.
};

/// Of several actions with that id IDM takes the last.
Result<ScriptSource> actionOf(const ScriptArguments &arguments)
{
    const QString file = QString::fromStdString(arguments.connect.file);
    const auto document = Document::open(file);
    if (!document)
        return tl::unexpected(document.error());
    const QString id = QString::fromStdString(arguments.id);
    std::optional<ScriptAction> found;
    const QList<ScriptAction> actions = scriptActionsOf((*document)->text());
    for (const ScriptAction &action : actions) {
        if (action.id == id)
            found = action;
    }
    if (!found) {
        return fail(ErrorKind::NotFound, u"%1 has no system action \"%2\"."_s.arg(file, id),
                    u"Look at its systemActions for the scriptId."_s);
    }
    if (found->text.isEmpty() && !found->file.isEmpty()) {
        return fail(
            ErrorKind::InvalidInput,
            u"The script of \"%1\" is in %2, in IDM's project folder."_s.arg(id, found->file),
            u"Run it with --file."_s);
    }
    return ScriptSource {found->language, found->text, id};
}

Result<ScriptSource> scriptSourceOf(const ScriptArguments &arguments, Services &services)
{
    const auto given =
        int(!arguments.source.empty()) + int(!arguments.file.empty()) + int(!arguments.id.empty());
    if (given != 1) {
        return fail(ErrorKind::InvalidInput, u"One of --source, --file and --id is needed."_s);
    }
    if (!arguments.id.empty())
        return actionOf(arguments);
    const QString language = u"JavaScript"_s;
    if (!arguments.source.empty())
        return ScriptSource {language, QString::fromStdString(arguments.source)};
    const QString path = QString::fromStdString(arguments.file);
    return bytesOf(path, services).map([&](const QByteArray &bytes) {
        return ScriptSource {path.endsWith(".groovy"_L1) ? u"Groovy"_s : language,
                             QString::fromUtf8(bytes), QFileInfo(path).fileName()};
    });
}

/// k=v is a text; k:=JSON anything else.
Result<QJsonObject> globalsOf(const ScriptArguments &arguments)
{
    QJsonObject globals;
    for (const std::string &argument : arguments.arguments) {
        const QString text = QString::fromStdString(argument);
        const qsizetype equals = text.indexOf(u'=');
        const bool isJson = equals > 1 && text[equals - 1] == u':';
        if (equals < 1) {
            return fail(ErrorKind::InvalidInput, u"\"%1\" is not a name=value pair."_s.arg(text),
                        u"Use --arg name=text or --arg name:=JSON."_s);
        }
        if (!isJson) {
            globals.insert(text.left(equals), text.mid(equals + 1));
            continue;
        }
        QJsonParseError fault;
        const QByteArray list = '[' + text.mid(equals + 1).toUtf8() + ']';
        const QJsonArray value = QJsonDocument::fromJson(list, &fault).array();
        if (fault.error != QJsonParseError::NoError || value.size() != 1) {
            return fail(ErrorKind::InvalidInput,
                        u"The value of --arg %1 is not JSON."_s.arg(text.left(equals - 1)));
        }
        globals.insert(text.left(equals - 1), value[0]);
    }
    return globals;
}

QString verbOf(const CollectedWrite &write)
{
    switch (write.verb) {
    case CollectedWrite::Create:
        return u"create"_s;
    case CollectedWrite::Update:
        return u"update"_s;
    case CollectedWrite::Delete:
        return u"delete"_s;
    }
    Q_UNREACHABLE();
}

/// As IDM answers `_action=script` (idm-connector 1.6), with what was printed and collected.
QJsonObject scriptJson(const ScriptOutcome &outcome, bool dryRun, const QString &journalRun)
{
    QJsonObject answer {{u"actions"_s, QJsonArray {QJsonObject {{u"result"_s, outcome.result}}}},
                        {u"console"_s, QJsonArray::fromStringList(outcome.console)}};
    if (!journalRun.isEmpty())
        answer.insert(u"journalRun"_s, journalRun);
    if (!dryRun)
        return answer;
    QJsonArray writes;
    for (const CollectedWrite &write : outcome.writes) {
        writes.append(QJsonObject {{u"operation"_s, verbOf(write)},
                                   {u"objectClass"_s, write.objectClass},
                                   {u"_id"_s, write.uid},
                                   {u"attributes"_s, write.attributes}});
    }
    answer.insert(u"writes"_s, writes);
    return answer;
}

void reportScript(const ScriptOutcome &outcome, bool dryRun, Output &output)
{
    output.line(QString::fromUtf8(compactJson(outcome.result)));
    if (!dryRun)
        return;
    for (const CollectedWrite &write : outcome.writes) {
        const QString what =
            write.uid.isEmpty() ? write.objectClass : write.objectClass + u' ' + write.uid;
        output.message(
            u"would %1 %2 %3"_s
                .arg(verbOf(write), what, QString::fromUtf8(compactJson(write.attributes)))
                .trimmed());
    }
    output.message(u"Dry run: nothing was sent."_s);
}

/// The exit code of a script that failed: its own where it threw something of its own.
ExitCode scriptExitCode(const Error &error, bool threw)
{
    return threw && error.kind == ErrorKind::InvalidInput ? Findings : exitCodeFor(error.kind);
}

/// What CLI::Range lets through: not a number.
std::string faultOfSeconds(const std::string &text)
{
    const double seconds = QString::fromStdString(text).toDouble();
    return seconds >= 0.001 && seconds <= 86'400.0 ? std::string()
                                                   : "must be from 0.001 to 86400 seconds";
}

ScriptRequest scriptRequestOf(const ScriptArguments &arguments, const ScriptSource &source,
                              const QJsonObject &globals)
{
    ScriptRequest request;
    request.language = source.language;
    request.text = source.text;
    request.arguments = globals;
    request.timeLimit = std::chrono::milliseconds(qint64(arguments.timeoutSeconds * 1000));
    request.memoryLimit = arguments.memoryMegabytes;
    request.dryRun = arguments.dryRun;
    return request;
}

/// Whether it may write where the write mode asks first: nobody knows yet what it will write.
Result<bool> mayWrite(const Session &session, const ScriptArguments &arguments, Services &services)
{
    const bool asks = session.policyInForce().mode == WriteMode::Confirm && !arguments.yes
        && !arguments.dryRun && StandardInput::isTerminal();
    if (!asks)
        return arguments.yes;
    return askYes(u"May the script write to %1?"_s.arg(session.connection().label), services);
}

/// What a person at a command line can do about it.
Error withCommand(Error error, const Session &session, const ScriptArguments &arguments)
{
    if (error.kind != ErrorKind::Refused)
        return error;
    const QString file = QString::fromStdString(arguments.connect.file);
    if (session.policyInForce().limits.mode || session.policyInForce().limits.signatures)
        return error; // It says whom to ask.
    switch (session.policyInForce().mode) {
    case WriteMode::ReadOnly:
        error.remedy =
            u"To allow writes: `hubkeeper-cli connections set %1 --mode review`."_s.arg(file);
        break;
    case WriteMode::ReviewRequired:
        error.remedy = u"Run it with --dry-run --save-changes FILE, look at it with "
                       "`hubkeeper-cli changes show FILE`, then `hubkeeper-cli changes apply %1 "
                       "FILE`."_s.arg(file);
        break;
    case WriteMode::Confirm:
        error.remedy = u"Add --yes."_s;
        break;
    case WriteMode::Free:
        break;
    }
    return error;
}

/// Stages what a dry run would write, on the values the portal has now, and saves it. Gives what
/// JSON says of it.
Result<QJsonObject> saveChanges(Session &session, const ScriptArguments &arguments,
                                const ScriptOutcome &outcome, Services &services)
{
    const auto account = waitFor(session.account(&services.calls), services.interrupt);
    if (!account)
        return tl::unexpected(account.error());
    session.changes().setBinding({account->portalId, account->portalName, session.connection().id,
                                  session.connection().label});
    const auto staged =
        waitFor(stageWrites(session, outcome.writes, {}, &services.calls), services.interrupt);
    if (!staged)
        return tl::unexpected(staged.error());
    const QString path = QString::fromStdString(arguments.saveChanges);
    return waitFor(session.changes().saveAs(path, &services.calls), services.interrupt).map([&] {
        for (const QString &sentence : staged->left)
            services.output.message(u"Not in the change set: %1"_s.arg(sentence));
        services.output.message(
            u"Saved %1 to %2."_s.arg(countText(staged->staged, "change"_L1, "changes"_L1), path));
        services.output.message(nextSteps(arguments.connect.file, arguments.saveChanges));
        return QJsonObject {{u"path"_s, path},
                            {u"staged"_s, staged->staged},
                            {u"left"_s, QJsonArray::fromStringList(staged->left)}};
    });
}

/// The end of a script that succeeded.
int finishScript(Session &session, const ScriptArguments &arguments, const ScriptOutcome &outcome,
                 const QString &journalRun, Services &services)
{
    QJsonObject answer = scriptJson(outcome, arguments.dryRun, journalRun);
    if (!services.output.json)
        reportScript(outcome, arguments.dryRun, services.output);
    if (!arguments.saveChanges.empty()) {
        const auto saved = saveChanges(session, arguments, outcome, services);
        if (!saved)
            return services.output.failure(saved.error(), exitCodeFor(saved.error().kind), answer);
        answer.insert(u"changes"_s, *saved);
    }
    if (services.output.json)
        services.output.result(answer);
    const bool isRefused = arguments.dryRun && arguments.saveChanges.empty()
        && !outcome.writes.isEmpty() && session.policyInForce().mode == WriteMode::ReadOnly;
    if (!isRefused)
        return Done;
    services.output.message(
        u"The connection is read-only: without --dry-run these writes are refused."_s);
    return Refused; // As the run would.
}

/// A script that runs, and what it has left behind.
struct Ran
{
    Result<ScriptOutcome> outcome;
    bool threw = false;
    QString journalRun;
};

Ran runToEnd(Session &session, const ScriptRequest &request, ScriptRunOptions options,
             Services &services)
{
    Ran ran;
    options.recorded = [&ran](const QString &runId) { ran.journalRun = runId; };
    ScriptRun *run = runScript(session, request, options, &services.calls);
    if (!services.output.json) {
        QObject::connect(run, &ScriptRun::printed, run,
                         [&services](const QString &line) { services.output.message(line); });
    }
    run->onDone(run, [&ran, run](const auto &) { ran.threw = run->threw(); });
    ran.outcome = waitForWrites<ScriptOutcome>(run, session, services.interrupt);
    if (!ran.journalRun.isEmpty())
        services.output.message(u"Journal run %1"_s.arg(ran.journalRun));
    return ran;
}

int runScriptVerb(const ScriptArguments &arguments, Services &services)
{
    if (!arguments.saveChanges.empty() && !arguments.dryRun)
        return services.output.failure(
            fail(ErrorKind::InvalidInput, u"--save-changes needs --dry-run."_s).value());
    const auto source = scriptSourceOf(arguments, services);
    if (!source)
        return services.output.failure(source.error());
    const auto globals = globalsOf(arguments);
    if (!globals)
        return services.output.failure(globals.error());
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    ScriptRunOptions options;
    options.name = source->name;
    const auto may = mayWrite(**session, arguments, services);
    if (!may)
        return services.output.failure(may.error());
    options.confirmed = *may;
    if (!arguments.dryRun)
        warnOfJournal(**session, services.output);
    const Ran ran =
        runToEnd(**session, scriptRequestOf(arguments, *source, *globals), options, services);
    if (ran.outcome)
        return finishScript(**session, arguments, *ran.outcome, ran.journalRun, services);
    QJsonObject also;
    if (!ran.journalRun.isEmpty())
        also.insert(u"journalRun"_s, ran.journalRun);
    const Error error = withCommand(ran.outcome.error(), **session, arguments);
    return services.output.failure(error, scriptExitCode(error, ran.threw), also);
}

} // namespace

void addScriptCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "script", "Run a JavaScript on the connector", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<ScriptArguments>();
        arguments->connect.addFileTo(verb);
        arguments->connect.addPortalTo(verb);
        verb.add_option("--source", arguments->source, "The script itself");
        verb.add_option("--file", arguments->file, "A file that holds it")->type_name(fileArgument);
        verb.add_option("--id", arguments->id, "A system action of the provisioner");
        verb.add_option("--arg", arguments->arguments, "name=text or name:=JSON, a global each")
            ->take_all()
            ->allow_extra_args(false);
        CLI::Validator seconds(faultOfSeconds, "");
        verb.add_option("--timeout", arguments->timeoutSeconds, "How long it may take")
            ->check(seconds)
            ->type_name("SECONDS");
        verb.add_option("--memory", arguments->memoryMegabytes, "Megabytes its process may take")
            ->check(CLI::Range(64, 65'536));
        verb.add_flag("--dry-run", arguments->dryRun, "Collect writes instead of sending them");
        verb.add_option("--save-changes", arguments->saveChanges,
                        "With --dry-run: save what it would write as a change set file")
            ->type_name(fileArgument);
        verb.add_flag("--yes", arguments->yes, "Let it write where the write mode asks first");
        return Run([arguments](Services &services) { return runScriptVerb(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
