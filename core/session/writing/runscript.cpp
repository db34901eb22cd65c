// SPDX-License-Identifier: MIT
#include "session/writing/runscript.h"

#include "changes/run/writetrace.h"
#include "session/open/session.h"
#include "session/sessiontext.h"
#include "session/writing/journaledwrite.h"
#include "session/writing/runstart.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

std::optional<Error> refusalOf(const CollectedWrite &write, const QList<CollectedWrite> &before,
                               WritePolicy policy, bool confirmed)
{
    policy.mostPercent = 0; // It needs the portal.
    WriteGuard guard([policy] { return policy; }, {false, confirmed, false});
    for (const CollectedWrite &sent : before)
        (void)guard.admit({guardedWrite(sent)}); // It was let through then.
    return guard.refusalOf({guardedWrite(write)});
}

ScriptRun *runScript(Session &session, ScriptRequest request, const ScriptRunOptions &options,
                     QObject *parent)
{
    const bool dryRun = request.dryRun;
    const auto policy = [&session, dryRun] {
        Result<WritePolicy> held = session.currentPolicy();
        if (held && dryRun) { // What it collects is staged, and asked for when that is applied.
            held->mode = WriteMode::Free;
            held->limits.signatures.reset();
        }
        return held;
    };
    const QString note =
        options.name.isEmpty() ? u"Script"_s : SessionText::tr("Script “%1”").arg(options.name);
    auto *trace =
        new WriteTrace(session.journal(), WriteGuard(policy, {false, options.confirmed, false}),
                       runStartOf(session, note), options.recorded, nullptr);
    const auto write = [&session, trace, dryRun](const CollectedWrite &one, QObject *its) {
        return static_cast<Call<ConnectorObject> *>(
            new JournaledWrite(session, *trace, one, dryRun, its));
    };
    (dryRun ? request.checker : request.writer) = write;
    auto *run = new ScriptRun(session.connector(), std::move(request), parent);
    trace->setParent(run);
    QObject::connect(run, &CallBase::finished, trace, &WriteTrace::end);
    if (dryRun)
        return run;
    session.addWriter(
        run, [run] { run->finishEarly(); },
        [run, trace] {
            run->cancel();
            trace->end(); // Who stops it may not wait for the event loop.
        });
    return run;
}

} // namespace hubkeeper
