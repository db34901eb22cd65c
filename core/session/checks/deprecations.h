// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "portal/objecttype.h"
#include "provisioner/rules/finding.h"

#include <QDate>

namespace hubkeeper {

/// Something a provisioner depends on that ends on a day.
struct Deprecation
{
    QDate date;
    Finding finding;
};

/// What of a provisioner ends, nearest date first, what has ended already at the end: the dated
/// rules of the program, or of the user's own file. Empty if the rules cannot be read.
[[nodiscard]] QList<Deprecation> deprecationsOf(const QByteArray &provisioner, ApiVersion version,
                                                QDate today, const Paths &paths);

} // namespace hubkeeper
