// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>

namespace hubkeeper {

/// Any JSON value as UTF-8 text without blanks; undefined becomes null.
[[nodiscard]] QByteArray compactJson(const QJsonValue &value);

/// For people and table cells: a string without quotes, nothing for null and undefined, and
/// compact JSON for everything else.
[[nodiscard]] QString readableText(const QJsonValue &value);

} // namespace hubkeeper
