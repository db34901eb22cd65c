// SPDX-License-Identifier: MIT
#include "stagedset.h"

#include "session/writing/keepchanges.h"
#include "waiting.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

Result<void> StagedSet::open(Session &session, Services &services) const
{
    const auto account = waitFor(session.account(&services.calls), services.interrupt);
    if (!account)
        return tl::unexpected(account.error());
    if (!path.empty()) {
        session.changes().setBinding({account->portalId, account->portalName,
                                      session.connection().id, session.connection().label});
        return {};
    }
    const auto kept =
        waitFor<RestoredChanges>(new KeepChanges(session, &services.calls), services.interrupt);
    if (!kept)
        return tl::unexpected(kept.error());
    if (kept->setAside)
        services.output.message(kept->setAside->sentence());
    if (kept->takenBy.isEmpty())
        return {};
    return fail(ErrorKind::Refused, u"The staged changes are open in %1."_s.arg(kept->takenBy),
                u"Close it, or save a change set file with --save-changes."_s);
}

Result<void> StagedSet::keep(Session &session, Services &services) const
{
    ChangeSet &changes = session.changes();
    if (path.empty())
        return waitFor(changes.flush(&services.calls), services.interrupt);
    return waitFor(changes.saveAs(QString::fromStdString(path), &services.calls),
                   services.interrupt);
}

} // namespace hubkeeper::cli
