// SPDX-License-Identifier: MIT
#pragma once

#include "repair/recipe/recipe.h"

namespace hubkeeper {

/// Reads a recipe. Its form is documented for people in resources/manual/recipes.md:
///
///     hubkeeper-recipe 1
///     # A comment.
///     name: phone
///     title: Phone numbers as E.164
///     properties: phone, mobilephone
///     repair: phone
///     country: DE
///     examples:
///       (030) 23125-123  =>  +493023125123
///       +493023125123    =>  kept
///       ask Tom          =>  doubtful
///
/// Fails with InvalidInput and a sentence that begins with the line, for whatever is not as it has
/// to be: an unknown word (with the nearest), one that is there twice, a value that is none, text
/// that is not UTF-8, a newer version. `where` is what the text is called in it.
[[nodiscard]] Result<Recipe> parseRecipe(const QByteArray &text, const QString &where);

inline constexpr qsizetype largestRecipe = 256 << 10; ///< Bytes.
inline constexpr qsizetype mostExamples = 1'000;

} // namespace hubkeeper
