// SPDX-License-Identifier: MIT
#include "provisioner/model/objecttypes.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/datedrules.h"
#include "provisioner/rules/rulecheck.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using Kind = DatedCondition::Kind;

/// The places a condition applies to; the root stands for the whole file.
using Places = QList<int>;

Places objectTypePlaces(RuleCheck &check, const DatedCondition &condition)
{
    Places places;
    for (const DeclaredObjectType &type : check.objectTypes()) {
        if (condition.names.contains(type.nativeType))
            places.append(type.node);
    }
    return places;
}

Places attributePlaces(RuleCheck &check, const DatedCondition &condition)
{
    Places places;
    for (const DeclaredObjectType &type : check.objectTypes()) {
        if (type.nativeType != condition.pointer)
            continue;
        for (const DeclaredAttribute &attribute : type.attributes) {
            if (condition.names.contains(attribute.nativeName, Qt::CaseInsensitive))
                places.append(attribute.node);
        }
    }
    return places;
}

Places versionPlaces(const RuleCheck &check, const DatedCondition &condition)
{
    const int node = check.text.at(u"/connectorRef/bundleVersion"_s);
    const auto range = versionRangeFrom(check.text.stringOf(node));
    if (node == JsonText::none || !range || range->isEmpty())
        return {};
    const bool endsBelow = range->upper < condition.version
        || (range->upper == condition.version && !range->includesUpper);
    return endsBelow ? Places {node} : Places {};
}

/// The file's bytes in small letters, for a look at the whole before each text is decoded. Only
/// escapes could hide a part from it.
struct WholeText
{
    explicit WholeText(const QByteArray &bytes)
        : letters(bytes.toLower())
        , hasEscapes(bytes.contains("\\u") || bytes.contains("\\/"))
    {
    }

    [[nodiscard]] bool mayContain(const QStringList &parts) const
    {
        return hasEscapes || std::any_of(parts.begin(), parts.end(), [this](const QString &part) {
                   return letters.contains(part.toLower().toUtf8());
               });
    }

    QByteArray letters;
    bool hasEscapes;
};

Places textPlaces(const RuleCheck &check, const WholeText &whole, const DatedCondition &condition)
{
    Places places;
    if (!whole.mayContain(condition.names))
        return places;
    for (int node = check.text.root(); node < check.endOfValues(); ++node) {
        if (!check.isKind(node, JsonKind::String))
            continue;
        const QString text = check.text.stringOf(node);
        for (const QString &part : condition.names) {
            if (text.contains(part, Qt::CaseInsensitive)) {
                places.append(node);
                break;
            }
        }
    }
    return places;
}

Places placesOf(RuleCheck &check, const WholeText &text, const DatedCondition &condition)
{
    const Places whole {check.text.root()};
    switch (condition.kind) {
    case Kind::Always:
        return whole;
    case Kind::ApiVersion:
        return condition.names.contains(check.options.apiVersion) ? whole : Places {};
    case Kind::Property: {
        const int node = check.text.at(condition.pointer);
        const bool isSame = node != JsonText::none && check.text.valueOf(node) == condition.value;
        return isSame ? Places {node} : Places {};
    }
    case Kind::ObjectType:
        return objectTypePlaces(check, condition);
    case Kind::Attribute:
        return attributePlaces(check, condition);
    case Kind::VersionBelow:
        return versionPlaces(check, condition);
    case Kind::TextContains:
        return textPlaces(check, text, condition);
    }
    Q_UNREACHABLE();
}

/// `key` is that of the place, and stands for %1 in the message.
QString datedMessage(const DatedRule &rule, const QString &key, QDate today)
{
    const QString said =
        translatedRule(rule.message.toUtf8().constData()).replace("%1"_L1, shownName(key));
    const QString date = rule.date.toString(Qt::ISODate);
    if (rule.meaning == DatedRule::Meaning::Since)
        return ProvisionerText::tr("%1 Known since %2.").arg(said, date);
    const qint64 days = today.daysTo(rule.date);
    if (days > 1)
        return ProvisionerText::tr("%1 It ends on %2: %3 days are left.").arg(said, date).arg(days);
    if (days == 1)
        return ProvisionerText::tr("%1 It ends on %2: one day is left.").arg(said, date);
    if (days == 0)
        return ProvisionerText::tr("%1 It ends today.").arg(said);
    return ProvisionerText::tr("%1 It ended on %2.").arg(said, date);
}

bool isDue(const DatedRule &rule, QDate today)
{
    if (rule.meaning == DatedRule::Meaning::Since)
        return today >= rule.date;
    return rule.leadDays < 0 || today.daysTo(rule.date) <= rule.leadDays;
}

const DatedRules &rulesFor(const ValidationOptions &options)
{
    return options.dated ? *options.dated : *DatedRules::builtIn();
}

void checkDatedRules(RuleCheck &check)
{
    const QDate today = check.options.today;
    if (!today.isValid())
        return;
    const WholeText text(check.text.bytes());
    for (const DatedRule &rule : rulesFor(check.options).rules()) {
        if (!isDue(rule, today))
            continue;
        for (const int node : placesOf(check, text, rule.condition)) {
            if (node == check.text.root())
                check.reportFile(rule.rule, datedMessage(rule, {}, today));
            else
                check.report(rule.rule, node, datedMessage(rule, check.text.keyOf(node), today));
        }
    }
}

} // namespace

const RuleSet &datedRuleSet()
{
    static const std::vector<const Rule *> rules = [] {
        std::vector<const Rule *> list;
        for (const DatedRule &rule : DatedRules::builtIn()->rules())
            list.push_back(&rule.rule);
        return list;
    }();
    static const RuleSet set {rules, checkDatedRules, false, true};
    return set;
}

} // namespace hubkeeper
