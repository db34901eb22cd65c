// SPDX-License-Identifier: MIT
#pragma once

#include "portal/batchassociations.h"
#include "session/workbench/exportplan.h"
#include "store/sets/recordset.h"

#include <deque>

namespace hubkeeper {

class Session;

/// What an export did.
struct ExportOutcome
{
    WrittenTable table;
    QStringList titles; ///< Of the columns, for WrittenTable::risks.
    qint64 gone = 0; ///< Records that were deleted before the rest of them was read.
};

/// Writes rows of a record set to the files of a plan. What the set does not hold is read from the
/// portal: properties in batches, associations, and the properties that name the associated
/// records. Archived rows are left out. Memory holds a few portions of 500 rows; the disk is
/// written on another thread. Progress is in rows.
///
/// The files appear when all of them are written; after an error or a cancel there are none. Fails
/// as TableFiles does and as the portal does; the room on the disk is looked at after the first
/// portion.
class ExportRecords final : public Call<ExportOutcome>
{
public:
    /// The session must outlive the call; it is cancelled when the set goes.
    ExportRecords(Session &session, RecordSet &set, std::vector<qint64> rows, ExportPlan plan,
                  QObject *parent);

private:
    struct Portion
    {
        QList<Record> records;
        QList<AssociationsById> links; // By ExportPlan::links.
        QList<QHash<QString, QString>> keys; // By link and id.
        int waiting = 0; // Calls under way.
        bool isReady = false;
    };
    using PortionPtr = std::shared_ptr<Portion>;

    void open(const QList<PropertyDefinition> &definitions);
    void readMore();
    void readMissing(const PortionPtr &portion);
    void readLinks(const PortionPtr &portion, qsizetype at);
    void readKeys(const PortionPtr &portion, qsizetype at);
    void writeReady();
    [[nodiscard]] QList<QStringList> rowsOf(const Portion &portion) const;
    [[nodiscard]] QStringList rowOf(const Portion &portion, const Record &record) const;
    void finishFiles();

    Session &m_session;
    RecordSet &m_set;
    const std::vector<qint64> m_rows;
    const ExportPlan m_plan;
    QStringList m_missing; // Properties that the set does not hold.
    QList<QHash<QString, QString>> m_keys; // Of associated records that were read, by link and id.
    std::shared_ptr<TableFiles> m_files;
    std::deque<PortionPtr> m_portions; // In the order of the file.
    size_t m_asked = 0; // Rows of portions that were begun.
    qint64 m_written = 0; // Rows whose portion is on the disk.
    bool m_isWriting = false;
    ExportOutcome m_outcome;
};

} // namespace hubkeeper
