// SPDX-License-Identifier: MIT
#pragma once

#include "net/traffic.h"

namespace hubkeeper {

class Pseudonyms;

// Requests as files. Tokens are no part of a record and bodies with credentials are hidden, so
// neither can hold one. With `mask`, personal data are pseudonyms. Pure.

/// One JSON object a line, oldest first.
[[nodiscard]] QByteArray trafficAsJsonLines(const std::deque<TrafficRecord> &records,
                                            const Pseudonyms *mask);
/// An HTTP Archive, version 1.2, as browsers and proxies read it.
[[nodiscard]] QByteArray trafficAsHar(const std::deque<TrafficRecord> &records,
                                      const Pseudonyms *mask);

} // namespace hubkeeper
