// SPDX-License-Identifier: MIT
#include "commands.h"
#include "consent.h"
#include "counttext.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/document.h"
#include "secretinput.h"
#include "secretplacetext.h"
#include "secrets/secretform.h"
#include "session/secrets/leakcheck.h"
#include "session/secrets/secretmove.h"
#include "standardinput.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

Result<OAuthCredentials> askForSecrets(const ConnectOptions &options, Services &services)
{
    if (options.secretsFromInput)
        return secretsFrom(services.input);
    auto clientSecret = askForSecret(u"Client secret (empty: leave as it is):"_s, services);
    if (!clientSecret)
        return tl::unexpected(clientSecret.error());
    auto refreshToken = askForSecret(u"Refresh token (empty: leave as it is):"_s, services);
    if (!refreshToken)
        return tl::unexpected(refreshToken.error());
    OAuthCredentials secrets;
    secrets.clientSecret = std::move(*clientSecret);
    secrets.refreshToken = std::move(*refreshToken);
    return secrets;
}

/// Whether a stored secret may be replaced: by the option, or because somebody at a terminal says
/// so.
Result<bool> mayReplace(const QString &name, const Connection &connection, bool replace,
                        Services &services)
{
    if (replace || !StandardInput::isTerminal())
        return replace;
    return askYes(
        u"The keychain holds another %1 of \"%2\". Replace it?"_s.arg(name, connection.label),
        services);
}

/// Nothing if the keychain has none, or the same one, or the other one may be replaced.
Result<void> checkReplacement(const SecretId &id, const Secret &secret,
                              const Connection &connection, bool replace, Services &services)
{
    const auto another =
        waitFor(holdsAnother(id, secret, services.keychain, &services.calls), services.interrupt);
    if (!another)
        return tl::unexpected(another.error());
    const auto may =
        *another ? mayReplace(id.name, connection, replace, services) : Result<bool>(true);
    if (!may)
        return tl::unexpected(may.error());
    if (*may)
        return {};
    return fail(ErrorKind::Conflict,
                u"The keychain holds another %1 of \"%2\"."_s.arg(id.name, connection.label),
                u"Nothing was changed. Add --replace, or forget it first."_s);
}

int runSetSecret(const ConnectOptions &options, bool replace, Services &services)
{
    if (const auto usable = connectionFor(options, services); !usable)
        return services.output.failure(usable.error());
    auto secrets = askForSecrets(options, services);
    if (!secrets)
        return services.output.failure(secrets.error());
    const auto usableForm = checkForm(u"client secret"_s, secrets->clientSecret).and_then([&] {
        return checkForm(u"refresh token"_s, secrets->refreshToken);
    });
    if (!usableForm)
        return services.output.failure(usableForm.error());
    const auto connection = keepConnection(options, services);
    if (!connection)
        return services.output.failure(connection.error());

    const std::pair<QString, const Secret *> entries[] = {
        {nameOf(SecretName::ClientSecret), &secrets->clientSecret},
        {nameOf(SecretName::RefreshToken), &secrets->refreshToken}};
    for (const auto &[name, secret] : entries) { // All before the first is stored.
        if (secret->isEmpty())
            continue;
        const auto allowed =
            checkReplacement({connection->id, name}, *secret, *connection, replace, services);
        if (!allowed)
            return services.output.failure(allowed.error());
    }
    QJsonArray written;
    for (const auto &[name, secret] : entries) {
        if (secret->isEmpty())
            continue;
        const auto stored = waitFor(
            services.keychain.write({connection->id, name}, secret->clone(), &services.calls),
            services.interrupt);
        if (!stored)
            return services.output.failure(stored.error());
        written.append(name);
        services.output.message(u"Stored %1 in %2."_s.arg(name, services.keychain.backend().name));
    }
    if (services.output.json) {
        services.output.result(
            QJsonObject {{u"stored"_s, written}, {u"backend"_s, services.keychain.backend().name}});
    }
    return Done;
}

struct ForgetChoice
{
    bool clientSecret = false;
    bool refreshToken = false;

    /// Nothing chosen is everything.
    [[nodiscard]] bool has(const QString &name) const
    {
        return clientSecret == refreshToken
            || (name == nameOf(SecretName::ClientSecret) ? clientSecret : refreshToken);
    }
};

