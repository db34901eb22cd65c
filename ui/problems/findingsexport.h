// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/report/report.h"

#include <optional>

class QWidget;

namespace hubkeeper {

class DocumentFindings;

/// Where findings are to be written, and how.
struct ExportTarget
{
    QString path;
    ReportFormat format = ReportFormat::Text;
};

/// The format that a file of this name has by its ending; `otherwise` if the ending says nothing.
[[nodiscard]] ReportFormat formatOfName(const QString &path, ReportFormat otherwise);

/// The findings of the document as they are listed, and which project file chose them.
[[nodiscard]] QByteArray findingsReport(const DocumentFindings &findings, ReportFormat format);

/// Asks for a file; nothing if the question was cancelled.
[[nodiscard]] std::optional<ExportTarget> askForExport(QWidget *parent);

} // namespace hubkeeper
