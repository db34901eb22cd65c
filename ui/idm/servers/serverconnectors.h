// SPDX-License-Identifier: MIT
#pragma once

#include "idm/configuration/configobjects.h"

#include <QComboBox>
#include <QPointer>

namespace hubkeeper {

class CallBase;
class CurrentServer;
class Document;

/// The provisioners of the open server, read when it is opened and when somebody asks.
class ServerConnectors final : public QObject
{
    Q_OBJECT

public:
    /// `server` must outlive it.
    ServerConnectors(CurrentServer &server, QObject *parent);

    [[nodiscard]] const QList<ConfigObject> &provisioners() const { return m_provisioners; }
    /// Null if it is not there, or was not read.
    [[nodiscard]] const ConfigObject *find(const QString &id) const;
    /// Why they could not be read.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    void read();

signals:
    void changed();

private:
    void onServer();

    CurrentServer &m_server;
    std::weak_ptr<void> m_readFrom; // The session they were read with.
    QPointer<CallBase> m_reading;
    QList<ConfigObject> m_provisioners;
    std::optional<Error> m_failure;
};

/// Chooses a connector of the server: that of the open file first, which need not be there yet.
class ConnectorChoice final : public QComboBox
{
    Q_OBJECT

public:
    /// `connectors` must outlive it.
    ConnectorChoice(const ServerConnectors &connectors, QWidget *parent);

    /// The file that is open; null for none.
    void setDocument(Document *document);
    /// "provisioner.openicf/hubspot"; empty if there is none.
    [[nodiscard]] QString id() const { return currentData().toString(); }
    /// Whether it is the open file's.
    [[nodiscard]] bool isOfDocument() const { return !m_own.isEmpty() && id() == m_own; }

signals:
    /// Another one, by whatever.
    void idChanged();

private:
    void fill();

    const ServerConnectors &m_connectors;
    QPointer<Document> m_document;
    QString m_own; // The document's.
    QString m_last; // What idChanged() was about.
};

} // namespace hubkeeper
