// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QObject>

namespace hubkeeper {

/// Whom a script talks to; in the thread of the script.
class ScriptPeer
{
public:
    virtual ~ScriptPeer() = default;

    /// Waits for the answer: {"value": …} or {"error": {"message", …}}, as JSON.
    [[nodiscard]] virtual QString ask(const QString &operation, const QString &arguments) = 0;
    virtual void print(const QString &line) = 0;
};

/// What a script came to.
struct ScriptEnd
{
    QJsonValue value; ///< Of the last statement, or what its promise came to; null for undefined.
    QString error; ///< A sentence; empty if it did not fail.
    QString message; ///< Of the Error that was thrown; empty for other values.
    int line = 0; ///< Of the script where it failed, from 1; 0 where that is not known.
    bool threw = false; ///< It failed while it ran, not because it cannot be read.
};

/// The only object of ours a script's engine holds, hidden in a closure of the prelude.
class ScriptHost final : public QObject
{
    Q_OBJECT

public:
    explicit ScriptHost(ScriptPeer &peer)
        : m_peer(peer)
    {
    }

    /// Arguments and answer are JSON.
    Q_INVOKABLE QString ask(const QString &operation, const QString &arguments);
    Q_INVOKABLE void print(const QString &line);

private:
    ScriptPeer &m_peer;
    qint64 m_lines = 0;
    qint64 m_characters = 0;
};

/// Evaluates a script in an engine made for it, in the calling thread. `configuration` becomes
/// connector.configuration. Has no bounds: for a process of its own (hosting.h).
[[nodiscard]] ScriptEnd evaluateScript(ScriptPeer &peer, const QString &text,
                                       const QJsonObject &arguments,
                                       const QJsonObject &configuration);

} // namespace hubkeeper
