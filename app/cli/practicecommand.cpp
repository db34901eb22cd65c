// SPDX-License-Identifier: MIT
#include "practicecommand.h"

#include "practice/practiceconnection.h"
#include "practice/practiceportal.h"
#include "practice/switches.h"

#include <QEventLoop>

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
    int latencyMs = 0;
    int indexDelayMs = 2000;
    std::string certificate;
    std::string key;
    std::string provisioner;
    std::vector<std::string> faults;
    std::vector<std::string> switches;
    std::string authorize = "interactive";
    bool control = false;
};

Result<practice::PracticeOptions> optionsFrom(const PracticeArguments &arguments)
{
    practice::PracticeOptions options;
    options.port = quint16(arguments.port);
    options.ipv6 = true;
    options.contacts = arguments.contacts;
    options.companies = arguments.companies;
    options.seed = arguments.seed;
    options.latency = std::chrono::milliseconds(arguments.latencyMs);
    options.indexDelay = std::chrono::milliseconds(arguments.indexDelayMs);
    options.certificatePath = QString::fromStdString(arguments.certificate);
    options.keyPath = QString::fromStdString(arguments.key);
    options.control = arguments.control;
    for (const std::string &text : arguments.faults) {
        auto fault = practice::faultFromText(QString::fromStdString(text));
        if (!fault)
            return tl::unexpected(fault.error());
        options.faults.append(*fault);
    }
    for (const std::string &text : arguments.switches) {
        const QString setting = QString::fromStdString(text);
        const auto set = practice::setSwitch(options.switches, setting.section(u'=', 0, 0),
                                             setting.section(u'=', 1) != "false"_L1);
        if (!set)
            return tl::unexpected(set.error());
    }
    const QString authorize = QString::fromStdString(arguments.authorize);
    using Mode = practice::AuthorizeMode;
    options.authorize = authorize == "redirect"_L1 ? Mode::Redirect
        : authorize == "decline"_L1                ? Mode::Decline
        : authorize == "silent"_L1                 ? Mode::Silent
                                                   : Mode::Interactive;
    return options;
}

Result<void> writeProvisioner(const PracticeArguments &arguments,
                              const practice::PracticePortal &portal, Services &services)
{
    auto book = ConnectionBook::load(services.paths);
    if (!book)
        return tl::unexpected(book.error());
    const QString path = QString::fromStdString(arguments.provisioner);
    PracticeAddress address {portal.url(), portal.clientId(), portal.clientSecret(),
                             portal.refreshToken(), u"Practice portal"_s};
    return writePracticeConnection(path, address, *book).map([&](const Connection &connection) {
        services.output.message(
            u"Wrote %1; it works with this portal."_s.arg(connection.provisionerPath));
    });
}

void tell(const PracticeArguments &arguments, const practice::PracticePortal &portal,
          Output &output)
{
    if (output.json) {
        QJsonObject told {{u"url"_s, portal.url().toString()},
                          {u"contacts"_s, arguments.contacts},
                          {u"companies"_s, arguments.companies}};
        if (arguments.control)
            told.insert(u"controlToken"_s, QString::fromLatin1(portal.controlToken()));
        output.result(told);
        return;
    }
    output.line(portal.url().toString());
    if (arguments.control)
        output.line(u"X-Practice-Token: %1"_s.arg(QString::fromLatin1(portal.controlToken())));
    output.message(
        u"Serving %1 contacts and %2 companies. Ctrl+C ends it."_s.arg(arguments.contacts)
            .arg(arguments.companies));
}

int runPractice(const PracticeArguments &arguments, Services &services)
{
    const auto options = optionsFrom(arguments);
    if (!options)
        return services.output.failure(options.error());
    practice::PracticePortal portal(*options, services.clock);
    if (const auto started = portal.start(); !started)
        return services.output.failure(started.error());
    if (!arguments.provisioner.empty()) {
        if (const auto written = writeProvisioner(arguments, portal, services); !written)
            return services.output.failure(written.error());
    }
    tell(arguments, portal, services.output);
    QEventLoop loop;
    QObject::connect(&services.interrupt, &Interrupt::requested, &loop, &QEventLoop::quit);
    loop.exec();
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
            verb.add_option("--contacts", arguments->contacts, "How many contacts")
                ->check(CLI::Range(0, 1'000'000));
            verb.add_option("--companies", arguments->companies, "How many companies")
                ->check(CLI::Range(0, 1'000'000));
            verb.add_option("--seed", arguments->seed, "Where the made-up records come from");
            verb.add_option("--latency-ms", arguments->latencyMs, "Pause before every answer")
                ->check(CLI::Range(0, 60'000));
            verb.add_option("--index-delay-ms", arguments->indexDelayMs,
                            "How long search lags behind writes")
                ->check(CLI::Range(0, 600'000));
            verb.add_option("--tls-cert", arguments->certificate, "Certificate (PEM): HTTPS");
            verb.add_option("--tls-key", arguments->key, "Its key (PEM)");
            verb.add_option("--write-provisioner", arguments->provisioner,
                            "Write a provisioner that works with this portal");
            verb.add_option("--fault", arguments->faults,
                            "A fault, as in 'status,status=502,method=POST,nth=3'");
            verb.add_option("--switch", arguments->switches, "A switch, as in oauthV1Gone=true");
            verb.add_option("--authorize", arguments->authorize,
                            "The authorize page: interactive, redirect, decline or silent")
                ->check(CLI::IsMember({"interactive", "redirect", "decline", "silent"}));
            verb.add_flag("--control", arguments->control,
                          "Serve /practice/…; the token for it is printed");
            return Run(
                [arguments](Services &services) { return runPractice(*arguments, services); });
        });
}

} // namespace hubkeeper::cli
