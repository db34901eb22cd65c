// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/examples.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownMainOperation {
    "HK700",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Options for an unknown operation"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores them silently."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling."),
    "idm-connector 2.7, 2.11",
    {optionsPlace, R"({"CREAT": {"denied": true, "supportedObjectTypes": ["contact"]}})",
     R"({"CREATE": {"denied": true, "supportedObjectTypes": ["contact"]}})"},
    true,
};

constexpr Rule optionsAreNoObject {
    "HK701",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Options of an operation that are not an object"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot read them and refuses the configuration."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write an object with denied, supportedObjectTypes or objectFeatures."),
    "idm-connector 2.7",
    {optionsPlace, R"({"CREATE": "denied"})",
     R"({"CREATE": {"denied": true, "supportedObjectTypes": ["contact"]}})"},
};

constexpr Rule notOfferedOperation {
    "HK702",
    Severity::Info,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Options for an operation the connector does not have"),
    QT_TRANSLATE_NOOP("Rule",
                      "Nothing: the HubSpot connector has no sync, no authentication and no "
                      "scripts on the resource;"
                      " such calls answer 501 in any case."),
    QT_TRANSLATE_NOOP("Rule", "Remove them."),
    "idm-connector 1.3",
    {optionsPlace, R"({"AUTHENTICATE": {"denied": true, "supportedObjectTypes": ["contact"]}})",
     "{}"},
    true,
};

constexpr Rule deniedIsNoBoolean {
    "HK703",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "denied that is not a boolean"),
    QT_TRANSLATE_NOOP("Rule", "IDM takes true or false only and refuses the configuration."),
    QT_TRANSLATE_NOOP("Rule", "Write true or false without quotes."),
    "idm-connector 2.7",
    {optionsPlace, R"({"DELETE": {"denied": "true", "supportedObjectTypes": ["contact"]}})",
     R"({"DELETE": {"denied": true, "supportedObjectTypes": ["contact"]}})"},
    true,
};

constexpr Rule deniedWithoutTypes {
    "HK704",
    Severity::Info,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Denied without object types"),
    QT_TRANSLATE_NOOP("Rule",
                      "OpenIDM denies only for the types of supportedObjectTypes, so there nothing "
                      "is denied; of the"
                      " commercial server this is not known."),
    QT_TRANSLATE_NOOP("Rule",
                      "Name the object types in supportedObjectTypes, and try the operation."),
    "idm-connector 2.7, OpenIDM 6.3.0: operationOptions",
    {optionsPlace, R"({"DELETE": {"denied": true}})",
     R"({"DELETE": {"denied": true, "supportedObjectTypes": ["contact"]}})",
     ServerProfile::Community},
    false,
    {Severity::Warning,
     QT_TRANSLATE_NOOP(
         "Rule", "OpenIDM denies only for the types of supportedObjectTypes: nothing is denied."),
     nullptr},
};

constexpr Rule unknownOnDeny {
    "HK705",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Unknown value of onDeny"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM does not know what to do with a denied call; it answers 403 or nothing at all."),
    QT_TRANSLATE_NOOP("Rule", "Write DO_NOTHING or THROW_EXCEPTION."),
    "idm-connector 2.7",
    {optionsPlace,
     R"({"DELETE": {"denied": true, "onDeny": "THROW", "supportedObjectTypes": ["contact"]}})",
     R"({"DELETE": {"denied": true, "onDeny": "THROW_EXCEPTION",
                    "supportedObjectTypes": ["contact"]}})"},
    true,
};

constexpr Rule onDenyInCommunity {
    "HK706",
    Severity::Info,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "onDeny, which OpenIDM does not read"),
    QT_TRANSLATE_NOOP(
        "Rule", "The community's server answers every denied call with 403, whatever onDeny says."),
    QT_TRANSLATE_NOOP("Rule", "Remove it, or expect 403."),
    "idm-connector 2.7",
    {optionsPlace,
     R"({"DELETE": {"denied": true, "onDeny": "DO_NOTHING", "supportedObjectTypes": ["contact"]}})",
     R"({"DELETE": {"denied": true, "supportedObjectTypes": ["contact"]}})",
     ServerProfile::Community},
};

constexpr Rule typesAreNoArray {
    "HK707",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "supportedObjectTypes that is not an array of names"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores it; an operation that was to be denied stays allowed."),
    QT_TRANSLATE_NOOP("Rule", "Write an array of object type names, also for one."),
    "idm-connector 2.7",
    {optionsPlace, R"({"DELETE": {"denied": true, "supportedObjectTypes": "contact"}})",
     R"({"DELETE": {"denied": true, "supportedObjectTypes": ["contact"]}})"},
    true,
};

