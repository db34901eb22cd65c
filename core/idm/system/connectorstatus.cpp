// SPDX-License-Identifier: MIT
#include "idm/system/connectorstatus.h"

#include "idm/configuration/deploychecks.h"
#include "idm/idmtext.h"
#include "idm/system/systemactions.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using State = ConnectorStatus::State;

State stateOf(const ConnectorStatus &status)
{
    if (status.test && status.test->isGood())
        return State::Active;
    const bool hasBundle = !status.bundle || status.bundle->state == BundleCheck::State::Loaded;
    if (!hasBundle)
        return State::NoBundle;
    if (!status.config)
        return State::NotDeployed;
    if (status.config->value["enabled"_L1] == QJsonValue(false))
        return State::Disabled;
    if (!status.test)
        return State::NotRegistered;
    return status.test->isWaiting() ? State::Waiting : State::Failing;
}

QString detailOf(const ConnectorStatus &status)
{
    switch (status.state) {
    case State::NotDeployed:
        return IdmText::tr("The server has no configuration %1.").arg(status.id);
    case State::NoBundle:
        return status.bundle->detail;
    case State::Disabled:
        return IdmText::tr("Its configuration is there and says \"enabled\": false.");
    case State::NotRegistered:
        return status.testFailure
            ? status.testFailure->what
            : IdmText::tr("The server does not know the system %1.").arg(status.name);
    case State::Waiting:
    case State::Failing:
        return status.test->explanation();
    case State::Active:
        return IdmText::tr("The server's own test succeeds.");
    }
    Q_UNREACHABLE();
}

QString nextOf(const ConnectorStatus &status)
{
    switch (status.state) {
    case State::NotDeployed:
        return IdmText::tr("Deploy the provisioner.");
    case State::NoBundle:
        return IdmText::tr("Put the connector's jar into the folder \"connectors\" of the server "
                           "and restart it, or correct connectorRef.");
    case State::Disabled:
        return IdmText::tr("Set \"enabled\" to true and deploy it again.");
    case State::NotRegistered:
        return IdmText::tr("Wait some seconds and look again. If it stays like this, check the "
                           "name, and that \"enabled\" is not text.");
    case State::Waiting:
        return IdmText::tr("Validate the provisioner, correct it and deploy it again; else look "
                           "into the server's log.");
    case State::Failing:
        return IdmText::tr("Test the connection from here: the eight steps show which part fails.");
    case State::Active:
        return {};
    }
    Q_UNREACHABLE();
}

/// Configuration, bundles, test: in that order, since each says what to ask next.
class ReadingStatus final : public Call<ConnectorStatus>
{
public:
    ReadingStatus(IdmClient &client, const QString &id, IdmProfile profile,
                  const QJsonObject &wanted, QObject *parent)
        : Call(parent)
        , m_client(client)
        , m_profile(profile)
        , m_wanted(wanted)
    {
        m_status.id = id;
        always(readConfig(client, id, this), [this](const Result<ConfigObject> &config) {
            if (config)
                m_status.config = *config;
            else if (config.error().kind != ErrorKind::NotFound)
                return complete(tl::unexpected(config.error()));
            askBundles();
        });
    }

private:
    [[nodiscard]] QJsonObject connectorRef() const
    {
        return m_status.config ? m_status.config->value["connectorRef"_L1].toObject()
                               : m_wanted["connectorRef"_L1].toObject();
    }

    void askBundles()
    {
        m_status.name = systemNameOf(m_status.config ? m_status.config->value : m_wanted,
                                     m_status.id, m_profile);
        if (connectorRef().isEmpty())
            return askTest();
        then(availableConnectors(m_client, this), [this](const QList<LoadedConnector> &loaded) {
            m_status.bundle = checkBundle(connectorRef(), loaded);
            askTest();
        });
    }

    void askTest()
    {
        if (!m_status.config || m_status.name.isEmpty())
            return finish();
        always(testOne(m_client, m_status.name, this), [this](const Result<TestAnswer> &answer) {
            if (answer)
                m_status.test = *answer;
            else if (answer.error().httpStatus == 0)
                return complete(tl::unexpected(answer.error()));
            else
                m_status.testFailure = answer.error();
            finish();
        });
    }

    void finish()
    {
        judge(m_status);
        complete(m_status);
    }

    IdmClient &m_client;
    const IdmProfile m_profile;
    const QJsonObject m_wanted;
    ConnectorStatus m_status;
};

} // namespace

QString nameOf(ConnectorStatus::State state)
{
    switch (state) {
    case State::NotDeployed:
        return u"notDeployed"_s;
    case State::NoBundle:
        return u"noBundle"_s;
    case State::Disabled:
        return u"disabled"_s;
    case State::NotRegistered:
        return u"notRegistered"_s;
    case State::Waiting:
        return u"waiting"_s;
    case State::Failing:
        return u"failing"_s;
    case State::Active:
        return u"active"_s;
    }
    Q_UNREACHABLE();
}

void judge(ConnectorStatus &status)
{
    status.state = stateOf(status);
    status.detail = detailOf(status);
    status.next = nextOf(status);
}

Call<ConnectorStatus> *readStatus(IdmClient &client, const QString &id, IdmProfile profile,
                                  const QJsonObject &wanted, QObject *parent)
{
    return new ReadingStatus(client, id, profile, wanted, parent);
}

} // namespace hubkeeper
