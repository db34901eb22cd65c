// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule noConnections {
    "HK410",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Maximum of connections below 1"),
    QT_TRANSLATE_NOOP(
        "Rule", "The HTTP client gets no connection, so that no call to HubSpot can be made."),
    QT_TRANSLATE_NOOP("Rule", "Write at least 1; the default is 10."),
    "idm-connector 1.2",
    {"/configurationProperties/maximumConnections", "0", "1"},
    true,
};

constexpr Rule manyConnections {
    "HK411",
    Severity::Info,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "More connections than the permits can use"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "With the calls HubSpot allows, more than some ten connections are never busy at once; they"
        " only stay open."),
    QT_TRANSLATE_NOOP("Rule", "Lower maximumConnections; the default is 10."),
    "idm-connector 1.2; hubspot-api 12.1",
    {"/configurationProperties/maximumConnections", "500", "10"},
};

constexpr Rule noPermits {
    "HK412",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Permits per second below 1"),
    QT_TRANSLATE_NOOP("Rule", "The throttle of the connector never lets a call through."),
    QT_TRANSLATE_NOOP("Rule", "Write at least 1; the default is 10."),
    "idm-connector 1.2",
    {"/configurationProperties/permitsPerSecond", "0", "6"},
    true,
};

constexpr Rule manyPermits {
    "HK413",
    Severity::Warning,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "More permits than HubSpot gives"),
    QT_TRANSLATE_NOOP("Rule",
                      "HubSpot allows an OAuth app 110 calls in 10 seconds per account; beyond "
                      "that it answers 429,"
                      " and IDM reports failed operations."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write 11 or less; leave some for other programs that use the same app."),
    "hubspot-api 12.1",
    {"/configurationProperties/permitsPerSecond", "50", "11"},
    true,
};

constexpr Rule hostWithoutPort {
    "HK420",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Proxy host without a port"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connector needs both; with the host alone it cannot reach the proxy."),
    QT_TRANSLATE_NOOP("Rule", "Add httpProxyPort."),
    "idm-connector 1.2",
    {"/configurationProperties/httpProxyHost", R"("proxy.example.com")", "null"},
};

constexpr Rule portWithoutHost {
    "HK421",
    Severity::Warning,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Proxy port without a host"),
    QT_TRANSLATE_NOOP("Rule", "The port has no effect: the connector calls HubSpot directly."),
    QT_TRANSLATE_NOOP("Rule", "Add httpProxyHost, or set the port to null."),
    "idm-connector 1.2",
    {"/configurationProperties/httpProxyPort", "3128", "null"},
    true,
};

constexpr Rule schemeInHost {
    "HK422",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Address instead of a proxy host"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connector uses the whole text as a host name, which cannot be found."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Write the name alone, without http:// and path; the port goes into httpProxyPort."),
    "idm-connector 1.2",
    {"/configurationProperties/httpProxyHost", R"("http://proxy.example.com")", "null"},
    true,
};

constexpr Rule portInHost {
    "HK423",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Port inside the proxy host"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connector uses the whole text as a host name, which cannot be found."),
    QT_TRANSLATE_NOOP("Rule", "Move the port to httpProxyPort."),
    "idm-connector 1.2",
    {"/configurationProperties/httpProxyHost", R"("proxy.example.com:3128")", "null"},
    true,
};

constexpr Rule userInHost {
    "HK424",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "User name or password inside the proxy host"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connector cannot log in to a proxy and uses the whole text as a host "
                      "name. Whoever reads"
                      " the file reads the password."),
    QT_TRANSLATE_NOOP("Rule",
                      "Use a proxy that asks for no password, and change the one that stood here."),
    "idm-connector 1.2",
    {"/configurationProperties/httpProxyHost", R"("ada:secret@proxy.example.com")", "null"},
};

constexpr Rule portRange {
    "HK425",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Proxy port that does not exist"),
    QT_TRANSLATE_NOOP("Rule",
                      "Ports run from 1 to 65535; the connector cannot open the connection."),
    QT_TRANSLATE_NOOP("Rule", "Write the port of the proxy, often 3128 or 8080."),
    "idm-connector 1.2",
    {"/configurationProperties/httpProxyPort", "0", "null"},
};

constexpr Rule selfSigned {
    "HK430",
    Severity::Warning,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Self-signed certificates are accepted"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Anyone between the server and HubSpot can answer with a certificate of their own making."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Set it to false: HubSpot's certificate is never self-signed. For a proxy that opens TLS, "
        "import"
        " its certificate into the trust store."),
    "idm-connector 1.2",
    {"/configurationProperties/acceptSelfSignedCertificates", "true", "false"},
    true,
};

constexpr Rule anyHost {
    "HK431",
    Severity::Warning,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Host names in certificates are not checked"),
    QT_TRANSLATE_NOOP("Rule", "Any valid certificate will do, also one made out to another host."),
    QT_TRANSLATE_NOOP("Rule", "Set it to false."),
    "idm-connector 1.2",
    {"/configurationProperties/disableHostNameVerifier", "true", "false"},
    true,
};

