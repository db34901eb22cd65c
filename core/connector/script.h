// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connector.h"

#include <QPointer>

#include <functional>

class QThread;

namespace hubkeeper {

/// A write of a script: what a dry run would have sent.
struct CollectedWrite
{
    enum Verb { Create, Update, Delete } verb = Create;
    QString objectClass;
    QString uid; ///< Empty for Create.
    QJsonObject attributes; ///< Empty for Delete.

    bool operator==(const CollectedWrite &) const = default;
};

/// A script to run on the connector (idm-connector 4, last row).
struct ScriptRequest
{
    QString language = QStringLiteral("JavaScript"); ///< Also "js", "text/javascript".
    QString text;
    QJsonObject arguments; ///< Each becomes a global of its name.
    std::chrono::milliseconds timeLimit {30'000}; ///< Waiting for the portal included.
    bool dryRun = true; ///< Writes are collected, not sent.
    /// Carries out the writes of a run that is not dry, one after the other; errors are thrown into
    /// the script. Without one they go to the connector as they are.
    std::function<Call<ConnectorObject> *(const CollectedWrite &, QObject *parent)> writer = {};
};

struct ScriptOutcome
{
    QJsonValue result; ///< The value of the last statement, as JSON; null for undefined.
    QStringList console; ///< What console.log and its like printed, a line each.
    QList<CollectedWrite> writes; ///< Dry run only, in order.
};

struct ScriptEnd;

/// Script on Connector: runs JavaScript in an engine and a thread of its own.
///
/// The script sees its arguments, `console`, and `connector` with `configuration` (without
/// secrets) and the operations test(), schema(), get(type, id, fields), search(type, filter,
/// options), create(type, attributes), update(type, id, attributes), remove(type, id); each waits
/// for its outcome, answers in IDM's shape and throws an Error with `kind`, `icf`, `status`. There
/// are no files, no network, no timers, no modules and no Qt objects.
///
/// In a dry run create, update and remove are collected; update and remove answer what the portal
/// has now, with the changes laid over. Otherwise writes are sent at once, one by one, through
/// ScriptRequest::writer; runScript() of session gives one that guards and keeps a journal.
///
/// Fails with InvalidInput for another language (Groovy runs on the server only), an empty text,
/// an argument named like a global of ours, an exception of the script (with its line); with
/// TimedOut after the limit; with Cancelled. The write on its way is cancelled then. Lives in the
/// connector's thread.
class ScriptRun final : public Call<ScriptOutcome>
{
    Q_OBJECT

public:
    ScriptRun(Connector &connector, ScriptRequest request, QObject *parent);
    ~ScriptRun() override;

    /// Stops the script, but not the write on its way: ends with Cancelled when that has settled.
    void finishEarly();

    /// What was printed so far, also after a failure.
    [[nodiscard]] const QStringList &console() const { return m_console; }
    /// Line of the script, from 1, where it failed; 0 if it did not, or nowhere in the script.
    [[nodiscard]] int failedLine() const { return m_failedLine; }

signals:
    void printed(const QString &line);

protected:
    void abortWork() override;

private:
    friend class ScriptExchange;

    void start();
    void onPrinted(const QString &line);
    void onAsked(const QString &operation, const QJsonArray &arguments);
    void onEnded(const ScriptEnd &end);

    void stop();
    void write(CollectedWrite write);
    [[nodiscard]] Call<ConnectorObject> *send(const CollectedWrite &write);
    void collect(CollectedWrite write);
    template <typename T, typename ToJson>
    void answerWith(Call<T> *call, ToJson toJson);

    Connector &m_connector;
    const ScriptRequest m_request;
    std::shared_ptr<class ScriptExchange> m_exchange;
    QPointer<QThread> m_thread; // Deletes itself when it has ended.
    QStringList m_console;
    int m_failedLine = 0;
    QList<CollectedWrite> m_writes;
    QPointer<CallBase> m_write; // On its way.
    bool m_endsWithWrite = false;
};

} // namespace hubkeeper
