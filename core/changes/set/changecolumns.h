// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowsource.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <stdexcept>

namespace hubkeeper {

// What a column of a change set's file holds (core/changes/README.md), for the sources of
// ChangeFile.

inline QString columnText(const SQLite::Column &column)
{
    return QString::fromUtf8(static_cast<const char *>(column.getBlob()), column.getBytes());
}

inline void bindColumnText(SQLite::Statement &statement, int index, const QString &text)
{
    statement.bind(index, text.toStdString());
}

inline RowChange columnRow(const SQLite::Column &column)
{
    return rowFromBody(
        QByteArray::fromRawData(static_cast<const char *>(column.getBlob()), column.getBytes()));
}

template <typename Choices>
typename Choices::value_type columnChoice(const Choices &choices, const SQLite::Column &column)
{
    const QString word = columnText(column);
    for (const auto choice : choices) {
        if (nameOf(choice) == word)
            return choice;
    }
    throw std::runtime_error("a row has an unknown word: " + word.toStdString());
}

} // namespace hubkeeper
