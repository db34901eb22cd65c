// SPDX-License-Identifier: MIT
#include "session/views/viewregistry.h"

#include "session/sessiontext.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto listMember = "views"_L1;

RegistryFile fileIn(const Paths &paths)
{
    return {paths.config.isEmpty() ? QString() : ViewRegistry::pathIn(paths), listMember};
}

QList<RecordView> viewsIn(const QJsonObject &root)
{
    QList<RecordView> views;
    const QJsonArray list = root[listMember].toArray();
    for (const QJsonValue &entry : list) {
        const RecordView view = recordViewFrom(entry.toObject());
        if (!view.id.isEmpty() && (view.isAll() || !view.name.isEmpty()))
            views.append(view);
    }
    return views;
}

bool isKin(const RecordView &a, const RecordView &b)
{
    return a.connectionId == b.connectionId && a.type == b.type;
}

Result<void> checkName(const RecordView &view, const QList<RecordView> &views)
{
    if (view.isAll())
        return {};
    const QString name = view.name.trimmed();
    if (name.isEmpty() || name.size() > RecordView::longestName)
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("A view needs a name of at most %1 characters.")
                        .arg(RecordView::longestName));
    for (const RecordView &other : views) {
        if (isKin(other, view) && other.id != view.id
            && other.name.compare(name, Qt::CaseInsensitive) == 0)
            return fail(ErrorKind::Conflict,
                        SessionText::tr("There is a view “%1” already.").arg(other.name),
                        SessionText::tr("Choose another name."));
    }
    return {};
}

/// What another version has written beside the members of this one stays.
QJsonObject merged(QJsonObject there, const RecordView &view)
{
    const QJsonObject json = asJson(view);
    for (auto it = json.begin(); it != json.end(); ++it)
        there.insert(it.key(), it.value());
    return there;
}

} // namespace

QString ViewRegistry::pathIn(const Paths &paths)
{
    return paths.config + u"/views.json"_s;
}

Result<ViewRegistry> ViewRegistry::load(const Paths &paths)
{
    ViewRegistry registry;
    registry.m_paths = paths;
    return registry.reload().map([&] { return registry; });
}

Result<void> ViewRegistry::reload()
{
    if (m_paths.config.isEmpty())
        return {};
    return fileIn(m_paths).read().map([this](const QJsonObject &root) { take(root); });
}

void ViewRegistry::take(const QJsonObject &root)
{
    m_root = root;
    m_views = viewsIn(root);
}

QList<RecordView> ViewRegistry::of(const QString &connectionId, ObjectType type) const
{
    QList<RecordView> views;
    for (const RecordView &view : m_views) {
        if (view.connectionId == connectionId && view.type == type && !view.isAll())
            views.append(view);
    }
    return views;
}

RecordView ViewRegistry::all(const QString &connectionId, ObjectType type) const
{
    if (const RecordView *kept = byId(RecordView::allId(connectionId, type)))
        return *kept;
    RecordView view;
    view.id = RecordView::allId(connectionId, type);
    view.connectionId = connectionId;
    view.type = type;
    return view;
}

const RecordView *ViewRegistry::byId(const QString &id) const
{
    const auto found = std::find_if(m_views.cbegin(), m_views.cend(),
                                    [&](const RecordView &view) { return view.id == id; });
    return found == m_views.cend() ? nullptr : &*found;
}

const RecordView *ViewRegistry::find(const QString &connectionId, ObjectType type,
                                     const QString &name) const
{
    const auto found = std::find_if(m_views.cbegin(), m_views.cend(), [&](const RecordView &view) {
        return view.connectionId == connectionId && view.type == type && !view.isAll()
            && view.name.compare(name.trimmed(), Qt::CaseInsensitive) == 0;
    });
    return found == m_views.cend() ? nullptr : &*found;
}

Result<void> ViewRegistry::update(const std::function<Result<void>(QList<RecordView> &)> &change)
{
    const RegistryFile file = fileIn(m_paths);
    return file
        .update(m_root,
                [&](QJsonObject &root) -> Result<void> {
                    QList<RecordView> views = viewsIn(root);
                    return change(views).map([&] {
                        QJsonArray list;
                        for (const RecordView &view : std::as_const(views))
                            list.append(merged(file.entry(root, view.id), view));
                        root.insert(listMember, list);
                    });
                })
        .map([this](const QJsonObject &root) { take(root); });
}

Result<RecordView> ViewRegistry::add(RecordView view, qsizetype place)
{
    if (view.id.isEmpty())
        view.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    view.name = view.name.trimmed();
    const auto insert = [&](QList<RecordView> &views) -> Result<void> {
        if (const auto named = checkName(view, views); !named)
            return named;
        QList<qsizetype> kin; // Places of those of the same tabs.
        for (qsizetype i = 0; i < views.size(); ++i) {
            if (isKin(views[i], view) && !views[i].isAll())
                kin.append(i);
        }
        if (kin.size() >= mostViews)
            return fail(ErrorKind::Conflict,
                        SessionText::tr("There can be %1 views; remove one first.").arg(mostViews));
        const bool isLast = place < 0 || place >= kin.size();
        views.insert(isLast ? views.size() : kin[place], view);
        return {};
    };
    return update(insert).map([&] { return view; });
}

Result<void> ViewRegistry::change(const RecordView &view)
{
    return update([&](QList<RecordView> &views) -> Result<void> {
        if (const auto named = checkName(view, views); !named)
            return named;
        const auto there = std::find_if(views.begin(), views.end(),
                                        [&](const RecordView &one) { return one.id == view.id; });
        if (there == views.end() && !view.isAll())
            return fail(
                ErrorKind::NotFound,
                SessionText::tr("Another program has removed the view “%1”.").arg(view.name),
                SessionText::tr("Save it as a new view."));
        if (there == views.end())
            views.append(view);
        else
            *there = view;
        return {};
    });
}

Result<void> ViewRegistry::remove(const QString &id)
{
    return update([&](QList<RecordView> &views) -> Result<void> {
        views.removeIf([&](const RecordView &view) { return view.id == id; });
        return {};
    });
}

Result<void> ViewRegistry::setOrder(const QStringList &ids)
{
    return update([&](QList<RecordView> &views) -> Result<void> {
        const auto placeOf = [&](const RecordView &view) {
            const qsizetype place = ids.indexOf(view.id);
            return place < 0 ? ids.size() : place;
        };
        std::stable_sort(views.begin(), views.end(),
                         [&](const auto &a, const auto &b) { return placeOf(a) < placeOf(b); });
        return {};
    });
}

} // namespace hubkeeper
