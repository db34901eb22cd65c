// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/crest/crestreply.h"

#include <functional>

namespace hubkeeper::practice {

/// What the script of a "transform" operation makes of a value (its variable `content`).
using PatchScript =
    std::function<CrestOutcome<QJsonValue>(const QJsonValue &script, const QJsonValue &content)>;

/// Carries out checked operations (readCrestRequest()) in their order. `transform` is refused with
/// 500 if there is no script. 400 for what cannot be done.
[[nodiscard]] CrestOutcome<QJsonObject> patched(QJsonObject object, const QJsonArray &operations,
                                                const PatchScript &script = {});

/// Puts a value at a pointer; parents are made where they are missing.
[[nodiscard]] QJsonValue withValueAt(const QJsonValue &value, const QStringList &pointer,
                                     const QJsonValue &put);

} // namespace hubkeeper::practice
