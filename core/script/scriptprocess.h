// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QTimer>

#include <chrono>

class QProcess;

namespace hubkeeper {

/// What a script's process is given.
struct ScriptTask
{
    QString text; ///< JavaScript.
    QJsonObject arguments; ///< Each becomes a global of its name.
    QJsonObject configuration; ///< What the script sees as connector.configuration.
    std::chrono::milliseconds timeLimit {30'000}; ///< From the start; waiting for answers counts.
    qint64 memoryLimit =
        256 << 20; ///< Bytes that its process may have resident; it begins at 30 MB.
};

/// Runs a script in a process of its own, which has no network, no files and no secret, and asks
/// here for everything. Ends with the value of the last statement, as JSON; null for undefined.
///
/// Fails with InvalidInput for what the script throws, for text that cannot be read, and where it
/// takes more memory than it may; with TimedOut after the limit; with Cancelled; with Storage if
/// the process cannot be started. Whatever the end, the process is killed at once and not waited
/// for.
class ScriptProcess final : public Call<QJsonValue>
{
    Q_OBJECT

public:
    ScriptProcess(const ScriptTask &task, QObject *parent);
    ~ScriptProcess() override;

    /// To asked(): {"value": …} or {"error": {"message", "kind", …}}. Dropped once the script
    /// ended.
    void answer(const QJsonObject &answer);

    /// Line of the script, from 1, where it failed; 0 if it did not, or nowhere in the script.
    [[nodiscard]] int failedLine() const { return m_failedLine; }
    /// It failed while it ran, by what it threw or used, not because it cannot be read.
    [[nodiscard]] bool threw() const { return m_threw; }
    /// The message of the Error it threw; empty for other values.
    [[nodiscard]] const QString &thrownMessage() const { return m_thrownMessage; }

    /// Where the program is that runs scripts: beside this one, or where a package puts it; empty
    /// if it is nowhere.
    [[nodiscard]] static QString program();

signals:
    void printed(const QString &line);
    /// The script waits for answer(); there is one question at a time.
    void asked(const QString &operation, const QJsonArray &arguments);

protected:
    void abortWork() override;

private:
    void start(const ScriptTask &task);
    void onOutput();
    void onMessage(const QJsonObject &message);
    void onEnd(const QJsonObject &end);
    void onExit(int code, bool crashed);
    void failOverMemory();
    void letGo();

    const std::chrono::milliseconds m_timeLimit;
    const qint64 m_memoryLimit;
    QProcess *m_process = nullptr; // Of the application, so that its end is not waited for here.
    QTimer m_timer;
    int m_failedLine = 0;
    bool m_threw = false;
    QString m_thrownMessage;
};

/// Names that a script's arguments must not have.
[[nodiscard]] bool isReservedGlobal(const QString &name);

} // namespace hubkeeper
