// SPDX-License-Identifier: MIT
#pragma once

#include "repair/values/repairedvalue.h"

namespace hubkeeper {

/// Whether the last words are a legal form that no family has as its name: "ACME GMBH & CO. KG",
/// "smith & sons ltd.", but not "RICARDO SA".
[[nodiscard]] bool hasLegalForm(const QString &name);

/// The name of a company that is in capitals or in small letters only, with its legal form as the
/// law of its country writes it: "MÜLLER GMBH & CO. KG" as "Müller GmbH & Co. KG", "ferrari s.p.a."
/// as "Ferrari S.p.A.". Known abbreviations get capitals. Doubtful is what may be one (words of
/// three letters or less, and without vowels), and what has digits. Names in both kinds of letters
/// stay, since companies write themselves as they like. `language` as repairNameCase() takes it.
/// Pure; any thread.
[[nodiscard]] RepairedValue repairCompanyCase(const QString &text, const QString &language);

} // namespace hubkeeper
