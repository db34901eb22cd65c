// SPDX-License-Identifier: MIT
#include "idmserver.h"

#include "options.h"
#include "standardinput.h"
#include "waiting.h"

#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestSecretInput = 1 << 20; // Bytes.

} // namespace

void ServerOptions::addTo(CLI::App &verb)
{
    verb.add_option("--server", server, "Label of the server; not needed if only one is known")
        ->type_name(serverArgument);
    verb.add_flag("--secrets-stdin", secretFromInput,
                  "Read {\"password\":…} or {\"token\":…} from standard input");
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
        auto secret = loginSecretFrom(services.input);
        if (!secret)
            return tl::unexpected(secret.error());
        given = std::move(*secret);
    }
    if (options.timeLimit > 0)
        services.interrupt.setTimeLimit(
            std::chrono::milliseconds(qint64(options.timeLimit * 1000)));
    return waitFor(openServer(*server, services.session(), std::move(given), &services.calls),
                   services.interrupt)
        .map_error([](Error error) {
            if (error.kind == ErrorKind::NotFound) // A secret that is nowhere: no access.
                error.kind = ErrorKind::Unauthorized;
            return error;
        });
}

Result<Secret> loginSecretFrom(QIODevice &input)
{
    auto text = readAllInput(input, largestSecretInput);
    if (!text)
        return tl::unexpected(text.error());
    const QJsonObject object = QJsonDocument::fromJson(*text).object();
    wipe(*text);
    for (const auto &name : {"password"_L1, "token"_L1}) {
        if (const QString secret = object[name].toString(); !secret.isEmpty())
            return Secret(secret.toUtf8());
    }
    return fail(ErrorKind::InvalidInput, u"Standard input holds no password and no token."_s,
                u"Pass {\"password\":\"…\"} or {\"token\":\"…\"}."_s);
}

QJsonObject asJson(const Server &server)
{
    return entryOf(server);
}

} // namespace hubkeeper::cli
