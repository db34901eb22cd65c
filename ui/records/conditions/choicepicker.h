// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertyeditors.h"

class QLineEdit;
class QListWidget;
class QToolButton;

namespace hubkeeper {

/// Several options or owners, ticked in a list that can be searched. Its text is the values with
/// ";" between.
class ChoicePicker final : public PropertyEditor
{
    Q_OBJECT

public:
    ChoicePicker(const PropertyDefinition &definition, const QList<PropertyChoice> &choices,
                 QWidget *parent);

protected:
    void fill(const QString &text) override;
    [[nodiscard]] QString content() const override;
    [[nodiscard]] TypedValue entered() const override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeList();
    void addItem(const QString &label, const QString &value, bool isOffered);
    void openList();
    void search(const QString &text);
    void showChoice();

    QToolButton *m_button;
    QWidget *m_popup;
    QLineEdit *m_search;
    QListWidget *m_list;
};

} // namespace hubkeeper
