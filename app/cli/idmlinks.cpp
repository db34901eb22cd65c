// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "counttext.h"
#include "idmserver.h"
#include "options.h"
#include "serverwritetext.h"
#include "session/idm/deploy.h"
#include "session/idm/linkrepair.h"
#include "waiting.h"

#include <QFile>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct LinkArguments
{
    ServerOptions server;
    std::string mapping;
    std::string run; ///< Whose FOUND_ALREADY_LINKED count.
    std::string plan; ///< Write the plan here.
    std::string file; ///< A plan, or a roll-back file.
    std::string note;
    bool all = false;
    bool withoutSides = false;
    bool dryRun = false;
    WriteConsent consent;
};

QJsonObject linkJson(const ServerLink &link)
{
    return serverLinkJson(link);
}

QJsonObject linkJson(const FaultyLink &one)
{
    QJsonObject json {{u"fault"_s, nameOf(one.fault)},
                      {u"message"_s, textOf(one.fault)},
                      {u"link"_s, linkJson(one.link)}};
    if (!one.other.isEmpty())
        json.insert(u"other"_s, one.other);
    return json;
}

QJsonArray linkJson(const QList<FaultyLink> &faulty)
{
    QJsonArray list;
    for (const FaultyLink &one : faulty)
        list.append(linkJson(one));
    return list;
}

QJsonObject linkJson(const LinkSurvey &survey, bool all)
{
    QJsonObject json {{u"mapping"_s, survey.use.mapping},
                      {u"linkType"_s, survey.use.type},
                      {u"source"_s, survey.use.source},
                      {u"target"_s, survey.use.target},
                      {u"reversed"_s, survey.use.isReversed},
                      {u"count"_s, qint64(survey.links.size())},
                      {u"faulty"_s, linkJson(survey.faulty)},
                      {u"notCompared"_s, QJsonArray::fromStringList(survey.notCompared)}};
    if (all) {
        QJsonArray links;
        for (const ServerLink &link : survey.links)
            links.append(linkJson(link));
        json.insert(u"links"_s, links);
    }
    return json;
}

QStringList linkCells(const ServerLink &link, const LinkUse &use)
{
    const QString none = u"null"_s;
    return {use.sourceId(link).value_or(none), use.targetId(link).value_or(none), link.qualifier};
}

void printFaulty(const QList<FaultyLink> &faulty, const LinkUse &use, Output &output)
{
    QList<QStringList> table {{u"FAULT"_s, u"SOURCE"_s, u"TARGET"_s, u"QUALIFIER"_s, u"WHAT"_s}};
    for (const FaultyLink &one : faulty) {
        const QString wanted = one.other.isEmpty() ? QString() : u" It is %1."_s.arg(one.other);
        table.append(QStringList {nameOf(one.fault)} + linkCells(one.link, use)
                     + QStringList {textOf(one.fault) + wanted});
    }
    if (table.size() > 1)
        output.table(table);
}

void printSurvey(const LinkSurvey &survey, const LinkArguments &arguments, Output &output)
{
    output.line(u"%1: %2 of %3 and %4%5"_s.arg(
        survey.use.mapping, countText(survey.links.size(), "link"_L1, "links"_L1),
        survey.use.source, survey.use.target,
        survey.use.type == survey.use.mapping ? QString()
                                              : u", which are those of "_s + survey.use.type));
    for (const QString &sentence : survey.notCompared)
        output.message(u"Not compared: "_s + sentence);
    if (arguments.all) {
        QList<QStringList> table {{u"SOURCE"_s, u"TARGET"_s, u"QUALIFIER"_s}};
        for (const ServerLink &link : survey.links)
            table.append(linkCells(link, survey.use));
        output.table(table);
    }
    if (survey.faulty.isEmpty())
        output.line(
            arguments.withoutSides
                ? u"No link is at fault by itself; whether its objects exist was not looked "
                  "at."_s
                : u"No link is at fault."_s);
    else
        output.line(u"At fault: %1"_s.arg(survey.faulty.size()));
    printFaulty(survey.faulty, survey.use, output);
}

Result<LinkSurvey> survey(ServerSession &session, const LinkArguments &arguments, bool looksTwice,
                          Services &services)
{
    LinkQuestion question;
    question.mapping = QString::fromStdString(arguments.mapping);
    question.runId = QString::fromStdString(arguments.run);
    question.looksForOrphans = !arguments.withoutSides;
    question.looksTwice = looksTwice;
    Call<LinkSurvey> *reading = surveyLinks(session, question, &services.calls);
    QObject::connect(reading, &CallBase::progressed, reading, [&services](qint64 done, qint64) {
        services.output.progress(u"%1 read"_s.arg(done));
    });
    return waitFor(reading, services.interrupt);
}

