// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

#include <QList>

namespace hubkeeper {

/// Where secrets may stand in bytes that cannot be trusted to be JSON: a comment, or a text in
/// which a quote, a comma or a bracket is missing. Whole values with their quotes, in order,
/// without overlaps.
///
/// Looks for names like a secret's, for HubSpot's tokens and for the data of `$crypto` blocks, and
/// takes what follows. A value ends at its quote if what follows that can follow a
/// value; where it cannot, a quote was lost and nobody knows where the secret ends: then it goes on
/// to the end of the line. Substitutions without a default, null, true and false are no secrets.
[[nodiscard]] QList<Span> scannedSecrets(const QByteArray &bytes);

} // namespace hubkeeper
