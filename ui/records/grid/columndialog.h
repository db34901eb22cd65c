// SPDX-License-Identifier: MIT
#pragma once

#include "portal/property.h"

#include <QDialog>

class QDialogButtonBox;
class QLineEdit;
class QListWidget;

namespace hubkeeper {

/// Which properties are columns, and in what order: chosen ones at the top, to be dragged or moved
/// with the buttons; the rest below, to be ticked; a filter over names and labels.
class ColumnDialog final : public QDialog
{
    Q_OBJECT

public:
    ColumnDialog(const QList<PropertyDefinition> &definitions, const QStringList &chosen,
                 QWidget *parent);

    [[nodiscard]] QStringList chosen() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void add(const PropertyDefinition &definition, bool isChosen);
    void filter(const QString &text);
    void move(int by);
    /// The nearest row from there that the filter shows, going up or down; -1 if there is none.
    [[nodiscard]] int shownRow(int from, int step) const;
    void updateButtons();

    QLineEdit *m_filter;
    QListWidget *m_list;
    QDialogButtonBox *m_buttons;
};

} // namespace hubkeeper
