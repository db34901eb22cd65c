// SPDX-License-Identifier: MIT
#pragma once

#include "session/schema/schemasides.h"

namespace hubkeeper {

// The comparison as a file that diffs well: one attribute a line, in a fixed order. Pure.

/// RFC 4180 with a header line: class, attribute, property, default, file, live, differs.
[[nodiscard]] QByteArray schemaAsCsv(const QList<ClassSides> &sides, bool withFile, bool withLive);
/// A heading and a table per class.
[[nodiscard]] QByteArray schemaAsMarkdown(const QList<ClassSides> &sides, bool withFile,
                                          bool withLive);
/// An array of classes with their attributes.
[[nodiscard]] QByteArray schemaAsJson(const QList<ClassSides> &sides, bool withFile, bool withLive);

} // namespace hubkeeper
