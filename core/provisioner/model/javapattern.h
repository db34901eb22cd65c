// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

namespace hubkeeper {

/// Whether Java's `Pattern.compile` refuses an expression that Perl's rules, which
/// QRegularExpression follows, take. Compared are: curly brackets that are not a repetition, which
/// are plain text in Perl; escapes and groups that only Perl has. False does not mean that Java
/// takes it. Source: documentation of java.util.regex.Pattern.
[[nodiscard]] bool isRefusedByJavaAlone(QStringView pattern);

/// Whether an expression has what Java takes and QRegularExpression may not: names of properties
/// such as \p{Alpha}, and text of any length in a look-behind.
[[nodiscard]] bool hasJavaOnlyParts(QStringView pattern);

} // namespace hubkeeper
