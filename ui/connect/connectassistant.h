// SPDX-License-Identifier: MIT
#pragma once

#include "connect/signinstate.h"

#include <QWizard>

namespace hubkeeper {

class BrowserPage;
class StorePage;

/// "Connect to HubSpot": from client id and secret to a tested refresh token in the keychain. What
/// goes wrong on the way is reported on the page where it happened, with a way on.
class ConnectAssistant final : public QWizard
{
    Q_OBJECT

public:
    enum PageId { Needs, Credentials, Scopes, Browser, Grant, Store, Finish };

    ConnectAssistant(const Connection &connection, const ConnectServices &services,
                     QWidget *parent);
    ~ConnectAssistant() override;

    /// The keychain has a new token, even if the assistant was left before its end.
    [[nodiscard]] bool hasStored() const;
    /// Where the browser has to go; empty while the assistant does not wait for it.
    [[nodiscard]] QUrl link() const;

private:
    void goBackTo(PageId page);

    SignInState m_state;
    BrowserPage *m_browser = nullptr;
    StorePage *m_store = nullptr;
};

} // namespace hubkeeper
