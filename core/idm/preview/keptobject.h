// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace hubkeeper {

/// An object without what is secret: passwords by their names, and every `$crypto` block, at any
/// depth.
[[nodiscard]] QJsonObject withoutSecretValues(const QJsonObject &object);
[[nodiscard]] QJsonValue withoutSecretValues(const QJsonValue &value);

/// An object as a row of the database has it: JSON without blanks.
[[nodiscard]] QByteArray packedObject(const QJsonObject &object);
[[nodiscard]] QJsonObject unpackedObject(const QByteArray &body);

} // namespace hubkeeper
