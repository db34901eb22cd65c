// SPDX-License-Identifier: MIT
#include "session/snapshots/stagesnapshot.h"

#include "base/poolcall.h"
#include "session/open/session.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// They are others whenever anything is.
const QStringList timesOfChange {u"lastmodifieddate"_s, u"hs_lastmodifieddate"_s};

/// Texts by property.
QHash<QString, QString> textsOf(const PackedRecord &record, const PackedColumns &columns)
{
    QHash<QString, QString> texts;
    PackedValues values(record.cells);
    for (PackedValue value = values.next(); value.column >= 0; value = values.next())
        texts.insert(columns.names().value(value.column), QString::fromUtf8(value.text));
    return texts;
}

} // namespace

StageSnapshot::StageSnapshot(Session &session, PutBackOrder order, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_order(std::move(order))
    , m_ids(m_order.ids)
{
    std::sort(m_ids.begin(), m_ids.end());
    m_ids.erase(std::unique(m_ids.begin(), m_ids.end()), m_ids.end());
    // By a reader of its own, on another thread.
    const auto check = [path = m_order.snapshot->path()](const std::stop_token &stop) {
        return SnapshotReader::open(path).and_then(
            [&stop](const auto &reader) { return reader->verify(stop); });
    };
    then(new PoolCall<void>(check, this), [this] { askPortal(); });
}

void StageSnapshot::askPortal()
{
    then(m_session.account(this), [this](const AccountDetails &account) {
        const SnapshotInfo &info = m_order.snapshot->info();
        if (account.portalId != info.portalId) {
            ChangeBinding here;
            here.portalId = account.portalId;
            here.portalName = account.portalName;
            return complete(
                fail(ErrorKind::Refused,
                     SessionText::tr("The snapshot is of the portal %1; this connection leads to "
                                     "%2.")
                         .arg(info.portalText(), here.portal()),
                     SessionText::tr("Open the connection of its own portal.")));
        }
        then(m_session.definitions(m_order.type, false, this),
             [this](const QList<PropertyDefinition> &definitions) { chooseColumns(definitions); });
    });
}

void StageSnapshot::chooseColumns(const QList<PropertyDefinition> &definitions)
{
    const PackedColumns &columns = m_order.snapshot->columns(m_order.type);
    QStringList writable;
    QStringList known;
    for (const PropertyDefinition &one : definitions) {
        known.append(one.name);
        if (columns.columnOf(one.name) < 0)
            continue;
        if (!one.readOnlyValue && !one.calculated)
            writable.append(one.name);
        else if (!timesOfChange.contains(one.name))
            m_readOnly.append(one.name);
    }
    if (!m_order.properties.isEmpty())
        m_readOnly.clear();
    for (const QString &property : std::as_const(m_order.properties)) {
        if (writable.contains(property))
            continue;
        const bool isInSnapshot = columns.columnOf(property) >= 0;
        const bool isInPortal = known.contains(property);
        const QString why = isInSnapshot && isInPortal
            ? SessionText::tr("HubSpot sets “%1” itself: it cannot be put back.")
            : isInSnapshot ? SessionText::tr("The portal has no property “%1” any more.")
            : isInPortal   ? SessionText::tr("The snapshot has no property “%1”.")
                           : SessionText::tr("Neither the snapshot nor the portal has a property "
                                               "“%1”.");
        return complete(fail(ErrorKind::InvalidInput, why.arg(property)));
    }
    m_properties = m_order.properties.isEmpty() ? writable : m_order.properties;
    if (m_order.properties.isEmpty()) {
        if (const auto found = findLost(known); !found)
            return complete(tl::unexpected(found.error()));
    }
    readBlock();
}

/// Properties that could be written when the snapshot was taken.
Result<void> StageSnapshot::findLost(const QStringList &known)
{
    return m_order.snapshot->schema(m_order.type).map([&](const SnapshotSchema &schema) {
        for (const PropertyDefinition &one : schema.definitions) {
            if (!one.readOnlyValue && !one.calculated && !known.contains(one.name))
                m_lost.append(one.name);
        }
    });
}

void StageSnapshot::noteLost(const QString &id, const QString &label,
                             const QHash<QString, QString> &former)
{
    QStringList lost;
    for (const QString &property : std::as_const(m_lost)) {
        if (!former.value(property).isEmpty())
            lost.append(property);
    }
    if (!lost.isEmpty())
        m_outcome.left.append({id, label,
                               SessionText::tr("The portal no longer has these properties: %1.")
                                   .arg(lost.join(u", "_s))});
}

void StageSnapshot::readBlock()
{
    const bool isAll = m_order.ids.empty();
    const std::vector<qint64> ids {m_ids.begin() + qsizetype(m_at),
                                   m_ids.begin()
                                       + qsizetype(std::min(m_ids.size(), m_at + mostBatchInputs))};
    m_at += ids.size();
    if (!isAll && ids.empty())
        return findDisputed();
    using Block = std::vector<PackedRecord>;
    const auto read = [snapshot = m_order.snapshot, type = m_order.type, ids, isAll,
                       last = m_last](const std::stop_token &) -> Result<Block> {
        return isAll ? snapshot->after(type, last, mostBatchInputs) : snapshot->find(type, ids);
    };
    then(new PoolCall<Block>(read, this), [this, ids, isAll](const Block &block) {
        if (isAll && block.empty())
            return findDisputed();
        if (!block.empty())
            m_last = block.back().id;
        for (const qint64 id : ids) {
            const bool isThere = std::any_of(block.begin(), block.end(),
                                             [id](const auto &one) { return one.id == id; });
            if (!isThere)
                m_outcome.left.append({QString::number(id), QString::number(id),
                                       SessionText::tr("It is not in the snapshot.")});
        }
        compare(block);
    });
}

void StageSnapshot::compare(const std::vector<PackedRecord> &block)
{
    if (block.empty())
        return readBlock();
    QStringList ids;
    for (const PackedRecord &record : block)
        ids.append(QString::number(record.id));
    then(new ReadRecordsNow(m_session, m_order.type, ids, m_properties + m_readOnly, m_rebuilt,
                            this),
         [this, block](const RecordsNow &live) { onLive(block, live); });
}

void StageSnapshot::onLive(const std::vector<PackedRecord> &block, const RecordsNow &live)
{
    for (const PackedRecord &record : block)
        putBack(record, live);
    m_done += qint64(block.size());
    emit progressed(m_done, m_order.ids.empty() ? -1 : qint64(m_ids.size()));
    readBlock();
}

void StageSnapshot::putBack(const PackedRecord &record, const RecordsNow &live)
{
    const PackedColumns &columns = m_order.snapshot->columns(m_order.type);
    const QString id = QString::number(record.id);
    const QString label = labelOf(m_order.type, record, columns);
    const QString moved = live.moved.value(id);
    if (!moved.isEmpty() && !follows({id, moved, label, live.rebuilt.contains(id)}))
        return;
    const auto now = live.records.constFind(id);
    if (now == live.records.cend()) {
        if (m_order.makeAnew)
            return makeAnew(record, label);
        m_outcome.left.append({id, label, SessionText::tr("It is no longer in the portal.")});
        return;
    }
    const QHash<QString, QString> former = textsOf(record, columns);
    const qsizetype leftBefore = m_outcome.left.size();
    noteLost(id, label, former);
    RowChange row;
    row.type = m_order.type;
    row.id = moved.isEmpty() ? id : moved;
    row.label = label;
    row.basedOn = now->updatedAt;
    for (const QString &property : std::as_const(m_properties)) {
        const QString before = now->text(property);
        const QString after = former.value(property);
        if (before != after)
            row.cells.insert(property, {before, after});
    }
    if (moved.isEmpty()) // Of another record all of them are others.
        countReadOnly(former, *now);
    if (row.cells.isEmpty())
        m_outcome.same += m_outcome.left.size() == leftBefore ? 1 : 0;
    else if (!moved.isEmpty())
        m_followedRows.insert(id, std::move(row));
    else
        m_rows.push_back(std::move(row));
}

bool StageSnapshot::follows(const FollowedMerge &merge)
{
    if (m_order.followMerges) {
        m_outcome.followed.append(merge);
        return true;
    }
    m_outcome.hasMerged = true;
    m_outcome.left.append(
        {merge.id, merge.label,
         merge.isRebuilt
             ? SessionText::tr("It was merged since then, and made again as record %1.")
                   .arg(merge.actedOn)
             : SessionText::tr("It was merged into record %1 since then.").arg(merge.actedOn)});
    return false;
}

void StageSnapshot::countReadOnly(const QHash<QString, QString> &former, const Record &now)
{
    for (const QString &property : std::as_const(m_readOnly)) {
        if (now.text(property) != former.value(property))
            ++m_outcome.readOnly[property];
    }
}

/// Records that are followed to one that the snapshot has itself.
void StageSnapshot::findDisputed()
{
    if (m_outcome.followed.isEmpty())
        return stage();
    std::vector<qint64> targets;
    for (const FollowedMerge &one : std::as_const(m_outcome.followed)) {
        const qint64 target = one.actedOn.toLongLong();
        if (m_order.ids.empty() || std::binary_search(m_ids.begin(), m_ids.end(), target))
            targets.push_back(target);
    }
    const auto find = [snapshot = m_order.snapshot, type = m_order.type,
                       targets](const std::stop_token &) { return snapshot->find(type, targets); };
    then(new PoolCall<std::vector<PackedRecord>>(find, this),
         [this](const std::vector<PackedRecord> &own) { leaveDisputed(own); });
}

void StageSnapshot::leaveDisputed(const std::vector<PackedRecord> &own)
{
    QHash<QString, QStringList> claims; // By record: the ids that lead there.
    for (const FollowedMerge &one : std::as_const(m_outcome.followed))
        claims[one.actedOn].append(one.id);
    for (const PackedRecord &record : own)
        claims[QString::number(record.id)].prepend(QString::number(record.id));
    QList<FollowedMerge> followed;
    for (const FollowedMerge &one : std::as_const(m_outcome.followed)) {
        const QStringList rivals = claims.value(one.actedOn);
        if (rivals.size() < 2) {
            followed.append(one);
            if (const auto row = m_followedRows.find(one.id); row != m_followedRows.end())
                m_rows.push_back(std::move(*row));
            continue;
        }
        m_outcome.left.append(
            {one.id, one.label,
             rivals.first() == one.actedOn
                 ? SessionText::tr("It was merged into record %1, which gets its own values back.")
                       .arg(one.actedOn)
                 : SessionText::tr("Several records lead to %1 since they were merged: %2. Name "
                                   "the one whose values are meant.")
                       .arg(one.actedOn, rivals.join(u", "_s))});
    }
    m_outcome.followed = followed;
    stage();
}

void StageSnapshot::makeAnew(const PackedRecord &record, const QString &label)
{
    const QHash<QString, QString> texts = textsOf(record, m_order.snapshot->columns(m_order.type));
    noteLost(QString::number(record.id), label, texts);
    RowChange row;
    row.type = m_order.type;
    row.kind = ChangeKind::Create;
    row.id = u"new-%1"_s.arg(++m_outcome.created);
    row.label = label;
    for (const QString &property : std::as_const(m_properties)) {
        if (const QString text = texts.value(property); !text.isEmpty())
            row.cells.insert(property, {QString(), text});
    }
    m_rows.push_back(std::move(row));
}

void StageSnapshot::stage()
{
    m_outcome.staged = int(m_rows.size());
    if (m_rows.empty())
        return complete(m_outcome);
    const QString step = SessionText::tr("Put back as of %1")
                             .arg(m_order.snapshot->info().begun.toString(Qt::ISODate));
    then(m_session.changes().addRows(std::move(m_rows), Adding::Merge, step, this),
         [this](const AddedRows &added) {
             for (const QString &label : added.left)
                 m_outcome.left.append(
                     {QString(), label, SessionText::tr("It is being sent, or was.")});
             complete(m_outcome);
         });
}

Result<std::vector<RowChange>> editsOnSnapshot(SnapshotReader &snapshot, ObjectType type,
                                               const std::vector<qint64> &ids,
                                               const QHash<QString, QString> &values)
{
    const auto schema = snapshot.schema(type);
    if (!schema)
        return tl::unexpected(schema.error());
    for (auto value = values.cbegin(); value != values.cend(); ++value) {
        const auto definition =
            std::find_if(schema->definitions.begin(), schema->definitions.end(),
                         [&](const PropertyDefinition &one) { return one.name == value.key(); });
        const QString why = definition == schema->definitions.end()
            ? SessionText::tr("The snapshot has no property “%1”.").arg(value.key())
            : refusalOf(*definition, *value);
        if (!why.isEmpty())
            return fail(ErrorKind::InvalidInput, why);
    }
    const auto records = snapshot.find(type, ids);
    if (!records)
        return tl::unexpected(records.error());
    std::vector<RowChange> rows;
    for (const qint64 id : ids) {
        const auto record = std::lower_bound(
            records->begin(), records->end(), id,
            [](const PackedRecord &one, qint64 wanted) { return one.id < wanted; });
        if (record == records->end() || record->id != id)
            return fail(ErrorKind::NotFound,
                        SessionText::tr("The snapshot has no record %1.").arg(id));
        const PackedColumns &columns = snapshot.columns(type);
        const QHash<QString, QString> texts = textsOf(*record, columns);
        RowChange row;
        row.type = type;
        row.id = QString::number(id);
        row.label = labelOf(type, *record, columns);
        row.basedOn = unpacked(*record, PackedColumns(QStringList())).updatedAt;
        for (auto value = values.cbegin(); value != values.cend(); ++value) {
            if (texts.value(value.key()) != *value)
                row.cells.insert(value.key(), {texts.value(value.key()), *value});
        }
        if (!row.cells.isEmpty())
            rows.push_back(std::move(row));
    }
    return rows;
}

ChangeBinding bindingOf(const SnapshotInfo &info)
{
    ChangeBinding binding;
    binding.portalId = info.portalId;
    binding.portalName = info.portalName;
    binding.connectionLabel = info.connection;
    return binding;
}

} // namespace hubkeeper
