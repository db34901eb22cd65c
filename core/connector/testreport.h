// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "portal/account.h"

#include <QDateTime>
#include <QJsonObject>

namespace hubkeeper {

/// One step of a connection test.
struct TestStep
{
    enum State { Passed, Failed, Warned, Skipped } state = Skipped;
    QString id; ///< Stable: "configuration", "token", "account", "contact", "company", ...
    QString title; ///< English, short: "Access token".
    QString detail; ///< English sentence: what was found, or what went wrong and what to do.
    std::chrono::milliseconds duration {0};
};

/// What a connection test found. The test never fails as a call: a failure is a report.
struct TestReport
{
    bool ok = false;
    QDateTime at; ///< UTC, when it ended.
    QList<TestStep> steps; ///< In the order in which they ran; later ones Skipped after a failure.
    std::optional<Error> error; ///< Of the first failed step.
    std::optional<AccountDetails> account; ///< As the account step read it.
    QStringList objectTypes; ///< Offered object types, "__ALL__" first.

    /// IDM's answer to `_action=test` (idm-connector 1.6): name, enabled, config, connectorRef,
    /// displayName, objectTypes, ok, and error with the failure's sentence when not ok.
    [[nodiscard]] QJsonObject toIdmJson(const QString &name, bool enabled,
                                        const QJsonObject &connectorRef) const;
};

} // namespace hubkeeper
