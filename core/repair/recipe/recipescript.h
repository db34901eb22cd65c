// SPDX-License-Identifier: MIT
#pragma once

#include "repair/recipe/recipe.h"
#include "repair/values/splitname.h"
#include "script/scriptsession.h"

namespace hubkeeper {

/// What a script made of a value.
struct ScriptRepair
{
    RepairedRow row;
    bool isOverBounds = false; ///< It took too long or too much memory.
    std::optional<Error> fault; ///< Scripts cannot be run, or this one cannot be read.
};

/// Runs the script of a recipe over values, in a process of its own (script/scriptsession.h). The
/// script has `value`, `values`, `language` and `country`. The value of its last statement is the
/// new value, a list of several, null for "keep", or {doubtful: "why"}; what it throws makes the
/// value doubtful.
class RecipeScript
{
public:
    RecipeScript(const Recipe &recipe, const RepairSettings &settings);

    [[nodiscard]] ScriptRepair repaired(const QStringList &given);

private:
    const QString m_name;
    const QString m_text;
    const qsizetype m_outputs;
    QJsonObject m_globals;
    ScriptSession m_session;
};

} // namespace hubkeeper
