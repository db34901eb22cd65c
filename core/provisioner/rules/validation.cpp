// SPDX-License-Identifier: MIT
#include "provisioner/rules/validation.h"

#include "provisioner/confidential/confidentialtexts.h"
#include "provisioner/rules/datedrules.h"
#include "provisioner/rules/rulecheck.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

// In the order of the stages.
const std::vector<const RuleSet *> &ruleSets()
{
    // clang-format off
    static const std::vector<const RuleSet *> sets {
        &byteRules(),
        &fileRules(),
        &shapeRules(),
        &referenceRules(),
        &hostRules(),
        &poolRules(),
        &handlerRules(),
        &timeoutRules(),
        &propertyRules(),
        &networkRules(),
        &credentialRules(),
        &secretRules(),
        &cryptoRules(),
        &encryptionRules(),
        &substitutionRules(),
        &coercionRules(),
        &objectTypeRules(),
        &attributeTypeRules(),
        &attributeRules(),
        &flagRules(),
        &connectorOfferRules(),
        &datedRuleSet(),
        &operationRules(),
        &operationListRules(),
        &systemActionRules(),
        &actionScriptRules(),
        &syncFailureRules(),
        &liveRules(),
        &mappingListRules(),
        &mappingPropertyRules(),
        &mappingCorrelationRules(),
        &mappingPolicyRules(),
        &mappingRunRules(),
    };
    // clang-format on
    return sets;
}

/// Whether it is worth while to look at parts: not in what was given up because of its size.
bool isReadable(const JsonText &text)
{
    return text.root() != JsonText::none && looksLikeProvisioner(text, text.root())
        && std::none_of(text.faults().begin(), text.faults().end(), [](const SyntaxFault &fault) {
               return fault.kind == SyntaxFaultKind::TooLarge
                   || fault.kind == SyntaxFaultKind::TooDeep;
           });
}

/// Whether a finding is about the file's text itself, even where IDM never reads it.
bool isOfWrittenText(const Finding &finding)
{
    const Rule *rule = ruleById(finding.ruleId);
    return rule == nullptr || rule->stage == RuleStage::Bytes
        || finding.ruleId == "HK505"_L1; // A token that anybody can read.
}

/// IDM never sees a member whose key is repeated further on, so nothing in it can be wrong.
void dropOverridden(QList<Finding> &findings, const JsonText &text)
{
    std::vector<Span> unread;
    for (const Finding &finding : std::as_const(findings)) {
        if (finding.ruleId != "HK032"_L1)
            continue;
        const int node = text.covering(finding.at.begin);
        if (node != JsonText::none)
            unread.push_back({text.node(node).key.begin, text.node(node).span.end});
    }
    const auto isUnread = [&unread](const Finding &finding) {
        return std::any_of(unread.begin(), unread.end(), [&finding](const Span &span) {
            return finding.at.begin >= span.begin && finding.at.begin < span.end;
        });
    };
    if (!unread.empty())
        findings.removeIf(
            [&](const Finding &finding) { return isUnread(finding) && !isOfWrittenText(finding); });
}

bool comesBefore(const Finding &a, const Finding &b)
{
    if (a.at.begin != b.at.begin)
        return a.at.begin < b.at.begin;
    return a.ruleId < b.ruleId;
}

} // namespace

QList<Finding> validate(const JsonText &text, const ValidationOptions &options)
{
    RuleCheck check(text, options);
    const bool readable = isReadable(text);
    const bool foreign = readable && isOfAnotherConnector(text);
    for (const RuleSet *set : ruleSets()) {
        if (set->onBrokenText || (readable && !(foreign && set->ofHubspotOnly)))
            set->check(check);
    }
    QList<Finding> findings = check.takeFindings();
    dropOverridden(findings, text);
    std::stable_sort(findings.begin(), findings.end(), comesBefore);
    if (!findings.isEmpty())
        hideSecrets(findings, ConfidentialTexts(text));
    return findings;
}

void hideSecrets(QList<Finding> &findings, const ConfidentialTexts &secrets)
{
    if (secrets.isEmpty())
        return;
    for (Finding &finding : findings) {
        finding.message = secrets.masked(finding.message);
        finding.pointer = secrets.maskedPointer(finding.pointer);
        if (finding.fix)
            finding.fix->title = secrets.masked(finding.fix->title);
    }
}

const std::vector<const Rule *> &allRules()
{
    static const std::vector<const Rule *> rules = rulesWith(*DatedRules::builtIn());
    return rules;
}

std::vector<const Rule *> rulesWith(const DatedRules &dated)
{
    std::vector<const Rule *> rules;
    for (const RuleSet *set : ruleSets()) {
        if (set != &datedRuleSet())
            rules.insert(rules.end(), set->rules.begin(), set->rules.end());
    }
    for (const DatedRule &rule : dated.rules())
        rules.push_back(&rule.rule);
    std::sort(rules.begin(), rules.end(), [](const Rule *a, const Rule *b) {
        const QLatin1StringView left(a->id);
        const QLatin1StringView right(b->id);
        return left.size() == right.size() ? left < right : left.size() < right.size();
    });
    return rules;
}

const Rule *ruleById(const QString &id)
{
    for (const Rule *rule : allRules()) {
        if (id.compare(QLatin1StringView(rule->id), Qt::CaseInsensitive) == 0)
            return rule;
    }
    return nullptr;
}

Severity Rule::severityFor(ServerProfile profile) const
{
    return profile == ServerProfile::Community ? community.severity.value_or(severity) : severity;
}

QString translatedRule(const char *text)
{
    return QCoreApplication::translate("Rule", text);
}

const char *Rule::effectFor(ServerProfile profile) const
{
    return profile == ServerProfile::Community && community.effect ? community.effect : effect;
}

const char *Rule::remedyFor(ServerProfile profile) const
{
    return profile == ServerProfile::Community && community.remedy ? community.remedy : remedy;
}

QString nameOf(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return u"info"_s;
    case Severity::Warning:
        return u"warning"_s;
    case Severity::Error:
        return u"error"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Severity> severityFrom(const QString &name)
{
    for (const Severity severity : {Severity::Info, Severity::Warning, Severity::Error}) {
        if (name == nameOf(severity))
            return severity;
    }
    return {};
}

QString nameOf(RuleStage stage)
{
    static constexpr std::array names {
        "bytes",   "file",        "shape",      "reference", "blocks", "properties",
        "secrets", "objectTypes", "operations", "dated",     "live",   "mappings",
    };
    return QString::fromLatin1(names[size_t(stage)]);
}

} // namespace hubkeeper
