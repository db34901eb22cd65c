// SPDX-License-Identifier: MIT
#include "base/log.h"

#include "base/redact.h"

namespace hubkeeper {

Q_LOGGING_CATEGORY(lcNet, "hubkeeper.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcPortal, "hubkeeper.portal", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSecrets, "hubkeeper.secrets", QtInfoMsg)
Q_LOGGING_CATEGORY(lcProvisioner, "hubkeeper.provisioner", QtInfoMsg)
Q_LOGGING_CATEGORY(lcConnector, "hubkeeper.connector", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "hubkeeper.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcChanges, "hubkeeper.changes", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSession, "hubkeeper.session", QtInfoMsg)
Q_LOGGING_CATEGORY(lcPractice, "hubkeeper.practice", QtInfoMsg)
Q_LOGGING_CATEGORY(lcUi, "hubkeeper.ui", QtInfoMsg)

namespace {

QtMessageHandler previousHandler = nullptr;

void redactingHandler(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    previousHandler(type, context, redacted(message));
}

} // namespace

void installRedactingLog()
{
    if (!previousHandler)
        previousHandler = qInstallMessageHandler(redactingHandler);
}

} // namespace hubkeeper
