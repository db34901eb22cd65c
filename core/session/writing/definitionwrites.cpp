// SPDX-License-Identifier: MIT
#include "session/writing/definitionwrites.h"

#include "base/compactjson.h"
#include "changes/run/writetrace.h"
#include "connector/objectclass.h"
#include "session/open/session.h"
#include "session/writing/journaledwrite.h"
#include "session/writing/runstart.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

std::optional<Error> refusalOfDefinition(const CollectedWrite &write, const WritePolicy &policy,
                                         const RunOptions &options)
{
    return WriteGuard([policy] { return policy; }, options.consent())
        .refusalOf({guardedWrite(write)});
}

Call<ConnectorObject> *writeDefinition(Session &session, const CollectedWrite &write,
                                       const RunOptions &options,
                                       const std::function<void(const QString &)> &recorded,
                                       QObject *parent)
{
    const auto policy = session.currentPolicy();
    if (!policy)
        return new ReadyCall<ConnectorObject>(tl::unexpected(policy.error()), parent);
    if (const auto refusal = refusalOfDefinition(write, *policy, options))
        return new ReadyCall<ConnectorObject>(tl::unexpected(*refusal), parent);
    WriteGuard guard([&session] { return session.currentPolicy(); }, options.consent());
    auto *trace = new WriteTrace(session.journal(), std::move(guard),
                                 runStartOf(session, options.note), recorded, nullptr);
    auto *call = new JournaledWrite(session, *trace, write, options.dryRun, parent);
    trace->setParent(call);
    QObject::connect(call, &CallBase::finished, trace, &WriteTrace::end);
    if (options.dryRun)
        return call;
    session.addWriter(
        call, [] {}, // One write: who leaves waits for it.
        [call, trace] {
            call->cancel();
            trace->end(); // Who stops it may not wait for the event loop.
        });
    return call;
}

} // namespace hubkeeper
