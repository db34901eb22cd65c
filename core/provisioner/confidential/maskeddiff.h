// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// Two provisioners as a unified diff (see unifiedDiff()) in which no secret of either can be read.
[[nodiscard]] QByteArray maskedDiff(const JsonText &before, const JsonText &after,
                                    const QString &beforeName, const QString &afterName);

} // namespace hubkeeper
