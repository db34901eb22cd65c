// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertyeditors.h"

class QComboBox;
class QMenu;
class QToolButton;

namespace hubkeeper {

/// One of several: options, owners, yes and no. A present value that is none of them stays.
class ChoiceEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    ChoiceEditor(const PropertyDefinition &definition, const QList<PropertyChoice> &choices,
                 bool inCell, QWidget *parent);

protected:
    void fill(const QString &text) override;
    [[nodiscard]] QString content() const override;
    [[nodiscard]] TypedValue entered() const override;

private:
    const PropertyDefinition m_definition;
    const QList<PropertyChoice> m_choices;
    QComboBox *m_box;
};

/// Several of several: a button with a list of check marks, which stays open while they are set.
/// Space, Down or F4 opens it; in it Space ticks, Enter takes what is ticked, Esc closes it.
class ManyChoicesEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    ManyChoicesEditor(const PropertyDefinition &definition, const QList<PropertyChoice> &choices,
                      QWidget *parent);

protected:
    void fill(const QString &text) override;
    [[nodiscard]] QString content() const override;
    [[nodiscard]] TypedValue entered() const override;

private:
    void openList();
    void showChoice();
    [[nodiscard]] QStringList values() const;

    QToolButton *m_button;
    QMenu *m_menu;
    QStringList m_before; // As the portal has them.
    QStringList m_unknown; // Values that are no options any more: kept.
};

} // namespace hubkeeper
