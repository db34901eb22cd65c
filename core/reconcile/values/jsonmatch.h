// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"

#include <QJsonValue>

namespace hubkeeper {

/// Whether a value matches a filter, as conditions of mappings are evaluated: texts to the letter,
/// numbers with numbers only, eq and its likes look into lists, pr is true for "" and false for
/// null. What is not there matches nothing but a negation (recon-vectors, fact 5).
[[nodiscard]] bool matchesJson(const CrestFilter &filter, const QJsonValue &value);

} // namespace hubkeeper
