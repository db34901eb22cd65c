// SPDX-License-Identifier: MIT
#include "cliservices.h"

#include "base/savefile.h"
#include "options.h"
#include "standardinput.h"
#include "store/sets/recordfile.h"
#include "waiting.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QUuid>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestProperties = 4 << 20; // Bytes.

/// Ids of connections that are in no registry follow from the file's path.
QString idFor(const QString &canonicalPath)
{
    static const QUuid space(u"{4a1c2f0e-6f53-4a5c-9f0e-5b7a5d2c9e11}"_s);
    return QUuid::createUuidV5(space, canonicalPath).toString(QUuid::WithoutBraces);
}

/// Why a session did not open, with what helps at a command line.
Error atTheCommandLine(Error error, const Connection &connection, const ConnectOptions &options)
{
    const QString file = QString::fromStdString(options.file);
    const bool isRemote = !connection.baseUrl.isEmpty() && !connection.allowRemoteBaseUrl
        && !checkBaseUrl(connection.baseUrl, false) && checkBaseUrl(connection.baseUrl, true);
    if (isRemote && error.kind == ErrorKind::Refused)
        error.remedy = u"Add --allow-remote-base-url if you trust that host."_s;
    if (error.kind == ErrorKind::NotFound) { // A secret that is nowhere: no access.
        error.kind = ErrorKind::Unauthorized;
        error.remedy = u"Store it with `hubkeeper-cli secrets set %1`, or pass it with "
                       "--secrets-stdin."_s.arg(file);
    } else if (error.kind == ErrorKind::NoKeychain) {
        error.remedy = u"Pass the secrets with --secrets-stdin, or unlock the keychain."_s;
    }
    return error;
}

/// Nothing if it holds neither of the secrets.
std::optional<OAuthCredentials> credentialsOf(const QJsonObject &object)
{
    OAuthCredentials secrets;
    secrets.clientId = object[u"clientId"_s].toString();
    secrets.clientSecret = Secret(object[nameOf(SecretName::ClientSecret)].toString().toUtf8());
    secrets.refreshToken = Secret(object[nameOf(SecretName::RefreshToken)].toString().toUtf8());
    if (secrets.clientSecret.isEmpty() && secrets.refreshToken.isEmpty())
        return std::nullopt;
    return secrets;
}

} // namespace

Services::Services(QIODevice &in, QIODevice &results, QIODevice &messages)
    : input(in)
    , output(results, messages)
    , paths(Paths::standard())
    , keychain(u"Hubkeeper"_s)
{
    RecordPlace::removeLeftovers(recordFolderIn(paths));
    QObject::connect(&interrupt, &Interrupt::stillWaiting, &calls,
                     [this](int seconds) { output.stillWaiting(seconds); });
}

SessionServices Services::session()
{
    return {clock, keychain, paths, budgets};
}

void ConnectOptions::addTo(CLI::App &verb)
{
    addFileTo(verb);
    addPortalTo(verb);
    addTimeLimitTo(verb);
}

CLI::Option *ConnectOptions::addFileTo(CLI::App &verb)
{
    return verb.add_option("FILE", file, "The provisioner, provisioner.openicf-<name>.json")
        ->required()
        ->type_name(fileArgument);
}

void ConnectOptions::addTimeLimitTo(CLI::App &verb)
{
    addTimeLimit(verb, timeLimit);
}

void ConnectOptions::addPortalTo(CLI::App &verb)
{
    verb.add_option("--base-url", baseUrl, "A portal other than HubSpot's own, on this machine");
    verb.add_flag("--allow-remote-base-url", allowRemote, "Allow --base-url to name another host");
    verb.add_option("--api-version", apiVersion, "HubSpot's API version")
        ->type_name("2026-09|2026-03|v3");
    verb.add_option("--set-substitution", substitutions,
                    "name=value: what &{name} in the file stands for; not for secrets")
        ->take_all()
        ->allow_extra_args(false);
    verb.add_option("--properties", properties,
                    "A file of such values (name=value lines or JSON), which may be secrets")
        ->type_name(fileArgument);
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
    if (options.timeLimit > 0)
        services.interrupt.setTimeLimit(
            std::chrono::milliseconds(qint64(options.timeLimit * 1000)));
    const QString file = QString::fromStdString(options.file);
    const QString canonical = QFileInfo(file).canonicalFilePath();
    if (canonical.isEmpty()) {
        return fail(ErrorKind::InvalidInput, u"The file %1 does not exist."_s.arg(file),
                    u"Give the path of a provisioner."_s);
    }
    auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return tl::unexpected(registry.error());
    Connection connection;
    if (const Connection *known = registry->byProvisioner(canonical)) {
        connection = *known;
    } else {
        connection.id = idFor(canonical);
        connection.label = labelFor(file);
    }
    connection.provisionerPath = canonical;
    return options.applyTo(connection).map([&] { return connection; });
}

