// SPDX-License-Identifier: MIT
#include "idm/preview/keptobject.h"
#include "idm/preview/previewcall.h"
#include "idm/preview/previewwork.h"
#include "reconcile/overlay/targetrules.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Without what nobody is shown.
QJsonObject shown(const QString &collection, QJsonObject object)
{
    if (!collection.startsWith("managed/"_L1))
        return object;
    const QStringList hidden = ManagedRules(collection == "managed/user"_L1).hidden();
    for (const QString &name : hidden)
        object.remove(name);
    return object;
}

/// Whether a change shows.
bool isChanged(const QString &collection, const QByteArray &before, const QByteArray &after)
{
    if (before == after)
        return false;
    return !collection.startsWith("managed/"_L1)
        || shown(collection, unpackedObject(before)) != shown(collection, unpackedObject(after));
}

} // namespace

Result<void> PreviewWork::visitChanges(const std::function<void(const ObjectChange &)> &visit) const
{
    auto names = m_store->collections();
    if (!names)
        return tl::unexpected(names.error());
    QStringList sorted = *names + m_others;
    sorted.sort();
    for (const QString &collection : std::as_const(sorted)) {
        const auto visited = visitChanges(collection, visit);
        if (!visited)
            return visited;
    }
    return {};
}

Result<void> PreviewWork::visitChanges(const QString &collection,
                                       const std::function<void(const ObjectChange &)> &visit) const
{
    return previewCall("reading changes", [&] {
        const int side = sideOf(collection);
        SQLite::Statement changed(
            *m_database, "SELECT id, body, isNew, place FROM object WHERE side = ? ORDER BY place");
        SQLite::Statement before(m_store->database(),
                                 "SELECT body FROM object WHERE side = ? AND place = ?");
        changed.bind(1, side);
        while (changed.executeStep()) {
            ObjectChange change;
            change.collection = collection;
            change.id = textAt(changed, 0);
            change.isNew = changed.getColumn(2).getInt() != 0;
            if (!changed.getColumn(1).isNull())
                change.after = shown(collection, unpackedObject(bytesAt(changed, 1)));
            before.bind(1, side);
            before.bind(2, changed.getColumn(3).getInt64());
            if (before.executeStep())
                change.before = shown(collection, unpackedObject(bytesAt(before, 0)));
            before.reset();
            if (change.before != change.after)
                visit(change);
        }
    });
}

/// By their texts, which are the same for equal objects; those that differ are looked at only where
/// something may be hidden.
Result<QMap<SyncAction, qint64>> PreviewWork::changeCounts(const QString &collection) const
{
    return previewCall("counting changes", [&] {
        QMap<SyncAction, qint64> counts;
        const int side = sideOf(collection);
        SQLite::Statement changed(*m_database,
                                  "SELECT body, place FROM object WHERE side = ? ORDER BY place");
        SQLite::Statement before(m_store->database(),
                                 "SELECT body FROM object WHERE side = ? AND place = ?");
        changed.bind(1, side);
        while (changed.executeStep()) {
            before.bind(1, side);
            before.bind(2, changed.getColumn(1).getInt64());
            const bool wasThere = before.executeStep();
            const bool isThere = !changed.getColumn(0).isNull();
            const QByteArray old = wasThere ? bytesAt(before, 0) : QByteArray();
            before.reset();
            if (wasThere && !isThere)
                ++counts[SyncAction::Delete];
            else if (isThere && !wasThere)
                ++counts[SyncAction::Create];
            else if (isThere && isChanged(collection, old, bytesAt(changed, 0)))
                ++counts[SyncAction::Update];
        }
        return counts;
    });
}

Result<qint64> PreviewWork::deletedElsewhere(const QString &collection) const
{
    const auto names = m_store->collections();
    if (!names)
        return tl::unexpected(names.error());
    return previewCall("counting deletions", [&] {
        qint64 count = 0;
        for (const QString &other : *names + m_others) {
            if (other == collection)
                continue;
            const int side = sideOf(other);
            SQLite::Statement gone(*m_database,
                                   "SELECT place FROM object WHERE side = ? AND body IS NULL");
            SQLite::Statement before(m_store->database(),
                                     "SELECT 1 FROM object WHERE side = ? AND place = ?");
            gone.bind(1, side);
            while (gone.executeStep()) {
                before.bind(1, side);
                before.bind(2, gone.getColumn(0).getInt64());
                count += before.executeStep() ? 1 : 0;
                before.reset();
            }
        }
        return count;
    });
}

Result<ObjectChange> PreviewWork::change(const QString &collection, const QString &id) const
{
    const auto before = m_store->object(collection, id);
    if (!before)
        return tl::unexpected(before.error());
    return previewCall("reading an object", [&] {
        ObjectChange change;
        change.collection = collection;
        change.id = id;
        if (*before)
            change.before = shown(collection, **before);
        change.after = change.before;
        SQLite::Statement changed(*m_database,
                                  "SELECT body, isNew FROM object WHERE side = ? AND id = ?");
        changed.bind(1, sideOf(collection));
        bindText(changed, 2, id);
        if (changed.executeStep()) {
            change.isNew = changed.getColumn(1).getInt() != 0;
            change.after = changed.getColumn(0).isNull()
                ? std::nullopt
                : std::optional(shown(collection, unpackedObject(bytesAt(changed, 0))));
        }
        return change;
    });
}

Result<QSet<QString>> PreviewWork::newIds(const QString &collection) const
{
    return previewCall("reading ids", [&] {
        QSet<QString> ids;
        SQLite::Statement made(*m_database, "SELECT id FROM object WHERE side = ? AND isNew");
        made.bind(1, sideOf(collection));
        while (made.executeStep())
            ids.insert(textAt(made, 0));
        return ids;
    });
}

} // namespace hubkeeper
