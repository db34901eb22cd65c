// SPDX-License-Identifier: MIT
#include "commands.h"
#include "differencetext.h"
#include "idmprovisioner.h"
#include "options.h"
#include "serverwritetext.h"
#include "session/idm/deploy.h"
#include "session/idm/linkrollback.h"
#include "session/idm/rollback.h"
#include "session/idm/seenconfig.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct DeployArguments
{
    FileOnServer what;
    std::string secrets; ///< Empty: as they are.
    std::string note;
    WriteConsent consent;
    bool dryRun = false;
    bool withoutTest = false;
    ConnectorWait wait;
};

SecretChoice choiceFrom(const std::string &word)
{
    return word == "server"  ? SecretChoice::KeepServers
        : word == "keychain" ? SecretChoice::FromKeychain
                             : SecretChoice::AsTheyAre;
}

QJsonObject deployJson(const DeployPlan &plan)
{
    QJsonArray changes;
    if (plan.difference) {
        for (const MeaningChange &change : plan.difference->changes)
            changes.append(cli::asJson(change));
    }
    QJsonObject secrets;
    for (const auto &[name, source] : plan.secrets)
        secrets.insert(name, nameOf(source));
    return {{u"id"_s, plan.id},
            {u"isNew"_s, !plan.seen},
            {u"changes"_s, changes},
            {u"secrets"_s, secrets},
            {u"obstacles"_s, cli::asJson(plan.obstacles)},
            {u"bundle"_s, nameOf(plan.bundle.state)}};
}

void showDeployment(const DeployPlan &plan, Output &output)
{
    showDifference(plan.difference, plan.obstacles, plan.id, output);
    for (const auto &[name, source] : plan.secrets) {
        switch (source) {
        case DeployedSecret::File:
            output.line(u"%1: from the file; the server encrypts it."_s.arg(name));
            break;
        case DeployedSecret::Keychain:
            output.line(u"%1: from the keychain; the server encrypts it."_s.arg(name));
            break;
        case DeployedSecret::Server:
            output.line(u"%1: what the server has stays."_s.arg(name));
            break;
        case DeployedSecret::Substitution:
            output.line(u"%1: a substitution, which the server replaces."_s.arg(name));
            break;
        case DeployedSecret::Nowhere:
            output.message(u"%1: nowhere; the connector cannot log in without it."_s.arg(name));
            break;
        }
    }
    output.line(plan.bundle.detail);
}

/// What others have changed on the server.
void showChangedSince(const DeployPlan &plan, const Server &server, Services &services)
{
    const auto since = plan.seen ? changedSinceDeployed(server, *plan.seen, services.paths)
                                 : std::optional<DeployDifference>();
    if (!since || since->isSame())
        return;
    QStringList places;
    for (const MeaningChange &change : since->changes)
        places.append(change.pointer);
    services.output.message(u"Changed on the server since it was last deployed from here: %1"_s.arg(
        places.join(u", "_s)));
}

QJsonObject deployJson(const DeployReport &report)
{
    return {{u"run"_s, report.written.run},
            {u"rollbackFile"_s, report.rollbackFile},
            {u"different"_s, QJsonArray::fromStringList(report.written.different)},
            {u"testedBefore"_s, report.tested.has_value()},
            {u"active"_s, report.activation.isActive},
            {u"explanation"_s, report.activation.explanation()}};
}

QString sentenceOf(const Activation &activation, const QString &name)
{
    if (activation.isActive)
        return u"The connector %1 is active."_s.arg(name);
    const QString what = activation.isAwaited
        ? u"The connector %1 is not active: %2"_s
        : u"Whether the connector %1 works is not known: %2"_s;
    return what.arg(name, activation.explanation());
}

int activationCode(const Activation &activation)
{
    return activation.isAsWanted() ? Done : Findings;
}

void showDeployment(const DeployReport &report, const DeployPlan &plan, Output &output)
{
    output.line(u"%1 is written (run %2)."_s.arg(plan.id, report.written.run));
    if (!report.whyNotTested.isEmpty())
        output.message(u"Not tested before: "_s + report.whyNotTested);
    if (!report.rollbackFile.isEmpty())
        output.line(u"What was there before: "_s + report.rollbackFile);
    if (!report.written.different.isEmpty())
        output.message(u"The server has other values than were sent at: %1"_s.arg(
            report.written.different.join(u", "_s)));
    output.line(sentenceOf(report.activation, plan.name));
}

