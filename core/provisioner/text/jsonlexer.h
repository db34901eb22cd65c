// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

[[nodiscard]] inline bool isJsonBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
/// Whether a word without quotes ends before this character.
[[nodiscard]] bool endsBareWord(char c);
/// By the grammar of JSON.
[[nodiscard]] bool isJsonNumber(QByteArrayView word);

/// Where a string that begins at the quote `begin` ends (after its closing quote), or -1 if it
/// does not end on its line.
[[nodiscard]] qsizetype stringEnd(const char *data, qsizetype size, qsizetype begin);

/// How many bytes a quotation mark takes that is none in JSON: ', ` and the typographic ones; 0 if
/// there is none.
[[nodiscard]] int wrongQuoteWidth(QByteArrayView text);
/// stringEnd() for a text in wrong quotes; a double quote may close typographic ones.
[[nodiscard]] qsizetype wrongStringEnd(const char *data, qsizetype size, qsizetype begin);
/// A text in wrong quotes or none, as it has to be written.
[[nodiscard]] QByteArray requoted(QByteArrayView text);

/// What is wrong inside a string that has both its quotes: control characters, escapes that JSON
/// does not have, bytes that are not UTF-8. At most `most` faults.
[[nodiscard]] std::vector<SyntaxFault> stringFaults(QByteArrayView all, Span string, size_t most);

/// The fault of a word that is not a JSON value.
[[nodiscard]] SyntaxFault bareWordFault(QByteArrayView all, Span word);

/// What the first bytes say about the whole: an archive, XML, UTF-16, UTF-32. Nothing if the text
/// may be JSON.
[[nodiscard]] std::optional<SyntaxFault> foreignFault(const QByteArray &bytes);

} // namespace hubkeeper
