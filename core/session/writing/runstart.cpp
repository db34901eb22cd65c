// SPDX-License-Identifier: MIT
#include "session/writing/runstart.h"

#include "session/open/session.h"

namespace hubkeeper {

RunStart runStartOf(const Session &session, const QString &note, const QString &revertOf)
{
    RunStart start;
    start.connectionId = session.connection().id;
    start.connection = session.connection().label;
    start.note = note;
    start.revertOf = revertOf;
    return start;
}

} // namespace hubkeeper
