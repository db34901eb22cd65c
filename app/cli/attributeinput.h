// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QList>

#include <string>
#include <vector>

class QIODevice;

namespace hubkeeper::cli {

/// One attribute as a verb is asked to write it.
struct GivenAttribute
{
    QString name;
    QJsonValue json; ///< For the connector.
    /// What HubSpot is sent: numbers with the digits they were given with, lists joined by ';',
    /// empty for null and for an empty list. Nothing for objects and for lists of them, which no
    /// property holds.
    std::optional<QString> text;
};

/// The attributes of `settings` ("name=value") and, if `fromInput`, of the JSON object that `input`
/// holds, without IDM's `_id` and `_rev`. Settings win. InvalidInput, with line and column for what
/// is not JSON, for a name that is given twice, for texts that are not Unicode, and if there is
/// nothing.
[[nodiscard]] Result<QList<GivenAttribute>> readAttributes(const std::vector<std::string> &settings,
                                                           bool fromInput, QIODevice &input);

/// The attributes as the connector takes them.
[[nodiscard]] QJsonObject jsonOf(const QList<GivenAttribute> &attributes);

/// The refusal of an attribute whose value no property can hold.
[[nodiscard]] tl::unexpected<Error> noText(const GivenAttribute &attribute);

} // namespace hubkeeper::cli
