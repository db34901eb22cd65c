// SPDX-License-Identifier: MIT
#include "session/snapshots/exportsnapshot.h"

#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int exportedBlock = 500;

/// The links of records of one type with one other, in either direction.
class LinksOfSnapshot
{
public:
    LinksOfSnapshot(SnapshotReader &snapshot, const ExportedLinks &links, ObjectType from)
        : m_snapshot(snapshot)
        , m_links(links)
        , m_from(from)
        , m_isTurned(from == ObjectType::Companies && links.type == ObjectType::Contacts)
    {
    }

    /// Of companies with contacts the pairs are in memory, by company: sixteen bytes each.
    [[nodiscard]] Result<void> prepare()
    {
        if (!m_isTurned)
            return {};
        qint64 last = 0;
        while (true) {
            const auto block = m_snapshot.linksAfter(snapshotPairs[0], last, 2'000);
            if (!block)
                return tl::unexpected(block.error());
            if (block->isEmpty())
                break;
            last = block->constLast().fromId;
            for (const SnapshotLinks &one : *block) {
                for (const Association &link : one.links)
                    m_turned.emplace_back(link.toId.toLongLong(), one.fromId);
            }
        }
        std::sort(m_turned.begin(), m_turned.end());
        return {};
    }

    [[nodiscard]] Result<QStringList> idsOf(qint64 id)
    {
        QStringList ids;
        if (m_isTurned) {
            auto at = std::lower_bound(m_turned.begin(), m_turned.end(),
                                       std::pair<qint64, qint64>(id, 0));
            for (; at != m_turned.end() && at->first == id; ++at)
                ids.append(QString::number(at->second));
            return ids;
        }
        return m_snapshot.linksOf({m_from, m_links.type}, id)
            .map([&ids](const QList<Association> &links) {
                for (const Association &link : links)
                    ids.append(link.toId);
                return ids;
            });
    }

    /// What names the records, in the same order.
    [[nodiscard]] Result<QStringList> keysOf(const QStringList &ids)
    {
        const PackedColumns &columns = m_snapshot.columns(m_links.type);
        QStringList keys;
        for (const QString &id : ids) {
            const auto record = m_snapshot.find(m_links.type, {id.toLongLong()});
            if (!record)
                return tl::unexpected(record.error());
            keys.append(record->empty() ? QString()
                                        : unpacked(record->front(), columns).text(m_links.key));
        }
        return keys;
    }

    [[nodiscard]] bool hasKey() const { return !m_links.key.isEmpty(); }

private:
    SnapshotReader &m_snapshot;
    const ExportedLinks m_links;
    const ObjectType m_from;
    const bool m_isTurned;
    std::vector<std::pair<qint64, qint64>> m_turned; // Company and contact.
};

QString joinedList(const QStringList &texts)
{
    return texts.isEmpty() ? QString() : u""_s + texts.join(u';');
}

} // namespace

Result<void> visitSnapshot(SnapshotReader &snapshot, const SnapshotChoice &choice,
                           const std::function<Result<bool>(const Record &)> &visit,
                           const std::stop_token &stop)
{
    std::vector<qint64> ids = choice.ids;
    std::sort(ids.begin(), ids.end());
    size_t at = 0;
    qint64 last = 0;
    while (true) {
        if (stop.stop_requested())
            return fail(ErrorKind::Cancelled, SessionText::tr("Stopped before it was finished."));
        const size_t end = std::min(ids.size(), at + exportedBlock);
        if (!ids.empty() && at == end)
            return {};
        const auto block = ids.empty()
            ? snapshot.after(choice.type, last, exportedBlock)
            : snapshot.find(choice.type,
                            {ids.begin() + qsizetype(at), ids.begin() + qsizetype(end)});
        if (!block)
            return tl::unexpected(block.error());
        if (ids.empty() && block->empty())
            return {};
        at = end;
        for (const PackedRecord &packed : *block) {
            last = packed.id;
            const Record record = unpacked(packed, snapshot.columns(choice.type));
            if (choice.keeps && !choice.keeps(record))
                continue;
            const auto goesOn = visit(record);
            if (!goesOn)
                return tl::unexpected(goesOn.error());
            if (!*goesOn)
                return {};
        }
    }
}

Result<ExportedSnapshot> exportSnapshot(SnapshotReader &snapshot, const SnapshotChoice &choice,
                                        const ExportPlan &plan,
                                        const std::function<void(qint64)> &progress,
                                        const std::stop_token &stop)
{
    const auto schema = snapshot.schema(choice.type);
    if (!schema)
        return tl::unexpected(schema.error());
    const QList<TableColumn> columns = columnsOf(plan, choice.type, schema->definitions);
    std::vector<LinksOfSnapshot> links;
    for (const ExportedLinks &one : plan.links) {
        if (const auto prepared = links.emplace_back(snapshot, one, choice.type).prepare();
            !prepared)
            return tl::unexpected(prepared.error());
    }
    auto files = TableFiles::begin(plan.target, columns);
    if (!files)
        return tl::unexpected(files.error());
    qint64 rows = 0;
    const auto write = [&](const Record &record) -> Result<bool> {
        QStringList cells {record.id};
        for (const QString &property : plan.properties) {
            const QString text = record.text(property);
            cells.append(plan.textOf && !text.isEmpty() ? plan.textOf(property, text) : text);
        }
        for (LinksOfSnapshot &one : links) {
            const auto ids = one.idsOf(record.id.toLongLong());
            if (!ids)
                return tl::unexpected(ids.error());
            cells.append(joinedList(*ids));
            if (!one.hasKey())
                continue;
            const auto keys = one.keysOf(*ids);
            if (!keys)
                return tl::unexpected(keys.error());
            cells.append(joinedList(*keys));
        }
        if (++rows % 1'000 == 0 && progress)
            progress(rows);
        return files->add(cells).map([] { return true; });
    };
    if (const auto done = visitSnapshot(snapshot, choice, write, stop); !done)
        return tl::unexpected(done.error());
    const auto written = files->finish();
    if (!written)
        return tl::unexpected(written.error());
    ExportedSnapshot exported {*written, {}};
    for (const TableColumn &column : columns)
        exported.titles.append(column.title);
    return exported;
}

} // namespace hubkeeper
