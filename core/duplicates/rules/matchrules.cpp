// SPDX-License-Identifier: MIT
#include "duplicates/rules/matchrules.h"

#include "base/similarname.h"
#include "duplicates/duplicatestext.h"
#include "duplicates/values/keytext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostRules = 100;

std::optional<Feature> featureOfField(MatchField field)
{
    switch (field) {
    case MatchField::FirstName:
        return Feature::FirstName;
    case MatchField::LastName:
        return Feature::LastName;
    case MatchField::Email:
        return Feature::Email;
    case MatchField::Phone:
        return Feature::Phone;
    case MatchField::Company:
        return Feature::Company;
    case MatchField::Domain:
        return Feature::Domain;
    case MatchField::Street:
        return Feature::Street;
    case MatchField::HouseNumber:
        return Feature::HouseNumber;
    case MatchField::Address2:
        return Feature::Address2;
    case MatchField::City:
        return Feature::City;
    case MatchField::PostalCode:
        return Feature::PostalCode;
    case MatchField::State:
        return Feature::State;
    case MatchField::Country:
        return Feature::Country;
    case MatchField::Date:
        return Feature::Date;
    case MatchField::NationalId:
        return Feature::NationalId;
    case MatchField::JobTitle:
        return Feature::JobTitle;
    case MatchField::Text:
        return Feature::Text1;
    case MatchField::Ignored:
    case MatchField::RecordId:
    case MatchField::FullName:
        break;
    }
    return std::nullopt;
}

struct NearWord
{
    const char *word;
    Level worst;
    bool isDifference;
};
constexpr NearWord nearWords[] = {
    {"same", Level::Same, false},       {"nickname", Level::Equivalent, false},
    {"part", Level::Equivalent, false}, {"tail", Level::Equivalent, false},
    {"typo", Level::Typo, false},       {"similar", Level::Similar, false},
    {"initial", Level::Initial, false}, {"differs", Level::Similar, true},
};

tl::unexpected<Error> badLine(int line, const QString &what, const QString &remedy = {})
{
    return fail(ErrorKind::InvalidInput,
                DuplicatesText::tr("Line %1 of the rules: %2").arg(line).arg(what), remedy);
}

QString listOfNearWords()
{
    QStringList words;
    for (const NearWord &word : nearWords)
        words.append(QLatin1StringView(word.word));
    return words.join(u", "_s);
}

/// Whether records have a field; names may come from one column.
bool haveField(const MatchColumns &columns, MatchField field)
{
    const bool isName = field == MatchField::FirstName || field == MatchField::LastName;
    return columns.columnOf(field) >= 0 || (isName && columns.columnOf(MatchField::FullName) >= 0);
}

Result<RuleCondition> conditionFrom(const QString &text, int line, const MatchColumns &columns)
{
    const QStringList words = text.simplified().split(u' ');
    if (words.size() != 2)
        return badLine(line,
                       DuplicatesText::tr("\"%1\" is not a field and a word.").arg(text.trimmed()),
                       DuplicatesText::tr("Write, for example, \"lastname typo\"."));
    auto field = matchFieldFrom(words[0]);
    if (field == MatchField::FullName && columns.kind == MatchKind::Companies)
        field = MatchField::Company;
    const auto feature = field ? featureOfField(*field) : std::nullopt;
    if (!feature) {
        const auto meant = mostSimilarName(words[0], matchFieldNames());
        return badLine(
            line, DuplicatesText::tr("\"%1\" is not a field.").arg(words[0]),
            meant ? DuplicatesText::tr("Did you mean \"%1\"?").arg(*meant)
                  : DuplicatesText::tr("Fields are: %1.").arg(matchFieldNames().join(u", "_s)));
    }
    if (!haveField(columns, *field))
        return badLine(line, DuplicatesText::tr("No column is \"%1\".").arg(words[0]),
                       DuplicatesText::tr("Say in the mapping which column it is."));
    for (const NearWord &near : nearWords) {
        if (words[1] == QLatin1StringView(near.word))
            return RuleCondition {*feature, near.worst, near.isDifference};
    }
    return badLine(line, DuplicatesText::tr("\"%1\" is not a known word.").arg(words[1]),
                   DuplicatesText::tr("Known are: %1.").arg(listOfNearWords()));
}

/// The slots of a feature whose values are keys as they are.
std::optional<Slot> slotOf(Feature feature)
{
    switch (feature) {
    case Feature::Email:
        return Slot::Email1;
    case Feature::Company:
        return Slot::Company;
    case Feature::Domain:
        return Slot::Domain;
    case Feature::Street:
        return Slot::Street;
    case Feature::HouseNumber:
        return Slot::House;
    case Feature::Address2:
        return Slot::Address2;
    case Feature::City:
        return Slot::City;
    case Feature::PostalCode:
        return Slot::Postal;
    case Feature::State:
        return Slot::State;
    case Feature::Country:
        return Slot::Country;
    case Feature::Date:
        return Slot::Date;
    case Feature::NationalId:
        return Slot::National;
    case Feature::JobTitle:
        return Slot::Job;
    case Feature::Text1:
        return Slot::Text1;
    default:
        return std::nullopt;
    }
}