constexpr Rule noProtection {
    "HK432",
    Severity::Warning,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Both TLS checks are switched off"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connection is encrypted and proves nothing: whoever sits on the way can "
                      "read the client"
                      " secret, the refresh token and every record."),
    QT_TRANSLATE_NOOP("Rule", "Switch both on again before real secrets are used."),
    "idm-connector 1.2",
    {"/configurationProperties",
     R"({"clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
        "clientSecret": "&{hubspot.client.secret}", "refreshToken": "&{hubspot.refresh.token}",
        "acceptSelfSignedCertificates": true, "disableHostNameVerifier": true})",
     R"({"clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
        "clientSecret": "&{hubspot.client.secret}", "refreshToken": "&{hubspot.refresh.token}",
        "acceptSelfSignedCertificates": true, "disableHostNameVerifier": false})"},
};

constexpr Rule liveSchemaFixedNames {
    "HK440",
    Severity::Info,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Schema is read from HubSpot, object types are the built-in ones"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "With readSchema on the connector offers the properties HubSpot defines today. The built-in"
        " names of objectTypes that HubSpot no longer has are then unknown to it."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Read the schema again and take over its object types, or set readSchema to false."),
    "idm-connector 1.2, 1.4",
    {"", R"({"configurationProperties": {"readSchema": true}, "objectTypes": {"contact":
        {"nativeType": "contact", "properties": {"profile-token": {"type": "string"}}}}})",
     R"({"configurationProperties": {"readSchema": true}, "objectTypes": {"contact":
        {"nativeType": "contact", "properties": {"email": {"type": "string"}}}}})"},
};

constexpr const Rule *allNetworkRules[] {
    &noConnections,   &manyConnections, &noPermits,    &manyPermits,          &hostWithoutPort,
    &portWithoutHost, &schemeInHost,    &portInHost,   &userInHost,           &portRange,
    &selfSigned,      &anyHost,         &noProtection, &liveSchemaFixedNames,
};

// 110 calls in 10 seconds (hubspot-api 12.1).
constexpr int permitsOfHubSpot = 11;
constexpr int usefulConnections = 50;

int propertyNode(const RuleCheck &check, QLatin1StringView name)
{
    return check.text.at(u"/configurationProperties/"_s + name);
}

