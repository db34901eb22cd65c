// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// A member or element with the trivia that belong to it. Written one after another with the
/// punctuation between them they are the bytes of the text:
/// lead, key, beforeColon, ':', afterColon, value, beforeComma, ',', trail.
struct ContainerItem
{
    QString id; ///< The key, decoded; empty in a list.
    int node = JsonText::none;
    QByteArray lead; ///< From where its line begins, or from the comma before on the same line.
    QByteArray key; ///< As it is written.
    QByteArray beforeColon;
    QByteArray afterColon;
    QByteArray beforeComma;
    QByteArray trail; ///< Behind the comma, to the end of the line if it ends before what follows.
    Span region; ///< From its lead to its trail.
};

/// An object or a list taken apart.
struct ContainerParts
{
    QByteArray opening; ///< Behind the opening bracket, to the end of its line.
    std::vector<ContainerItem> items;
    QByteArray closing; ///< Before the closing bracket.
};

/// For a container of a text without faults.
[[nodiscard]] ContainerParts partsOf(const JsonText &text, int container);

} // namespace hubkeeper
