// SPDX-License-Identifier: MIT
#include "window/sessionkeeper.h"

#include "provisioner/document/document.h"
#include "session/open/sessionopening.h"

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
                fault ? u"%1 is no provisioner: %2"_s.arg(path, *fault)
                      : u"%1 has neither connectorRef nor configurationProperties."_s.arg(path),
                u"Open a file named like provisioner.openicf-hubspot.json."_s);
}

bool needsNewSession(const Connection &before, const Connection &after)
{
    return before.id != after.id || before.provisionerPath != after.provisionerPath
        || before.apiVersion != after.apiVersion || before.baseUrl != after.baseUrl
        || before.allowRemoteBaseUrl != after.allowRemoteBaseUrl;
}

} // namespace

SessionKeeper::SessionKeeper(ConnectionBook &book, const SessionServices &services, QObject *parent)
    : QObject(parent)
    , m_book(book)
    , m_services(services)
{
}

void SessionKeeper::open(const Connection &connection)
{
    endSession();
    m_connection = connection;
    emit connectionChanged();
    emit sessionChanged();
    start();
}

Result<void> SessionKeeper::openFile(const QString &path)
{
    if (const Connection *known = m_book.byProvisioner(path)) {
        open(Connection(*known));
        return {};
    }
    if (const auto usable = checkIsProvisioner(path); !usable)
        return usable;
    Connection connection;
    connection.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    connection.label = labelFor(path);
    connection.provisionerPath = QFileInfo(path).absoluteFilePath();
    if (const auto stored = m_book.store(connection); !stored)
        return stored;
    emit bookChanged();
    open(connection);
    return {};
}

void SessionKeeper::reopen()
{
    if (m_connection)
        open(Connection(*m_connection));
}

void SessionKeeper::close()
{
    endSession();
    m_connection.reset();
    emit connectionChanged();
    emit sessionChanged();
}

Result<void> SessionKeeper::change(const Connection &connection)
{
    if (m_book.byId(connection.id)) {
        if (const auto stored = m_book.store(connection); !stored)
            return stored;
        emit bookChanged();
    }
    const bool anew = !m_connection || needsNewSession(*m_connection, connection);
    if (anew) {
        open(connection);
        return {};
    }
    m_connection = connection;
    if (m_session) {
        m_session->setPolicy(connection.policy);
        m_session->setReserve(connection.reserve);
    }
    emit connectionChanged();
    return {};
}

Result<void> SessionKeeper::forget(const QString &id)
{
    if (const auto removed = m_book.remove(id); !removed)
        return removed;
    emit bookChanged();
    if (m_connection && m_connection->id == id)
        close();
    return {};
}

void SessionKeeper::start()
{
    auto *call = openSession(*m_connection, m_services, std::nullopt, this);
    m_opening = call;
    call->onDone(this, [this](const Result<std::shared_ptr<Session>> &outcome) {
        m_opening.clear();
        if (outcome) {
            m_session = *outcome;
            m_restored = m_session->keepChanges();
        } else {
            m_failure = outcome.error();
        }
        emit sessionChanged();
    });
    emit opening(call);
}

void SessionKeeper::endSession()
{
    delete m_opening;
    if (m_session)
        m_session->stopWrites(); // Dropped they would be interrupted ones in the journal.
    m_session.reset();
    m_failure.reset();
    m_restored = 0;
}

} // namespace hubkeeper
