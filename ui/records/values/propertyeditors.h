// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"
#include "records/values/typedvalue.h"

#include <QWidget>

namespace hubkeeper {

/// An editor for one property's value: in a cell, in the inspector, in a dialog. Texts in and out
/// are the portal's (option values, ids, ISO dates), whatever the editor shows.
///
/// As long as nothing was entered, text() is to the letter what setText() got, also where the
/// widget inside cannot hold it.
class PropertyEditor : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    void setText(const QString &text);
    /// What was entered as a value, or what it was before if that cannot be one.
    [[nodiscard]] QString text() const;
    /// Why what was entered cannot be a value, as a translated sentence; empty if it can.
    [[nodiscard]] QString refusal() const;
    /// Whether something else was entered than was there.
    [[nodiscard]] bool isTouched() const { return m_isFilled && content() != m_shown; }
    [[nodiscard]] bool isFilled() const { return m_isFilled; }

signals:
    /// The user chose a value; an editor in a cell can close.
    void chosen();

protected:
    /// Shows a value of the portal.
    virtual void fill(const QString &text) = 0;
    /// What the widget holds, in any form that changes when something is entered.
    [[nodiscard]] virtual QString content() const = 0;
    [[nodiscard]] virtual TypedValue entered() const = 0;
    [[nodiscard]] const QString &given() const { return m_given; }

private:
    QString m_given;
    QString m_shown;
    bool m_isFilled = false;
};

/// The right editor for the property's type: options, several options, date, date and time,
/// number, owner, long text, text. `definition` may be null; `names` must outlive the editor.
/// `inCell`: no frame, one line high.
[[nodiscard]] PropertyEditor *makePropertyEditor(const PropertyDefinition *definition,
                                                 const PropertyNames &names, bool inCell,
                                                 QWidget *parent);

} // namespace hubkeeper
