// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto flagsPlace = "/objectTypes/contact/properties/email";
constexpr auto goodFlags = R"({"type": "string", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})";

constexpr Rule notArray {
    "HK640",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "flags that is not an array"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores it silently, so the attribute has no flags."),
    QT_TRANSLATE_NOOP("Rule", "Write an array, also for one flag."),
    "idm-connector 2.6",
    {flagsPlace, R"({"type": "string", "flags": "NOT_UPDATEABLE"})",
     R"({"type": "string", "flags": ["NOT_UPDATEABLE"]})"},
    true,
};

constexpr Rule unknownFlag {
    "HK641",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Unknown flag"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM ignores it silently, so the attribute behaves as if it were not there."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling: it is NOT_CREATABLE, but NOT_UPDATEABLE."),
    "idm-connector 2.6",
    {flagsPlace, R"({"type": "string", "flags": ["NOT_CREATEABLE", "NOT_UPDATEABLE"]})", goodFlags},
    true,
};

constexpr Rule flagTwice {
    "HK642",
    Severity::Info,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Flag given twice"),
    QT_TRANSLATE_NOOP("Rule", "Nothing: once is enough."),
    QT_TRANSLATE_NOOP("Rule", "Remove one of them."),
    "idm-connector 2.6",
    {flagsPlace,
     R"({"type": "string", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE", "NOT_CREATABLE"]})",
     goodFlags},
    true,
};

constexpr Rule notReadableAlone {
    "HK643",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "NOT_READABLE without NOT_RETURNED_BY_DEFAULT"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The framework refuses an attribute that cannot be read and is returned all the same."),
    QT_TRANSLATE_NOOP("Rule", "Add NOT_RETURNED_BY_DEFAULT."),
    "idm-connector 2.6, 4",
    {flagsPlace, R"({"type": "string", "flags": ["NOT_READABLE"]})",
     R"({"type": "string", "flags": ["NOT_READABLE", "NOT_RETURNED_BY_DEFAULT"]})"},
    true,
};

constexpr Rule requiredNotCreatable {
    "HK644",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Required and NOT_CREATABLE"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM silently drops the value from each create and does not check that there "
                      "is one: objects "
                      "are"
                      " created without it."),
    QT_TRANSLATE_NOOP("Rule", "Remove required, or NOT_CREATABLE."),
    "idm-connector 2.6, 4",
    {flagsPlace, R"({"type": "string", "required": true, "flags": ["NOT_CREATABLE"]})",
     R"({"type": "string", "required": true})"},
};

constexpr Rule requiredNotReadable {
    "HK645",
    Severity::Info,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Required and NOT_READABLE"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "What is read lacks a required value, so an object cannot be written back as it was read."),
    QT_TRANSLATE_NOOP("Rule", "Remove one of the two, unless it is a password."),
    "idm-connector 2.6",
    {flagsPlace,
     R"({"type": "string", "required": true, "flags": ["NOT_READABLE", "NOT_RETURNED_BY_DEFAULT"]})",
     R"({"type": "string", "flags": ["NOT_READABLE", "NOT_RETURNED_BY_DEFAULT"]})"},
};

constexpr Rule flagIsNoText {
    "HK646",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Flag that is not a text"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM cannot read the flags, and the whole connector does not become active."),
    QT_TRANSLATE_NOOP("Rule", "Write the name of the flag in double quotes, or remove it."),
    "idm-connector 2.6",
    {flagsPlace, R"({"type": "string", "flags": ["NOT_CREATABLE", true]})", goodFlags},
    true,
};

constexpr Rule neitherReadNorWritten {
    "HK647",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Attribute that can neither be read nor written"),
    QT_TRANSLATE_NOOP("Rule", "Nothing ever comes of it."),
    QT_TRANSLATE_NOOP("Rule", "Remove the attribute, or the flag that is wrong."),
    "idm-connector 2.6",
    {flagsPlace,
     R"({"type": "string", "flags": ["NOT_READABLE", "NOT_RETURNED_BY_DEFAULT", "NOT_CREATABLE", "NOT_UPDATEABLE"]})",
     goodFlags},
};

