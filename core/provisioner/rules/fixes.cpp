// SPDX-License-Identifier: MIT
#include "provisioner/rules/fixes.h"

#include "provisioner/confidential/confidentialtexts.h"

namespace hubkeeper {

namespace {

// Of a large file with thousands of mistakes only so much is fixed in one call: a provisioner has
// some 15,000 bytes, and needs a few rounds.
constexpr qsizetype mostBytesChecked = 2 << 20;
constexpr int leastRounds = 10;

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
           const QSet<QString> &left)
        : m_judge(judge)
        , m_choice(choice)
        , m_left(left)
    {
        m_outcome.bytes = bytes;
        m_outcome.remaining = m_judge(JsonText(bytes));
        m_secrets.add(JsonText(bytes));
        m_texts.append(bytes);
    }

    /// The rules whose fixes undo each other, so that the text comes back; empty at the end.
    QSet<QString> run()
    {
        while (fixOnce()) {
            const qsizetype before = m_texts.indexOf(m_outcome.bytes);
            if (before >= 0)
                return rulesSince(before);
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
        for (const Finding &finding : std::as_const(m_outcome.remaining)) {
            if (!isChosen(finding, m_choice) || m_left.contains(finding.ruleId)
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

    [[nodiscard]] QSet<QString> rulesSince(qsizetype round) const
    {
        QSet<QString> rules;
        for (const QSet<QString> &fixed : m_rules.mid(round))
            rules += fixed;
        return rules;
    }

    const Judging &m_judge;
    const FixChoice &m_choice;
    const QSet<QString> &m_left; ///< Rules whose findings stay.
    FixOutcome m_outcome;
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
    QSet<QString> left;
    for (;;) {
        Rounds rounds(bytes, judge, choice, left);
        const QSet<QString> circle = rounds.run();
        if (circle.isEmpty())
            return rounds.take();
        left += circle;
    }
}

} // namespace hubkeeper
