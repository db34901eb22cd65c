// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <optional>

namespace hubkeeper {

/// The text so many places after the first one of `source`, as numbers or days that go on counting:
/// by the step between the first two, or by one. `offset` may be negative. Nothing where the texts
/// are neither plain whole numbers nor days (year-month-day).
[[nodiscard]] std::optional<QString> continued(const QStringList &source, qint64 offset);

} // namespace hubkeeper
