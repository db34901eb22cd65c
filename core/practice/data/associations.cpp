// SPDX-License-Identifier: MIT
#include "practice/data/associations.h"

#include <map>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr auto Contact = ObjectType::Contact;
constexpr auto Company = ObjectType::Company;

LabelType builtIn(ObjectType from, ObjectType to, int id, int inverse, const QString &label)
{
    LabelType type;
    type.from = from;
    type.to = to;
    type.typeId = id;
    type.inverseId = inverse;
    type.category = u"HUBSPOT_DEFINED"_s;
    type.label = label;
    type.unlabelled = label.isEmpty();
    type.primary = label == "Primary"_L1;
    return type;
}

} // namespace

AssociationStore::AssociationStore(std::shared_ptr<const LinkSource> source)
    : m_source(std::move(source))
    , m_labels {builtIn(Contact, Company, 279, 280, {}),
                builtIn(Contact, Company, 1, 2, u"Primary"_s),
                builtIn(Contact, Company, 930, 931, u"Billing contact"_s),
                builtIn(Company, Contact, 280, 279, {}),
                builtIn(Company, Contact, 2, 1, u"Primary"_s),
                builtIn(Company, Contact, 931, 930, u"Billing contact"_s),
                builtIn(Company, Company, 450, 450, {}),
                builtIn(Company, Company, 13, 14, u"Parent Company"_s),
                builtIn(Company, Company, 14, 13, u"Child Company"_s),
                builtIn(Contact, Contact, 449, 449, {})}
{
}

QList<Link> AssociationStore::links(ObjectType from, qint64 id, ObjectType to) const
{
    const auto it = m_stored.find(endOf(from, id, to));
    const Links found = it == m_stored.end() ? m_source->links(from, id, to) : it->second;
    QList<Link> list;
    for (const auto &[toId, typeIds] : found)
        list.append({toId, typeIds});
    return list;
}

QList<qint64> AssociationStore::writtenIds(ObjectType from, ObjectType to) const
{
    QList<qint64> ids;
    const int types = endOf(from, 0, to).first;
    for (auto it = m_stored.lower_bound({types, 0}); it != m_stored.end(); ++it) {
        if (it->first.first != types)
            break;
        ids.append(it->first.second);
    }
    return ids;
}

void AssociationStore::add(ObjectType from, qint64 id, ObjectType to, qint64 toId,
                           QList<int> typeIds, bool firstBecomesPrimary, bool replace)
{
    const bool isPair = from != to;
    const int primary = from == Contact ? 1 : 2;
    const qint64 contact = from == Contact ? id : toId;
    typeIds.append(unlabelledId(from, to));
    if (isPair && firstBecomesPrimary && !primaryCompany(contact))
        typeIds.append(primary);
    if (isPair && typeIds.contains(primary)) {
        if (const auto former = primaryCompany(contact))
            removeTypes(Contact, contact, Company, *former, {1});
    }
    if (!replace)
        typeIds += stored(from, id, to)[toId];
    set(from, id, to, toId, typeIds);
}

bool AssociationStore::remove(ObjectType from, qint64 id, ObjectType to, qint64 toId)
{
    const bool wasThere = stored(from, id, to).contains(toId);
    set(from, id, to, toId, {});
    return wasThere;
}

void AssociationStore::removeTypes(ObjectType from, qint64 id, ObjectType to, qint64 toId,
                                   const QList<int> &typeIds)
{
    const Links &known = stored(from, id, to);
    const auto it = known.find(toId);
    if (it == known.end())
        return;
    QList<int> left = it->second;
    left.removeIf([&](int typeId) { return typeIds.contains(typeId); });
    set(from, id, to, toId, left);
}

void AssociationStore::removeAll(ObjectType type, qint64 id)
{
    for (const ObjectType to : {Contact, Company}) {
        for (const Link &link : links(type, id, to))
            set(type, id, to, link.to, {});
    }
}

void AssociationStore::moveAll(ObjectType type, qint64 oldId, qint64 newId)
{
    for (const ObjectType to : {Contact, Company}) {
        for (const Link &link : links(type, oldId, to)) {
            set(type, oldId, to, link.to, {});
            if (link.to == newId && to == type)
                continue;
            QList<int> typeIds = link.typeIds;
            // The survivor keeps its own primary company.
            if (type == Contact && to == Company && primaryCompany(newId))
                typeIds.removeAll(1);
            typeIds += stored(type, newId, to)[link.to];
            set(type, newId, to, link.to, typeIds);
        }
    }
}

std::optional<qint64> AssociationStore::primaryCompany(qint64 contact) const
{
    const auto it = m_stored.find(endOf(Contact, contact, Company));
    const Links links =
        it == m_stored.end() ? m_source->links(Contact, contact, Company) : it->second;
    for (const auto &[toId, typeIds] : links) {
        if (typeIds.contains(1))
            return toId;
    }
    return std::nullopt;
}

