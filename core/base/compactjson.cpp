// SPDX-License-Identifier: MIT
#include "base/compactjson.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace hubkeeper {

QByteArray compactJson(const QJsonValue &value)
{
    // A document holds arrays and objects only.
    const QByteArray array = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

QString readableText(const QJsonValue &value)
{
    if (value.isNull() || value.isUndefined())
        return {};
    return value.isString() ? value.toString() : QString::fromUtf8(compactJson(value));
}

} // namespace hubkeeper
