// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/rule.h"

class QJsonObject;

namespace hubkeeper {

/// A rule for people, from the one table: what `explain` prints, what is in the manual and in
/// a SARIF report.
[[nodiscard]] QString ruleText(const Rule &rule);
/// The same as a part of a page: a heading of level three, then text and examples.
[[nodiscard]] QString ruleMarkdown(const Rule &rule);
/// The body of ruleMarkdown(), without the heading.
[[nodiscard]] QString ruleHelpMarkdown(const Rule &rule);
/// The whole page resources/manual/rules.md: all rules, stage by stage.
[[nodiscard]] QString rulesPage();
[[nodiscard]] QJsonObject ruleJson(const Rule &rule);

} // namespace hubkeeper
