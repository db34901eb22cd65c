// SPDX-License-Identifier: MIT
#include "commands.h"
#include "options.h"
#include "practice/practiceconnection.h"
#include "practice/server/practiceportal.h"
#include "practice/snapshotportal.h"
#include "practice/state/switches.h"
#include "practiceidm.h"
#include "waiting.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct PracticeArguments
{
    int port = 0;
    int contacts = 2000;
    int companies = 500;
    unsigned seed = 1;
    std::string snapshot;
    qint64 portalId = 0;
    std::string name;
    int latencyMs = 0;
    int indexDelayMs = 2000;
    std::string certificate;
    std::string key;
    std::string provisioner;
    std::vector<std::string> faults;
    std::vector<std::string> switches;
    std::vector<std::string> limits;
    std::vector<std::string> bounds;
    std::vector<std::string> scopes;
    std::string setUp;
    qint64 firstContactId = practice::PracticeOptions().firstContactId;
    int tokenLife = 1800;
    bool listsSwitches = false;
    std::string authorize = "interactive";
    bool control = false;
    PracticeIdmArguments idm;
};

Result<practice::PracticeOptions> optionsFrom(const PracticeArguments &arguments)
{
    practice::PracticeOptions options;
    options.port = quint16(arguments.port);
    options.ipv6 = true;
    options.contacts = arguments.contacts;
    options.companies = arguments.companies;
    options.seed = arguments.seed;
    options.portalId = arguments.portalId;
    options.portalName = QString::fromStdString(arguments.name);
    options.latency = std::chrono::milliseconds(arguments.latencyMs);
    options.indexDelay = std::chrono::milliseconds(arguments.indexDelayMs);
    options.certificatePath = QString::fromStdString(arguments.certificate);
    options.keyPath = QString::fromStdString(arguments.key);
    options.control = arguments.control;
    options.firstContactId = arguments.firstContactId;
    options.accessTokenLife = std::chrono::seconds(arguments.tokenLife);
    for (const std::string &scope : arguments.scopes)
        options.grantedScopes.append(QString::fromStdString(scope));
    for (const std::string &text : arguments.faults) {
        auto fault = practice::faultFromText(QString::fromStdString(text));
        if (!fault)
            return tl::unexpected(fault.error());
        options.faults.append(*fault);
    }
    for (const std::string &text : arguments.switches) {
        const auto set =
            practice::setSwitchFromText(options.switches, QString::fromStdString(text));
        if (!set)
            return tl::unexpected(set.error());
    }
    if (!arguments.snapshot.empty()) {
        const auto contents = portalContentsOf(QString::fromStdString(arguments.snapshot));
        if (!contents)
            return tl::unexpected(contents.error());
        options.contents = *contents;
    }
    const QString authorize = QString::fromStdString(arguments.authorize);
    using Mode = practice::AuthorizeMode;
    options.authorize = authorize == "redirect"_L1 ? Mode::Redirect
        : authorize == "decline"_L1                ? Mode::Decline
        : authorize == "silent"_L1                 ? Mode::Silent
                                                   : Mode::Interactive;
    return options;
}

/// Puts name=number texts into a member of the orders.
void addNumbers(QJsonObject &orders, const QString &member, const std::vector<std::string> &texts)
{
    QJsonObject numbers = orders.value(member).toObject(); // [] would make the member.
    for (const std::string &text : texts) {
        const QString setting = QString::fromStdString(text);
        bool isNumber = false;
        const int number = setting.section(u'=', 1).toInt(&isNumber);
        numbers.insert(setting.section(u'=', 0, 0), isNumber ? number : -1); // -1 is refused.
    }
    if (!numbers.isEmpty())
        orders.insert(member, numbers);
}

/// What the control endpoint would be sent: --setup, then --limit and --bound.
Result<QJsonObject> ordersFrom(const PracticeArguments &arguments)
{
    QJsonParseError error;
    const QByteArray text =
        arguments.setUp.empty() ? "{}" : QByteArray::fromStdString(arguments.setUp);
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (!document.isObject())
        return fail(ErrorKind::InvalidInput,
                    u"--setup needs a JSON object: %1."_s.arg(error.errorString()),
                    u"Write it as in --setup '{\"indexDelayMs\":0}'."_s);
    QJsonObject orders = document.object();
    addNumbers(orders, u"limits"_s, arguments.limits);
    addNumbers(orders, u"bounds"_s, arguments.bounds);
    return orders;
}

