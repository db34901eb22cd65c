// SPDX-License-Identifier: MIT
#include "secrets/keychainsecretstore.h"

#include "base/log.h"
#include "base/redact.h"
#include "secrets/keyringanswer.h"
#include "secrets/keyringlock.h"
#include "secrets/secretstext.h"

#include <QLibrary>
#include <QTimer>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

/// What is known of a keychain that does not answer.
struct KeychainSilence
{
    std::chrono::milliseconds patience {};
    bool answers = true; ///< As far as is known.
    bool isSilent = false; ///< QtKeychain still waits for the first job: others wait for nothing.
};

namespace {

constexpr auto longestGreeting = 2s; // For one word of the bus or the service.

/// Overwrites a text that nobody else shares.
void wipeText(QString &text)
{
    volatile char16_t *target = reinterpret_cast<char16_t *>(text.data());
    for (qsizetype i = 0; i < text.size(); ++i)
        target[i] = u'\0';
    text.clear();
}

bool isAboutTheService(const QString &text)
{
    static const QStringList signs {u"D-Bus"_s,           u"DBus"_s,    u"autolaunch"_s,
                                    u"org.freedesktop"_s, u"org.kde"_s, u"connect"_s};
    return std::any_of(signs.begin(), signs.end(), [&](const QString &sign) {
        return text.contains(sign, Qt::CaseInsensitive);
    });
}

Error unreachable(const QString &reason)
{
    return fail(ErrorKind::NoKeychain,
                reason.isEmpty() ? SecretsText::tr("No keychain answers on this desktop.")
                                 : SecretsText::tr("No keychain answers on this desktop: %1.")
                                       .arg(redacted(reason)),
                SecretsText::tr(
                    "Start a keychain such as GNOME Keyring or KWallet, or keep secrets for this "
                    "session only."))
        .value();
}

Error silent(std::chrono::milliseconds patience)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience).count();
    return fail(ErrorKind::NoKeychain,
                SecretsText::tr("The keychain has not answered for %1 seconds.")
                    .arg(std::max(seconds, 1L)),
                SecretsText::tr("Check that its program and the session bus run, or go on without "
                                "it: keep secrets "
                                "for this session only, or pass them with --secrets-stdin."))
        .value();
}

Error denied()
{
    return fail(ErrorKind::NoKeychain,
                SecretsText::tr("The keychain is locked or access to it was denied."),
                SecretsText::tr(
                    "Unlock it and allow access, or keep secrets for this session only."))
        .value();
}

/// A service without a keyring, as on a server where nobody ever logged in to a desktop.
Error withoutKeyring(const QString &reason)
{
    return fail(ErrorKind::NoKeychain,
                SecretsText::tr("The keychain has no keyring to keep secrets in (%1).")
                    .arg(redacted(reason)),
                SecretsText::tr("Create a default keyring, or keep secrets for this session only."))
        .value();
}

Error errorFrom(const QKeychain::Job &job)
{
    const QString reason = job.errorString();
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return fail(ErrorKind::NotFound,
                    SecretsText::tr("The keychain has no entry %1.").arg(job.key()))
            .value();
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return denied();
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return unreachable(reason);
    default:
        break;
    }
    if (reason.contains("lock"_L1, Qt::CaseInsensitive))
        return denied();
    if (reason.contains("/org/freedesktop/secrets/"_L1))
        return withoutKeyring(reason);
    if (isAboutTheService(reason))
        return unreachable(reason);
    return fail(ErrorKind::Storage,
                SecretsText::tr("The keychain failed: %1.").arg(redacted(reason)))
        .value();
}

/// Follows a QtKeychain job to its end. The job is never deleted while it runs: backends call it
/// back through a bare pointer. It deletes itself when it is done, whether this call still
/// waits or not.
template <typename T, typename Job>
class KeychainCall final : public Call<T>
{
public:
    using Read = Result<T> (*)(Job &);

    KeychainCall(Job *job, const SecretId &id, std::shared_ptr<KeychainSilence> silence,
                 QObject *parent, Read read)
        : Call<T>(parent)
        , m_silence(std::move(silence))
    {
        if (m_silence->isSilent) {
            delete job; // It never ran.
            this->complete(tl::unexpected(silent(m_silence->patience)));
            return;
        }
        m_patience.setSingleShot(true);
        m_patience.setInterval(m_silence->patience);
        QObject::connect(&m_patience, &QTimer::timeout, this, [this] { onSilence(); });
        m_patience.start();
        job->setAutoDelete(true);
        job->setInsecureFallback(false); // Plain text is never an answer.
        job->setKey(id.connection + u'/' + id.name);
        QObject::connect(job, &QKeychain::Job::finished, this,
                         [this, job, read] { onJob(read(*job)); });
        job->start();
    }

private:
    void end(Result<T> outcome)
    {
        m_silence->answers = outcome || outcome.error().kind != ErrorKind::NoKeychain;
        this->complete(std::move(outcome));
    }

    /// The user may be looking for a password; a service that waits for that answers.
    void onSilence()
    {
        askWhetherAnswering(longestGreeting, this, [this](bool answers) {
            if (this->isFinished())
                return;
            if (answers)
                return m_patience.start();
            m_silence->isSilent = true;
            end(tl::unexpected(silent(m_silence->patience)));
        });
    }