constexpr Rule multiValuedNoArray {
    "HK648",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "MULTIVALUED attribute that is not an array"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connector sends a list, IDM expects one value; a list written to it is "
                      "answered with 500."),
    QT_TRANSLATE_NOOP("Rule", "Set type to array, or remove MULTIVALUED."),
    "idm-connector 2.6",
    {flagsPlace, R"({"type": "string", "flags": ["MULTIVALUED"]})",
     R"({"type": "array", "nativeType": "string", "flags": ["MULTIVALUED"]})"},
};

constexpr Rule ignoredFlag {
    "HK649",
    Severity::Info,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Attribute with the flag IGNORE"),
    QT_TRANSLATE_NOOP("Rule", "IDM leaves the attribute out."),
    QT_TRANSLATE_NOOP("Rule", "Remove the flag if the attribute is needed, or the attribute."),
    "idm-connector 2.6",
    {flagsPlace, R"({"type": "string", "flags": ["IGNORE"]})", R"({"type": "string"})"},
};

constexpr const Rule *allFlagRules[] {
    &notArray,         &unknownFlag,           &flagTwice,
    &notReadableAlone, &requiredNotCreatable,  &requiredNotReadable,
    &flagIsNoText,     &neitherReadNorWritten, &multiValuedNoArray,
    &ignoredFlag,
};

const QStringList &knownFlags()
{
    static const QStringList flags {u"NOT_CREATABLE"_s,
                                    u"NOT_UPDATEABLE"_s,
                                    u"NOT_READABLE"_s,
                                    u"NOT_RETURNED_BY_DEFAULT"_s,
                                    u"MULTIVALUED"_s,
                                    u"AUDITED"_s,
                                    u"NOT_QUERYABLE"_s,
                                    u"PASSWORD"_s,
                                    u"STORE_IN_REPOSITORY"_s,
                                    u"IGNORE"_s,
                                    u"REMOTE"_s};
    return flags;
}

/// The flags of one attribute.
class FlagCheck
{
public:
    FlagCheck(RuleCheck &check, const DeclaredAttribute &attribute)
        : m_check(check)
        , m_text(check.text)
        , m_attribute(attribute)
        , m_name(shownName(attribute.name))
        , m_flags(check.member(attribute.node, "flags"_L1))
    {
    }

    void checkAll()
    {
        if (m_flags == JsonText::none || m_check.isKind(m_flags, JsonKind::Null)
            || m_check.isKind(m_flags, JsonKind::Invalid))
            return;
        if (!m_check.isKind(m_flags, JsonKind::Array))
            return isSubstituted(m_text, m_flags) && !m_check.isCommunity() ? void()
                                                                            : reportNoArray();
        QStringList seen;
        for (const int flag : m_check.children(m_flags)) {
            checkFlag(flag, seen);
            seen.append(m_text.stringOf(flag));
            if (seen.size() > 100)
                break;
        }
        checkTogether();
    }

private:
    void reportNoArray()
    {
        std::optional<Fix> fix;
        if (m_check.isKind(m_flags, JsonKind::String))
            fix = Fix {ProvisionerText::tr("Write it as an array"),
                       {replaceValue(m_text, m_flags, '[' + m_text.rawOf(m_flags) + ']')}};
        m_check.report(notArray, m_flags,
                       ProvisionerText::tr("The flags of %1 are %2; they have to be an array.")
                           .arg(m_name, m_check.shown(m_flags)),
                       std::move(fix));
    }

