// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownHandlerMember {
    "HK310",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Unknown member of resultsHandlerConfig"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM silently ignores it; the handler it was to switch keeps its default."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, or remove it."),
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
    QT_TRANSLATE_NOOP("Rule", "Results handler that is neither true nor false"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM takes booleans alone here and refuses a text (JsonValueException); the "
                      "connector does not"
                      " start."),
    QT_TRANSLATE_NOOP("Rule", "Write true or false without quotes."),
    "idm-connector 2.4",
    {"/resultsHandlerConfig/enableFilteredResultsHandler", R"("false")", "false"},
    true,
};

constexpr Rule filteredOn {
    "HK312",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Filter handler switched on"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM filters every result once more, with regard to letter case: a search "
                      "for a@b.example loses"
                      " the record that HubSpot found as A@b.example. With "
                      "enableCaseInsensitiveFilter it stays."),
    QT_TRANSLATE_NOOP("Rule", "Set it to false, as the shipped file does."),
    "idm-connector 1.4, 2.4",
    {"/resultsHandlerConfig/enableFilteredResultsHandler", "true", "false"},
    true,
};

constexpr Rule handlersMissing {
    "HK313",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Missing resultsHandlerConfig"),
    QT_TRANSLATE_NOOP("Rule",
                      "The defaults of the framework hold: results are normalized and filtered "
                      "again with regard to"
                      " letter case, so records that HubSpot found are lost. The shipped file "
                      "switches both off."),
    QT_TRANSLATE_NOOP("Rule", "Add the block of the shipped file."),
    "idm-connector 1.4, 2.4",
    {"/resultsHandlerConfig", nullptr,
     R"({"enableNormalizingResultsHandler": false, "enableFilteredResultsHandler": false,
        "enableCaseInsensitiveFilter": false, "enableAttributesToGetSearchResultsHandler": true})"},
    true,
};

constexpr Rule handlerMissing {
    "HK314",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Results handler left to its default"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The framework switches this handler on where the file does not name it or says null; the"
        " shipped file switches it off. The filter handler then loses records that HubSpot found in"
        " another letter case."),
    QT_TRANSLATE_NOOP("Rule", "Write the value that is meant."),
    "idm-connector 1.4, 2.4, OpenIDM 6.3.0: handlers",
    {"/resultsHandlerConfig/enableFilteredResultsHandler", nullptr, "false"},
    true,
};

constexpr Rule attributesOff {
    "HK315",
    Severity::Info,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Attributes handler switched off"),
    QT_TRANSLATE_NOOP(
        "Rule", "IDM returns every attribute the connector delivers, also those nobody asked for."),
    QT_TRANSLATE_NOOP("Rule", "Set it to true, as the shipped file does."),
    "idm-connector 1.4, 2.4",
    {"/resultsHandlerConfig/enableAttributesToGetSearchResultsHandler", "false", "true"},
    true,
};

constexpr const Rule *allHandlerRules[] {
    &unknownHandlerMember, &notBoolean,     &filteredOn,
    &handlersMissing,      &handlerMissing, &attributesOff,
};

Fix booleanFix(RuleCheck &check, int node, bool value)
{
    const QByteArray json = value ? "true" : "false";
    return {ProvisionerText::tr("Change to %1").arg(QLatin1StringView(json)),
            {replaceValue(check.text, node, json)}};
}

/// A filter that does not look at letter case loses nothing.
Severity filterSeverity(const RuleCheck &check)
{
    const int node = check.text.at(u"/resultsHandlerConfig/enableCaseInsensitiveFilter"_s);
    const bool isLoose = node != JsonText::none && check.text.rawOf(node) == "true";
    return isLoose ? Severity::Info : Severity::Warning;
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
            ProvisionerText::tr("%1 is %2; it has to be true or false, without quotes.")
                .arg(key, check.shown(node)),
            std::move(fix));
    }
    const bool isOn = check.text.rawOf(node) == "true";
    if (key == "enableFilteredResultsHandler"_L1 && isOn) {
        Fix fix = booleanFix(check, node, false);
        fix.safe = false; // The results may become others.
        check.reportAs(filterSeverity(check), filteredOn, node,
                       ProvisionerText::tr("%1 is true.").arg(key), std::move(fix));
    } else if (key == "enableAttributesToGetSearchResultsHandler"_L1 && !isOn) {
        Fix fix = booleanFix(check, node, true);
        fix.safe = false;
        check.report(attributesOff, node, ProvisionerText::tr("%1 is false.").arg(key),
                     std::move(fix));
    }
}

/// The two the framework switches on by itself and the shipped file off.
void checkMissingHandlers(RuleCheck &check, int handlers)
{
    for (const QLatin1StringView key :
         {"enableNormalizingResultsHandler"_L1, "enableFilteredResultsHandler"_L1}) {
        const int node = check.member(handlers, key);
        if (node != JsonText::none && !check.isKind(node, JsonKind::Null))
            continue;
        check.reportMissing(
            handlerMissing, handlers, ProvisionerText::tr("%1 is not set.").arg(key),
            Fix {ProvisionerText::tr("Set %1 to false").arg(key),
                 setMembers(check.text, handlers, {{QString(key), "false"}}), false});
        check.setSeverityOfLast(handlerMissing,
                                key == "enableFilteredResultsHandler"_L1 ? filterSeverity(check)
                                                                         : Severity::Info);
    }
}

void checkAbsent(RuleCheck &check)
{
    const int root = check.text.root();
    const int node = check.member(root, "resultsHandlerConfig"_L1);
    if (node != JsonText::none && !check.isKind(node, JsonKind::Null))
        return;
    const QByteArray block = R"({"enableNormalizingResultsHandler": false, )"
                             R"("enableFilteredResultsHandler": false, )"
                             R"("enableCaseInsensitiveFilter": false, )"
                             R"("enableAttributesToGetSearchResultsHandler": true})";
    check.reportMissing(
        handlersMissing, root, ProvisionerText::tr("The file has no resultsHandlerConfig."),
        Fix {ProvisionerText::tr("Add the handlers of the shipped file"),
             setMembers(check.text, root, {{u"resultsHandlerConfig"_s, block}}), false});
}

void checkHandlerRules(RuleCheck &check)
{
    const int handlers = check.find(u"/resultsHandlerConfig"_s, JsonKind::Object);
    if (handlers == JsonText::none)
        return check.isWhole() ? checkAbsent(check) : void();
    for (const int member : check.children(handlers)) {
        if (!resultsHandlerKeys().contains(check.text.keyOf(member)))
            check.reportUnknownKey(unknownHandlerMember, member, resultsHandlerKeys(),
                                   ProvisionerText::tr("member of resultsHandlerConfig"));
        else if (check.isGiven(member))
            checkHandler(check, member);
    }
    if (check.isWhole())
        checkMissingHandlers(check, handlers);
}

} // namespace

const RuleSet &handlerRules()
{
    static constexpr RuleSet set {allHandlerRules, checkHandlerRules};
    return set;
}

} // namespace hubkeeper
