// SPDX-License-Identifier: MIT
#pragma once

#include "records/conditions/conditionleaf.h"
#include "records/values/propertynames.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QToolButton;

namespace hubkeeper {

class PropertyEditor;

/// How conditions on a property are made, by its definition; texts where there is none.
[[nodiscard]] ConditionFamily familyOf(const PropertyDefinition *definition,
                                       const PropertyNames &names);

/// One condition of a search: a property, an operator that fits it, and a value, which is picked
/// where there are choices or days.
class ConditionRow final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the row.
    ConditionRow(const PropertyNames &names, QWidget *parent);

    /// The definitions or owners became known or changed. What is entered stays where it can.
    void namesChanged();
    void setLeaf(const ConditionLeaf &leaf);
    /// The field of the property, its text selected.
    void focusProperty();
    /// Why it is not a condition, as a translated sentence; empty if it is one.
    [[nodiscard]] QString fault() const;
    /// Only without a fault.
    [[nodiscard]] ConditionLeaf leaf() const;
    [[nodiscard]] CrestFilter filter() const { return filterOf(leaf()); }

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
    [[nodiscard]] const PropertyDefinition *definition() const;
    [[nodiscard]] ConditionFamily family() const { return familyOf(definition(), m_names); }
    [[nodiscard]] ConditionOp chosenOp() const;
    void fillProperties();
    void showOperators();
    void showValues();
    static void showValue(PropertyEditor *editor, const QString &text);
    [[nodiscard]] PropertyEditor *makeValue(const QString &name);
    void watch(PropertyEditor *editor, const QString &name);
    [[nodiscard]] QString faultOf(const PropertyEditor *value) const;

    const PropertyNames &m_names;
    QComboBox *m_property;
    QComboBox *m_op;
    QHBoxLayout *m_values;
    QToolButton *m_remove;
    PropertyEditor *m_value = nullptr;
    PropertyEditor *m_high = nullptr; // Between only.
    QString m_valueOf; // The property that m_value is about.
    bool m_isFilling = false; // What changes now is nobody's edit.
};

} // namespace hubkeeper
