// SPDX-License-Identifier: MIT
#include "idm/mappings/servermappings.h"

#include "idm/idmtext.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto listId = "sync"_L1;
constexpr auto singlePrefix = "mapping/"_L1;

/// config/sync, then the single ones, one after the other.
class Reading final : public Call<ServerMappings>
{
public:
    Reading(IdmClient &client, IdmProfile profile, QObject *parent)
        : Call(parent)
        , m_client(client)
        , m_hasSingle(profile != IdmProfile::Community)
    {
        always(readConfig(m_client, listId, this), [this](const Result<ConfigObject> &sync) {
            if (sync)
                m_found.sync = *sync;
            else if (sync.error().kind != ErrorKind::NotFound)
                return complete(tl::unexpected(sync.error()));
            if (!m_hasSingle)
                return complete(m_found);
            then(listConfig(m_client, this), [this](const QStringList &ids) {
                for (const QString &id : ids) {
                    if (id.startsWith(singlePrefix) && checkConfigId(id))
                        m_ids.append(id);
                }
                readNext();
            });
        });
    }

private:
    void readNext()
    {
        if (m_ids.isEmpty())
            return complete(m_found);
        always(readConfig(m_client, m_ids.takeFirst(), this),
               [this](const Result<ConfigObject> &one) {
                   if (one)
                       m_found.single.append(*one);
                   else if (one.error().kind != ErrorKind::NotFound) // Gone since the list.
                       return complete(tl::unexpected(one.error()));
                   readNext();
               });
    }

    IdmClient &m_client;
    const bool m_hasSingle;
    QStringList m_ids;
    ServerMappings m_found;
};

/// By its own name, else by that of its configuration.
QString nameOf(const ConfigObject &single)
{
    return single.value["name"_L1].toString(single.id.mid(singlePrefix.size()));
}

} // namespace

QList<ServerMapping> ServerMappings::all() const
{
    QList<ServerMapping> mappings;
    const QJsonArray list = sync ? sync->value["mappings"_L1].toArray() : QJsonArray();
    for (const QJsonValue &one : list)
        mappings.append({one["name"_L1].toString(), listId, one.toObject()});
    for (const ConfigObject &one : single)
        mappings.append({nameOf(one), one.id, one.value});
    return mappings;
}

std::optional<ServerMapping> ServerMappings::find(const QString &name) const
{
    const QList<ServerMapping> mappings = all();
    const auto it =
        std::find_if(mappings.begin(), mappings.end(),
                     [&](const ServerMapping &mapping) { return mapping.name == name; });
    return it == mappings.end() ? std::nullopt : std::optional(*it);
}

QByteArray ServerMappings::text() const
{
    QJsonArray list;
    for (const ServerMapping &mapping : all())
        list.append(mapping.value);
    return QJsonDocument(QJsonObject {{u"mappings"_s, list}}).toJson();
}

Call<ServerMappings> *readServerMappings(IdmClient &client, IdmProfile profile, QObject *parent)
{
    return new Reading(client, profile, parent);
}

Result<ServerMappings> changed(ServerMappings before, const MappingChange &change,
                               IdmProfile profile)
{
    if (change.value["name"_L1].toString() != change.name)
        return fail(ErrorKind::InvalidInput,
                    IdmText::tr("The mapping is called %1, not %2.")
                        .arg(change.value["name"_L1].toString(), change.name),
                    IdmText::tr("Links and runs know a mapping by its name: give it the old name, "
                                "or add it as a new one under its own."));
    const auto present = before.find(change.name);
    if (present && present->configId != listId) {
        for (ConfigObject &one : before.single) {
            if (one.id == present->configId)
                one.value = change.value;
        }
        return before;
    }
    if (!present && profile != IdmProfile::Community) {
        const QString id = singlePrefix + change.name;
        if (const auto usable = checkConfigId(id); !usable)
            return tl::unexpected(usable.error());
        before.single.append({id, change.value});
        return before;
    }
    ConfigObject sync = before.sync.value_or(ConfigObject {listId, {}});
    QJsonArray list = sync.value["mappings"_L1].toArray();
    const auto same = std::find_if(list.begin(), list.end(), [&](const QJsonValue &one) {
        return one["name"_L1].toString() == change.name;
    });
    if (same == list.end())
        list.append(change.value);
    else
        *same = change.value;
    sync.value.insert(u"mappings"_s, list);
    before.sync = sync;
    return before;
}

QByteArray textOfMapping(const QJsonObject &mapping)
{
    return QJsonDocument(mapping).toJson();
}

} // namespace hubkeeper
