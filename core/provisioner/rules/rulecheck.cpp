// SPDX-License-Identifier: MIT
#include "provisioner/rules/rulecheck.h"

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

QString RuleCheck::shown(int node) const
{
    constexpr qsizetype most = 60;
    const QString raw = QString::fromUtf8(text.rawOf(node)).simplified();
    return raw.size() <= most ? raw : raw.left(most) + u'…';
}

void RuleCheck::report(const Rule &rule, int node, const QString &message, std::optional<Fix> fix)
{
    add(rule, text.node(node).span, text.pointerOf(node), message, std::move(fix));
}

void RuleCheck::reportKey(const Rule &rule, int node, const QString &message,
                          std::optional<Fix> fix)
{
    const JsonText::Node &member = text.node(node);
    add(rule, member.key.size() > 0 ? member.key : member.span, text.pointerOf(node), message,
        std::move(fix));
}

void RuleCheck::reportBytes(const Rule &rule, Span at, const QString &message,
                            std::optional<Fix> fix)
{
    const int node = text.covering(at.begin);
    add(rule, at, node == JsonText::none ? QString() : text.pointerOf(node), message,
        std::move(fix));
}

void RuleCheck::reportFile(const Rule &rule, const QString &message, std::optional<Fix> fix)
{
    add(rule, {}, {}, message, std::move(fix));
}

void RuleCheck::add(const Rule &rule, Span at, const QString &pointer, const QString &message,
                    std::optional<Fix> fix)
{
    Finding finding;
    finding.ruleId = QString::fromLatin1(rule.id);
    finding.severity = rule.severity;
    finding.message = message;
    finding.effect = QString::fromUtf8(rule.effect);
    finding.remedy = QString::fromUtf8(rule.remedy);
    finding.at = at;
    finding.position = text.positionOf(at.begin);
    finding.pointer = pointer;
    finding.fix = std::move(fix);
    m_findings.append(std::move(finding));
}

QList<Finding> RuleCheck::takeFindings()
{
    return std::move(m_findings);
}

} // namespace hubkeeper
