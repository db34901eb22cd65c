// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// The script, with each of its statements that is an expression, outside of functions, put into
/// parentheses after `target` and an equals sign: "a; if (b) c" is "t=(a); if (b) t=(c)".
///
/// What a script comes to is, in newer JavaScript, the value of its last statement, and an `if`
/// whose condition is false has none. Rhino, the engine of IDM servers, gives the value of the
/// expression that ran last (as ECMAScript 5 did; the "cptn" tests of test262 that Rhino's list
/// names as failing), which `target` has afterwards.
///
/// Looks at tokens only. What comes out may be no JavaScript although the script is, or null where
/// a bracket seems not to be closed: then run the script itself. Takes time in proportion to the
/// script's length.
[[nodiscard]] QString withStatementValues(const QString &script, const QString &target);

} // namespace hubkeeper
