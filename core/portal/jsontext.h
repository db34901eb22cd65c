// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

namespace hubkeeper {

// Readers shared by the small replies (account, owners, definitions, associations). Pages of
// records are read by recordjson.h.

/// The object a reply is. BadReply, naming `what`, for anything else.
[[nodiscard]] Result<QJsonObject> objectFrom(const QByteArray &json, const QString &what);

/// The member "results" of a reply. BadReply, naming `what`, if there is none.
[[nodiscard]] Result<QJsonArray> resultsFrom(const QJsonObject &reply, const QString &what);

/// Texts as they are, whole numbers without loss up to 2^63, booleans as words; else empty.
[[nodiscard]] QString textOf(const QJsonValue &value);

/// ISO 8601 text or epoch milliseconds (number or digits), in UTC; invalid for anything else.
[[nodiscard]] QDateTime instantOf(const QString &text);
[[nodiscard]] QDateTime instantOf(const QJsonValue &value);

/// `paging.next.after`, empty on the last page.
[[nodiscard]] QString cursorOf(const QJsonObject &reply);

} // namespace hubkeeper