/// What IDM makes of a value that is there, if it is a number.
std::optional<int> numberOf(const RuleCheck &check, int node)
{
    const ConnectorProperty *property =
        check.isGiven(node) ? connectorProperty(check.text.keyOf(node)) : nullptr;
    if (!property)
        return {};
    const QJsonValue value = convertedAt(*property, check.text, node);
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

Fix numberFix(RuleCheck &check, int node, int number)
{
    return {ProvisionerText::tr("Change to %1").arg(number),
            {replaceValue(check.text, node, QByteArray::number(number))},
            false};
}

void checkConnections(RuleCheck &check)
{
    const int node = propertyNode(check, "maximumConnections"_L1);
    const auto connections = numberOf(check, node);
    if (!connections)
        return;
    const QString message = ProvisionerText::tr("maximumConnections is %1").arg(*connections);
    if (*connections < 1)
        check.report(noConnections, node,
                     message + ProvisionerText::tr("; it has to be at least 1."),
                     numberFix(check, node, 10));
    else if (*connections > usefulConnections)
        check.report(manyConnections, node,
                     message + ProvisionerText::tr("; some ten can be busy at once."));
}

void checkPermits(RuleCheck &check)
{
    const int node = propertyNode(check, "permitsPerSecond"_L1);
    const auto permits = numberOf(check, node);
    if (!permits)
        return;
    const QString message = ProvisionerText::tr("permitsPerSecond is %1").arg(*permits);
    if (*permits < 1)
        check.report(noPermits, node, message + ProvisionerText::tr("; it has to be at least 1."),
                     numberFix(check, node, 10));
    else if (*permits > permitsOfHubSpot)
        check.report(
            manyPermits, node,
            message + ProvisionerText::tr("; HubSpot allows %1 on average.").arg(permitsOfHubSpot),
            numberFix(check, node, permitsOfHubSpot));
}

/// Present in any form: as a value, or filled in later.
bool isPresent(const RuleCheck &check, int node)
{
    return node != JsonText::none && !check.isKind(node, JsonKind::Null)
        && !(check.isKind(node, JsonKind::String) && check.text.stringOf(node).trimmed().isEmpty());
}

void checkProxyPair(RuleCheck &check, int host, int port)
{
    const bool isPortText = check.isKind(port, JsonKind::String); // An empty one is refused itself.
    if (isPresent(check, host) && !isPresent(check, port) && !isPortText) {
        check.report(hostWithoutPort, host,
                     ProvisionerText::tr("httpProxyHost is set, httpProxyPort is not."));
    } else if (isPresent(check, port) && !isPresent(check, host)) {
        check.report(portWithoutHost, port,
                     ProvisionerText::tr("httpProxyPort is set, httpProxyHost is not."),
                     Fix {ProvisionerText::tr("Change to null"),
                          {replaceValue(check.text, port, "null")},
                          false});
    }
    const auto number = numberOf(check, port);
    if (number && (*number < 1 || *number > 65535))
        check.report(
            portRange, port,
            ProvisionerText::tr("httpProxyPort is %1; ports go from 1 to 65535.").arg(*number));
}

/// The fix writes the host alone, and the port if it has no place yet.
Fix hostFix(RuleCheck &check, int host, int port, const QString &name, const QString &portText)
{
    QList<TextEdit> edits {replaceValue(check.text, host, jsonQuoted(name))};
    if (!portText.isEmpty() && port == JsonText::none) {
        edits.append(appendMember(check.text, check.text.node(host).parent, u"httpProxyPort"_s,
                                  portText.toLatin1()));
    } else if (!portText.isEmpty() && check.isKind(port, JsonKind::Null)) {
        edits.append(replaceValue(check.text, port, portText.toLatin1()));
    }
    return {ProvisionerText::tr("Write the host alone"), edits,
            portText.isEmpty() || !isPresent(check, port)};
}

void checkProxyHost(RuleCheck &check, int host, int port)
{
    if (!check.isGiven(host) || !check.isKind(host, JsonKind::String))
        return;
    const QString text = check.text.stringOf(host).trimmed();
    if (text.contains(u'@')) {
        return check.report(
            userInHost, host,
            ProvisionerText::tr("httpProxyHost holds more than a name before the @ sign."));
    }
    static const QRegularExpression form(
        u"^([A-Za-z][A-Za-z0-9+.-]*://)?([^/:\\[\\]]+)(:([0-9]{1,5}))?(/.*)?\\z"_s);
    const QRegularExpressionMatch parts = form.match(text);
    if (!parts.hasMatch())
        return;
    const QString shown = ProvisionerText::tr("httpProxyHost is %1; it has to be the host alone.")
                              .arg(check.shown(host));
    const bool isAddress = parts.hasCaptured(1) || parts.hasCaptured(5);
    if (isAddress || parts.hasCaptured(4)) {
        check.report(isAddress ? schemeInHost : portInHost, host, shown,
                     hostFix(check, host, port, parts.captured(2), parts.captured(4)));
    }
}

bool isOn(const RuleCheck &check, int node)
{
    const ConnectorProperty *property =
        check.isGiven(node) ? connectorProperty(check.text.keyOf(node)) : nullptr;
    return property && convertedAt(*property, check.text, node) == QJsonValue(true);
}

void checkSwitch(RuleCheck &check, const Rule &rule, int node)
{
    if (isOn(check, node)) {
        check.report(rule, node, ProvisionerText::tr("%1 is true.").arg(check.text.keyOf(node)),
                     Fix {ProvisionerText::tr("Change to false"),
                          {replaceValue(check.text, node, "false")},
                          false});
    }
}

void checkTls(RuleCheck &check)
{
    const int certificates = propertyNode(check, "acceptSelfSignedCertificates"_L1);
    const int hosts = propertyNode(check, "disableHostNameVerifier"_L1);
    checkSwitch(check, selfSigned, certificates);
    checkSwitch(check, anyHost, hosts);
    if (isOn(check, certificates) && isOn(check, hosts)) {
        check.report(noProtection, hosts,
                     ProvisionerText::tr(
                         "acceptSelfSignedCertificates and disableHostNameVerifier are both on."));
    }
}

/// Of the built-in schema, and of no property HubSpot has today (idm-connector 1.4).
bool isBuiltInOnly(const QString &nativeName)
{
    static const QStringList names {
        u"canonical-vid"_s,     u"portal-vid"_s,  u"is-contact"_s,       u"profile-token"_s,
        u"profile-url"_s,       u"addedAt"_s,     u"form-submissions"_s, u"identity-profiles"_s,
        u"merge-audits"_s,      u"merged-vids"_s, u"portalId"_s,         u"isDeleted"_s,
        u"additionalDomains"_s, u"mergeAudits"_s, u"stateChanges"_s};
    return names.contains(nativeName);
}

void checkReadSchema(RuleCheck &check)
{
    const int node = propertyNode(check, "readSchema"_L1);
    if (!isOn(check, node))
        return;
    for (const DeclaredObjectType &type : check.objectTypes()) {
        if (type.nativeType != "contact"_L1 && type.nativeType != "company"_L1)
            continue;
        for (const DeclaredAttribute &attribute : type.attributes) {
            if (isBuiltInOnly(attribute.nativeName)) {
                return check.report(
                    liveSchemaFixedNames, node,
                    ProvisionerText::tr("readSchema is on, and %1 has the built-in attribute %2.")
                        .arg(shownName(type.key), attribute.nativeName));
            }
        }
    }
}

void checkNetworkRules(RuleCheck &check)
{
    const int host = propertyNode(check, "httpProxyHost"_L1);
    const int port = propertyNode(check, "httpProxyPort"_L1);
    checkConnections(check);
    checkPermits(check);
    if (check.isWhole())
        checkProxyPair(check, host, port);
    checkProxyHost(check, host, port);
    checkTls(check);
    checkReadSchema(check);
}

} // namespace

const RuleSet &networkRules()
{
    static constexpr RuleSet set {allNetworkRules, checkNetworkRules, false, true};
    return set;
}

} // namespace hubkeeper
