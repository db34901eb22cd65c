// SPDX-License-Identifier: MIT
#include "rowjson.h"

#include "changes/set/errorjson.h"
#include "journal/journaljson.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

QJsonArray rowsJson(const std::vector<RowChange> &rows)
{
    QJsonArray list;
    for (const RowChange &row : rows) {
        QJsonObject json {{u"type"_s, nameOf(row.type)},   {u"id"_s, row.id},
                          {u"label"_s, row.label},         {u"operation"_s, nameOf(row.kind)},
                          {u"state"_s, nameOf(row.state)}, {u"cells"_s, cellsJson(row.cells)}};
        if (row.subject != RowSubject::Record)
            json.insert(u"subject"_s, nameOf(row.subject));
        if (row.to)
            json.insert(u"to"_s,
                        QJsonObject {{u"type"_s, nameOf(row.to->type)}, {u"id"_s, row.to->id}});
        if (row.excluded)
            json.insert(u"excluded"_s, true);
        if (row.error)
            json.insert(u"error"_s, errorToJson(*row.error));
        if (!row.theirs.isEmpty()) {
            QJsonObject theirs;
            for (auto text = row.theirs.cbegin(); text != row.theirs.cend(); ++text)
                theirs.insert(text.key(), text.value());
            json.insert(u"theirs"_s, theirs);
        }
        list.append(json);
    }
    return list;
}

} // namespace hubkeeper::cli
