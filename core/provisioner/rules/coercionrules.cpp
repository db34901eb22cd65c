// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/decisiveplaces.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/model/substitution.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule coercionInCommunity {
    "HK560",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Coercion object that OpenIDM does not know"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The community's server leaves the object an object, and refuses one in most places."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write the value itself, or, except for a secret, a plain substitution where "
                      "a text will do."),
    "idm-connector 2.8",
    {"/configurationProperties/permitsPerSecond", R"({"$int": "&{hubspot.permits}"})", "6",
     ServerProfile::Community},
};

constexpr Rule unknownCoercion {
    "HK561",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Unknown coercion"),
    QT_TRANSLATE_NOOP(
        "Rule", "IDM takes the object as an object, which is refused where one value is wanted."),
    QT_TRANSLATE_NOOP(
        "Rule", "Use $int, $bool, $number, $list, $array, $object, $string or $base64:decode."),
    "idm-connector 2.8",
    {"/configurationProperties/permitsPerSecond", R"({"$integer": "&{hubspot.permits}"})",
     R"({"$int": "&{hubspot.permits}"})"},
    true,
};

constexpr Rule coercionWithCompany {
    "HK562",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Coercion beside other members"),
    QT_TRANSLATE_NOOP("Rule",
                      "Only an object with this one member is a coercion; this one stays an object "
                      "and is refused."),
    QT_TRANSLATE_NOOP("Rule", "Leave the coercion alone in its object."),
    "idm-connector 2.8",
    {"/configurationProperties/permitsPerSecond",
     R"({"$int": "&{hubspot.permits}", "comment": "calls"})", R"({"$int": "&{hubspot.permits}"})"},
};

constexpr Rule operandKind {
    "HK563",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Coercion of something that is not a text"),
    QT_TRANSLATE_NOOP(
        "Rule", "IDM coerces texts; it refuses the configuration, and the connector is not there."),
    QT_TRANSLATE_NOOP("Rule", "Put the substitution in double quotes."),
    "idm-connector 2.8",
    {"/configurationProperties/permitsPerSecond", R"({"$int": ["&{hubspot.permits}"]})",
     R"({"$int": "&{hubspot.permits}"})"},
};

constexpr Rule notCoercible {
    "HK564",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Default that cannot be coerced"),
    QT_TRANSLATE_NOOP("Rule",
                      "Where the property is not set, IDM refuses the configuration, and the "
                      "connector is not there."),
    QT_TRANSLATE_NOOP("Rule", "Give a default of the kind the coercion makes."),
    "idm-connector 2.8",
    {"/configurationProperties/permitsPerSecond", R"({"$int": "&{hubspot.permits|ten}"})",
     R"({"$int": "&{hubspot.permits|10}"})"},
};

constexpr Rule otherThanTrue {
    "HK565",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "$bool of neither true nor false"),
    QT_TRANSLATE_NOOP(
        "Rule", "$bool is true only for \"true\" in any letter case; yes, on and 1 mean false."),
    QT_TRANSLATE_NOOP("Rule", "Write true or false."),
    "idm-connector 2.8",
    {"/enabled", R"({"$bool": "&{hubspot.enabled|yes}"})",
     R"({"$bool": "&{hubspot.enabled|TRUE}"})"},
};

constexpr Rule coercedConstant {
    "HK566",
    Severity::Info,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Coercion without a substitution"),
    QT_TRANSLATE_NOOP("Rule", "It works and always gives the same value."),
    QT_TRANSLATE_NOOP("Rule", "Write the value itself."),
    "idm-connector 2.8",
    {"/configurationProperties/permitsPerSecond", R"({"$int": "6"})", "6"},
};

constexpr Rule needsCoercion {
    "HK567",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Substitution where IDM does not want a text"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "A substitution gives a text; IDM takes only a real boolean or number here and refuses the"
        " configuration."),
    QT_TRANSLATE_NOOP("Rule", "Wrap it in $bool or $int."),
    "idm-connector 2.4, 2.8",
    {"/resultsHandlerConfig/enableFilteredResultsHandler", R"("&{hubspot.filter}")",
     R"({"$bool": "&{hubspot.filter}"})"},
    true,
    {{},
     nullptr,
     QT_TRANSLATE_NOOP("Rule",
                       "Write the value itself: OpenIDM makes only texts of substitutions.")},
};

constexpr Rule wrongCoercion {
    "HK568",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Coercion to another kind than wanted"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot use the value here and refuses the configuration."),
    QT_TRANSLATE_NOOP("Rule", "Use the coercion that gives what belongs here."),
    "idm-connector 2.5, 2.8",
    {"/operationTimeout/CREATE", R"({"$bool": "&{hubspot.timeout|60000}"})",
     R"({"$int": "&{hubspot.timeout|60000}"})"},
};

constexpr const Rule *allCoercionRules[] {
    &coercionInCommunity, &unknownCoercion, &coercionWithCompany, &operandKind,   &notCoercible,
    &otherThanTrue,       &coercedConstant, &needsCoercion,       &wrongCoercion,
};

