// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "portal/property.h"
#include "repair/recipe/recipe.h"
#include "repair/table/repaircounts.h"
#include "session/workbench/repairedrows.h"
#include "store/sets/recordset.h"

#include <functional>

namespace hubkeeper {

class Session;
struct AddedRows;
struct ChangeBinding;

struct RecordRepairRequest
{
    Recipe recipe;
    RepairSettings settings; ///< Options of properties come from their definitions.
    /// Properties to be repaired each by itself, by name; empty: those that the recipe names and
    /// the records' set has. Not for recipes that read some and write others.
    QStringList properties;
    /// Gets every doubtful value as it is found, in the thread of the call; may be null.
    std::function<void(const DoubtfulValue &value)> doubtful = {};
};

/// The properties that a recipe repairs: those that were chosen, or those it names among `columns`
/// ("*": every text among them). Fails with InvalidInput for a property that the portal does not
/// define (with the nearest) or that HubSpot sets itself, and where there is none.
[[nodiscard]] Result<QStringList> repairedProperties(const RecordRepairRequest &request,
                                                     const QStringList &columns,
                                                     const QList<PropertyDefinition> &definitions);
/// What the record set needs to have for it: the properties, those the recipe reads and writes, and
/// those that records are called by.
[[nodiscard]] QStringList propertiesReadBy(const RecordRepairRequest &request,
                                           const QStringList &repaired, ObjectType type);

/// What a repair would do to records, before anything of it is staged.
struct CheckedRepair
{
    QString name; ///< Of the step that stages it.
    QStringList properties; ///< That were looked at.
    qint64 records = 0;
    qint64 gone = 0; ///< Records that were deleted or merged away since the set was read.
    RepairCounts counts {{}};
    std::shared_ptr<RepairedRows> rows;

    [[nodiscard]] bool isEmpty() const { return rows->count() == 0; }
};

/// Runs a recipe over rows of a record set, in portions on threads of the pool. Stages nothing.
/// Values that are staged already, and new ones that HubSpot would refuse, are doubtful. Where the
/// set does not have every property that is needed, the records are read from the portal, a hundred
/// a request. Memory does not grow with the rows. Progress is in records. Fails as checkRecipe()
/// and repairedProperties(), as reading definitions and records does, and with Storage and
/// NotSaved.
class RepairRecords final : public Call<std::shared_ptr<CheckedRepair>>
{
public:
    /// The session must outlive the call; it ends with the set.
    RepairRecords(Session &session, RecordSet &set, RowOrder rows, RecordRepairRequest request,
                  QObject *parent);
    ~RepairRecords() override;

private:
    class Plan;
    struct Portion;

    void begin(const QList<PropertyDefinition> &definitions);
    void readNext();
    void readAnew(const QList<Record> &records);
    void onAnew(const QList<Record> &records);
    void repair(const QList<Record> &records);
    void take(const Portion &portion);

    Session &m_session;
    RecordSet &m_set;
    const RowOrder m_rows;
    const RecordRepairRequest m_request;
    std::shared_ptr<const Plan> m_plan;
    std::shared_ptr<CheckedRepair> m_checked;
    QStringList m_anew; // What is read from the portal; empty: the set has all of it.
    QHash<QString, Record> m_read; // Of the portion that is read anew.
    int m_waiting = 0; // Requests for it.
    size_t m_done = 0;
};

/// Puts what was checked into the session's change set, as one undo step, without `excluded`
/// changes. Sends nothing. All or nothing is staged. Fails with NotSaved and Storage.
[[nodiscard]] Call<AddedRows> *stageRepair(Session &session, std::shared_ptr<CheckedRepair> checked,
                                           const QList<RepairPair> &excluded, QObject *parent);

} // namespace hubkeeper
