// SPDX-License-Identifier: MIT
#include "practiceidm.h"

#include "options.h"
#include "output.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString address(const practice::PracticeIdm &idm)
{
    return idm.url().toString() + u"/openidm"_s;
}

} // namespace

void addIdmOptions(CLI::App &verb, PracticeIdmArguments &arguments)
{
    verb.add_option("--idm-port", arguments.port,
                    "Serve a practice IDM too, at this port; 0 is any free one")
        ->check(CLI::Range(0, 65535));
    addWords(
        verb, "--idm-profile", arguments.profile, {"community", "commercial", "cloud", "old"},
        "Which server it imitates; old: commercial 6.5, which takes analyze and runs for real");
    verb.add_flag("--idm-empty", arguments.isEmpty,
                  "A fresh server: no connector deployed, no mapping, no user");
    verb.add_option("--idm-token", arguments.token,
                    "Cloud: the bearer token to take; otherwise a random one, which is printed");
    verb.add_option("--idm-users", arguments.users, "How many managed users")
        ->check(CLI::Range(0, 100'000));
    verb.add_option("--idm-registration-ms", arguments.registrationMs,
                    "From the write of a connector's configuration to its first answer")
        ->check(CLI::Range(0, 60'000));
}

Result<std::unique_ptr<practice::PracticeIdm>> serveIdm(const PracticeIdmArguments &arguments,
                                                        practice::IdmOptions options,
                                                        practice::PracticePortal &portal,
                                                        const Clock &clock)
{
    options.profile = practice::profileNamed(QString::fromStdString(arguments.profile))
                          .value_or(practice::IdmProfile::Community); // Other words are refused.
    options.port = quint16(arguments.port.value_or(0));
    options.ipv6 = true;
    options.token = QByteArray::fromStdString(arguments.token);
    options.registrationDelay = std::chrono::milliseconds(arguments.registrationMs);
    options.reconPause = std::chrono::milliseconds(1); // So that progress can be seen.
    auto idm = std::make_unique<practice::PracticeIdm>(options, clock);
    idm->attach(portal);
    if (!arguments.isEmpty) {
        if (const auto filled = idm->fill(portal, arguments.users); !filled)
            return tl::unexpected(filled.error());
    }
    if (const auto started = idm->start(); !started)
        return tl::unexpected(started.error());
    return idm;
}

QJsonObject idmAnnouncement(const practice::PracticeIdm &idm)
{
    const practice::IdmOptions &options = idm.options();
    QJsonObject json {{u"url"_s, address(idm)}, {u"profile"_s, nameOf(options.profile)}};
    if (options.profile == practice::IdmProfile::Cloud) {
        json.insert(u"token"_s, QString::fromLatin1(idm.token()));
    } else {
        json.insert(u"user"_s, options.userName);
        json.insert(u"password"_s, options.password);
    }
    if (options.control)
        json.insert(u"controlToken"_s, QString::fromLatin1(idm.controlToken()));
    return json;
}

void announceIdm(const practice::PracticeIdm &idm, Output &output)
{
    const practice::IdmOptions &options = idm.options();
    output.line(address(idm));
    if (options.profile == practice::IdmProfile::Cloud)
        output.line(u"Authorization: Bearer %1"_s.arg(QString::fromLatin1(idm.token())));
    else
        output.line(u"X-OpenIDM-Username: %1, X-OpenIDM-Password: %2"_s.arg(options.userName,
                                                                            options.password));
    if (options.control)
        output.line(u"X-Practice-Token: %1"_s.arg(QString::fromLatin1(idm.controlToken())));
    output.message(u"A practice IDM (%1) serves beside it."_s.arg(nameOf(options.profile)));
}

} // namespace hubkeeper::cli
