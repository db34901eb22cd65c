// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace hubkeeper {

/// An encoding with one byte a character, the first half of which is ASCII.
struct CodePage
{
    const char *name;
    char16_t upper[129]; ///< Of the bytes from 0x80 on; U+FFFD: the byte means nothing.
};

/// Null: there is no page of this name (as canonicalEncoding() gives it).
[[nodiscard]] const CodePage *codePage(const QString &name);

/// "utf8", "cp1252", "latin1" and their like by the name that files are shown with; a name that is
/// not known, as it is.
[[nodiscard]] QString canonicalEncoding(const QString &name);

/// Those to choose from, the most frequent first.
[[nodiscard]] QStringList encodingNames();

} // namespace hubkeeper
