// SPDX-License-Identifier: MIT
#include "practice/idm/state/idmstate.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr int loggedRequests = 10'000;

/// A connector that is on the disk, and no more.
std::unique_ptr<ConnectorBundle> listed(const QString &bundle, const QString &connector,
                                        const QString &displayName)
{
    auto made = std::make_unique<ConnectorBundle>();
    made->bundleName = u"org.openidentityplatform.openicf.connectors."_s + bundle;
    made->bundleVersion = u"1.8.0"_s;
    made->connectorName = u"org.forgerock.openicf."_s + connector;
    made->displayName = displayName;
    return made;
}

} // namespace

IdmState::IdmState(const IdmOptions &theOptions, const Clock &theClock)
    : options(theOptions)
    , clock(theClock)
    , systems(options, clock, secrets)
    , objects(managed, theOptions.profile == IdmProfile::Community)
    , log(loggedRequests)
    , table(std::make_shared<ConnectorTable>())
    , begun(clock.now())
    , m_start(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    // Those of OpenIDM 6.3.0, in its order.
    systems.addBundle(listed(u"groovy-connector"_s,
                             u"connectors.scriptedrest.ScriptedRESTConnector"_s,
                             u"Scripted REST Connector"_s));
    systems.addBundle(listed(u"groovy-connector"_s,
                             u"connectors.scriptedcrest.ScriptedCRESTConnector"_s,
                             u"Scripted CREST Connector"_s));
    systems.addBundle(listed(u"groovy-connector"_s,
                             u"connectors.groovy.ScriptedPoolableConnector"_s,
                             u"Scripted Poolable Groovy Connector"_s));
    systems.addBundle(std::make_unique<TableBundle>(table));
    systems.addBundle(
        listed(u"csvfile-connector"_s, u"csvfile.CSVFileConnector"_s, u"CSV File Connector"_s));
    for (const Fault &fault : options.faults)
        faults.add(fault);
}

QString IdmState::nextTransactionId()
{
    return m_start + u'-' + QString::number(++m_transactions);
}

QJsonArray IdmState::mappings() const
{
    QJsonArray all;
    if (const auto sync = configurations.find(u"sync"_s); sync != configurations.end())
        all = sync->second.value("mappings"_L1).toArray();
    if (!options.analyses()) // Community takes such configurations and ignores them.
        return all;
    for (const auto &[id, config] : configurations) {
        if (id.startsWith("mapping/"_L1))
            all.append(config);
    }
    return all;
}

} // namespace hubkeeper::practice
