// SPDX-License-Identifier: MIT
#include "provisioner/rules/fixes.h"

#include "provisioner/confidential/confidentialtexts.h"
#include "provisioner/rules/rule.h"

#include <algorithm>

namespace hubkeeper {

namespace {

// Of a large file with thousands of mistakes only so much is fixed in one call: a provisioner has
// some 15,000 bytes, and needs a few rounds.
constexpr qsizetype mostBytesChecked = 2 << 20;
constexpr int leastRounds = 10;
// Of one round, when some of them make errors.
constexpr qsizetype mostTriedAlone = 50;

/// What stays as it is.
struct LeftAlone
{
    QSet<QString> rules; ///< Their fixes undo each other.
    QSet<QString> places; ///< As placeOf() says: their fixes make errors.

    [[nodiscard]] bool isEmpty() const { return rules.isEmpty() && places.isEmpty(); }
};

QString placeOf(const Finding &finding)
{
    return finding.ruleId + u' ' + finding.pointer;
}

QSet<QString> errorsOf(const QList<Finding> &findings)
{
    QSet<QString> places;
    for (const Finding &finding : findings) {
        if (finding.severity == Severity::Error)
            places.insert(placeOf(finding));
    }
    return places;
}

/// Whether there are more errors and none has gone; one instead of another is progress.
bool isWorse(const QSet<QString> &before, const QSet<QString> &after)
{
    return after.size() > before.size() && after.contains(before);
}

/// A text that is whole again shows what was hidden; that is not its fix's fault.
bool canMakeErrors(const Finding &finding)
{
    const Rule *rule = ruleById(finding.ruleId);
    return finding.severity != Severity::Error && rule != nullptr
        && rule->stage != RuleStage::Bytes;
}

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

/// One way through all rounds.
class Rounds
{
public:
    Rounds(const QByteArray &bytes, const Judging &judge, const FixChoice &choice,
           const LeftAlone &left)
        : m_judge(judge)
        , m_choice(choice)
        , m_left(left)
    {
        m_outcome.bytes = bytes;
        m_outcome.remaining = m_judge(JsonText(bytes));
        m_secrets.add(JsonText(bytes));
        m_texts.append(bytes);
    }

    /// What must be left alone for another try; empty at the end.
    LeftAlone run()
    {
        for (;;) {
            const QList<Finding> found = m_outcome.remaining;
            if (!fixOnce())
                break;
            if (const QSet<QString> harmful = harmfulFixes(found); !harmful.isEmpty())
                return {{}, harmful};
            const qsizetype before = m_texts.indexOf(m_outcome.bytes);
            if (before >= 0) // The text has come back.
                return {rulesSince(before), {}};
            if (m_rules.size() >= leastRounds && m_bytesChecked > mostBytesChecked)
                break;
            m_texts.append(m_outcome.bytes);
        }
        return {};
    }

    FixOutcome take()
    {
        // What was a secret before a fix need not look like one after it.
        hideSecrets(m_outcome.fixed, m_secrets);
        hideSecrets(m_outcome.remaining, m_secrets);
        return std::move(m_outcome);
    }

private:
    bool fixOnce()
    {
        QList<TextEdit> edits;
        QSet<QString> rules;
        m_appliedBefore = m_outcome.fixed.size();
        for (const Finding &finding : std::as_const(m_outcome.remaining)) {
            if (!isChosen(finding, m_choice) || m_left.rules.contains(finding.ruleId)
                || m_left.places.contains(placeOf(finding))
                || touchesAny(finding.fix->edits, edits))
                continue;
            edits += finding.fix->edits;
            rules.insert(finding.ruleId);
            m_outcome.fixed.append(finding);
        }
        if (edits.isEmpty())
            return false;
        m_rules.append(rules);
        m_outcome.bytes = applied(m_outcome.bytes, edits);
        m_outcome.remaining = m_judge(JsonText(m_outcome.bytes));
        m_bytesChecked += m_outcome.bytes.size();
        m_secrets.add(JsonText(m_outcome.bytes));
        return true;
    }

    /// Of the last round, on the findings there were before it: a key that was ignored under a
    /// wrong name can hold a value that is refused under the right one.
    [[nodiscard]] QSet<QString> harmfulFixes(const QList<Finding> &found) const
    {
        QSet<QString> harmful;
        QSet<QString> untried;
        const QSet<QString> errors = errorsOf(found);
        if (!m_choice.onlySafe || errors.contains(errorsOf(m_outcome.remaining)))
            return harmful;
        const bool areWorse = isWorse(errors, errorsOf(m_outcome.remaining));
        const QByteArray &before = m_texts.last();
        qsizetype tried = 0;
        for (const Finding &finding : m_outcome.fixed.sliced(m_appliedBefore)) {
            if (!canMakeErrors(finding))
                continue;
            ++tried;
            const bool isTried =
                tried <= mostTriedAlone && tried * before.size() <= 4 * mostBytesChecked;
            if (!isTried)
                untried.insert(placeOf(finding));
            else if (isWorse(errors,
                             errorsOf(m_judge(JsonText(applied(before, finding.fix->edits))))))
                harmful.insert(placeOf(finding));
        }
        return harmful.isEmpty() && areWorse ? untried : harmful;
    }

    [[nodiscard]] QSet<QString> rulesSince(qsizetype round) const
    {
        QSet<QString> rules;
        for (const QSet<QString> &fixed : m_rules.mid(round))
            rules += fixed;
        return rules;
    }

    const Judging &m_judge;
    const FixChoice &m_choice;
    const LeftAlone &m_left;
    FixOutcome m_outcome;
    qsizetype m_appliedBefore = 0; ///< Of m_outcome.fixed, those before the last round.
    ConfidentialTexts m_secrets;
    qsizetype m_bytesChecked = 0;
    QList<QByteArray> m_texts; ///< Before each round.
    QList<QSet<QString>> m_rules; ///< Of each round.
};

} // namespace

FixOutcome withFixes(const QByteArray &bytes, const ValidationOptions &options,
                     const FixChoice &choice)
{
    return withFixesBy(
        bytes, [&options](const JsonText &text) { return validate(text, options); }, choice);
}

FixOutcome withFixesBy(const QByteArray &bytes, const Judging &judge, const FixChoice &choice)
{
    LeftAlone left;
    for (;;) {
        Rounds rounds(bytes, judge, choice, left);
        const LeftAlone more = rounds.run();
        if (more.isEmpty())
            return rounds.take();
        left.rules += more.rules;
        left.places += more.places;
    }
}

} // namespace hubkeeper
