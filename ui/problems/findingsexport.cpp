// SPDX-License-Identifier: MIT
#include "problems/findingsexport.h"

#include "configuration/findings/documentfindings.h"
#include "problems/problemsdock.h"
#include "provisioner/report/reportproject.h"

#include <QFileDialog>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ReportFormat formatOfName(const QString &path, ReportFormat otherwise)
{
    const std::pair<QLatin1StringView, ReportFormat> endings[] {{"txt"_L1, ReportFormat::Text},
                                                                {"json"_L1, ReportFormat::Json},
                                                                {"sarif"_L1, ReportFormat::Sarif},
                                                                {"xml"_L1, ReportFormat::JUnit}};
    const QString ending = QFileInfo(path).suffix();
    for (const auto &[text, format] : endings) {
        if (ending.compare(text, Qt::CaseInsensitive) == 0)
            return format;
    }
    return otherwise;
}

QByteArray findingsReport(const DocumentFindings &findings, ReportFormat format)
{
    const Document *document = findings.document();
    CheckedFile file {document ? document->path() : QString(),
                      document ? document->bytes() : QByteArray(), findings.findings()};
    file.hidden = findings.hiddenCount();
    const QByteArray report = reportOf(format, {file}, Severity::Error, findings.options().dated);
    const ProjectFile *project = findings.project().active();
    return project ? namingProject(project->path, format, report) : report;
}

std::optional<ExportTarget> askForExport(QWidget *parent)
{
    const std::pair<QString, ReportFormat> formats[] {
        {ProblemsDock::tr("Text (*.txt)"), ReportFormat::Text},
        {ProblemsDock::tr("JSON (*.json)"), ReportFormat::Json},
        {ProblemsDock::tr("SARIF (*.sarif)"), ReportFormat::Sarif},
        {ProblemsDock::tr("JUnit (*.xml)"), ReportFormat::JUnit}};
    QStringList filters;
    for (const auto &format : formats)
        filters.append(format.first);
    QString chosen = filters.first();
    const QString path = QFileDialog::getSaveFileName(
        parent, ProblemsDock::tr("Export Findings"), u"findings"_s, filters.join(u";;"_s), &chosen);
    if (path.isEmpty())
        return std::nullopt;
    const auto chosenFormat = formats[std::max(0, int(filters.indexOf(chosen)))].second;
    return ExportTarget {path, formatOfName(path, chosenFormat)};
}

} // namespace hubkeeper