/// What of a record a condition makes a key of; 0 where it has no value, nothing where the
/// condition brings nobody together.
std::optional<unsigned long long> keyPart(const RuleCondition &condition,
                                          const ComparableRecords &records, size_t record)
{
    if (condition.isDifference || condition.worst > Level::Equivalent)
        return std::nullopt;
    if (condition.feature == Feature::Phone)
        return records.tailOf(records.value(record, Slot::Phone1));
    const bool isFirst = condition.feature == Feature::FirstName;
    if (isFirst || condition.feature == Feature::LastName) {
        const auto name = records.value(record, isFirst ? Slot::First : Slot::Last);
        return name == 0                     ? 0
            : condition.worst == Level::Same ? mixed(name, 23)
                                             : records.nameFacts(name).root;
    }
    const auto slot = slotOf(condition.feature);
    if (!slot || condition.worst != Level::Same)
        return std::nullopt;
    return records.value(record, *slot);
}

bool bringsTogether(const RuleCondition &condition)
{
    const bool isOfEnds = condition.feature == Feature::Phone
        || condition.feature == Feature::FirstName || condition.feature == Feature::LastName;
    return !condition.isDifference
        && condition.worst <= (isOfEnds ? Level::Equivalent : Level::Same);
}

Result<MatchRule> ruleFrom(const QString &text, int line, const MatchColumns &columns)
{
    MatchRule rule {text, line, text.startsWith(u"match "), {}};
    if (!rule.isMatch && !text.startsWith(u"never "))
        return badLine(line, DuplicatesText::tr("It begins with neither \"match\" nor \"never\"."),
                       DuplicatesText::tr("\"only rules\" leaves the score out."));
    for (const QString &part : text.mid(text.indexOf(u' ') + 1).split(u',')) {
        const auto condition = conditionFrom(part, line, columns);
        if (!condition)
            return tl::unexpected(condition.error());
        rule.conditions.push_back(*condition);
    }
    if (rule.isMatch
        && std::none_of(rule.conditions.begin(), rule.conditions.end(), &bringsTogether))
        return badLine(
            line, DuplicatesText::tr("It would have to compare every record with every other."),
            DuplicatesText::tr("Add a condition with \"same\", such as \"postalcode same\"."));
    return rule;
}

} // namespace

Result<MatchRules> MatchRules::parse(const QString &text, const MatchColumns &columns)
{
    MatchRules rules;
    int number = 0;
    for (const QString &line : text.split(u'\n')) {
        ++number;
        const QString wanted = line.section(u'#', 0, 0).simplified().toLower();
        if (wanted.isEmpty())
            continue;
        if (wanted == u"only rules") {
            rules.m_isOnly = true;
            continue;
        }
        const auto rule = ruleFrom(wanted, number, columns);
        if (!rule)
            return tl::unexpected(rule.error());
        rules.m_rules.push_back(*rule);
        if (int(rules.m_rules.size()) > mostRules)
            return badLine(
                number, DuplicatesText::tr("There are too many; %1 is the limit.").arg(mostRules));
    }
    return rules;
}

bool MatchRules::holds(const MatchRule &rule, const FeatureLevels &levels)
{
    return std::all_of(
        rule.conditions.begin(), rule.conditions.end(), [&levels](const RuleCondition &condition) {
            const Level level = levels[size_t(condition.feature)];
            return level != Level::Missing && (level > condition.worst) == condition.isDifference;
        });
}

std::optional<bool> MatchRules::verdict(const FeatureLevels &levels) const
{
    std::optional<bool> found;
    for (const MatchRule &rule : m_rules) {
        if ((found && rule.isMatch) || !holds(rule, levels))
            continue;
        if (!rule.isMatch)
            return false;
        found = true;
    }
    return found;
}

std::vector<Blocks::KeysOf> MatchRules::passes() const
{
    std::vector<Blocks::KeysOf> passes;
    for (const MatchRule &rule : m_rules) {
        if (!rule.isMatch)
            continue;
        passes.emplace_back([rule](const ComparableRecords &records, size_t record) {
            unsigned long long key = 29;
            for (const RuleCondition &condition : rule.conditions) {
                const auto part = keyPart(condition, records, record);
                if (part == 0ULL)
                    return std::array<Blocks::Key, 2> {0, 0};
                if (part)
                    key = mixed(key, *part);
            }
            return std::array<Blocks::Key, 2> {Blocks::Key(key >> 32U) | 1U, 0};
        });
    }
    return passes;
}

} // namespace hubkeeper
