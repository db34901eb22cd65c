// SPDX-License-Identifier: MIT
#include "idmserver.h"

#include "base/savefile.h"
#include "consent.h"
#include "idm/access/signingkey.h"
#include "options.h"
#include "secretinput.h"
#include "session/idm/deploy.h"
#include "session/idm/serveranalysis.h"
#include "standardinput.h"
#include "waiting.h"

#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// The label of a production server, as --confirm-label or somebody at a terminal says it.
Result<void> checkLabel(const Server &server, const WriteConsent &consent, Services &services)
{
    QString typed = QString::fromStdString(consent.confirmLabel).trimmed();
    if (typed.isEmpty() && StandardInput::isTerminal() && !services.output.quiet) {
        const auto answer = askForLine(
            u"%1 is a production server. To write to it, type its label:"_s.arg(server.label),
            services);
        if (!answer)
            return tl::unexpected(answer.error());
        typed = answer->trimmed();
    }
    if (typed == server.label)
        return {};
    return fail(ErrorKind::Refused,
                typed.isEmpty()
                    ? u"%1 is a production server."_s.arg(server.label)
                    : u"\"%1\" is not the label of the server %2."_s.arg(typed, server.label),
                u"To write to it, repeat its label: --confirm-label \"%1\""_s.arg(server.label));
}

/// A mapping that an analysis had to leave on the server.
void cleanUp(ServerSession &session, Services &services)
{
    if (!mayHaveLeftReport(session.server(), services.session()))
        return;
    const auto removed =
        waitFor(openJournal(services.session(), &services.calls), services.interrupt)
            .and_then([&](const std::shared_ptr<Journal> &journal) {
                return outcomeOf(
                    removeLeftReport(session, services.session(), journal, &services.calls),
                    services.interrupt);
            });
    if (!removed)
        services.output.complain(removed.error());
    else if (*removed)
        services.output.message(
            u"A REPORT mapping that was left on %1 is removed."_s.arg(session.server().label));
}

} // namespace

void ServerOptions::addTo(CLI::App &verb)
{
    verb.add_option("--server", server, "Label of the server; not needed if only one is known")
        ->type_name(serverArgument);
    verb.add_flag("--secrets-stdin", secretFromInput,
                  "Read {\"password\":…} or {\"token\":…}, or the JWK of a service account, from "
                  "standard input");
    addTimeLimit(verb, timeLimit);
}

Result<Server> serverNamed(const std::string &name, Services &services)
{
    const auto registry = ServerRegistry::load(services.paths);
    if (!registry)
        return tl::unexpected(registry.error());
    if (registry->servers().isEmpty())
        return fail(ErrorKind::NotFound, u"No server is known yet."_s,
                    u"Add one: hubkeeper-cli idm servers add LABEL ADDRESS"_s);
    if (name.empty() && registry->servers().size() == 1)
        return registry->servers().first();
    if (name.empty())
        return fail(ErrorKind::InvalidInput, u"Several servers are known."_s,
                    u"Say which one with --server; `hubkeeper-cli idm servers list` shows them."_s);
    if (const Server *server = registry->find(QString::fromStdString(name)))
        return *server;
    return fail(ErrorKind::NotFound,
                u"There is no server \"%1\"."_s.arg(QString::fromStdString(name)),
                u"`hubkeeper-cli idm servers list` shows what is known."_s);
}

Result<std::shared_ptr<ServerSession>> openFor(const ServerOptions &options, Services &services)
{
    const auto server = serverNamed(options.server, services);
    if (!server)
        return tl::unexpected(server.error());
    std::optional<Secret> given;
    if (options.secretFromInput) {
        auto secret = loginSecretFrom(services.input, server->login.kind);
        if (!secret)
            return tl::unexpected(secret.error());
        given = std::move(*secret);
    }
    if (options.timeLimit > 0)
        services.interrupt.setTimeLimit(
            std::chrono::milliseconds(qint64(options.timeLimit * 1000)));
    return waitFor(openServer(*server, services.session(), std::move(given), &services.calls),
                   services.interrupt)
        .map([&services](const std::shared_ptr<ServerSession> &session) {
            cleanUp(*session, services);
            return session;
        })
        .map_error([](Error error) {
            if (error.kind == ErrorKind::NotFound) // A secret that is nowhere: no access.
                error.kind = ErrorKind::Unauthorized;
            return error;
        });
}

