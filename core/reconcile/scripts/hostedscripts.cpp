// SPDX-License-Identifier: MIT
#include "reconcile/scripts/hostedscripts.h"

#include "reconcile/reconciletext.h"
#include "reconcile/values/exactjson.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostStops = 3; // A script that was stopped so often is not started again.

MappingOutcome onServer(const QString &why)
{
    MappingOutcome outcome;
    outcome.kind = MappingOutcome::OnServer;
    outcome.message = why;
    return outcome;
}

/// Without comments and what is in quotes.
QString bareCode(QString text)
{
    static const QRegularExpression others(
        uR"("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|//[^\n]*|/\*.*?(?:\*/|\z))"_s,
        QRegularExpression::DotMatchesEverythingOption);
    return text.replace(others, u" "_s);
}

/// What the server's JavaScript has and this one does not, or the other way round.
QString strangeCode(const QString &text)
{
    static const QRegularExpression forEach(uR"(\bfor\s+each\s*\()"_s);
    static const QRegularExpression klass(uR"((?<![.\w$])class\s+[\w$]|=\s*class\b)"_s);
    const QString code = bareCode(text);
    if (forEach.match(code).hasMatch())
        return ReconcileText::tr("It has a \"for each\" loop.");
    if (klass.match(code).hasMatch())
        return ReconcileText::tr("It has a class, which not every server can read.");
    return {};
}

/// Words and signs that only engines newer than this one read.
bool isNewer(const QString &text)
{
    static const QRegularExpression newer(
        uR"(\.\.\.|(?<![.\w$])(async|await)\s|\?\?=|&&=|\|\|=|\d_\d)"_s);
    return newer.match(bareCode(text)).hasMatch();
}

MappingOutcome::Kind kindOf(SessionReply::Kind kind)
{
    switch (kind) {
    case SessionReply::Value:
        return MappingOutcome::Value;
    case SessionReply::Threw:
        return MappingOutcome::Threw;
    case SessionReply::NotCompiled:
        return MappingOutcome::NotCompiled;
    case SessionReply::Stopped:
    case SessionReply::OnServer:
    case SessionReply::NotRun:
        return MappingOutcome::OnServer;
    }
    Q_UNREACHABLE();
}

} // namespace

HostedScripts::HostedScripts(ScriptBridge &bridge, const ScriptSession::Bounds &bounds)
    : m_session([&bridge](const QString &operation,
                          const QJsonArray &arguments) { return bridge.ask(operation, arguments); },
                bounds)
{
}

MappingOutcome HostedScripts::run(const MappingScript &script, const QJsonObject &globals,
                                  const QStringList &changed)
{
    if (!script.type.contains("javascript"_L1, Qt::CaseInsensitive))
        return onServer(ReconcileText::tr("It is written in %1.").arg(script.type));
    if (script.text.isEmpty() && !script.file.isEmpty())
        return onServer(ReconcileText::tr("It is the file %1.").arg(script.file));
    const auto strange = m_strange.constFind(script.text);
    const QString why = strange != m_strange.constEnd()
        ? *strange
        : *m_strange.insert(script.text, strangeCode(script.text));
    if (!why.isEmpty())
        return onServer(why);
    if (m_stops.value(script.text).count == mostStops)
        return onServer(m_stops[script.text].why);
    const SessionReply reply =
        m_session.run(script.text, withoutMarks(globals).toObject(), changed);
    if (reply.kind == SessionReply::NotCompiled && isNewer(script.text))
        return onServer(ReconcileText::tr("It cannot be read here: %1").arg(reply.message));
    MappingOutcome outcome;
    outcome.kind = kindOf(reply.kind);
    outcome.value = reply.value;
    outcome.globals = reply.globals;
    outcome.message = reply.message;
    if (reply.kind == SessionReply::OnServer)
        outcome.message = ReconcileText::tr("It uses %1.").arg(reply.message);
    if (reply.kind == SessionReply::Stopped) {
        outcome.message += u' ' + ReconcileText::tr("The server has no such limit.");
        m_stops[script.text].count += 1;
        m_stops[script.text].why = outcome.message;
    }
    return outcome;
}

} // namespace hubkeeper
