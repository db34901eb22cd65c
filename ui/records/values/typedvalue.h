// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"

namespace hubkeeper {

/// What a text that somebody typed or pasted means as a value of a property.
struct TypedValue
{
    QString value; ///< As HubSpot takes it.
    QString refusal; ///< Why it cannot be a value, as a translated sentence; empty if it can.
};

/// Reads `text` as people write it: options and owners by value or by the label that is shown,
/// numbers as the locale writes them. The empty text is not a value.
[[nodiscard]] TypedValue typedValue(const PropertyNames &names,
                                    const PropertyDefinition &definition, const QString &text);
/// One of the property's `choices` by value or by the label that is shown. A text that is none of
/// them is refused, unless the portal may know more than it lists and the text may be the id of
/// one.
[[nodiscard]] TypedValue typedChoice(const PropertyDefinition &definition,
                                     const QList<PropertyChoice> &choices, const QString &text);

} // namespace hubkeeper
