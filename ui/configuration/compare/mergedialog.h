// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/merge.h"

#include <QDialog>

class QTableWidget;

namespace hubkeeper {

/// The values that both this window and another program changed, to be decided one by one.
/// Secrets are not shown.
class MergeDialog final : public QDialog
{
    Q_OBJECT

public:
    MergeDialog(const QList<MergeConflict> &conflicts, QWidget *parent);

    [[nodiscard]] QHash<QString, MergeSide> choices() const;

private:
    void build();
    void addConflict(const MergeConflict &conflict);
    void chooseAll(MergeSide side);

    const QList<MergeConflict> m_conflicts;
    QTableWidget *m_table;
};

/// A side of a conflict on one line, secrets masked.
[[nodiscard]] QString shownSide(const MergeConflict &conflict, const QByteArray &json);

} // namespace hubkeeper
