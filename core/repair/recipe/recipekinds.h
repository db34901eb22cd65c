// SPDX-License-Identifier: MIT
#pragma once

#include "repair/recipe/recipe.h"

namespace hubkeeper {

/// The kind of this name; InvalidInput, with the nearest, for another text.
[[nodiscard]] Result<RepairKind> repairKindFrom(const QString &name);

/// The options that kinds of repairs have: "country", "find", ...
[[nodiscard]] const QStringList &allRecipeOptions();

/// Whether a recipe has the options, the script and the properties that its kind needs, and none
/// that it does not know. Fails with InvalidInput.
[[nodiscard]] Result<void> checkOptions(const Recipe &recipe);

/// Whether it is "de", "nl-BE", "zh-Hant": a code of ISO 639 that Qt knows, and what follows one.
[[nodiscard]] bool isLanguageCode(const QString &text);
/// That it is not one, InvalidInput.
[[nodiscard]] Error wrongLanguage(const QString &text);

/// The settings that the options of a recipe or of an example make, over `settings`. Fails with
/// InvalidInput.
[[nodiscard]] Result<RepairSettings> settingsOf(const QMap<QString, QString> &options,
                                                RepairSettings settings);

} // namespace hubkeeper
