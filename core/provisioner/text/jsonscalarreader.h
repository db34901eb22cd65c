// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsoncursor.h"

namespace hubkeeper {

/// Reads what is no container at the cursor: strings, and words without quotes.
class JsonScalarReader
{
public:
    /// The cursor has to outlive this.
    explicit JsonScalarReader(JsonCursor &cursor);

    /// Gives the value its place. Returns false if the string is not closed on its line: then it
    /// is invalid and takes the rest of the line.
    [[nodiscard]] bool readString(JsonText::Node &value);
    /// readString() for a text in quotes that are none in JSON.
    [[nodiscard]] bool readWrongString(JsonText::Node &value);
    /// A number, true, false, null; anything else is a fault, and stays of the kind it has.
    void readWord(JsonText::Node &value);
    /// Reports what is wrong inside a string that has both its quotes.
    void check(Span string);

private:
    void readOpenString(JsonText::Node &value);

    JsonCursor &m_cursor;
};

} // namespace hubkeeper