/// The behaviours that can be switched, one a line, and how they are by default.
int listSwitches(Output &output)
{
    const practice::Switches defaults;
    QJsonArray list;
    for (const practice::SwitchInfo &one : practice::allSwitches()) {
        const bool isOn = defaults.*one.member;
        list.append(QJsonObject {{u"name"_s, QString::fromLatin1(one.name)},
                                 {u"default"_s, isOn},
                                 {u"text"_s, QString::fromLatin1(one.text)}});
        if (!output.json)
            output.line(u"%1=%2  %3"_s.arg(QString::fromLatin1(one.name),
                                           isOn ? u"true"_s : u"false"_s,
                                           QString::fromLatin1(one.text)));
    }
    if (output.json)
        output.result({{u"switches"_s, list},
                       {u"faults"_s, QJsonArray::fromStringList(practice::faultNames())}});
    else
        output.line(u"Faults: "_s + practice::faultNames().join(u", "_s));
    return Done;
}

Result<void> writeProvisioner(const PracticeArguments &arguments,
                              const practice::PracticePortal &portal, Services &services)
{
    auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return tl::unexpected(registry.error());
    const QString path = QString::fromStdString(arguments.provisioner);
    const ConnectionRegistry before = *registry;
    PracticeAddress address {portal.url(), portal.clientId(), portal.clientSecret(),
                             portal.refreshToken(), portal.portalName()};
    const auto written = writePracticeConnection(path, address, *registry);
    if (!written)
        return tl::unexpected(written.error());
    if (before.byId(written->id)) { // A new one has nothing in the keychain.
        auto forgotten = waitFor(forgetOlderSecrets(*written, services.keychain, &services.calls),
                                 services.interrupt);
        if (!forgotten)
            return forgotten;
    }
    services.output.message(
        u"Wrote %1; it works with this portal."_s.arg(written->provisionerPath));
    return {};
}

/// Made up, and good for this portal only.
QString staticTokenOf(const practice::PracticePortal &portal)
{
    return portal.staticToken().withClearText([](std::string_view text) {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    });
}

void announce(const PracticeArguments &arguments, const practice::PracticePortal &portal,
              const practice::PracticeIdm *idm, Output &output)
{
    if (output.json) {
        QJsonObject announcement {
            {u"url"_s, portal.url().toString()},
            {u"portalId"_s, portal.portalId()},
            {u"name"_s, portal.portalName()},
            {u"contacts"_s, portal.liveCount(practice::ObjectType::Contact)},
            {u"companies"_s, portal.liveCount(practice::ObjectType::Company)}};
        if (arguments.control) {
            announcement.insert(u"controlToken"_s, QString::fromLatin1(portal.controlToken()));
            announcement.insert(u"staticToken"_s, staticTokenOf(portal));
        }
        if (idm)
            announcement.insert(u"idm"_s, idmAnnouncement(*idm));
        output.result(announcement);
        return;
    }
    output.line(portal.url().toString());
    if (arguments.control) {
        output.line(u"X-Practice-Token: %1"_s.arg(QString::fromLatin1(portal.controlToken())));
        output.line(u"Authorization: Bearer %1"_s.arg(staticTokenOf(portal)));
    }
    output.message(u"%1 (account %2) serves %3 contacts and %4 companies. Ctrl+C ends it."_s
                       .arg(portal.portalName())
                       .arg(portal.portalId())
                       .arg(portal.liveCount(practice::ObjectType::Contact))
                       .arg(portal.liveCount(practice::ObjectType::Company)));
    if (idm)
        announceIdm(*idm, output);
}

/// What the two servers have in common.
practice::IdmOptions idmOptionsFrom(const practice::PracticeOptions &portal)
{
    practice::IdmOptions options;
    options.certificatePath = portal.certificatePath;
    options.keyPath = portal.keyPath;
    options.latency = portal.latency;
    options.control = portal.control;
    return options;
}

int runPractice(const PracticeArguments &arguments, Services &services)
{
    if (arguments.listsSwitches)
        return listSwitches(services.output);
    const auto options = optionsFrom(arguments);
    if (!options)
        return services.output.failure(options.error());
    const auto orders = ordersFrom(arguments);
    if (!orders)
        return services.output.failure(orders.error());
    practice::PracticePortal portal(*options, services.clock);
    if (const auto done = portal.setUp(*orders); !done)
        return services.output.failure(done.error());
    if (const auto started = portal.start(); !started)
        return services.output.failure(started.error());
    if (!arguments.provisioner.empty()) {
        if (const auto written = writeProvisioner(arguments, portal, services); !written)
            return services.output.failure(written.error());
    }
    std::unique_ptr<practice::PracticeIdm> idm;
    if (arguments.idm.port) {
        auto served = serveIdm(arguments.idm, idmOptionsFrom(*options), portal, services.clock);
        if (!served)
            return services.output.failure(served.error());
        idm = std::move(*served);
    }
    announce(arguments, portal, idm.get(), services.output);
    QEventLoop loop;
    QObject::connect(&services.interrupt, &Interrupt::requested, &loop, &QEventLoop::quit);
    loop.exec();
    idm.reset(); // Its connector's objects are the portal's.
    portal.stop();
    services.output.message(u"Ended."_s);
    return Done; // Being ended is how this verb ends.
}

} // namespace

