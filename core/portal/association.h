// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

namespace hubkeeper {

/// One kind of link (hubspot-api 9.1): category and number, e.g. {"HUBSPOT_DEFINED", 279}.
struct AssociationKind
{
    QString category;
    int typeId = 0;
    QString label; ///< Empty for the unlabelled one.

    bool operator==(const AssociationKind &) const = default;
};

/// A linked record with all kinds of link between the two.
struct Association
{
    QString toId; ///< Number or text on the wire (hubspot-api 9.2), text here.
    QList<AssociationKind> kinds;
};

struct AssociationLabel
{
    QString category;
    int typeId = 0;
    QString label;
};

inline constexpr int contactToPrimaryCompany = 1;
inline constexpr int contactToCompany = 279;
inline constexpr int companyToContact = 280;
inline constexpr int contactToContact = 449;
inline constexpr int companyToCompany = 450;

/// One page; `after` is empty on the last one.
struct AssociationPage
{
    QList<Association> associations;
    QString after;
};

[[nodiscard]] Result<AssociationPage> parseAssociations(const QByteArray &json);
[[nodiscard]] Result<QList<AssociationLabel>> parseAssociationLabels(const QByteArray &json);

} // namespace hubkeeper
