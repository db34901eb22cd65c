// SPDX-License-Identifier: MIT
#include "session/snapshots/comparesnapshots.h"

#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"
#include "session/snapshots/mergedids.h"
#include "session/snapshots/snapshotplace.h"

#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int comparedBlock = 1'000;

/// What a snapshot has of a kind, one after the other, read block by block in the order of ids.
template <typename Block>
class BlockCursor
{
public:
    using Item = typename Block::value_type;
    /// Gives the next ones above an id; an empty block is the end.
    using Read = std::function<Result<Block>(qint64 after)>;

    BlockCursor(qint64 Item::*id, Read read)
        : m_id(id)
        , m_read(std::move(read))
    {
    }

    /// Null at the end.
    [[nodiscard]] Result<const Item *> current()
    {
        if (m_at == m_block.size() && !m_isOver) {
            auto block = m_read(m_last);
            if (!block)
                return tl::unexpected(block.error());
            m_block = *std::move(block);
            m_at = 0;
            m_isOver = m_block.empty();
            if (!m_isOver)
                m_last = std::as_const(m_block).back().*m_id;
        }
        return m_at < m_block.size() ? &std::as_const(m_block)[m_at] : nullptr;
    }
    void advance() { ++m_at; }

private:
    qint64 Item::*const m_id;
    const Read m_read;
    Block m_block;
    typename Block::size_type m_at = 0;
    qint64 m_last = 0;
    bool m_isOver = false;
};

using RecordCursor = BlockCursor<std::vector<PackedRecord>>;
using LinkCursor = BlockCursor<QList<SnapshotLinks>>;

RecordCursor recordsIn(SnapshotReader &reader, ObjectType type)
{
    return {&PackedRecord::id,
            [&reader, type](qint64 after) { return reader.after(type, after, comparedBlock); }};
}

LinkCursor linksIn(SnapshotReader &reader, SnapshotPair pair)
{
    return {&SnapshotLinks::fromId, [&reader, pair](qint64 after) {
                return reader.linksAfter(pair, after, comparedBlock);
            }};
}

tl::unexpected<Error> cancelledCompare()
{
    return fail(ErrorKind::Cancelled, SessionText::tr("Stopped before it was finished."));
}

/// Values by column.
std::vector<QByteArrayView> valuesOf(const PackedRecord &record, qsizetype columns)
{
    std::vector<QByteArrayView> values(static_cast<size_t>(columns));
    PackedValues all(record.cells);
    for (PackedValue value = all.next(); value.column >= 0; value = all.next()) {
        if (value.column < columns)
            values[size_t(value.column)] = value.text;
    }
    return values;
}

class Comparison
{
public:
    Comparison(SnapshotReader &before, SnapshotReader &after, const CompareOptions &options,
               const DifferenceSink &sink, const std::stop_token &stop)
        : m_before(before)
        , m_after(after)
        , m_options(options)
        , m_sink(sink)
        , m_stop(stop)
    {
    }

    [[nodiscard]] Result<ComparedSnapshots> run()
    {
        for (const ObjectType type : std::as_const(m_options.types)) {
            if (!m_before.info().part(type) || !m_after.info().part(type))
                continue;
            if (const auto schemas = readSchemas(type); !schemas)
                return tl::unexpected(schemas.error());
            if (m_options.records) {
                if (const auto done = compareRecords(type); !done)
                    return tl::unexpected(done.error());
            }
        }
        for (const SnapshotPair pair : snapshotPairs) {
            if (!m_options.links || !m_options.types.contains(pair.from)
                || !m_before.info().part(pair.from) || !m_after.info().part(pair.from))
                continue;
            if (const auto done = compareLinks(pair); !done)
                return tl::unexpected(done.error());
        }
        return m_found;
    }

private:
    struct Column
    {
        QString name;
        qsizetype before = 0;
        qsizetype after = 0;
    };

    void tell(const SnapshotDifference &difference) { m_wantsMore = m_sink(difference); }
    [[nodiscard]] bool isOver() const { return !m_wantsMore || m_stop.stop_requested(); }

    [[nodiscard]] Result<void> readSchemas(ObjectType type)
    {
        const auto before = m_before.schema(type);
        const auto after = m_after.schema(type);
        if (!before || !after)
            return tl::unexpected((before ? after : before).error());
        if (m_options.schema && m_options.properties.isEmpty())
            compareSchema(type, *before, *after);
        m_columns.clear();
        for (const PropertyDefinition &one : after->definitions) {
            const bool isSet = one.readOnlyValue || one.calculated;
            const bool isWanted = m_options.properties.isEmpty()
                ? m_options.allProperties || !isSet
                : m_options.properties.contains(one.name);
            const Column column {one.name, m_before.columns(type).columnOf(one.name),
                                 m_after.columns(type).columnOf(one.name)};
            if (isWanted && column.before >= 0 && column.after >= 0)
                m_columns.push_back(column);
        }
        return {};
    }