int runDeploy(const DeployArguments &arguments, Services &services)
{
    Output &output = services.output;
    const auto file = provisionerIn(arguments.what.file, services);
    if (!file)
        return output.failure(file.error());
    const auto session = openFor(arguments.what, services);
    if (!session)
        return output.failure(session.error());
    ConnectOptions connect;
    connect.file = arguments.what.file;
    const auto connection = connectionFor(connect, services);
    if (!connection)
        return output.failure(connection.error());
    const auto plan = waitFor(planDeploy(**session, services.keychain,
                                         {*file, arguments.what.configId(),
                                          choiceFrom(arguments.secrets), connection->id},
                                         &services.calls),
                              services.interrupt);
    if (!plan)
        return output.failure(plan.error());
    if (!output.json) {
        showDeployment(*plan, output);
        showChangedSince(*plan, (*session)->server(), services);
    }
    if (const auto refusal = plan->refusal())
        return output.failure(*refusal, Refused, output.json ? deployJson(*plan) : QJsonObject());
    if (plan->isSame() || arguments.dryRun) {
        if (output.json)
            output.result(QJsonObject {{u"plan"_s, deployJson(*plan)}});
        else
            output.message(arguments.dryRun ? u"Nothing was sent: a dry run."_s
                                            : u"Nothing to do: the server has it already."_s);
        return Done;
    }
    const Server &server = (*session)->server();
    const QString question = u"Write %1 to %2?"_s.arg(plan->id, server.label);
    const auto agreed = agreeToWrite(server, question, arguments.consent, u"idm diff"_s, services);
    if (!agreed)
        return output.failure(agreed.error());
    const auto journal =
        waitFor(openJournal(services.session(), &services.calls), services.interrupt);
    if (!journal)
        return output.failure(journal.error());
    DeployOptions options;
    options.note = QString::fromStdString(arguments.note);
    options.testsFirst = !arguments.withoutTest;
    options.wait = arguments.wait.asWait();
    const auto report =
        outcomeOf(deploy(**session, services.session(), *journal, *plan, options, &services.calls),
                  services.interrupt);
    if (!report)
        return output.failure(report.error());
    Result<void> kept;
    if (report->written.now)
        kept = rememberDeployed(server, *report->written.now, services.paths);
    if (!kept)
        output.complain(kept.error());
    if (output.json)
        output.result(
            QJsonObject {{u"plan"_s, deployJson(*plan)}, {u"deployed"_s, deployJson(*report)}});
    else
        showDeployment(*report, *plan, output);
    const int code = activationCode(report->activation);
    return kept || code != Done ? code : int(exitCodeFor(kept.error().kind));
}

struct RollbackArguments
{
    ServerOptions server;
    std::string run;
    WriteConsent consent;
    ConnectorWait wait;
};

int reportRollback(const QString &id, bool deleted, const RollbackReport &report, Output &output)
{
    const QString &run = report.written.run;
    const bool isConnector = !report.connector.isEmpty();
    if (output.json) {
        QJsonObject result {{u"id"_s, id},
                            {u"run"_s, run},
                            {u"deleted"_s, deleted},
                            {u"different"_s, QJsonArray::fromStringList(report.written.different)}};
        if (isConnector)
            result.insert(u"active"_s, report.activation.isActive);
        output.result(result);
    } else if (run.isEmpty()) {
        output.message(u"Nothing to do: %1 is as it was before the run."_s.arg(id));
    } else {
        output.line(deleted ? u"%1 is deleted (run %2)."_s.arg(id, run)
                            : u"%1 is as it was before (run %2)."_s.arg(id, run));
        if (isConnector)
            output.line(sentenceOf(report.activation, report.connector));
    }
    return isConnector ? activationCode(report.activation) : Done;
}

/// What is wrong with another run is said by who takes it back.
bool isOfLinks(const QString &run, Journal &journal, Services &services)
{
    const auto record = waitFor(journal.readRun(run, &services.calls), services.interrupt);
    return record && wroteLinks(*record);
}

