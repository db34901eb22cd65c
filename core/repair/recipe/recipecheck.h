// SPDX-License-Identifier: MIT
#pragma once

#include "repair/recipe/reciperunner.h"

namespace hubkeeper {

/// Whether a recipe may run: it has examples, all come out as they say, its own results come out
/// unchanged when it is run over them again, and, where it does what somebody wrote (set, clear,
/// regex, javascript), it leaves some values alone. Fails with InvalidInput and the first reason.
/// Waits for the process of a script.
[[nodiscard]] Result<void> checkRecipe(const Recipe &recipe);

/// checkRecipe(), and then the runner. Fails with InvalidInput, with Storage where scripts cannot
/// be run.
[[nodiscard]] Result<std::unique_ptr<RecipeRunner>> checkedRunner(const Recipe &recipe,
                                                                  const RepairSettings &settings);

} // namespace hubkeeper
