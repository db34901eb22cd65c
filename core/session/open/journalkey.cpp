// SPDX-License-Identifier: MIT
#include "session/open/journalkey.h"

#include "session/secrets/secretplaces.h"
#include "session/sessiontext.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QRandomGenerator>
#include <QTimer>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int lockStepMs = 50;
constexpr int lockPatienceMs = 10'000;

Secret freshKey()
{
    std::array<quint32, 8> words {};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return Secret(QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex());
}

QByteArray textOf(const JournalHead &head)
{
    return QByteArray::number(head.count) + ' ' + head.hash.toHex();
}

JournalHead headFrom(const Secret &text)
{
    return text.withClearText([](std::string_view clear) {
        const QList<QByteArray> parts =
            QByteArray(clear.data(), qsizetype(clear.size())).split(' ');
        return parts.size() == 2
            ? JournalHead {parts[0].toLongLong(), QByteArray::fromHex(parts[1])}
            : JournalHead();
    });
}

/// A call that holds a lock among programs while it works.
template <typename T>
class LockedCall : public Call<T>
{
public:
    LockedCall(const QString &path, QObject *parent)
        : Call<T>(parent)
        , m_lock(path)
    {
    }

protected:
    void lockThen(std::function<void()> work, std::function<void()> givenUp, int waitedMs = 0)
    {
        if (takeLock())
            return work();
        if (waitedMs >= lockPatienceMs || m_lock.error() != QLockFile::LockFailedError)
            return givenUp();
        QTimer::singleShot(lockStepMs, this, [=, this] {
            if (!this->isFinished())
                lockThen(work, givenUp, waitedMs + lockStepMs);
        });
    }
    void unlock() { m_lock.unlock(); }

private:
    bool takeLock()
    {
        const bool taken = m_lock.tryLock(0);
        if (taken) // QLockFile makes it readable for others.
            QFile::setPermissions(m_lock.fileName(), QFile::ReadOwner | QFile::WriteOwner);
        return taken;
    }

    QLockFile m_lock;
};

/// Keeps a head unless a later one is there.
class KeepHead final : public LockedCall<void>
{
public:
    KeepHead(SecretStore &secrets, const Paths &paths, JournalHead head, QObject *parent)
        : LockedCall(paths.data + u"/journal.head.lock"_s, parent)
        , m_secrets(secrets)
        , m_id(journalHeadId(paths))
        , m_head(std::move(head))
    {
        lockThen([this] { compare(); }, [this] { complete({}); }); // An older one still holds.
    }

private:
    void compare()
    {
        m_secrets.read(m_id, this)->onDone(this, [this](const Result<Secret> &found) {
            if (isFinished())
                return;
            if (!found && found.error().kind != ErrorKind::NotFound)
                return complete(tl::unexpected(found.error()));
            if (found && headFrom(*found).count >= m_head.count)
                return complete({});
            write();
        });
    }

    void write()
    {
        m_secrets.write(m_id, Secret(textOf(m_head)), this)
            ->onDone(this, [this](const Result<void> &written) { complete(written); });
    }

    SecretStore &m_secrets;
    const SecretId m_id;
    const JournalHead m_head;
};

class KeychainHead final : public HeadKeeper
{
public:
    KeychainHead(SecretStore &secrets, Paths paths, JournalHead known)
        : m_secrets(secrets)
        , m_paths(std::move(paths))
        , m_known(std::move(known))
    {
    }

    [[nodiscard]] JournalHead known() const override { return m_known; }
    [[nodiscard]] Call<void> *keep(const JournalHead &head, QObject *parent) override
    {
        return new KeepHead(m_secrets, m_paths, head, parent);
    }

private:
    SecretStore &m_secrets;
    const Paths m_paths;
    const JournalHead m_known;
};

class FindJournalKey final : public LockedCall<std::shared_ptr<const JournalKey>>
{
public:
    FindJournalKey(SecretStore &secrets, const Paths &paths, QObject *parent)
        : LockedCall(paths.data + u"/journal.key.lock"_s, parent)
        , m_secrets(secrets)
        , m_paths(paths)
    {
        if (secrets.backend().persistent)
            read([this] { lockAndMake(); });
        else
            none(SessionText::tr("Secrets are kept for this session only."));
    }

private:
    void none(const QString &why)
    {
        unlock();
        complete(std::make_shared<const JournalKey>(JournalKey {Secret(), nullptr, why}));
    }

    /// Uses the key that is there; `missing` if there is none.
    void read(std::function<void()> missing)
    {
        m_secrets.read(journalKeyId(), this)
            ->onDone(this, [this, missing = std::move(missing)](const Result<Secret> &key) {
                if (isFinished())
                    return;
                if (key)
                    return readHead(std::make_shared<const Secret>(key->clone()));
                if (key.error().kind == ErrorKind::NotFound)
                    return missing();
                none(key.error().what);
            });
    }

    void lockAndMake()
    {
        if (const auto made = makePrivateFolder(m_paths.data); !made)
            return none(made.error().what);
        lockThen(
            [this] { read([this] { make(); }); },
            [this] {
                none(SessionText::tr("Another program is still making the key of the journal."));
            });
    }

    void make()
    {
        m_secrets.write(journalKeyId(), freshKey(), this)
            ->onDone(this, [this](const Result<void> &stored) {
                if (isFinished())
                    return;
                if (!stored)
                    return none(stored.error().what);
                // What the keychain has is the key, whoever wrote it.
                read([this] {
                    none(SessionText::tr("The keychain did not keep the key of the journal."));
                });
            });
    }

    void readHead(const std::shared_ptr<const Secret> &key)
    {
        unlock();
        m_secrets.read(journalHeadId(m_paths), this)
            ->onDone(this, [this, key](const Result<Secret> &found) {
                auto keeper = std::make_shared<KeychainHead>(
                    m_secrets, m_paths, found ? headFrom(*found) : JournalHead());
                complete(std::make_shared<const JournalKey>(
                    JournalKey {key->clone(), std::move(keeper), {}}));
            });
    }

    SecretStore &m_secrets;
    const Paths m_paths;
};

} // namespace

Call<std::shared_ptr<const JournalKey>> *findJournalKey(SecretStore &secrets, const Paths &paths,
                                                        QObject *parent)
{
    return new FindJournalKey(secrets, paths, parent);
}

SecretId journalHeadId(const Paths &paths)
{
    const QByteArray folder = QDir::cleanPath(QDir(paths.data).absolutePath()).toUtf8();
    const QByteArray digest = QCryptographicHash::hash(folder, QCryptographicHash::Sha256);
    return {u"journal"_s, u"journalHead-"_s + QString::fromLatin1(digest.toHex().left(16))};
}

} // namespace hubkeeper
