// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertyeditors.h"

class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace hubkeeper {

/// One line: text, number, date and time.
class LineEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    LineEditor(const PropertyDefinition *definition, const PropertyNames &names, bool inCell,
               QWidget *parent);

protected:
    void fill(const QString &text) override;
    [[nodiscard]] QString content() const override;
    [[nodiscard]] TypedValue entered() const override;

private:
    const PropertyNames &m_names;
    const std::optional<PropertyDefinition> m_definition;
    QLineEdit *m_line;
};

/// Several lines, growing over the cell. Lines end as they did before.
class LongTextEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    LongTextEditor(const PropertyDefinition &definition, const PropertyNames &names,
                   QWidget *parent);

protected:
    void fill(const QString &text) override;
    [[nodiscard]] QString content() const override;
    [[nodiscard]] TypedValue entered() const override;

private:
    const PropertyNames &m_names;
    const PropertyDefinition m_definition;
    QPlainTextEdit *m_edit;
};

/// A date as ISO text with a calendar beside it; empty is possible.
class DateEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    DateEditor(const PropertyDefinition &definition, const PropertyNames &names, bool inCell,
               QWidget *parent);

protected:
    void fill(const QString &text) override;
    [[nodiscard]] QString content() const override;
    [[nodiscard]] TypedValue entered() const override;

private:
    void addCalendar();

    const PropertyNames &m_names;
    const PropertyDefinition m_definition;
    QLineEdit *m_line;
    QToolButton *m_button;
};

/// Lets one widget fill the editor and take its focus.
void fillEditor(QWidget *editor, QWidget *content);

} // namespace hubkeeper
