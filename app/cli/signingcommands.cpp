// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "changes/set/changesfile.h"
#include "commands.h"
#include "consent.h"
#include "counttext.h"
#include "options.h"
#include "policy/account.h"
#include "policy/policyfile.h"
#include "session/secrets/signingkeys.h"
#include "standardinput.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString publicKeyText(const QByteArray &key)
{
    return QString::fromLatin1(key.toBase64());
}

QJsonObject signingKeyJson(const OwnSigningKey &key)
{
    return {{u"name"_s, key.name},
            {u"key"_s, publicKeyText(key.publicKey)},
            {u"created"_s, key.created.toUTC().toString(Qt::ISODate)}};
}

/// What an administrator puts into the policy file.
QJsonObject trustedEntryOf(const OwnSigningKey &key)
{
    return {{u"name"_s, key.name},
            {u"key"_s, publicKeyText(key.publicKey)},
            {u"accounts"_s, QJsonArray {accountName()}}};
}

int runCreateKey(const std::string &name, Services &services)
{
    const QString called = name.empty() ? accountName() : QString::fromStdString(name);
    const auto key =
        waitFor(createSigningKey(called, services.session(), &services.calls), services.interrupt);
    if (!key)
        return services.output.failure(key.error());
    services.output.message(
        u"Made the signing key \"%1\"; its private part is in %2. Give the administrator the "
        "public one:"_s.arg(key->name, services.keychain.backend().name));
    if (services.output.json)
        services.output.result(signingKeyJson(*key));
    else
        services.output.line(publicKeyText(key->publicKey));
    return Done;
}

int runListKeys(Services &services)
{
    const auto keys = signingKeys(services.paths);
    if (!keys)
        return services.output.failure(keys.error());
    QJsonArray list;
    QList<QStringList> table {{u"NAME"_s, u"PUBLIC KEY"_s, u"CREATED"_s}};
    for (const OwnSigningKey &key : *keys) {
        list.append(signingKeyJson(key));
        table.append(
            {key.name, publicKeyText(key.publicKey), key.created.toUTC().toString(Qt::ISODate)});
    }
    if (services.output.json)
        services.output.result(list);
    else if (keys->isEmpty())
        services.output.message(u"You have no signing key."_s);
    else
        services.output.table(table);
    return Done;
}

int runShowPublicKey(const std::string &name, Services &services)
{
    const auto key = signingKeyNamed(QString::fromStdString(name), services.paths);
    if (!key)
        return services.output.failure(key.error());
    if (services.output.json)
        services.output.result(trustedEntryOf(*key));
    else
        services.output.line(publicKeyText(key->publicKey));
    return Done;
}

int runForgetKey(const std::string &name, bool yes, Services &services)
{
    const auto key = signingKeyNamed(QString::fromStdString(name), services.paths);
    if (!key)
        return services.output.failure(key.error());
    if (!yes) {
        if (!StandardInput::isTerminal())
            return services.output.failure(
                fail(ErrorKind::Refused,
                     u"The private key \"%1\" would be deleted for good."_s.arg(key->name),
                     u"Add --yes."_s)
                    .value());
        const auto agreed = askYes(u"Delete the private key \"%1\"?"_s.arg(key->name), services);
        if (!agreed || !*agreed)
            return agreed ? int(Refused) : services.output.failure(agreed.error());
    }
    const auto gone =
        waitFor(forgetSigningKey(*key, services.session(), &services.calls), services.interrupt);
    if (!gone)
        return services.output.failure(gone.error());
    services.output.message(u"Forgot the signing key \"%1\"."_s.arg(key->name));
    if (services.output.json)
        services.output.result(signingKeyJson(*key));
    return Done;
}

int runSignChanges(const std::string &path, const std::string &name, Services &services)
{
    const auto key = signingKeyNamed(QString::fromStdString(name), services.paths);
    if (!key)
        return services.output.failure(key.error());
    const QString file = QString::fromStdString(path);
    const auto changes = waitFor(signChangesFile(file, *key, services.session(), &services.calls),
                                 services.interrupt);
    if (!changes)
        return services.output.failure(changes.error());
    services.output.message(u"Signed %1 by %2 for %3 as \"%4\"."_s.arg(
        countText(qint64(changes->rows.size()), "change"_L1, "changes"_L1), changes->header.author,
        changes->binding().portal(), key->name));
    if (services.output.json)
        services.output.result(
            QJsonObject {{u"path"_s, file},
                         {u"key"_s, publicKeyText(key->publicKey)},
                         {u"signatures"_s, changes->contents->signatures.size()}});
    return Done;
}

QJsonObject signatureJson(const JudgedSignature &signature)
{
    return {{u"key"_s, publicKeyText(signature.signature.key)},
            {u"signer"_s, signature.signer},
            {u"signedAt"_s, signature.signature.signedAt.toUTC().toString(Qt::ISODate)},
            {u"worth"_s, nameOf(signature.worth)},
            {u"text"_s, sentenceOf(signature)}};
}

