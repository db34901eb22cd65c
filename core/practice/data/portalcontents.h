// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/associations.h"
#include "practice/data/owners.h"
#include "practice/data/recordsource.h"

#include <QJsonArray>

namespace hubkeeper::practice {

/// What a portal starts with in place of made-up records, e.g. those of a snapshot. It is asked in
/// the portal's thread only; two portals must not have the same.
struct PortalContents
{
    /// By type.
    std::array<std::shared_ptr<const RecordSource>, 2> records;
    std::shared_ptr<const LinkSource> links;
    std::array<QJsonArray, 2> definitions; ///< As the API shows them; empty: the default ones.
    std::array<QJsonArray, 2> groups;
    QList<Owner> owners;
    QList<LabelType> labels; ///< Besides those that every portal has.
    QByteArray identity; ///< Portals of different contents are different accounts.
};

} // namespace hubkeeper::practice
