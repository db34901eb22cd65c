// SPDX-License-Identifier: MIT
#pragma once

#include "portalclient.h"

#include <QList>
#include <QString>

#include <functional>

namespace hubkeeper::practice::test {

/// What shows from outside whether a switch is on: asked of a fresh portal of 60 contacts and 15
/// companies, it gives the one answer or the other.
struct SwitchProbe
{
    const char *name = nullptr;
    QString off;
    QString on;
    std::function<QString(PortalClient &)> ask;
};

/// One for each switch, in the order of allSwitches().
[[nodiscard]] const QList<SwitchProbe> &switchProbes();

} // namespace hubkeeper::practice::test

Q_DECLARE_METATYPE(hubkeeper::practice::test::SwitchProbe)
