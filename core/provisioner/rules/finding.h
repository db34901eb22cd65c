// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsonedit.h"

namespace hubkeeper {

class ConfidentialTexts;

enum class Severity {
    Info, ///< Legal, works, and still worth a look.
    Warning, ///< IDM takes it and does something else than the author meant.
    Error, ///< IDM refuses it, or the connector cannot work with it.
};

/// "info", "warning", "error": for reports and options. Never changes.
[[nodiscard]] QString nameOf(Severity severity);
[[nodiscard]] std::optional<Severity> severityFrom(const QString &name);

/// A remedy that needs no thought, as edits of the text the finding was found in.
struct Fix
{
    QString title; ///< An imperative, "Rename to clientId".
    QList<TextEdit> edits;
    bool safe = true; ///< What IDM does stays the same or becomes what was plainly meant.
};

/// One result of validation (DESIGN 1). Sentences are English; they never hold a secret, not even
/// one that is in the file as plain text; validate() masks what a fault brings to light.
struct Finding
{
    QString ruleId; ///< "HK412"; rule.h has the rest.
    Severity severity = Severity::Error;
    QString message; ///< What is there, with the offending value.
    QString effect; ///< What IDM makes of it.
    QString remedy; ///< What to do.
    Span at; ///< Bytes of the file; empty for what is missing or concerns the whole file.
    TextPosition position; ///< Of `at`.
    QString pointer; ///< JSON pointer of the value, "" for the whole file.
    std::optional<Fix> fix;
    bool isCurable = true; ///< False: no edit of the file ends it, as what HubSpot has announced.
};

/// Rules quote names and values; where a fault has put a secret, none of them can know. Masks it in
/// sentences, titles and pointers.
void hideSecrets(QList<Finding> &findings, const ConfidentialTexts &secrets);

} // namespace hubkeeper
