// SPDX-License-Identifier: MIT
#include "cliservices.h"

#include "session/open/sessionopening.h"
#include "store/sets/recordfile.h"
#include "waiting.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QUuid>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestSecretInput = 64 << 10; // Bytes.

/// Ids of connections that are in no book follow from the file's path.
QString idFor(const QString &canonicalPath)
{
    static const QUuid space(u"{4a1c2f0e-6f53-4a5c-9f0e-5b7a5d2c9e11}"_s);
    return QUuid::createUuidV5(space, canonicalPath).toString(QUuid::WithoutBraces);
}

Secret takeMember(const QJsonObject &object, const QString &name)
{
    return Secret(object[name].toString().toUtf8());
}

} // namespace

Services::Services(QIODevice &in, QIODevice &results, QIODevice &messages)
    : input(in)
    , output(results, messages)
    , paths(Paths::standard())
    , keychain(u"Hubkeeper"_s)
{
    RecordPlace::removeLeftovers(recordFolderIn(paths));
}

SessionServices Services::session()
{
    return {clock, keychain, paths};
}

void ConnectOptions::addTo(CLI::App &verb)
{
    addFileTo(verb);
    addPortalTo(verb);
}

CLI::Option *ConnectOptions::addFileTo(CLI::App &verb)
{
    return verb.add_option("FILE", file, "The provisioner, provisioner.openicf-<name>.json")
        ->required();
}

void ConnectOptions::addPortalTo(CLI::App &verb)
{
    verb.add_option("--base-url", baseUrl, "A portal other than HubSpot's own, on this machine");
    verb.add_flag("--allow-remote-base-url", allowRemote, "Allow --base-url to name another host");
    verb.add_option("--api-version", apiVersion, "2026-09, 2026-03 or v3");
    verb.add_flag("--secrets-stdin", secretsFromInput,
                  "Read {\"clientSecret\":…,\"refreshToken\":…} from standard input");
}

void addVerb(CLI::App &app, const std::string &name, const std::string &help, Run &chosen,
             const std::function<Run(CLI::App &)> &prepare)
{
    CLI::App *verb = app.add_subcommand(name, help);
    verb->fallthrough();
    const Run run = prepare(*verb);
    verb->callback([&chosen, run] { chosen = run; });
}

Result<void> ConnectOptions::applyTo(Connection &connection) const
{
    if (!baseUrl.empty())
        connection.baseUrl = QUrl(QString::fromStdString(baseUrl));
    connection.allowRemoteBaseUrl = connection.allowRemoteBaseUrl || allowRemote;
    if (apiVersion.empty())
        return {};
    const auto version = apiVersionFrom(QString::fromStdString(apiVersion));
    if (!version) {
        return fail(ErrorKind::InvalidInput,
                    u"There is no API version \"%1\"."_s.arg(QString::fromStdString(apiVersion)),
                    u"Use 2026-09, 2026-03 or v3."_s);
    }
    connection.apiVersion = *version;
    return {};
}

Result<Connection> connectionFor(const ConnectOptions &options, Services &services)
{
    const QString file = QString::fromStdString(options.file);
    const QString canonical = QFileInfo(file).canonicalFilePath();
    if (canonical.isEmpty()) {
        return fail(ErrorKind::InvalidInput, u"There is no file %1."_s.arg(file),
                    u"Give the path of a provisioner."_s);
    }
    auto book = ConnectionBook::load(services.paths);
    if (!book)
        return tl::unexpected(book.error());
    Connection connection;
    if (const Connection *known = book->byProvisioner(canonical)) {
        connection = *known;
    } else {
        connection.id = idFor(canonical);
        connection.label = QFileInfo(file).completeBaseName();
    }
    connection.provisionerPath = canonical;
    return options.applyTo(connection).map([&] { return connection; });
}

Result<Connection> keepConnection(const ConnectOptions &options, Services &services)
{
    const auto connection = connectionFor(options, services);
    if (!connection)
        return connection;
    return ConnectionBook::load(services.paths).and_then([&](ConnectionBook book) {
        return book.edit(*connection, [&](Connection &kept) { return options.applyTo(kept); });
    });
}

Result<OAuthCredentials> secretsFrom(QIODevice &input)
{
    QByteArray text;
    while (text.size() <= largestSecretInput) {
        const QByteArray part = input.read(4096);
        if (part.isEmpty())
            break;
        text += part;
    }
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    wipe(text);
    OAuthCredentials secrets;
    secrets.clientSecret = takeMember(object, u"clientSecret"_s);
    secrets.refreshToken = takeMember(object, u"refreshToken"_s);
    if (secrets.clientSecret.isEmpty() && secrets.refreshToken.isEmpty()) {
        return fail(ErrorKind::InvalidInput, u"Standard input holds no secrets."_s,
                    u"Pass {\"clientSecret\":\"…\",\"refreshToken\":\"…\"}."_s);
    }
    return secrets;
}

void warnOfJournal(const Session &session, Output &output)
{
    const QString warning = session.journalWarning();
    if (!warning.isEmpty())
        output.message(warning);
}

std::shared_ptr<Session> whole(std::shared_ptr<Session> session, Services &services)
{
    QObject::connect(
        session.get(), &Session::refreshTokenNotStored, &services.calls,
        [&services](const Error &error) {
            services.output.message(
                u"The portal replaced the refresh token, and the new one could not be "
                "stored: sign in again with `hubkeeper-cli connect`. %1"_s.arg(error.sentence()));
        });
    Session *open = session.get();
    return {open, [session = std::move(session)](Session *) {
                QEventLoop loop; // Ctrl+C has ended what it ends; this is short.
                session->finishWrites(session.get())->onDone(&loop, [&loop](const Result<void> &) {
                    loop.quit();
                });
                loop.exec();
            }};
}

Result<std::shared_ptr<Session>> openFor(const ConnectOptions &options, Services &services)
{
    const auto connection = connectionFor(options, services);
    if (!connection)
        return tl::unexpected(connection.error());
    std::optional<OAuthCredentials> given;
    if (options.secretsFromInput) {
        auto secrets = secretsFrom(services.input);
        if (!secrets)
            return tl::unexpected(secrets.error());
        given = std::move(*secrets);
    }
    return waitFor(openSession(*connection, services.session(), std::move(given), &services.calls),
                   services.interrupt)
        .map([&services](const std::shared_ptr<Session> &session) {
            return whole(session, services);
        });
}

} // namespace hubkeeper::cli
