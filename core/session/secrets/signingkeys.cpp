// SPDX-License-Identifier: MIT
#include "session/secrets/signingkeys.h"

#include "base/poolcall.h"
#include "changes/set/changesfile.h"
#include "policy/account.h"
#include "policy/signerkey.h"
#include "session/connections/registryfile.h"
#include "session/sessiontext.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto keyListMember = "keys"_L1;

RegistryFile keyFileIn(const Paths &paths)
{
    return {paths.config.isEmpty() ? QString() : paths.config + u"/signing-keys.json"_s,
            keyListMember};
}

SecretId seedIdOf(const OwnSigningKey &key)
{
    return {u"signing"_s, key.id};
}

QJsonObject keyEntry(const OwnSigningKey &key)
{
    return {{u"id"_s, key.id},
            {u"name"_s, key.name},
            {u"key"_s, QString::fromLatin1(key.publicKey.toBase64())},
            {u"created"_s, key.created.toUTC().toString(Qt::ISODate)}};
}

QList<OwnSigningKey> keysIn(const QJsonObject &root)
{
    QList<OwnSigningKey> keys;
    const QJsonArray list = root[keyListMember].toArray();
    for (const QJsonValue &entry : list) {
        OwnSigningKey key;
        key.id = entry["id"_L1].toString();
        key.name = entry["name"_L1].toString();
        key.publicKey = QByteArray::fromBase64(entry["key"_L1].toString().toLatin1());
        key.created = QDateTime::fromString(entry["created"_L1].toString(), Qt::ISODate);
        if (!key.id.isEmpty())
            keys.append(key);
    }
    std::sort(keys.begin(), keys.end(), [](const OwnSigningKey &a, const OwnSigningKey &b) {
        return a.name.localeAwareCompare(b.name) < 0;
    });
    return keys;
}

Result<void> checkKeyName(const QString &name, const QList<OwnSigningKey> &keys)
{
    if (name.trimmed().isEmpty())
        return fail(ErrorKind::InvalidInput, SessionText::tr("A signing key needs a name."));
    for (const OwnSigningKey &key : keys) {
        if (key.name.compare(name, Qt::CaseInsensitive) == 0)
            return fail(ErrorKind::Conflict,
                        SessionText::tr("There is a signing key \"%1\" already.").arg(key.name),
                        SessionText::tr("Choose another name, or forget that one first."));
    }
    return {};
}

class CreateSigningKey final : public Call<OwnSigningKey>
{
public:
    CreateSigningKey(const QString &name, const SessionServices &services, QObject *parent)
        : Call(parent)
        , m_paths(services.paths)
    {
        const auto allowed = signingKeys(m_paths).and_then(
            [&](const QList<OwnSigningKey> &keys) { return checkKeyName(name, keys); });
        if (!allowed) {
            complete(tl::unexpected(allowed.error()));
            return;
        }
        if (!services.secrets.backend().persistent) {
            complete(fail(ErrorKind::NoKeychain,
                          SessionText::tr("No keychain keeps the key for longer than this program "
                                          "runs."),
                          SessionText::tr("Start a keychain and try again.")));
            return;
        }
        SignerKey made = newSignerKey();
        m_key = {QUuid::createUuid().toString(QUuid::WithoutBraces), name.trimmed(), made.publicKey,
                 services.clock.utc()};
        then(services.secrets.write(seedIdOf(m_key), std::move(made.seed), this),
             [this] { keep(); });
    }

private:
    void keep()
    {
        const auto kept = keyFileIn(m_paths).update({}, [this](QJsonObject &root) -> Result<void> {
            return checkKeyName(m_key.name, keysIn(root)).map([&] {
                keyFileIn(m_paths).putEntry(root, keyEntry(m_key));
            });
        });
        if (kept)
            complete(m_key);
        else
            complete(tl::unexpected(kept.error()));
    }

    const Paths m_paths;
    OwnSigningKey m_key;
};

class ForgetSigningKey final : public Call<void>
{
public:
    ForgetSigningKey(const OwnSigningKey &key, const SessionServices &services, QObject *parent)
        : Call(parent)
    {
        then(services.secrets.remove(seedIdOf(key), this),
             [this, id = key.id, file = keyFileIn(services.paths)] {
                 complete(file.update({},
                                      [&](QJsonObject &root) -> Result<void> {
                                          file.removeEntry(root, id);
                                          return {};
                                      })
                              .map([](const QJsonObject &) {}));
             });
    }
};

