// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connector.h"

#include <QHash>
#include <QPointer>

#include <functional>

namespace hubkeeper {

class ScriptProcess;

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
    int memoryLimit = 256; ///< Megabytes that the script's process may take; it begins at 30.
    bool dryRun = true; ///< Writes are collected, not sent.
    /// Carries out the writes of a run that is not dry, one after the other; errors are thrown into
    /// the script. Without one only a dry run is possible.
    std::function<Call<ConnectorObject> *(const CollectedWrite &, QObject *parent)> writer = {};
    /// Checks the writes of a dry run as the real run would; errors are thrown into the script. The
    /// outcome is what the portal has now, of a create nothing. Without one they are not checked.
    std::function<Call<ConnectorObject> *(const CollectedWrite &, QObject *parent)> checker = {};
};

struct ScriptOutcome
{
    QJsonValue result; ///< The value of the last statement, as JSON; null for undefined.
    QStringList console; ///< What console.log and its like printed, a line each.
    QList<CollectedWrite> writes; ///< Dry run only, in order.
};

/// Script on Connector: runs JavaScript in a process of its own (script/scriptprocess.h).
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
/// an argument named like a global of ours, anything the script throws (with its line), more
/// memory than it may take; with the error of an operation that the script did not catch; with
/// TimedOut after the limit; with Cancelled; with Storage if there is no process. The write on its
/// way is cancelled then. Lives in the connector's thread.
class ScriptRun final : public Call<ScriptOutcome>
{
    Q_OBJECT

public:
    ScriptRun(Connector &connector, ScriptRequest request, QObject *parent);

    /// Stops the script, but not the write on its way: ends with Cancelled when that has finished.
    void finishEarly();

    /// What was printed so far, also after a failure.
    [[nodiscard]] const QStringList &console() const { return m_console; }
    /// Line of the script, from 1, where it failed; 0 if it did not, or nowhere in the script.
    [[nodiscard]] int failedLine() const { return m_failedLine; }
    /// It failed while it ran, by what it threw or used itself: not by the error of an operation
    /// that it passed on, and not because it could not be begun.
    [[nodiscard]] bool threw() const { return m_threw; }

signals:
    void printed(const QString &line);

private:
    void start();
    void onAsked(const QString &operation, const QJsonArray &arguments);
    void onEnded(const Result<QJsonValue> &end);

    [[nodiscard]] Error passedOn(Error original) const;
    void answer(const QJsonObject &answer);
    void answerError(const Error &error);
    void write(CollectedWrite write);
    void collect(CollectedWrite write);
    template <typename T, typename ToJson>
    void answerWith(Call<T> *call, ToJson toJson);

    Connector &m_connector;
    const ScriptRequest m_request;
    QPointer<ScriptProcess> m_process; // Null before it and after it.
    int m_failedLine = 0;
    bool m_threw = false;
    QStringList m_console;
    QHash<QString, Error> m_answered; // By the message the script has seen.
    QList<CollectedWrite> m_writes;
    QPointer<CallBase> m_write; // On its way.
    bool m_endsWithWrite = false;
};

} // namespace hubkeeper
