// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/serverfacts.h"
#include "idm/configuration/configobjects.h"

namespace hubkeeper {

/// Why a provisioner must not be written to a server: it would be taken and break something.
struct DeployObstacle
{
    QString pointer; ///< Where in the provisioner; empty: not in one place.
    QString what; ///< One sentence: what would happen.
    QString remedy; ///< What to do.

    bool operator==(const DeployObstacle &) const = default;
};

/// What real servers were seen to take and break on (idm-rest 9.2, oracle): no name on community,
/// where the test of all connectors then fails; a name that another configuration has, or with a
/// blank; an id of three parts; `enabled` as text; numbers and flags of time-outs and handlers as
/// text; a substitution in a secret on community, which encrypts its text. `others` are the
/// server's provisioners, the one to be replaced may be among them. Pure.
[[nodiscard]] QList<DeployObstacle> deployObstacles(const QJsonObject &provisioner,
                                                    const QString &id, IdmProfile profile,
                                                    const QList<ConfigObject> &others);

/// The name under which a server registers it: its `name`, on commercial servers else the second
/// part of its id.
[[nodiscard]] QString systemNameOf(const QJsonObject &provisioner, const QString &id,
                                   IdmProfile profile);

} // namespace hubkeeper
