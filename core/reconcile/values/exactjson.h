// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonValue>

namespace hubkeeper {

// A server keeps 5 and 5.0 apart: an integer attribute refuses 5.0, and a target that has 5.0 is
// written when the source has 5 (recon-vectors 125, 126). QJsonValue cannot hold that difference,
// so a whole number that was written with a fraction is a marked value here: an object with one key
// that nobody else uses. Everything that shows or sends values takes the marks off.

/// Reads JSON, with marks. InvalidInput with the place where it cannot be read.
[[nodiscard]] Result<QJsonValue> parseExactJson(const QByteArray &json);

/// The value with plain numbers in place of marks, at any depth.
[[nodiscard]] QJsonValue withoutMarks(const QJsonValue &value);

/// A whole number that was written with a fraction.
[[nodiscard]] bool isMarkedNumber(const QJsonValue &value);

} // namespace hubkeeper
