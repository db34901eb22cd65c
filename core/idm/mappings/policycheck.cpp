// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "idm/idmtext.h"
#include "idm/mappings/checkedmapping.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using S = SyncSituation;
using A = SyncAction;

constexpr std::array allSituations {
    S::Confirmed,     S::Missing,     S::Absent,        S::Found,         S::FoundAlreadyLinked,
    S::Ambiguous,     S::Unqualified, S::SourceIgnored, S::TargetIgnored, S::Unassigned,
    S::SourceMissing, S::LinkOnly,    S::AllGone};
constexpr std::array allActions {A::Create,    A::Update, A::Delete, A::Link,     A::Unlink,
                                 A::Exception, A::Ignore, A::Report, A::NoReport, A::Async};

/// What an action does in a situation as OpenIDM 6.3.0 was seen to do it (recon-vectors, facts,
/// section 2), where that is worth a finding.
const Rule *ruleFor(S situation, A action)
{
    const bool links = action == A::Update || action == A::Link;
    const auto is = [situation](std::initializer_list<S> any) {
        return std::find(any.begin(), any.end(), situation) != any.end();
    };
    if (links && is({S::Unassigned, S::TargetIgnored}))
        return &mapping::nullSourceLink;
    if ((links
         && is(
             {S::Absent, S::Ambiguous, S::SourceIgnored, S::FoundAlreadyLinked, S::SourceMissing}))
        || (action == A::Create
            && is({S::Confirmed, S::Found, S::FoundAlreadyLinked, S::Unassigned, S::TargetIgnored,
                   S::SourceMissing})))
        return &mapping::actionFails;
    if ((action == A::Create && is({S::SourceIgnored, S::Unqualified, S::Ambiguous}))
        || (links && situation == S::Unqualified))
        return &mapping::actsOnInvalid;
    if ((links && situation == S::Missing)
        || (action == A::Delete && is({S::Absent, S::SourceIgnored, S::Ambiguous})))
        return &mapping::actionDoesNothing;
    if (action != A::Delete)
        return nullptr;
    if (situation == S::SourceMissing)
        return &mapping::deletesSourceMissing;
    if (situation == S::Unassigned)
        return &mapping::deletesUnassigned;
    if (situation == S::FoundAlreadyLinked)
        return &mapping::deletesOthersTarget;
    if (is({S::Confirmed, S::Found, S::TargetIgnored}))
        return &mapping::deletesValid;
    return nullptr; // UNQUALIFIED, where it depends; MISSING, LINK_ONLY, ALL_GONE: no target.
}

class PolicyCheck
{
public:
    PolicyCheck(MappingCheck &all, const CheckedMapping &mapping)
        : m_all(all)
        , m_check(all.check)
        , m_text(all.text)
        , m_mapping(mapping)
    {
    }

    void checkAll()
    {
        for (const CheckedPolicy &policy : m_mapping.policies)
            checkOne(policy);
        checkHidden();
        checkPostActions();
        checkUnqualified();
        checkMissing();
    }

private:
    void checkOne(const CheckedPolicy &policy)
    {
        checkSituation(policy);
        const int action = m_text.member(policy.node, "action"_L1);
        if (action == JsonText::none)
            m_check.report(mapping::unknownAction, policy.node,
                           IdmText::tr("The policy has no action."));
        else if (!policy.action && !m_check.isKind(action, JsonKind::Object))
            reportAction(action);
        if (!policy.situation)
            return;
        if (policy.action) {
            if (const Rule *rule = ruleFor(*policy.situation, *policy.action))
                m_check.report(*rule, action,
                               IdmText::tr("%1 in the situation %2.")
                                   .arg(wordOf(*policy.action), wordOf(*policy.situation)));
        }
        const int condition = m_text.member(policy.node, "condition"_L1);
        if (policy.situation == S::Unassigned && m_check.isKind(condition, JsonKind::String)
            && m_text.stringOf(condition).contains("/object"_L1))
            m_check.report(mapping::noObjectThere, condition,
                           IdmText::tr("UNASSIGNED has no source object, which %1 asks for.")
                               .arg(m_check.shown(condition)));
    }