/// What may stand in a place.
enum class Wanted { Anything, Boolean, Number, BooleanProperty, NumberProperty, Text, Secret };

Wanted wantedBy(PropertyType type)
{
    switch (type) {
    case PropertyType::Boolean:
        return Wanted::BooleanProperty;
    case PropertyType::Integer:
        return Wanted::NumberProperty;
    case PropertyType::String:
        return Wanted::Text;
    case PropertyType::GuardedString:
        return Wanted::Secret;
    }
    Q_UNREACHABLE();
}

QList<Coercion> coercionsFor(Wanted wanted)
{
    using C = Coercion;
    switch (wanted) {
    case Wanted::Boolean:
        return {C::Bool};
    case Wanted::Number:
        return {C::Int, C::Number};
    case Wanted::BooleanProperty:
        return {C::Bool, C::String, C::Int};
    case Wanted::NumberProperty:
        return {C::Int, C::Number, C::String};
    case Wanted::Text:
        return {C::String, C::Base64Decode, C::Int, C::Number, C::Bool};
    case Wanted::Secret:
        return {C::String, C::Base64Decode};
    case Wanted::Anything:
        break;
    }
    return {};
}

/// The coercion an object is meant to be: its first key that begins with a dollar sign.
int dollarMember(const JsonText &text, int object)
{
    for (int child = text.node(object).firstChild; child != JsonText::none;
         child = text.node(child).next) {
        const QString key = text.keyOf(child);
        const bool hasOtherMeaning = key == "$crypto"_L1 || key == "$schema"_L1 || key == "$ref"_L1;
        if (key.startsWith(u'$') && !hasOtherMeaning)
            return child;
    }
    return JsonText::none;
}

class CoercionCheck
{
public:
    explicit CoercionCheck(RuleCheck &check)
        : m_check(check)
        , m_text(check.text)
    {
    }

    void checkEverywhere()
    {
        for (int node = m_text.root(); node < m_check.endOfValues(); ++node) {
            if (m_text.node(node).kind != JsonKind::Object)
                continue;
            const int member = dollarMember(m_text, node);
            if (member != JsonText::none)
                checkObject(node, member);
        }
    }

    void checkPlaces()
    {
        const int root = m_text.root();
        checkPlace(m_text.member(root, u"enabled"_s), Wanted::Boolean);
        if (m_check.isCommunity())
            checkPlace(m_text.member(root, u"bufferSize"_s), Wanted::Number);
        else
            checkPlace(m_text.member(root, u"excludeUnmodified"_s), Wanted::Boolean);
        checkPlace(m_text.at(u"/syncFailureHandler/maxRetries"_s), Wanted::Number);
        for (const int options : m_check.children(m_text.at(u"/operationOptions"_s)))
            checkDenials(options);
        for (const DeclaredObjectType &type : m_check.objectTypes()) {
            for (const DeclaredAttribute &attribute : type.attributes)
                checkPlace(m_text.member(attribute.node, u"required"_s), Wanted::Boolean);
        }
        checkMembers(u"/resultsHandlerConfig"_s, resultsHandlerKeys(), Wanted::Boolean);
        checkMembers(u"/operationTimeout"_s, operationNames(), Wanted::Number);
        for (const ConnectorProperty &property : connectorProperties())
            checkPlace(m_text.at(u"/configurationProperties/"_s + QLatin1String(property.name)),
                       wantedBy(property.type));
    }

private:
    /// Of one operation, for all object types and for each.
    void checkDenials(int options)
    {
        if (!operationNames().contains(m_text.keyOf(options)))
            return;
        checkPlace(m_text.member(options, u"denied"_s), Wanted::Boolean);
        const int features = m_text.member(options, u"objectFeatures"_s);
        for (const int feature : m_check.children(features))
            checkPlace(m_text.member(feature, u"denied"_s), Wanted::Boolean);
    }

    void checkMembers(const QString &pointer, const QStringList &known, Wanted wanted)
    {
        const int object = m_check.find(pointer, JsonKind::Object);
        if (object == JsonText::none)
            return;
        for (const int child : m_check.children(object)) {
            if (known.contains(m_text.keyOf(child)))
                checkPlace(child, wanted);
        }
    }

    void checkPlace(int node, Wanted wanted)
    {
        if (node == JsonText::none || !isSubstituted(m_text, node))
            return;
        if (m_text.node(node).kind == JsonKind::String) {
            if (wanted == Wanted::Boolean || wanted == Wanted::Number)
                reportBare(node, wanted == Wanted::Boolean ? Coercion::Bool : Coercion::Int);
            return;
        }
        const auto coercion = coercionFrom(m_text.keyOf(m_text.node(node).firstChild));
        if (coercion && !coercionsFor(wanted).contains(*coercion))
            m_check.report(wrongCoercion, node,
                           ProvisionerText::tr("%1 does not give what %2 takes.")
                               .arg(nameOf(*coercion), shownName(m_text.keyOf(node))));
    }

