// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/model/serverprofile.h"
#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// Whether the connector cannot work with a value that the server does not take for what is wanted
/// at its place: it is not registered, does not become active, or its first call fails. Elsewhere
/// the server skips such a value or never reads it. One table of places, taken from what a
/// community server was seen to do; what a commercial server reads differently is in it.
[[nodiscard]] bool isDecisive(const JsonText &text, int node, ServerProfile profile);

} // namespace hubkeeper
