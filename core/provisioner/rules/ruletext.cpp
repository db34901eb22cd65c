// SPDX-License-Identifier: MIT
#include "provisioner/rules/ruletext.h"

#include "provisioner/provisionertext.h"

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
        return ProvisionerText::tr("the whole file");
    if (pointer == "#bytes"_L1)
        return ProvisionerText::tr("the bytes of the file");
    if (pointer == "#repeat"_L1)
        return ProvisionerText::tr("the whole file, repeated so often");
    if (pointer == "#today"_L1)
        return ProvisionerText::tr("the day");
    if (pointer == "#apiVersion"_L1)
        return ProvisionerText::tr("the API version of the connection");
    return pointer == "#name"_L1 ? ProvisionerText::tr("the name of the file") : pointer;
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
        return ProvisionerText::tr("nothing there");
    const QString plain = shown(value).replace(u'\n', u' ');
    if (plain.isEmpty())
        return ProvisionerText::tr("an empty text");
    const QString fence(plain.contains(u'`') ? 2 : 1, u'`');
    return plain.contains(u'`') ? fence + u' ' + plain + u' ' + fence : fence + plain + fence;
}

QString plainExample(const char *value)
{
    return value ? shown(value) : ProvisionerText::tr("(nothing there)");
}

/// What is otherwise on a community server, in words.
QStringList communityLines(const Rule &rule)
{
    const CommunityRule &own = rule.community;
    QStringList lines;
    if (own.severity || own.effect)
        lines.append(ProvisionerText::tr("On community OpenIDM (%1): %2")
                         .arg(nameOf(rule.severityFor(ServerProfile::Community)),
                              translatedRule(rule.effectFor(ServerProfile::Community))));
    if (own.remedy)
        lines.append(
            ProvisionerText::tr("Remedy on community OpenIDM: %1").arg(translatedRule(own.remedy)));
    return lines;
}

QString stageTitle(RuleStage stage)
{
    switch (stage) {
    case RuleStage::Bytes:
        return ProvisionerText::tr("Bytes");
    case RuleStage::File:
        return ProvisionerText::tr("File");
    case RuleStage::Shape:
        return ProvisionerText::tr("Shape");
    case RuleStage::Reference:
        return ProvisionerText::tr("Connector reference");
    case RuleStage::Blocks:
        return ProvisionerText::tr("Pool, handlers, time-outs, rate limits");
    case RuleStage::Properties:
        return ProvisionerText::tr("Configuration properties");
    case RuleStage::Secrets:
        return ProvisionerText::tr("Secrets and substitutions");
    case RuleStage::ObjectTypes:
        return ProvisionerText::tr("Object types");
    case RuleStage::Operations:
        return ProvisionerText::tr("Operations, actions, failure handling");
    case RuleStage::Dated:
        return ProvisionerText::tr("Dates");
    case RuleStage::Live:
        return ProvisionerText::tr("Asked of a portal");
    case RuleStage::Mappings:
        return ProvisionerText::tr("Mappings");
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
        u"%1  %2 (%3)\n\n"_s.arg(text(rule.id), translatedRule(rule.title), nameOf(rule.severity));
    result += ProvisionerText::tr("Effect: %1\nRemedy: %2\n")
                  .arg(translatedRule(rule.effect), translatedRule(rule.remedy));
    for (const QString &line : communityLines(rule))
        result += line + u'\n';
    if (rule.fixable)
        result += ProvisionerText::tr("hubkeeper-cli fix can fix it.\n");
    result += ProvisionerText::tr("\nAt %1\n").arg(placeText(rule.example));
    result += ProvisionerText::tr("  bad:  %1\n").arg(plainExample(rule.example.bad));
    result += ProvisionerText::tr("  good: %1\n").arg(plainExample(rule.example.good));
    return result;
}

QString ruleHelpMarkdown(const Rule &rule)
{
    QString result = ProvisionerText::tr("**Effect.** %1\n\n**Remedy.** %2")
                         .arg(translatedRule(rule.effect), translatedRule(rule.remedy));
    for (const QString &line : communityLines(rule))
        result += u"\n\n*%1*"_s.arg(line);
    if (rule.fixable)
        result +=
            ProvisionerText::tr(" `hubkeeper-cli fix --rule %1` can do it.").arg(text(rule.id));
    const QString pointer = text(rule.example.pointer);
    const QString place =
        pointer.startsWith(u'/') ? u'`' + pointer + u'`' : placeText(rule.example);
    return result
        + ProvisionerText::tr("\n\nAt %1, bad: %2; good: %3.\n")
              .arg(place, code(rule.example.bad), code(rule.example.good));
}

QString ruleMarkdown(const Rule &rule)
{
    return u"### %1 %2\n\n*%3*\n\n"_s.arg(text(rule.id), translatedRule(rule.title),
                                          nameOf(rule.severity))
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
        community[u"effect"_s] = translatedRule(rule.effectFor(own));
    if (rule.community.remedy)
        community[u"remedy"_s] = translatedRule(rule.remedyFor(own));
    QJsonObject json {{u"id"_s, text(rule.id)},
                      {u"severity"_s, nameOf(rule.severity)},
                      {u"stage"_s, nameOf(rule.stage)},
                      {u"title"_s, translatedRule(rule.title)},
                      {u"effect"_s, translatedRule(rule.effect)},
                      {u"remedy"_s, translatedRule(rule.remedy)},
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