    void reportBare(int node, Coercion coercion)
    {
        std::optional<Fix> fix;
        const QByteArray wrapped =
            '{' + jsonQuoted(nameOf(coercion)) + ": " + m_text.rawOf(node) + '}';
        if (m_check.options.profile == ServerProfile::Commercial)
            fix = Fix {ProvisionerText::tr("Wrap it in %1").arg(nameOf(coercion)),
                       {replaceValue(m_text, node, wrapped)}};
        m_check.report(needsCoercion, node,
                       ProvisionerText::tr("%1 is a text once it is substituted.")
                           .arg(shownName(m_text.keyOf(node))),
                       std::move(fix));
    }

    void checkObject(int object, int member)
    {
        const QString key = m_text.keyOf(member);
        const auto coercion = coercionFrom(key);
        const bool isAlone = m_text.node(object).childCount == 1;
        if (!coercion)
            return isAlone ? reportUnknown(object, member, key) : void();
        if (!isAlone)
            return reportObject(coercionWithCompany, object, member,
                                ProvisionerText::tr("There are other members beside %1.").arg(key));
        if (m_check.isCommunity())
            return reportObject(
                coercionInCommunity, object, member,
                ProvisionerText::tr("%1 is for the commercial server only.").arg(key));
        checkOperand(*coercion, member);
    }

    /// Something that stays an object: refused where one value is wanted, else without effect.
    void reportObject(const Rule &rule, int object, int member, const QString &message,
                      std::optional<Fix> fix = {})
    {
        if (!m_check.hasRoom(rule))
            return;
        m_check.reportKey(rule, member, message, std::move(fix));
        m_check.setSeverityOfLast(rule,
                                  isDecisive(m_text, object, m_check.options.profile)
                                      ? Severity::Error
                                      : Severity::Warning);
    }

    /// "$integer" and "$boolean" are longer than what they mean.
    static std::optional<QString> meant(const QString &key)
    {
        for (const QString &name : coercionNames()) {
            if (key.startsWith(name, Qt::CaseInsensitive))
                return name;
        }
        return mostSimilarName(key, coercionNames());
    }

    void reportUnknown(int object, int member, const QString &key)
    {
        if (!m_check.hasRoom(unknownCoercion))
            return;
        const auto near = meant(key);
        std::optional<Fix> fix;
        if (near)
            fix = Fix {ProvisionerText::tr("Rename to %1").arg(*near),
                       {renameKey(m_text, member, *near)}};
        reportObject(
            unknownCoercion, object, member,
            near
                ? ProvisionerText::tr("There is no coercion %1; the nearest is %2.").arg(key, *near)
                : ProvisionerText::tr("There is no coercion %1.").arg(key),
            std::move(fix));
    }

    void checkOperand(Coercion coercion, int member)
    {
        const JsonKind kind = m_text.node(member).kind;
        const bool isNested = kind == JsonKind::Object && m_text.node(member).childCount == 1
            && dollarMember(m_text, member) != JsonText::none;
        if (isNested)
            return;
        if (kind == JsonKind::Number || kind == JsonKind::Boolean)
            return reportConstant(coercion, member);
        if (kind != JsonKind::String)
            return m_check.report(operandKind, member,
                                  ProvisionerText::tr("%1 is given something that is not a text.")
                                      .arg(nameOf(coercion)));
        checkText(coercion, member);
    }

    void checkText(Coercion coercion, int member)
    {
        const QString value = m_text.stringOf(member);
        const QList<Substitution> parts = substitutionsIn(value);
        if (parts.isEmpty()) {
            checkConstant(coercion, member, value);
            return reportConstant(coercion, member);
        }
        const Substitution &whole = parts.first();
        const bool isWhole = whole.isClosed && whole.begin == 0 && whole.end == value.size();
        const QString otherwise = whole.defaultText(value).toString();
        if (isWhole && whole.hasDefault() && substitutionsIn(otherwise).isEmpty())
            checkConstant(coercion, member, otherwise);
    }

    void reportConstant(Coercion coercion, int member)
    {
        m_check.report(
            coercedConstant, member,
            ProvisionerText::tr("%1 is given a value that never changes.").arg(nameOf(coercion)));
    }

    void checkConstant(Coercion coercion, int member, const QString &value)
    {
        const bool isTruth = value.compare("true"_L1, Qt::CaseInsensitive) == 0
            || value.compare("false"_L1, Qt::CaseInsensitive) == 0;
        if (coercion == Coercion::Bool && !isTruth)
            m_check.report(otherThanTrue, member,
                           ProvisionerText::tr("$bool reads this value as false."));
        if (!isCoercible(coercion, value))
            m_check.report(notCoercible, member,
                           ProvisionerText::tr("%1 cannot be made of the value given here.")
                               .arg(nameOf(coercion)));
    }

    RuleCheck &m_check;
    const JsonText &m_text;
};

void checkCoercionRules(RuleCheck &check)
{
    CoercionCheck checking(check);
    checking.checkEverywhere();
    checking.checkPlaces();
}

} // namespace

const RuleSet &coercionRules()
{
    static constexpr RuleSet set {allCoercionRules, checkCoercionRules};
    return set;
}

} // namespace hubkeeper
