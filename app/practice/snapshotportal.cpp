// SPDX-License-Identifier: MIT
#include "practice/snapshotportal.h"

#include "practice/snapshotrecords.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QList<practice::Owner> practiceOwners(const QList<Owner> &owners)
{
    QList<practice::Owner> list;
    for (const Owner &owner : owners) {
        practice::Owner one;
        one.id = owner.id.toLongLong();
        one.userId = owner.userId.toLongLong();
        one.email = owner.email;
        one.firstName = owner.firstName;
        one.lastName = owner.lastName;
        one.isQueue = owner.type == "QUEUE"_L1;
        one.archived = owner.archived;
        one.created = owner.createdAt.isValid() ? owner.createdAt.toMSecsSinceEpoch() : 0;
        list.append(one);
    }
    std::sort(list.begin(), list.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
    return list;
}

practice::ObjectType practiceType(ObjectType type)
{
    return type == ObjectType::Contacts ? practice::ObjectType::Contact
                                        : practice::ObjectType::Company;
}

QList<practice::LabelType> practiceLabels(const QList<SnapshotLabels> &all)
{
    QList<practice::LabelType> list;
    for (const SnapshotLabels &one : all) {
        for (const AssociationLabel &label : one.labels) {
            practice::LabelType type;
            type.from = practiceType(one.pair.from);
            type.to = practiceType(one.pair.to);
            type.typeId = label.typeId;
            type.inverseId = label.typeId;
            type.category = label.category;
            type.label = label.label;
            type.unlabelled = label.label.isEmpty();
            list.append(type);
        }
    }
    return list;
}

Result<void> fillSchema(practice::PortalContents &contents, SnapshotReader &snapshot,
                        ObjectType type)
{
    const auto schema = snapshot.schema(type);
    if (!schema)
        return tl::unexpected(schema.error());
    const size_t at = size_t(practiceType(type));
    for (const PropertyDefinition &one : schema->definitions)
        contents.definitions[at].append(one.json);
    for (const QJsonObject &group : schema->groups)
        contents.groups[at].append(group);
    return {};
}

} // namespace

Result<std::shared_ptr<const practice::PortalContents>>
portalContentsOf(const QString &path, const std::stop_token &stop)
{
    const auto snapshot = SnapshotReader::open(path);
    if (!snapshot)
        return tl::unexpected(snapshot.error());
    if (const auto whole = (*snapshot)->verify(stop); !whole)
        return tl::unexpected(whole.error());
    auto contents = std::make_shared<practice::PortalContents>();
    contents->identity = (*snapshot)->seal().toLatin1();
    for (const ObjectType type : allObjectTypes) {
        const auto records = SnapshotRecords::open(path, type, stop);
        if (!records)
            return tl::unexpected(records.error());
        contents->records[size_t(practiceType(type))] = *records;
        if (const auto filled = fillSchema(*contents, **snapshot, type); !filled)
            return tl::unexpected(filled.error());
    }
    const auto links = SnapshotLinkSource::open(path);
    const auto owners = (*snapshot)->owners();
    const auto labels = (*snapshot)->labels();
    if (!links)
        return tl::unexpected(links.error());
    if (!owners || !labels)
        return tl::unexpected(owners ? labels.error() : owners.error());
    contents->links = *links;
    contents->owners = practiceOwners(*owners);
    contents->labels = practiceLabels(*labels);
    return contents;
}

} // namespace hubkeeper