    /// Where the keyring stayed locked, QtKeychain finds no entry to read, and removes none
    /// without a word.
    void onJob(Result<T> outcome)
    {
        m_patience.stop();
        m_silence->isSilent = false;
        constexpr bool isRemoval = std::is_same_v<Job, QKeychain::DeletePasswordJob>;
        const bool isMissing = !outcome && outcome.error().kind == ErrorKind::NotFound;
        if constexpr (isRemoval) {
            if (isMissing)
                outcome = Result<T>();
        }
        if (!isMissing && !(isRemoval && outcome))
            return end(std::move(outcome));
        const auto error = outcome ? std::nullopt : std::optional(outcome.error());
        askWhetherLocked(this, [this, error](bool locked) { onLockKnown(locked, error); });
    }

    void onLockKnown(bool locked, const std::optional<Error> &error)
    {
        if (locked)
            return end(tl::unexpected(denied()));
        if (error)
            return end(tl::unexpected(*error));
        if constexpr (std::is_void_v<T>)
            end({});
    }

    const std::shared_ptr<KeychainSilence> m_silence;
    QTimer m_patience;
};

Result<Secret> readOutcome(QKeychain::ReadPasswordJob &job)
{
    if (job.error() != QKeychain::NoError)
        return tl::unexpected(errorFrom(job));
    QString text = job.textData();
    Secret secret(text.toUtf8());
    wipeText(text);
    return secret;
}

Result<void> writeOutcome(QKeychain::WritePasswordJob &job)
{
    if (job.error() != QKeychain::NoError)
        return tl::unexpected(errorFrom(job));
    return {};
}

Result<void> removeOutcome(QKeychain::DeletePasswordJob &job)
{
    if (job.error() != QKeychain::NoError)
        return tl::unexpected(errorFrom(job));
    return {};
}

/// Writes, reads and removes an entry without meaning.
class ProbeCall final : public Call<void>
{
public:
    ProbeCall(SecretStore &store, QObject *parent)
        : Call(parent)
        , m_store(store)
    {
        m_store.write(m_id, Secret(std::string_view("probe")), this)
            ->onDone(this, [this](const Result<void> &written) { onWritten(written); });
    }

private:
    void onWritten(const Result<void> &written)
    {
        if (!written)
            return complete(written);
        m_store.read(m_id, this)->onDone(this, [this](const Result<Secret> &found) {
            onRead(found);
        });
    }

    void onRead(const Result<Secret> &found)
    {
        if (!found) {
            m_outcome = tl::unexpected(found.error());
        } else if (!found->equals(Secret(std::string_view("probe")))) {
            m_outcome =
                fail(ErrorKind::Storage,
                     SecretsText::tr("The keychain gave back something else than it was given."));
        }
        m_store.remove(m_id, this)->onDone(this, [this](const Result<void> &removed) {
            onRemoved(removed);
        });
    }

    void onRemoved(const Result<void> &removed) { complete(m_outcome ? removed : m_outcome); }

    SecretStore &m_store;
    const SecretId m_id {u"probe"_s, u"probe"_s};
    Result<void> m_outcome;
};

/// QtKeychain prefers the Secret Service wherever its library can be loaded.
QString backendName()
{
#if defined(Q_OS_WIN)
    return SecretsText::tr("Windows Credential Manager");
#elif defined(Q_OS_MACOS)
    return SecretsText::tr("macOS Keychain");
#else
    static const bool hasSecretService = QLibrary(u"secret-1"_s, 0).load();
    return hasSecretService ? SecretsText::tr("Secret Service") : u"KWallet"_s;
#endif
}

} // namespace

KeychainSecretStore::KeychainSecretStore(QString service, std::chrono::milliseconds patience)
    : m_service(std::move(service))
    , m_silence(std::make_shared<KeychainSilence>(KeychainSilence {patience}))
{
}

Call<Secret> *KeychainSecretStore::read(const SecretId &id, QObject *parent)
{
    using Job = QKeychain::ReadPasswordJob;
    return new KeychainCall<Secret, Job>(new Job(m_service), id, m_silence, parent, readOutcome);
}

Call<void> *KeychainSecretStore::write(const SecretId &id, Secret secret, QObject *parent)
{
    using Job = QKeychain::WritePasswordJob;
    auto *job = new Job(m_service);
    secret.withClearText([job](std::string_view clear) {
        QString text = QString::fromUtf8(clear.data(), qsizetype(clear.size()));
        job->setTextData(text);
        wipeText(text);
    });
    return new KeychainCall<void, Job>(job, id, m_silence, parent, writeOutcome);
}

Call<void> *KeychainSecretStore::remove(const SecretId &id, QObject *parent)
{
    using Job = QKeychain::DeletePasswordJob;
    return new KeychainCall<void, Job>(new Job(m_service), id, m_silence, parent, removeOutcome);
}

Call<void> *KeychainSecretStore::probe(QObject *parent)
{
    return new ProbeCall(*this, parent);
}

SecretBackend KeychainSecretStore::backend() const
{
    return {backendName(), true, m_service, m_silence->answers};
}

} // namespace hubkeeper
