// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

// In a header, since moc cannot read the raw strings of the source.

/// Tokens, scopes and the authorize page (hubspot-api 14), over real sockets.
class TestPracticeTokens : public QObject
{
    Q_OBJECT

private slots:
    void checksTokensAndScopes();
    void expiresTokensByTheClock();
    void tokenEndpointsOfEveryVersion_data();
    void tokenEndpointsOfEveryVersion();
    void introspectsAndRevokes();
    void authorizes();
    void acceptsPkce();
};
