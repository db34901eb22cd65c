// SPDX-License-Identifier: MIT
#pragma once

#include "session/snapshots/rehearse.h"

namespace hubkeeper {

class Masking;

// What became of rehearsed changes, in sentences.

/// "Rehearsed: 12 applied, 1 failed."
[[nodiscard]] QString rehearsalHeadline(const RehearsalReport &report);
/// What the run costs, why it stopped, and which of `RehearsalSetting::faults` never happened;
/// `unfired`: those, as people call them.
[[nodiscard]] QString rehearsalDetails(const RehearsalReport &report, const QStringList &unfired);
/// A line for each value, or for a row without any: outcome, record, property, before, after, note.
[[nodiscard]] QList<QStringList> rehearsalLines(const RehearsalReport &report,
                                                const Masking &masking);

} // namespace hubkeeper
