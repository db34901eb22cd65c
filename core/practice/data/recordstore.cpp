// SPDX-License-Identifier: MIT
#include "practice/data/recordstore.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

std::optional<Record> RecordStore::find(qint64 id) const
{
    if (const auto it = m_written.find(id); it != m_written.end())
        return it->second ? std::optional(*it->second) : std::nullopt;
    const auto index = m_source->indexOf(id);
    return index ? std::optional(m_source->record(*index)) : std::nullopt;
}

bool RecordStore::isLive(qint64 id) const
{
    return view(id).has_value();
}

std::optional<RecordView> RecordStore::view(qint64 id) const
{
    if (const auto it = m_written.find(id); it != m_written.end()) {
        if (!it->second || it->second->archivedAt)
            return std::nullopt;
        return RecordView(*it->second);
    }
    const auto index = m_source->indexOf(id);
    if (!index || m_source->isArchived(*index))
        return std::nullopt;
    return RecordView(*m_source, *index);
}

QList<qint64> RecordStore::idsFrom(qint64 from, int count, bool archived) const
{
    QList<qint64> ids;
    auto written = m_written.lower_bound(from);
    const auto takeWritten = [&](qint64 below) {
        for (; written != m_written.end() && written->first < below && ids.size() < count;
             ++written) {
            if (written->second && written->second->archivedAt.has_value() == archived)
                ids.append(written->first);
        }
    };
    const int size = m_source->size();
    for (int i = m_source->firstFrom(from); i < size && ids.size() < count; ++i) {
        const qint64 id = m_source->idOf(i);
        takeWritten(id + 1);
        if (m_source->isArchived(i) == archived && !isTouched(id) && ids.size() < count)
            ids.append(id);
    }
    takeWritten(std::numeric_limits<qint64>::max());
    return ids;
}

std::optional<qint64> RecordStore::withUnique(const QString &property, const QString &value,
                                              bool additionalEmails) const
{
    const QString folded = value.trimmed().toLower();
    const auto values = m_unique.constFind(property);
    if (values != m_unique.constEnd() && values->contains(folded))
        return values->value(folded);
    const bool isEmail = property == "email"_L1 && type() == ObjectType::Contact;
    if (isEmail && additionalEmails) {
        const auto more = m_unique.constFind(u"hs_additional_emails"_s);
        if (more != m_unique.constEnd() && more->contains(folded))
            return more->value(folded);
    }
    auto index = m_source->indexOfUnique(property, folded);
    if (!index && isEmail && additionalEmails)
        index = m_source->indexOfAdditional(folded);
    if (!index || isTouched(m_source->idOf(*index)))
        return std::nullopt;
    return m_source->idOf(*index);
}

void RecordStore::addUnique(const QString &property)
{
    m_uniqueNames.insert(property);
}

qint64 RecordStore::takeNewId()
{
    if (m_nextId == 0)
        m_nextId = m_source->endId();
    return m_nextId++;
}

void RecordStore::put(Record record, EpochMs visibleAt)
{
    const qint64 id = record.id;
    const auto before = find(id);
    Shared old = before ? std::make_shared<const Record>(*before) : nullptr;
    const bool wasLive = old && !old->archivedAt;
    if (wasLive && isTouched(id))
        index(*old, false);
    auto shared = std::make_shared<const Record>(std::move(record));
    m_liveChange += (shared->archivedAt ? 0 : 1) - (wasLive ? 1 : 0);
    if (!shared->archivedAt)
        index(*shared, true);
    m_written[id] = shared;
    noteIndex(id, old, shared, visibleAt);
}

void RecordStore::purge(qint64 id, EpochMs visibleAt)
{
    const auto before = find(id);
    if (!before)
        return;
    Shared old = std::make_shared<const Record>(*before);
    if (!old->archivedAt) {
        --m_liveChange;
        if (isTouched(id))
            index(*old, false);
    }
    m_written[id] = nullptr;
    noteIndex(id, old, nullptr, visibleAt);
}

void RecordStore::setMergedInto(qint64 oldId, qint64 newId)
{
    for (qint64 &target : m_mergedInto) {
        if (target == oldId)
            target = newId;
    }
    m_mergedInto.insert(oldId, newId);
}

void RecordStore::noteIndex(qint64 id, Shared before, Shared after, EpochMs visibleAt)
{
    // Search keeps the state it knows until the delay is over.
    if (!m_indexed.contains(id))
        m_indexed[id] = std::move(before);
    m_coming[id].append({visibleAt, std::move(after)});
    ++m_revision;
}

void RecordStore::indexUntil(EpochMs now)
{
    for (auto it = m_coming.begin(); it != m_coming.end();) {
        QList<Coming> &states = it.value();
        while (!states.isEmpty() && states.first().at <= now) {
            m_indexed[it.key()] = states.takeFirst().record;
            ++m_revision;
        }
        if (states.isEmpty()) {
            m_indexed.erase(it.key()); // Known as it is.
            it = m_coming.erase(it);
        } else {
            ++it;
        }
    }
}

quint64 RecordStore::searchRevision(EpochMs now)
{
    indexUntil(now);
    return m_revision;
}

void RecordStore::index(const Record &record, bool add)
{
    const auto note = [&](const QString &property, const QString &value) {
        const QString folded = value.trimmed().toLower();
        auto &values = m_unique[property];
        if (add)
            values.insert(folded, record.id);
        else if (values.value(folded) == record.id)
            values.remove(folded);
    };
    for (const QString &property : std::as_const(m_uniqueNames)) {
        if (const auto it = record.values.constFind(property); it != record.values.constEnd())
            note(property, *it);
    }
    if (type() != ObjectType::Contact)
        return;
    if (const QString email = record.values.value(u"email"_s); !email.isEmpty())
        note(u"email"_s, email);
    const QString more = record.values.value(u"hs_additional_emails"_s);
    for (const QString &address : more.split(u';', Qt::SkipEmptyParts))
        note(u"hs_additional_emails"_s, address);
}

} // namespace hubkeeper::practice