/// Of a run that wrote links.
int takeLinksBack(const RollbackArguments &arguments, ServerSession &session,
                  const std::shared_ptr<Journal> &journal, Services &services)
{
    Output &output = services.output;
    const auto plan = waitFor(
        planLinkRollback(session, journal, QString::fromStdString(arguments.run), &services.calls),
        services.interrupt);
    if (!plan)
        return output.failure(plan.error());
    if (!plan->writes.isEmpty()) {
        const QString question =
            u"Put links on %2 back as they were before the run (%1)?"_s.arg(plan->writes.size())
                .arg(session.server().label);
        const auto agreed = agreeToWrite(session.server(), question, arguments.consent,
                                         u"journal show"_s, services);
        if (!agreed)
            return output.failure(agreed.error());
    }
    const auto done =
        outcomeOf(rollBackLinks(session, services.session(), journal, *plan, &services.calls),
                  services.interrupt);
    if (!done)
        return output.failure(done.error());
    complainOf(done->written, output);
    const int applied = done->written.count(outcome::applied);
    if (output.json)
        output.result(QJsonObject {{u"id"_s, u"repo/link"_s},
                                   {u"run"_s, done->written.run},
                                   {u"deleted"_s, false},
                                   {u"links"_s, applied},
                                   {u"different"_s, QJsonArray()}});
    else if (done->written.writes.empty())
        output.message(u"Nothing to do: the links are as they were before the run."_s);
    else
        output.line(u"Links as they were before: %1 of %2 (run %3)."_s.arg(applied)
                        .arg(done->planned)
                        .arg(done->written.run));
    return exitCodeOf(done->written, done->planned);
}

/// Puts back what a run of the journal found on the server.
int runRollback(const RollbackArguments &arguments, Services &services)
{
    Output &output = services.output;
    const auto session = openFor(arguments.server, services);
    if (!session)
        return output.failure(session.error());
    const auto journal =
        waitFor(openJournal(services.session(), &services.calls), services.interrupt);
    if (!journal)
        return output.failure(journal.error());
    const Server &server = (*session)->server();
    const QString run = QString::fromStdString(arguments.run);
    if (isOfLinks(run, **journal, services))
        return takeLinksBack(arguments, **session, *journal, services);
    const auto plan =
        waitFor(planRollback(**session, *journal, run, &services.calls), services.interrupt);
    if (!plan)
        return output.failure(plan.error());
    const QString id = plan->row.recordId;
    if (!plan->write)
        return reportRollback(id, false, {}, output);
    const QString question = plan->write->deletes
        ? u"Delete %1 on %2, as before the run?"_s.arg(id, server.label)
        : u"Put %1 on %2 back as it was before the run?"_s.arg(id, server.label);
    const auto agreed = agreeToWrite(server, question, arguments.consent, u"idm diff"_s, services);
    if (!agreed)
        return output.failure(agreed.error());
    const auto outcome = outcomeOf(rollBack(**session, services.session(), *journal, *plan,
                                            arguments.wait.asWait(), &services.calls),
                                   services.interrupt);
    if (!outcome)
        return output.failure(outcome.error());
    return reportRollback(id, plan->write->deletes, *outcome, output);
}

} // namespace

void addIdmDeployCommands(CLI::App &idm, Run &chosen)
{
    addVerb(idm, "deploy", "Bring a provisioner to a server, and see it work", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<DeployArguments>();
                arguments->what.addTo(verb, true);
                addWords(verb, "--secrets", arguments->secrets, {"server", "keychain"},
                         "Where its secrets come from; if nothing is said: the file, else what "
                         "the server has, else the keychain");
                verb.add_option("--note", arguments->note, "Why, for the journal");
                verb.add_flag("--without-test", arguments->withoutTest,
                              "Do not have the server test it before");
                arguments->wait.addTo(verb);
                verb.add_flag("--dry-run", arguments->dryRun, "Show what would be sent");
                arguments->consent.addTo(verb);
                return Run(
                    [arguments](Services &services) { return runDeploy(*arguments, services); });
            });
    addVerb(idm, "rollback", "Put back what a run found on the server", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<RollbackArguments>();
        verb.add_option("RUN", arguments->run, "The run, as `journal list --all` names it")
            ->required();
        arguments->server.addTo(verb);
        arguments->wait.addTo(verb);
        arguments->consent.addTo(verb);
        return Run([arguments](Services &services) { return runRollback(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
