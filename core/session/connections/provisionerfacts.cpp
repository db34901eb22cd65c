// SPDX-License-Identifier: MIT
#include "session/connections/provisionerfacts.h"

#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/document.h"
#include "provisioner/model/connectorproperties.h"
#include "session/sessiontext.h"

#include <QFileInfo>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto provisionerFilePrefix = "provisioner.openicf-"_L1;

/// Reads one property after another and keeps the first that cannot be used.
class PropertyReader
{
public:
    PropertyReader(const Document &document, const Substitutions &values)
        : m_text(document.text())
        , m_values(values)
        , m_file(QFileInfo(document.path()).fileName())
    {
    }

    QJsonValue read(const char *name)
    {
        const ConnectorProperty &property = *connectorProperty(QString::fromLatin1(name));
        const int node = nodeOf(property);
        QJsonValue given = m_text.valueOf(node);
        if (isSubstituted(m_text, node)) {
            const auto filled = m_values.filled(substitutedText(node), false);
            if (!filled) {
                refuse(node,
                       SessionText::tr("%1 is a substitution. %2")
                           .arg(QLatin1String(property.name), filled.error().what),
                       filled.error().remedy);
                return QJsonValue::Null;
            }
            given = *filled;
        }
        const QJsonValue value = converted(property.type, given);
        if (value.isUndefined()) {
            refuse(node,
                   SessionText::tr("%1 has a value that IDM cannot convert to its type.")
                       .arg(QLatin1String(property.name)),
                   SessionText::tr("Give a value of the type the connector declares."));
            return QJsonValue::Null;
        }
        return value;
    }

    int integer(const char *name, int otherwise, int least)
    {
        const int value = read(name).toInt(otherwise);
        if (value >= least)
            return value;
        refuse(nodeOf(*connectorProperty(QString::fromLatin1(name))),
               SessionText::tr("%1 must be %2 or more.").arg(QLatin1String(name)).arg(least), {});
        return otherwise;
    }

    /// 0 if there is none.
    quint16 port(const char *name)
    {
        const double value = read(name).toDouble();
        if (value >= 0 && value <= 65'535 && value == std::floor(value))
            return quint16(value);
        refuse(nodeOf(*connectorProperty(QString::fromLatin1(name))),
               SessionText::tr("%1 is %2, which is not a port.")
                   .arg(QLatin1String(name))
                   .arg(value, 0, 'g', 15),
               SessionText::tr("Enter a number from 1 to 65535."));
        return 0;
    }

    /// Empty for a substitution without a value: the keychain may have it.
    Secret secret(const char *name)
    {
        const int node = nodeOf(*connectorProperty(QString::fromLatin1(name)));
        if (!isSubstituted(m_text, node) || m_values.isEmpty())
            return plainSecret(m_text, node);
        const auto filled = m_values.filled(substitutedText(node), true);
        if (!filled && filled.error().kind == ErrorKind::Refused)
            refuse(node, filled.error().what, filled.error().remedy);
        return filled ? Secret(filled->toUtf8()) : Secret();
    }

    /// A text that is there itself; empty for anything else.
    [[nodiscard]] QString literal(const char *name) const
    {
        const int node = nodeOf(*connectorProperty(QString::fromLatin1(name)));
        return isSubstituted(m_text, node) ? QString() : m_text.valueOf(node).toString();
    }

    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

    void refuse(int node, const QString &what, const QString &remedy)
    {
        if (m_error)
            return;
        const qsizetype at = node == JsonText::none ? 0 : m_text.node(node).span.begin;
        const TextPosition place = m_text.positionOf(at);
        m_error = Error {};
        m_error->kind = ErrorKind::InvalidInput;
        m_error->what = u"%1, line %2: %3"_s.arg(m_file).arg(place.line).arg(what);
        m_error->remedy = remedy;
    }

private:
    [[nodiscard]] int nodeOf(const ConnectorProperty &property) const
    {
        return m_text.at(u"/configurationProperties/"_s + QLatin1String(property.name));
    }

    /// The text itself, or that of a coercion object.
    [[nodiscard]] QString substitutedText(int node) const
    {
        const bool isObject = m_text.node(node).kind == JsonKind::Object;
        return m_text.valueOf(isObject ? m_text.node(node).firstChild : node).toString();
    }

    const JsonText &m_text;
    const Substitutions &m_values;
    const QString m_file;
    std::optional<Error> m_error;
};

QString nameOf(const Document &document)
{
    const QString inFile = document.value(u"/name"_s).toString();
    if (!inFile.isEmpty())
        return inFile;
    QString base = QFileInfo(document.path()).completeBaseName();
    if (base.endsWith(".idm"_L1)) // As frodo names files.
        base.chop(4);
    return base.startsWith(provisionerFilePrefix) ? base.mid(provisionerFilePrefix.size()) : base;
}

QStringList objectTypesOf(const JsonText &text)
{
    QStringList names;
    const int types = text.at(u"/objectTypes"_s);
    if (types == JsonText::none)
        return names;
    for (int child = text.node(types).firstChild; child != JsonText::none;
         child = text.node(child).next)
        names.append(text.keyOf(child));
    return names;
}

tl::unexpected<Error> notAProvisioner(const QString &path, const QString &why)
{
    return fail(ErrorKind::InvalidInput,
                SessionText::tr("%1 is not a provisioner file: %2").arg(path, why),
                SessionText::tr("Choose a file provisioner.openicf-<name>.json."));
}

/// Before anything that such a file lacks is asked for.
void checkConnector(const QJsonObject &reference, PropertyReader &reader)
{
    const QString bundle = reference["bundleName"_L1].toString();
    const QString name = reference["connectorName"_L1].toString();
    if (name.isEmpty() || bundle.contains("hubspot"_L1, Qt::CaseInsensitive)
        || name.contains("hubspot"_L1, Qt::CaseInsensitive))
        return;
    reader.refuse(
        JsonText::none, SessionText::tr("it is the file of another connector, %1.").arg(name),
        SessionText::tr(
            "Hubkeeper connects with files of the HubSpot connector only; it can check and "
            "edit this one."));
}

} // namespace