    void checkSituation(const CheckedPolicy &policy)
    {
        if (policy.situation)
            return;
        const int node = m_text.member(policy.node, "situation"_L1);
        if (node == JsonText::none)
            return m_check.report(mapping::unknownSituation, policy.node,
                                  IdmText::tr("The policy has no situation."));
        const QString word = m_text.stringOf(node);
        if (const auto upper = situationOf(word.toUpper()))
            return m_check.report(mapping::situationCase, node,
                                  IdmText::tr("The situation is written %1, not %2.")
                                      .arg(shownName(word), wordOf(*upper)),
                                  rewrite(node, wordOf(*upper)));
        QStringList words;
        for (const S situation : allSituations)
            words.append(wordOf(situation));
        const auto nearest = mostSimilarName(word.toUpper(), words);
        m_check.report(mapping::unknownSituation, node,
                       IdmText::tr("There is no situation %1.").arg(m_check.shown(node)),
                       nearest ? std::optional(rewrite(node, *nearest)) : std::nullopt);
    }

    void reportAction(int node)
    {
        QStringList words;
        for (const A action : allActions)
            words.append(wordOf(action));
        const auto nearest = mostSimilarName(m_text.stringOf(node).toUpper(), words);
        m_check.report(mapping::unknownAction, node,
                       IdmText::tr("There is no action %1.").arg(m_check.shown(node)),
                       nearest ? std::optional(rewrite(node, *nearest, false)) : std::nullopt);
    }

    [[nodiscard]] Fix rewrite(int node, const QString &word, bool isSafe = false) const
    {
        return {IdmText::tr("Write %1").arg(word),
                {replaceValue(m_text, node, jsonQuoted(word))},
                isSafe};
    }

    void checkHidden()
    {
        std::set<S> closed;
        for (const CheckedPolicy &policy : m_mapping.policies) {
            if (!policy.situation)
                continue;
            if (closed.contains(*policy.situation))
                m_check.report(mapping::hiddenPolicy, policy.node,
                               IdmText::tr("An earlier policy takes every %1.")
                                   .arg(wordOf(*policy.situation)));
            else if (!policy.hasCondition)
                closed.insert(*policy.situation);
        }
    }

    void checkPostActions()
    {
        std::set<S> seen;
        for (const CheckedPolicy &policy : m_mapping.policies) {
            if (!policy.situation || !seen.insert(*policy.situation).second)
                continue;
            const bool isAlone =
                std::none_of(m_mapping.policies.begin(), m_mapping.policies.end(),
                             [&](const CheckedPolicy &other) {
                                 return other.situation == policy.situation && !other.hasCondition;
                             });
            if (policy.hasPostAction && isAlone)
                m_check.report(mapping::postActionOfNone, policy.node,
                               IdmText::tr("Every policy for %1 has a condition.")
                                   .arg(wordOf(*policy.situation)));
        }
    }

    /// Nothing is UNQUALIFIED in a mapping that excludes nothing.
    void checkUnqualified()
    {
        if (!m_mapping.hasQualification() || !m_mapping.may(S::Unqualified, A::Delete)
            || !m_check.isWhole())
            return;
        const CheckedPolicy *explicitly = nullptr;
        for (const CheckedPolicy &policy : m_mapping.policies) {
            if (policy.situation == S::Unqualified && policy.action == A::Delete && !explicitly)
                explicitly = &policy;
        }
        if (explicitly)
            m_check.report(mapping::deletesUnqualified,
                           m_text.member(explicitly->node, "action"_L1),
                           IdmText::tr("DELETE in the situation UNQUALIFIED."));
        else
            m_all.reportAt(mapping::deletesUnqualified, m_mapping, "policies"_L1,
                           IdmText::tr("No policy without condition is for UNQUALIFIED, and the "
                                       "default is DELETE."));
    }

    void checkMissing()
    {
        QStringList missing;
        for (const S situation : allSituations) {
            const bool isThere = std::any_of(
                m_mapping.policies.begin(), m_mapping.policies.end(),
                [situation](const CheckedPolicy &policy) { return policy.situation == situation; });
            if (!isThere)
                missing.append(
                    u"%1: %2"_s.arg(wordOf(situation), wordOf(defaultAction(situation))));
        }
        if (!missing.isEmpty() && m_check.isWhole())
            m_all.reportAt(mapping::missingSituations, m_mapping, "policies"_L1,
                           IdmText::tr("By default: %1.").arg(listed(missing)));
    }

    MappingCheck &m_all;
    RuleCheck &m_check;
    const JsonText &m_text;
    const CheckedMapping &m_mapping;
};

} // namespace

void checkPolicies(MappingCheck &check)
{
    for (const CheckedMapping &mapping : check.own())
        PolicyCheck(check, mapping).checkAll();
}

} // namespace hubkeeper
