// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/repairrecords.h"

namespace hubkeeper {

/// The words of the hubkeeper-cli command that stages the same repair. `recipe` is the name or file
/// of the recipe, `records` the options that choose the records.
[[nodiscard]] QStringList repairCommand(const QString &provisioner, ObjectType type,
                                        const QString &recipe, const RecordRepairRequest &request,
                                        const QStringList &records);

} // namespace hubkeeper
