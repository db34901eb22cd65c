// SPDX-License-Identifier: MIT
#include "practice/idm/systems/hubspotconnector.h"

#include "practice/idm/crest/objectquery.h"
#include "practice/idm/systems/hubspotobjects.h"
#include "practice/routes/recordwrites.h"

#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

using Kind = ConnectorFaultKind;

QJsonObject shippedFile(const QString &name)
{
    QFile file(u":/hubkeeper/practice/"_s + name);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

/// HubSpot's refusal as the connector's exception (idm-connector 4).
tl::unexpected<ConnectorFault> thrownFor(const Reply &reply)
{
    const QString message = reply.json ? reply.json->value("message"_L1).toString() : QString();
    if (reply.status == 409 || message.contains("already has that value"_L1))
        return thrown(Kind::AlreadyExists, message);
    if (reply.status == 404)
        return thrown(Kind::UnknownUid, message);
    if (reply.status == 403)
        return thrown(Kind::PermissionDenied, message);
    if (reply.status == 400)
        return thrown(Kind::InvalidAttributeValue, message);
    return thrown(Kind::Retryable, message);
}

/// A filter that is one equality: its value.
std::optional<QString> equalTo(const NativeFilter &filter, const QString &name)
{
    const bool isIt = filter && filter->kind == CrestFilter::Compare && filter->op == "eq"_L1
        && filter->pointer == QStringList {name};
    return isIt ? std::optional(filter->value.toString()) : std::nullopt;
}

QJsonObject searchable(const NativeObject &object)
{
    QJsonObject all = object.attributes;
    all.insert(u"__UID__"_s, object.uid);
    all.insert(u"__NAME__"_s, object.name);
    return all;
}

class HubSpotConnector final : public Connector
{
public:
    HubSpotConnector(PortalState &portal, const QJsonObject &properties)
        : m_portal(portal)
        , m_properties(properties)
    {
    }

    ConnectorResult<void> test() override
    {
        const auto text = [this](QLatin1StringView name) {
            return m_properties.value(name).toString();
        };
        const auto app = m_portal.tokens.appWithId(text("clientId"_L1));
        if (!app)
            return thrown(Kind::InvalidCredential, u"missing or unknown client id"_s);
        if (m_portal.tokens.apps().at(*app).secret != text("clientSecret"_L1))
            return thrown(Kind::InvalidCredential, u"missing or invalid client secret"_s);
        const auto facts = m_portal.tokens.refreshToken(text("refreshToken"_L1));
        if (!facts)
            return thrown(Kind::InvalidCredential, u"missing or invalid refresh token"_s);
        return {};
    }

    ConnectorResult<QList<NativeObject>> search(const QString &type,
                                                const NativeFilter &filter) override
    {
        if (auto good = test(); !good)
            return tl::unexpected(good.error());
        QList<NativeObject> matching;
        for (const NativeObject &object : candidates(type, filter)) {
            if (!filter || objectMatches(*filter, searchable(object)))
                matching.append(object);
        }
        return matching;
    }

    ConnectorResult<QString> create(const QString &type, const QJsonObject &attributes) override
    {
        const auto kind = writable(type);
        if (!kind)
            return tl::unexpected(kind.error());
        auto write = prepareCreate(m_portal, ApiCall(), *kind,
                                   {{u"properties"_s, hubSpotProperties(attributes)}});
        if (!write)
            return thrownFor(write.error());
        return QString::number(commit(m_portal, std::move(*write)).id);
    }

    ConnectorResult<QString> update(const QString &type, const QString &uid,
                                    const QJsonObject &attributes) override
    {
        const auto kind = writable(type);
        if (!kind)
            return tl::unexpected(kind.error());
        auto write = prepareUpdate(m_portal, ApiCall(), *kind, uid.toLongLong(),
                                   hubSpotProperties(attributes));
        if (!write)
            return thrownFor(write.error());
        return QString::number(commit(m_portal, std::move(*write)).id);
    }

    ConnectorResult<void> remove(const QString &type, const QString &uid) override
    {
        const auto kind = writable(type);
        if (!kind)
            return tl::unexpected(kind.error());
        if (!archive(m_portal, *kind, uid.toLongLong()))
            return thrown(Kind::UnknownUid, uid);
        return {};
    }

private:
    ConnectorResult<ObjectType> writable(const QString &type)
    {
        if (auto good = test(); !good)
            return tl::unexpected(good.error());
        if (type == "contact"_L1)
            return ObjectType::Contact;
        if (type == "company"_L1)
            return ObjectType::Company;
        return thrown(Kind::UnsupportedOperation,
                      u"The practice connector does not write %1."_s.arg(type));
    }

    /// Everything that can match: where the filter names one object, that one alone.
    QList<NativeObject> candidates(const QString &type, const NativeFilter &filter) const
    {
        const bool isContact = type == "contact"_L1;
        if (!isContact && type != "company"_L1)
            return definitionObjects(m_portal, type);
        const ObjectType kind = isContact ? ObjectType::Contact : ObjectType::Company;
        auto uid = equalTo(filter, u"__UID__"_s);
        if (!uid)
            uid = equalTo(filter, u"__NAME__"_s);
        if (const auto email = equalTo(filter, u"email"_s); email && isContact) {
            const auto id = m_portal.store(kind).withUnique(u"email"_s, *email, false);
            uid = id ? QString::number(*id) : QString();
        }
        if (uid)
            return recordObject(m_portal, kind, uid->toLongLong());
        return filter ? matchingRecords(m_portal, kind, *filter) : recordObjects(m_portal, kind);
    }

    PortalState &m_portal;
    const QJsonObject m_properties;
};

} // namespace

QJsonObject shippedProvisioner()
{
    return shippedFile(u"provisioner.openicf-hubspot.json"_s);
}

QJsonObject shippedMappings()
{
    return shippedFile(u"sync.sample.json"_s);
}

HubSpotBundle::HubSpotBundle(PortalState &portal)
    : m_portal(portal)
{
    bundleName = u"org.forgerock.openicf.connectors.hubspot-connector"_s;
    bundleVersion = u"1.5.20.30"_s;
    connectorName = u"org.forgerock.openicf.connectors.hubspot.HubspotConnector"_s;
    displayName = u"Hubspot Connector"_s;
}

QStringList HubSpotBundle::confidential() const
{
    return {u"clientSecret"_s, u"refreshToken"_s};
}

QStringList HubSpotBundle::required() const
{
    return {u"clientId"_s, u"clientSecret"_s, u"refreshToken"_s};
}

QStringList HubSpotBundle::operations() const
{
    return {u"CREATE"_s, u"UPDATE"_s, u"DELETE"_s, u"GET"_s, u"SEARCH"_s};
}

QJsonObject HubSpotBundle::defaults() const
{
    return {{u"clientId"_s, QJsonValue()},
            {u"clientSecret"_s, QJsonValue()},
            {u"refreshToken"_s, QJsonValue()},
            {u"readSchema"_s, false},
            {u"maximumConnections"_s, 10},
            {u"permitsPerSecond"_s, 10},
            {u"acceptSelfSignedCertificates"_s, false},
            {u"disableHostNameVerifier"_s, false},
            {u"httpProxyHost"_s, QJsonValue()},
            {u"httpProxyPort"_s, QJsonValue()}};
}

QJsonObject HubSpotBundle::objectTypes() const
{
    return shippedProvisioner().value("objectTypes"_L1).toObject();
}

std::unique_ptr<Connector> HubSpotBundle::open(const QJsonObject &properties) const
{
    return std::make_unique<HubSpotConnector>(m_portal, properties);
}

} // namespace hubkeeper::practice
