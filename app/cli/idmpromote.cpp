// SPDX-License-Identifier: MIT
#include "commands.h"
#include "differencetext.h"
#include "idmprovisioner.h"
#include "options.h"
#include "provisioner/project/projectfile.h"
#include "session/idm/deploy.h"
#include "session/idm/promotion.h"
#include "waiting.h"

#include <QDir>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct PromoteArguments
{
    std::string from;
    std::string to;
    std::vector<std::string> ids;
    std::string file; ///< Whose connection has the secrets.
    std::string secrets;
    std::string note;
    double timeLimit = 0;
    bool dryRun = false;
    WriteConsent consent;
    bool withoutTest = false;
};

/// Both ends, open.
struct Ends
{
    std::shared_ptr<ServerSession> from;
    std::shared_ptr<ServerSession> to;
};

Result<Ends> openBoth(const PromoteArguments &arguments, Services &services)
{
    ServerOptions from;
    from.server = arguments.from;
    from.timeLimit = arguments.timeLimit;
    ServerOptions to;
    to.server = arguments.to;
    Ends ends;
    return openFor(from, services)
        .and_then([&](const std::shared_ptr<ServerSession> &session) {
            ends.from = session;
            return openFor(to, services);
        })
        .map([&](const std::shared_ptr<ServerSession> &session) {
            ends.to = session;
            return ends;
        });
}

/// The rules of the project, and where secrets come from.
Result<PromotionWish> promotionWishOf(const PromoteArguments &arguments, Services &services)
{
    PromotionWish wish;
    wish.secrets = arguments.secrets == "server" ? SecretChoice::KeepServers
        : arguments.secrets == "keychain"        ? SecretChoice::FromKeychain
                                                 : SecretChoice::AsTheyAre;
    const auto project = findProjectFile(QDir::currentPath());
    if (!project)
        return tl::unexpected(project.error());
    if (*project)
        wish.rules = (*project)->promotion;
    if (arguments.file.empty() && arguments.secrets == "keychain")
        return fail(ErrorKind::InvalidInput, u"It is not said whose secrets are meant."_s,
                    u"Name the provisioner that they were stored for with --connection."_s);
    if (arguments.file.empty())
        return wish;
    ConnectOptions connect;
    connect.file = arguments.file;
    return connectionFor(connect, services).map([&wish](const Connection &connection) {
        wish.connection = connection.id;
        return wish;
    });
}

QString idOf(const std::string &given)
{
    const QString id = QString::fromStdString(given);
    return id.contains(u'/') ? id : u"mapping/"_s + id;
}

QJsonObject promotionJson(const PromotionPlan &plan)
{
    const auto &difference = plan.deploy ? plan.deploy->difference : plan.difference;
    QJsonArray changes;
    if (difference) {
        for (const MeaningChange &change : difference->changes)
            changes.append(cli::asJson(change));
    }
    const auto &obstacles = plan.deploy ? plan.deploy->obstacles : plan.change->obstacles;
    return {{u"id"_s, plan.id},
            {u"isNew"_s, !difference},
            {u"changes"_s, changes},
            {u"kept"_s, QJsonArray::fromStringList(plan.object.kept)},
            {u"given"_s, QJsonArray::fromStringList(plan.object.given)},
            {u"missing"_s, QJsonArray::fromStringList(plan.object.missing)},
            {u"skipped"_s, QJsonArray::fromStringList(plan.object.skipped)},
            {u"obstacles"_s, cli::asJson(obstacles)}};
}

/// Places of the project file that none of the objects has: misspelt, as a rule.
QStringList usedByNone(const QList<PromotionPlan> &plans)
{
    QStringList places = plans.first().object.skipped;
    for (const PromotionPlan &plan : plans)
        places.removeIf(
            [&plan](const QString &place) { return !plan.object.skipped.contains(place); });
    return places;
}

