// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/validation.h"

#include <optional>
#include <span>

namespace hubkeeper {

/// What a rule looks at; also the order in which findings are looked for.
enum class RuleStage {
    Bytes, ///< HK0xx: encoding, what is not JSON.
    File, ///< HK0xx: name and size of the file, foreign files.
    Shape, ///< HK1xx: top-level keys and the kinds of their values.
    Reference, ///< HK2xx: connectorRef and version ranges.
    Blocks, ///< HK3xx: pool, handlers, time-outs, rate limits.
    Properties, ///< HK4xx: configurationProperties.
    Secrets, ///< HK5xx: secrets and substitutions.
    ObjectTypes, ///< HK6xx: object types and attributes.
    Operations, ///< HK7xx: operation options, system actions, sync failure handling.
    Dated, ///< HK8xx: what is right today and will not be.
    Live, ///< HK9xx: asked of a portal; found by the session, not by validate().
    Mappings, ///< HK1xxx: files of mappings; found by validateMappings() of idm/mappings.
};

/// "bytes", "shape", ...: for lists and reports.
[[nodiscard]] QString nameOf(RuleStage stage);

/// A place in a provisioner and what may be there. The examples of a rule are its tests: put
/// into an otherwise faultless file, `bad` brings the finding and `good` does not.
struct RuleExample
{
    /// A JSON pointer; "" is the whole file; "#bytes" the whole file with \xNN for bytes that do
    /// not print; "#repeat" a whole file too, as "600 [" a number and what is repeated so often;
    /// "#name" the name of the file, "#today" the day, "#apiVersion" that of the connection.
    const char *pointer;
    const char *bad; ///< JSON text; null: nothing is there.
    const char *good;
    ServerProfile profile = ServerProfile::Commercial;
    const char *today = nullptr; ///< An ISO date; null: rules with a date are off.
};

/// What is otherwise on a community server, as one was seen to behave. Null: as in the rule.
struct CommunityRule
{
    std::optional<Severity> severity = {};
    const char *effect = nullptr;
    const char *remedy = nullptr;
};

/// One thing that can be wrong. Rules are constants beside the check that finds them; ids are
/// stable and never reused. All sentences are English and complete; translatedRule() gives them in
/// the language of the program.
struct Rule
{
    const char *id; ///< "HK" and three digits, four for mappings.
    Severity severity;
    RuleStage stage;
    const char *title; ///< A noun phrase, "Unknown configuration property".
    const char *effect; ///< What IDM does then.
    const char *remedy;
    const char *source; ///< Where the fact is from, "idm-connector 2.5".
    RuleExample example;
    bool fixable = false; ///< Some of its findings carry a fix.
    CommunityRule community = {};
    bool curable = true; ///< Finding::isCurable.

    [[nodiscard]] Severity severityFor(ServerProfile profile) const;
    [[nodiscard]] const char *effectFor(ServerProfile profile) const;
    [[nodiscard]] const char *remedyFor(ServerProfile profile) const;
};

/// A text of a rule, marked with QT_TRANSLATE_NOOP("Rule", ...) or from a file of dated rules, in
/// the language of the program.
[[nodiscard]] QString translatedRule(const char *text);

/// All rules by id.
[[nodiscard]] const std::vector<const Rule *> &allRules();
/// Null if there is none of that id; letter case does not matter.
[[nodiscard]] const Rule *ruleById(const QString &id);

} // namespace hubkeeper
