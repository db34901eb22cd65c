// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonObject>

namespace hubkeeper {

/// An error as it is kept with a failed row, and back. Tolerant of foreign members; an unknown
/// kind reads as BadReply.
[[nodiscard]] QJsonObject errorToJson(const Error &error);
[[nodiscard]] Error errorFromJson(const QJsonObject &json);

} // namespace hubkeeper
