// SPDX-License-Identifier: MIT
#include "practice/idm/data/linktable.h"

#include <QJsonValue>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QString keyOf(const QString &type, const QString &qualifier, QChar side, const QString &end)
{
    return type + u'\n' + qualifier + u'\n' + side + end;
}

QJsonValue jsonOf(const std::optional<QString> &id)
{
    return id ? QJsonValue(*id) : QJsonValue();
}

} // namespace

const StoredLink *LinkTable::find(const QString &id) const
{
    const auto number = m_numbers.constFind(id);
    return number == m_numbers.constEnd() ? nullptr : &m_links.at(*number);
}

const StoredLink *LinkTable::withFirst(const QString &type, const QString &qualifier,
                                       const QString &id) const
{
    return find(m_ends.value(keyOf(type, qualifier, u'1', id)));
}

const StoredLink *LinkTable::withSecond(const QString &type, const QString &qualifier,
                                        const QString &id) const
{
    return find(m_ends.value(keyOf(type, qualifier, u'2', id)));
}

bool LinkTable::isTaken(const StoredLink &link) const
{
    const auto isOthers = [&](QChar side, const std::optional<QString> &end) {
        const QString holder =
            end ? m_ends.value(keyOf(link.type, link.qualifier, side, *end)) : QString();
        return !holder.isEmpty() && holder != link.id;
    };
    return isOthers(u'1', link.firstId) || isOthers(u'2', link.secondId);
}

void LinkTable::index(const StoredLink &link, bool isAdded)
{
    const auto note = [&](QChar side, const std::optional<QString> &end) {
        if (!end)
            return;
        if (isAdded)
            m_ends.insert(keyOf(link.type, link.qualifier, side, *end), link.id);
        else
            m_ends.remove(keyOf(link.type, link.qualifier, side, *end));
    };
    note(u'1', link.firstId);
    note(u'2', link.secondId);
}

std::optional<StoredLink> LinkTable::add(StoredLink link)
{
    if (link.id.isEmpty())
        link.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (isTaken(link) || m_numbers.contains(link.id))
        return std::nullopt;
    index(link, true);
    m_numbers.insert(link.id, m_next);
    m_links.emplace(m_next++, link);
    return link;
}

bool LinkTable::change(const QString &id, const std::optional<QString> &firstId,
                       const std::optional<QString> &secondId)
{
    const auto number = m_numbers.constFind(id);
    if (number == m_numbers.constEnd())
        return false;
    StoredLink changed = m_links.at(*number);
    changed.firstId = firstId;
    changed.secondId = secondId;
    ++changed.revision;
    if (isTaken(changed))
        return false;
    index(m_links.at(*number), false);
    index(changed, true);
    m_links.at(*number) = changed;
    return true;
}

bool LinkTable::remove(const QString &id)
{
    if (!m_numbers.contains(id))
        return false;
    const qint64 number = m_numbers.take(id);
    index(m_links.at(number), false);
    m_links.erase(number);
    return true;
}

void LinkTable::clear()
{
    m_links.clear();
    m_numbers.clear();
    m_ends.clear();
}

QJsonObject LinkTable::toJson(const StoredLink &link)
{
    return {{u"_id"_s, link.id},
            {u"_rev"_s, QString::number(link.revision)},
            {u"linkType"_s, link.type},
            {u"linkQualifier"_s, link.qualifier},
            {u"firstId"_s, jsonOf(link.firstId)},
            {u"secondId"_s, jsonOf(link.secondId)}};
}

} // namespace hubkeeper::practice
