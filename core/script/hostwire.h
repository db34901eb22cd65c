// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonDocument>
#include <QJsonObject>

namespace hubkeeper {

/// What goes between a program and the process of a script: JSON objects, a line each.
///
/// To the script's process, once: {"text", "arguments", "configuration", "memory" (bytes),
/// "milliseconds"}; then the answers, {"value": …} or {"error": {"message", "kind", …}}.
/// From it: {"print": line}, {"ask": operation, "arguments": […]}, which waits for an answer, and
/// at the end {"end": {"value": …}} or {"end": {"error": sentence, "line": n, "threw": bool,
/// "message": text}}, where "message" is that of the Error that was thrown.
///
/// For a session of scripts (scriptsession.h): {"session": true, "server": bool, "memory",
/// "milliseconds"}, once;
/// then for each script two lines, {"script": number, "changed": [names]} with "text" when the
/// number is new, and the globals as a JSON object. From it, questions as above, and {"end":
/// {"value": …, "globals": {…}}}, without "value" for undefined; or {"end": {"error": text,
/// "compiled": bool}}; or
/// {"end": {"needed": what}} for what only a server has.
namespace hostwire {

/// The name of the program, without the ending it may have on the platform.
inline constexpr char16_t program[] = u"hubkeeper-scripthost";

inline constexpr qsizetype longestMessage = 16 << 20; ///< Characters of a result or of arguments.
inline constexpr qint64 mostLines = 10'000; ///< Printed; further ones are dropped.
inline constexpr qsizetype longestLine = 10'000; ///< Characters.
inline constexpr qint64 mostCharacters = 4 << 20; ///< Of all that is printed.

/// How the process of a script ends where it could not say anything any more.
enum Exit {
    OverMemory = 61,
    OverTime = 62,
    Orphaned = 63, ///< The program is gone.
    NotUnderstood = 64, ///< What it got is not a request: somebody else started it.
};

/// A message as it goes over the wire.
[[nodiscard]] inline QByteArray lineOf(const QJsonObject &message)
{
    return QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace hostwire

} // namespace hubkeeper
