// SPDX-License-Identifier: MIT
#pragma once

#include "repair/recipe/recipe.h"
#include "repair/values/splitname.h"

#include <memory>

namespace hubkeeper {

/// Runs one recipe over values, one after the other. Stays in the thread that made it; scripts make
/// it wait for their process, so that it belongs on a thread that may.
class RecipeRunner
{
public:
    /// Without trying the examples. Fails with InvalidInput for settings that do not fit.
    [[nodiscard]] static Result<std::unique_ptr<RecipeRunner>> make(const Recipe &recipe,
                                                                    const RepairSettings &settings);
    ~RecipeRunner();
    Q_DISABLE_COPY_MOVE(RecipeRunner)

    /// What becomes of a value, or of the values of Recipe::from. `present` are the values that
    /// Recipe::to has now: other ones there make it doubtful, unless the recipe overwrites.
    [[nodiscard]] RepairedRow repaired(const QStringList &given, const QStringList &present = {});

    /// The first value that takes too long is a fault, not the third: for checks.
    void setImpatient();
    /// Why the rest need not be tried: an expression or a script takes too long again and again, or
    /// scripts cannot be run.
    [[nodiscard]] const std::optional<Error> &fault() const;

private:
    class Private;
    explicit RecipeRunner(std::unique_ptr<Private> parts);
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