void showPromotion(const PromotionPlan &plan, Output &output)
{
    if (plan.deploy)
        showDifference(plan.deploy->difference, plan.deploy->obstacles, plan.id, output);
    else
        showDifference(plan.difference, plan.change->obstacles, plan.id, output);
    const auto list = [&output](const QString &what, const QStringList &places) {
        if (!places.isEmpty())
            output.line(what.arg(places.join(u", "_s)));
    };
    list(u"As the target has it: %1"_s, plan.object.kept);
    list(u"From the project file: %1"_s, plan.object.given);
    if (!plan.deploy)
        return;
    for (const auto &[name, source] : plan.deploy->secrets)
        output.line(u"%1: %2"_s.arg(name, nameOf(source)));
}

/// Sends one of them, as deploy and put do.
Result<QJsonObject> send(const PromotionPlan &plan, const PromoteArguments &arguments,
                         ServerSession &to, const std::shared_ptr<Journal> &journal,
                         Services &services)
{
    const QString note = QString::fromStdString(arguments.note);
    if (!plan.deploy)
        return outcomeOf(changeConfig(to, services.session(), journal, *plan.change, note,
                                      &services.calls),
                         services.interrupt)
            .map([&plan](const ConfigChangeReport &report) {
                return QJsonObject {{u"id"_s, plan.id},
                                    {u"run"_s, report.written.run},
                                    {u"rollbackFile"_s, report.rollbackFile},
                                    {u"active"_s, true}};
            });
    DeployOptions options;
    options.note = note;
    options.testsFirst = !arguments.withoutTest;
    return outcomeOf(
               deploy(to, services.session(), journal, *plan.deploy, options, &services.calls),
               services.interrupt)
        .map([&plan](const DeployReport &report) {
            return QJsonObject {{u"id"_s, plan.id},
                                {u"run"_s, report.written.run},
                                {u"rollbackFile"_s, report.rollbackFile},
                                {u"active"_s, report.activation.isActive}};
        });
}

/// All plans first: nothing is sent while one of them is refused.
Result<QList<PromotionPlan>> plansFor(const PromoteArguments &arguments, const Ends &ends,
                                      Services &services)
{
    const auto wish = promotionWishOf(arguments, services);
    if (!wish)
        return tl::unexpected(wish.error());
    QList<PromotionPlan> plans;
    for (const std::string &id : arguments.ids) {
        PromotionWish own = *wish;
        own.id = idOf(id);
        const auto plan =
            waitFor(planPromotion(*ends.from, *ends.to, services.keychain, own, &services.calls),
                    services.interrupt);
        if (!plan)
            return tl::unexpected(plan.error());
        if (!services.output.json)
            showPromotion(*plan, services.output);
        plans.append(*plan);
    }
    return plans;
}

/// What became of the plans: those that were sent, also if a later one failed.
struct PromotedPlans
{
    QJsonArray done;
    bool areActive = true;
    std::optional<Error> failure;
};

/// Sends the plans one after the other. Of several mappings in one list each is planned anew, by
/// what the list is then.
PromotedPlans sendAll(const QList<PromotionPlan> &plans, const PromoteArguments &arguments,
                      const Ends &ends, const PromotionWish &wish, Services &services)
{
    PromotedPlans sent;
    const auto failed = [&sent](const Error &error) {
        sent.failure = error;
        return sent;
    };
    const auto journal =
        waitFor(openJournal(services.session(), &services.calls), services.interrupt);
    if (!journal)
        return failed(journal.error());
    for (const PromotionPlan &first : plans) {
        PromotionPlan plan = first;
        if (!first.deploy && !sent.done.isEmpty()) {
            PromotionWish own = wish;
            own.id = first.id;
            const auto again = waitFor(
                planPromotion(*ends.from, *ends.to, services.keychain, own, &services.calls),
                services.interrupt);
            if (!again)
                return failed(again.error());
            plan = *again;
        }
        if (plan.isSame())
            continue;
        const auto one = send(plan, arguments, *ends.to, *journal, services);
        if (!one)
            return failed(one.error());
        sent.done.append(*one);
        sent.areActive = sent.areActive && (*one)["active"_L1].toBool();
        services.output.message(u"%1 is on %2 (run %3)."_s.arg(plan.id, ends.to->server().label,
                                                               (*one)["run"_L1].toString()));
    }
    return sent;
}

