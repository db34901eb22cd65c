// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/model/serverprofile.h"
#include "provisioner/project/promotionrules.h"
#include "provisioner/project/rulechoice.h"

#include <optional>

namespace hubkeeper {

/// How a project wants its provisioners checked: `.hubkeeper.json`.
///
///     {"server": "community", "failOn": "warning", "baseline": "known.json", "paths": ["conf"],
///      "ignore": ["HK801"], "only": [], "severity": {"HK412": "info"},
///      "promote": {"keep": ["/enabled"], "values": {"Live": {"/taskThreads": 4}}}}
///
/// Every member may be missing; one that is not known is refused.
struct ProjectFile
{
    QString path; ///< Of the file itself; paths in it are seen from its folder.
    RuleChoice rules;
    std::optional<ServerProfile> profile;
    QString failOn; ///< "error", "warning", "info", "never"; empty: not said.
    QString baseline; ///< Absolute; empty: none.
    QStringList paths; ///< Absolute: what is checked where nothing is named.
    PromotionRules promotion; ///< What is different on each server.

    bool operator==(const ProjectFile &) const = default;
};

/// InvalidInput, naming the file and the member.
[[nodiscard]] Result<ProjectFile> parseProjectFile(const QByteArray &content, const QString &path);

/// The nearest one in `folder` or above it, up to the root of the repository (the folder that has
/// `.git`) or the home folder, and nowhere else. One that belongs neither to this user nor to the
/// system's is not taken: somebody else could switch rules off. Fails as parseProjectFile().
[[nodiscard]] Result<std::optional<ProjectFile>> findProjectFile(const QString &folder);

} // namespace hubkeeper
