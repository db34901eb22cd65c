// SPDX-License-Identifier: MIT
#include "provisioner/rules/fixes.h"

#include "provisioner/confidential/confidentialtexts.h"

namespace hubkeeper {

namespace {

// Far more than fixes depend on each other; ends the work if two ever undo each other.
constexpr int mostRounds = 10;

bool isChosen(const Finding &finding, const FixChoice &choice)
{
    return finding.fix && (finding.fix->safe || !choice.onlySafe)
        && (choice.rules.isEmpty() || choice.rules.contains(finding.ruleId));
}

bool touch(const TextEdit &a, const TextEdit &b)
{
    return a.offset <= b.offset + b.length && b.offset <= a.offset + a.length;
}

bool touchesAny(const QList<TextEdit> &edits, const QList<TextEdit> &taken)
{
    return std::any_of(edits.begin(), edits.end(), [&taken](const TextEdit &edit) {
        return std::any_of(taken.begin(), taken.end(),
                           [&edit](const TextEdit &other) { return touch(edit, other); });
    });
}

} // namespace

FixOutcome withFixes(const QByteArray &bytes, const ValidationOptions &options,
                     const FixChoice &choice)
{
    FixOutcome outcome;
    outcome.bytes = bytes;
    outcome.remaining = validate(JsonText(bytes), options);
    ConfidentialTexts secrets {JsonText(bytes)};
    for (int round = 0; round < mostRounds; ++round) {
        QList<TextEdit> edits;
        for (const Finding &finding : std::as_const(outcome.remaining)) {
            if (!isChosen(finding, choice) || touchesAny(finding.fix->edits, edits))
                continue;
            edits += finding.fix->edits;
            outcome.mended.append(finding);
        }
        if (edits.isEmpty())
            break;
        outcome.bytes = applied(outcome.bytes, edits);
        outcome.remaining = validate(JsonText(outcome.bytes), options);
        secrets.add(JsonText(outcome.bytes));
    }
    // What was a secret before a fix need not look like one behind it.
    hideSecrets(outcome.mended, secrets);
    hideSecrets(outcome.remaining, secrets);
    return outcome;
}

} // namespace hubkeeper
