// SPDX-License-Identifier: MIT
#include "changes/set/journalrows.h"

namespace hubkeeper {

JournalRow journalRowOf(const RowChange &row)
{
    JournalRow noted;
    noted.subject = journalSubjectOf(row);
    noted.type = nameOf(row.type);
    noted.kind = row.kind;
    noted.recordId = row.portalId().isEmpty() ? row.id : row.portalId();
    noted.label = row.label;
    if (row.subject == RowSubject::Association && row.to) {
        noted.thing = WrittenThing::Association;
        noted.toType = nameOf(row.to->type);
        noted.toId = row.to->id;
    }
    if (row.subject == RowSubject::Merge && row.to) {
        noted.thing = WrittenThing::Merge;
        noted.recordId = row.writtenId.isEmpty() ? row.id : row.writtenId;
        noted.toType = nameOf(row.to->type);
        noted.toId = row.to->id;
    }
    noted.rebuilds = row.rebuilds;
    noted.cells = row.cells;
    noted.revertOf = row.revertOf;
    noted.outcome = nameOf(row.state);
    if (row.error)
        noted.message = row.error->sentence();
    return noted;
}

QString journalSubjectOf(const RowChange &row)
{
    return nameOf(row.type) + u'/' + keyOf(row).id;
}

ObjectType typeOf(const JournalRow &row)
{
    return row.type == nameOf(ObjectType::Companies) ? ObjectType::Companies : ObjectType::Contacts;
}

RecordReference otherEndOf(const JournalRow &row)
{
    const bool isContact = row.toType == nameOf(ObjectType::Contacts);
    return {isContact ? ObjectType::Contacts : ObjectType::Companies, row.toId};
}

} // namespace hubkeeper
