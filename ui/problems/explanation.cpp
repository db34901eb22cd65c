// SPDX-License-Identifier: MIT
#include "problems/explanation.h"

#include "problems/findingsmodel.h"
#include "provisioner/rules/rule.h"
#include "widgets/showntime.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::Explanation)
};

QString section(const QString &title, const QString &text)
{
    return text.isEmpty()
        ? QString()
        : u"<p><b>%1</b><br>%2</p>"_s.arg(title.toHtmlEscaped(), text.toHtmlEscaped());
}

/// An example as it is in a file; what is not JSON but a way to write one is named as such.
QString exampleHtml(const QString &title, const RuleExample &example, const char *text)
{
    const QString shown = text ? QString::fromUtf8(text) : Words::tr("(nothing there)");
    const QString pointer = QString::fromUtf8(example.pointer);
    const QString place = pointer.startsWith(u'/') ? pointer + u": "_s : QString();
    return u"<p><b>%1</b></p><pre style=\"white-space: pre-wrap\">%2%3</pre>"_s.arg(
        title.toHtmlEscaped(), place.toHtmlEscaped(), shown.toHtmlEscaped());
}

QString stageTitle(RuleStage stage)
{
    switch (stage) {
    case RuleStage::Bytes:
        return Words::tr("Bytes and syntax");
    case RuleStage::File:
        return Words::tr("File");
    case RuleStage::Shape:
        return Words::tr("Shape");
    case RuleStage::Reference:
        return Words::tr("Connector reference");
    case RuleStage::Blocks:
        return Words::tr("Pool, handlers, time-outs, rate limits");
    case RuleStage::Properties:
        return Words::tr("Configuration properties");
    case RuleStage::Secrets:
        return Words::tr("Secrets and substitutions");
    case RuleStage::ObjectTypes:
        return Words::tr("Object types");
    case RuleStage::Operations:
        return Words::tr("Operations, system actions, failure handling");
    case RuleStage::Dated:
        return Words::tr("With a date");
    case RuleStage::Live:
        return Words::tr("Asked of the portal");
    case RuleStage::Mappings:
        return Words::tr("Mappings");
    }
    Q_UNREACHABLE();
}

} // namespace

QString explanationOf(const Finding &finding)
{
    const Rule *rule = ruleById(finding.ruleId);
    QString html = u"<h3>%1%2</h3>"_s.arg(
        finding.ruleId.toHtmlEscaped(),
        rule ? u": "_s + translatedRule(rule->title).toHtmlEscaped() : QString());
    html += u"<p>%1: %2</p>"_s.arg(severityText(finding.severity).toHtmlEscaped(),
                                   withShownTimes(finding.message).toHtmlEscaped());
    html += section(Words::tr("What IDM does"), finding.effect);
    html += section(Words::tr("What to do"), finding.remedy);
    if (finding.fix) {
        html += section(finding.fix->safe ? Words::tr("A safe fix is there")
                                          : Words::tr("A fix is there; look at what it does"),
                        finding.fix->title);
    }
    if (rule) {
        html += exampleHtml(Words::tr("Wrong"), rule->example, rule->example.bad);
        html += exampleHtml(Words::tr("Right"), rule->example, rule->example.good);
    }
    return html;
}

QString plainTextOf(const Finding &finding)
{
    //: A finding as a line of text: severity, rule, line, column, sentence.
    QString text = Words::tr("%1 %2, line %3, column %4: %5")
                       .arg(severityText(finding.severity), finding.ruleId)
                       .arg(finding.position.line)
                       .arg(finding.position.column)
                       .arg(finding.message);
    for (const QString &sentence : {finding.effect, finding.remedy}) {
        if (!sentence.isEmpty())
            text += u'\n' + sentence;
    }
    return text;
}

QString ruleListHtml()
{
    QString html;
    std::optional<RuleStage> stage;
    for (const Rule *rule : allRules()) {
        if (stage != rule->stage) {
            stage = rule->stage;
            html += u"<h3>%1</h3>"_s.arg(stageTitle(*stage).toHtmlEscaped());
        }
        html += u"<p><a name=\"%1\"></a><b>%1</b> (%2) %3<br>%4 %5</p>"_s.arg(
            QString::fromLatin1(rule->id), severityText(rule->severity).toHtmlEscaped(),
            translatedRule(rule->title).toHtmlEscaped(),
            translatedRule(rule->effect).toHtmlEscaped(),
            translatedRule(rule->remedy).toHtmlEscaped());
    }
    return html;
}

int ruleCount()
{
    return int(allRules().size());
}

} // namespace hubkeeper
