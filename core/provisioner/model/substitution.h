// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QStringList>

#include <optional>

namespace hubkeeper {

/// One `&{name}` or `&{name|default}` of a text (idm-connector 2.8), as places in that text. Name
/// and default may hold further ones.
struct Substitution
{
    qsizetype begin = 0; ///< Of "&{".
    qsizetype bar = -1; ///< Of the first bar of its own; -1: no default.
    qsizetype end = 0; ///< Behind the closing brace, or the end of the text.
    bool isClosed = true;
    int depth = 0; ///< How many others it is in.

    [[nodiscard]] QStringView name(QStringView text) const;
    [[nodiscard]] bool hasDefault() const { return bar >= 0; }
    [[nodiscard]] QStringView defaultText(QStringView text) const;
};

/// More than any file needs; further ones are not looked at.
inline constexpr qsizetype mostSubstitutions = 1000;

/// All of a text, in the order in which they begin. An unclosed one reaches to the end. Any text
/// at all is taken, in time that grows with its length.
[[nodiscard]] QList<Substitution> substitutionsIn(QStringView text);

/// What a coercion object `{"$int": "&{...}"}` makes of its text.
enum class Coercion { Int, Bool, Number, List, Array, Object, String, Base64Decode };

/// "$int", "$bool", ...; nothing for other words.
[[nodiscard]] std::optional<Coercion> coercionFrom(QStringView key);
[[nodiscard]] QString nameOf(Coercion coercion);
[[nodiscard]] const QStringList &coercionNames();

/// Whether IDM can make a value of that kind of `text`, which holds no substitution. "$bool" takes
/// every text: all but "true" is false.
[[nodiscard]] bool isCoercible(Coercion coercion, const QString &text);

} // namespace hubkeeper
