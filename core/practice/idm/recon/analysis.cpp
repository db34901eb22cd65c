// SPDX-License-Identifier: MIT
#include "practice/idm/recon/analysis.h"

#include "practice/idm/recon/idmworld.h"
#include "practice/idm/recon/reconjson.h"
#include "practice/idm/systems/systemobjects.h"
#include "reconcile/overlay/preview.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

void copyManaged(const IdmState &state, Preview &preview)
{
    for (const QString &collection :
         {u"managed/user"_s, u"managed/role"_s, u"managed/assignment"_s}) {
        Side &side = preview.objects().addSide(
            collection, std::make_shared<ManagedRules>(collection == "managed/user"_L1));
        for (const auto &[number, object] : state.managed.objects(collection)) {
            QJsonObject json = shownObject(state.managed, collection, object);
            if (!object.lastSync.isEmpty())
                json.insert(u"lastSync"_s, object.lastSync);
            side.add(json);
        }
    }
}

/// False if the system does not answer.
bool copySystem(const IdmState &state, const QString &collection, Preview &preview)
{
    const auto system = state.systems.active(collection.section(u'/', 1, 1));
    const QString typeName = collection.section(u'/', 2);
    const auto type = system ? system->type(typeName) : std::nullopt;
    if (!type)
        return false;
    const auto objects = SystemObjects(*system, *type).find({});
    if (!objects)
        return false;
    const QJsonObject json = system->config.value("objectTypes"_L1)[typeName].toObject();
    Side &side = preview.objects().addSide(
        collection, std::make_shared<ConnectorRules>(connectorTypeOf(typeName, json)));
    for (const QJsonObject &object : *objects)
        side.add(object);
    return true;
}

void copyLinks(const IdmState &state, Preview &preview)
{
    for (const auto &[number, link] : state.links.links())
        preview.links().add({link.id, link.type, link.qualifier, link.firstId.value_or(QString()),
                             link.secondId.value_or(QString())});
}

} // namespace

ReconResult analysed(IdmState &state, ReconRun &run, const SyncMappings &mappings)
{
    Preview preview(mappings);
    copyManaged(state, preview);
    copyLinks(state, preview);
    for (const QString &collection : {run.source, run.target}) {
        if (!collection.startsWith("system/"_L1) || copySystem(state, collection, preview))
            continue;
        ReconResult failed;
        failed.mapping = run.mapping;
        failed.state = ReconResult::State::Failed;
        failed.cause = u"%1 does not answer."_s.arg(collection);
        return failed;
    }
    ReconResult result = preview.run(run.mapping, run.request, {}, [&](const ReconProgress &done) {
        run.inTargetPhase = done.inTargetPhase;
        run.sources = done.sources;
        run.targets = done.targets;
    });
    run.entries = result.entries;
    for (const ReconEntry &entry : run.entries)
        run.shown.append(objectEntry(state, run, entry));
    return result;
}

} // namespace hubkeeper::practice
