// SPDX-License-Identifier: MIT
#pragma once

#include "portal/association.h"

#include <QDialog>

class QCheckBox;

namespace hubkeeper {

/// The labels of a link, each to be ticked.
class LinkLabelsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `labels` are those that the portal has for such links; kinds of `now` that are not among
    /// them are kept as they are.
    LinkLabelsDialog(const QList<AssociationLabel> &labels, const QList<AssociationKind> &now,
                     QWidget *parent);

    [[nodiscard]] QList<AssociationKind> kinds() const;

private:
    QList<std::pair<QCheckBox *, AssociationKind>> m_boxes;
    QList<AssociationKind> m_others;
};

} // namespace hubkeeper
