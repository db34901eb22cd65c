// SPDX-License-Identifier: MIT
#pragma once

#include "testkit/provisionerfile.h"

#include <QJsonArray>
#include <QJsonObject>

namespace hubkeeper::test {

inline const QByteArray broken = R"({"enabled": true,, "a": 1})";
inline const QByteArray secretText = "s3cret-in-the-file";

inline QByteArray withSecret(const QByteArray &secret = secretText)
{
    return faultlessProvisioner().replace("&{hubspot.client.secret}", secret);
}

inline QStringList ruleIds(const QJsonObject &report)
{
    QStringList ids;
    for (const QJsonValue &file : report[QLatin1StringView("files")].toArray()) {
        for (const QJsonValue &finding : file[QLatin1StringView("findings")].toArray())
            ids.append(finding[QLatin1StringView("ruleId")].toString());
    }
    return ids;
}

} // namespace hubkeeper::test
