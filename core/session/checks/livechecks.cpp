// SPDX-License-Identifier: MIT
#include "session/checks/livechecks.h"

#include "portal/access/authorization.h"
#include "provisioner/rules/liverules.h"
#include "session/checks/livereport.h"
#include "session/open/session.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int allSteps = 5;

} // namespace

LiveCheck::LiveCheck(Session &session, JsonText text, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_text(std::move(text))
    , m_report(std::make_unique<LiveReport>(m_text))
{
    cancelWith(&m_session);
    askForAccount();
}

LiveCheck::~LiveCheck() = default;

void LiveCheck::askForAccount()
{
    always(m_session.portal().accountDetails(this),
           [this](const Result<AccountDetails> &account) { onAccount(account); });
}

void LiveCheck::onAccount(const Result<AccountDetails> &account)
{
    // An app without the scope "oauth" may still read records (hubspot-api 3.3).
    const bool isKnown = account || account.error().kind == ErrorKind::Forbidden;
    if (!isKnown) {
        m_report->connectionFailed(account.error());
        noteFailure(account.error());
        return finish();
    }
    stepDone();
    m_report->compareScopes(m_session.tokenState().scopes);
    stepDone();
    readContactDefinitions();
}

void LiveCheck::readContactDefinitions()
{
    always(m_session.definitions(ObjectType::Contacts, true, this),
           [this](const Result<QList<PropertyDefinition>> &definitions) {
               take(ObjectType::Contacts, definitions);
               readCompanyDefinitions();
           });
}

void LiveCheck::readCompanyDefinitions()
{
    always(m_session.definitions(ObjectType::Companies, true, this),
           [this](const Result<QList<PropertyDefinition>> &definitions) {
               take(ObjectType::Companies, definitions);
               m_report->compareSchema(m_definitions);
               m_report->compareLimits(m_session.limits());
               stepDone();
               finish();
           });
}

void LiveCheck::take(ObjectType type, const Result<QList<PropertyDefinition>> &definitions)
{
    if (definitions) {
        m_definitions.insert(type, *definitions);
    } else {
        m_report->definitionsFailed(type, definitions.error());
        noteFailure(definitions.error());
    }
    stepDone();
}

void LiveCheck::noteFailure(const Error &error)
{
    if (!m_failure && error.kind != ErrorKind::Forbidden)
        m_failure = error;
}

void LiveCheck::stepDone()
{
    emit progressed(++m_stepsDone, allSteps);
}

void LiveCheck::finish()
{
    complete(m_report->takeFindings());
}

} // namespace hubkeeper
