// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "provisioner/report/report.h"

namespace hubkeeper::cli {

/// One form of a report, and where it goes.
struct ReportPlace
{
    ReportFormat format = ReportFormat::Text;
    QString file; ///< Empty: standard output.

    [[nodiscard]] bool isFile() const { return !file.isEmpty(); }
};

/// --format FORMAT or FORMAT=FILE, as often as wanted, and --output.
struct ReportOptions
{
    std::vector<std::string> formats; ///< Each "sarif" or "sarif=FILE"; checked by the parser.
    std::string output; ///< For the one format that names no file.

    void addTo(CLI::App &verb);
    [[nodiscard]] bool isAsked() const { return !formats.empty() || !output.empty(); }
    /// What was asked for; without a word text, or JSON with --json, to standard output. Fails with
    /// InvalidInput: two forms in one place.
    [[nodiscard]] Result<QList<ReportPlace>> places(bool json) const;
};

/// Writes a file whole or not at all, standard output as Output does: text for people without
/// control characters.
[[nodiscard]] Result<void> writeReport(const ReportPlace &place, const QByteArray &report,
                                       Output &output);

} // namespace hubkeeper::cli
