// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connectorobject.h"

#include <functional>
#include <vector>

namespace hubkeeper::cli {

/// How objects are written, one after the other.
enum class ObjectFormat { Table, Json, JsonLines, Csv, Tsv };

/// "text", "json", "jsonl", "csv", "tsv", and "xlsx", which only files have (objecttable.h).
[[nodiscard]] std::vector<std::string> objectFormats();
[[nodiscard]] ObjectFormat objectFormatFrom(const QString &name);

/// Writes objects as they come; memory holds the first ones of a table, to measure its columns.
class ObjectWriter
{
public:
    struct Options
    {
        ObjectFormat format = ObjectFormat::Table;
        QStringList columns; ///< Attributes; "_id" is always the first column.
        bool wereChosen = false; ///< By the user; otherwise a table shows those that fit.
        int room = 0; ///< Columns of the terminal; 0: it is none.
    };
    using Sink = std::function<void(const QByteArray &)>;

    ObjectWriter(Options options, Sink sink);

    void add(const ConnectorObject &object);
    /// What comes after the last object. `error` is that of a search that ended early: JSON has it
    /// as a member of the one document; a heading without a row is not written then.
    void end(const QString &cookie, const QJsonObject &error);

    /// Columns of a table that did not fit.
    [[nodiscard]] const QStringList &leftOut() const { return m_leftOut; }

private:
    [[nodiscard]] QStringList cellsOf(const ConnectorObject &object) const;
    void begin();
    void addRow(const QStringList &cells);
    void measure();

    Options m_options;
    Sink m_sink;
    qint64 m_count = 0;
    bool m_hasBegun = false;
    QList<QStringList> m_first; ///< Rows of a table before it is measured.
    QList<int> m_widths;
    QStringList m_leftOut;
};

} // namespace hubkeeper::cli
