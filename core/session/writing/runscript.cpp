// SPDX-License-Identifier: MIT
#include "session/writing/runscript.h"

#include "connector/objectclass.h"
#include "session/open/session.h"
#include "session/writing/journaledwrite.h"
#include "session/writing/writetrace.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Error refused(const QString &what, const QString &remedy)
{
    return fail(ErrorKind::Refused, what, remedy).value();
}

std::optional<Error> refusalOfMode(WriteMode mode, bool confirmed)
{
    switch (mode) {
    case WriteMode::ReadOnly:
        return refused(u"The connection is read-only."_s,
                       u"Run the script dry, or choose another write mode for the connection."_s);
    case WriteMode::ReviewRequired:
        return refused(u"The connection asks for a review of the changes first."_s,
                       u"Run the script dry, review what it staged, then apply."_s);
    case WriteMode::Confirm:
        if (!confirmed)
            return refused(u"The connection asks for a confirmation first."_s,
                           u"Confirm that the script may write."_s);
        break;
    case WriteMode::Free:
        break;
    }
    return {};
}

std::optional<Error> refusalOfDelete(const QList<CollectedWrite> &before, const WritePolicy &policy)
{
    if (!policy.archiveAllowed)
        return refused(u"The connection does not allow archiving records."_s,
                       u"Allow it in the connection."_s);
    const auto deletes =
        std::count_if(before.begin(), before.end(), [](const CollectedWrite &write) {
            return write.verb == CollectedWrite::Delete;
        });
    if (policy.mostArchives > 0 && deletes >= policy.mostArchives)
        return refused(
            u"The connection allows a script to archive %1 records."_s.arg(policy.mostArchives),
            u"Do less at once, or raise the limit of the connection."_s);
    return {};
}

/// The properties a write changes: their values in a record, or themselves.
QStringList propertiesOf(const CollectedWrite &write)
{
    const auto objectClass = objectClassFrom(write.objectClass);
    if (objectClass && definitionsOf(*objectClass))
        return {write.uid.isEmpty() ? write.attributes["name"_L1].toString() : write.uid};
    // Attributes that can be written have the names of their properties (idm-connector 1.4).
    return write.attributes.keys();
}

} // namespace

std::optional<Error> refusalOf(const CollectedWrite &write, const QList<CollectedWrite> &before,
                               const WritePolicy &policy, bool confirmed)
{
    if (auto refusal = refusalOfMode(policy.mode, confirmed))
        return refusal;
    if (policy.mostRows > 0 && before.size() >= policy.mostRows)
        return refused(u"The connection allows a script %1 writes."_s.arg(policy.mostRows),
                       u"Do less at once, or raise the limit of the connection."_s);
    const QStringList names = propertiesOf(write);
    for (const QString &name : names) {
        if (policy.protectedProperties.contains(name, Qt::CaseInsensitive))
            return refused(u"The property %1 is protected in this connection."_s.arg(name),
                           u"Take it out of the script."_s);
    }
    return write.verb == CollectedWrite::Delete ? refusalOfDelete(before, policy) : std::nullopt;
}

ScriptRun *runScript(Session &session, ScriptRequest request, const ScriptRunOptions &options,
                     QObject *parent)
{
    if (request.dryRun)
        return new ScriptRun(session.connector(), std::move(request), parent);
    const QString note = options.name.isEmpty() ? u"Script"_s : u"Script “%1”"_s.arg(options.name);
    auto *trace = new WriteTrace(session.journal(), session.connection().label, note, {},
                                 options.recorded, nullptr);
    request.writer =
        [&session, trace, confirmed = options.confirmed, sent = QList<CollectedWrite>()](
            const CollectedWrite &write, QObject *its) mutable -> Call<ConnectorObject> * {
        const auto refusal = refusalOf(write, sent, session.connection().policy, confirmed);
        if (refusal)
            return new ReadyCall<ConnectorObject>(tl::unexpected(*refusal), its);
        sent.append(write);
        return new JournaledWrite(session, *trace, write, its);
    };
    auto *run = new ScriptRun(session.connector(), std::move(request), parent);
    trace->setParent(run);
    QObject::connect(run, &CallBase::finished, trace, &WriteTrace::end);
    session.addWriter(
        run, [run] { run->finishEarly(); },
        [run, trace] {
            run->cancel();
            trace->end(); // Who stops it may not wait for the event loop.
        });
    return run;
}

} // namespace hubkeeper