constexpr Rule unknownOperationType {
    "HK708",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Options for an object type that is not declared"),
    QT_TRANSLATE_NOOP("Rule",
                      "The operation is left to the types named here, letter case counts; all "
                      "others answer 501."),
    QT_TRANSLATE_NOOP("Rule", "Write the key of an object type of this file."),
    "idm-connector 2.7",
    {optionsPlace, R"({"DELETE": {"denied": true, "supportedObjectTypes": ["contacts"]}})",
     R"({"DELETE": {"denied": true, "supportedObjectTypes": ["contact"]}})"},
    true,
};

constexpr Rule unknownFeatureType {
    "HK709",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "objectFeatures for an object type that is not declared"),
    QT_TRANSLATE_NOOP("Rule",
                      "They apply to nothing; an operation that was to be denied stays allowed."),
    QT_TRANSLATE_NOOP("Rule", "Use the key of an object type of this file."),
    "idm-connector 2.7",
    {optionsPlace, R"({"DELETE": {"objectFeatures": {"contacts": {"denied": true}}}})",
     R"({"DELETE": {"objectFeatures": {"contact": {"denied": true}}}})"},
    true,
};

constexpr Rule unknownOperationMember {
    "HK710",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Unknown member of operation options"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores it; an operation that was to be denied stays allowed."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, or remove it."),
    "idm-connector 2.7",
    {optionsPlace, R"({"DELETE": {"denid": true, "supportedObjectTypes": ["contact"]}})",
     R"({"DELETE": {"denied": true, "supportedObjectTypes": ["contact"]}})"},
    true,
};

constexpr Rule featuresAreNoObject {
    "HK711",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "objectFeatures that is not an object of objects"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM cannot read another kind and refuses the configuration; of an object it ignores "
        "members"
        " that are not objects, so an operation that was to be denied stays allowed."),
    QT_TRANSLATE_NOOP("Rule", "Write an object with an object under the key of each object type."),
    "idm-connector 2.7, OpenIDM 6.3.0: operationOptions",
    {optionsPlace, R"({"DELETE": {"objectFeatures": {"contact": true}}})",
     R"({"DELETE": {"objectFeatures": {"contact": {"denied": true}}}})"},
};

constexpr Rule onDenyWithoutDenied {
    "HK712",
    Severity::Info,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "onDeny without denied"),
    QT_TRANSLATE_NOOP("Rule", "Nothing is denied, so onDeny has no effect."),
    QT_TRANSLATE_NOOP("Rule", "Set denied to true, or remove onDeny."),
    "idm-connector 2.7",
    {optionsPlace, R"({"DELETE": {"onDeny": "THROW_EXCEPTION"}})",
     R"({"DELETE": {"denied": true, "onDeny": "THROW_EXCEPTION",
                    "supportedObjectTypes": ["contact"]}})"},
};

constexpr Rule readDenied {
    "HK713",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Reading denied"),
    QT_TRANSLATE_NOOP("Rule",
                      "Without it no reconciliation sees an object, and create and update cannot "
                      "read back what they"
                      " wrote."),
    QT_TRANSLATE_NOOP(
        "Rule", "Deny CREATE, UPDATE or DELETE to protect the objects, and leave reading alone."),
    "idm-connector 2.7, 4",
    {optionsPlace, R"({"SEARCH": {"denied": true, "supportedObjectTypes": ["contact"]}})",
     R"({"DELETE": {"denied": true, "supportedObjectTypes": ["contact"]}})"},
};

constexpr const Rule *allOperationRules[] {
    &unknownMainOperation, &optionsAreNoObject, &notOfferedOperation,    &deniedIsNoBoolean,
    &deniedWithoutTypes,   &unknownOnDeny,      &onDenyInCommunity,      &typesAreNoArray,
    &unknownOperationType, &unknownFeatureType, &unknownOperationMember, &featuresAreNoObject,
    &onDenyWithoutDenied,  &readDenied,
};

/// What the HubSpot connector does not implement (idm-connector 1.3).
bool isMissingInConnector(const QString &operation)
{
    static const QStringList missing {u"AUTHENTICATE"_s, u"RESOLVEUSERNAME"_s, u"SYNC"_s,
                                      u"SCRIPT_ON_RESOURCE"_s};
    return missing.contains(operation);
}

