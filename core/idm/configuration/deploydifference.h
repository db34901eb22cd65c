// SPDX-License-Identifier: MIT
#pragma once

#include "idm/configuration/configobjects.h"
#include "provisioner/document/meaningdiff.h"

namespace hubkeeper {

/// How a provisioner file differs from what a server has.
struct DeployDifference
{
    QList<MeaningChange> changes; ///< From the server to the file, secrets masked.
    /// Pointers of values that only the server can read (`$crypto` on either side): they are not
    /// compared.
    QStringList notCompared;

    [[nodiscard]] bool isSame() const { return changes.isEmpty(); }
};

/// By meaning, as meaningDiff(). The file has to be valid JSON. Pure.
[[nodiscard]] DeployDifference differenceTo(const JsonText &file, const ConfigObject &onServer);

/// A server's object as people read it: indented, sorted by key.
[[nodiscard]] QByteArray textOf(const ConfigObject &object);

} // namespace hubkeeper
