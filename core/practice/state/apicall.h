// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/record.h"
#include "practice/state/answers.h"
#include "practice/state/tokenbook.h"

#include <QJsonValue>

namespace hubkeeper::practice {

/// The API versions the portal speaks (hubspot-api 2.1, 2.3). V4 is associations only.
enum class ApiVersion { V1, V3, V4, March2026, September2026 };

/// A request taken apart: version out of the path, query decoded, body parsed.
struct ApiCall
{
    Received wire;
    ApiVersion version = ApiVersion::V3;
    QStringList path; ///< Decoded segments without the version: "crm","objects","contacts","5".
    QStringList args; ///< What the wildcards of the route matched, in order.
    QList<std::pair<QString, QString>> query; ///< Decoded.
    QJsonValue json; ///< The body; Undefined without one.
    Credential who;

    [[nodiscard]] QString param(QLatin1StringView name) const;
    /// All values of a parameter; each may be a comma list (hubspot-api 4.3).
    [[nodiscard]] QStringList listParam(QLatin1StringView name) const;
    [[nodiscard]] bool flag(QLatin1StringView name) const { return param(name) == u"true"; }
    [[nodiscard]] QJsonObject body() const { return json.toObject(); }

    [[nodiscard]] bool isDated() const { return version >= ApiVersion::March2026; }
    [[nodiscard]] bool enforcesRules() const { return version == ApiVersion::September2026; }
};

/// Splits version and path; nothing for a version the portal does not know (then 404 with HTML)
/// or a path without one.
[[nodiscard]] std::optional<ApiCall> takenApart(const Received &request);

/// Decoded fields of a query or of a form body ("+" is a space).
[[nodiscard]] QList<std::pair<QString, QString>> decodedFields(const QByteArray &text);

/// The type of the route's first argument, or 400 "Unable to infer object type".
[[nodiscard]] Outcome<ObjectType> typeArgument(const ApiCall &call, int index = 0);

/// A whole number of a parameter within bounds, `fallback` when missing, else a 400.
[[nodiscard]] Outcome<int> numberParam(const ApiCall &call, QLatin1StringView name, int fallback,
                                       int most);

} // namespace hubkeeper::practice
