// SPDX-License-Identifier: MIT
#include "provisioner/model/objecttypes.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/examples.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule leftToNone {
    "HK714",
    Severity::Info,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Operation taken from object types"),
    QT_TRANSLATE_NOOP("Rule",
                      "supportedObjectTypes is the list of who keeps the operation: on OpenIDM "
                      "every type that is not"
                      " named answers 501, denied or not, and with an empty list all do."),
    QT_TRANSLATE_NOOP("Rule",
                      "Name all object types that are to keep the operation, or remove the list."),
    "OpenIDM 6.3.0: operationOptions",
    {optionsPlace, R"({"UPDATE": {"supportedObjectTypes": []}})", "{}", ServerProfile::Community},
    false,
    {Severity::Warning, nullptr, nullptr},
};

constexpr Rule badOptionInfo {
    "HK715",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Option of an operation that IDM cannot read"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM wants an object of options here, each an object with its type; else the "
                      "connector does not"
                      " become active."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Write {\"type\": \"...\"} under the name of each option, or remove operationOptionInfo."),
    "OpenIDM 6.3.0: operationOptions",
    {optionsPlace, R"({"CREATE": {"operationOptionInfo": {"properties": []}}})", "{}"},
};

constexpr Rule optionWithoutValue {
    "HK716",
    Severity::Info,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Option of an operation that never has a value"),
    QT_TRANSLATE_NOOP("Rule",
                      "OpenIDM hands the option over without a value, and each CREATE or SEARCH "
                      "with one is answered"
                      " with 500; of the commercial server this is not known."),
    QT_TRANSLATE_NOOP("Rule", "Remove operationOptionInfo."),
    "OpenIDM 6.3.0: operationOptions",
    {optionsPlace,
     R"({"SEARCH": {"operationOptionInfo": {"properties": {"ATTRS_TO_GET": {"type": "array"}}}}})",
     "{}", ServerProfile::Community},
    true,
    {Severity::Error, nullptr, nullptr},
};

constexpr const Rule *allOperationListRules[] {&leftToNone, &badOptionInfo, &optionWithoutValue};

/// Who keeps an operation, and with which options.
class OperationListCheck
{
public:
    explicit OperationListCheck(RuleCheck &check)
        : m_check(check)
        , m_text(check.text)
    {
        for (const DeclaredObjectType &type : check.objectTypes())
            m_types.append(type.key);
    }

    void checkAll()
    {
        for (const int options :
             m_check.children(m_check.find(u"/operationOptions"_s, JsonKind::Object))) {
            m_operation = shownName(m_text.keyOf(options));
            if (!operationNames().contains(m_operation)
                || !m_check.isKind(options, JsonKind::Object))
                continue; // Other findings.
            const int denied = m_check.member(options, "denied"_L1);
            checkLeftOut(m_check.member(options, "supportedObjectTypes"_L1),
                         denied != JsonText::none && m_text.rawOf(denied) == "true");
            checkOptionInfo(m_check.member(options, "operationOptionInfo"_L1));
            for (const int feature : m_check.children(m_check.member(options, "objectFeatures"_L1)))
                checkOptionInfo(m_check.member(feature, "operationOptionInfo"_L1));
        }
    }

private:
    /// A denial takes the operation away in any case; without one, who is left out loses it.
    void checkLeftOut(int types, bool isDenied)
    {
        if (!m_check.isKind(types, JsonKind::Array))
            return;
        QStringList left = m_types;
        left.removeAll(u"__ALL__"_s);
        bool namesAny = false;
        for (const int type : m_check.children(types)) {
            if (!m_check.isKind(type, JsonKind::String) || !m_types.contains(m_text.stringOf(type)))
                return; // Another finding.
            left.removeAll(m_text.stringOf(type));
            namesAny = true;
        }
        const bool isAll = m_text.node(types).childCount == 0;
        if (left.isEmpty() || (isDenied && namesAny))
            return;
        std::transform(left.begin(), left.end(), left.begin(), shownName);
        m_check.report(leftToNone, types,
                       isAll ? ProvisionerText::tr("%1 is left to no object type.").arg(m_operation)
                             : ProvisionerText::tr("%1 is not left to %2.")
                                   .arg(m_operation, left.join(u", "_s).left(100)));
    }

    void checkOptionInfo(int info)
    {
        const int properties = m_check.member(info, "properties"_L1);
        if (!m_check.isKind(info, JsonKind::Object) || properties == JsonText::none
            || m_check.isKind(properties, JsonKind::Null))
            return; // IDM ignores info of another kind.
        if (!m_check.isKind(properties, JsonKind::Object))
            return m_check.report(
                badOptionInfo, properties,
                ProvisionerText::tr("The options of %1 are not an object.").arg(m_operation));
        for (const int option : m_check.children(properties))
            checkOption(info, option);
    }

    void checkOption(int info, int option)
    {
        const QString name = shownName(m_text.keyOf(option));
        const int type = m_check.member(option, "type"_L1);
        if (!m_check.isKind(type, JsonKind::String))
            return m_check.report(
                badOptionInfo, option,
                ProvisionerText::tr("The option %1 of %2 has no type.").arg(name, m_operation));
        const bool isTried = m_operation == "CREATE"_L1 || m_operation == "SEARCH"_L1;
        const Severity onCommunity = isTried ? Severity::Error : Severity::Warning;
        m_check.reportAs(m_check.isCommunity() ? onCommunity : Severity::Info, optionWithoutValue,
                         option,
                         ProvisionerText::tr("%1 has the option %2, which never gets a value.")
                             .arg(m_operation, name),
                         Fix {ProvisionerText::tr("Remove operationOptionInfo"),
                              {removeChild(m_text, info)},
                              false});
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    QStringList m_types; ///< Declared ones.
    QString m_operation; ///< The present one.
};

void checkOperationListRules(RuleCheck &check)
{
    OperationListCheck(check).checkAll();
}

} // namespace

const RuleSet &operationListRules()
{
    static constexpr RuleSet set {allOperationListRules, checkOperationListRules};
    return set;
}

} // namespace hubkeeper
