// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <functional>

namespace hubkeeper {

/// Hides personal data behind pseudonyms: the same value gets the same pseudonym, so that a person
/// can be followed through a log without being known. Keyed (HMAC-SHA-256) with a random key that
/// lives as long as the object and is stored nowhere, so a pseudonym cannot be guessed back by
/// trying names. Not thread-safe.
class Pseudonyms
{
public:
    /// Whether a record's value may be seen, by the property's name and the text.
    using MayShow = std::function<bool(const QString &property, const QString &text)>;

    Pseudonyms();

    /// From now on the values of a record's properties are shown in JSON only where this says so.
    /// Without it, only those of isPersonalProperty() are hidden.
    void showOnly(MayShow mayShow);

    /// "person-4f2a9c1b@masked.example" for an e-mail address, "masked-4f2a9c1b" for any other
    /// text; upper and lower case and outer blanks make no difference. Empty stays empty.
    [[nodiscard]] QString of(const QString &value) const;
    /// Replaces every e-mail address in a text, also in one that is percent-encoded.
    [[nodiscard]] QString inText(QString text) const;
    /// The values of personal properties (names, addresses, telephone numbers, ...), the words and
    /// values of a search, and every e-mail address; see showOnly() for the properties of records
    /// ("properties", "propertiesWithHistory"). What is not JSON is treated as text;
    /// JSON that is cut is left out as a whole.
    [[nodiscard]] QByteArray inJson(const QByteArray &json) const;
    /// The same, where everything may be of a record: what a script came to. Ids stay.
    [[nodiscard]] QJsonValue inRecordJson(const QJsonValue &json) const;

private:
    friend class JsonMask;

    const QByteArray m_key;
    MayShow m_mayShow;
};

/// Whether a text is, or holds, what Pseudonyms makes: then it is nobody's value and must never be
/// written to a portal.
[[nodiscard]] bool holdsPseudonym(const QString &text);

/// Whether a property of that name holds personal data: e-mail, names, telephone, address, ...
[[nodiscard]] bool isPersonalProperty(const QString &name);

} // namespace hubkeeper
