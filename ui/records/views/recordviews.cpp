// SPDX-License-Identifier: MIT
#include "records/views/recordviews.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

RecordViews::RecordViews(ObjectType type, const Paths &paths, QObject *parent)
    : QObject(parent)
    , m_type(type)
    , m_paths(paths)
{
    m_keepLayout.setSingleShot(true);
    m_keepLayout.setInterval(500ms);
    connect(&m_keepLayout, &QTimer::timeout, this, &RecordViews::keepLayout);
}

RecordViews::~RecordViews() = default;

void RecordViews::setConnection(const QString &id)
{
    if (m_keepLayout.isActive())
        keepLayout();
    m_working.clear();
    m_removed.reset();
    m_connection = id;
    m_registry = ViewRegistry();
    if (id.isEmpty()) {
        m_watch.reset();
    } else {
        if (auto loaded = ViewRegistry::load(m_paths))
            m_registry = std::move(*loaded);
        else
            emit failed(loaded.error());
        if (!m_watch) {
            m_watch = std::make_unique<FileWatch>(ViewRegistry::pathIn(m_paths), this);
            connect(m_watch.get(), &FileWatch::touched, this, &RecordViews::takeOver);
        }
    }
    m_before = m_current = m_registry.all(id, m_type);
    emit tabsChanged();
}

QList<RecordView> RecordViews::tabs() const
{
    return QList<RecordView> {m_registry.all(m_connection, m_type)}
    + m_registry.of(m_connection, m_type);
}

RecordView RecordViews::kept(const QString &id) const
{
    const RecordView *view = m_registry.byId(id);
    return view ? *view : m_registry.all(m_connection, m_type);
}

bool RecordViews::differs(const RecordView &view) const
{
    const RecordView there = kept(view.id);
    if (view.isAll())
        return view.words != there.words || view.filter != there.filter;
    return !view.showsAs(there);
}

bool RecordViews::isModified(const QString &id) const
{
    return m_working.contains(id) && differs(m_working.value(id));
}

void RecordViews::show(const QString &id)
{
    m_before = kept(id);
    m_current = m_working.value(id, m_before);
    emit tabsChanged();
    emit chosen();
}

void RecordViews::choose(const QString &id)
{
    if (id != m_current.id)
        show(id);
}

void RecordViews::step(int by)
{
    const QList<RecordView> all = tabs();
    qsizetype at = 0;
    while (at < all.size() && all[at].id != m_current.id)
        ++at;
    choose(all[(at + by + all.size()) % all.size()].id);
}

void RecordViews::edit(const RecordView &view)
{
    if (view == m_current)
        return;
    const bool wasModified = isModified(m_current.id);
    m_current = view;
    m_working.insert(view.id, view);
    if (view.isAll() && !m_connection.isEmpty())
        m_keepLayout.start();
    if (isModified(view.id) != wasModified)
        emit tabsChanged();
}

/// Columns of the view of all records.
void RecordViews::keepLayout()
{
    m_keepLayout.stop();
    const QString id = RecordView::allId(m_connection, m_type);
    const RecordView working = m_working.value(id, kept(id));
    RecordView view = kept(id);
    view.columns = working.columns;
    view.widths = working.widths;
    view.pinned = working.pinned;
    if (view != kept(id))
        report(m_registry.change(view));
}

bool RecordViews::report(const Result<void> &done)
{
    if (!done)
        emit failed(done.error());
    return done.has_value();
}

void RecordViews::save()
{
    if (m_current.isAll() || !report(m_registry.change(m_current)))
        return;
    m_before = m_current;
    m_working.remove(m_current.id);
    emit tabsChanged();
}

void RecordViews::saveAs(const QString &name)
{
    RecordView view = m_current;
    view.id.clear();
    view.name = name;
    const auto added = m_registry.add(view);
    if (!added)
        return emit failed(added.error());
    m_working.remove(m_current.id);
    m_before = m_current = *added;
    emit tabsChanged();
}

void RecordViews::reset()
{
    const RecordView layout = m_current;
    m_working.remove(m_current.id);
    if (m_current.isAll()) { // Its columns are nobody's to reset.
        RecordView view = kept(m_current.id);
        view.columns = layout.columns;
        view.widths = layout.widths;
        view.pinned = layout.pinned;
        m_working.insert(view.id, view);
    }
    show(m_current.id);
}

void RecordViews::rename(const QString &id, const QString &name)
{
    const RecordView *there = m_registry.byId(id);
    if (!there || there->isAll())
        return;
    RecordView view = *there;
    view.name = name.trimmed();
    if (!report(m_registry.change(view)))
        return;
    if (m_working.contains(id))
        m_working[id].name = view.name;
    if (m_current.id == id)
        m_current.name = m_before.name = view.name;
    emit tabsChanged();
}

void RecordViews::duplicate(const QString &id, const QString &name)
{
    RecordView view = id == m_current.id ? m_current : kept(id);
    view.id.clear();
    view.name = name;
    const auto added = m_registry.add(view);
    if (!added)
        return emit failed(added.error());
    show(added->id);
}

void RecordViews::remove(const QString &id)
{
    const QList<RecordView> all = m_registry.of(m_connection, m_type);
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const RecordView &view) { return view.id == id; });
    if (at == all.end() || !report(m_registry.remove(id)))
        return;
    m_removed = {m_working.value(id, *at), at - all.begin()};
    const bool isShown = id == m_current.id;
    m_working.remove(id);
    if (isShown)
        show(tabs().value(at - all.begin()).id); // The one before it.
    else
        emit tabsChanged();
    emit removed(m_removed->first.name);
}

void RecordViews::undoRemove()
{
    if (!m_removed)
        return;
    const auto [view, place] = *std::exchange(m_removed, std::nullopt);
    const auto added = m_registry.add(view, place);
    if (!added)
        return emit failed(added.error());
    show(added->id);
}

void RecordViews::setOrder(const QStringList &ids)
{
    QStringList now;
    const QList<RecordView> all = m_registry.of(m_connection, m_type);
    for (const RecordView &view : all)
        now.append(view.id);
    if (ids == now)
        return;
    report(m_registry.setOrder(ids));
    emit tabsChanged();
}

QString RecordViews::freeName(const QString &name) const
{
    QString free = name;
    for (int i = 2; m_registry.find(m_connection, m_type, free); ++i)
        free = u"%1 %2"_s.arg(name).arg(i);
    return free;
}

/// Another window, or a command line, has written the file.
void RecordViews::takeOver()
{
    if (m_connection.isEmpty())
        return;
    if (const auto read = m_registry.reload(); !read)
        return emit failed(read.error());
    const RecordView now = kept(m_current.id);
    if (!m_current.isAll() && now.isAll()) {
        const QString name = m_current.name;
        m_working.remove(m_current.id);
        show(now.id);
        return emit lost(name);
    }
    const bool isFollowing = !m_working.contains(m_current.id) || m_current.showsAs(m_before);
    const bool isOther = !now.showsAs(m_before);
    m_before = now;
    m_current.name = now.name;
    if (isOther && isFollowing) {
        m_working.remove(now.id);
        return show(now.id);
    }
    if (!m_current.isAll() && !differs(m_current))
        m_working.remove(now.id);
    emit tabsChanged();
}

} // namespace hubkeeper
