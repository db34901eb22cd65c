// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/record.h"
#include "practice/data/recordsource.h"

#include <QSet>

#include <map>
#include <memory>
#include <set>

namespace hubkeeper::practice {

/// A record wherever it comes from: the source, or stored after a write. Cheap to copy;
/// valid until the next write to the store.
class RecordView
{
public:
    RecordView(const RecordSource &source, int index)
        : m_source(&source)
        , m_index(index)
    {
    }
    explicit RecordView(const Record &record)
        : m_record(&record)
    {
    }

    [[nodiscard]] qint64 id() const { return m_record ? m_record->id : m_source->idOf(m_index); }
    [[nodiscard]] EpochMs created() const
    {
        return m_record ? m_record->created : m_source->created(m_index);
    }
    [[nodiscard]] EpochMs updated() const
    {
        return m_record ? m_record->updated : m_source->updated(m_index);
    }
    [[nodiscard]] bool isArchived() const
    {
        return m_record ? m_record->archivedAt.has_value() : m_source->isArchived(m_index);
    }

    /// The stored record behind it; nullptr for one of the source.
    [[nodiscard]] const Record *storedRecord() const { return m_record; }

    /// The stored value; empty if unset. `field` is the generator's field for `name`.
    [[nodiscard]] QString stored(const QString &name, Field field) const
    {
        return m_record ? m_record->values.value(name) : m_source->value(m_index, name, field);
    }

private:
    const RecordSource *m_source = nullptr;
    int m_index = 0;
    const Record *m_record = nullptr;
};

/// All records of one type: those of the source, and over them those that were written. Only
/// written records take memory. Remembers what search may not see yet.
class RecordStore
{
public:
    explicit RecordStore(std::shared_ptr<const RecordSource> source)
        : m_source(std::move(source))
    {
    }

    [[nodiscard]] ObjectType type() const { return m_source->type(); }

    /// Records that are not archived.
    [[nodiscard]] int liveCount() const { return m_source->live() + m_liveChange; }

    /// The id that answers for `id`: itself, or what it was merged into.
    [[nodiscard]] qint64 resolved(qint64 id) const { return m_mergedInto.value(id, id); }

    /// A copy of the record, archived or not; nothing if there never was one or it was purged.
    [[nodiscard]] std::optional<Record> find(qint64 id) const;
    [[nodiscard]] bool isLive(qint64 id) const;

    /// Up to `count` ids from `from` on, ascending, of live or of archived records.
    [[nodiscard]] QList<qint64> idsFrom(qint64 from, int count, bool archived) const;

    /// The live record that has this value in a unique property; any case.
    [[nodiscard]] std::optional<qint64> withUnique(const QString &property, const QString &value,
                                                   bool additionalEmails) const;

    /// Makes this property an index of withUnique(). Contacts have "email" from the start.
    void addUnique(const QString &property);

    [[nodiscard]] qint64 takeNewId();

    /// Stores the record; search sees it from `visibleAt` on.
    void put(Record record, EpochMs visibleAt);

    /// Removes it for good. Search sees that from `visibleAt` on.
    void purge(qint64 id, EpochMs visibleAt);

    void setMergedInto(qint64 oldId, qint64 newId);

    /// Calls `use(RecordView)` for every live record as search knows it at `now`, by id. Views
    /// live only during the call.
    template <typename Use>
    void forEachIndexed(EpochMs now, Use use);

    /// What `use(RecordView)` makes of the record as search knows it; nothing if it does not.
    template <typename Use>
    auto withIndexed(qint64 id, EpochMs now, Use use)
        -> std::optional<std::invoke_result_t<Use, const RecordView &>>;

    /// Changes whenever a search may answer otherwise than before.
    [[nodiscard]] quint64 searchRevision(EpochMs now);

    /// The live record as it is now, without copying it.
    [[nodiscard]] std::optional<RecordView> view(qint64 id) const;

private:
    /// A state search will know from an instant on; no record: gone.
    struct Coming
    {
        EpochMs at = 0;
        std::shared_ptr<const Record> record;
    };
    using Shared = std::shared_ptr<const Record>;

    void noteIndex(qint64 id, Shared before, Shared after, EpochMs visibleAt);
    void indexUntil(EpochMs now);
    void index(const Record &record, bool add);
    [[nodiscard]] bool isTouched(qint64 id) const { return m_written.contains(id); }

    std::shared_ptr<const RecordSource> m_source;
    std::map<qint64, Shared> m_written; // Null: purged.
    std::map<qint64, Shared> m_indexed; // What search knows of ids that differ from m_written.
    QHash<qint64, QList<Coming>> m_coming;
    QHash<qint64, qint64> m_mergedInto;
    QSet<QString> m_uniqueNames;
    QHash<QString, QHash<QString, qint64>> m_unique; // property, folded value, id
    int m_liveChange = 0;
    qint64 m_nextId = 0;
    quint64 m_revision = 0;
};

template <typename Use>
void RecordStore::forEachIndexed(EpochMs now, Use use)
{
    indexUntil(now);
    const auto show = [&](qint64 id, const Shared &written) {
        const auto old = m_indexed.find(id);
        const Shared &known = old == m_indexed.end() ? written : old->second;
        if (known && !known->archivedAt)
            use(RecordView(*known));
    };
    auto written = m_written.begin();
    for (int i = 0; i < m_source->live(); ++i) {
        const qint64 id = m_source->idOf(i);
        while (written != m_written.end() && written->first < id)
            ++written;
        if (written != m_written.end() && written->first == id)
            show(id, written->second);
        else
            use(RecordView(*m_source, i));
    }
    const int live = m_source->live();
    for (; written != m_written.end(); ++written) {
        if (live == 0 || written->first > m_source->idOf(live - 1))
            show(written->first, written->second);
    }
}

template <typename Use>
auto RecordStore::withIndexed(qint64 id, EpochMs now, Use use)
    -> std::optional<std::invoke_result_t<Use, const RecordView &>>
{
    indexUntil(now);
    const auto old = m_indexed.find(id);
    if (old == m_indexed.end()) {
        const auto current = view(id);
        return current ? std::optional(use(*current)) : std::nullopt;
    }
    if (!old->second || old->second->archivedAt)
        return std::nullopt;
    return use(RecordView(*old->second));
}

} // namespace hubkeeper::practice
