// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// Whether the value must not be seen: one of the connector's confidential properties, also with a
/// letter mistyped, whatever else has a name like a secret, everything in an object or a list of
/// such a name, what looks like an access token, and of a `$crypto` block all but what says how it
/// was made.
/// Objects, lists, null, empty texts and substitutions without a default are never confidential
/// themselves.
[[nodiscard]] bool isConfidential(const JsonText &text, int node);

/// All of them, in the order of the text.
[[nodiscard]] std::vector<int> confidentialNodes(const JsonText &text);

/// Members whose key is where a secret would after a quote, a colon or a comma was lost or
/// moved: beside the name of a secret or below it, and it looks like no name.
[[nodiscard]] std::vector<int> shiftedValues(const JsonText &text);

/// Every stretch that must not be seen, in order, without overlaps: the confidential values, and
/// where a secret may stand in comments and around faults, see scannedSecrets().
[[nodiscard]] QList<Span> confidentialSpans(const JsonText &text);

/// The text with every confidential value replaced by "(secret)": for showing. Comments and texts
/// with faults are masked too; where a fault leaves open where a secret ends, to the end of its
/// line, see scannedSecrets().
[[nodiscard]] QByteArray maskedText(const JsonText &text);
/// The later of two texts to compare: "(another secret)" where `earlier` has a different one at
/// the same pointer.
[[nodiscard]] QByteArray maskedText(const JsonText &text, const JsonText &earlier);

} // namespace hubkeeper
