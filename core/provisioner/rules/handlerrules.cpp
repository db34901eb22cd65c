// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownMember {
    "HK310",
    Severity::Warning,
    RuleStage::Blocks,
    "Unknown member of resultsHandlerConfig",
    "IDM ignores it without a word; the handler it was to switch keeps its default.",
    "Correct the spelling, or remove it.",
    "idm-connector 2.4",
    {"/resultsHandlerConfig", R"({"enableNormalizingResultsHandler": false,
        "enableFilterResultsHandler": false})",
     R"({"enableNormalizingResultsHandler": false, "enableFilteredResultsHandler": false})"},
    true,
};

constexpr Rule notBoolean {
    "HK311",
    Severity::Error,
    RuleStage::Blocks,
    "Results handler that is neither true nor false",
    "IDM takes booleans alone here and refuses a text (JsonValueException); the connector does not"
    " start.",
    "Write true or false without quotes.",
    "idm-connector 2.4",
    {"/resultsHandlerConfig/enableFilteredResultsHandler", R"("false")", "false"},
    true,
};

constexpr Rule filteredOn {
    "HK312",
    Severity::Info,
    RuleStage::Blocks,
    "Filter handler switched on",
    "IDM filters every result of the connector once more, by the names in the file. It is meant for"
    " sources that cannot filter, and costs time and sometimes results.",
    "Set it to false, as the shipped file does.",
    "idm-connector 1.4, 2.4",
    {"/resultsHandlerConfig/enableFilteredResultsHandler", "true", "false"},
    true,
};

constexpr Rule handlersMissing {
    "HK313",
    Severity::Info,
    RuleStage::Blocks,
    "Missing resultsHandlerConfig",
    "The defaults of the framework hold: results are normalized and filtered again. The shipped"
    " file switches both off.",
    "Add the block of the shipped file.",
    "idm-connector 1.4, 2.4",
    {"/resultsHandlerConfig", nullptr,
     R"({"enableNormalizingResultsHandler": false, "enableFilteredResultsHandler": false,
        "enableCaseInsensitiveFilter": false, "enableAttributesToGetSearchResultsHandler": true})"},
    true,
};

constexpr Rule handlerMissing {
    "HK314",
    Severity::Info,
    RuleStage::Blocks,
    "Results handler left to its default",
    "The framework switches this handler on where the file does not name it; the shipped file"
    " switches it off.",
    "Write the value that is meant.",
    "idm-connector 1.4, 2.4",
    {"/resultsHandlerConfig/enableNormalizingResultsHandler", nullptr, "false"},
    true,
};

constexpr Rule attributesOff {
    "HK315",
    Severity::Info,
    RuleStage::Blocks,
    "Attributes handler switched off",
    "IDM returns every attribute the connector delivers, also those nobody asked for.",
    "Set it to true, as the shipped file does.",
    "idm-connector 1.4, 2.4",
    {"/resultsHandlerConfig/enableAttributesToGetSearchResultsHandler", "false", "true"},
    true,
};

constexpr const Rule *rules[] {
    &unknownMember, &notBoolean, &filteredOn, &handlersMissing, &handlerMissing, &attributesOff,
};

Fix booleanFix(RuleCheck &check, int node, bool value)
{
    const QByteArray json = value ? "true" : "false";
    return {u"Change to %1"_s.arg(QLatin1StringView(json)), {replaceValue(check.text, node, json)}};
}

void checkHandler(RuleCheck &check, int node)
{
    const QString key = check.text.keyOf(node);
    if (!check.isKind(node, JsonKind::Boolean)) {
        const QJsonValue meant = converted(PropertyType::Boolean, check.text.valueOf(node));
        std::optional<Fix> fix;
        if (meant.isBool())
            fix = booleanFix(check, node, meant.toBool());
        return check.report(
            notBoolean, node,
            u"%1 is %2; it has to be true or false, without quotes."_s.arg(key, check.shown(node)),
            std::move(fix));
    }
    const bool isOn = check.text.rawOf(node) == "true";
    if (key == "enableFilteredResultsHandler"_L1 && isOn) {
        Fix fix = booleanFix(check, node, false);
        fix.safe = false; // The results may become others.
        check.report(filteredOn, node, u"%1 is true."_s.arg(key), std::move(fix));
    } else if (key == "enableAttributesToGetSearchResultsHandler"_L1 && !isOn) {
        Fix fix = booleanFix(check, node, true);
        fix.safe = false;
        check.report(attributesOff, node, u"%1 is false."_s.arg(key), std::move(fix));
    }
}

/// The two the framework switches on by itself and the shipped file off.
void checkMissing(RuleCheck &check, int handlers)
{
    for (const QLatin1StringView key :
         {"enableNormalizingResultsHandler"_L1, "enableFilteredResultsHandler"_L1}) {
        if (check.member(handlers, key) != JsonText::none)
            continue;
        check.reportMissing(handlerMissing, handlers, u"%1 is not set."_s.arg(key),
                            Fix {u"Add %1 with false"_s.arg(key),
                                 {appendMember(check.text, handlers, key, "false")},
                                 false});
    }
}

void checkAbsent(RuleCheck &check)
{
    const int root = check.text.root();
    if (check.member(root, "resultsHandlerConfig"_L1) != JsonText::none)
        return;
    const QByteArray block = R"({"enableNormalizingResultsHandler": false, )"
                             R"("enableFilteredResultsHandler": false, )"
                             R"("enableCaseInsensitiveFilter": false, )"
                             R"("enableAttributesToGetSearchResultsHandler": true})";
    check.reportMissing(handlersMissing, root, u"The file has no resultsHandlerConfig."_s,
                        Fix {u"Add the handlers of the shipped file"_s,
                             {appendMember(check.text, root, u"resultsHandlerConfig"_s, block)},
                             false});
}

void check(RuleCheck &check)
{
    const int handlers = check.find(u"/resultsHandlerConfig"_s, JsonKind::Object);
    if (handlers == JsonText::none)
        return check.isWhole() ? checkAbsent(check) : void();
    for (const int member : check.children(handlers)) {
        if (!resultsHandlerKeys().contains(check.text.keyOf(member)))
            check.reportUnknownKey(unknownMember, member, resultsHandlerKeys(),
                                   u"member of resultsHandlerConfig"_s);
        else if (check.isGiven(member))
            checkHandler(check, member);
    }
    if (check.isWhole())
        checkMissing(check, handlers);
}

} // namespace

const RuleSet &handlerRules()
{
    static constexpr RuleSet set {rules, check};
    return set;
}

} // namespace hubkeeper
