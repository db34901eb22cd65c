// SPDX-License-Identifier: MIT
#include "tables/shape/headerfaults.h"

#include "tables/rows/tablerow.h"
#include "tables/rows/tablestext.h"
#include "tables/shape/celltype.h"

#include <QHash>

#include <algorithm>

namespace hubkeeper {

namespace {

QString shownName(std::string_view name)
{
    const QString text = QString::fromUtf8(name.data(), qsizetype(name.size())).simplified();
    return text.size() > 60 ? text.first(59) + u'…' : text;
}

bool hasTextBelow(const std::vector<FirstRow> &rows, size_t header, size_t column)
{
    return std::any_of(rows.begin() + long(header) + 1, rows.end(), [column](const auto &row) {
        return column < row.cells.size() && !trimmed(row.cells[column]).empty();
    });
}

} // namespace

QList<TableFault> headerFaults(const std::vector<FirstRow> &rows, const TableShape &shape)
{
    QList<TableFault> faults;
    if (!shape.hasHeader || shape.first >= rows.size())
        return faults;
    const FirstRow &header = rows[shape.first];
    const auto add = [&](TableFaultKind kind, size_t column, const QString &text) {
        faults.append({kind, header.number, qint64(column) + 1, header.line, text});
    };
    // More columns are left out, and said to be.
    const size_t columns = std::min(header.cells.size(), size_t(mostColumns));
    size_t named = columns; // Up to the last column that has a name.
    while (named > 0 && trimmed(header.cells[named - 1]).empty())
        --named;
    QHash<QString, size_t> first;
    for (size_t column = 0; column < columns; ++column) {
        const std::string_view name = trimmed(header.cells[column]);
        if (name.empty()) {
            if (column < named || hasTextBelow(rows, shape.first, column))
                add(TableFaultKind::EmptyHeader, column,
                    TablesText::tr("The column has no name in the header."));
            continue;
        }
        const QString key = QString::fromUtf8(name.data(), qsizetype(name.size())).toCaseFolded();
        const auto same = first.constFind(key);
        if (same == first.constEnd()) {
            first.insert(key, column);
        } else {
            add(TableFaultKind::DuplicateHeader, column,
                TablesText::tr("Column %1 has the same name: %2")
                    .arg(QString::number(*same + 1), shownName(name)));
        }
    }
    return faults;
}

} // namespace hubkeeper
