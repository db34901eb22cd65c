// SPDX-License-Identifier: MIT
#include "store/sets/recordset.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString ShownValues::of(const QString &text) const
{
    const auto one = [this](const QString &value) {
        const auto label = labels.constFind(value);
        return label != labels.cend() ? *label : form ? form(value) : value;
    };
    if (!isList || text.isEmpty())
        return text.isEmpty() ? text : one(text);
    QStringList parts;
    for (const QString &value : text.split(u';', Qt::SkipEmptyParts))
        parts.append(one(value));
    return parts.join("; "_L1);
}

} // namespace hubkeeper
