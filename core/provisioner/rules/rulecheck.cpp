// SPDX-License-Identifier: MIT
#include "provisioner/rules/rulecheck.h"

#include "base/similarname.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/provisionertext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

RuleCheck::RuleCheck(const JsonText &checked, const ValidationOptions &how)
    : text(checked)
    , options(how)
{
}

int RuleCheck::find(const QString &pointer, JsonKind kind) const
{
    const int node = text.at(pointer);
    return isKind(node, kind) ? node : JsonText::none;
}

int RuleCheck::member(int object, QLatin1StringView key) const
{
    return object == JsonText::none ? JsonText::none : text.member(object, key);
}

bool RuleCheck::isKind(int node, JsonKind kind) const
{
    return node != JsonText::none && text.node(node).kind == kind;
}

bool RuleCheck::isGiven(int node) const
{
    return node != JsonText::none && !isKind(node, JsonKind::Null)
        && !isKind(node, JsonKind::Invalid) && !isSubstituted(text, node)
        && !holdsSubstitutionSign(node);
}

bool RuleCheck::holdsSubstitutionSign(int node) const
{
    return isKind(node, JsonKind::String) && text.stringOf(node).contains("&{"_L1);
}

bool RuleCheck::isCommunity() const
{
    return options.profile == ServerProfile::Community;
}

bool RuleCheck::hasRoom(const Rule &rule) const
{
    return m_counts.value(&rule) < mostOfOneRule;
}

int RuleCheck::endOfValues() const
{
    for (int around = text.root(); around != JsonText::none; around = text.node(around).parent) {
        if (text.node(around).next != JsonText::none)
            return text.node(around).next;
    }
    return text.nodeCount();
}

const QList<DeclaredObjectType> &RuleCheck::objectTypes()
{
    if (!m_objectTypes)
        m_objectTypes = declaredObjectTypes(text);
    return *m_objectTypes;
}

const QList<int> &RuleCheck::deepMembers()
{
    if (m_deepMembers)
        return *m_deepMembers;
    m_deepMembers.emplace();
    std::vector<int> depths(size_t(text.nodeCount()), 1); // A parent comes before its children.
    for (int node = 0; node < text.nodeCount(); ++node) {
        const int parent = text.node(node).parent;
        if (parent == JsonText::none || node == text.root())
            continue;
        depths[size_t(node)] = depths[size_t(parent)] + 1;
        if (depths[size_t(node)] != usualDepth + 1)
            continue;
        int member = node;
        while (text.node(member).parent != text.root() && text.node(member).parent > 0)
            member = text.node(member).parent;
        if (!m_deepMembers->contains(member))
            m_deepMembers->append(member);
    }
    return *m_deepMembers;
}

QString RuleCheck::shown(int node) const
{
    constexpr qsizetype most = 60;
    const QString raw = QString::fromUtf8(text.rawOf(node)).simplified();
    return raw.size() <= most ? raw : raw.left(most) + u'…';
}

void RuleCheck::report(const Rule &rule, int node, const QString &message, std::optional<Fix> fix)
{
    if (hasRoom(rule)) // A pointer costs: of an element, all before it are counted.
        add(rule, text.node(node).span, text.pointerOf(node), message, std::move(fix));
}

void RuleCheck::reportKey(const Rule &rule, int node, const QString &message,
                          std::optional<Fix> fix)
{
    if (!hasRoom(rule))
        return;
    const JsonText::Node &member = text.node(node);
    add(rule, member.key.size() > 0 ? member.key : member.span, text.pointerOf(node), message,
        std::move(fix));
}

void RuleCheck::reportBytes(const Rule &rule, Span at, const QString &message,
                            std::optional<Fix> fix)
{
    if (!hasRoom(rule))
        return;
    const int node = text.covering(at.begin);
    add(rule, at, node == JsonText::none ? QString() : text.pointerOf(node), message,
        std::move(fix));
}

