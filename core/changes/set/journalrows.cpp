// SPDX-License-Identifier: MIT
#include "changes/set/journalrows.h"

namespace hubkeeper {

JournalRow journalRowOf(const RowChange &row)
{
    JournalRow noted;
    noted.subject = nameOf(row.type) + u'/' + row.id;
    noted.type = nameOf(row.type);
    noted.kind = row.kind;
    noted.recordId = row.portalId().isEmpty() ? row.id : row.portalId();
    noted.label = row.label;
    noted.cells = row.cells;
    noted.revertOf = row.revertOf;
    noted.outcome = nameOf(row.state);
    if (row.error)
        noted.message = row.error->sentence();
    return noted;
}

ObjectType typeOf(const JournalRow &row)
{
    return row.type == nameOf(ObjectType::Companies) ? ObjectType::Companies : ObjectType::Contacts;
}

} // namespace hubkeeper
