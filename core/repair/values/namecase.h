// SPDX-License-Identifier: MIT
#pragma once

#include "repair/values/repairedvalue.h"

namespace hubkeeper {

/// The name of a person that is in capitals or in small letters only, as it is usually written:
/// "JAN VAN DER BERG" as "Jan van der Berg", "MCDONALD" as "McDonald", "o'brien-smith" as
/// "O'Brien-Smith", "MACRON" as "Macron". Words that have capitals and small letters stay, and so
/// do letters without case. White space is collapsed. Doubtful is what people of that name write in
/// several ways ("MACKENZIE", "VAN DYKE" alone), what has digits, and what looks like a company;
/// repairCompanyCase() is suggested for it.
///
/// `language` ("tr", "nl", "fr"; may be empty) decides about letters (ı and i), and particles. Text
/// with letters that only Turkish has is Turkish; there a capital I is doubtful where a keyboard
/// that has no İ may have made it. Pure; any thread.
[[nodiscard]] RepairedValue repairNameCase(const QString &text, const QString &language);

} // namespace hubkeeper
