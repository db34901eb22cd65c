// SPDX-License-Identifier: MIT
#include "rowjson.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

QJsonArray rowsJson(const std::vector<RowChange> &rows)
{
    QJsonArray list;
    for (const RowChange &row : rows) {
        QJsonObject cells;
        for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell) {
            cells.insert(cell.key(),
                         QJsonObject {{u"old"_s, cell->before}, {u"new"_s, cell->after}});
        }
        list.append(QJsonObject {{u"type"_s, nameOf(row.type)},
                                 {u"id"_s, row.id},
                                 {u"label"_s, row.label},
                                 {u"operation"_s, nameOf(row.kind)},
                                 {u"cells"_s, cells}});
    }
    return list;
}

} // namespace hubkeeper::cli
