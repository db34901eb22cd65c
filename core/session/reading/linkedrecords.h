// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/associationplan.h"

namespace hubkeeper {

/// A record that is linked with another one.
struct LinkedRecord
{
    RecordReference record;
    QString name; ///< What people call it (labelOf()); its id where it could not be read.
    /// What stands between the two, as a row about the link has it: of a contact and a company in
    /// the direction from the contact, else from the record that was asked about.
    LinkNow link;
};

struct LinkedRecords
{
    QList<LinkedRecord> records; ///< In the portal's order.
    qsizetype total = 0; ///< Linked ones, also those that were not wanted.
};

/// The records of one type that a record is linked with, named, `most` at most (0: all). A company
/// with many contacts takes a request for a thousand links and one for the names of a hundred.
/// Fails as the reads do. `portal` must outlive the call.
class ReadLinkedRecords final : public Call<LinkedRecords>
{
public:
    ReadLinkedRecords(PortalReader &portal, RecordReference record, ObjectType type, int most,
                      QObject *parent);

private:
    void onLinks(const QList<Association> &links);
    void readFromContacts(qsizetype first);
    void readNames(qsizetype first);
    void nameThem(const BatchReadOutcome &read);

    PortalReader &m_portal;
    const RecordReference m_record;
    const ObjectType m_type;
    const int m_most;
    LinkedRecords m_found;
};

} // namespace hubkeeper