int runListLinks(const LinkArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.server, services);
    if (!session)
        return services.output.failure(session.error());
    const auto found = survey(**session, arguments, false, services);
    if (!found)
        return services.output.failure(found.error());
    if (services.output.json)
        services.output.result(linkJson(*found, arguments.all));
    else
        printSurvey(*found, arguments, services.output);
    return found->faulty.isEmpty() && found->notCompared.isEmpty() ? Done : Findings;
}

/// Read from a file that somebody has reviewed.
Result<LinkPlan> planIn(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QFile::ReadOnly))
        return fail(ErrorKind::NotFound, u"%1 cannot be read."_s.arg(file.fileName()));
    return linkPlanFrom(file.readAll());
}

/// From what the server has now. Links that keep a target from another source are only in it when a
/// run was named.
Result<LinkPlan> planNow(ServerSession &session, const LinkArguments &arguments, Services &services)
{
    return survey(session, arguments, true, services).map([&](const LinkSurvey &found) {
        for (const QString &sentence : found.notCompared)
            services.output.message(u"Not compared: "_s + sentence);
        if (!services.output.json)
            printFaulty(found.faulty, found.use, services.output);
        return LinkPlan {session.server().id, session.server().label, found.use.mapping,
                         found.faulty};
    });
}

QJsonObject linkJson(const LinkRepairReport &reportRepair)
{
    QJsonArray rows;
    for (const ServerWriteProof &one : reportRepair.written.writes)
        rows.append(QJsonObject {{u"label"_s, one.row.label},
                                 {u"id"_s, one.row.recordId},
                                 {u"outcome"_s, one.outcome},
                                 {u"message"_s, one.row.message}});
    return {{u"run"_s, reportRepair.written.run},
            {u"rollbackFile"_s, reportRepair.rollbackFile},
            {u"applied"_s, reportRepair.written.count(outcome::applied)},
            {u"rows"_s, rows}};
}

int reportRepair(const LinkRepairReport &done, const LinkPlan &plan, const QString &word,
                 Services &services)
{
    Output &output = services.output;
    complainOf(done.written, output);
    if (output.json) {
        output.result(linkJson(done));
    } else {
        output.line(u"Links %3: %1 of %2 (run %4)."_s.arg(done.written.count(outcome::applied))
                        .arg(plan.links.size())
                        .arg(word, done.written.run));
        if (!done.rollbackFile.isEmpty())
            output.line(u"What was there before: "_s + done.rollbackFile);
    }
    return exitCodeOf(done.written, done.planned);
}

/// What a repair would do; written to a file if one is named.
int showPlan(const LinkPlan &plan, const LinkArguments &arguments, Output &output)
{
    const QString path = QString::fromStdString(arguments.plan);
    if (!path.isEmpty()) {
        if (const auto saved = saveFile(path, textOf(plan), FileMode::KeepOrPrivate); !saved)
            return output.failure(saved.error());
    }
    if (output.json)
        output.result(QJsonObject {
            {u"plan"_s,
             QJsonObject {{u"mapping"_s, plan.mapping}, {u"links"_s, linkJson(plan.links)}}}});
    else if (plan.links.isEmpty())
        output.message(u"Nothing to do: no link is at fault."_s);
    else
        output.message(
            path.isEmpty()
                ? u"Nothing was sent: a dry run."_s
                : u"Nothing was sent. The plan is in %1; carry it out with --apply."_s.arg(path));
    return Done;
}

enum class LinkWork { Repair, Restore };

