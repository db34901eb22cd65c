// SPDX-License-Identifier: MIT
#include "reconcile/scripts/hostedscripts.h"

#include "reconcile/reconciletext.h"
#include "reconcile/values/exactjson.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

MappingOutcome onServer(const QString &why)
{
    MappingOutcome outcome;
    outcome.kind = MappingOutcome::OnServer;
    outcome.message = why;
    return outcome;
}

/// The server's older JavaScript has loops that no newer engine reads.
bool isOldJavaScript(const QString &text)
{
    static const QRegularExpression forEach(uR"(\bfor\s+each\s*\()"_s);
    return forEach.match(text).hasMatch();
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
    if (isOldJavaScript(script.text))
        return onServer(ReconcileText::tr("It has a \"for each\" loop."));
    const SessionReply reply =
        m_session.run(script.text, withoutMarks(globals).toObject(), changed);
    MappingOutcome outcome;
    outcome.kind = kindOf(reply.kind);
    outcome.value = reply.value;
    outcome.globals = reply.globals;
    outcome.message = reply.kind == SessionReply::OnServer
        ? ReconcileText::tr("It uses %1.").arg(reply.message)
        : reply.message;
    return outcome;
}

} // namespace hubkeeper
