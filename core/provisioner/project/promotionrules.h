// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QMap>

namespace hubkeeper {

/// What differs between the servers that one configuration is brought to: `promote` of the project
/// file.
///
///     {"keep": ["/configurationProperties/clientId"],
///      "values": {"Live": {"/operationTimeout/SEARCH": 60000}}}
///
/// Places are JSON pointers into the object that is promoted: a provisioner, or one mapping. A
/// place that an object does not have is skipped there.
struct PromotionRules
{
    QStringList keep; ///< Places whose values stay what the target has.
    /// By the label of the target: places and their values there. They win over `keep`.
    QMap<QString, QJsonObject> values;

    bool operator==(const PromotionRules &) const = default;
    [[nodiscard]] bool isEmpty() const { return keep.isEmpty() && values.isEmpty(); }
};

/// Fails with InvalidInput, naming the member.
[[nodiscard]] Result<PromotionRules> promotionRulesFrom(const QJsonValue &value);

/// An object as another server is to have it.
struct PromotedObject
{
    QJsonObject value;
    QStringList kept; ///< Places whose values are the target's.
    QStringList given; ///< Places whose values are in the rules.
    /// Places to be kept that the target does not have, since the object is new there.
    QStringList missing;
    QStringList skipped; ///< Places of the rules that neither server has in this object.

    bool operator==(const PromotedObject &) const = default;
};

/// `source` with what is different on the server called `label`. `target` is what that server has;
/// null: it has none. `leftOut` is what the source has and `source` has not: places of it can be
/// given and kept, too. Pure.
[[nodiscard]] PromotedObject promoted(const QJsonObject &source,
                                      const std::optional<QJsonObject> &target,
                                      const PromotionRules &rules, const QString &label,
                                      const QJsonObject &leftOut = {});

} // namespace hubkeeper