int runForgetSecrets(const ConnectOptions &options, const ForgetChoice &choice, Services &services)
{
    const auto connection = connectionFor(options, services);
    if (!connection)
        return services.output.failure(connection.error());
    const auto places = placesOf(*connection, services);
    if (!places)
        return services.output.failure(places.error());
    const QString store = services.keychain.backend().name;
    QJsonArray forgotten;
    QJsonArray absent;
    for (const SecretPlace &place : *places) {
        if (!choice.has(place.id.name))
            continue;
        const auto removed =
            waitFor(services.keychain.remove(place.id, &services.calls), services.interrupt);
        if (!removed)
            return services.output.failure(removed.error());
        (place.stored ? forgotten : absent).append(place.id.name);
        services.output.message(place.stored ? u"Forgot %1 in %2."_s.arg(place.id.name, store)
                                             : u"%1 was not in %2."_s.arg(place.id.name, store));
    }
    if (services.output.json) {
        services.output.result(QJsonObject {{u"connection"_s, connection->id},
                                            {u"forgotten"_s, forgotten},
                                            {u"absent"_s, absent},
                                            {u"backend"_s, store}});
    }
    return Done;
}

/// The secrets that stand in a file as plain text.
Result<QStringList> plainSecretsIn(const QString &path)
{
    return Document::open(path).map([](const std::unique_ptr<Document> &document) {
        QStringList names;
        for (const QString &name : secretNames()) {
            const int node = document->text().at(u"/configurationProperties/"_s + name);
            if (secretFormOf(document->text(), node) == SecretForm::PlainText)
                names.append(name);
        }
        return names;
    });
}

/// Asked before anything is moved.
Result<void> checkReplacements(const QStringList &names, const Connection &connection, bool replace,
                               Services &services)
{
    const auto document = Document::open(connection.provisionerPath);
    if (!document)
        return tl::unexpected(document.error());
    for (const QString &name : names) {
        const JsonText &text = (*document)->text();
        const Secret secret = plainSecret(text, text.at(u"/configurationProperties/"_s + name));
        const auto allowed = checkForm(name, secret).and_then([&] {
            return checkReplacement({connection.id, name}, secret, connection, replace, services);
        });
        if (!allowed)
            return allowed;
    }
    return {};
}

int runMove(const ConnectOptions &options, bool replace, Services &services)
{
    const auto usable = connectionFor(options, services);
    if (!usable)
        return services.output.failure(usable.error());
    const auto names = plainSecretsIn(usable->provisionerPath);
    if (!names)
        return services.output.failure(names.error());
    if (const auto allowed = checkReplacements(*names, *usable, replace, services); !allowed)
        return services.output.failure(allowed.error());
    const auto connection = keepConnection(options, services);
    if (!connection)
        return services.output.failure(connection.error());
    for (const QString &name : *names) {
        const auto moved = waitFor(moveSecretIntoStore(*connection, name, services.session(),
                                                       WhenStored::Replace, &services.calls),
                                   services.interrupt);
        if (!moved)
            return services.output.failure(moved.error());
        services.output.message(u"Moved %1 into %2."_s.arg(name, services.keychain.backend().name));
    }
    if (names->isEmpty())
        services.output.message(u"No secret is in the file as plain text."_s);
    if (services.output.json) {
        services.output.result(QJsonObject {{u"moved"_s, QJsonArray::fromStringList(*names)},
                                            {u"backend"_s, services.keychain.backend().name}});
    }
    return Done;
}

int runWhere(const ConnectOptions &options, Services &services)
{
    const auto connection = connectionFor(options, services);
    if (!connection)
        return services.output.failure(connection.error());
    if (const auto document = Document::open(connection->provisionerPath); !document)
        return services.output.failure(document.error());
    const auto places = placesOf(*connection, services);
    if (!places)
        return services.output.failure(places.error());
    const SecretBackend backend = services.keychain.backend();
    if (services.output.json) {
        services.output.result(QJsonObject {{u"backend"_s, backend.name},
                                            {u"answers"_s, backend.answers},
                                            {u"service"_s, backend.service},
                                            {u"secrets"_s, placesJson(*places)}});
        return Done;
    }
    services.output.line(backend.answers ? u"%1, service \"%2\", entries %3/…"_s.arg(
                             backend.name, backend.service, connection->id)
                                         : u"No keychain answers."_s);
    services.output.table(placesTable(*places));
    return Done;
}

