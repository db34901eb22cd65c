// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/report/report.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace hubkeeper::test {

inline Finding finding(const QString &message = QStringLiteral("What is there."),
                       Severity severity = Severity::Error)
{
    Finding finding;
    finding.ruleId = QStringLiteral("HK010");
    finding.severity = severity;
    finding.message = message;
    finding.effect = QStringLiteral("What IDM makes of it.");
    finding.remedy = QStringLiteral("What to do.");
    finding.pointer = QStringLiteral("/a");
    finding.at = {2, 8};
    finding.position = {1, 3};
    return finding;
}

inline CheckedFile file(const QString &path, const QList<Finding> &findings)
{
    return {path, "{ \"a\u00e4\":\n1 }", findings};
}

inline CheckedFile unreadable()
{
    CheckedFile result = file(QStringLiteral("gone.json"), {});
    result.failure =
        fail(ErrorKind::InvalidInput, QStringLiteral("gone.json cannot be read.")).value();
    return result;
}

inline QJsonObject asJson(const QByteArray &bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

} // namespace hubkeeper::test
