// SPDX-License-Identifier: MIT
#include "base/qtcompat.h"
#include "changes/run/inverserows.h"
#include "changes/run/plan.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

JournalRow row(ChangeKind kind, const QString &id, const CellChanges &cells,
               QLatin1StringView outcome)
{
    JournalRow row;
    row.type = u"contacts"_s;
    row.kind = kind;
    row.recordId = id;
    row.label = u"Record %1"_s.arg(id);
    row.cells = cells;
    row.outcome = outcome;
    return row;
}

CellChanges firstName(const QString &before, const QString &after)
{
    return {{u"firstname"_s, {before, after}}};
}

} // namespace

/// What takes a run back.
class TestInverseRows : public QObject
{
    Q_OBJECT

private slots:
    void invertsARun();
    void aCreateIsComparedBeforeItIsArchived();
    void makesArchivedRecordsAnew();
};

void TestInverseRows::invertsARun()
{
    JournalRow archived = row(ChangeKind::Archive, u"9"_s, {}, outcome::applied);
    archived.type = u"companies"_s;
    const QList<JournalRow> run {
        row(ChangeKind::Update, u"1"_s, firstName(u"Ada"_s, u"Eve"_s), outcome::applied),
        row(ChangeKind::Create, u"77"_s, firstName({}, u"New"_s), outcome::applied),
        row(ChangeKind::Create, u"new-2"_s, firstName({}, u"Lost"_s), outcome::unknown),
        archived,
        row(ChangeKind::Update, u"3"_s, firstName(u"old"_s, u"new"_s), outcome::intended),
        row(ChangeKind::Update, u"4"_s, firstName(u"a"_s, u"b"_s), outcome::conflict),
    };

    QList<LeftRow> left;
    const std::vector<RowChange> inverse = inverseRows(run, &left);

    QCOMPARE(inverse.size(), 3U);
    QCOMPARE(inverse[0].id, u"3"_s);
    QCOMPARE(inverse[0].cells.value(u"firstname"_s), (CellChange {u"new"_s, u"old"_s}));
    QCOMPARE(inverse[1].kind, ChangeKind::Archive);
    QCOMPARE(inverse[1].id, u"77"_s);
    QCOMPARE(inverse[2].cells.value(u"firstname"_s), (CellChange {u"Eve"_s, u"Ada"_s}));
    QCOMPARE(left.size(), 2);
    QCOMPARE(left[0].label, u"Record 9"_s);
    QVERIFY2(left[0].reason.contains(u"90 days"_s), qPrintable(left[0].reason));
    QCOMPARE(left[1].label, u"Record new-2"_s);
}

/// The record must be what the run made, or somebody's work would be archived with it.
void TestInverseRows::aCreateIsComparedBeforeItIsArchived()
{
    const QDateTime at(QDate(2026, 11, 23), QTime(10, 0), utc);
    JournalRow made = row(ChangeKind::Create, u"77"_s, firstName({}, u"New"_s), outcome::applied);
    made.writtenAt = at;

    const std::vector<RowChange> inverse = inverseRows({made}, nullptr);
    QCOMPARE(inverse.size(), 1U);
    QCOMPARE(inverse[0].basedOn, at);
    QCOMPARE(inverse[0].cells, firstName(u"New"_s, {}));

    Record now;
    now.id = u"77"_s;
    now.updatedAt = at;
    now.properties = {{u"firstname"_s, u"New"_s}};
    QCOMPARE(compared(inverse[0], now, {}).standing, Comparison::Send);
    now.updatedAt = at.addSecs(1); // Another property, by somebody else.
    QCOMPARE(compared(inverse[0], now, {}).standing, Comparison::Conflict);
    now.updatedAt = at;
    now.properties[u"firstname"_s] = u"Other"_s;
    const Comparison other = compared(inverse[0], now, {});
    QCOMPARE(other.standing, Comparison::Conflict);
    QCOMPARE(other.theirs.value(u"firstname"_s), u"Other"_s);

    // Changed later in the same run: what it held at the end counts.
    const JournalRow changed =
        row(ChangeKind::Update, u"77"_s, firstName(u"New"_s, u"Newer"_s), outcome::applied);
    QCOMPARE(inverseRows({made, changed}, nullptr)[0].cells, firstName(u"Newer"_s, {}));
    QVERIFY(!inverseRows({made, changed}, nullptr)[0].basedOn.isValid());
}

void TestInverseRows::makesArchivedRecordsAnew()
{
    JournalRow archived = row(
        ChangeKind::Archive, u"9"_s,
        {{u"firstname"_s, {u"Ada"_s, {}}}, {u"createdate"_s, {u"2020"_s, {}}}}, outcome::applied);
    const JournalRow old = row(ChangeKind::Archive, u"10"_s, {}, outcome::applied);
    const JournalRow kept =
        row(ChangeKind::Archive, u"11"_s, firstName(u"Bob"_s, {}), outcome::failed);
    const AnewRows anew = anewRows({archived, old, kept}, [](ObjectType, const QString &property) {
        return property != u"createdate"_s;
    });

    QCOMPARE(anew.rows.size(), 1U);
    QCOMPARE(anew.rows[0].kind, ChangeKind::Create);
    QCOMPARE(anew.rows[0].cells, firstName({}, u"Ada"_s));
    QCOMPARE(anew.skipped, QStringList {u"createdate"_s});
    QCOMPARE(anew.left.size(), 1);
    QCOMPARE(anew.left[0].label, u"Record 10"_s);
}

HUBKEEPER_TEST(TestInverseRows)
#include "tst_inverserows.moc"
