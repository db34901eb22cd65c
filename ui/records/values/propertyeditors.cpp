// SPDX-License-Identifier: MIT
#include "records/values/propertyeditors.h"

#include "records/values/choiceeditors.h"
#include "records/values/instanteditor.h"
#include "records/values/texteditors.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

void PropertyEditor::setText(const QString &text)
{
    m_given = text;
    fill(text);
    m_shown = content();
    m_isFilled = true;
}

QString PropertyEditor::text() const
{
    if (m_isFilled && !isTouched())
        return m_given;
    const TypedValue typed = entered();
    return typed.refusal.isEmpty() ? typed.value : m_given;
}

QString PropertyEditor::refusal() const
{
    return m_isFilled && !isTouched() ? QString() : entered().refusal;
}

PropertyEditor *makePropertyEditor(const PropertyDefinition *definition, const PropertyNames &names,
                                   bool inCell, QWidget *parent)
{
    if (!definition)
        return new LineEditor(nullptr, names, inCell, parent);
    const QList<PropertyChoice> choices = names.choicesOf(*definition);
    if (!choices.isEmpty() && definition->isMultiValued())
        return new ManyChoicesEditor(*definition, choices, parent);
    if (!choices.isEmpty())
        return new ChoiceEditor(*definition, choices, inCell, parent);
    if (definition->type == "date"_L1)
        return new DateEditor(*definition, names, inCell, parent);
    if (definition->type == "datetime"_L1)
        return new InstantEditor(*definition, inCell, parent);
    if (definition->fieldType == "textarea"_L1 || definition->fieldType == "html"_L1)
        return new LongTextEditor(*definition, names, parent);
    return new LineEditor(definition, names, inCell, parent);
}

} // namespace hubkeeper
