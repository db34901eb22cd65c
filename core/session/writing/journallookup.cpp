// SPDX-License-Identifier: MIT
#include "session/writing/journallookup.h"

#include "changes/set/journalrows.h"
#include "session/open/session.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

std::optional<Error> refusalElsewhere(const JournalRun &run, const Session &session,
                                      qint64 portalId)
{
    if (run.portalId == portalId)
        return std::nullopt;
    return fail(ErrorKind::Refused,
                SessionText::tr("The run was made on portal %1 (“%2”). “%3” is portal %4.")
                    .arg(run.portalId)
                    .arg(run.connection, session.connection().label)
                    .arg(portalId),
                SessionText::tr("Open “%1” for it.").arg(run.connection))
        .value();
}

QSet<QString> createdRecords(const QList<JournalRow> &rows)
{
    QSet<QString> ids;
    for (const JournalRow &row : rows) {
        if (row.kind == ChangeKind::Create && row.isApplied())
            ids.insert(row.recordId);
    }
    return ids;
}

LostCreate *lookUpCreate(Session &session, const JournalRun &run, const JournalRow &row,
                         const DefinitionsByName &definitions, const QSet<QString> &taken,
                         QObject *parent)
{
    const qint64 portalIsAhead =
        session.clock().utc().msecsTo(session.portal().client().portalTime());
    SentCreate sent {typeOf(row), row.isDefinition(), {}, run.startedAt.addMSecs(portalIsAhead)};
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell)
        sent.values.insert(cell.key(), cell->after);
    return new LostCreate(session.portal(), session.clock(), sent, definitions, taken, parent);
}

} // namespace hubkeeper
