// SPDX-License-Identifier: MIT
#include "idm/configuration/deploychecks.h"

#include "idm/idmtext.h"
#include "provisioner/model/connectorproperties.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Looks at one provisioner and lists what speaks against it.
class Checks
{
public:
    Checks(const QJsonObject &provisioner, QString id, IdmProfile profile)
        : m_file(provisioner)
        , m_id(std::move(id))
        , m_profile(profile)
    {
    }

    void id()
    {
        if (const auto usable = checkConfigId(m_id); !usable)
            add({}, usable.error().what, usable.error().remedy);
        else if (!m_id.startsWith(provisionerPrefix))
            add({}, IdmText::tr("%1 is not the configuration of a connector.").arg(m_id),
                IdmText::tr("Its id begins with %1.").arg(provisionerPrefix));
    }

    void name(const QList<ConfigObject> &others)
    {
        const QJsonValue name = m_file["name"_L1];
        if (!name.isString() || name.toString().isEmpty()) {
            if (m_profile == IdmProfile::Community)
                add(u"/name"_s,
                    IdmText::tr("Without a name the server takes it, and its test of all "
                                "connectors fails until it is deleted."),
                    IdmText::tr("Give it a name, usually that of the file."));
            return;
        }
        if (name.toString().contains(u' '))
            add(u"/name"_s, IdmText::tr("A connector whose name has a blank cannot be reached."),
                IdmText::tr("Use letters and digits."));
        for (const ConfigObject &other : others) {
            if (other.id != m_id && systemNameOf(other.value, other.id, m_profile) == name)
                add(u"/name"_s,
                    IdmText::tr("%1 has the name \"%2\" already; this one would take over its "
                                "system.")
                        .arg(other.id, name.toString()),
                    IdmText::tr("Choose another name."));
        }
    }

    void enabled()
    {
        const QJsonValue enabled = m_file["enabled"_L1];
        if (enabled.isUndefined() || enabled.isBool() || m_profile != IdmProfile::Community)
            return;
        add(u"/enabled"_s, IdmText::tr("The server takes it, and the connector is never there."),
            IdmText::tr("Write true or false without quotes."));
    }

    /// Texts where the server wants numbers and flags: the connector then never runs.
    void typesIn(QLatin1StringView member)
    {
        const QJsonObject values = m_file[member].toObject();
        for (auto value = values.begin(); value != values.end(); ++value) {
            if (value->isString())
                add(u'/' + member + u'/' + value.key(),
                    IdmText::tr("As text the server takes it, and the connector is \"not "
                                "available\"."),
                    IdmText::tr("Write it without quotes."));
        }
    }

    void substitutions()
    {
        if (m_profile != IdmProfile::Community)
            return;
        const QJsonObject values = m_file["configurationProperties"_L1].toObject();
        for (const ConnectorProperty &property : connectorProperties()) {
            const QString name = QString::fromLatin1(property.name);
            if (property.isConfidential() && values[name].toString().contains("&{"_L1))
                add(u"/configurationProperties/"_s + name,
                    IdmText::tr("A community server encrypts the text of a substitution in a "
                                "secret and never replaces it."),
                    IdmText::tr("Deploy the secret itself; the server encrypts it."));
        }
    }

    [[nodiscard]] QList<DeployObstacle> found() const { return m_found; }

private:
    void add(const QString &pointer, const QString &what, const QString &remedy)
    {
        m_found.append({pointer, what, remedy});
    }

    const QJsonObject &m_file;
    const QString m_id;
    const IdmProfile m_profile;
    QList<DeployObstacle> m_found;
};

} // namespace

QList<DeployObstacle> deployObstacles(const QJsonObject &provisioner, const QString &id,
                                      IdmProfile profile, const QList<ConfigObject> &others)
{
    Checks checks(provisioner, id, profile);
    checks.id();
    checks.name(others);
    checks.enabled();
    checks.typesIn("operationTimeout"_L1);
    checks.typesIn("resultsHandlerConfig"_L1);
    checks.substitutions();
    return checks.found();
}

QString systemNameOf(const QJsonObject &provisioner, const QString &id, IdmProfile profile)
{
    const QString name = provisioner["name"_L1].toString();
    return name.isEmpty() && profile != IdmProfile::Community ? id.section(u'/', 1) : name;
}

} // namespace hubkeeper
