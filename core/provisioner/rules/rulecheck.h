// SPDX-License-Identifier: MIT
#pragma once

#include "base/shownname.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/rules/rule.h"
#include "provisioner/rules/validation.h"

#include <QHash>

namespace hubkeeper {

/// The members or elements of a value, for range-for.
class Children
{
public:
    class Iterator
    {
    public:
        Iterator(const JsonText &text, int node)
            : m_text(text)
            , m_node(node)
        {
        }
        int operator*() const { return m_node; }
        bool operator!=(const Iterator &other) const { return m_node != other.m_node; }
        Iterator &operator++()
        {
            m_node = m_text.node(m_node).next;
            return *this;
        }

    private:
        const JsonText &m_text;
        int m_node;
    };

    /// `parent` may be JsonText::none, which has no children.
    Children(const JsonText &text, int parent)
        : m_text(text)
        , m_first(parent == JsonText::none ? JsonText::none : text.node(parent).firstChild)
    {
    }
    [[nodiscard]] Iterator begin() const { return {m_text, m_first}; }
    [[nodiscard]] Iterator end() const { return {m_text, JsonText::none}; }

private:
    const JsonText &m_text;
    int m_first;
};

/// What a check of one stage sees, and where it reports what it found.
///
/// Of one rule at most mostOfOneRule findings are kept: beyond that they say nothing new, and a
/// file of a million mistakes is to end soon.
class RuleCheck
{
public:
    static constexpr int mostOfOneRule = 100;
    /// More levels than this are read and are most likely a mistake.
    static constexpr int usualDepth = 500;

    RuleCheck(const JsonText &checked, const ValidationOptions &how);

    const JsonText &text;
    const ValidationOptions &options;

    /// A member by pointer, if it is there and of that kind; else JsonText::none.
    [[nodiscard]] int find(const QString &pointer, JsonKind kind) const;
    [[nodiscard]] int member(int object, QLatin1StringView key) const;
    [[nodiscard]] bool isKind(int node, JsonKind kind) const;
    [[nodiscard]] Children children(int node) const { return {text, node}; }
    /// Whether a value is there that is neither null nor a syntax fault nor a substitution: those,
    /// whole or broken, are judged by the rules about substitutions.
    [[nodiscard]] bool isGiven(int node) const;
    /// Whether a value is a text with `&{` in it, closed or not.
    [[nodiscard]] bool holdsSubstitutionSign(int node) const;
    [[nodiscard]] bool isCommunity() const;
    /// Whether the text has no faults. What seems to be missing from another may have been lost
    /// with the fault, so rules about missing parts ask this first.
    [[nodiscard]] bool isWhole() const { return text.isValid(); }
    /// Whether another finding of the rule would be kept; for checks whose sentences cost.
    [[nodiscard]] bool hasRoom(const Rule &rule) const;
    /// The values of the provisioner, without what frodo puts around it, are those from
    /// text.root() up to and without this one.
    [[nodiscard]] int endOfValues() const;
    /// What objectTypes declares; read when first asked for.
    [[nodiscard]] const QList<DeclaredObjectType> &objectTypes();
    /// Members of the top whose values nest deeper than usualDepth; found when first asked for.
    [[nodiscard]] const QList<int> &deepMembers();
    /// The value as it is in the file, shortened, for a sentence. Never for a secret.
    [[nodiscard]] QString shown(int node) const;

    /// A finding at a value, at the key of a member, at bytes, or about the whole file.
    void report(const Rule &rule, int node, const QString &message, std::optional<Fix> fix = {});
    /// The same where the severity is not the rule's own.
    void reportAs(Severity severity, const Rule &rule, int node, const QString &message,
                  std::optional<Fix> fix = {});
    void reportKey(const Rule &rule, int node, const QString &message, std::optional<Fix> fix = {});
    void reportBytes(const Rule &rule, Span at, const QString &message,
                     std::optional<Fix> fix = {});
    void reportFile(const Rule &rule, const QString &message, std::optional<Fix> fix = {});

    /// For a member whose key is none of `known`: names the nearest one and offers to rename.
    /// `place` goes on the sentence "There is no ... X", as "member of connectorRef".
    void reportUnknownKey(const Rule &rule, int member, const QStringList &known,
                          const QString &place);
    /// Something that `object` lacks, at its key.
    void reportMissing(const Rule &rule, int object, const QString &message,
                       std::optional<Fix> fix = {});

    /// Of the rule's finding that was reported last, where the severity is not the rule's own.
    void setSeverityOfLast(const Rule &rule, Severity severity);

    [[nodiscard]] QList<Finding> takeFindings();

private:
    void add(const Rule &rule, Span at, const QString &pointer, const QString &message,
             std::optional<Fix> fix);

    QList<Finding> m_findings;
    std::optional<QList<DeclaredObjectType>> m_objectTypes;
    std::optional<QList<int>> m_deepMembers;
    QHash<const Rule *, int> m_counts;
};

/// Whether a root object says of itself that it is a provisioner: it has one of the blocks.
[[nodiscard]] bool looksLikeProvisioner(const JsonText &text, int object);
/// Whether connectorName or bundleName of a provisioner is nothing like the HubSpot connector's.
[[nodiscard]] bool isOfAnotherConnector(const JsonText &text);

/// A stage: its rules, and the check that reports them. A file of rules/ for each.
struct RuleSet
{
    std::span<const Rule *const> rules;
    void (*check)(RuleCheck &check);
    /// Runs on everything; the others need a root object that looks like a provisioner.
    bool onBrokenText = false;
    /// Says nothing of a provisioner for another connector.
    bool ofHubspotOnly = false;
};

[[nodiscard]] const RuleSet &actionScriptRules();
[[nodiscard]] const RuleSet &byteRules();
[[nodiscard]] const RuleSet &encryptionRules();
[[nodiscard]] const RuleSet &hostRules();
[[nodiscard]] const RuleSet &operationListRules();
[[nodiscard]] const RuleSet &secretRules();
[[nodiscard]] const RuleSet &cryptoRules();
[[nodiscard]] const RuleSet &substitutionRules();
[[nodiscard]] const RuleSet &coercionRules();
[[nodiscard]] const RuleSet &fileRules();
[[nodiscard]] const RuleSet &shapeRules();
[[nodiscard]] const RuleSet &referenceRules();
[[nodiscard]] const RuleSet &poolRules();
[[nodiscard]] const RuleSet &handlerRules();
[[nodiscard]] const RuleSet &timeoutRules();
[[nodiscard]] const RuleSet &propertyRules();
[[nodiscard]] const RuleSet &networkRules();
[[nodiscard]] const RuleSet &credentialRules();
[[nodiscard]] const RuleSet &objectTypeRules();
[[nodiscard]] const RuleSet &attributeTypeRules();
[[nodiscard]] const RuleSet &attributeRules();
[[nodiscard]] const RuleSet &flagRules();
[[nodiscard]] const RuleSet &connectorOfferRules();
[[nodiscard]] const RuleSet &datedRuleSet();
[[nodiscard]] const RuleSet &operationRules();
[[nodiscard]] const RuleSet &systemActionRules();
[[nodiscard]] const RuleSet &syncFailureRules();
[[nodiscard]] const RuleSet &liveRules();
[[nodiscard]] const RuleSet &mappingListRules();
[[nodiscard]] const RuleSet &mappingPropertyRules();
[[nodiscard]] const RuleSet &mappingCorrelationRules();
[[nodiscard]] const RuleSet &mappingPolicyRules();
[[nodiscard]] const RuleSet &mappingRunRules();

} // namespace hubkeeper
