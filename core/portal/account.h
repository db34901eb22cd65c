// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QDateTime>

namespace hubkeeper {

/// Account details (hubspot-api 10.2).
struct AccountDetails
{
    qint64 portalId = 0;
    QString accountType; ///< "STANDARD", "DEVELOPER_TEST", "SANDBOX", "APP_DEVELOPER".
    QString portalName; ///< 2026-09 only; may be empty.
    QString timeZone;
    QString currency;
    QString uiDomain;
    QString dataHostingLocation; ///< "na1", "eu1", ...
};

/// An owner (hubspot-api 10.1).
struct Owner
{
    QString id;
    QString email;
    QString firstName;
    QString lastName;
    QString type; ///< "PERSON", "QUEUE".
    QString userId; ///< Empty for archived owners.
    QDateTime createdAt;
    QDateTime updatedAt;
    bool archived = false;

    /// First and last name, else e-mail, else id.
    [[nodiscard]] QString displayName() const;
};

struct OwnerPage
{
    QList<Owner> owners;
    QString after; ///< Empty on the last page.
};

[[nodiscard]] Result<AccountDetails> parseAccountDetails(const QByteArray &json);
[[nodiscard]] Result<OwnerPage> parseOwnerPage(const QByteArray &json);
[[nodiscard]] Result<Owner> parseOwner(const QByteArray &json);

} // namespace hubkeeper
