// SPDX-License-Identifier: MIT
#pragma once

#include "journal/journalcheck.h"
#include "widgets/messagebar.h"

namespace hubkeeper {

/// What Verify found, for people.
struct VerdictText
{
    MessageBar::Kind kind;
    QString text;
    QString detail; ///< Empty where the text says it all.
};

[[nodiscard]] VerdictText textOf(const JournalVerdict &verdict);

} // namespace hubkeeper
