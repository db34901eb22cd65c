// SPDX-License-Identifier: MIT
#include "connector/connector.h"

#include "connector/connectiontest.h"
#include "connector/connectorcontext.h"
#include "connector/connectortext.h"
#include "connector/readobject.h"
#include "connector/searchobjects.h"
#include "filter/crestparser.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QJsonObject ConnectorConfiguration::toJson(bool readSchema) const
{
    return {
        {u"clientId"_s, clientId},
        {u"acceptSelfSignedCertificates"_s, acceptSelfSignedCertificates},
        {u"readSchema"_s, readSchema},
        {u"disableHostNameVerifier"_s, disableHostNameVerifier},
        {u"maximumConnections"_s, maximumConnections},
        {u"permitsPerSecond"_s, permitsPerSecond},
        {u"httpProxyHost"_s, httpProxyHost.isEmpty() ? QJsonValue() : QJsonValue(httpProxyHost)},
        {u"httpProxyPort"_s, httpProxyPort == 0 ? QJsonValue() : QJsonValue(httpProxyPort)}};
}

Result<void> validate(const ConnectorConfiguration &configuration)
{
    QList<FieldFault> faults;
    const auto require = [&](bool good, const QString &property, const QString &message) {
        if (!good)
            faults.append({property, {}, message});
    };
    const bool isStatic = configuration.hasStaticToken;
    require(isStatic || !configuration.clientId.trimmed().isEmpty(), u"clientId"_s,
            ConnectorText::tr("The client ID is missing."));
    require(isStatic || configuration.hasClientSecret, u"clientSecret"_s,
            ConnectorText::tr("The client secret is missing."));
    require(isStatic || configuration.hasRefreshToken, u"refreshToken"_s,
            ConnectorText::tr("The refresh token is missing."));
    require(configuration.maximumConnections >= 1, u"maximumConnections"_s,
            ConnectorText::tr("maximumConnections must be 1 or more."));
    require(configuration.permitsPerSecond >= 1, u"permitsPerSecond"_s,
            ConnectorText::tr("permitsPerSecond must be 1 or more."));
    require(configuration.httpProxyHost.isEmpty()
                || (configuration.httpProxyPort >= 1 && configuration.httpProxyPort <= 65'535),
            u"httpProxyPort"_s, ConnectorText::tr("A proxy needs a port from 1 to 65535."));
    if (faults.isEmpty())
        return {};
    QStringList sentences;
    for (const FieldFault &fault : std::as_const(faults))
        sentences.append(fault.message);
    auto error = fail(ErrorKind::InvalidInput, sentences.join(u' '),
                      ConnectorText::tr("Complete the connector's configuration."));
    error.value().fields = faults;
    return error;
}

Result<QList<SortKey>> parseSortKeys(const QString &text)
{
    QList<SortKey> keys;
    if (text.trimmed().isEmpty())
        return keys;
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        QString field = part.trimmed();
        const bool descending = field.startsWith(u'-');
        if (descending || field.startsWith(u'+'))
            field.remove(0, 1);
        if (field.startsWith(u'/'))
            field.remove(0, 1);
        if (field.isEmpty())
            return fail(
                ErrorKind::InvalidInput,
                ConnectorText::tr("“%1” is not a list of sort keys.").arg(text),
                ConnectorText::tr("Write attributes with + or - and commas: +lastname,-city"));
        keys.append({field, !descending});
    }
    return keys;
}

Connector::Connector(PortalReader &portal, Clock &clock, ConnectorOptions options)
    : m_context(std::make_unique<ConnectorContext>(portal, clock, std::move(options)))
{
}

Connector::~Connector() = default;

const ConnectorOptions &Connector::options() const
{
    return m_context->options();
}

Call<TestReport> *Connector::test(QObject *parent)
{
    return new ConnectionTest(*m_context, parent);
}

Call<Schema> *Connector::schema(QObject *parent)
{
    return m_context->schema(parent);
}

Call<ConnectorObject> *Connector::get(const QString &objectClass, const QString &uid,
                                      const QStringList &fields, QObject *parent)
{
    const auto known = objectClassFrom(objectClass);
    if (!known)
        return new ReadyCall<ConnectorObject>(tl::unexpected(known.error()), parent);
    return new ReadObject(*m_context, *known, uid, fields, parent);
}

Call<SearchResult> *Connector::search(const QString &objectClass, const QString &filter,
                                      const SearchOptions &options, QObject *parent)
{
    const auto parsed = parseCrestFilter(filter);
    if (!parsed)
        return new ReadyCall<SearchResult>(tl::unexpected(parsed.error()), parent);
    return search(objectClass, *parsed, options, parent);
}

Call<SearchResult> *Connector::search(const QString &objectClass, const CrestFilter &filter,
                                      const SearchOptions &options, QObject *parent)
{
    const auto known = objectClassFrom(objectClass);
    if (!known)
        return new ReadyCall<SearchResult>(tl::unexpected(known.error()), parent);
    return new SearchObjects(*m_context, *known, filter, options, parent);
}

QObject *Connector::lifetime()
{
    return m_context->lifetime();
}

void Connector::refresh()
{
    m_context->forget();
}

} // namespace hubkeeper
