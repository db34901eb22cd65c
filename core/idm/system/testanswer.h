// SPDX-License-Identifier: MIT
#pragma once

#include "idm/system/connectorref.h"

#include <QStringList>

namespace hubkeeper {

/// What `system?_action=test` or `testConfig` says of one connector.
struct TestAnswer
{
    QString name;
    bool isEnabled = true; ///< `testConfig` does not say.
    bool ok = false; ///< IDM's word, which alone proves nothing.
    QString error; ///< IDM's sentence, or empty.
    QString reason; ///< Beside ok: "TEST UnsupportedOperation".
    QString config; ///< "config/provisioner.openicf/hubspot".
    QString bundleVersion;
    QStringList objectTypes;

    /// The connector works: `ok`, and no error beside it. With wrong credentials a server was seen
    /// to answer ok: true with "Connection Error".
    [[nodiscard]] bool isGood() const { return ok && error.isEmpty(); }
    /// Registered, but its service does not run.
    [[nodiscard]] bool isWaiting() const;
    /// What the error means and what to do about it, in a sentence or two; empty if it is good.
    [[nodiscard]] QString explanation() const;
};

[[nodiscard]] TestAnswer testAnswerFrom(const QJsonObject &body);
/// The answer for all connectors, a list. Fails with BadReply if it is not one.
[[nodiscard]] Result<QList<TestAnswer>> testAnswersFrom(const QJsonValue &body);

} // namespace hubkeeper
