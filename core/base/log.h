// SPDX-License-Identifier: MIT
#pragma once

#include <QLoggingCategory>

namespace hubkeeper {

// One category per layer, listed here and in core/README.md; quiet unless asked for:
// QT_LOGGING_RULES="hubkeeper.net.debug=true"
Q_DECLARE_LOGGING_CATEGORY(lcNet)
Q_DECLARE_LOGGING_CATEGORY(lcPortal)
Q_DECLARE_LOGGING_CATEGORY(lcSecrets)
Q_DECLARE_LOGGING_CATEGORY(lcProvisioner)
Q_DECLARE_LOGGING_CATEGORY(lcConnector)
Q_DECLARE_LOGGING_CATEGORY(lcStore)
Q_DECLARE_LOGGING_CATEGORY(lcChanges)
Q_DECLARE_LOGGING_CATEGORY(lcSession)
Q_DECLARE_LOGGING_CATEGORY(lcPractice)
Q_DECLARE_LOGGING_CATEGORY(lcUi)

/// Puts redacted() between every message (Qt's own included) and standard error. Call once at the
/// start of a program; the handler found before is called with the redacted text.
void installRedactingLog();

} // namespace hubkeeper