Result<Connection> keepConnection(const ConnectOptions &options, Services &services)
{
    const auto connection = connectionFor(options, services);
    if (!connection)
        return connection;
    return ConnectionRegistry::load(services.paths).and_then([&](ConnectionRegistry registry) {
        return registry.edit(*connection, [&](Connection &kept) { return options.applyTo(kept); });
    });
}

Result<Substitutions> ConnectOptions::substitutionValues() const
{
    Substitutions values;
    for (const std::string &setting : substitutions) {
        const QString text = QString::fromStdString(setting);
        const qsizetype equals = text.indexOf(u'=');
        if (equals < 1)
            return fail(ErrorKind::InvalidInput, u"\"%1\" is not a name=value pair."_s.arg(text),
                        u"Use --set-substitution name=value."_s);
        values.setPublic(text.left(equals), text.mid(equals + 1));
    }
    if (properties.empty())
        return values;
    return readFile(QString::fromStdString(properties), largestProperties)
        .and_then(&substitutionsFrom)
        .map([&](const QHash<QString, QString> &all) {
            for (auto one = all.begin(); one != all.end(); ++one)
                values.setPrivate(one.key(), one.value());
            return values;
        });
}

Result<GivenSecrets> GivenSecrets::read(QIODevice &input)
{
    auto text = readAllInput(input, largestSecretInput);
    if (!text)
        return tl::unexpected(text.error());
    const QJsonObject object = QJsonDocument::fromJson(*text).object();
    wipe(*text);
    GivenSecrets secrets;
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (auto one = credentialsOf(member->toObject()))
            secrets.m_byFile.insert_or_assign(member.key(), std::move(*one));
    }
    secrets.m_only = credentialsOf(object);
    if (secrets.m_only || secrets.areByFile())
        return secrets;
    return fail(ErrorKind::InvalidInput, u"Standard input holds no secrets."_s,
                u"Pass {\"clientSecret\":\"…\",\"refreshToken\":\"…\"}, or an object of such "
                "objects by file."_s);
}

std::optional<OAuthCredentials> GivenSecrets::of(const QString &path) const
{
    const QFileInfo file(path);
    for (const QString &name : {path, file.canonicalFilePath(), file.fileName()}) {
        if (const auto found = m_byFile.find(name); found != m_byFile.end())
            return found->second.clone();
    }
    return m_only ? std::optional(m_only->clone()) : std::nullopt;
}

Result<OAuthCredentials> secretsFrom(QIODevice &input)
{
    return GivenSecrets::read(input).and_then(
        [](const GivenSecrets &given) -> Result<OAuthCredentials> {
            if (auto only = given.of({}))
                return std::move(*only);
            return fail(ErrorKind::InvalidInput, u"Standard input holds secrets by file."_s,
                        u"Pass those of this one file."_s);
        });
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

Result<std::shared_ptr<Session>> openFor(const ConnectOptions &options, Services &services,
                                         SessionUse use, const GivenSecrets *given)
{
    const auto connection = connectionFor(options, services);
    if (!connection)
        return tl::unexpected(connection.error());
    std::optional<OAuthCredentials> secrets;
    if (given) {
        secrets = given->of(QString::fromStdString(options.file));
    } else if (options.secretsFromInput) {
        auto read = secretsFrom(services.input);
        if (!read)
            return tl::unexpected(read.error());
        secrets = std::move(*read);
    }
    const auto values = options.substitutionValues();
    if (!values)
        return tl::unexpected(values.error());
    auto session = waitFor(openSession(*connection, services.session(), std::move(secrets),
                                       &services.calls, {use, *values}),
                           services.interrupt);
    if (session)
        return whole(*session, services);
    return tl::unexpected(atTheCommandLine(session.error(), *connection, options));
}

} // namespace hubkeeper::cli
