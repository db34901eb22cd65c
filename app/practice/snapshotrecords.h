// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/recordsource.h"
#include "store/snapshot/snapshotreader.h"

#include <memory>

namespace hubkeeper {

/// The records of one type in a snapshot, for a practice portal. All of them are live.
class SnapshotRecords final : public practice::RecordSource
{
public:
    /// Reads ids and unique values; Storage if that fails.
    [[nodiscard]] static Result<std::shared_ptr<const SnapshotRecords>>
    open(const QString &path, ObjectType type, const std::stop_token &stop);
    ~SnapshotRecords() override;

    [[nodiscard]] practice::ObjectType type() const override;
    [[nodiscard]] int live() const override { return int(m_ids.size()); }
    [[nodiscard]] int size() const override { return int(m_ids.size()); }
    [[nodiscard]] qint64 idOf(int index) const override { return m_ids[size_t(index)]; }
    [[nodiscard]] qint64 endId() const override;
    [[nodiscard]] std::optional<int> indexOf(qint64 id) const override;
    [[nodiscard]] int firstFrom(qint64 id) const override;
    [[nodiscard]] QString value(int index, const QString &property,
                                practice::Field field) const override;
    [[nodiscard]] practice::EpochMs created(int index) const override;
    [[nodiscard]] practice::EpochMs updated(int index) const override;
    [[nodiscard]] practice::Record record(int index) const override;
    [[nodiscard]] std::optional<int> indexOfUnique(const QString &property,
                                                   const QString &folded) const override;
    [[nodiscard]] std::optional<int> indexOfAdditional(const QString &folded) const override;

private:
    struct Unique
    {
        quint64 hash = 0; // Of the folded value.
        int index = 0;
        bool operator<(const Unique &other) const { return hash < other.hash; }
    };

    SnapshotRecords(std::unique_ptr<SnapshotReader> reader, ObjectType type);
    void note(int index, const QString &property, QByteArrayView value);
    [[nodiscard]] const PackedRecord &packedAt(int index) const;
    [[nodiscard]] QString textOf(const PackedRecord &record, const QString &property) const;
    [[nodiscard]] std::optional<int> find(const QString &property, const QString &folded,
                                          bool isList) const;

    const std::unique_ptr<SnapshotReader> m_reader;
    const ObjectType m_type;
    std::vector<qint64> m_ids;
    QHash<QString, std::vector<Unique>> m_unique; // By property; sorted.
    mutable std::vector<PackedRecord> m_block; // Read last: records are asked for in their order.
    mutable int m_blockBegin = 0;
};

/// The links in a snapshot.
class SnapshotLinkSource final : public practice::LinkSource
{
public:
    [[nodiscard]] static Result<std::shared_ptr<const SnapshotLinkSource>>
    open(const QString &path);

    [[nodiscard]] practice::LinksOfRecord links(practice::ObjectType from, qint64 id,
                                                practice::ObjectType to) const override;

private:
    explicit SnapshotLinkSource(std::unique_ptr<SnapshotReader> reader);

    const std::unique_ptr<SnapshotReader> m_reader;
    std::vector<std::pair<qint64, qint64>> m_contacts; // Company and contact, sorted.
};

} // namespace hubkeeper
