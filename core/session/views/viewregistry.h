// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "session/connections/registryfile.h"
#include "session/views/recordview.h"

namespace hubkeeper {

/// The views this user keeps, in `views.json` below Paths::config (0600), shared with other windows
/// and command lines as RegistryFile says. Those of a connection and a type are in the order of
/// their tabs.
class ViewRegistry
{
public:
    static constexpr qsizetype mostViews = 100; ///< Of a connection and a type.

    [[nodiscard]] static Result<ViewRegistry> load(const Paths &paths);
    /// The file, for those who watch it.
    [[nodiscard]] static QString pathIn(const Paths &paths);

    /// As of the last reading or change, all types and connections.
    [[nodiscard]] const QList<RecordView> &views() const { return m_views; }
    /// Without the one of all records.
    [[nodiscard]] QList<RecordView> of(const QString &connectionId, ObjectType type) const;
    /// The one of all records: as it was kept, or as it is at first.
    [[nodiscard]] RecordView all(const QString &connectionId, ObjectType type) const;
    [[nodiscard]] const RecordView *byId(const QString &id) const;
    /// By name, without regard to case.
    [[nodiscard]] const RecordView *find(const QString &connectionId, ObjectType type,
                                         const QString &name) const;

    /// Takes over what other programs have changed.
    [[nodiscard]] Result<void> reload();
    /// Keeps a new one as the `place`-th of its kind, or as the last; it gets an id unless it has
    /// one (one that was removed comes back). Fails with InvalidInput (no name, or too long), with
    /// Conflict if the name is taken or there are too many, with Storage or NotSaved.
    [[nodiscard]] Result<RecordView> add(RecordView view, qsizetype place = -1);
    /// Keeps it in place of the one with its id; the one of all records is added if need be. Fails
    /// as add(), and with NotFound if another program has removed it.
    [[nodiscard]] Result<void> change(const RecordView &view);
    [[nodiscard]] Result<void> remove(const QString &id);
    /// The order of the tabs: these first, then others.
    [[nodiscard]] Result<void> setOrder(const QStringList &ids);

private:
    [[nodiscard]] Result<void>
    update(const std::function<Result<void>(QList<RecordView> &)> &change);
    void take(const QJsonObject &root);

    Paths m_paths;
    QJsonObject m_root;
    QList<RecordView> m_views;
};

} // namespace hubkeeper
