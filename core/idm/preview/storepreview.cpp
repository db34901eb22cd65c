// SPDX-License-Identifier: MIT
#include "idm/preview/storepreview.h"

#include "idm/idmtext.h"
#include "idm/preview/previewcall.h"
#include "reconcile/mapping/mappingreader.h"
#include "reconcile/overlay/managedschema.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 firstConnectorId = 5001; // As the recorded connector counts; up to a free one.

/// What config/managed says of a collection; null where it does not have it.
std::shared_ptr<const ManagedSchema> managedSchema(const QJsonValue &managed,
                                                   const QString &collection)
{
    const QJsonArray objects = managed.toArray();
    for (const QJsonValue &object : objects) {
        if (object["name"_L1].toString() == collection.section(u'/', 1)
            && !object["schema"_L1]["properties"_L1].toObject().isEmpty())
            return std::make_shared<ManagedSchema>(object["schema"_L1].toObject());
    }
    return nullptr;
}

std::shared_ptr<const TargetRules> rulesOf(const QString &collection, const QJsonValue &types,
                                           const QJsonValue &managed)
{
    if (collection.startsWith("managed/"_L1))
        return std::make_shared<ManagedRules>(collection == "managed/user"_L1,
                                              managedSchema(managed, collection));
    const QJsonValue system = types[collection.section(u'/', 1, 1)];
    const QString name = collection.section(u'/', 2);
    const QJsonValue type = system["objectTypes"_L1][name];
    if (!type.isObject())
        return std::make_shared<FreeRules>();
    ConnectorType made = connectorTypeOf(name, type.toObject());
    made.filtersByItself =
        system["resultsHandlerConfig"_L1]["enableFilteredResultsHandler"_L1].toBool();
    return std::make_shared<ConnectorRules>(std::move(made));
}

} // namespace

QStringList neededCollections(const SyncMappings &mappings, const SyncMapping &mapping)
{
    QStringList needed {mapping.source, mapping.target};
    const QJsonValue other = mapping.sourceQuery["resourceName"_L1];
    if (other.isString())
        needed.append(other.toString());
    QStringList written {mapping.target};
    while (!written.isEmpty()) {
        const QString collection = written.takeFirst();
        if (!collection.startsWith("managed/"_L1))
            continue;
        for (const SyncMapping &started : mappings.mappings) {
            if (!started.enableSync || started.source != collection
                || needed.contains(started.target))
                continue;
            needed.append(started.target);
            written.append(started.target);
        }
    }
    needed.removeDuplicates();
    return needed;
}

Result<QStringList> uncheckedPolicies(const PreviewStore &store, const QString &collection)
{
    return store.document(u"managed"_s).map([&](const QJsonValue &managed) {
        const auto schema =
            collection.startsWith("managed/"_L1) ? managedSchema(managed, collection) : nullptr;
        return schema ? schema->unchecked() : QStringList();
    });
}

Result<void> onStore(const std::function<void()> &work)
{
    return previewCall("computing a preview", work);
}

Result<std::unique_ptr<Preview>> previewOf(PreviewWork &work, const QJsonValue &replacement)
{
    const PreviewStore &store = *work.store();
    const auto kept = store.document(u"mappings"_s);
    const auto types = store.document(u"objectTypes"_s);
    const auto managed = store.document(u"managed"_s);
    const auto collections = store.collections();
    for (const auto *document : {&kept, &types, &managed}) {
        if (!*document)
            return tl::unexpected(document->error());
    }
    if (!collections)
        return tl::unexpected(collections.error());
    const QJsonValue list = replacement.isArray() ? replacement : *kept;
    if (!list.isArray())
        return fail(ErrorKind::InvalidInput, IdmText::tr("The set has no mappings."));
    auto mappings = readMappings(list.toArray());
    if (!mappings)
        return tl::unexpected(mappings.error());
    return previewCall("opening it", [&] {
        auto preview = std::make_unique<Preview>(std::move(*mappings), work.place());
        for (const QString &collection : *collections)
            preview->objects().addSide(collection, rulesOf(collection, *types, *managed),
                                       collection.startsWith("managed/"_L1) ? 0 : firstConnectorId);
        for (const SyncMapping &mapping : preview->mappings().mappings) {
            for (const QString &collection : {mapping.source, mapping.target}) {
                if (!collections->contains(collection))
                    preview->objects()
                        .side(collection)
                        .setFault({ObjectFault::NotRead, 503,
                                   IdmText::tr("%1 was not read.").arg(collection)});
            }
        }
        return preview;
    });
}

} // namespace hubkeeper
