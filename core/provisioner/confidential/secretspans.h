// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// Where secrets stand readable in a text, without their quotes, in order, none over a line's end:
/// confidentialSpans() but for what IDM has encrypted, as an editor hides them.
[[nodiscard]] QList<Span> plainSecretSpans(const QByteArray &bytes);

} // namespace hubkeeper