    void checkFlag(int flag, const QStringList &seen)
    {
        if (m_check.isKind(flag, JsonKind::Null) || m_check.holdsSubstitutionSign(flag))
            return; // IDM skips the one and fills in the other.
        if (!m_check.isKind(flag, JsonKind::String))
            return m_check.report(
                flagIsNoText, flag,
                ProvisionerText::tr("%1 has the flag %2, which is not a text.")
                    .arg(m_name, m_check.shown(flag)),
                Fix {ProvisionerText::tr("Remove it"), {removeChild(m_text, flag)}});
        const QString name = m_text.stringOf(flag);
        if (!knownFlags().contains(name))
            return reportUnknown(flag, name, seen);
        if (seen.contains(name))
            m_check.report(flagTwice, flag,
                           ProvisionerText::tr("%1 has the flag %2 twice.").arg(m_name, name),
                           Fix {ProvisionerText::tr("Remove it"), {removeChild(m_text, flag)}});
    }

    void reportUnknown(int flag, const QString &name, const QStringList &seen)
    {
        if (!m_check.hasRoom(unknownFlag))
            return;
        const auto near = mostSimilarName(name, knownFlags());
        std::optional<Fix> fix;
        if (near && m_attribute.flags.contains(*near))
            fix = Fix {ProvisionerText::tr("Remove it"), {removeChild(m_text, flag)}};
        else if (near && !seen.contains(name))
            fix = Fix {ProvisionerText::tr("Write %1").arg(*near),
                       {replaceValue(m_text, flag, jsonQuoted(*near))}};
        QString message =
            ProvisionerText::tr("%1 has the flag %2.").arg(m_name, m_check.shown(flag));
        message.insert(message.size() - 1,
                       near ? ProvisionerText::tr(", which is none; the nearest is %1").arg(*near)
                            : ProvisionerText::tr(", which is none of IDM's"));
        m_check.report(unknownFlag, flag, message, std::move(fix));
    }

    void checkTogether()
    {
        const bool isReadable = !m_attribute.has("NOT_READABLE"_L1);
        if (!isReadable && !m_attribute.has("NOT_RETURNED_BY_DEFAULT"_L1))
            m_check.report(notReadableAlone, m_flags,
                           ProvisionerText::tr("%1 is NOT_READABLE alone.").arg(m_name),
                           Fix {ProvisionerText::tr("Add NOT_RETURNED_BY_DEFAULT"),
                                {appendElement(m_text, m_flags, "\"NOT_RETURNED_BY_DEFAULT\"")}});
        if (m_attribute.required && !m_attribute.isCreatable())
            m_check.report(requiredNotCreatable, m_flags,
                           ProvisionerText::tr("%1 is required and NOT_CREATABLE.").arg(m_name));
        if (m_attribute.required && !isReadable)
            m_check.report(requiredNotReadable, m_flags,
                           ProvisionerText::tr("%1 is required and NOT_READABLE.").arg(m_name));
        if (!isReadable && !m_attribute.isCreatable() && !m_attribute.isUpdateable())
            m_check.report(neitherReadNorWritten, m_flags,
                           ProvisionerText::tr("%1 can neither be read nor written.").arg(m_name));
        const bool isSingle = m_attribute.type != "array"_L1 && m_attribute.type != "any"_L1;
        if (m_attribute.has("MULTIVALUED"_L1) && isSingle)
            m_check.report(multiValuedNoArray, m_flags,
                           ProvisionerText::tr("%1 is MULTIVALUED and of the type %2.")
                               .arg(m_name, shownName(m_attribute.type)));
        if (m_attribute.has("IGNORE"_L1))
            m_check.report(ignoredFlag, m_flags,
                           ProvisionerText::tr("%1 has the flag IGNORE.").arg(m_name));
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    const DeclaredAttribute &m_attribute;
    const QString m_name;
    const int m_flags;
};

void checkFlagRules(RuleCheck &check)
{
    for (const DeclaredObjectType &type : check.objectTypes()) {
        for (const DeclaredAttribute &attribute : type.attributes)
            FlagCheck(check, attribute).checkAll();
    }
}

} // namespace

const RuleSet &flagRules()
{
    static constexpr RuleSet set {allFlagRules, checkFlagRules};
    return set;
}

} // namespace hubkeeper
