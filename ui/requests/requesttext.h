// SPDX-License-Identifier: MIT
#pragma once

#include "net/traffic.h"

namespace hubkeeper {

class Pseudonyms;

/// Everything known of one exchange as text: address, state of the limits, both bodies. With
/// `mask`, personal data are pseudonyms.
[[nodiscard]] QString requestText(const TrafficRecord &record, const Pseudonyms *mask);

/// The record with pseudonyms in addresses, bodies and error.
[[nodiscard]] TrafficRecord maskedRecord(const TrafficRecord &record, const Pseudonyms &mask);

} // namespace hubkeeper
