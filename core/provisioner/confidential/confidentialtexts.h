// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

#include <QSet>

namespace hubkeeper {

/// The texts of a provisioner that may be secrets, known by value. A fault can move a secret to
/// where no rule expects one (a key after a lost quote, a word without quotes), so whatever is said
/// about a file passes through here: sentences, names, pointers, both sides of a comparison.
///
/// Keeps no text, only what six characters in a row look like (a hash), and short secrets whole. A
/// stretch that the shipped sample holds as well, such as the name of a property, is not hidden.
class ConfidentialTexts
{
public:
    ConfidentialTexts() = default;
    explicit ConfidentialTexts(const JsonText &text);

    /// Those of another text too, e.g. of the file after a fix.
    void add(const JsonText &text);

    /// One secret, with its quotes or without, as it is in a file.
    void add(const QByteArray &raw);

    [[nodiscard]] bool isEmpty() const { return m_stretches.isEmpty() && m_shortOnes.isEmpty(); }
    /// Whether six characters of one are in the text, or a short one whole.
    [[nodiscard]] bool isIn(const QString &text) const;
    /// The text with "(secret)" in place of every stretch of one.
    [[nodiscard]] QString masked(const QString &text) const;
    /// A JSON pointer, masked key by key.
    [[nodiscard]] QString maskedPointer(const QString &pointer) const;

private:
    void addContent(const QString &content);
    [[nodiscard]] QList<Span> placesIn(const QString &text) const;

    QSet<quint64> m_stretches; ///< Hashes of six characters in a row.
    QSet<quint64> m_shortOnes; ///< Hashes of whole secrets of three to five characters.
};

/// What is wrong with a text, in a sentence that shows nothing of a secret.
[[nodiscard]] QString shownFault(const JsonText &text, const SyntaxFault &fault);

} // namespace hubkeeper