    void compareSchema(ObjectType type, const SnapshotSchema &before, const SnapshotSchema &after)
    {
        std::map<QString, std::array<const PropertyDefinition *, 2>> both;
        for (const PropertyDefinition &one : before.definitions)
            both[one.name][0] = &one;
        for (const PropertyDefinition &one : after.definitions)
            both[one.name][1] = &one;
        ComparedSnapshots::Counts &counts = m_found.schema[size_t(type)];
        for (const auto &[name, sides] : both) {
            if (!sides[0] || !sides[1]) {
                const auto kind = sides[1] ? DifferenceKind::Added : DifferenceKind::Removed;
                ++(sides[1] ? counts.added : counts.removed);
                tell({SnapshotDifference::Definition, type, kind, 0, name, {}, {}, {}});
            } else if (compareMembers(type, name, sides[0]->json, sides[1]->json)) {
                ++counts.changed;
            }
        }
    }

    [[nodiscard]] bool compareMembers(ObjectType type, const QString &name,
                                      const QJsonObject &before, const QJsonObject &after)
    {
        static const QSet<QString> moving {u"updatedAt"_s,     u"createdAt"_s, u"updatedUserId"_s,
                                           u"createdUserId"_s, u"url"_s,       u"archivedAt"_s};
        const auto textOfMember = [](const QJsonValue &value) {
            if (value.isString())
                return value.toString();
            const QByteArray json =
                QJsonDocument(QJsonObject {{u"v"_s, value}}).toJson(QJsonDocument::Compact);
            return value.isUndefined() ? QString() : QString::fromUtf8(json.sliced(5).chopped(1));
        };
        QStringList members = before.keys() + after.keys();
        members.removeDuplicates();
        bool differs = false;
        for (const QString &member : std::as_const(members)) {
            if (moving.contains(member) || before.value(member) == after.value(member))
                continue;
            differs = true;
            ++m_found.schema[size_t(type)].byProperty[member];
            tell({SnapshotDifference::Definition, type, DifferenceKind::Changed, 0, name, member,
                  textOfMember(before.value(member)), textOfMember(after.value(member))});
        }
        return differs;
    }

    [[nodiscard]] Result<void> compareRecords(ObjectType type)
    {
        const auto merged = MergedIds::in(m_after, type, m_stop);
        if (!merged)
            return tl::unexpected(merged.error());
        RecordCursor before = recordsIn(m_before, type);
        RecordCursor after = recordsIn(m_after, type);
        ComparedSnapshots::Counts &counts = m_found.records[size_t(type)];
        while (!isOver()) {
            const auto old = before.current();
            const auto fresh = after.current();
            if (!old || !fresh)
                return tl::unexpected((old ? fresh : old).error());
            if (!*old && !*fresh)
                break;
            if (*old && *fresh && (*old)->id == (*fresh)->id) {
                counts.changed += compareCells(type, **old, **fresh) ? 1 : 0;
                before.advance();
                after.advance();
            } else if (*old && (!*fresh || (*old)->id < (*fresh)->id)) {
                ++counts.removed;
                tell({SnapshotDifference::Record,
                      type,
                      DifferenceKind::Removed,
                      (*old)->id,
                      labelOf(type, **old, m_before.columns(type)),
                      {},
                      {},
                      {},
                      merged->survivorOf((*old)->id)});
                before.advance();
            } else {
                ++counts.added;
                tell({SnapshotDifference::Record,
                      type,
                      DifferenceKind::Added,
                      (*fresh)->id,
                      labelOf(type, **fresh, m_after.columns(type)),
                      {},
                      {},
                      {}});
                after.advance();
            }
        }
        return m_stop.stop_requested() ? Result<void>(cancelledCompare()) : Result<void>();
    }

    [[nodiscard]] bool compareCells(ObjectType type, const PackedRecord &old,
                                    const PackedRecord &fresh)
    {
        const PackedColumns &oldColumns = m_before.columns(type);
        const PackedColumns &freshColumns = m_after.columns(type);
        if (old.cells == fresh.cells && oldColumns.names() == freshColumns.names())
            return false;
        const auto before = valuesOf(old, oldColumns.size());
        const auto after = valuesOf(fresh, freshColumns.size());
        bool differs = false;
        for (const Column &column : m_columns) {
            const QByteArrayView was = before[size_t(column.before)];
            const QByteArrayView is = after[size_t(column.after)];
            if (was == is)
                continue;
            differs = true;
            ++m_found.records[size_t(type)].byProperty[column.name];
            tell({SnapshotDifference::Record, type, DifferenceKind::Changed, fresh.id,
                  labelOf(type, fresh, freshColumns), column.name, QString::fromUtf8(was),
                  QString::fromUtf8(is)});
        }
        return differs;
    }