class OperationCheck
{
public:
    explicit OperationCheck(RuleCheck &check)
        : m_check(check)
        , m_text(check.text)
    {
        for (const DeclaredObjectType &type : check.objectTypes())
            m_types.append(type.key);
        m_types.append(u"__ALL__"_s);
    }

    void checkAll()
    {
        const int all = m_check.find(u"/operationOptions"_s, JsonKind::Object);
        for (const int options : m_check.children(all)) {
            m_operation = shownName(m_text.keyOf(options));
            checkOperation(options);
        }
    }

private:
    void checkOperation(int options)
    {
        if (m_check.isKind(options, JsonKind::Null))
            return;
        if (!operationNames().contains(m_operation))
            return m_check.reportUnknownKey(unknownMainOperation, options, operationNames(),
                                            u"operation"_s);
        if (isMissingInConnector(m_operation) && !isOfAnotherConnector(m_text))
            m_check.reportKey(
                notOfferedOperation, options,
                ProvisionerText::tr("The connector has no operation %1.").arg(m_operation),
                Fix {ProvisionerText::tr("Remove them"), {removeChild(m_text, options)}});
        if (!m_check.isKind(options, JsonKind::Object))
            return m_check.report(
                optionsAreNoObject, options,
                ProvisionerText::tr("The options of %1 are not an object.").arg(m_operation));
        static const QStringList known {u"denied"_s, u"onDeny"_s, u"supportedObjectTypes"_s,
                                        u"objectFeatures"_s, u"operationOptionInfo"_s};
        checkMembers(options, known);
        const int types = m_check.member(options, "supportedObjectTypes"_L1);
        checkDenial(options, m_check.isKind(types, JsonKind::Array));
        checkTypes(types);
        checkFeatures(m_check.member(options, "objectFeatures"_L1), types);
        if (isDenied(options) && !m_check.isGiven(types))
            m_check.reportKey(
                deniedWithoutTypes, options,
                ProvisionerText::tr("%1 is denied and names no object types.").arg(m_operation));
    }

    void checkMembers(int options, const QStringList &known)
    {
        for (const int member : m_check.children(options)) {
            if (!known.contains(m_text.keyOf(member)))
                m_check.reportUnknownKey(unknownOperationMember, member, known,
                                         ProvisionerText::tr("option of an operation"));
        }
    }

    [[nodiscard]] bool isDenied(int options) const
    {
        const int denied = m_check.member(options, "denied"_L1);
        return denied != JsonText::none && m_text.rawOf(denied) == "true";
    }

    /// OpenIDM denies nothing without an array of object types, which is another finding.
    void checkDenial(int options, bool hasTypes)
    {
        const bool isEffective = isDenied(options) && (hasTypes || !m_check.isCommunity());
        const int denied = m_check.member(options, "denied"_L1);
        if (m_check.isGiven(denied) && !m_check.isKind(denied, JsonKind::Boolean))
            reportDenied(denied);
        if (isEffective && (m_operation == "GET"_L1 || m_operation == "SEARCH"_L1))
            m_check.reportKey(readDenied, denied,
                              ProvisionerText::tr("%1 is denied.").arg(m_operation));
        const int onDeny = m_check.member(options, "onDeny"_L1);
        if (!m_check.isGiven(onDeny))
            return;
        if (!m_check.isGiven(denied))
            m_check.reportKey(onDenyWithoutDenied, onDeny,
                              ProvisionerText::tr("%1 has onDeny and no denied.").arg(m_operation));
        if (m_check.options.profile == ServerProfile::Community)
            return m_check.reportKey(onDenyInCommunity, onDeny,
                                     ProvisionerText::tr("%1 has onDeny.").arg(m_operation));
        checkOnDeny(onDeny);
    }

    void reportDenied(int denied)
    {
        const QString word = m_text.stringOf(denied).trimmed().toLower();
        std::optional<Fix> fix;
        if (word == "true"_L1 || word == "false"_L1)
            fix = Fix {ProvisionerText::tr("Remove the quotes"),
                       {replaceValue(m_text, denied, word.toUtf8())},
                       false};
        m_check.report(
            deniedIsNoBoolean, denied,
            ProvisionerText::tr("denied of %1 is %2; it has to be true or false, without quotes.")
                .arg(m_operation, m_check.shown(denied)),
            std::move(fix));
    }

