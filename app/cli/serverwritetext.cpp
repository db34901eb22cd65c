// SPDX-License-Identifier: MIT
#include "serverwritetext.h"

#include "output.h"

namespace hubkeeper::cli {

void complainOf(const ServerWriteReport &report, Output &output)
{
    for (const ServerWriteProof &one : report.writes) {
        if (one.failure)
            output.complain(*one.failure);
    }
    if (report.stopped)
        output.complain(*report.stopped);
}

int exitCodeOf(const ServerWriteReport &report, qsizetype planned)
{
    const int applied = report.count(outcome::applied);
    if (applied == planned)
        return Done;
    if (report.count(outcome::unknown) > 0)
        return Unknown;
    return applied == 0 && report.count(outcome::conflict) == planned ? Conflicting : AppliedInPart;
}

} // namespace hubkeeper::cli
