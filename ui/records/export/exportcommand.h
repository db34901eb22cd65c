// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/exportplan.h"

namespace hubkeeper {

/// The hubkeeper-cli command that writes the same file of a whole portal, quoted for a POSIX shell.
/// `ids`: of these records only.
[[nodiscard]] QString exportCommand(const QString &provisioner, ObjectType type,
                                    const ExportPlan &plan, const QStringList &ids = {});

} // namespace hubkeeper