void WriteConsent::addTo(CLI::App &verb)
{
    verb.add_flag("--yes", yes, "Do not ask");
    verb.add_option("--confirm-label", confirmLabel,
                    "The label of a production server, to write to it");
}

Result<void> agreeToWrite(const Server &server, const QString &question,
                          const WriteConsent &consent, const QString &preview, Services &services,
                          bool isAlwaysAsked)
{
    const auto mode = modeToWrite(server, services.paths);
    if (!mode)
        return tl::unexpected(mode.error());
    const auto registry = ServerRegistry::load(services.paths);
    if (!registry)
        return tl::unexpected(registry.error());
    const Server *now = registry->find(server.id);
    if (!now || now->kind == ConnectionKind::Production)
        return checkLabel(now ? *now : server, consent, services);
    Intention intention;
    intention.question = question;
    intention.yes = consent.yes;
    intention.isAlwaysAsked = isAlwaysAsked;
    intention.preview = preview;
    return agreeTo(intention, *mode, services);
}

void ConnectorWait::addTo(CLI::App &verb)
{
    verb.add_option("--wait", seconds,
                    "How long the connector may take to work; 0 does not wait for it")
        ->check(CLI::Range(0, 3'600))
        ->type_name("SECONDS");
}

ActivationWait ConnectorWait::asWait() const
{
    ActivationWait wait;
    wait.patience = std::chrono::milliseconds(qint64(seconds * 1000));
    return wait;
}

Result<Secret> loginSecretFrom(QIODevice &input, LoginKind kind)
{
    auto text = readAllInput(input, largestSecretInput);
    if (!text)
        return tl::unexpected(text.error());
    if (kind == LoginKind::ServiceAccount)
        return keptKeyFrom(Secret(std::move(*text)));
    const QJsonObject object = QJsonDocument::fromJson(*text).object();
    wipe(*text);
    for (const auto &name : {"password"_L1, "token"_L1}) {
        if (const QString secret = object[name].toString(); !secret.isEmpty())
            return Secret(secret.toUtf8());
    }
    if (object.contains("kty"_L1) || object.contains("jwk"_L1))
        return fail(ErrorKind::InvalidInput, u"Standard input holds a key, not a password."_s,
                    u"A key is for a service account: add --service-account ID."_s);
    return fail(ErrorKind::InvalidInput, u"Standard input holds no password and no token."_s,
                u"Pass {\"password\":\"…\"} or {\"token\":\"…\"}."_s);
}

Result<Secret> loginKeyFrom(const std::string &path, LoginKind kind)
{
    if (kind != LoginKind::ServiceAccount)
        return fail(ErrorKind::InvalidInput, u"A key is for the login of a service account."_s,
                    u"Add --service-account ID."_s);
    auto text = readFile(QString::fromStdString(path), largestSecretInput);
    if (!text)
        return tl::unexpected(text.error());
    return keptKeyFrom(Secret(std::move(*text)));
}

QJsonObject asJson(const Server &server)
{
    return entryOf(server);
}

QJsonObject asJson(const ServerFacts &facts)
{
    return {{u"readiness"_s, nameOf(facts.readiness)},
            {u"state"_s, facts.state},
            {u"user"_s, facts.userName},
            {u"roles"_s, QJsonArray::fromStringList(facts.roles)},
            {u"administrator"_s, facts.isAdministrator()},
            {u"version"_s, facts.version},
            {u"revision"_s, facts.revision},
            {u"profile"_s, nameOf(facts.profile)}};
}

QJsonObject asJson(const ServerCheck &check)
{
    QJsonObject json {{u"reach"_s, nameOf(check.reach)}};
    if (check.facts)
        json.insert(u"server"_s, asJson(*check.facts));
    if (check.error)
        json.insert(u"error"_s, check.error->sentence());
    return json;
}

} // namespace hubkeeper::cli
