// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"

#include <QJsonObject>

namespace hubkeeper {

/// A row as one JSON object, described in core/changes/README.md: what the file of a change set
/// and its exchange format hold.
[[nodiscard]] QJsonObject jsonOf(const RowChange &row);
/// Strict: the other side is an English phrase that names the member, without a full stop.
/// `Sending` stays what it is.
[[nodiscard]] tl::expected<RowChange, QString> rowFromJson(const QJsonValue &json);

} // namespace hubkeeper
