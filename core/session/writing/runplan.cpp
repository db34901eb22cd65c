// SPDX-License-Identifier: MIT
#include "session/writing/runplan.h"

#include "session/open/session.h"

namespace hubkeeper {

CallBudget callBudget(Session &session, const RunOptions &options)
{
    const CallLimits limits {session.portal().client().budget().permitsPerSecond(),
                             session.connection().reserve, session.limits()};
    return budgetOf(session.changes(), options, limits, session.policyInForce().mostPercent > 0);
}

} // namespace hubkeeper