/// Asks, and sends what is planned.
Result<PromotedPlans> sendIfAgreed(const QList<PromotionPlan> &plans,
                                   const PromoteArguments &arguments, const Ends &ends,
                                   Services &services)
{
    const Server &to = ends.to->server();
    const QString question =
        u"Bring this from %1 to %2?"_s.arg(ends.from->server().label, to.label);
    const auto agreed = agreeToWrite(to, question, arguments.consent, u"--dry-run"_s, services);
    if (!agreed)
        return tl::unexpected(agreed.error());
    return promotionWishOf(arguments, services).map([&](const PromotionWish &wish) {
        return sendAll(plans, arguments, ends, wish, services);
    });
}

int runPromote(const PromoteArguments &arguments, Services &services)
{
    Output &output = services.output;
    const auto ends = openBoth(arguments, services);
    if (!ends)
        return output.failure(ends.error());
    const auto plans = plansFor(arguments, *ends, services);
    if (!plans)
        return output.failure(plans.error());
    if (const QStringList unused = usedByNone(*plans); !unused.isEmpty())
        output.message(u"Not used, since neither server has it: %1"_s.arg(unused.join(u", "_s)));
    QJsonArray planned;
    bool isSame = true;
    for (const PromotionPlan &plan : *plans) {
        planned.append(promotionJson(plan));
        isSame = isSame && plan.isSame();
    }
    QJsonObject answer {{u"plans"_s, planned}, {u"promoted"_s, QJsonArray()}};
    for (const PromotionPlan &plan : *plans) {
        if (const auto refusal = plan.refusal())
            return output.failure(*refusal, Refused, answer);
    }
    if (isSame || arguments.dryRun) {
        output.message(arguments.dryRun ? u"Nothing was sent: a dry run."_s
                                        : u"Nothing to do: both servers have the same."_s);
        if (output.json)
            output.result(answer);
        return Done;
    }
    const auto sent = sendIfAgreed(*plans, arguments, *ends, services);
    if (!sent)
        return output.failure(sent.error(), exitCodeFor(sent.error().kind), answer);
    answer.insert(u"promoted"_s, sent->done);
    if (sent->failure)
        return output.failure(
            *sent->failure, sent->done.isEmpty() ? exitCodeFor(sent->failure->kind) : AppliedInPart,
            answer);
    if (output.json)
        output.result(answer);
    return sent->areActive ? Done : Findings;
}

} // namespace

void addIdmPromoteCommand(CLI::App &idm, Run &chosen)
{
    addVerb(idm, "promote", "Bring provisioners and mappings from one server to another", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<PromoteArguments>();
                verb.add_option("ID", arguments->ids,
                                "provisioner.openicf/NAME, or the name of a mapping")
                    ->required();
                verb.add_option("--from", arguments->from, "The server that has them")
                    ->required()
                    ->type_name(serverArgument);
                verb.add_option("--to", arguments->to, "The server that gets them")
                    ->required()
                    ->type_name(serverArgument);
                addWords(verb, "--secrets", arguments->secrets, {"server", "keychain"},
                         "Where the secrets come from; if nothing is said: what the target has, "
                         "else the keychain");
                verb.add_option("--connection", arguments->file,
                                "The provisioner file that the keychain's secrets were stored for")
                    ->type_name(fileArgument);
                verb.add_option("--note", arguments->note, "Why, for the journal");
                verb.add_flag("--without-test", arguments->withoutTest,
                              "Do not have the target test it before");
                verb.add_flag("--dry-run", arguments->dryRun, "Show what would be sent");
                arguments->consent.addTo(verb);
                addTimeLimit(verb, arguments->timeLimit);
                return Run(
                    [arguments](Services &services) { return runPromote(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
