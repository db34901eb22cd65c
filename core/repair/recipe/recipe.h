// SPDX-License-Identifier: MIT
#pragma once

#include "repair/values/localdate.h"
#include "repair/values/optionmatch.h"

#include <QMap>
#include <QStringList>

#include <array>

namespace hubkeeper {

/// What a recipe does with a value.
enum class RepairKind {
    Spaces,
    Invisible,
    NameCase,
    CompanyCase,
    Phone,
    Email,
    Domain,
    Options,
    Date,
    SplitName,
    JoinName,
    Set,
    Clear,
    Copy,
    Pattern, ///< A regular expression.
    Script,
};
inline constexpr std::array allRepairKinds {
    RepairKind::Spaces, RepairKind::Invisible, RepairKind::NameCase, RepairKind::CompanyCase,
    RepairKind::Phone,  RepairKind::Email,     RepairKind::Domain,   RepairKind::Options,
    RepairKind::Date,   RepairKind::SplitName, RepairKind::JoinName, RepairKind::Set,
    RepairKind::Clear,  RepairKind::Copy,      RepairKind::Pattern,  RepairKind::Script};

/// "spaces", "invisible", "name-case", ... as recipes have it. Never changes.
[[nodiscard]] QString nameOf(RepairKind kind);

/// Which values a recipe is about.
struct RecipeMatch
{
    enum Kind { Any, Filled, Empty, Text, Expression };

    Kind kind = Filled;
    QString text; ///< Text: the value. Expression: a regular expression that is in the value.

    bool operator==(const RecipeMatch &) const = default;
};

/// A value and what has to become of it.
struct RecipeExample
{
    int line = 0; ///< In the recipe, from 1.
    QStringList given; ///< As many as Recipe::from has, or one.
    RepairedValue::Outcome outcome = RepairedValue::Changed;
    QStringList wanted; ///< Changed: the new values.
    QMap<QString, QString> options; ///< In place of those of the recipe.
};

/// A repair as a text file (recipeparser.h).
struct Recipe
{
    QString name; ///< Small letters, digits and hyphens.
    QString title; ///< One line for people.
    QString about; ///< What it does and leaves; may have several lines.
    QStringList properties; ///< That it is usually for; "*" stands for any.
    /// Properties that are read and written; empty: each property is repaired by itself.
    QStringList from;
    QStringList to;
    RecipeMatch match;
    RepairKind kind = RepairKind::Spaces;
    QMap<QString, QString> options; ///< Of the kind: "country", "find", ...
    QString script; ///< RepairKind::Script.
    int scriptLine = 0; ///< In the recipe, of its first line.
    bool overwrites = false; ///< Writes over other values that properties of `to` have.
    QList<RecipeExample> examples;

    /// Reads some properties and writes others.
    [[nodiscard]] bool isBetween() const { return !to.isEmpty(); }
};

/// What is known where a recipe runs; counts more than what the recipe says.
struct RepairSettings
{
    QString country; ///< ISO 3166, "DE"; may be empty.
    QString language; ///< "de", "en-GB"; may be empty.
    DateHabits::Order dates = DateHabits::Unknown;
    QList<OptionChoice> options; ///< Of the property.
    bool isMultiple = false; ///< Values are several options.
    QDate today; ///< Invalid: the day it is.
};

} // namespace hubkeeper
