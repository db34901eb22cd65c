// SPDX-License-Identifier: MIT
#pragma once

#include "repair/values/repairedvalue.h"

namespace hubkeeper {

/// The domain that somebody registered: "www.shop.example.co.uk" is of "example.co.uk", by the
/// public suffix list, private suffixes included ("name.github.io"). Empty for what is none, such
/// as "localhost" and "10.0.0.1". Small letters; Unicode stays. Pure; any thread.
[[nodiscard]] QString registrableDomain(const QString &host);

/// Whether the last part of the host is in the list at all.
[[nodiscard]] bool hasKnownSuffix(const QString &host);

/// Whether everybody can have an address there: gmail.com. It says nothing of a company.
[[nodiscard]] bool isFreeMailDomain(const QString &domain);
/// All of them that are known.
[[nodiscard]] const QStringList &freeMailDomains();

/// The domain of a company from an e-mail address, a web site or a host name.
[[nodiscard]] RepairedValue domainFrom(const QString &text);

/// What is known of the list's age, as a sentence for people.
[[nodiscard]] QString suffixListSentence();

} // namespace hubkeeper
