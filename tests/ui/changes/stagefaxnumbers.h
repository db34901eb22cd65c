// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "testkit/outcomeof.h"

#include <QTest>

namespace hubkeeper::test {

/// The first `count` contacts of a practice portal get a fax number.
inline void stageFaxNumbers(ChangeSet &changes, int count)
{
    std::vector<RowChange> rows;
    for (int row = 0; row < count; ++row) {
        RowChange &change = rows.emplace_back();
        change.id = QString::number(150'000'000'001 + row);
        change.label = change.id;
        change.cells.insert(QStringLiteral("fax"), {QString(), QStringLiteral("12345")});
    }
    QObject parent;
    QVERIFY(outcomeOf(
        changes.addRows(std::move(rows), Adding::Merge, QStringLiteral("edit"), &parent)));
    QCOMPARE(changes.count(), count);
}

} // namespace hubkeeper::test
