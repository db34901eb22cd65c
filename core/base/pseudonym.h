// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace hubkeeper {

/// Hides personal data behind pseudonyms: the same value gets the same pseudonym, so that a person
/// can be followed through a log without being known. Keyed (HMAC-SHA-256) with a random key that
/// lives as long as the object and is stored nowhere, so a pseudonym cannot be guessed back by
/// trying names. Not thread-safe.
class Pseudonyms
{
public:
    Pseudonyms();

    /// "person-4f2a9c1b@masked.example" for an e-mail address, "masked-4f2a9c1b" for any other
    /// text; upper and lower case and outer blanks make no difference. Empty stays empty.
    [[nodiscard]] QString of(const QString &value) const;
    /// Replaces every e-mail address in a text, also in one that is percent-encoded.
    [[nodiscard]] QString inText(QString text) const;
    /// The values of personal properties (names, addresses, telephone numbers, ...) and every
    /// e-mail address. What is no JSON is treated as text.
    [[nodiscard]] QByteArray inJson(const QByteArray &json) const;

private:
    const QByteArray m_key;
};

/// Whether a property of that name holds personal data: e-mail, names, telephone, address, ...
[[nodiscard]] bool isPersonalProperty(const QString &name);

} // namespace hubkeeper
