// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/meaningdiff.h"

#include <QJsonObject>

namespace hubkeeper::cli {

/// One difference as `diff` reports it: {pointer, kind, before, after}.
[[nodiscard]] QJsonObject asJson(const MeaningChange &change);

/// The same in a line: "~ /enabled: false -> true". Long values are cut.
[[nodiscard]] QString lineOf(const MeaningChange &change);

} // namespace hubkeeper::cli
