// SPDX-License-Identifier: MIT
#include "provisioner/rules/ruletext.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

QString placeText(const RuleExample &example)
{
    const QString pointer = text(example.pointer);
    if (pointer.isEmpty())
        return u"the whole file"_s;
    if (pointer == "#bytes"_L1)
        return u"the bytes of the file"_s;
    if (pointer == "#repeat"_L1)
        return u"the whole file, repeated so often"_s;
    if (pointer == "#today"_L1)
        return u"the day"_s;
    if (pointer == "#apiVersion"_L1)
        return u"the API version of the connection"_s;
    return pointer == "#name"_L1 ? u"the name of the file"_s : pointer;
}

/// A value as it can be shown: what is not a character becomes a number.
QString shown(const char *value)
{
    if (!value)
        return {};
    QString result;
    for (const QChar c : text(value)) {
        if (c.unicode() < 0x20 && c != u'\n')
            result += u"\\x%1"_s.arg(int(c.unicode()), 2, 16, QLatin1Char('0'));
        else
            result += c;
    }
    return result;
}

/// In Markdown: in as many backticks as the text does not have.
QString code(const char *value)
{
    if (!value)
        return u"nothing there"_s;
    const QString plain = shown(value).replace(u'\n', u' ');
    if (plain.isEmpty())
        return u"an empty text"_s;
    const QString fence(plain.contains(u'`') ? 2 : 1, u'`');
    return plain.contains(u'`') ? fence + u' ' + plain + u' ' + fence : fence + plain + fence;
}

QString plainExample(const char *value)
{
    return value ? shown(value) : u"(nothing there)"_s;
}

/// What is otherwise on a community server, in words.
QStringList communityLines(const Rule &rule)
{
    const CommunityRule &own = rule.community;
    QStringList lines;
    if (own.severity || own.effect)
        lines.append(u"On community OpenIDM (%1): %2"_s.arg(
            nameOf(rule.severityFor(ServerProfile::Community)),
            text(rule.effectFor(ServerProfile::Community))));
    if (own.remedy)
        lines.append(u"Remedy on community OpenIDM: %1"_s.arg(text(own.remedy)));
    return lines;
}

QString stageTitle(RuleStage stage)
{
    switch (stage) {
    case RuleStage::Bytes:
        return u"Bytes"_s;
    case RuleStage::File:
        return u"File"_s;
    case RuleStage::Shape:
        return u"Shape"_s;
    case RuleStage::Reference:
        return u"Connector reference"_s;
    case RuleStage::Blocks:
        return u"Pool, handlers, time-outs, rate limits"_s;
    case RuleStage::Properties:
        return u"Configuration properties"_s;
    case RuleStage::Secrets:
        return u"Secrets and substitutions"_s;
    case RuleStage::ObjectTypes:
        return u"Object types"_s;
    case RuleStage::Operations:
        return u"Operations, actions, failure handling"_s;
    case RuleStage::Dated:
        return u"Dates"_s;
    case RuleStage::Live:
        return u"Asked of a portal"_s;
    }
    Q_UNREACHABLE();
}

constexpr auto head =
    "# Rules\n\n"
    "Every finding names its rule. Ids are stable and never used again for something else.\n"
    "`hubkeeper-cli explain ID` prints one rule, `hubkeeper-cli rules` lists them; this page is\n"
    "made from the same table.\n\n"
    "- **error**: IDM refuses the file, or the connector cannot work with it.\n"
    "- **warning**: IDM takes it and does something else than was meant.\n"
    "- **info**: legal, works, and still worth a look.\n\n"
    "The severity named is the usual one. Where a server skips what it refuses elsewhere, a "
    "finding\n"
    "has another: a substitution without closing brace is an error in a credential and a warning "
    "in\n"
    "a description. With `--profile community` findings say what OpenIDM 6.3.0 was seen to do.\n";

} // namespace

QString ruleText(const Rule &rule)
{
    QString result =
        u"%1  %2 (%3)\n\n"_s.arg(text(rule.id), text(rule.title), nameOf(rule.severity));
    result += u"Effect: %1\nRemedy: %2\n"_s.arg(text(rule.effect), text(rule.remedy));
    for (const QString &line : communityLines(rule))
        result += line + u'\n';
    if (rule.fixable)
        result += u"hubkeeper-cli fix can fix it.\n"_s;
    result += u"\nAt %1\n"_s.arg(placeText(rule.example));
    result += u"  bad:  %1\n"_s.arg(plainExample(rule.example.bad));
    result += u"  good: %1\n"_s.arg(plainExample(rule.example.good));
    return result;
}

QString ruleHelpMarkdown(const Rule &rule)
{
    QString result =
        u"**Effect.** %1\n\n**Remedy.** %2"_s.arg(text(rule.effect), text(rule.remedy));
    for (const QString &line : communityLines(rule))
        result += u"\n\n*%1*"_s.arg(line);
    if (rule.fixable)
        result += u" `hubkeeper-cli fix --rule %1` can do it."_s.arg(text(rule.id));
    const QString pointer = text(rule.example.pointer);
    const QString place =
        pointer.startsWith(u'/') ? u'`' + pointer + u'`' : placeText(rule.example);
    return result
        + u"\n\nAt %1, bad: %2; good: %3.\n"_s.arg(place, code(rule.example.bad),
                                                   code(rule.example.good));
}

QString ruleMarkdown(const Rule &rule)
{
    return u"### %1 %2\n\n*%3*\n\n"_s.arg(text(rule.id), text(rule.title), nameOf(rule.severity))
        + ruleHelpMarkdown(rule);
}

QString rulesPage()
{
    QString page = text(head);
    std::optional<RuleStage> stage;
    for (const Rule *rule : allRules()) {
        if (rule->stage != stage)
            page += u"\n## %1\n"_s.arg(stageTitle(rule->stage));
        stage = rule->stage;
        page += u'\n' + ruleMarkdown(*rule);
    }
    return page;
}

QJsonObject ruleJson(const Rule &rule)
{
    const auto example = [](const char *value) {
        return value ? QJsonValue(text(value)) : QJsonValue();
    };
    QJsonObject community;
    const auto own = ServerProfile::Community;
    if (rule.community.severity)
        community[u"severity"_s] = nameOf(*rule.community.severity);
    if (rule.community.effect)
        community[u"effect"_s] = text(rule.effectFor(own));
    if (rule.community.remedy)
        community[u"remedy"_s] = text(rule.remedyFor(own));
    QJsonObject json {{u"id"_s, text(rule.id)},
                      {u"severity"_s, nameOf(rule.severity)},
                      {u"stage"_s, nameOf(rule.stage)},
                      {u"title"_s, text(rule.title)},
                      {u"effect"_s, text(rule.effect)},
                      {u"remedy"_s, text(rule.remedy)},
                      {u"fixable"_s, rule.fixable},
                      {u"example"_s,
                       QJsonObject {{u"pointer"_s, text(rule.example.pointer)},
                                    {u"bad"_s, example(rule.example.bad)},
                                    {u"good"_s, example(rule.example.good)}}}};
    if (!community.isEmpty())
        json[u"community"_s] = community;
    return json;
}

} // namespace hubkeeper
