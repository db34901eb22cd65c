// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/finding.h"

namespace hubkeeper {

/// A finding for people, as HTML: what is there, what IDM does, what to do, and the rule's two
/// examples. Headings are translated; the sentences are those of the validator.
[[nodiscard]] QString explanationOf(const Finding &finding);
/// The same as plain text, for the clipboard.
[[nodiscard]] QString plainTextOf(const Finding &finding);
/// All rules by stage, as HTML, each with an anchor of its id.
[[nodiscard]] QString ruleListHtml();
/// How many there are.
[[nodiscard]] int ruleCount();

} // namespace hubkeeper
