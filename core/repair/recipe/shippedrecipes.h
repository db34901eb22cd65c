// SPDX-License-Identifier: MIT
#pragma once

#include "repair/recipe/recipe.h"

namespace hubkeeper {

/// The recipes that come with the program (resources/recipes), by name. Not yet checked.
[[nodiscard]] const QList<Recipe> &shippedRecipes();

/// The text of one of them as its file has it, to begin one's own with; empty for none.
[[nodiscard]] QByteArray shippedRecipeText(const QString &name);

/// A shipped recipe by its name, else a recipe in a file. Fails with NotFound, with the nearest
/// name, and as parseRecipe() and readFile() do.
[[nodiscard]] Result<Recipe> recipeNamed(const QString &nameOrFile);

} // namespace hubkeeper
