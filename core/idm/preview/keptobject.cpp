// SPDX-License-Identifier: MIT
#include "idm/preview/keptobject.h"

#include "idm/configuration/configobjects.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isSecretName(const QString &name)
{
    return name.compare("password"_L1, Qt::CaseInsensitive) == 0
        || name.compare("userPassword"_L1, Qt::CaseInsensitive) == 0
        || name.compare("__PASSWORD__"_L1, Qt::CaseInsensitive) == 0;
}

} // namespace

QJsonValue withoutSecretValues(const QJsonValue &value)
{
    if (value.isObject())
        return withoutSecretValues(value.toObject());
    if (!value.isArray())
        return value;
    QJsonArray array;
    const QJsonArray items = value.toArray();
    for (const QJsonValue &item : items) {
        if (!isEncrypted(item))
            array.append(withoutSecretValues(item));
    }
    return array;
}

QJsonObject withoutSecretValues(const QJsonObject &object)
{
    QJsonObject clean = object;
    for (auto it = clean.begin(); it != clean.end();) {
        if (isSecretName(it.key()) || isEncrypted(it.value())) {
            it = clean.erase(it);
            continue;
        }
        if (it.value().isObject() || it.value().isArray())
            it.value() = withoutSecretValues(QJsonValue(it.value()));
        ++it;
    }
    return clean;
}

QByteArray packedObject(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject unpackedObject(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object();
}

} // namespace hubkeeper
