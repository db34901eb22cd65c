// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// Masks the secrets that are known (base/knownsecrets.h), and what looks like a token, a key, a
/// `$crypto` block or an e-mail address. Works to the very end of the program, also while static
/// objects are destroyed. The second line of defence: it runs over every message that leaves
/// through the log sink and over foreign error texts. The first is not to put such things there.
[[nodiscard]] QString redacted(QString text);

/// The same without the e-mail addresses: for what is shown to the person whose data it is, where
/// a refused value has to be recognised.
[[nodiscard]] QString withoutSecrets(QString text);

} // namespace hubkeeper