QJsonObject leaksJson(const LeakReport &report)
{
    QJsonArray leaks;
    for (const Leak &leak : report.leaks)
        leaks.append(QJsonObject {{u"path"_s, leak.path},
                                  {u"offset"_s, leak.offset},
                                  {u"secret"_s, leak.secret},
                                  {u"form"_s, leak.form}});
    return {{u"secrets"_s, report.secrets},
            {u"files"_s, report.files},
            {u"bytes"_s, report.bytes},
            {u"leaks"_s, leaks},
            {u"unreadable"_s, QJsonArray::fromStringList(report.unreadable)}};
}

void showLeaks(const LeakReport &report, Output &output)
{
    for (const Leak &leak : report.leaks)
        output.line(
            u"%1: byte %2: %3 (%4)"_s.arg(leak.path).arg(leak.offset).arg(leak.secret, leak.form));
    output.line(u"Looked for %1 in %2 (%3): %4 found."_s.arg(
        countText(report.secrets, "secret"_L1, "secrets"_L1),
        countText(report.files, "file"_L1, "files"_L1),
        countText(report.bytes, "byte"_L1, "bytes"_L1), QString::number(report.leaks.size())));
}

int runCheckSecrets(const std::vector<std::string> &paths, Services &services)
{
    const auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    QStringList more;
    for (const std::string &path : paths)
        more.append(QString::fromStdString(path));
    const auto report =
        waitFor(checkForLeaks(registry->connections(), services.session(), more, &services.calls),
                services.interrupt);
    if (!report)
        return services.output.failure(report.error());
    if (!services.output.json)
        showLeaks(*report, services.output);
    for (const QString &path : report->unreadable)
        services.output.message(u"Cannot be read: %1"_s.arg(path));
    if (report->keychainFailure)
        return services.output.failure(*report->keychainFailure,
                                       exitCodeFor(report->keychainFailure->kind),
                                       leaksJson(*report));
    if (services.output.json)
        services.output.result(leaksJson(*report));
    return report->leaks.isEmpty() ? Done : Findings;
}

} // namespace

void addSecretCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group = app.add_subcommand("secrets", "Keep secrets in the keychain");
    group->require_subcommand(1);
    group->fallthrough();
    const auto addStoring = [&](const char *name, const char *help,
                                int (*run)(const ConnectOptions &, bool, Services &)) {
        addVerb(*group, name, help, chosen, [run](CLI::App &verb) {
            auto options = std::make_shared<ConnectOptions>();
            auto replace = std::make_shared<bool>(false);
            if (run == &runMove) // It asks nobody but the keychain, and has the secrets.
                options->addFileTo(verb);
            else
                options->addTo(verb);
            verb.add_flag("--replace", *replace, "Replace another one that is in the keychain");
            return Run([options, replace, run](Services &services) {
                return run(*options, *replace, services);
            });
        });
    };
    addStoring("set", "Store client secret and refresh token, asked for or from standard input",
               runSetSecret);
    addVerb(*group, "forget", "Remove them, or one of them, from the keychain", chosen,
            [](CLI::App &verb) {
                auto options = std::make_shared<ConnectOptions>();
                auto choice = std::make_shared<ForgetChoice>();
                options->addFileTo(verb);
                verb.add_flag("--client-secret", choice->clientSecret, "Only the client secret");
                verb.add_flag("--refresh-token", choice->refreshToken, "Only the refresh token");
                return Run([options, choice](Services &services) {
                    return runForgetSecrets(*options, *choice, services);
                });
            });
    addStoring("move", "Move them out of the file, where they are plain text, into the keychain",
               runMove);
    addVerb(*group, "where", "Where they are", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ConnectOptions>();
        options->addFileTo(verb);
        return Run([options](Services &services) { return runWhere(*options, services); });
    });
    addVerb(
        *group, "check", "Look for the secrets of all connections in the files the programs wrote",
        chosen, [](CLI::App &verb) {
            auto paths = std::make_shared<std::vector<std::string>>();
            verb.add_option("PATH", *paths, "More files or folders: exports, logs");
            return Run([paths](Services &services) { return runCheckSecrets(*paths, services); });
        });
}

} // namespace hubkeeper::cli
