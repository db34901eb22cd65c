// SPDX-License-Identifier: MIT
#pragma once

#include "base/database.h"

#include <QByteArray>

#include <cstdint>

namespace hubkeeper {

/// Runs `work` and turns what SQLiteCpp throws into an error. `doing` is an English phrase.
template <typename Work>
[[nodiscard]] auto previewCall(const char *doing, Work &&work) -> Result<std::invoke_result_t<Work>>
{
    return databaseCall(QStringLiteral("The set of the preview"), doing, std::forward<Work>(work));
}

/// Binds a text; null stays null.
inline void bindText(SQLite::Statement &statement, int index, const QString &text)
{
    if (text.isNull())
        return statement.bind(index);
    const QByteArray bytes = text.toUtf8();
    statement.bind(index, std::string(bytes.constData(), size_t(bytes.size())));
}

inline void bindNumber(SQLite::Statement &statement, int index, qint64 number)
{
    statement.bind(index, static_cast<std::int64_t>(number));
}

inline void bindBytes(SQLite::Statement &statement, int index, const QByteArray &bytes)
{
    statement.bind(index, bytes.constData(), int(bytes.size()));
}

[[nodiscard]] inline QString textAt(SQLite::Statement &statement, int index)
{
    const SQLite::Column column = statement.getColumn(index);
    return column.isNull() ? QString() : QString::fromUtf8(column.getText(), column.getBytes());
}

[[nodiscard]] inline QByteArray bytesAt(SQLite::Statement &statement, int index)
{
    const SQLite::Column column = statement.getColumn(index);
    return {static_cast<const char *>(column.getBlob()), column.getBytes()};
}

} // namespace hubkeeper
