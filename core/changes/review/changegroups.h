// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"

#include <optional>
#include <vector>

namespace hubkeeper {

/// What a change of a cell does, without its texts.
enum class PatternShape {
    Exact, ///< From one text to another, both named by the pattern.
    Filled, ///< It was empty.
    Emptied,
    CaseOnly, ///< Only the case of letters.
    BlanksOnly, ///< Only white space.
    DigitsKept, ///< The same digits with other signs, as of a phone number.
    Replaced, ///< Any other.
};

/// "exact", "filled", "emptied", "case", "blanks", "format", "replaced".
[[nodiscard]] QString nameOf(PatternShape shape);
/// Never Exact. Pure; any thread.
[[nodiscard]] PatternShape shapeOf(const QString &before, const QString &after);

/// From which text to which: one pair of texts, or all pairs of a shape but those that have a
/// pattern of their own.
struct CellPattern
{
    PatternShape shape = PatternShape::Exact;
    QString before; ///< Exact.
    QString after; ///< Exact.
    std::vector<std::pair<QString, QString>> apart; ///< Others: pairs that do not count.

    [[nodiscard]] bool takes(const QString &from, const QString &to) const;
};

/// What a row does: the verb, and on what.
struct ChangeVerb
{
    RowSubject subject = RowSubject::Record;
    ObjectType type = ObjectType::Contacts;
    ChangeKind kind = ChangeKind::Update;

    bool operator==(const ChangeVerb &) const = default;
};

/// The rows of a group.
struct GroupKey
{
    std::optional<ChangeVerb> verb; ///< Nothing: any.
    QString property; ///< Empty: all rows of the verb.
    std::optional<CellPattern> pattern; ///< Nothing: every change of the property.
    std::optional<QString> from = {}; ///< Only from this old text.
    std::optional<QString> to = {}; ///< Only to this new text.

    /// Whether a cell of the property is meant.
    [[nodiscard]] bool takes(const QString &before, const QString &after) const;
};

/// How many rows a group has.
struct GroupCounts
{
    int rows = 0;
    int waiting = 0; ///< Of these, those that Apply would send.
    int excluded = 0; ///< Those that would wait if they were not left out.
};

struct PatternGroup
{
    CellPattern pattern;
    GroupCounts counts;
};

struct PropertyGroup
{
    QString property;
    GroupCounts counts;
    std::vector<PatternGroup> patterns; ///< Those with the most rows first.
};

/// All rows of a verb, by property and pattern. A row with several cells is in several of them.
struct VerbGroup
{
    ChangeVerb verb;
    GroupCounts counts;
    std::vector<PropertyGroup> properties; ///< Those with the most rows first; none of an archive.
};

} // namespace hubkeeper