    void checkOnDeny(int onDeny)
    {
        static const QStringList known {u"DO_NOTHING"_s, u"THROW_EXCEPTION"_s};
        const QString value = m_text.stringOf(onDeny);
        if (known.contains(value))
            return;
        std::optional<QString> meant = mostSimilarName(value, known);
        if (!meant && value.startsWith("THROW"_L1, Qt::CaseInsensitive))
            meant = known.last();
        std::optional<Fix> fix;
        if (meant)
            fix = Fix {ProvisionerText::tr("Write %1").arg(*meant),
                       {replaceValue(m_text, onDeny, jsonQuoted(*meant))}};
        m_check.report(
            unknownOnDeny, onDeny,
            ProvisionerText::tr("onDeny of %1 is %2; it has to be DO_NOTHING or THROW_EXCEPTION.")
                .arg(m_operation, m_check.shown(onDeny)),
            std::move(fix));
    }

    void checkTypes(int types)
    {
        if (!m_check.isGiven(types))
            return;
        if (!m_check.isKind(types, JsonKind::Array))
            return reportNoArray(types);
        for (const int type : m_check.children(types)) {
            if (!m_check.isKind(type, JsonKind::String))
                m_check.report(typesAreNoArray, type,
                               ProvisionerText::tr("supportedObjectTypes of %1 holds %2.")
                                   .arg(m_operation, m_check.shown(type)));
            else if (!m_types.contains(m_text.stringOf(type)))
                reportUnknownType(type);
        }
    }

    void reportNoArray(int types)
    {
        std::optional<Fix> fix;
        if (m_check.isKind(types, JsonKind::String))
            fix = Fix {ProvisionerText::tr("Write it as an array"),
                       {replaceValue(m_text, types, '[' + m_text.rawOf(types) + ']')}};
        m_check.report(
            typesAreNoArray, types,
            ProvisionerText::tr("supportedObjectTypes of %1 is not an array.").arg(m_operation),
            std::move(fix));
    }

    void reportUnknownType(int type)
    {
        if (!m_check.hasRoom(unknownOperationType))
            return;
        const auto near = mostSimilarName(m_text.stringOf(type), m_types);
        std::optional<Fix> fix;
        if (near)
            fix = Fix {ProvisionerText::tr("Write %1").arg(*near),
                       {replaceValue(m_text, type, jsonQuoted(*near))},
                       false};
        m_check.report(unknownOperationType, type,
                       ProvisionerText::tr("There is no object type %1.").arg(m_check.shown(type)),
                       std::move(fix));
    }

    void checkFeatures(int features, int types)
    {
        if (features == JsonText::none || m_check.isKind(features, JsonKind::Null))
            return;
        if (!m_check.isKind(features, JsonKind::Object))
            return m_check.report(
                featuresAreNoObject, features,
                ProvisionerText::tr("objectFeatures of %1 is not an object.").arg(m_operation));
        static const QStringList known {u"denied"_s, u"onDeny"_s, u"supportedObjectTypes"_s,
                                        u"operationOptionInfo"_s};
        for (const int feature : m_check.children(features)) {
            if (!m_types.contains(m_text.keyOf(feature)))
                m_check.reportUnknownKey(unknownFeatureType, feature, m_types,
                                         ProvisionerText::tr("object type"));
            if (m_check.isKind(feature, JsonKind::Object)) {
                checkMembers(feature, known);
                const int ownTypes = m_check.member(feature, "supportedObjectTypes"_L1);
                checkDenial(feature,
                            m_check.isKind(types, JsonKind::Array)
                                || m_check.isKind(ownTypes, JsonKind::Array));
                if (isDenied(feature) && !m_check.isGiven(types) && !m_check.isGiven(ownTypes))
                    m_check.reportKey(
                        deniedWithoutTypes, feature,
                        ProvisionerText::tr("%1 is denied for %2 without supportedObjectTypes.")
                            .arg(m_operation, shownName(m_text.keyOf(feature))));
            } else if (!m_check.isKind(feature, JsonKind::Null)) {
                m_check.reportAs(Severity::Warning, featuresAreNoObject, feature,
                                 ProvisionerText::tr(
                                     "objectFeatures of %1 holds something that is not an object.")
                                     .arg(m_operation));
            }
        }
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    QStringList m_types; ///< Declared ones.
    QString m_operation; ///< The present one.
};

void checkOperationRules(RuleCheck &check)
{
    OperationCheck(check).checkAll();
}

} // namespace

const RuleSet &operationRules()
{
    static constexpr RuleSet set {allOperationRules, checkOperationRules};
    return set;
}

} // namespace hubkeeper
