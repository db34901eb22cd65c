// SPDX-License-Identifier: MIT
#include "reconcile/overlay/textindex.h"

#include <QJsonArray>

#include <algorithm>

namespace hubkeeper {

QStringList textsOf(const QJsonValue &value)
{
    if (value.isString())
        return {value.toString()};
    QStringList texts;
    const QJsonArray items = value.toArray();
    for (const QJsonValue &item : items) {
        if (item.isString())
            texts.append(item.toString());
    }
    return texts;
}

void TextIndex::add(const QJsonValue &value, qint64 place)
{
    const QStringList texts = textsOf(value);
    for (const QString &text : texts) {
        if (m_isSorted)
            m_later.insert(qHash(text), place);
        else
            m_sorted.emplace_back(qHash(text), place);
    }
}

void TextIndex::sort()
{
    std::sort(m_sorted.begin(), m_sorted.end());
    m_isSorted = true;
}

std::vector<qint64> TextIndex::find(const QString &text) const
{
    const size_t wanted = qHash(text);
    std::vector<qint64> places;
    auto it = std::lower_bound(m_sorted.begin(), m_sorted.end(), std::pair(wanted, qint64(-1)));
    for (; it != m_sorted.end() && it->first == wanted; ++it)
        places.push_back(it->second);
    for (auto later = m_later.constFind(wanted); later != m_later.cend() && later.key() == wanted;
         ++later)
        places.push_back(*later);
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

} // namespace hubkeeper
