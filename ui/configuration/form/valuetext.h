// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// A value as one line to be edited: a text without its quotes, unless it would then be read as
/// something else; everything else as JSON. "" where nothing is.
[[nodiscard]] QString lineOfValue(const JsonText &text, int node);
/// What was typed as JSON text: a JSON value as it is, anything else as a text. Fails with
/// InvalidInput for what begins as an object or list and is none.
[[nodiscard]] Result<QByteArray> valueOfLine(const QString &typed);

/// A list of texts as "a, b". Nothing if the value is another.
[[nodiscard]] std::optional<QString> lineOfNames(const JsonText &text, int node);
/// "a, b" as JSON text of a list; "" for no name at all.
[[nodiscard]] QByteArray namesOfLine(const QString &typed);

} // namespace hubkeeper
