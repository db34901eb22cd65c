// SPDX-License-Identifier: MIT
#include "provisioner/report/report.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr std::array formats {ReportFormat::Text, ReportFormat::Json, ReportFormat::Sarif,
                              ReportFormat::JUnit, ReportFormat::GitHub};

void count(const Finding &finding, ReportSummary &summary)
{
    switch (finding.severity) {
    case Severity::Error:
        ++summary.errors;
        break;
    case Severity::Warning:
        ++summary.warnings;
        break;
    case Severity::Info:
        ++summary.infos;
        break;
    }
    summary.fixable += finding.fix.has_value();
}

} // namespace

QString nameOf(ReportFormat format)
{
    switch (format) {
    case ReportFormat::Text:
        return u"text"_s;
    case ReportFormat::Json:
        return u"json"_s;
    case ReportFormat::Sarif:
        return u"sarif"_s;
    case ReportFormat::JUnit:
        return u"junit"_s;
    case ReportFormat::GitHub:
        return u"github"_s;
    }
    Q_UNREACHABLE();
}

std::optional<ReportFormat> reportFormatFrom(const QString &name)
{
    for (const ReportFormat format : formats) {
        if (name == nameOf(format))
            return format;
    }
    return {};
}

ReportSummary summaryOf(const QList<CheckedFile> &files)
{
    ReportSummary summary;
    summary.files = int(files.size());
    for (const CheckedFile &file : files) {
        summary.unreadable += file.failure.has_value();
        summary.hidden += file.hidden;
        for (const Finding &finding : file.findings)
            count(finding, summary);
    }
    return summary;
}

TextPosition endOf(const Finding &finding, const QByteArray &bytes)
{
    TextPosition end = finding.position;
    const qsizetype stop = std::min(finding.at.end, bytes.size());
    const qsizetype first = bytes.startsWith("\xEF\xBB\xBF") ? 3 : 0; // Has no column.
    for (qsizetype i = std::max(finding.at.begin, first); i < stop; ++i) {
        if (bytes[i] == '\n')
            end = {end.line + 1, 1};
        else if ((uchar(bytes[i]) & 0xC0) != 0x80) // Not the rest of a character.
            ++end.column;
    }
    return end;
}

QByteArray reportOf(ReportFormat format, const QList<CheckedFile> &files, FailOn failOn,
                    const std::shared_ptr<const DatedRules> &dated)
{
    switch (format) {
    case ReportFormat::Text:
        return textReport(files);
    case ReportFormat::Json:
        return jsonReport(files);
    case ReportFormat::Sarif:
        return sarifReport(files, dated);
    case ReportFormat::JUnit:
        return junitReport(files, failOn);
    case ReportFormat::GitHub:
        return githubReport(files);
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper
