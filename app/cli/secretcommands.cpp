// SPDX-License-Identifier: MIT
#include "commands.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/document.h"
#include "secretinput.h"
#include "secretplacetext.h"
#include "session/secrets/leakcheck.h"
#include "session/secrets/secretmove.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

Result<OAuthCredentials> askForSecrets(const ConnectOptions &options, Services &services)
{
    if (options.secretsFromInput)
        return secretsFrom(services.input);
    OAuthCredentials secrets;
    secrets.clientSecret = askForSecret(u"Client secret (empty: leave as it is):"_s, services);
    secrets.refreshToken = askForSecret(u"Refresh token (empty: leave as it is):"_s, services);
    return secrets;
}

int runSet(const ConnectOptions &options, Services &services)
{
    const auto connection = connectionFor(options, services);
    if (!connection)
        return services.output.failure(connection.error());
    auto secrets = askForSecrets(options, services);
    if (!secrets)
        return services.output.failure(secrets.error());
    auto book = ConnectionBook::load(services.paths);
    if (!book)
        return services.output.failure(book.error());
    if (const auto stored = book->store(*connection); !stored)
        return services.output.failure(stored.error());

    const std::pair<QString, const Secret *> entries[] = {
        {u"clientSecret"_s, &secrets->clientSecret}, {u"refreshToken"_s, &secrets->refreshToken}};
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
            || (name == "clientSecret"_L1 ? clientSecret : refreshToken);
    }
};

int runForget(const ConnectOptions &options, const ForgetChoice &choice, Services &services)
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

int runMove(const ConnectOptions &options, Services &services)
{
    const auto connection = connectionFor(options, services);
    if (!connection)
        return services.output.failure(connection.error());
    const auto names = plainSecretsIn(connection->provisionerPath);
    if (!names)
        return services.output.failure(names.error());
    auto book = ConnectionBook::load(services.paths);
    if (!book)
        return services.output.failure(book.error());
    if (const auto stored = book->store(*connection); !stored)
        return services.output.failure(stored.error());
    for (const QString &name : *names) {
        const auto moved =
            waitFor(moveSecretIntoStore(*connection, name, services.session(), &services.calls),
                    services.interrupt);
        if (!moved)
            return services.output.failure(moved.error());
        services.output.message(u"Moved %1 into %2."_s.arg(name, services.keychain.backend().name));
    }
    if (names->isEmpty())
        services.output.message(u"No secret stands in the file as plain text."_s);
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
                                            {u"service"_s, backend.service},
                                            {u"secrets"_s, placesJson(*places)}});
        return Done;
    }
    services.output.line(
        u"%1, service \"%2\", entries %3/…"_s.arg(backend.name, backend.service, connection->id));
    services.output.table(placesTable(*places));
    return Done;
}

void tellLeaks(const LeakReport &report, Output &output)
{
    QJsonArray leaks;
    for (const Leak &leak : report.leaks) {
        leaks.append(QJsonObject {{u"path"_s, leak.path},
                                  {u"offset"_s, leak.offset},
                                  {u"secret"_s, leak.secret},
                                  {u"form"_s, leak.form}});
        if (!output.json) {
            output.line(u"%1: byte %2: %3 (%4)"_s.arg(leak.path)
                            .arg(leak.offset)
                            .arg(leak.secret, leak.form));
        }
    }
    if (output.json) {
        output.result(
            QJsonObject {{u"secrets"_s, report.secrets},
                         {u"files"_s, report.files},
                         {u"bytes"_s, report.bytes},
                         {u"leaks"_s, leaks},
                         {u"unreadable"_s, QJsonArray::fromStringList(report.unreadable)}});
        return;
    }
    output.line(u"Looked for %1 secrets in %2 files (%3 bytes): %4 found."_s.arg(report.secrets)
                    .arg(report.files)
                    .arg(report.bytes)
                    .arg(report.leaks.size()));
}

int runCheck(const std::vector<std::string> &paths, Services &services)
{
    const auto book = ConnectionBook::load(services.paths);
    if (!book)
        return services.output.failure(book.error());
    QStringList more;
    for (const std::string &path : paths)
        more.append(QString::fromStdString(path));
    const auto report =
        waitFor(checkForLeaks(book->connections(), services.session(), more, &services.calls),
                services.interrupt);
    if (!report)
        return services.output.failure(report.error());
    tellLeaks(*report, services.output);
    for (const QString &path : report->unreadable)
        services.output.message(u"Cannot be read: %1"_s.arg(path));
    if (report->keychainFailure)
        return services.output.failure(*report->keychainFailure);
    return report->leaks.isEmpty() ? Done : Findings;
}

} // namespace

void addSecretCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group = app.add_subcommand("secrets", "Keep secrets in the keychain");
    group->require_subcommand(1);
    group->fallthrough();
    const auto add = [&](const char *name, const char *help,
                         int (*run)(const ConnectOptions &, Services &)) {
        addVerb(*group, name, help, chosen, [run](CLI::App &verb) {
            auto options = std::make_shared<ConnectOptions>();
            options->addTo(verb);
            return Run([options, run](Services &services) { return run(*options, services); });
        });
    };
    add("set", "Store client secret and refresh token, asked for or from standard input", runSet);
    addVerb(*group, "forget", "Remove them, or one of them, from the keychain", chosen,
            [](CLI::App &verb) {
                auto options = std::make_shared<ConnectOptions>();
                auto choice = std::make_shared<ForgetChoice>();
                options->addFileTo(verb);
                verb.add_flag("--client-secret", choice->clientSecret, "Only the client secret");
                verb.add_flag("--refresh-token", choice->refreshToken, "Only the refresh token");
                return Run([options, choice](Services &services) {
                    return runForget(*options, *choice, services);
                });
            });
    add("move", "Move them out of the file, where they are plain text, into the keychain", runMove);
    add("where", "Tell where they are", runWhere);
    addVerb(*group, "check",
            "Look for the secrets of all connections in the files the programs wrote", chosen,
            [](CLI::App &verb) {
                auto paths = std::make_shared<std::vector<std::string>>();
                verb.add_option("PATH", *paths, "More files or folders: exports, logs");
                return Run([paths](Services &services) { return runCheck(*paths, services); });
            });
}

} // namespace hubkeeper::cli
