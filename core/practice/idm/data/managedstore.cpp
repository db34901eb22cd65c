// SPDX-License-Identifier: MIT
#include "practice/idm/data/managedstore.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

const ManagedStore::Objects &ManagedStore::objects(const QString &collection) const
{
    static const Objects none;
    const auto found = m_collections.constFind(collection);
    return found == m_collections.constEnd() ? none : found->objects;
}

const ManagedObject *ManagedStore::find(const QString &collection, const QString &id) const
{
    const auto found = m_collections.constFind(collection);
    if (found == m_collections.constEnd() || !found->numbers.contains(id))
        return nullptr;
    return &found->objects.at(found->numbers.value(id));
}

ManagedObject *ManagedStore::at(const QString &collection, const QString &id)
{
    return const_cast<ManagedObject *>(std::as_const(*this).find(collection, id));
}

void ManagedStore::nameUser(Collection &collection, const ManagedObject &object, bool isAdded)
{
    const QString name = object.content.value("userName"_L1).toString();
    if (isAdded)
        collection.userNames.insert(name, object.id);
    else
        collection.userNames.remove(name, object.id);
}

const ManagedObject &ManagedStore::create(const QString &name, QString id, QJsonObject content)
{
    if (id.isEmpty())
        id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    load(name, {id, 1, std::move(content), {}, 0});
    return *find(name, id);
}

void ManagedStore::load(const QString &name, ManagedObject object)
{
    Collection &collection = m_collections[name];
    object.number = collection.next++;
    collection.numbers.insert(object.id, object.number);
    nameUser(collection, object, true);
    collection.objects.emplace(object.number, std::move(object));
}

const ManagedObject &ManagedStore::replace(const QString &collection, const QString &id,
                                           QJsonObject content)
{
    ManagedObject *object = at(collection, id);
    Q_ASSERT(object);
    nameUser(m_collections[collection], *object, false);
    object->content = std::move(content);
    object->isBare = false;
    ++object->revision;
    nameUser(m_collections[collection], *object, true);
    return *object;
}

void ManagedStore::keepLastSync(const QString &collection, const QString &id,
                                const QJsonObject &lastSync)
{
    ManagedObject *object = at(collection, id);
    if (!object)
        return;
    object->lastSync = lastSync;
    object->isBare = false;
    ++object->revision;
}

void ManagedStore::remove(const QString &name, const QString &id)
{
    const ManagedObject *object = find(name, id);
    if (!object)
        return;
    Collection &collection = m_collections[name];
    nameUser(collection, *object, false);
    collection.objects.erase(collection.numbers.take(id));
}

QString ManagedStore::otherUserNamed(const QString &userName, const QString &except) const
{
    const auto users = m_collections.constFind(u"managed/user"_s);
    if (users == m_collections.constEnd())
        return {};
    for (const QString &id : users->userNames.values(userName)) {
        if (id != except)
            return id;
    }
    return {};
}

} // namespace hubkeeper::practice