QList<LabelType> AssociationStore::labels(ObjectType from, ObjectType to) const
{
    QList<LabelType> found;
    for (const LabelType &type : m_labels) {
        if (type.from == from && type.to == to)
            found.append(type);
    }
    return found;
}

const LabelType *AssociationStore::label(ObjectType from, ObjectType to, int typeId) const
{
    for (const LabelType &type : m_labels) {
        if (type.from == from && type.to == to && type.typeId == typeId)
            return &type;
    }
    return nullptr;
}

int AssociationStore::unlabelledId(ObjectType from, ObjectType to) const
{
    if (from == to)
        return from == Contact ? 449 : 450;
    return from == Contact ? 279 : 280;
}

QList<LabelType> AssociationStore::addLabel(ObjectType from, ObjectType to, const QString &name,
                                            const QString &label, const QString &inverseLabel)
{
    LabelType type;
    type.from = from;
    type.to = to;
    type.category = u"USER_DEFINED"_s;
    type.name = name;
    type.label = label;
    type.typeId = m_nextLabel++;
    // Within one type a label without an inverse reads the same from both ends.
    const bool isSame = from == to && (inverseLabel.isEmpty() || inverseLabel == label);
    type.inverseId = isSame ? type.typeId : m_nextLabel++;
    QList<LabelType> made {type};
    if (!isSame) {
        LabelType back = type;
        std::swap(back.from, back.to);
        std::swap(back.typeId, back.inverseId);
        back.label = inverseLabel.isEmpty() ? label : inverseLabel;
        made.append(back);
    }
    m_labels += made;
    ++m_revision;
    return made;
}

void AssociationStore::takeLabel(LabelType label)
{
    if (this->label(label.from, label.to, label.typeId))
        return;
    m_nextLabel = std::max({m_nextLabel, label.typeId + 1, label.inverseId + 1});
    LabelType back = label;
    std::swap(back.from, back.to);
    std::swap(back.typeId, back.inverseId);
    m_labels.append(label);
    if (label.from != label.to || label.typeId != label.inverseId)
        m_labels.append(back);
    ++m_revision;
}

bool AssociationStore::renameLabel(ObjectType from, ObjectType to, int typeId, const QString &label,
                                   const QString &inverseLabel)
{
    const LabelType *known = this->label(from, to, typeId);
    if (!known || known->category != "USER_DEFINED"_L1)
        return false;
    const int inverseId = known->inverseId;
    for (LabelType &type : m_labels) {
        if (type.typeId == typeId)
            type.label = label;
        else if (type.typeId == inverseId)
            type.label = inverseLabel.isEmpty() ? label : inverseLabel;
    }
    return true;
}

bool AssociationStore::removeLabel(ObjectType from, ObjectType to, int typeId)
{
    const LabelType *known = label(from, to, typeId);
    if (!known || known->category != "USER_DEFINED"_L1)
        return false;
    const QList<int> ids {typeId, known->inverseId};
    for (auto &[end, links] : m_stored) {
        for (auto &[toId, typeIds] : links)
            typeIds.removeIf([&](int id) { return ids.contains(id); });
    }
    m_labels.removeIf([&](const LabelType &type) { return ids.contains(type.typeId); });
    ++m_revision;
    return true;
}

AssociationStore::End AssociationStore::endOf(ObjectType from, qint64 id, ObjectType to)
{
    return {static_cast<int>(from) * 2 + static_cast<int>(to), id};
}

AssociationStore::Links &AssociationStore::stored(ObjectType from, qint64 id, ObjectType to)
{
    const End end = endOf(from, id, to);
    if (const auto it = m_stored.find(end); it != m_stored.end())
        return it->second;
    return m_stored[end] = m_source->links(from, id, to);
}

void AssociationStore::set(ObjectType from, qint64 id, ObjectType to, qint64 toId,
                           QList<int> typeIds)
{
    std::sort(typeIds.begin(), typeIds.end());
    typeIds.erase(std::unique(typeIds.begin(), typeIds.end()), typeIds.end());
    QList<int> back;
    for (const int typeId : std::as_const(typeIds))
        back.append(inverse(from, to, typeId));
    std::sort(back.begin(), back.end());
    Links &forth = stored(from, id, to);
    Links &other = stored(to, toId, from);
    if (typeIds.isEmpty()) {
        forth.erase(toId);
        other.erase(id);
    } else {
        forth[toId] = typeIds;
        other[id] = back;
    }
    ++m_revision;
}

int AssociationStore::inverse(ObjectType from, ObjectType to, int typeId) const
{
    const LabelType *known = label(from, to, typeId);
    return known ? known->inverseId : typeId;
}

} // namespace hubkeeper::practice
