// SPDX-License-Identifier: MIT
#include "records/values/typedvalue.h"

#include "records/values/instanteditor.h"
#include "records/values/numbertext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct ValueTexts
{
    Q_DECLARE_TR_FUNCTIONS(TypedValue)
};

TypedValue choicesOf(const PropertyDefinition &definition, const QList<PropertyChoice> &choices,
                     const QString &text)
{
    QStringList values;
    const QStringList parts = text.split(u';', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const TypedValue one = typedChoice(definition, choices, part.trimmed());
        if (!one.refusal.isEmpty())
            return one;
        values.append(one.value);
    }
    return {values.join(u';'), {}};
}

TypedValue numberOf(const QString &text)
{
    const NumberText number = readNumber(text, QLocale());
    switch (number.meaning) {
    case NumberText::Number:
        return {number.plain, {}};
    case NumberText::Ambiguous:
        return {{},
                ValueTexts::tr("“%1” can be two different numbers. Write it without a thousands "
                               "separator, as in 1234.5.")
                    .arg(text.left(80))};
    case NumberText::NotANumber:
        break;
    }
    return {{}, ValueTexts::tr("“%1” is not a number. Write it as in 1234.5.").arg(text.left(80))};
}

} // namespace

TypedValue typedChoice(const PropertyDefinition &definition, const QList<PropertyChoice> &choices,
                       const QString &text)
{
    const auto byValue =
        std::find_if(choices.begin(), choices.end(),
                     [&](const PropertyChoice &choice) { return choice.value == text; });
    if (byValue != choices.end())
        return {text, {}};
    const QString wanted = text.simplified();
    bool isSeveral = false;
    for (const PropertyChoice &choice : choices) {
        if (choice.label.simplified().compare(wanted, Qt::CaseInsensitive) == 0)
            return {choice.value, {}};
        if (choice.plainLabel.simplified().compare(wanted, Qt::CaseInsensitive) == 0)
            isSeveral = true;
    }
    const QString shown = text.left(80);
    if (isSeveral)
        return {{},
                ValueTexts::tr("“%1” can be several choices of %2.").arg(shown, definition.label)};
    // Owners are all known here; another list may be kept elsewhere and sent in part.
    const bool isOwner = definition.referencedObjectType == "OWNER"_L1;
    if (definition.externalOptions && !isOwner && refusalOf(definition, text).isEmpty())
        return {text, {}};
    return {{},
            ValueTexts::tr("“%1” is not one of the choices of %2.").arg(shown, definition.label)};
}

TypedValue typedValue(const PropertyNames &names, const PropertyDefinition &definition,
                      const QString &text)
{
    if (text.isEmpty())
        return {text, {}};
    const QList<PropertyChoice> choices = names.choicesOf(definition);
    if (!choices.isEmpty() && definition.isMultiValued())
        return choicesOf(definition, choices, text);
    if (!choices.isEmpty())
        return typedChoice(definition, choices, text);
    if (definition.type == "number"_L1)
        return numberOf(text);
    if (definition.type == "datetime"_L1)
        return typedInstant(text);
    return {text, refusalOf(definition, text)};
}

} // namespace hubkeeper
