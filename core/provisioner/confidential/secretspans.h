// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// Where secrets stand readable in a text, without their quotes, in order: the values of the
/// connector's confidential properties and of keys with such names, and HubSpot's tokens wherever
/// they stand. Works on the lines alone, so it finds them in broken JSON and in comments, too.
/// Substitutions and encrypted values are none.
[[nodiscard]] QList<Span> plainSecretSpans(const QByteArray &bytes);

} // namespace hubkeeper
