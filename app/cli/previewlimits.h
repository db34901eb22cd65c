// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/previewjob.h"

namespace CLI {
class App;
}

namespace hubkeeper::cli {

/// --max-delete, --max-create, --max-update, --max-unlink: how many objects may be touched.
struct PreviewLimits
{
    std::string deletes;
    std::string creates;
    std::string updates;
    std::string unlinks;

    /// `help` is of the first one.
    void addTo(CLI::App &verb, const std::string &help);
    /// Fails with InvalidInput.
    [[nodiscard]] Result<QList<PreviewThreshold>> thresholds() const;
};

/// A JSON file with the body of a run, or an empty object without one. Fails with InvalidInput.
[[nodiscard]] Result<QJsonObject> runParametersIn(const std::string &path);

} // namespace hubkeeper::cli
