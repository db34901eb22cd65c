// SPDX-License-Identifier: MIT
#include "session/workbench/importresult.h"

#include "tables/writing/tablefiles.h"

#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// As the file has them; JSON Lines, where names are keys, gets a number behind the second one.
QList<TableColumn> resultColumns(const ImportedTable &table, ExportFormat::Kind kind)
{
    const QStringList names = table.mapping.columns + importResultColumns();
    QList<TableColumn> columns;
    QSet<QString> taken;
    for (const QString &name : names) {
        QString title = name;
        for (int number = 2; kind == ExportFormat::JsonLines && taken.contains(title); ++number)
            title = u"%1 (%2)"_s.arg(name, QString::number(number));
        taken.insert(title);
        columns.append({title, false});
    }
    return columns;
}

} // namespace

Result<qint64> writeImportResult(const QString &path, const ImportedTable &table, ResultRows rows,
                                 const std::stop_token &stop)
{
    const ExportFormat format = exportFormatOf(path).value_or(ExportFormat());
    auto file = TableFiles::begin({path, format, 0, QFileInfo(path).absolutePath()},
                                  resultColumns(table, format.kind));
    if (!file)
        return tl::unexpected(file.error());
    Result<void> added;
    qint64 place = -1;
    const auto visited = visitRows(*table.rows, [&](const ImportedRow &row) {
        ++place;
        if (rows == ResultRows::Refused && row.status != ImportedRow::Status::Refused)
            return !stop.stop_requested();
        QStringList cells = row.cells;
        while (cells.size() < table.mapping.columns.size())
            cells.append(u""_s);
        cells = cells.first(table.mapping.columns.size());
        const bool isCreate = row.status == ImportedRow::Status::Creates && table.firstLocal > 0;
        const QString id = isCreate ? u"new-%1"_s.arg(table.firstLocal + place) : row.id;
        added = file->add(cells + QStringList {id, nameOf(row.status), row.message});
        return added.has_value() && !stop.stop_requested();
    });
    if (stop.stop_requested())
        return fail(ErrorKind::Cancelled, {});
    if (!added || !visited)
        return tl::unexpected(added ? visited.error() : added.error());
    return file->finish().map([](const WrittenTable &written) { return written.rows; });
}

} // namespace hubkeeper
