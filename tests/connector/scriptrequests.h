// SPDX-License-Identifier: MIT
#pragma once

#include "connector/script.h"

namespace hubkeeper::test {

inline ScriptRequest script(const QString &text, bool dryRun = true)
{
    ScriptRequest request;
    request.text = text;
    request.dryRun = dryRun;
    return request;
}

} // namespace hubkeeper::test
