// SPDX-License-Identifier: MIT
#include "idm/access/serverfacts.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr std::pair<IdmProfile, QLatin1StringView> profiles[] = {
    {IdmProfile::Community, "community"_L1},
    {IdmProfile::Commercial, "commercial"_L1},
    {IdmProfile::Cloud, "cloud"_L1},
};

QStringList textsIn(const QJsonValue &list)
{
    QStringList texts;
    const QJsonArray array = list.toArray();
    for (const QJsonValue &entry : array)
        texts.append(entry.toString());
    return texts;
}

/// Reads one after the other; what a server does not offer is not a failure.
class Asking final : public Call<ServerFacts>
{
public:
    Asking(IdmClient &client, QObject *parent)
        : Call(parent)
        , m_client(client)
    {
        then(m_client.get(u"info/ping"_s, this), [this](const IdmReply &reply) {
            readPing(reply.body, m_facts);
            m_isCloud = reply.headers.contains("x-forgerock-transactionid");
            askLogin();
        });
    }

private:
    void askLogin()
    {
        then(m_client.get(u"info/login"_s, this), [this](const IdmReply &reply) {
            readLogin(reply.body, m_facts);
            askVersion();
        });
    }

    void askVersion()
    {
        always(m_client.get(u"info/version"_s, this), [this](const Result<IdmReply> &reply) {
            if (reply)
                readVersion(reply->body, m_facts);
            askProfile();
        });
    }

    void askProfile()
    {
        if (m_isCloud) {
            m_facts.profile = IdmProfile::Cloud;
            return complete(m_facts);
        }
        QUrlQuery query;
        query.addQueryItem(u"_queryFilter"_s, u"true"_s);
        query.addQueryItem(u"_pageSize"_s, u"1"_s);
        always(m_client.get(u"sync/mappings"_s, this, query),
               [this](const Result<IdmReply> &reply) {
                   if (!reply && reply.error().httpStatus == 0)
                       return complete(tl::unexpected(reply.error()));
                   m_facts.profile = reply ? IdmProfile::Commercial : IdmProfile::Community;
                   complete(m_facts);
               });
    }

    IdmClient &m_client;
    ServerFacts m_facts;
    bool m_isCloud = false;
};

} // namespace

QString nameOf(IdmProfile profile)
{
    for (const auto &[value, name] : profiles) {
        if (value == profile)
            return name;
    }
    Q_UNREACHABLE();
}

std::optional<IdmProfile> idmProfileFrom(const QString &name)
{
    for (const auto &[value, word] : profiles) {
        if (name == word)
            return value;
    }
    return std::nullopt;
}

QString nameOf(Readiness readiness)
{
    switch (readiness) {
    case Readiness::Ready:
        return u"ready"_s;
    case Readiness::Starting:
        return u"starting"_s;
    case Readiness::NotReady:
        return u"notReady"_s;
    }
    Q_UNREACHABLE();
}

bool ServerFacts::isAdministrator() const
{
    return std::any_of(roles.begin(), roles.end(), [](const QString &role) {
        return role.section(u'/', -1) == "openidm-admin"_L1;
    });
}

void readPing(const QJsonValue &body, ServerFacts &facts)
{
    facts.state = body["state"_L1].toString();
    facts.readiness = facts.state == "ACTIVE_READY"_L1 ? Readiness::Ready
        : facts.state == "STARTING"_L1                 ? Readiness::Starting
                                                       : Readiness::NotReady;
}

void readLogin(const QJsonValue &body, ServerFacts &facts)
{
    facts.userName = body["authenticationId"_L1].toString();
    facts.roles = textsIn(body["authorization"_L1]["roles"_L1]);
}

void readVersion(const QJsonValue &body, ServerFacts &facts)
{
    facts.version = body["productVersion"_L1].toString();
    facts.revision = body["productRevision"_L1].toString();
}

Call<ServerFacts> *askServer(IdmClient &client, QObject *parent)
{
    return new Asking(client, parent);
}

} // namespace hubkeeper
