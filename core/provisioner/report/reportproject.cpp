// SPDX-License-Identifier: MIT
#include "provisioner/report/reportproject.h"

#include "provisioner/provisionertext.h"
#include "provisioner/report/reportgithub.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString checkedAs(const QString &projectFile)
{
    return ProvisionerText::tr("Checked as %1 says.").arg(projectFile);
}

QByteArray namedSarif(QJsonObject json, const QString &projectFile)
{
    QJsonArray runs = json["runs"_L1].toArray();
    QJsonObject run = runs[0].toObject();
    QJsonObject properties = run["properties"_L1].toObject();
    properties.insert(u"projectFile"_s, projectFile);
    run.insert(u"properties"_s, properties);
    runs[0] = run;
    json.insert(u"runs"_s, runs);
    return QJsonDocument(json).toJson();
}

} // namespace

QByteArray namingProject(const QString &projectFile, ReportFormat format, const QByteArray &report)
{
    switch (format) {
    case ReportFormat::Json: {
        QJsonObject json = QJsonDocument::fromJson(report).object();
        json.insert(u"projectFile"_s, projectFile);
        return QJsonDocument(json).toJson();
    }
    case ReportFormat::Sarif:
        return namedSarif(QJsonDocument::fromJson(report).object(), projectFile);
    case ReportFormat::JUnit: {
        const QString place = projectFile.toHtmlEscaped().replace(u"--"_s, u"- -"_s);
        const QByteArray comment = u"<!-- %1 -->\n"_s.arg(checkedAs(place)).toUtf8();
        QByteArray named = report;
        return named.insert(named.indexOf("<testsuites "), comment);
    }
    case ReportFormat::Text:
        return (checkedAs(projectFile) + u'\n').toUtf8() + report;
    case ReportFormat::GitHub:
        return u"::notice::%1\n"_s.arg(gitHubData(checkedAs(projectFile))).toUtf8() + report;
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper
