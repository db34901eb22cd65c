// SPDX-License-Identifier: MIT
#include "session/secrets/storedrefreshtoken.h"

#include "base/log.h"
#include "base/savefile.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto lookAgain = 100ms;
/// A program that hangs must not keep the others from their work.
constexpr auto longestTurn = 10s;
/// A refusal may come before the program that was quicker has stored its token.
constexpr auto longestWait = 3s;

/// Waits for the turn of this program, then reads the token.
class ReadInTurn final : public Call<Secret>
{
public:
    ReadInTurn(SecretStore &secrets, Clock &clock, const SecretId &id, QLockFile &turn,
               QObject *parent)
        : Call(parent)
        , m_secrets(secrets)
        , m_clock(clock)
        , m_id(id)
        , m_turn(turn)
        , m_until(clock.now() + longestTurn)
    {
        take();
    }

private:
    void take()
    {
        const bool isMine = m_turn.tryLock();
        if (!isMine && m_clock.now() < m_until)
            return m_clock.after(lookAgain, this, [this] { take(); });
        if (isMine) // QLockFile makes it readable for others.
            QFile::setPermissions(m_turn.fileName(), QFile::ReadOwner | QFile::WriteOwner);
        m_secrets.read(m_id, this)->onDone(this, [this](const Result<Secret> &found) {
            complete(found ? found->clone() : Secret());
        });
    }

    SecretStore &m_secrets;
    Clock &m_clock;
    const SecretId m_id;
    QLockFile &m_turn;
    const Clock::Instant m_until;
};

/// Reads until there is another token than the one that was refused, or nobody can be about to
/// store one.
class ReadAnother final : public Call<Secret>
{
public:
    ReadAnother(SecretStore &secrets, Clock &clock, const SecretId &id, const Secret &refused,
                bool mayCome, QObject *parent)
        : Call(parent)
        , m_secrets(secrets)
        , m_clock(clock)
        , m_id(id)
        , m_refused(refused.clone())
        , m_until(clock.now() + (mayCome ? longestWait : 0s))
    {
        read();
    }

private:
    void read()
    {
        m_secrets.read(m_id, this)->onDone(this, [this](const Result<Secret> &found) {
            if (found && found->equals(m_refused) && m_clock.now() < m_until)
                return m_clock.after(lookAgain, this, [this] { read(); });
            complete(found ? found->clone() : Secret());
        });
    }

    SecretStore &m_secrets;
    Clock &m_clock;
    const SecretId m_id;
    const Secret m_refused;
    const Clock::Instant m_until;
};

} // namespace

StoredRefreshToken::StoredRefreshToken(const SessionServices &services, const QString &connection,
                                       bool isStored)
    : m_secrets(services.secrets)
    , m_clock(services.clock)
    , m_id {connection, nameOf(SecretName::RefreshToken)}
    , m_mark(services.paths.state + u"/rotating/"_s + connection)
    , m_isStored(isStored)
{
}

StoredRefreshToken::~StoredRefreshToken() = default;

bool StoredRefreshToken::rotates() const
{
    return QFileInfo::exists(m_mark);
}

Call<Secret> *StoredRefreshToken::beforeRenewal(QObject *parent)
{
    if (!m_isStored || !rotates())
        return new ReadyCall<Secret>(Secret(), parent);
    m_turn = std::make_unique<QLockFile>(m_mark + u".lock"_s);
    return new ReadInTurn(m_secrets, m_clock, m_id, *m_turn, parent);
}

Call<Secret> *StoredRefreshToken::afterRefusal(const Secret &refused, QObject *parent)
{
    if (!m_isStored)
        return new ReadyCall<Secret>(Secret(), parent);
    return new ReadAnother(m_secrets, m_clock, m_id, refused, rotates(), parent);
}

/// The next program begins when the token is stored, and not before.
void StoredRefreshToken::replace(const Secret &token)
{
    noteThatItRotates();
    m_isStoring = true;
    Call<void> *call = m_secrets.write(m_id, token.clone(), this);
    call->onDone(this, [this](const Result<void> &stored) {
        m_isStoring = false;
        m_turn.reset();
        m_isStored = m_isStored || stored;
        if (!stored)
            emit failed(stored.error());
    });
    emit storing(call);
}

void StoredRefreshToken::endRenewal()
{
    if (!m_isStoring)
        m_turn.reset();
}

void StoredRefreshToken::noteThatItRotates()
{
    if (rotates())
        return;
    const auto noted = makePrivateFolder(QFileInfo(m_mark).path()).and_then([this] {
        return saveFile(m_mark, {}, FileMode::KeepOrPrivate);
    });
    if (!noted) // Then programs do not take turns, as before.
        qCWarning(lcSession).noquote() << noted.error().sentence();
}

} // namespace hubkeeper
