// SPDX-License-Identifier: MIT
#include "practice/snapshotrecords.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int readAhead = 256; // Records of a block.

const QString additionalAddresses = u"hs_additional_emails"_s;

QString folded(QStringView value)
{
    return value.trimmed().toString().toLower();
}

quint64 hashOf(const QString &value)
{
    return quint64(qHash(value, 0x5bd1e995));
}

/// A contact-company link seen from the company: HubSpot's own kinds have a number for each
/// direction; of others the one of the contact's side stands for both.
int turnedKind(int typeId)
{
    switch (typeId) {
    case 1:
        return 2;
    case 279:
        return 280;
    case 930:
        return 931;
    default:
        return typeId;
    }
}

QList<int> kindsOf(const Association &link, bool turned)
{
    QList<int> kinds;
    for (const AssociationKind &kind : link.kinds)
        kinds.append(turned ? turnedKind(kind.typeId) : kind.typeId);
    std::sort(kinds.begin(), kinds.end());
    return kinds;
}

} // namespace

SnapshotRecords::SnapshotRecords(std::unique_ptr<SnapshotReader> reader, ObjectType type)
    : m_reader(std::move(reader))
    , m_type(type)
{
}

SnapshotRecords::~SnapshotRecords() = default;

Result<std::shared_ptr<const SnapshotRecords>>
SnapshotRecords::open(const QString &path, ObjectType type, const std::stop_token &stop)
{
    auto reader = SnapshotReader::open(path);
    if (!reader)
        return tl::unexpected(reader.error());
    const auto schema = (*reader)->schema(type);
    if (!schema)
        return tl::unexpected(schema.error());
    std::shared_ptr<SnapshotRecords> records(new SnapshotRecords(std::move(*reader), type));
    QSet<QString> unique;
    for (const PropertyDefinition &one : schema->definitions) {
        if (one.hasUniqueValue)
            unique.insert(one.name);
    }
    if (type == ObjectType::Contacts)
        unique.unite({u"email"_s, additionalAddresses});
    const PackedColumns &columns = records->m_reader->columns(type);
    std::vector<bool> isUnique;
    for (const QString &name : columns.names())
        isUnique.push_back(unique.contains(name));
    const auto read = records->m_reader->forEach(type, [&](const PackedRecord &record) {
        const int index = int(records->m_ids.size());
        records->m_ids.push_back(record.id);
        PackedValues values(record.cells);
        for (PackedValue value = values.next(); value.column >= 0; value = values.next()) {
            if (size_t(value.column) < isUnique.size() && isUnique[size_t(value.column)])
                records->note(index, columns.names()[value.column], value.text);
        }
        return !stop.stop_requested();
    });
    if (!read)
        return tl::unexpected(read.error());
    for (std::vector<Unique> &values : records->m_unique)
        std::sort(values.begin(), values.end());
    return records;
}

void SnapshotRecords::note(int index, const QString &property, QByteArrayView value)
{
    const QString text = QString::fromUtf8(value);
    if (property != additionalAddresses) {
        m_unique[property].push_back({hashOf(folded(text)), index});
        return;
    }
    for (const QString &address : text.split(u';', Qt::SkipEmptyParts))
        m_unique[property].push_back({hashOf(folded(address)), index});
}

practice::ObjectType SnapshotRecords::type() const
{
    return m_type == ObjectType::Contacts ? practice::ObjectType::Contact
                                          : practice::ObjectType::Company;
}

qint64 SnapshotRecords::endId() const
{
    return m_ids.empty() ? 1 : m_ids.back() + 1;
}

int SnapshotRecords::firstFrom(qint64 id) const
{
    return int(std::lower_bound(m_ids.begin(), m_ids.end(), id) - m_ids.begin());
}

std::optional<int> SnapshotRecords::indexOf(qint64 id) const
{
    const int index = firstFrom(id);
    return index < size() && m_ids[size_t(index)] == id ? std::optional(index) : std::nullopt;
}

/// A record that cannot be read is one without values: the file was whole when it was opened.
const PackedRecord &SnapshotRecords::packedAt(int index) const
{
    static const PackedRecord none;
    if (index < m_blockBegin || index >= m_blockBegin + int(m_block.size())) {
        // Somebody who goes over all of them wants those that follow, too.
        const bool goesOn = index == m_blockBegin + int(m_block.size());
        auto block = m_reader->after(m_type, m_ids[size_t(index)] - 1, goesOn ? readAhead : 8);
        m_block = block ? std::move(*block) : std::vector<PackedRecord>();
        m_blockBegin = index;
    }
    return m_block.empty() ? none : m_block[size_t(index - m_blockBegin)];
}

