// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/report/report.h"

namespace hubkeeper {

/// `report`, which is of that format, with the path of the project file in it: whoever reads it
/// knows who chose the rules. Pure.
[[nodiscard]] QByteArray namingProject(const QString &projectFile, ReportFormat format,
                                       const QByteArray &report);

} // namespace hubkeeper
