// SPDX-License-Identifier: MIT
#pragma once

#include "base/filewatch.h"
#include "session/views/viewregistry.h"

#include <QTimer>

namespace hubkeeper {

/// The views of the records of one type of the open connection, one of which is shown: as they are
/// kept, and as they are worked with until they are saved. Follows what other windows and command
/// lines keep.
///
/// The view of all records keeps its columns by itself; its conditions are kept as another view
/// only.
class RecordViews final : public QObject
{
    Q_OBJECT

public:
    RecordViews(ObjectType type, const Paths &paths, QObject *parent);
    ~RecordViews() override;

    /// Nothing is worked with any more; empty for none. The view of all records is shown.
    void setConnection(const QString &id);

    /// The one of all records first; as they are kept.
    [[nodiscard]] QList<RecordView> tabs() const;
    /// What is shown, as it is worked with.
    [[nodiscard]] const RecordView &current() const { return m_current; }
    /// Whether a view is worked with otherwise than it is kept.
    [[nodiscard]] bool isModified(const QString &id) const;

    /// chosen() follows, unless it is shown already.
    void choose(const QString &id);
    /// By so many tabs, round and round.
    void step(int by);
    /// From now on the current view is worked with like this.
    void edit(const RecordView &view);
    /// Keeps the current view as it is worked with. Not for the one of all records.
    void save();
    /// Keeps what is worked with as a new view, which is chosen; the one it was made from is as it
    /// was kept.
    void saveAs(const QString &name);
    /// The current view as it is kept: chosen() follows.
    void reset();
    void rename(const QString &id, const QString &name);
    void duplicate(const QString &id, const QString &name);
    /// removed() follows; undoRemove() brings the last one back.
    void remove(const QString &id);
    void undoRemove();
    /// The order of all but the first.
    void setOrder(const QStringList &ids);
    /// A name that no view has yet, from `name`.
    [[nodiscard]] QString freeName(const QString &name) const;

signals:
    void tabsChanged(); ///< Which there are, their names, order or marks.
    void chosen(); ///< Another view is shown, or the same one is another now.
    void removed(const QString &name);
    /// The view that was shown was removed elsewhere.
    void lost(const QString &name);
    void failed(const hubkeeper::Error &error);

private:
    void takeOver();
    void show(const QString &id);
    void keepLayout();
    [[nodiscard]] RecordView kept(const QString &id) const;
    [[nodiscard]] bool differs(const RecordView &view) const;
    bool report(const Result<void> &done);

    const ObjectType m_type;
    ViewRegistry m_registry;
    const Paths m_paths;
    QString m_connection;
    std::unique_ptr<FileWatch> m_watch;
    RecordView m_current;
    RecordView m_before; // The current one as it was kept when it was last looked at.
    QHash<QString, RecordView> m_working; // What differs from what is kept.
    std::optional<std::pair<RecordView, qsizetype>> m_removed; // With its place.
    QTimer m_keepLayout;
};

} // namespace hubkeeper
