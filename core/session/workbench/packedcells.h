// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <span>
#include <string>
#include <string_view>

namespace hubkeeper {

/// The cells of a row in one blob: the length of each, in steps of seven bits, and its UTF-8.
[[nodiscard]] std::string packedCells(std::span<const std::string_view> cells);
/// Safe on any bytes.
[[nodiscard]] QStringList unpackedCells(QByteArrayView bytes);

} // namespace hubkeeper