/// Whether a file has the signatures that the policy file of this computer wants, one at least.
int runVerifyChanges(const std::string &path, Services &services)
{
    const auto changes = readChangesFile(QString::fromStdString(path));
    if (!changes)
        return services.output.failure(changes.error());
    const auto policy = currentPolicyFile();
    if (!policy)
        return services.output.failure(policy.error());
    const auto limits = policy->limitsOf(changes->binding().portalId);
    const int needed = limits.signatures ? limits.signatures->value : 1;
    QList<JudgedSignature> signatures;
    if (changes->contents)
        signatures = judged(changes->contents->signatures, changes->contents->digest(),
                            changes->header.author, {}, policy->trustedKeys);
    const bool isVerified = changes->otherForm == 0 && countOf(signatures) >= needed;
    QJsonArray list;
    for (const JudgedSignature &signature : std::as_const(signatures)) {
        list.append(signatureJson(signature));
        if (!services.output.json)
            services.output.line(sentenceOf(signature));
    }
    if (signatures.isEmpty())
        services.output.message(u"Nobody has signed it."_s);
    if (!signatures.isEmpty() && changes->otherForm > 0)
        services.output.message(
            u"Line %1 is not in canonical form: no signature counts."_s.arg(changes->otherForm));
    if (!policy->isPresent())
        services.output.message(
            u"The policy file %1 does not exist, so no key is trusted."_s.arg(policyPath()));
    if (services.output.json)
        services.output.result(QJsonObject {{u"verified"_s, isVerified},
                                            {u"counting"_s, countOf(signatures)},
                                            {u"needed"_s, needed},
                                            {u"author"_s, changes->header.author},
                                            {u"portalId"_s, changes->binding().portalId},
                                            {u"rows"_s, qint64(changes->rows.size())},
                                            {u"signatures"_s, list}});
    else
        services.output.message(u"%1: signatures that count: %2, needed: %3."_s.arg(
            isVerified ? u"Verified"_s : u"Not verified"_s, QString::number(countOf(signatures)),
            QString::number(needed)));
    return isVerified ? Done : Findings;
}

/// In canonical form, with a new header; signatures do not survive that.
int runFormatChanges(const std::string &path, bool checks, Services &services)
{
    const QString file = QString::fromStdString(path);
    const auto changes = readChangesFile(file);
    if (!changes)
        return services.output.failure(changes.error());
    const bool isCanonical = changes->contents && changes->otherForm == 0;
    if (!checks && !isCanonical) {
        ChangesHeader header = headerFor(changes->binding(), changes->header.note);
        if (changes->contents) { // It stays whose it was.
            header.author = changes->header.author;
            header.created = changes->header.created;
        }
        const auto saved =
            saveFile(file, changesToLines(header, changes->rows), FileMode::KeepOrPrivate);
        if (!saved)
            return services.output.failure(saved.error());
    }
    services.output.message(
        isCanonical  ? u"It is in canonical form."_s
            : checks ? u"Line %1 is not in canonical form."_s.arg(std::max(1, changes->otherForm))
                     : u"Written in canonical form, without signatures."_s);
    if (services.output.json)
        services.output.result(QJsonObject {
            {u"path"_s, file}, {u"canonical"_s, isCanonical}, {u"line"_s, changes->otherForm}});
    return checks && !isCanonical ? Findings : Done;
}

void addKeyCommands(CLI::App &changes, Run &chosen)
{
    CLI::App *keys = changes.add_subcommand("keys", "Your keys for signing change sets");
    keys->require_subcommand(1);
    keys->fallthrough();
    const auto addName = [](CLI::App &verb) {
        auto name = std::make_shared<std::string>();
        verb.add_option("NAME", *name, "The key's name; needed where you have several");
        return name;
    };
    addVerb(*keys, "create", "Make a key; the private part goes into the keychain", chosen,
            [](CLI::App &verb) {
                auto name = std::make_shared<std::string>();
                verb.add_option("NAME", *name, "What to call it; by default as your account");
                return Run([name](Services &services) { return runCreateKey(*name, services); });
            });
    addVerb(*keys, "list", "Your keys", chosen, [](CLI::App &) { return Run(&runListKeys); });
    addVerb(*keys, "show-public", "The public key, for the policy file", chosen,
            [addName](CLI::App &verb) {
                auto name = addName(verb);
                return Run(
                    [name](Services &services) { return runShowPublicKey(*name, services); });
            });
    addVerb(*keys, "forget", "Delete a key", chosen, [addName](CLI::App &verb) {
        auto name = addName(verb);
        auto yes = std::make_shared<bool>(false);
        verb.add_flag("--yes", *yes, "Delete it without a question");
        return Run([name, yes](Services &services) { return runForgetKey(*name, *yes, services); });
    });
}

} // namespace

void addSigningCommands(CLI::App &changes, Run &chosen)
{
    addKeyCommands(changes, chosen);
    const auto addFile = [](CLI::App &verb) {
        auto path = std::make_shared<std::string>();
        verb.add_option("FILE", *path, "A change set file")->required()->type_name(fileArgument);
        return path;
    };
    addVerb(changes, "sign", "Sign a change set that somebody else has saved", chosen,
            [addFile](CLI::App &verb) {
                auto path = addFile(verb);
                auto key = std::make_shared<std::string>();
                verb.add_option("--key", *key, "The name of your key");
                return Run([path, key](Services &services) {
                    return runSignChanges(*path, *key, services);
                });
            });
    addVerb(changes, "verify", "Whether the signatures of a change set count here", chosen,
            [addFile](CLI::App &verb) {
                auto path = addFile(verb);
                return Run(
                    [path](Services &services) { return runVerifyChanges(*path, services); });
            });
    addVerb(changes, "format", "Write a change set in canonical form", chosen,
            [addFile](CLI::App &verb) {
                auto path = addFile(verb);
                auto checks = std::make_shared<bool>(false);
                verb.add_flag("--check", *checks, "Only look whether it is");
                return Run([path, checks](Services &services) {
                    return runFormatChanges(*path, *checks, services);
                });
            });
}

} // namespace hubkeeper::cli
