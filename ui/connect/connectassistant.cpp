// SPDX-License-Identifier: MIT
#include "connect/connectassistant.h"

#include "connect/browserpage.h"
#include "connect/credentialspage.h"
#include "connect/finishpage.h"
#include "connect/grantpage.h"
#include "connect/needspage.h"
#include "connect/scopespage.h"
#include "connect/storepage.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConnectAssistant::ConnectAssistant(const Connection &connection, const ConnectServices &services,
                                   QWidget *parent)
    : QWizard(parent)
    , m_state {connection,      services, nullptr, {}, {}, ScopeChoice::forConnector(),
               usualSignInPort, nullptr}
{
    setObjectName(u"connectAssistant"_s);
    //: %1 is the label of a connection.
    setWindowTitle(tr("Connect %1 to HubSpot").arg(connection.label));
    setWizardStyle(QWizard::ModernStyle);
    setOptions(QWizard::NoBackButtonOnStartPage | QWizard::NoDefaultButton);
    auto *credentials = new CredentialsPage(m_state, this);
    auto *grant = new GrantPage(m_state, this);
    m_browser = new BrowserPage(m_state, this);
    m_store = new StorePage(m_state, this);
    setPage(Needs, new NeedsPage(m_state, this));
    setPage(Credentials, credentials);
    setPage(Scopes, new ScopesPage(m_state, this));
    setPage(Browser, m_browser);
    setPage(Grant, grant);
    setPage(Store, m_store);
    setPage(Finish, new FinishPage(m_state, this));
    setMinimumSize(fontMetrics().averageCharWidth() * 92, fontMetrics().height() * 30);

    connect(m_browser, &BrowserPage::granted, this, [this] {
        if (currentId() == Browser)
            next();
    });
    connect(m_browser, &BrowserPage::clientRefused, this, [this, credentials](const Error &error) {
        goBackTo(Credentials);
        credentials->refuse(error);
    });
    connect(m_browser, &BrowserPage::portWanted, this, [this] { goBackTo(Needs); });
    connect(grant, &GrantPage::askAgain, this, [this] {
        goBackTo(Scopes);
        next();
    });
}

ConnectAssistant::~ConnectAssistant() = default;

bool ConnectAssistant::hasStored() const
{
    return m_store->hasStored();
}

QUrl ConnectAssistant::link() const
{
    return m_browser->link();
}

void ConnectAssistant::goBackTo(PageId page)
{
    while (currentId() > page)
        back();
}

} // namespace hubkeeper
