// SPDX-License-Identifier: MIT
#pragma once

#include "tables/reading/readtable.h"

#include <QDir>
#include <QFile>
#include <QList>
#include <QTemporaryDir>

namespace hubkeeper::test {

/// All that a reader gave, in forms that tests compare.
class CollectedTable final : public TableSink
{
public:
    TableFormat format;
    QList<QStringList> rows;
    QStringList faults; ///< "row:column kind", in the order they came.
    QStringList sentences;
    QList<qint64> numbers; ///< Of the rows.
    std::optional<Error> refused;

    bool begin(const TableFormat &found) override
    {
        format = found;
        ++begins;
        return true;
    }

    bool row(const TableRow &row) override
    {
        QStringList cells;
        for (const std::string_view cell : row.cells)
            cells.append(QString::fromUtf8(cell.data(), qsizetype(cell.size())));
        rows.append(cells);
        numbers.append(row.number);
        return true;
    }

    void fault(const TableFault &fault) override
    {
        faults.append(QStringLiteral("%1:%2 %3")
                          .arg(QString::number(fault.row), QString::number(fault.column),
                               nameOf(fault.kind)));
        sentences.append(fault.text);
    }

    int begins = 0;
};

/// Reads bytes as a file of this name.
inline void readBytes(CollectedTable &table, const QByteArray &bytes, const QString &name,
                      const TableOptions &options = {})
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    file.close();
    const auto read = readTable(file.fileName(), options, table);
    if (!read)
        table.refused = read.error();
}

} // namespace hubkeeper::test
