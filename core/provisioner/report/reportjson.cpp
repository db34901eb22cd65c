// SPDX-License-Identifier: MIT
#include "provisioner/report/report.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QJsonObject asJson(const Finding &finding)
{
    return {{u"ruleId"_s, finding.ruleId},          {u"severity"_s, nameOf(finding.severity)},
            {u"message"_s, finding.message},        {u"effect"_s, finding.effect},
            {u"remedy"_s, finding.remedy},          {u"line"_s, finding.position.line},
            {u"column"_s, finding.position.column}, {u"pointer"_s, finding.pointer},
            {u"fixable"_s, finding.fix.has_value()}};
}

QJsonObject asJson(const CheckedFile &file)
{
    QJsonArray findings;
    for (const Finding &finding : file.findings)
        findings.append(asJson(finding));
    QJsonObject object {{u"path"_s, file.path}, {u"findings"_s, findings}};
    if (file.failure) {
        object.insert(u"error"_s,
                      QJsonObject {{u"kind"_s, nameOf(file.failure->kind)},
                                   {u"message"_s, file.failure->what},
                                   {u"remedy"_s, file.failure->remedy}});
    }
    return object;
}

QJsonObject asJson(const ReportSummary &summary)
{
    return {{u"files"_s, summary.files},          {u"errors"_s, summary.errors},
            {u"warnings"_s, summary.warnings},    {u"infos"_s, summary.infos},
            {u"fixable"_s, summary.fixable},      {u"hidden"_s, summary.hidden},
            {u"unreadable"_s, summary.unreadable}};
}

} // namespace

QByteArray jsonReport(const QList<CheckedFile> &files)
{
    QJsonArray list;
    for (const CheckedFile &file : files)
        list.append(asJson(file));
    const QJsonObject report {{u"files"_s, list}, {u"summary"_s, asJson(summaryOf(files))}};
    return QJsonDocument(report).toJson();
}

} // namespace hubkeeper
