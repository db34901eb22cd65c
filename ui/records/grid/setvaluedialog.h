// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertyeditors.h"

#include <QDialog>

class QLineEdit;

namespace hubkeeper {

/// Asks for one value for many cells: with the editor of the property where all of them are of one,
/// else with a line of text that each property reads in its own way.
class SetValueDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `names` must outlive it.
    SetValueDialog(const PropertyNames &names, const QStringList &properties, qint64 cells,
                   QWidget *parent);

    [[nodiscard]] QString text() const;

private:
    PropertyEditor *m_editor = nullptr;
    QLineEdit *m_line = nullptr;
};

} // namespace hubkeeper
