// SPDX-License-Identifier: MIT
#include "idm/system/testanswer.h"

#include "base/redact.h"
#include "idm/idmtext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto notAvailable = "connector not available"_L1;
constexpr auto connectionError = "Connection Error"_L1;
constexpr qsizetype longestError = 400; // Characters.

/// The class of an exception at the start of IDM's text, "org....ConfigurationException: text".
QString exceptionIn(const QString &error)
{
    const QString head = error.section(u':', 0, 0);
    return head.contains(u' ') || !head.contains(u'.') ? QString() : head.section(u'.', -1);
}

QString adviceFor(const QString &exception)
{
    if (exception == "ConnectionFailedException"_L1 || exception == "ConnectorIOException"_L1
        || exception == "ConnectionBrokenException"_L1
        || exception == "OperationTimeoutException"_L1)
        return IdmText::tr("The server could not reach HubSpot. Check its way to the network, "
                           "proxy included.");
    if (exception == "ConfigurationException"_L1)
        return IdmText::tr("The connector does not accept its configuration properties.");
    if (exception == "InvalidCredentialException"_L1 || exception == "InvalidPasswordException"_L1)
        return IdmText::tr("HubSpot did not accept the secrets. Connect again and deploy the new "
                           "refresh token.");
    if (exception == "PermissionDeniedException"_L1)
        return IdmText::tr("The app lacks a scope in HubSpot.");
    return {};
}

} // namespace

bool TestAnswer::isWaiting() const
{
    return error == notAvailable;
}

QString TestAnswer::explanation() const
{
    if (isGood())
        return {};
    if (isWaiting() && !isEnabled)
        return IdmText::tr("The connector is disabled: \"enabled\" is false.");
    if (isWaiting())
        return IdmText::tr("The connector is registered, but does not run: its bundle is missing, "
                           "a required property is empty, or a number or flag of the configuration "
                           "is text. The server's log has the reason.");
    if (error == connectionError)
        return IdmText::tr("HubSpot refused the connector's login. The client id, the client "
                           "secret or the refresh token is wrong or was revoked.");
    if (error.contains("OpenICF ConnectorInfo can not be loaded"_L1)
        || error.contains("is not available yet"_L1))
        return IdmText::tr("The server does not have the connector's bundle, or its connector "
                           "server is down.");
    const QString advice = adviceFor(exceptionIn(error));
    const QString said = withoutSecrets(error.left(longestError));
    if (error.isEmpty())
        return IdmText::tr("The server says that the test failed, and not why. Its log may.");
    return advice.isEmpty() ? IdmText::tr("The connector said: %1").arg(said)
                            : IdmText::tr("%1 The connector said: %2").arg(advice, said);
}

TestAnswer testAnswerFrom(const QJsonObject &body)
{
    TestAnswer answer;
    answer.name = body["name"_L1].toString();
    answer.isEnabled = body["enabled"_L1].toBool(true);
    answer.ok = body["ok"_L1].toBool(false);
    answer.error = body["error"_L1].toString();
    answer.reason = body["reason"_L1].toString();
    answer.config = body["config"_L1].toString();
    answer.bundleVersion = body["connectorRef"_L1]["bundleVersion"_L1].toString();
    const QJsonArray types = body["objectTypes"_L1].toArray();
    for (const QJsonValue &type : types)
        answer.objectTypes.append(type.toString());
    return answer;
}

Result<QList<TestAnswer>> testAnswersFrom(const QJsonValue &body)
{
    if (!body.isArray())
        return fail(ErrorKind::BadReply, IdmText::tr("The server's test results cannot be read."));
    QList<TestAnswer> answers;
    const QJsonArray list = body.toArray();
    for (const QJsonValue &entry : list)
        answers.append(testAnswerFrom(entry.toObject()));
    return answers;
}

} // namespace hubkeeper