/// Asks, and does it.
int carryOutLinks(const LinkPlan &plan, LinkWork work, const LinkArguments &arguments,
                  ServerSession &session, Services &services)
{
    Output &output = services.output;
    const bool deletes = work == LinkWork::Repair;
    const QString question =
        (deletes ? u"Delete links of %2 on %3 (%1)?"_s : u"Restore links of %2 on %3 (%1)?"_s)
            .arg(plan.links.size())
            .arg(plan.mapping, session.server().label);
    const QString preview = deletes ? u"--dry-run"_s : u"idm links list"_s;
    const auto agreed =
        agreeToWrite(session.server(), question, arguments.consent, preview, services);
    if (!agreed)
        return output.failure(agreed.error());
    const auto journal =
        waitFor(openJournal(services.session(), &services.calls), services.interrupt);
    if (!journal)
        return output.failure(journal.error());
    const QString note = QString::fromStdString(arguments.note);
    const auto done =
        outcomeOf(deletes ? repairLinks(session, services.session(), *journal, plan, note,
                                        &Interrupt::wasRequested, &services.calls)
                          : restoreLinks(session, services.session(), *journal, plan, note,
                                         &Interrupt::wasRequested, &services.calls),
                  services.interrupt);
    if (!done)
        return output.failure(done.error());
    return reportRepair(*done, plan, deletes ? u"deleted"_s : u"restored"_s, services);
}

int runRepair(const LinkArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.server, services);
    if (!session)
        return services.output.failure(session.error());
    const auto plan =
        arguments.file.empty() ? planNow(**session, arguments, services) : planIn(arguments.file);
    if (!plan)
        return services.output.failure(plan.error());
    if (const auto checked = checkPlan(*plan, (*session)->server()); !checked)
        return services.output.failure(checked.error());
    if (plan->links.isEmpty() || arguments.dryRun || !arguments.plan.empty())
        return showPlan(*plan, arguments, services.output);
    return carryOutLinks(*plan, LinkWork::Repair, arguments, **session, services);
}

int runRestore(const LinkArguments &arguments, Services &services)
{
    const auto plan = planIn(arguments.file);
    if (!plan)
        return services.output.failure(plan.error());
    const auto session = openFor(arguments.server, services);
    if (!session)
        return services.output.failure(session.error());
    if (const auto checked = checkPlan(*plan, (*session)->server()); !checked)
        return services.output.failure(checked.error());
    return carryOutLinks(*plan, LinkWork::Restore, arguments, **session, services);
}

void addSurveyOptions(CLI::App &verb, LinkArguments &arguments, bool needsMapping)
{
    verb.add_option("MAPPING", arguments.mapping, "The mapping whose links are meant")
        ->required(needsMapping);
    verb.add_option("--run", arguments.run,
                    "Also the links that kept a target from a source of this run: its entries of "
                    "FOUND_ALREADY_LINKED");
    verb.add_flag("--without-orphans", arguments.withoutSides,
                  "Do not read both sides: only links without a source or a target, and those of "
                  "--run");
    arguments.server.addTo(verb);
}

} // namespace

void addIdmLinkCommands(CLI::App &idm, Run &chosen)
{
    CLI::App *group = idm.add_subcommand("links", "The links between sources and targets");
    group->require_subcommand(1);
    group->fallthrough();
    addVerb(*group, "list", "The links of a mapping, and which are at fault", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<LinkArguments>();
                addSurveyOptions(verb, *arguments, true);
                verb.add_flag("--all", arguments->all, "Every link, not only those at fault");
                return Run(
                    [arguments](Services &services) { return runListLinks(*arguments, services); });
            });
    addIdmLinksOfCommand(*group, chosen);
    addVerb(*group, "repair", "Delete the links that are at fault", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<LinkArguments>();
        addSurveyOptions(verb, *arguments, false);
        verb.add_option("--plan", arguments->plan, "Write what would be deleted to a file instead")
            ->type_name(fileArgument);
        verb.add_option("--apply", arguments->file, "Delete exactly the links of such a file")
            ->type_name(fileArgument);
        verb.add_option("--note", arguments->note, "Why, for the journal");
        verb.add_flag("--dry-run", arguments->dryRun, "Show what would be deleted");
        arguments->consent.addTo(verb);
        return Run([arguments](Services &services) -> int {
            if (arguments->mapping.empty() && arguments->file.empty())
                return services.output.failure(fail(ErrorKind::InvalidInput,
                                                    u"There is neither a mapping nor a plan."_s,
                                                    u"Name a mapping, or a plan with --apply."_s)
                                                   .value());
            return runRepair(*arguments, services);
        });
    });
    addVerb(*group, "restore", "Restore the links of a roll-back file", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<LinkArguments>();
        verb.add_option("FILE", arguments->file, "The roll-back file of a repair")
            ->required()
            ->type_name(fileArgument);
        verb.add_option("--note", arguments->note, "Why, for the journal");
        arguments->consent.addTo(verb);
        arguments->server.addTo(verb);
        return Run([arguments](Services &services) { return runRestore(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