/// The policy file says whose account is whose; here only the plain case is caught early.
Result<ExchangedChanges> toBeSigned(const QString &path)
{
    return readChangesFile(path).and_then(
        [&](const ExchangedChanges &changes) -> Result<ExchangedChanges> {
            if (const auto refusal = refusalToSign(changes))
                return tl::unexpected(*refusal);
            if (changes.header.author.compare(accountName(), Qt::CaseInsensitive) == 0)
                return fail(ErrorKind::Refused,
                            SessionText::tr("You have saved this change set yourself (%1).")
                                .arg(changes.header.author),
                            SessionText::tr("Somebody else has to sign it."));
            return changes;
        });
}

class SignChangesFile final : public Call<ExchangedChanges>
{
public:
    SignChangesFile(const QString &path, const OwnSigningKey &key, const SessionServices &services,
                    QObject *parent)
        : Call(parent)
        , m_path(path)
        , m_key(key)
        , m_services(services)
    {
        const auto work = [path](const std::stop_token &) { return toBeSigned(path); };
        then(new PoolCall<ExchangedChanges>(work, this),
             [this](const ExchangedChanges &changes) { readKey(changes); });
    }

private:
    void readKey(const ExchangedChanges &changes)
    {
        then(m_services.secrets.read(seedIdOf(m_key), this),
             [this, digest = changes.contents->digest()](const Secret &seed) {
                 // The seed goes with the outcome of the reading; nothing keeps it.
                 const auto made = signedBy(seed, digest, m_services.clock.utc());
                 if (!made)
                     return complete(tl::unexpected(made.error()));
                 if (made->key != m_key.publicKey)
                     return complete(
                         fail(ErrorKind::Storage,
                              SessionText::tr("The keychain holds another key than \"%1\".")
                                  .arg(m_key.name),
                              SessionText::tr("Forget it and create a new one.")));
                 write(*made);
             });
    }

    void write(const Signature &signature)
    {
        const auto work = [path = m_path, signature](const std::stop_token &) {
            return addSignature(path, signature).and_then([&] { return readChangesFile(path); });
        };
        then(new PoolCall<ExchangedChanges>(work, this),
             [this](const ExchangedChanges &changes) { complete(changes); });
    }

    const QString m_path;
    const OwnSigningKey m_key;
    const SessionServices m_services;
};

} // namespace

Result<QList<OwnSigningKey>> signingKeys(const Paths &paths)
{
    if (paths.config.isEmpty())
        return QList<OwnSigningKey>();
    return keyFileIn(paths).read().map(&keysIn);
}

Result<OwnSigningKey> signingKeyNamed(const QString &name, const Paths &paths)
{
    return signingKeys(paths).and_then([&](const QList<OwnSigningKey> &keys)
                                           -> Result<OwnSigningKey> {
        const auto create = SessionText::tr("`hubkeeper-cli changes keys create` makes one.");
        if (keys.isEmpty())
            return fail(ErrorKind::NotFound, SessionText::tr("You have no signing key."), create);
        if (name.isEmpty() && keys.size() > 1)
            return fail(ErrorKind::InvalidInput, SessionText::tr("You have several signing keys."),
                        SessionText::tr("Say which one."));
        for (const OwnSigningKey &key : keys) {
            if (name.isEmpty() || key.name.compare(name, Qt::CaseInsensitive) == 0)
                return key;
        }
        return fail(ErrorKind::NotFound,
                    SessionText::tr("You have no signing key \"%1\".").arg(name), create);
    });
}

Call<OwnSigningKey> *createSigningKey(const QString &name, const SessionServices &services,
                                      QObject *parent)
{
    return new CreateSigningKey(name, services, parent);
}

Call<void> *forgetSigningKey(const OwnSigningKey &key, const SessionServices &services,
                             QObject *parent)
{
    return new ForgetSigningKey(key, services, parent);
}

Call<ExchangedChanges> *signChangesFile(const QString &path, const OwnSigningKey &key,
                                        const SessionServices &services, QObject *parent)
{
    return new SignChangesFile(path, key, services, parent);
}

} // namespace hubkeeper