QString SnapshotRecords::textOf(const PackedRecord &record, const QString &property) const
{
    const qsizetype column = m_reader->columns(m_type).columnOf(property);
    PackedValues values(record.cells);
    for (PackedValue value = values.next(); value.column >= 0; value = values.next()) {
        if (value.column == column)
            return QString::fromUtf8(value.text);
        if (value.column > column)
            break;
    }
    return {};
}

QString SnapshotRecords::value(int index, const QString &property, practice::Field) const
{
    return textOf(packedAt(index), property);
}

practice::EpochMs SnapshotRecords::created(int index) const
{
    const PackedRecord &record = packedAt(index);
    return std::max<qint64>(0, record.created >= 0 ? record.created : record.updated);
}

practice::EpochMs SnapshotRecords::updated(int index) const
{
    return std::max<qint64>(0, packedAt(index).updated);
}

practice::Record SnapshotRecords::record(int index) const
{
    const PackedRecord &packed = packedAt(index);
    practice::Record record;
    record.id = m_ids[size_t(index)];
    record.created = created(index);
    record.updated = updated(index);
    const QStringList &names = m_reader->columns(m_type).names();
    PackedValues values(packed.cells);
    for (PackedValue value = values.next(); value.column >= 0; value = values.next()) {
        if (!value.text.isEmpty() && value.column < names.size())
            record.values.insert(names[value.column], QString::fromUtf8(value.text));
    }
    return record;
}

std::optional<int> SnapshotRecords::find(const QString &property, const QString &wanted,
                                         bool isList) const
{
    const auto values = m_unique.constFind(property);
    if (values == m_unique.constEnd())
        return std::nullopt;
    const Unique key {hashOf(wanted), 0};
    for (auto at = std::lower_bound(values->begin(), values->end(), key);
         at != values->end() && at->hash == key.hash; ++at) {
        const QString text = textOf(packedAt(at->index), property);
        const QStringList parts =
            isList ? text.split(u';', Qt::SkipEmptyParts) : QStringList {text};
        for (const QString &part : parts) {
            if (folded(part) == wanted)
                return at->index;
        }
    }
    return std::nullopt;
}

std::optional<int> SnapshotRecords::indexOfUnique(const QString &property,
                                                  const QString &wanted) const
{
    return find(property, wanted, property == additionalAddresses);
}

std::optional<int> SnapshotRecords::indexOfAdditional(const QString &wanted) const
{
    return find(additionalAddresses, wanted, true);
}

SnapshotLinkSource::SnapshotLinkSource(std::unique_ptr<SnapshotReader> reader)
    : m_reader(std::move(reader))
{
}

Result<std::shared_ptr<const SnapshotLinkSource>> SnapshotLinkSource::open(const QString &path)
{
    auto reader = SnapshotReader::open(path);
    if (!reader)
        return tl::unexpected(reader.error());
    std::shared_ptr<SnapshotLinkSource> source(new SnapshotLinkSource(std::move(*reader)));
    qint64 last = 0;
    while (true) {
        const auto block = source->m_reader->linksAfter(snapshotPairs[0], last, 2'000);
        if (!block)
            return tl::unexpected(block.error());
        if (block->isEmpty())
            break;
        last = block->constLast().fromId;
        for (const SnapshotLinks &one : *block) {
            for (const Association &link : one.links)
                source->m_contacts.emplace_back(link.toId.toLongLong(), one.fromId);
        }
    }
    std::sort(source->m_contacts.begin(), source->m_contacts.end());
    return source;
}

practice::LinksOfRecord SnapshotLinkSource::links(practice::ObjectType from, qint64 id,
                                                  practice::ObjectType to) const
{
    using Type = practice::ObjectType;
    practice::LinksOfRecord links;
    const auto typeOf = [](Type type) {
        return type == Type::Contact ? ObjectType::Contacts : ObjectType::Companies;
    };
    if (from == Type::Company && to == Type::Contact) {
        auto at = std::lower_bound(m_contacts.begin(), m_contacts.end(),
                                   std::pair<qint64, qint64>(id, 0));
        for (; at != m_contacts.end() && at->first == id; ++at) {
            const auto found = m_reader->linksOf(snapshotPairs[0], at->second);
            for (const Association &link : found.value_or(QList<Association>())) {
                if (link.toId.toLongLong() == id)
                    links[at->second] = kindsOf(link, true);
            }
        }
        return links;
    }
    const auto found = m_reader->linksOf({typeOf(from), typeOf(to)}, id);
    for (const Association &link : found.value_or(QList<Association>()))
        links[link.toId.toLongLong()] = kindsOf(link, false);
    return links;
}

} // namespace hubkeeper
