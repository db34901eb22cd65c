// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QObject>

#include <memory>

namespace hubkeeper {

class CurrentServer;
class ServerSession;

/// Removes a temporary REPORT mapping that could not be removed after an analysis, as soon as the
/// server on which it was left is opened in the window.
class LeftReport final : public QObject
{
    Q_OBJECT

public:
    /// `server` must outlive it.
    LeftReport(CurrentServer &server, QObject *parent);

signals:
    /// It is gone from the server of this label.
    void removed(const QString &label);
    /// It is still there.
    void failed(const hubkeeper::Error &error);

private:
    void look();

    CurrentServer &m_server;
    std::weak_ptr<ServerSession> m_looked; // The session it was looked for in.
};

} // namespace hubkeeper
