// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "portal/association.h"

#include <QStringList>

namespace hubkeeper {

/// The labels of two types of record by what people call them.
class LabelNames
{
public:
    LabelNames() = default;
    explicit LabelNames(QList<AssociationLabel> labels);

    /// "Decision maker", regardless of case, or a type id: "101", "USER_DEFINED/101". Fails with
    /// InvalidInput, naming the labels there are, for one that is unknown or ambiguous.
    [[nodiscard]] Result<AssociationKind> kindOf(const QString &name) const;
    [[nodiscard]] Result<QList<AssociationKind>> kindsOf(const QStringList &names) const;

private:
    QList<AssociationLabel> m_labels;
};

} // namespace hubkeeper
