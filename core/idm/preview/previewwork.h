// SPDX-License-Identifier: MIT
#pragma once

#include "idm/preview/previewstore.h"
#include "reconcile/overlay/preview.h"

#include <QSet>

#include <vector>

namespace hubkeeper {

/// One entry as it is kept, with its number in the order of the run.
struct KeptEntry
{
    qint64 number = 0;
    QString mapping; ///< Of implicit synchronisation; null for the run's own.
    ReconEntry entry;
};

/// Which entries are wanted.
struct EntryFilter
{
    std::optional<SyncSituation> situation;
    std::optional<SyncAction> action;
    bool failedOnly = false;
    QString text; ///< In ids or the reason, without regard to case.
    bool withImplicit = false;
};

/// How often a kind of entry was found.
struct EntryCount
{
    bool ofTargetPhase = false;
    std::optional<SyncSituation> situation;
    std::optional<SyncAction> action;
    bool failed = false;
    bool isUnknown = false;
    bool isCertain = true;
    qint64 count = 0;
};

/// What one computation makes of a set: objects and links as they would be, and the entries, in a
/// temporary database of its own. It is filled in one thread while the preview runs; afterwards it
/// may be read from several. Fails with Storage, NotSaved.
class PreviewWork
{
public:
    [[nodiscard]] static Result<std::shared_ptr<PreviewWork>>
    make(std::shared_ptr<PreviewStore> store);
    ~PreviewWork();

    [[nodiscard]] const std::shared_ptr<PreviewStore> &store() const { return m_store; }

    /// Where a preview works: over the set's objects, with its links. Throws SQLite::Exception, as
    /// everything that runs there does: run it in onStore().
    [[nodiscard]] PreviewPlace place();
    /// Keeps entries. Throws SQLite::Exception.
    void add(const ReconEntry &entry, const QString &mapping = {});

    /// Numbers of the entries, deletions first, then in the order of the run.
    [[nodiscard]] Result<std::vector<qint64>> numbers(const EntryFilter &filter) const;
    /// Those with these numbers, in this order. For a block of them.
    [[nodiscard]] Result<std::vector<KeptEntry>> entries(const std::vector<qint64> &numbers) const;
    /// All of the run, or all of implicit synchronisation, in their order.
    [[nodiscard]] Result<void>
    visitEntries(bool implicit, const std::function<void(const KeptEntry &)> &visit) const;
    [[nodiscard]] Result<std::vector<EntryCount>> counts() const;
    /// Entries of implicit synchronisation by mapping.
    [[nodiscard]] Result<QMap<QString, qint64>> implicitCounts() const;

    /// Objects that would not be as they are, by collection and in their order.
    [[nodiscard]] Result<void>
    visitChanges(const std::function<void(const ObjectChange &)> &visit) const;
    /// How many of a collection would be created, changed and deleted.
    [[nodiscard]] Result<QMap<SyncAction, qint64>> changeCounts(const QString &collection) const;
    /// How many would be deleted in all collections but this one.
    [[nodiscard]] Result<qint64> deletedElsewhere(const QString &collection) const;
    /// One object before and afterwards; without either where it is not there.
    [[nodiscard]] Result<ObjectChange> change(const QString &collection, const QString &id) const;
    /// Links as they would be; `isNew`: made or moved.
    [[nodiscard]] Result<void>
    visitLinks(const std::function<void(const SyncLink &, bool isNew)> &visit) const;
    /// The ids that are made up here.
    [[nodiscard]] Result<QSet<QString>> newIds(const QString &collection) const;

    /// Tables are `object`, `link` and `entry`.
    [[nodiscard]] SQLite::Database &database() const { return *m_database; }

private:
    PreviewWork(std::shared_ptr<PreviewStore> store, std::unique_ptr<SQLite::Database> database);
    void copyLinks(OverlayLinks &links) const;
    /// The number of a collection here: the set's, or one below 0 for those that it does not have.
    [[nodiscard]] int sideOf(const QString &collection) const;
    [[nodiscard]] Result<void>
    visitChanges(const QString &collection,
                 const std::function<void(const ObjectChange &)> &visit) const;

    const std::shared_ptr<PreviewStore> m_store;
    const std::unique_ptr<SQLite::Database> m_database;
    mutable QStringList m_others; ///< Collections that a run touched and the set does not have.
    class Inserting;
    std::unique_ptr<Inserting> m_inserting;
};

} // namespace hubkeeper
