// SPDX-License-Identifier: MIT
#include "idm/status/statussteps.h"

#include "base/shownname.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::ConnectorStatus)
};

using State = ConnectorStatus::State;

TestStep step(const QString &id, const QString &title, TestStep::State state, const QString &detail)
{
    return {state, u"idm-"_s + id, title, detail, {}};
}

TestStep bundleStep(const ConnectorStatus &status)
{
    const QString title = Words::tr("Connector bundle");
    if (!status.bundle)
        return step(u"bundle"_s, title, TestStep::Skipped,
                    Words::tr("Without a connectorRef there is nothing to look for."));
    const bool isLoaded = status.bundle->state == BundleCheck::State::Loaded;
    return step(u"bundle"_s, title, isLoaded ? TestStep::Passed : TestStep::Failed,
                status.bundle->detail);
}

TestStep configurationStep(const ConnectorStatus &status)
{
    const QString title = Words::tr("Configuration");
    return status.config ? step(u"configuration"_s, title, TestStep::Passed, status.id)
                         : step(u"configuration"_s, title, TestStep::Failed,
                                //: %1 is the id of a configuration.
                                Words::tr("The server has no %1.").arg(status.id));
}

TestStep enabledStep(const ConnectorStatus &status)
{
    const QString title = Words::tr("Enabled");
    if (!status.config)
        return step(u"enabled"_s, title, TestStep::Skipped, {});
    const bool isOff = status.config->value["enabled"_L1] == QJsonValue(false);
    return step(u"enabled"_s, title, isOff ? TestStep::Failed : TestStep::Passed,
                isOff ? Words::tr("The configuration says \"enabled\": false.") : QString());
}

TestStep registeredStep(const ConnectorStatus &status)
{
    const QString title = Words::tr("Registered");
    if (!status.config)
        return step(u"registered"_s, title, TestStep::Skipped, {});
    if (status.test)
        return step(u"registered"_s, title, TestStep::Passed,
                    //: %1 is the name of a system.
                    Words::tr("The server knows the system %1.").arg(shownName(status.name)));
    const QString why = status.testFailure ? status.testFailure->what : QString();
    return step(u"registered"_s, title,
                status.state == State::NotRegistered ? TestStep::Failed : TestStep::Skipped, why);
}

TestStep testStep(const ConnectorStatus &status)
{
    const QString title = Words::tr("The server's test");
    if (!status.test)
        return step(u"test"_s, title, TestStep::Skipped, {});
    if (!status.test->isGood())
        return step(u"test"_s, title, TestStep::Failed, status.test->explanation());
    //: %1 lists object types of a connector.
    return step(u"test"_s, title, TestStep::Passed,
                Words::tr("It offers %1.").arg(status.test->objectTypes.join(u", "_s)));
}

} // namespace

QList<TestStep> stepsOf(const ConnectorStatus &status)
{
    return {bundleStep(status), configurationStep(status), enabledStep(status),
            registeredStep(status), testStep(status)};
}

QString headlineOf(const ConnectorStatus &status)
{
    const QString name = shownName(status.name.isEmpty() ? status.id : status.name);
    switch (status.state) {
    case State::NotDeployed:
        return Words::tr("The connector %1 is not deployed.").arg(name);
    case State::NoBundle:
        return Words::tr("The bundle of the connector %1 is not loaded.").arg(name);
    case State::Disabled:
        return Words::tr("The connector %1 is disabled.").arg(name);
    case State::NotRegistered:
        return Words::tr("The connector %1 is deployed, but not registered.").arg(name);
    case State::Waiting:
        return Words::tr("The connector %1 is registered, but does not run.").arg(name);
    case State::Failing:
        return Words::tr("The connector %1 runs, but its test fails.").arg(name);
    case State::Active:
        return Words::tr("The connector %1 is active.").arg(name);
    }
    Q_UNREACHABLE();
}

TestStep::State verdictOf(const ConnectorStatus &status)
{
    return status.state == State::Active ? TestStep::Passed : TestStep::Failed;
}

} // namespace hubkeeper
