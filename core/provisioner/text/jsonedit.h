// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// The text with all edits done. They must not overlap; their order does not matter.
[[nodiscard]] QByteArray applied(const QByteArray &text, QList<TextEdit> edits);

/// The edits that take `edits` back, for the text they lead to.
[[nodiscard]] QList<TextEdit> inverseOf(const QByteArray &text, const QList<TextEdit> &edits);

/// The value's bytes become `json`, everything else stays.
[[nodiscard]] TextEdit replaceValue(const JsonText &text, int node, const QByteArray &json);

/// The member's key becomes `key`.
[[nodiscard]] TextEdit renameKey(const JsonText &text, int member, const QString &key);

/// A new last member or element, laid out like its neighbours: on a line of its own with their
/// indentation and line ending, or on the same line where they stand on one.
[[nodiscard]] TextEdit appendMember(const JsonText &text, int object, const QString &key,
                                    const QByteArray &json);
[[nodiscard]] TextEdit appendElement(const JsonText &text, int array, const QByteArray &json);

/// Members of an object get these values (JSON text) in this order: those that are there are
/// replaced in place, the others appended. Without effect where the same bytes stand already.
[[nodiscard]] QList<TextEdit> setMembers(const JsonText &text, int object,
                                         const QList<std::pair<QString, QByteArray>> &members);

/// Takes a member or element out, with the comma and the line that were its own.
[[nodiscard]] TextEdit removeChild(const JsonText &text, int child);

} // namespace hubkeeper
