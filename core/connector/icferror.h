// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

namespace hubkeeper {

/// The ICF exception a failure would be in the connector, without package: "UnknownUidException"
/// (idm-connector 4, last table).
[[nodiscard]] QString icfExceptionName(const Error &error);

/// The HTTP status IDM answers with (idm-connector 2.10).
[[nodiscard]] int idmStatus(const Error &error);

} // namespace hubkeeper
