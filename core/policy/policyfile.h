// SPDX-License-Identifier: MIT
#pragma once

#include "policy/policyparser.h"

namespace hubkeeper {

/// Where the policy file is: /etc/hubkeeper/policy.json, /Library/Application
/// Support/Hubkeeper/policy.json, Hubkeeper/policy.json in the system's ProgramData. No option and
/// no variable of the environment changes it.
[[nodiscard]] QString policyPath();

/// The policy of this computer at this moment; where the file does not exist, one that says so and
/// forbids nothing.
/// Reads the file each time: it is small, and what an administrator has changed counts at once.
///
/// Fails with Storage if it cannot be read, and with Refused if others could have written it or it
/// has a fault; the sentence says which, in which line, and that nothing can be written until then.
/// Any thread.
[[nodiscard]] Result<Policy> currentPolicyFile();

/// The same of a file at another place, for tests.
[[nodiscard]] Result<Policy> policyFileAt(const QString &path);

} // namespace hubkeeper