    /// Of records that both have; the others are differences of their own.
    [[nodiscard]] Result<void> compareLinks(SnapshotPair pair)
    {
        LinkCursor before = linksIn(m_before, pair);
        LinkCursor after = linksIn(m_after, pair);
        while (!isOver()) {
            const auto old = before.current();
            const auto fresh = after.current();
            if (!old || !fresh)
                return tl::unexpected((old ? fresh : old).error());
            if (!*old && !*fresh)
                break;
            const bool takesOld = *old && (!*fresh || (*old)->fromId <= (*fresh)->fromId);
            const bool takesFresh = *fresh && (!*old || (*fresh)->fromId <= (*old)->fromId);
            const qint64 id = takesOld ? (*old)->fromId : (*fresh)->fromId;
            const QString was = takesOld ? linksText((*old)->links) : QString();
            const QString is = takesFresh ? linksText((*fresh)->links) : QString();
            if (was != is) {
                if (const auto told = tellLinks(pair, id, was, is); !told)
                    return told;
            }
            if (takesOld)
                before.advance();
            if (takesFresh)
                after.advance();
        }
        return m_stop.stop_requested() ? Result<void>(cancelledCompare()) : Result<void>();
    }

    [[nodiscard]] Result<void> tellLinks(SnapshotPair pair, qint64 id, const QString &was,
                                         const QString &is)
    {
        const auto old = m_before.find(pair.from, {id});
        const auto fresh = m_after.find(pair.from, {id});
        if (!old || !fresh)
            return tl::unexpected((old ? fresh : old).error());
        if (old->empty() || fresh->empty())
            return {};
        ++m_found.links;
        tell({SnapshotDifference::Link, pair.from, DifferenceKind::Changed, id,
              labelOf(pair.from, fresh->front(), m_after.columns(pair.from)), nameOf(pair.to), was,
              is});
        return {};
    }

    SnapshotReader &m_before;
    SnapshotReader &m_after;
    const CompareOptions &m_options;
    const DifferenceSink &m_sink;
    const std::stop_token m_stop;
    std::vector<Column> m_columns;
    ComparedSnapshots m_found;
    bool m_wantsMore = true;
};

} // namespace

QString nameOf(DifferenceKind kind)
{
    switch (kind) {
    case DifferenceKind::Added:
        return u"added"_s;
    case DifferenceKind::Removed:
        return u"removed"_s;
    case DifferenceKind::Changed:
        break;
    }
    return u"changed"_s;
}

bool ComparedSnapshots::isEmpty() const
{
    const auto isNone = [](const Counts &counts) { return counts.all() == 0; };
    return links == 0 && std::all_of(records.begin(), records.end(), isNone)
        && std::all_of(schema.begin(), schema.end(), isNone);
}

QString labelOf(ObjectType type, const PackedRecord &record, const PackedColumns &columns)
{
    static const std::array<QStringList, allObjectTypes.size()> wanted {
        labelProperties(ObjectType::Contacts), labelProperties(ObjectType::Companies)};
    QHash<QString, QString> texts;
    PackedValues values(record.cells);
    for (PackedValue value = values.next(); value.column >= 0; value = values.next()) {
        const QString name = columns.names().value(value.column);
        if (wanted[size_t(type)].contains(name))
            texts.insert(name, QString::fromUtf8(value.text));
    }
    return labelOf(type, texts, QString::number(record.id));
}

QString linksText(const QList<Association> &links)
{
    QStringList texts;
    for (const Association &link : links) {
        QStringList kinds;
        for (const AssociationKind &kind : link.kinds)
            kinds.append(QString::number(kind.typeId));
        std::sort(kinds.begin(), kinds.end());
        texts.append(link.toId + u" ("_s + kinds.join(u',') + u')');
    }
    return texts.join(u"; "_s);
}

namespace {

/// Records that one of them was not asked for would pass for gone or new ones.
Result<void> checkSameScope(const SnapshotInfo &before, const SnapshotInfo &after,
                            const QList<ObjectType> &types)
{
    if (before.condition != after.condition) {
        const auto said = [](const SnapshotInfo &info) {
            return info.condition.isEmpty() ? SessionText::tr("all records") : info.condition;
        };
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("The snapshots hold other records: the earlier one %1, the "
                                    "later one %2.")
                        .arg(said(before), said(after)),
                    SessionText::tr("Compare two that were taken with the same condition."));
    }
    for (const ObjectType type : types) {
        if (!before.part(type) == !after.part(type))
            continue;
        return fail(ErrorKind::InvalidInput,
                    before.part(type)
                        ? SessionText::tr("%1 are only in the earlier snapshot.").arg(wordOf(type))
                        : SessionText::tr("%1 are only in the later snapshot.").arg(wordOf(type)),
                    SessionText::tr("Compare only the class that both hold (--class)."));
    }
    return {};
}

} // namespace

Result<ComparedSnapshots> compareSnapshots(SnapshotReader &before, SnapshotReader &after,
                                           const CompareOptions &options,
                                           const DifferenceSink &sink, const std::stop_token &stop)
{
    if (before.info().portalId != after.info().portalId)
        return fail(ErrorKind::Refused,
                    SessionText::tr("The snapshots are of different portals: %1 and %2.")
                        .arg(before.info().portalText(), after.info().portalText()),
                    SessionText::tr("Compare snapshots of one portal."));
    if (const auto same = checkSameScope(before.info(), after.info(), options.types); !same)
        return tl::unexpected(same.error());
    return Comparison(before, after, options, sink, stop).run();
}

} // namespace hubkeeper
