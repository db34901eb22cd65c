// SPDX-License-Identifier: MIT
#include "window/currentsession.h"

#include "provisioner/document/document.h"
#include "session/open/sessionopening.h"
#include "session/writing/keepchanges.h"

#include <QFileInfo>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Nothing if the file may be a provisioner, even a damaged one.
Result<void> checkIsProvisioner(const QString &path)
{
    const auto document = Document::open(path);
    if (!document)
        return tl::unexpected(document.error());
    const JsonText &text = (*document)->text();
    const bool looksLikeOne = text.at(u"/connectorRef"_s) != JsonText::none
        || text.at(u"/configurationProperties"_s) != JsonText::none;
    if (looksLikeOne)
        return {};
    const auto fault = (*document)->firstFault();
    return fail(ErrorKind::InvalidInput,
                fault ? CurrentSession::tr("%1 is not a provisioner: %2").arg(path, *fault)
                      : CurrentSession::tr("%1 is not a provisioner: it has neither connectorRef "
                                           "nor configurationProperties.")
                            .arg(path),
                CurrentSession::tr("Choose another file, or begin a new one with File > New "
                                   "Provisioner."));
}

bool needsNewSession(const Connection &before, const Connection &after)
{
    return before.id != after.id || before.provisionerPath != after.provisionerPath
        || before.apiVersion != after.apiVersion || before.baseUrl != after.baseUrl
        || before.allowRemoteBaseUrl != after.allowRemoteBaseUrl;
}

} // namespace

CurrentSession::CurrentSession(ConnectionRegistry &registry, const SessionServices &services,
                               QObject *parent)
    : QObject(parent)
    , m_registry(registry)
    , m_services(services)
    , m_watch(ConnectionRegistry::pathIn(services.paths), this)
{
    connect(&m_watch, &FileWatch::touched, this, qOverload<>(&CurrentSession::takeOver));
}

void CurrentSession::open(const Connection &connection)
{
    endSession();
    m_isForgotten = false;
    m_connection = connection;
    emit connectionChanged();
    emit sessionChanged();
    start();
}

Result<void> CurrentSession::openFile(const QString &path)
{
    if (const auto read = m_registry.reload(); !read)
        return read;
    if (const Connection *known = m_registry.byProvisioner(path)) {
        open(Connection(*known));
        return {};
    }
    if (const auto usable = checkIsProvisioner(path); !usable)
        return usable;
    // To look at a file makes no connection. What is kept of it meanwhile, such as drafts and
    // tests, is found again by an id that follows from its path.
    static const QUuid files(u"7b1d5d0a-2f0e-5c55-9a3e-3a0f6a3d9c11"_s);
    Connection connection;
    connection.provisionerPath = QFileInfo(path).absoluteFilePath();
    connection.id =
        QUuid::createUuidV5(files, connection.provisionerPath).toString(QUuid::WithoutBraces);
    connection.label = labelFor(path);
    open(connection);
    return {};
}

Result<void> CurrentSession::keep()
{
    if (!m_connection || m_connection->inBook || m_isForgotten)
        return {};
    const auto kept = m_registry.keep(*m_connection); // Another program may have made it meanwhile.
    if (!kept)
        return tl::unexpected(kept.error());
    openAnew(*kept); // Its guard reads the registry from now on.
    return {};
}

void CurrentSession::reopen()
{
    if (m_connection)
        open(Connection(*m_connection));
}

void CurrentSession::close()
{
    endSession();
    m_connection.reset();
    emit connectionChanged();
    emit sessionChanged();
}

Result<void> CurrentSession::change(const Connection &before, const Connection &after)
{
    if (!before.inBook) {
        takeOver(after);
        return {};
    }
    const auto stored = m_registry.change(before, after);
    if (!stored) {
        takeOver();
        return tl::unexpected(stored.error());
    }
    takeOver(*stored);
    return {};
}

/// Another program has written the list of connections, or may have.
void CurrentSession::takeOver()
{
    if (const auto read = m_registry.reload(); !read)
        return emit failed(read.error());
    emit listRead();
    if (!m_connection || !m_connection->inBook)
        return;
    if (const Connection *now = m_registry.byId(m_connection->id))
        return takeOver(Connection(*now));
    Connection forgotten = *m_connection;
    forgotten.inBook = false;
    forgotten.policy.mode = WriteMode::ReadOnly;
    takeOver(forgotten);
    m_isForgotten = true;
    emit failed(fail(ErrorKind::NotFound,
                     tr("Another program has forgotten the connection %1.").arg(forgotten.label),
                     tr("It is read-only now. Open its file again to recreate it."))
                    .value());
}

void CurrentSession::takeOver(const Connection &now)
{
    const bool same = m_connection && m_connection->id == now.id;
    if (same && m_connection->inBook == now.inBook && differences(*m_connection, now).isEmpty())
        return;
    if (m_session && same) {
        m_session->setPolicy(now.policy); // First, so that nothing more is sent under the old one.
        m_session->setReserve(now.reserve);
    }
    if (!same || needsNewSession(*m_connection, now))
        return openAnew(now);
    m_connection = now;
    emit connectionChanged();
}

void CurrentSession::openAnew(const Connection &now)
{
    m_connection = now;
    if (!m_session || !m_session->isWriting())
        return open(now);
    emit connectionChanged();
    m_session->finishWrites(this)->onDone(this, [this](const Result<void> &) { reopen(); });
}

Result<void> CurrentSession::forget(const QString &id)
{
    if (const auto removed = m_registry.remove(id); !removed)
        return removed;
    if (m_connection && m_connection->id == id)
        close();
    return {};
}

void CurrentSession::start()
{
    auto *call = openSession(*m_connection, m_services, std::nullopt, this);
    m_opening = call;
    call->onDone(this, [this](const Result<std::shared_ptr<Session>> &outcome) {
        m_opening.clear();
        if (outcome) {
            m_session = *outcome;
        } else {
            m_failure = outcome.error();
        }
        emit sessionChanged();
        if (m_session)
            keepChanges();
    });
    emit opening(call);
}

void CurrentSession::keepChanges()
{
    const Session *session = m_session.get();
    (new KeepChanges(*m_session, m_session.get()))
        ->onDone(this, [this, session](const Result<RestoredChanges> &restored) {
            if (session != m_session.get())
                return;
            m_restored = restored;
            emit changesRestored();
        });
}

void CurrentSession::endSession()
{
    delete m_opening;
    if (m_session)
        m_session->stopWrites(); // Dropped they would be interrupted ones in the journal.
    m_session.reset();
    m_failure.reset();
    m_restored = RestoredChanges();
}

} // namespace hubkeeper
