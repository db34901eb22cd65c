// SPDX-License-Identifier: MIT
#pragma once

#include "repair/values/repairedvalue.h"

namespace hubkeeper {

/// An e-mail address as HubSpot keeps it: in small letters, without what surrounds it ("mailto:",
/// angle brackets, a name, blanks, a full stop at the end), with "(at)", "[dot]", a comma in place
/// of a dot and doubled dots made right. Doubtful: two addresses, a domain that is one letter off
/// a well-known one, an ending that does not exist, letters that servers refuse. Pure; any thread.
[[nodiscard]] RepairedValue repairEmail(const QString &text);

/// Whether it is an address as the input field of HTML takes them, with a domain whose ending
/// exists. Unicode in the domain is fine, before the @ it is not.
[[nodiscard]] bool isEmailAddress(const QString &text);

} // namespace hubkeeper
