// SPDX-License-Identifier: MIT
#include "idm/servers/serverconnectors.h"

#include "idm/currentserver.h"
#include "provisioner/document/document.h"
#include "session/idm/fileonserver.h"

#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ServerConnectors::ServerConnectors(CurrentServer &server, QObject *parent)
    : QObject(parent)
    , m_server(server)
{
    connect(&server, &CurrentServer::changed, this, &ServerConnectors::onServer);
}

const ConfigObject *ServerConnectors::find(const QString &id) const
{
    const auto found = std::find_if(m_provisioners.begin(), m_provisioners.end(),
                                    [&](const ConfigObject &one) { return one.id == id; });
    return found == m_provisioners.end() ? nullptr : &*found;
}

void ServerConnectors::onServer()
{
    const auto &session = m_server.session();
    if (session && m_readFrom.lock() == session)
        return;
    delete m_reading;
    m_provisioners.clear();
    m_failure.reset();
    m_readFrom.reset();
    if (session)
        read();
    else
        emit changed();
}

void ServerConnectors::read()
{
    const auto session = m_server.session();
    if (!session || m_reading)
        return;
    m_readFrom = session;
    auto *call = readProvisioners(session->client(), this);
    m_reading = call;
    call->onDone(this, [this](const Result<QList<ConfigObject>> &read) {
        m_reading.clear();
        m_failure.reset();
        if (read)
            m_provisioners = *read;
        else
            m_failure = read.error();
        emit changed();
    });
}

ConnectorChoice::ConnectorChoice(const ServerConnectors &connectors, QWidget *parent)
    : QComboBox(parent)
    , m_connectors(connectors)
{
    setObjectName(u"connectorChoice"_s);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(24);
    connect(&connectors, &ServerConnectors::changed, this, &ConnectorChoice::fill);
    connect(this, &QComboBox::currentIndexChanged, this, [this] {
        if (std::exchange(m_last, id()) != id())
            emit idChanged();
    });
}

void ConnectorChoice::setDocument(Document *document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    if (document)
        connect(document, &Document::savedOrMoved, this, &ConnectorChoice::fill);
    m_own.clear();
    fill();
}

void ConnectorChoice::fill()
{
    const bool wasOwn = m_own.isEmpty() || id() == m_own;
    const QString before = id();
    m_own = m_document
        ? configIdOn(m_connectors.provisioners(), m_document->path(), m_document->text())
        : QString();
    QSignalBlocker blocker(this);
    clear();
    if (!m_own.isEmpty())
        //: %1 is the id of a configuration.
        addItem(tr("%1 (the open file)").arg(m_own), m_own);
    for (const ConfigObject &one : m_connectors.provisioners()) {
        if (one.id != m_own)
            addItem(one.id, one.id);
    }
    const int at = findData(wasOwn && !m_own.isEmpty() ? m_own : before);
    setCurrentIndex(at < 0 ? 0 : at);
    blocker.unblock();
    if (std::exchange(m_last, id()) != id())
        emit idChanged();
}

} // namespace hubkeeper
