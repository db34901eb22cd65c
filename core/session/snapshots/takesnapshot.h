// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"
#include "session/snapshots/snapshotplace.h"
#include "session/snapshots/snapshotrecords.h"
#include "session/views/recordview.h"

namespace hubkeeper {

struct ReadViewResult;

/// Which snapshot is taken.
struct SnapshotOrder
{
    QString path; ///< The file it becomes.
    QList<ObjectType> types {ObjectType::Contacts, ObjectType::Companies};
    /// Only the records of a view, or that a filter over HubSpot's properties finds: of one type.
    std::optional<RecordView> view;
    CrestFilter filter; ///< Besides the view's conditions; true: all of them.
    /// An earlier snapshot of this portal, whose records are taken over where they have not
    /// changed: every id and its time of change is compared. Empty: everything is read.
    QString base;
    /// With `base`: without looking at every id. What HubSpot's search says was changed since then
    /// is read; deleted records stay in it. The snapshot is partial.
    bool quick = false;
    /// What is unfinished at `path` is begun anew, whatever it is of.
    bool startsOver = false;
    /// A finished snapshot at `path` is replaced once this one is whole, and an unfinished one that
    /// is of something else is given up. Without it both are refused.
    bool replaces = false;
};

/// Takes a snapshot: schema, owners, records, associations, at the speed of the permits. It is
/// beside its place until it is whole (SnapshotStore). After a cancel, an error or a crash the same
/// order goes on where it stopped. Records that are changed while they are read are read again, and
/// counted in the notes.
///
/// Progress is in the records of the step under way (stepBegun()). Fails with Refused (the base is
/// of another portal; something is there already, and is named; another program is taking it),
/// InvalidInput (the base cannot be used; the place is a folder, or in one that is missing),
/// Storage (the base was changed or is damaged), NotSaved (no room), and as reading does.
class TakeSnapshot final : public Call<SnapshotInfo>
{
    Q_OBJECT

public:
    /// `session` must outlive the call.
    TakeSnapshot(Session &session, SnapshotOrder order, QObject *parent);
    ~TakeSnapshot() override;

    /// It goes on with what another program left.
    [[nodiscard]] bool isResumed() const { return m_isResumed; }

signals:
    /// A sentence: what is read now.
    void stepBegun(const QString &what);

private:
    void begin(const AccountDetails &account);
    void open();
    [[nodiscard]] Result<void> openStore();
    [[nodiscard]] Result<void> useBase();
    void readSchemas();
    void readGroups(qsizetype at, const QList<PropertyDefinition> &definitions);
    void storeSchema(qsizetype at, const SnapshotSchema &schema);
    void readOwners();
    void prepareRecords();
    void readRecords();
    void readPart(qsizetype at);
    void readView(qsizetype at);
    void copyView(qsizetype at, const std::shared_ptr<ReadViewResult> &found, size_t from);
    void readAgain(qsizetype at);
    void endPart(qsizetype at);
    void readLinks(size_t pair);
    void readLabels(size_t pair);
    void findRelinked();
    void readRelinked(qsizetype at);
    void finish();
    void storeInfo(std::function<void()> next);
    [[nodiscard]] SnapshotTarget targetOf(qsizetype at) const;
    void follow(CallBase *step, const QString &what);

    Session &m_session;
    SnapshotOrder m_order;
    std::unique_ptr<SnapshotStore> m_store;
    SnapshotInfo m_info;
    QHash<ObjectType, QList<PropertyDefinition>> m_definitions;
    QDateTime m_baseBegun;
    bool m_isResumed = false;
};

} // namespace hubkeeper
