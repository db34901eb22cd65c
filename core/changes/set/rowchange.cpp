// SPDX-License-Identifier: MIT
#include "changes/set/rowchange.h"

#include "changes/set/associationcells.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

RowKey keyOf(const RowChange &row)
{
    if (!row.to)
        return {row.type, row.id, row.subject};
    return {row.type, pairText(row.id, *row.to), row.subject};
}

QString nameOf(RowState state)
{
    switch (state) {
    case RowState::Staged:
        return u"staged"_s;
    case RowState::Sending:
        return u"sending"_s;
    case RowState::Applied:
        return u"applied"_s;
    case RowState::Failed:
        return u"failed"_s;
    case RowState::Conflicting:
        return u"conflict"_s;
    case RowState::Unknown:
        return u"unknown"_s;
    case RowState::Skipped:
        break;
    }
    return u"skipped"_s;
}

QString nameOf(RowSubject subject)
{
    switch (subject) {
    case RowSubject::Record:
        return u"record"_s;
    case RowSubject::Definition:
        return u"definition"_s;
    case RowSubject::Association:
        return u"association"_s;
    case RowSubject::Merge:
        break;
    }
    return u"merge"_s;
}

qint64 localNumber(const QString &id)
{
    if (!id.startsWith("new-"_L1))
        return 0;
    bool isNumber = false;
    const qint64 number = id.mid(4).toLongLong(&isNumber);
    return isNumber && number > 0 ? number : 0;
}

} // namespace hubkeeper
