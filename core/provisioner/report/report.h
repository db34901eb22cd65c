// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "provisioner/rules/finding.h"

#include <memory>

namespace hubkeeper {

class DatedRules;

/// One file that was looked at.
struct CheckedFile
{
    QString path; ///< As the user named it, "-" for standard input.
    QByteArray bytes; ///< What was checked; says where a place ends.
    QList<Finding> findings;
    std::optional<Error> failure = {}; ///< Why it could not be read.
    int hidden = 0; ///< Findings that were known before and are not in the list.
};

enum class ReportFormat { Text, Json, Sarif, JUnit, GitHub };

/// "text", "json", "sarif", "junit", "github". Never changes.
[[nodiscard]] QString nameOf(ReportFormat format);
[[nodiscard]] std::optional<ReportFormat> reportFormatFrom(const QString &name);

/// Findings of this severity and worse fail a run; nothing: none does.
using FailOn = std::optional<Severity>;

/// How many there are of what.
struct ReportSummary
{
    int files = 0;
    int unreadable = 0;
    int errors = 0;
    int warnings = 0;
    int infos = 0;
    int fixable = 0;
    int hidden = 0;
};

[[nodiscard]] ReportSummary summaryOf(const QList<CheckedFile> &files);

/// Where the finding's place ends; its position where it has no extent.
[[nodiscard]] TextPosition endOf(const Finding &finding, const QByteArray &bytes);

/// Each format in UTF-8, ending with a line break, English, without secrets. Pure.
///
/// - text: a line `path:line:column: severity rule: message` and two with effect and remedy.
/// - json: {"files": [{"path", "findings": [...]}], "summary": {...}}; a file that could not be
///   read has "error" and no findings.
/// - sarif: SARIF 2.1.0 (OASIS), all rules as metadata, with the dated ones that were used (null:
///   those of the program), columns in code points, fingerprints that stay when lines move, safe
///   fixes that touch no secret.
/// - junit: a suite per file, a case per finding; those that do not fail the run pass.
/// - github: workflow commands, as GitHub Actions turns them into annotations.
[[nodiscard]] QByteArray textReport(const QList<CheckedFile> &files);
[[nodiscard]] QByteArray jsonReport(const QList<CheckedFile> &files);
[[nodiscard]] QByteArray sarifReport(const QList<CheckedFile> &files,
                                     const std::shared_ptr<const DatedRules> &dated = {});
[[nodiscard]] QByteArray junitReport(const QList<CheckedFile> &files, FailOn failOn);
[[nodiscard]] QByteArray githubReport(const QList<CheckedFile> &files);

[[nodiscard]] QByteArray reportOf(ReportFormat format, const QList<CheckedFile> &files,
                                  FailOn failOn,
                                  const std::shared_ptr<const DatedRules> &dated = {});

} // namespace hubkeeper
