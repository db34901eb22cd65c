// SPDX-License-Identifier: MIT
#include "session/snapshots/snapshotnotes.h"

#include "session/sessiontext.h"
#include "session/snapshots/snapshotplace.h"

namespace hubkeeper {

QString quickGap(ObjectType type)
{
    return SessionText::tr("%1: the IDs were not compared, so deleted records may be in it, and "
                           "changes that HubSpot's search did not know of may be missing; so may "
                           "values that HubSpot derives from deals and other records.")
        .arg(wordOf(type));
}

QString changedNote(ObjectType type, qint64 records)
{
    return SessionText::tr("%1: %Ln record(s) were changed while they were read, and were read "
                           "again.",
                           nullptr, int(records))
        .arg(wordOf(type));
}

QStringList derivedNotes(ObjectType type, const DerivedProperties &derived, qint64 refreshed)
{
    QStringList notes;
    if (refreshed > 0)
        notes.append(SessionText::tr("%1: %Ln record(s) had other values that HubSpot derives, at "
                                     "the same time of change.",
                                     nullptr, int(refreshed))
                         .arg(wordOf(type)));
    if (!derived.left.isEmpty())
        notes.append(
            SessionText::tr("%1: %Ln property(s) that HubSpot sets itself, such as %2, are those "
                            "of the earlier snapshot where a record's time of change is the same: "
                            "one request does not hold them all.",
                            nullptr, int(derived.left.size()))
                .arg(wordOf(type), derived.left.first()));
    return notes;
}

} // namespace hubkeeper