void addPracticeCommand(CLI::App &app, Run &chosen)
{
    addVerb(
        app, "practice", "Serve the practice portal, a local HubSpot", chosen, [](CLI::App &verb) {
            auto arguments = std::make_shared<PracticeArguments>();
            verb.add_option("--port", arguments->port, "Port; 0 is any free one")
                ->check(CLI::Range(0, 65535));
            auto *contacts = verb.add_option("--contacts", arguments->contacts, "How many contacts")
                                 ->check(CLI::Range(0, 1'000'000));
            auto *companies =
                verb.add_option("--companies", arguments->companies, "How many companies")
                    ->check(CLI::Range(0, 1'000'000));
            auto *seed =
                verb.add_option("--seed", arguments->seed, "Where the made-up records come from");
            verb.add_option("--snapshot", arguments->snapshot,
                            "A snapshot: its records, schema and owners instead of made-up ones")
                ->type_name(fileArgument)
                ->excludes(contacts)
                ->excludes(companies)
                ->excludes(seed);
            verb.add_option("--portal-id", arguments->portalId,
                            "Id of the account; otherwise it follows from seed and numbers")
                ->check(CLI::Range(qint64(1), qint64(999'999'999'999)));
            verb.add_option("--name", arguments->name, "Name of the account and the connection");
            verb.add_option("--latency-ms", arguments->latencyMs, "Pause before every answer")
                ->check(CLI::Range(0, 60'000));
            verb.add_option("--index-delay-ms,--index-delay", arguments->indexDelayMs,
                            "How long search lags behind writes")
                ->check(CLI::Range(0, 600'000));
            verb.add_option("--tls-cert,--tls-certificate", arguments->certificate,
                            "Certificate (PEM): HTTPS")
                ->type_name(fileArgument);
            verb.add_option("--tls-key", arguments->key, "Its key (PEM)")->type_name(fileArgument);
            verb.add_option("--write-provisioner", arguments->provisioner,
                            "Write a provisioner that works with this portal")
                ->type_name(fileArgument);
            verb.add_option("--fault", arguments->faults,
                            "A fault, as in 'status,status=502,method=POST,nth=3'; see --list");
            verb.add_option("--switch", arguments->switches,
                            "A behavior, as in oauthV1Gone=true; see --list");
            verb.add_option("--limit", arguments->limits,
                            "A limit, as in searchPerSecond=0 (none); also staticPerWindow, "
                            "oauthPerWindow, associationsPerWindow, perDay");
            verb.add_option("--bound", arguments->bounds,
                            "A bound of requests, as in filterGroups=3; also filtersPerGroup, "
                            "filtersInAll, searchReach, searchPage, searchCharacters, listPage, "
                            "listPageWithHistory, batchInputs, batchInputsWithHistory, ownersPage, "
                            "customProperties, uniqueProperties, linksPerRecord");
            verb.add_option("--scope", arguments->scopes, "Grant only this scope; may be repeated");
            verb.add_option("--token-life", arguments->tokenLife, "Life of access tokens, seconds")
                ->check(CLI::Range(1, 86'400));
            verb.add_option("--first-contact-id", arguments->firstContactId,
                            "Id of the first contact, e.g. beyond 2^53");
            verb.add_option("--setup", arguments->setUp,
                            "JSON, everything /practice/control takes: rules, clock, faults, ...");
            verb.add_flag("--list", arguments->listsSwitches, "List behaviors and faults, and end");
            addWords(verb, "--authorize", arguments->authorize,
                     {"interactive", "redirect", "decline", "silent"},
                     "How the authorize page behaves");
            verb.add_flag("--control", arguments->control,
                          "Serve /practice/…; the token for it is printed, and one for calls");
            addIdmOptions(verb, arguments->idm);
            return Run(
                [arguments](Services &services) { return runPractice(*arguments, services); });
        });
}

} // namespace hubkeeper::cli
