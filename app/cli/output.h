// SPDX-License-Identifier: MIT
#pragma once

#include "exitcode.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <optional>

class QIODevice;

namespace hubkeeper::cli {

/// Where results and messages go: results to one stream, all else to the other. A stream of results
/// that cannot be written is remembered (fault()); the program ends with it.
class Output
{
public:
    /// Both are open for writing and outlive the output.
    Output(QIODevice &results, QIODevice &messages);
    ~Output();
    Q_DISABLE_COPY_MOVE(Output)

    bool json = false; ///< Results and errors as JSON.
    bool quiet = false; ///< No messages but errors.
    bool isTerminal = false; ///< Shows the results.
    int columns = 0; ///< Of the terminal; 0: it is none, or does not say.
    bool showsProgress = false; ///< Messages go to a terminal.
    QString limit; ///< "--timeout limits it": what ends a wait; empty: nothing does.

    void line(const QString &text); ///< A result.
    /// A result as it is: a report for another program.
    void raw(const QByteArray &bytes);
    /// A result for people that shows parts of files: without what steers a terminal.
    void text(const QByteArray &bytes);
    void result(const QJsonObject &object);
    void result(const QJsonArray &array);
    /// Columns as wide as their longest cell, cut to fit a terminal; the first row is the heading.
    void table(const QList<QStringList> &rows);
    void message(const QString &text);
    /// A line on a terminal that the next one replaces; elsewhere nothing.
    void progress(const QString &text);
    /// Each second of a wait: says so on a terminal after a while, elsewhere once after half a
    /// minute in which nothing came.
    void stillWaiting(int seconds);
    /// A sentence on the message stream; with --json `{"error":{…}}` as the result. Gives the
    /// exit code.
    ExitCode failure(const Error &error);
    /// The same with another exit code than that of the error's kind, and with more to know beside
    /// the error where it is JSON.
    ExitCode failure(const Error &error, ExitCode code, const QJsonObject &also);
    /// Only the sentence, where the result is or will be printed otherwise.
    void complain(const Error &error);

    /// Why the results could not be written, or nothing.
    [[nodiscard]] const std::optional<Error> &fault() const { return m_fault; }

private:
    void write(const QByteArray &text);
    void say(const QByteArray &text);
    void endProgress();

    QIODevice &m_results;
    QIODevice &m_messages;
    std::optional<Error> m_fault;
    bool m_inProgress = false;
    bool m_isActive = false; ///< Something came since stillWaiting() was called.
    int m_silentSince = 0; ///< Seconds of the present wait.
};

/// The error as JSON has it everywhere: kind, message, remedy, exitCode, retry, and what is known.
[[nodiscard]] QJsonObject errorJson(const Error &error, ExitCode code);

/// JSON with what steers a terminal written as escapes, which means the same.
[[nodiscard]] QByteArray safeJson(QByteArray json);
/// The same for XML.
[[nodiscard]] QByteArray safeXml(const QByteArray &xml);

} // namespace hubkeeper::cli
