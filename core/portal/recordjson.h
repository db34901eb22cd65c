// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"

#include <simdjson.h>

namespace hubkeeper {

// How records are read with simdjson; for the sources of this part only, since simdjson is a
// private matter of it.

/// The object a reply is. BadReply, naming `what`, for anything else. The result lives as long as
/// `parser`.
[[nodiscard]] Result<simdjson::dom::object>
parseObject(simdjson::dom::parser &parser, const QByteArray &json, const QString &what);

/// The member as text: strings, numbers and booleans; a null QString for null, missing, others.
[[nodiscard]] QString memberText(const simdjson::dom::object &json, std::string_view key);

/// The texts of an array member; none if it is missing or something else.
[[nodiscard]] QStringList memberTexts(const simdjson::dom::object &json, std::string_view key);

/// One record; BadReply if it has no id.
[[nodiscard]] Result<Record> recordFrom(const simdjson::dom::object &json);

/// `results` as records.
[[nodiscard]] Result<QList<Record>> recordsFrom(const simdjson::dom::object &reply);

} // namespace hubkeeper
