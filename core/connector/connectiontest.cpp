// SPDX-License-Identifier: MIT
#include "connector/connectiontest.h"

#include "connector/connectortext.h"
#include "portal/access/tokenprovider.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConnectionTest::ConnectionTest(ConnectorContext &context, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_plans {{u"configuration"_s, u"Configuration"_s, &ConnectionTest::checkConfiguration},
               {u"token"_s, ConnectorText::tr("Access token"), &ConnectionTest::checkToken},
               {u"account"_s, u"Account"_s, &ConnectionTest::checkAccount},
               {u"contact"_s, u"Contacts"_s, &ConnectionTest::checkContacts},
               {u"company"_s, u"Companies"_s, &ConnectionTest::checkCompanies},
               {u"owner"_s, u"Owners"_s, &ConnectionTest::checkOwners},
               {u"contactProperties"_s, ConnectorText::tr("Contact properties"),
                &ConnectionTest::checkContactProperties},
               {u"companyProperties"_s, ConnectorText::tr("Company properties"),
                &ConnectionTest::checkCompanyProperties}}
{
    cancelWith(m_context.lifetime());
    m_report.objectTypes = defaultSchema().objectTypes();
    // From the event loop, so that progress can be connected to first.
    QMetaObject::invokeMethod(this, unlessOver([this] { runNext(); }), Qt::QueuedConnection);
}

void ConnectionTest::runNext()
{
    ++m_current;
    emit progressed(m_current, m_plans.size());
    if (m_current == m_plans.size())
        return finish();
    m_stepStart = m_context.clock().now();
    (this->*m_plans[m_current].run)();
}

void ConnectionTest::endStep(TestStep::State state, const QString &detail)
{
    const Plan &plan = m_plans[m_current];
    const auto duration = std::chrono::duration_cast<std::chrono::milliseconds>(
        m_context.clock().now() - m_stepStart);
    m_report.steps.append({state, plan.id, plan.title, detail, duration});
}

void ConnectionTest::pass(const QString &detail)
{
    endStep(TestStep::Passed, detail);
    runNext();
}

void ConnectionTest::warn(const QString &detail)
{
    endStep(TestStep::Warned, detail);
    runNext();
}

void ConnectionTest::fault(const Error &error)
{
    endStep(TestStep::Failed, error.sentence());
    m_report.error = error;
    while (++m_current < m_plans.size()) {
        const Plan &plan = m_plans[m_current];
        m_report.steps.append({TestStep::Skipped, plan.id, plan.title,
                               ConnectorText::tr("Not tried, since an earlier step failed."),
                               std::chrono::milliseconds(0)});
    }
    emit progressed(m_plans.size(), m_plans.size());
    finish();
}

void ConnectionTest::faultOrWarn(const Error &error)
{
    if (error.kind == ErrorKind::Forbidden)
        warn(error.sentence());
    else
        fault(error);
}

void ConnectionTest::finish()
{
    m_report.ok = !m_report.error.has_value();
    m_report.at = m_context.clock().utc();
    complete(m_report);
}

void ConnectionTest::checkConfiguration()
{
    const auto &configuration = m_context.options().configuration;
    if (!configuration)
        return pass(ConnectorText::tr("Taken as it is."));
    if (const auto valid = validate(*configuration); !valid)
        return fault(valid.error());
    if (configuration->acceptSelfSignedCertificates || configuration->disableHostNameVerifier)
        return warn(
            ConnectorText::tr("Complete, but the server's certificate is not checked fully."));
    pass(ConnectorText::tr("Complete."));
}

void ConnectionTest::checkToken()
{
    TokenProvider *tokens = m_context.options().tokens;
    if (!tokens)
        return pass(ConnectorText::tr("Checked with the account."));
    always(tokens->token(this), [this, tokens](const Result<Secret> &token) {
        if (!token)
            return fault(token.error());
        const TokenState &state = tokens->state();
        QString detail = ConnectorText::tr("Granted.");
        if (state.validUntil.isValid())
            detail = ConnectorText::tr("Granted, valid until %1.")
                         .arg(state.validUntil.toString(Qt::ISODate));
        if (!state.scopes.isEmpty())
            detail += ConnectorText::tr(" Scopes: %1.").arg(state.scopes.join(", "_L1));
        pass(detail);
    });
}

void ConnectionTest::checkAccount()
{
    always(m_context.portal().accountDetails(this), [this](const Result<AccountDetails> &account) {
        if (!account)
            return fault(account.error());
        m_report.account = *account;
        QString detail = ConnectorText::tr("Account %1 (%2), API version %3.")
                             .arg(QString::number(account->portalId), account->accountType,
                                  nameOf(m_context.portal().version()));
        if (!account->portalName.isEmpty())
            detail.prepend(account->portalName + u": "_s);
        pass(detail);
    });
}

void ConnectionTest::checkContacts()
{
    checkRecords(ObjectType::Contacts);
}

void ConnectionTest::checkCompanies()
{
    checkRecords(ObjectType::Companies);
}

void ConnectionTest::checkContactProperties()
{
    checkDefinitions(ObjectType::Contacts);
}

void ConnectionTest::checkCompanyProperties()
{
    checkDefinitions(ObjectType::Companies);
}

void ConnectionTest::checkRecords(ObjectType type)
{
    ListOptions options;
    options.limit = 1;
    always(m_context.portal().list(type, options, this),
           [this, type](const Result<RecordPage> &page) {
               if (!page)
                   return fault(page.error());
               const QString found = page->records.isEmpty()
                   ? ConnectorText::tr("Readable; there are none.")
                   : ConnectorText::tr("Readable.");
               const QString missing = missingWriteScope(type);
               if (missing.isEmpty())
                   return pass(found);
               warn(ConnectorText::tr("%1 Writing will be refused: the scope %2 is missing.")
                        .arg(found, missing));
           });
}

QString ConnectionTest::missingWriteScope(ObjectType type) const
{
    const TokenProvider *tokens = m_context.options().tokens;
    const QString scope = u"crm.objects.%1.write"_s.arg(nameOf(type));
    if (!tokens || tokens->state().scopes.isEmpty() || tokens->state().scopes.contains(scope))
        return {};
    return scope;
}

void ConnectionTest::checkOwners()
{
    always(m_context.portal().owners({}, false, this), [this](const Result<OwnerPage> &page) {
        if (!page)
            return faultOrWarn(page.error());
        pass(ConnectorText::tr("%1 readable.")
                 .arg(page->after.isEmpty()
                          ? QString::number(page->owners.size())
                          : ConnectorText::tr("More than %1").arg(page->owners.size())));
    });
}

void ConnectionTest::checkDefinitions(ObjectType type)
{
    m_context.forget(); // A test asks the portal, not the memory.
    always(m_context.definitions(type, this),
           [this](const Result<QList<PropertyDefinition>> &definitions) {
               if (!definitions)
                   return faultOrWarn(definitions.error());
               pass(ConnectorText::tr("%1 readable.").arg(definitions->size()));
           });
}

} // namespace hubkeeper
