// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "connector/connectorcontext.h"

namespace hubkeeper {

/// Test: the steps configuration, token, account, contact, company, owner, contactProperties,
/// companyProperties, in this order. Reading contacts and companies has to work; a missing scope
/// for owners or definitions is a warning, since the connector works without them
/// (hubspot-api 3.3). After a failure the rest is skipped. The call itself succeeds always.
class ConnectionTest final : public Call<TestReport>
{
public:
    ConnectionTest(ConnectorContext &context, QObject *parent);

private:
    struct Plan
    {
        QString id;
        QString title;
        void (ConnectionTest::*run)();
    };

    void runNext();
    void pass(const QString &detail);
    void warn(const QString &detail);
    void fault(const Error &error);
    /// Fault, or a warning if the portal merely withholds something that is not needed.
    void faultOrWarn(const Error &error);
    void endStep(TestStep::State state, const QString &detail);
    void finish();

    void checkConfiguration();
    void checkToken();
    void checkAccount();
    void checkContacts();
    void checkCompanies();
    void checkOwners();
    void checkContactProperties();
    void checkCompanyProperties();
    void checkRecords(ObjectType type);
    void checkDefinitions(ObjectType type);
    [[nodiscard]] QString missingWriteScope(ObjectType type) const;

    ConnectorContext &m_context;
    QList<Plan> m_plans;
    qsizetype m_current = -1;
    std::chrono::steady_clock::time_point m_stepStart;
    TestReport m_report;
};

} // namespace hubkeeper
