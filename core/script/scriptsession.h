// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

class QProcess;

namespace hubkeeper {

/// What one script of a session came to.
struct SessionReply
{
    enum Kind {
        Value,
        Threw,
        Stopped, ///< It ran into its bounds.
        NotCompiled, ///< It cannot be read.
        OnServer, ///< It uses what only an IDM server has; `message` names it.
        NotRun, ///< The process of the scripts cannot be started.
    } kind = Value;
    QJsonValue value = QJsonValue::Undefined; ///< Of the last statement.
    QString message;
    QJsonObject globals; ///< Afterwards, those that were asked for.
};

/// Runs many scripts, one after the other, in one process (see scriptprocess.h), which starts with
/// the first one and again after one that had to be killed. Synchronous, for a thread that may
/// wait: stays in the thread that made it.
class ScriptSession
{
public:
    struct Bounds
    {
        std::chrono::milliseconds timeLimit {5'000}; ///< Of one script; answers count.
        qint64 memoryLimit = 256 << 20; ///< Bytes that the process may have resident.
    };
    /// How scripts see values.
    enum class Values {
        Plain, ///< As JavaScript has them.
        OfServer, ///< As the scripts of an IDM server do (sessionengine.cpp).
    };
    /// Answers what a script asks for through `openidm`: {"value": …}, {"error": {"message",
    /// "code"}}, or {"needed": what} for what only a server can answer.
    using Answering = std::function<QJsonObject(const QString &operation, const QJsonArray &)>;

    ScriptSession(Answering answering, const Bounds &bounds, Values values = Values::OfServer);
    ~ScriptSession();

    [[nodiscard]] SessionReply run(const QString &text, const QJsonObject &globals,
                                   const QStringList &changed = {});

private:
    [[nodiscard]] bool start();
    [[nodiscard]] SessionReply wait();
    [[nodiscard]] SessionReply ended();
    [[nodiscard]] SessionReply late();
    void letGo();

    const Answering m_answering;
    const Bounds m_bounds;
    const Values m_values;
    std::unique_ptr<QProcess> m_process;
    QHash<QString, int> m_known; ///< Texts that the process has.
};

} // namespace hubkeeper
