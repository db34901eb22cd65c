// SPDX-License-Identifier: MIT
#include "idm/system/connectorref.h"

#include "idm/idmtext.h"
#include "provisioner/model/versionrange.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto localHost = "#LOCAL"_L1;

QString hostIn(const QJsonObject &connectorRef)
{
    const QString host = connectorRef["connectorHostRef"_L1].toString();
    return host == localHost ? QString() : host;
}

QString hostOf(const LoadedConnector &connector)
{
    return connector.isLocal() ? QString() : connector.host;
}

QString placeText(const QString &host)
{
    return host.isEmpty() ? IdmText::tr("the server itself")
                          : IdmText::tr("the connector server %1").arg(host);
}

QString versionsOf(const QList<LoadedConnector> &connectors)
{
    QStringList versions;
    for (const LoadedConnector &connector : connectors)
        versions.append(connector.bundleVersion);
    versions.removeDuplicates();
    return versions.join(u", "_s);
}

QList<LoadedConnector> withBundle(const QString &name, const QList<LoadedConnector> &loaded)
{
    QList<LoadedConnector> found;
    std::copy_if(loaded.begin(), loaded.end(), std::back_inserter(found),
                 [&](const LoadedConnector &c) { return c.bundleName == name; });
    return found;
}

bool isIn(const VersionRange &range, const LoadedConnector &connector)
{
    const auto version = bundleVersionFrom(connector.bundleVersion);
    return version && range.contains(*version);
}

BundleCheck missing(const QString &bundle)
{
    BundleCheck check;
    check.state = BundleCheck::State::Missing;
    check.detail = IdmText::tr("The server has not loaded the bundle %1. Put its jar into the "
                               "server's connectors folder and restart the server.")
                       .arg(bundle);
    return check;
}

BundleCheck unreadable(const QString &reason)
{
    BundleCheck check;
    check.state = BundleCheck::State::Unreadable;
    check.detail = reason;
    return check;
}

} // namespace

bool LoadedConnector::isLocal() const
{
    return host.isEmpty() || host == localHost;
}

Result<QList<LoadedConnector>> loadedConnectorsFrom(const QJsonValue &body)
{
    if (!body["connectorRef"_L1].isArray())
        return fail(ErrorKind::BadReply,
                    IdmText::tr("The server's list of connectors cannot be read."));
    QList<LoadedConnector> connectors;
    const QJsonArray list = body["connectorRef"_L1].toArray();
    for (const QJsonValue &entry : list)
        connectors.append({entry["connectorName"_L1].toString(), entry["bundleName"_L1].toString(),
                           entry["bundleVersion"_L1].toString(), entry["displayName"_L1].toString(),
                           entry["connectorHostRef"_L1].toString()});
    return connectors;
}

QString nameOf(BundleCheck::State state)
{
    switch (state) {
    case BundleCheck::State::Loaded:
        return u"loaded"_s;
    case BundleCheck::State::OtherVersion:
        return u"otherVersion"_s;
    case BundleCheck::State::Elsewhere:
        return u"elsewhere"_s;
    case BundleCheck::State::OtherConnector:
        return u"otherConnector"_s;
    case BundleCheck::State::Missing:
        return u"missing"_s;
    case BundleCheck::State::Unreadable:
        return u"unreadable"_s;
    }
    Q_UNREACHABLE();
}

BundleCheck checkBundle(const QJsonObject &connectorRef, const QList<LoadedConnector> &loaded)
{
    const QString bundle = connectorRef["bundleName"_L1].toString();
    const QString name = connectorRef["connectorName"_L1].toString();
    const QString host = hostIn(connectorRef);
    const auto range = versionRangeFrom(connectorRef["bundleVersion"_L1].toString());
    if (bundle.isEmpty() || name.isEmpty())
        return unreadable(
            IdmText::tr("connectorRef needs a bundleName, a bundleVersion and a connectorName."));
    if (!range)
        return unreadable(range.error().sentence());
    const QList<LoadedConnector> ofBundle = withBundle(bundle, loaded);
    if (ofBundle.isEmpty())
        return missing(bundle);

    BundleCheck check;
    QList<LoadedConnector> named;
    for (const LoadedConnector &connector : ofBundle) {
        if (connector.connectorName == name)
            named.append(connector);
    }
    if (named.isEmpty()) {
        check.state = BundleCheck::State::OtherConnector;
        check.connector = ofBundle.first();
        check.detail = IdmText::tr("The bundle %1 is loaded, but has no connector %2; it has %3.")
                           .arg(bundle, name, ofBundle.first().connectorName);
        return check;
    }
    const auto isThere = [&](const LoadedConnector &c) { return hostOf(c) == host; };
    if (std::none_of(named.begin(), named.end(), isThere)) {
        check.state = BundleCheck::State::Elsewhere;
        check.connector = named.first();
        check.detail = IdmText::tr("The bundle is not on %1, where connectorHostRef looks for it; "
                                   "it is on %2.")
                           .arg(placeText(host), placeText(hostOf(named.first())));
        return check;
    }
    named.removeIf([&](const LoadedConnector &c) { return !isThere(c); });
    const auto fits = std::find_if(named.begin(), named.end(),
                                   [&](const LoadedConnector &c) { return isIn(*range, c); });
    if (fits == named.end()) {
        check.state = BundleCheck::State::OtherVersion;
        check.connector = named.first();
        check.detail = IdmText::tr("bundleVersion %1 accepts none of what is loaded: %2. The "
                                   "connector would wait for ever.")
                           .arg(connectorRef["bundleVersion"_L1].toString(), versionsOf(named));
        return check;
    }
    check.state = BundleCheck::State::Loaded;
    check.connector = *fits;
    check.detail =
        IdmText::tr("Version %1 is loaded on %2.").arg(fits->bundleVersion, placeText(host));
    return check;
}

} // namespace hubkeeper
