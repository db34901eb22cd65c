// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonArray>
#include <QJsonObject>

#include <condition_variable>
#include <mutex>
#include <optional>

class QJSEngine;

namespace hubkeeper {

class ScriptRun;

/// What a script came to.
struct ScriptEnd
{
    Result<QJsonValue> value;
    int line = 0; ///< Of the script where it failed, from 1; 0 where that is not known.
};

/// Between the thread of a script and the thread of the connector: questions one way, answers and
/// the order to stop the other. Shared by both, so that either may go first. Thread-safe.
class ScriptExchange
{
public:
    explicit ScriptExchange(ScriptRun *run)
        : m_run(run)
    {
    }

    // The connector's side.
    void answer(const QJsonObject &answer);
    /// Interrupts the script and ends its waiting; later questions are not passed on.
    void stop();
    /// stop(), and nothing reaches the run any more.
    void leave();

    // The script's side.
    /// False if it was stopped before it began.
    [[nodiscard]] bool enter(QJSEngine *engine);
    /// The engine is about to go.
    void exit();
    /// Waits for the answer: {"value": ...} or {"error": {...}}.
    [[nodiscard]] QJsonObject ask(const QString &operation, const QJsonArray &arguments);
    void print(const QString &line);
    void end(const ScriptEnd &end);

private:
    // Of the standard library: a thread sanitizer does not see what QWaitCondition does.
    std::mutex m_mutex;
    std::condition_variable m_answered;
    ScriptRun *m_run;
    QJSEngine *m_engine = nullptr;
    bool m_stopped = false;
    std::optional<QJsonObject> m_answer;
};

} // namespace hubkeeper