void RuleCheck::reportFile(const Rule &rule, const QString &message, std::optional<Fix> fix)
{
    add(rule, {}, {}, message, std::move(fix));
}

void RuleCheck::reportUnknownKey(const Rule &rule, int member, const QStringList &known,
                                 const QString &place)
{
    if (!hasRoom(rule))
        return;
    const QString key = text.keyOf(member);
    QString message = ProvisionerText::tr("There is no %1 called %2.").arg(place, shownName(key));
    const std::optional<QString> nearest = mostSimilarName(key, known);
    if (!nearest)
        return reportKey(rule, member, message);
    message.chop(1);
    message += ProvisionerText::tr("; the nearest is %1.").arg(*nearest);
    std::optional<Fix> fix;
    if (text.member(text.node(member).parent, *nearest) == JsonText::none)
        fix = Fix {ProvisionerText::tr("Rename to %1").arg(*nearest),
                   {renameKey(text, member, *nearest)}};
    reportKey(rule, member, message, std::move(fix));
}

void RuleCheck::reportMissing(const Rule &rule, int object, const QString &message,
                              std::optional<Fix> fix)
{
    if (object == text.root())
        add(rule, {}, {}, message, std::move(fix));
    else
        reportKey(rule, object, message, std::move(fix));
}

void RuleCheck::add(const Rule &rule, Span at, const QString &pointer, const QString &message,
                    std::optional<Fix> fix)
{
    const int count = ++m_counts[&rule];
    if (count > mostOfOneRule)
        return;
    Finding finding;
    finding.ruleId = QString::fromLatin1(rule.id);
    finding.severity = rule.severityFor(options.profile);
    finding.message = count < mostOfOneRule
        ? message
        : message + ProvisionerText::tr(" There may be more of these.");
    finding.effect = translatedRule(rule.effectFor(options.profile));
    finding.remedy = translatedRule(rule.remedyFor(options.profile));
    finding.at = at;
    finding.position = text.positionOf(at.begin);
    finding.pointer = pointer;
    finding.isCurable = rule.curable;
    // Edits of what was read around a fault might cut at the wrong place.
    if (isWhole() || rule.stage == RuleStage::Bytes)
        finding.fix = std::move(fix);
    m_findings.append(std::move(finding));
}

void RuleCheck::reportAs(Severity severity, const Rule &rule, int node, const QString &message,
                         std::optional<Fix> fix)
{
    report(rule, node, message, std::move(fix));
    setSeverityOfLast(rule, severity);
}

void RuleCheck::setSeverityOfLast(const Rule &rule, Severity severity)
{
    const bool wasKept = m_counts.value(&rule) <= mostOfOneRule;
    if (wasKept && !m_findings.isEmpty() && m_findings.last().ruleId == QLatin1StringView(rule.id))
        m_findings.last().severity = severity;
}

QList<Finding> RuleCheck::takeFindings()
{
    return std::move(m_findings);
}

bool looksLikeProvisioner(const JsonText &text, int object)
{
    static const QStringList blocks {u"connectorRef"_s,     u"configurationProperties"_s,
                                     u"objectTypes"_s,      u"operationTimeout"_s,
                                     u"poolConfigOption"_s, u"resultsHandlerConfig"_s};
    return std::any_of(blocks.begin(), blocks.end(), [&](const QString &block) {
        return text.member(object, block) != JsonText::none;
    });
}

bool isOfAnotherConnector(const JsonText &text)
{
    const int connectorName = text.at(u"/connectorRef/connectorName"_s);
    const int bundleName = text.at(u"/connectorRef/bundleName"_s);
    const auto isForeign = [&text](int node) {
        return node != JsonText::none && text.node(node).kind == JsonKind::String
            && !isSubstituted(text, node) && !text.stringOf(node).isEmpty()
            && !text.stringOf(node).contains("hubspot"_L1, Qt::CaseInsensitive);
    };
    return isForeign(connectorName) && (bundleName == JsonText::none || isForeign(bundleName));
}

} // namespace hubkeeper
