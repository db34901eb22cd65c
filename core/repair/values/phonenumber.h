// SPDX-License-Identifier: MIT
#pragma once

#include "repair/values/repairedvalue.h"

#include <QDate>

namespace hubkeeper {

/// A phone number as E.164, which HubSpot's validation of phone numbers wants: "+493023125123".
///
/// `country` is where numbers without a country code are from: a code of ISO 3166, "DE"; empty:
/// such numbers are doubtful. Doubtful is, too, what the number would lose something by or may be
/// something else: extensions, two numbers in one value, numbers that are not valid, letters that
/// are not a vanity number, numbers without trunk prefix that are valid in another country as well.
/// Pure but for the library's own state, which is constant; any thread.
[[nodiscard]] RepairedValue repairPhone(const QString &text, const QString &country);

/// Whether numbers of that country are known: "DE".
[[nodiscard]] bool isPhoneCountry(const QString &country);

/// The country of a number in E.164, "DE"; empty for what is no number, or of no country.
[[nodiscard]] QString countryOfPhone(const QString &number);

/// At least until when the library's numbering plans are up to date, found out by numbers that
/// came into use then. Invalid: older than all that are tried.
[[nodiscard]] QDate phonePlansDate();
/// The same as a sentence for people.
[[nodiscard]] QString phonePlansSentence();

} // namespace hubkeeper
