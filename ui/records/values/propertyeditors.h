// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"

#include <QWidget>

namespace hubkeeper {

/// An editor for one property's value: in a cell, in the inspector, in a dialog. Texts in and out
/// are the portal's (option values, ids, ISO dates), whatever the editor shows.
class PropertyEditor : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual void setText(const QString &text) = 0;
    [[nodiscard]] virtual QString text() const = 0;

signals:
    /// The user chose a value; an editor in a cell can close.
    void chosen();
};

/// The right editor for the property's type: options, several options, date, date and time,
/// number, owner, long text, text. `definition` may be null. `inCell`: no frame, one line high.
[[nodiscard]] PropertyEditor *makePropertyEditor(const PropertyDefinition *definition,
                                                 const PropertyNames &names, bool inCell,
                                                 QWidget *parent);

} // namespace hubkeeper