Result<ProvisionerFacts> readProvisionerFacts(const QString &path, ClientIdNeed clientId,
                                              const Substitutions &values)
{
    const auto document = Document::open(path);
    if (!document)
        return tl::unexpected(document.error());
    if (const auto fault = (*document)->firstFault()) {
        if ((*document)->text().faults().front().kind == SyntaxFaultKind::TooLarge)
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("%1 is too large: %2").arg(path, *fault), {});
        return notAProvisioner(path, *fault);
    }
    if (!(*document)->value(u"/configurationProperties"_s).isObject())
        return notAProvisioner(path,
                               SessionText::tr("it has no object \"configurationProperties\"."));

    PropertyReader reader(**document, values);
    ProvisionerFacts facts;
    facts.name = nameOf(**document);
    facts.enabled = (*document)->value(u"/enabled"_s).toBool(true);
    facts.connectorRef = (*document)->value(u"/connectorRef"_s).toObject();
    checkConnector(facts.connectorRef, reader);
    facts.objectTypes = objectTypesOf((*document)->text());
    facts.clientId = clientId == ClientIdNeed::Required ? reader.read("clientId").toString()
                                                        : reader.literal("clientId");
    facts.clientSecret = reader.secret("clientSecret");
    facts.refreshToken = reader.secret("refreshToken");
    facts.readSchema = reader.read("readSchema").toBool();
    facts.permitsPerSecond = reader.integer("permitsPerSecond", 10, 1);
    facts.transport.maximumConnections = reader.integer("maximumConnections", 10, 1);
    facts.transport.acceptSelfSignedCertificates =
        reader.read("acceptSelfSignedCertificates").toBool();
    facts.transport.disableHostNameVerifier = reader.read("disableHostNameVerifier").toBool();
    facts.transport.proxyHost = reader.read("httpProxyHost").toString();
    facts.transport.proxyPort = reader.port("httpProxyPort");
    if (facts.clientId.isEmpty() && clientId == ClientIdNeed::Required)
        reader.refuse(JsonText::none, SessionText::tr("clientId is missing."),
                      SessionText::tr("Enter the client ID of the HubSpot app."));
    if (!facts.transport.proxyHost.isEmpty() && facts.transport.proxyPort == 0)
        reader.refuse(JsonText::none,
                      SessionText::tr("httpProxyHost is set without httpProxyPort."),
                      SessionText::tr("Enter the proxy's port."));
    if (reader.error())
        return tl::unexpected(*reader.error());
    return facts;
}

} // namespace hubkeeper
