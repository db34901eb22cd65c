// SPDX-License-Identifier: MIT
#include "provisioner/report/reportgithub.h"

#include "provisioner/report/report.h"
#include "provisioner/rules/rule.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString gitHubData(QString text)
{
    return text.replace(u'%', u"%25"_s).replace(u'\r', u"%0D"_s).replace(u'\n', u"%0A"_s);
}

namespace {

/// GitHub's toolkit escapes exactly these (actions/toolkit, command.ts).
QString escapedProperty(const QString &text)
{
    return gitHubData(text).replace(u':', u"%3A"_s).replace(u',', u"%2C"_s);
}

QString commandOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return u"error"_s;
    case Severity::Warning:
        return u"warning"_s;
    case Severity::Info:
        return u"notice"_s;
    }
    Q_UNREACHABLE();
}

QString titleOf(const Finding &finding)
{
    const Rule *rule = ruleById(finding.ruleId);
    return rule ? finding.ruleId + u' ' + translatedRule(rule->title) : finding.ruleId;
}

QString workflowCommandOf(const CheckedFile &file, const Finding &finding)
{
    const TextPosition end = endOf(finding, file.bytes);
    // One arg() for all: a name may hold what looks like a place marker.
    QString properties = u"file=%1,line=%2,endLine=%3"_s.arg(escapedProperty(file.path),
                                                             QString::number(finding.position.line),
                                                             QString::number(end.line));
    if (end.line == finding.position.line) { // Columns are taken on one line only.
        properties += u",col=%1,endColumn=%2"_s.arg(finding.position.column).arg(end.column);
    }
    properties += u",title="_s + escapedProperty(titleOf(finding));
    const QString text =
        QStringList {finding.message, finding.effect, finding.remedy}.join(u'\n').trimmed();
    return u"::%1 %2::%3\n"_s.arg(commandOf(finding.severity), properties, gitHubData(text));
}

} // namespace

QByteArray githubReport(const QList<CheckedFile> &files)
{
    QString text;
    for (const CheckedFile &file : files) {
        if (file.failure) {
            text += u"::error file=%1::%2\n"_s.arg(escapedProperty(file.path),
                                                   gitHubData(file.failure->sentence()));
        }
        for (const Finding &finding : file.findings)
            text += workflowCommandOf(file, finding);
    }
    return text.toUtf8();
}

} // namespace hubkeeper
