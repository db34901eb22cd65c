// SPDX-License-Identifier: MIT
#pragma once

#include "exitcode.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

class QIODevice;

namespace hubkeeper::cli {

/// Where results and messages go: results to one stream, all else to the other.
class Output
{
public:
    /// Both are open for writing and outlive the output.
    Output(QIODevice &results, QIODevice &messages);

    bool json = false; ///< Results and errors as JSON.
    bool quiet = false; ///< No messages but errors.

    void line(const QString &text); ///< A result.
    void raw(const QByteArray &bytes); ///< A result as it is: a report, a diff.
    void result(const QJsonObject &object);
    void result(const QJsonArray &array);
    /// Columns as wide as their longest cell, two blanks between; the first row is the heading.
    void table(const QList<QStringList> &rows);
    void message(const QString &text);
    /// A sentence on the message stream; with --json `{"error":{…}}` as the result. Gives the
    /// exit code.
    ExitCode failure(const Error &error);
    /// The same with another exit code than that of the error's kind, and with more to know beside
    /// the error where it is JSON.
    ExitCode failure(const Error &error, ExitCode code, const QJsonObject &also);

private:
    QIODevice &m_results;
    QIODevice &m_messages;
};

} // namespace hubkeeper::cli
