// SPDX-License-Identifier: MIT
#pragma once

#include "portal/search.h"
#include "records/values/propertynames.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QToolButton;

namespace hubkeeper {

class PropertyEditor;

/// One condition of a search: a property, an operator that fits it, and a value, which is picked
/// where there are choices.
class ConditionRow final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the row.
    ConditionRow(const PropertyNames &names, QWidget *parent);

    /// The definitions or owners became known or changed. What is entered stays where it can.
    void namesChanged();
    /// The field of the property, its text selected.
    void focusProperty();
    /// Why it is not a condition, as a translated sentence; empty if it is one.
    [[nodiscard]] QString fault() const;
    /// Only without a fault.
    [[nodiscard]] SearchFilter filter() const;

    [[nodiscard]] QComboBox *property() const { return m_property; }
    [[nodiscard]] QComboBox *op() const { return m_op; }
    /// Null where the operator needs none.
    [[nodiscard]] PropertyEditor *value() const { return m_value; }

signals:
    void searchRequested();
    void removeWanted();
    void edited(); ///< Somebody changed the property, the operator or a value.

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum Family { Choices, Ordered, Texts };

    [[nodiscard]] const PropertyDefinition *definition() const;
    [[nodiscard]] Family family() const;
    [[nodiscard]] SearchOperator chosenOperator() const;
    void fillProperties();
    void showOperators();
    void showValues();
    [[nodiscard]] PropertyEditor *makeValue(const QString &name);
    [[nodiscard]] QString faultOf(const PropertyEditor *value) const;

    const PropertyNames &m_names;
    QComboBox *m_property;
    QComboBox *m_op;
    QHBoxLayout *m_values;
    QToolButton *m_remove;
    PropertyEditor *m_value = nullptr;
    PropertyEditor *m_high = nullptr; // Between only.
    QString m_valueOf; // The property that m_value is about.
};

} // namespace hubkeeper
