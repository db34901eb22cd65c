// SPDX-License-Identifier: MIT
#include "changes/run/associationplan.h"
#include "changes/run/inverserows.h"
#include "changes/run/writeguard.h"
#include "changes/set/journalrows.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

const RecordReference contact {ObjectType::Contacts, u"512"_s};
const RecordReference company {ObjectType::Companies, u"77"_s};

/// "1 279 u101": numbers of HubSpot's kinds, and with a "u" of the account's own.
QList<AssociationKind> kinds(const QString &text)
{
    QList<AssociationKind> list;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const bool isOwn = word.startsWith(u'u');
        list.append({isOwn ? u"USER_DEFINED"_s : u"HUBSPOT_DEFINED"_s,
                     (isOwn ? word.mid(1) : word).toInt(),
                     {}});
    }
    return list;
}

RowChange link(const QString &now, const QString &wanted, const QString &primaryNow = {})
{
    return associationRow({contact, company, u"Ada"_s, kinds(now), kinds(wanted), primaryNow})
        .value_or(RowChange());
}

JournalRow journaled(RowChange row)
{
    row.state = RowState::Applied;
    return journalRowOf(row);
}

} // namespace

/// Rows about links, and what a run decides about them.
class TestAssociationRows : public QObject
{
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void compares_data();
    void compares();
    void sends_data();
    void sends();
    void judges_data();
    void judges();
    void mergesEdits_data();
    void mergesEdits();
    void undoesAndRedoes();
    void invertsRuns_data();
    void invertsRuns();
    void guardsLinks_data();
    void guardsLinks();
    void keepsCreatesThatLinksNeed();
};

void TestAssociationRows::rows_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("primary");
    QTest::addColumn<bool>("isChange");
    QTest::addColumn<ChangeKind>("kind");
    QTest::addColumn<QString>("primaryAfter");

    QTest::newRow("nothing") << u"279"_s << u"279"_s << QString() << false << ChangeKind::Update
                             << QString();
    QTest::newRow("label implies the plain kind")
        << u"279 u9"_s << u"u9"_s << QString() << false << ChangeKind::Update << QString();
    QTest::newRow("add") << QString() << u"279"_s << u"5"_s << true << ChangeKind::Create
                         << QString();
    QTest::newRow("add as primary")
        << QString() << u"1"_s << u"5"_s << true << ChangeKind::Create << u"77"_s;
    QTest::newRow("remove") << u"279"_s << QString() << u"5"_s << true << ChangeKind::Archive
                            << QString();
    QTest::newRow("remove the primary one")
        << u"1 279"_s << QString() << u"77"_s << true << ChangeKind::Archive << QString();
    QTest::newRow("label") << u"279"_s << u"u9"_s << u"5"_s << true << ChangeKind::Update
                           << QString();
    QTest::newRow("make primary") << u"279"_s << u"1"_s << u"5"_s << true << ChangeKind::Update
                                  << u"77"_s;
}

void TestAssociationRows::rows()
{
    QFETCH(QString, now);
    QFETCH(QString, wanted);
    QFETCH(QString, primary);
    QFETCH(bool, isChange);
    QFETCH(ChangeKind, kind);
    QFETCH(QString, primaryAfter);

    const auto row =
        associationRow({contact, company, u"Ada"_s, kinds(now), kinds(wanted), primary});

    QCOMPARE(row.has_value(), isChange);
    if (!row)
        return;
    QCOMPARE(row->kind, kind);
    QCOMPARE(row->cells.contains(primaryCell), now.contains(u'1') != wanted.contains(u'1'));
    QCOMPARE(row->cells.value(primaryCell).after, primaryAfter);
    QCOMPARE(keyOf(*row).id, u"512>companies/77"_s);
}

void TestAssociationRows::compares_data()
{
    QTest::addColumn<RowChange>("row");
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("primary");
    QTest::addColumn<bool>("isMoved");
    QTest::addColumn<Comparison::Standing>("standing");

    using C = Comparison;
    const QString none;
    QTest::newRow("add") << link({}, u"279"_s) << none << none << false << C::Send;
    QTest::newRow("added") << link({}, u"279"_s) << u"279"_s << none << false << C::Done;
    QTest::newRow("added with labels")
        << link({}, u"279"_s) << u"1 279 u9"_s << u"77"_s << false << C::Done;
    QTest::newRow("add a label to one that came")
        << link({}, u"u9"_s) << u"279"_s << none << false << C::Conflict;
    QTest::newRow("remove") << link(u"279"_s, {}) << u"279"_s << none << false << C::Send;
    QTest::newRow("removed") << link(u"279"_s, {}) << none << none << false << C::Done;
    QTest::newRow("remove what got a label")
        << link(u"279"_s, {}) << u"279 u9"_s << none << false << C::Conflict;
    RowChange unseen = link(u"279"_s, {});
    unseen.cells[associationCell].before.clear();
    QTest::newRow("remove whatever") << unseen << u"279 u9"_s << none << false << C::Send;
    QTest::newRow("label") << link(u"279"_s, u"u9"_s) << u"279"_s << none << false << C::Send;
    QTest::newRow("labelled") << link(u"279"_s, u"u9"_s) << u"279 u9"_s << none << false << C::Done;
    QTest::newRow("label what is gone")
        << link(u"279"_s, u"u9"_s) << none << none << false << C::Conflict;
    QTest::newRow("primary") << link(u"279"_s, u"1"_s, u"5"_s) << u"279"_s << u"5"_s << false
                             << C::Send;
    QTest::newRow("primary, and another one was")
        << link(u"279"_s, u"1"_s, u"5"_s) << u"279"_s << u"6"_s << false << C::Conflict;
    QTest::newRow("primary, and nobody is any more")
        << link(u"279"_s, u"1"_s, u"5"_s) << u"279"_s << none << false << C::Send;
    QTest::newRow("primary, by this run")
        << link(u"279"_s, u"1"_s, u"5"_s) << u"279"_s << u"6"_s << true << C::Send;
    QTest::newRow("remove the primary one, which lost it in this run")
        << link(u"1 279"_s, {}, u"77"_s) << u"279"_s << u"6"_s << true << C::Send;
    QTest::newRow("remove the primary one, which lost it")
        << link(u"1 279"_s, {}, u"77"_s) << u"279"_s << u"6"_s << false << C::Conflict;
}

void TestAssociationRows::compares()
{
    QFETCH(RowChange, row);
    QFETCH(QString, now);
    QFETCH(QString, primary);
    QFETCH(bool, isMoved);
    QFETCH(Comparison::Standing, standing);

    const Comparison comparison = comparedLink(row, {kinds(now), primary}, isMoved);

    QCOMPARE(comparison.standing, standing);
    const bool isConflict = standing == Comparison::Conflict;
    QCOMPARE(comparison.theirs.contains(associationCell), isConflict);
    if (isConflict)
        QCOMPARE(comparison.theirs.value(associationCell), kindsText(kinds(now)));
}

void TestAssociationRows::sends_data()
{
    QTest::addColumn<RowChange>("row");
    QTest::addColumn<QString>("added");
    QTest::addColumn<QString>("takenOff");
    QTest::addColumn<QString>("promoted");

    QTest::newRow("add") << link({}, u"279"_s) << u"279"_s << QString() << QString();
    QTest::newRow("add with a label") << link({}, u"u9"_s) << u"u9"_s << QString() << QString();
    QTest::newRow("another label keeps those that stay")
        << link(u"279 u9"_s, u"u9 u10"_s) << u"u9 u10"_s << QString() << QString();
    QTest::newRow("one for another") << link(u"u9"_s, u"u10"_s) << u"u10"_s << u"u9"_s << QString();
    QTest::newRow("label off") << link(u"u9"_s, u"279"_s) << QString() << u"u9"_s << QString();
    QTest::newRow("remove") << link(u"u9"_s, {}) << QString() << QString() << QString();
    QTest::newRow("no longer primary")
        << link(u"1"_s, u"279"_s, u"77"_s) << QString() << u"1"_s << QString();
    RowChange back = link(u"1"_s, u"279"_s, u"77"_s);
    back.cells[primaryCell].after = u"5"_s;
    QTest::newRow("primary goes back") << back << QString() << QString() << u"5"_s;
}

void TestAssociationRows::sends()
{
    QFETCH(RowChange, row);
    QFETCH(QString, added);
    QFETCH(QString, takenOff);
    QFETCH(QString, promoted);

    QCOMPARE(kindsText(kindsToAdd(row)), kindsText(kinds(added)));
    QCOMPARE(kindsText(kindsToTakeOff(row)), kindsText(kinds(takenOff)));
    QCOMPARE(companyToPromote(row), promoted);
}

void TestAssociationRows::judges_data()
{
    QTest::addColumn<RowChange>("row");
    QTest::addColumn<bool>("isDoubtful");
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("primary");
    QTest::addColumn<RowState>("state");
    QTest::addColumn<bool>("saysWhy");

    const QString none;
    QTest::newRow("added") << link({}, u"279"_s) << false << u"279"_s << none << RowState::Applied
                           << false;
    QTest::newRow("added, and became primary on its own")
        << link({}, u"279"_s) << false << u"1 279"_s << u"77"_s << RowState::Applied << false;
    QTest::newRow("lost, but there")
        << link({}, u"279"_s) << true << u"279"_s << none << RowState::Applied << false;
    QTest::newRow("lost") << link({}, u"279"_s) << true << none << none << RowState::Failed << true;
    QTest::newRow("taken without effect")
        << link(u"279"_s, u"u9"_s) << false << u"279"_s << none << RowState::Failed << true;
    QTest::newRow("half") << link(u"u9"_s, u"u10"_s) << true << u"279 u9 u10"_s << none
                          << RowState::Applied << true;
    QTest::newRow("removed") << link(u"279"_s, {}) << false << none << none << RowState::Applied
                             << false;
    QTest::newRow("still there") << link(u"279"_s, {}) << false << u"279"_s << none
                                 << RowState::Failed << true;
}

void TestAssociationRows::judges()
{
    QFETCH(RowChange, row);
    QFETCH(bool, isDoubtful);
    QFETCH(QString, now);
    QFETCH(QString, primary);
    QFETCH(RowState, state);
    QFETCH(bool, saysWhy);

    const auto doubt = isDoubtful
        ? std::optional(fail(ErrorKind::TimedOut, u"No answer."_s).value())
        : std::nullopt;
    const Outcome outcome = linkOutcomeOf(row, doubt, LinkNow {kinds(now), primary});

    QCOMPARE(outcome.state, state);
    QCOMPARE(outcome.error.has_value(), saysWhy);
    const auto unread = fail(ErrorKind::Offline, u"Offline."_s);
    QCOMPARE(linkOutcomeOf(row, doubt, unread).state,
             isDoubtful ? RowState::Unknown : RowState::Applied);
}

void TestAssociationRows::mergesEdits_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("isLeft");
    QTest::addColumn<ChangeKind>("kind");
    QTest::addColumn<bool>("setsPrimary");

    QTest::newRow("label, then remove")
        << u"279"_s << u"u9"_s << QString() << true << ChangeKind::Archive << false;
    QTest::newRow("primary, then a label only")
        << u"279"_s << u"1"_s << u"u9"_s << true << ChangeKind::Update << false;
    QTest::newRow("add, then primary")
        << QString() << u"279"_s << u"1"_s << true << ChangeKind::Create << true;
}

void TestAssociationRows::mergesEdits()
{
    QFETCH(QString, now);
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(bool, isLeft);
    QFETCH(ChangeKind, kind);
    QFETCH(bool, setsPrimary);

    ChangeSet changes;
    for (const QString &wanted : {first, second})
        (void)changes.addRows({link(now, wanted, u"5"_s)}, Adding::Merge, u"Edit"_s, &changes);

    QCOMPARE(changes.count(), isLeft ? 1 : 0);
    const RowChange row = changes.at(0);
    QCOMPARE(row.kind, kind);
    QCOMPARE(row.cells.contains(primaryCell), setsPrimary);
    QCOMPARE(kindsText(kindsOf(row.cells[associationCell].before)), kindsText(kinds(now)));
    QCOMPARE(changes.associationsOf(contact, 10).size(), 1U);
    QCOMPARE(changes.associationsOf(company, 10).size(), 1U);
    QCOMPARE(changes.associationsOf({ObjectType::Companies, u"512"_s}, 10).size(), 0U);
}

void TestAssociationRows::undoesAndRedoes()
{
    ChangeSet changes;
    (void)changes.addRows({link(u"279"_s, u"u9"_s)}, Adding::Merge, u"Label"_s, &changes);
    (void)changes.addRows({link(u"279"_s, {})}, Adding::Merge, u"Remove"_s, &changes);

    changes.undo();
    QCOMPARE(changes.at(0).kind, ChangeKind::Update);
    changes.undo();
    QCOMPARE(changes.count(), 0);
    changes.redo();
    changes.redo();
    QCOMPARE(changes.at(0).kind, ChangeKind::Archive);
    QVERIFY(!changes.contains(ObjectType::Contacts, u"512"_s)); // It is not a row of the record.

    changes.revertRow(keyOf(changes.at(0)));
    QCOMPARE(changes.count(), 0);
}

void TestAssociationRows::invertsRuns_data()
{
    QTest::addColumn<QList<RowChange>>("run");
    QTest::addColumn<int>("count");
    QTest::addColumn<ChangeKind>("kind");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("primaryAfter");

    QTest::newRow("add") << QList {link({}, u"279"_s)} << 1 << ChangeKind::Archive << QString()
                         << QString();
    QTest::newRow("remove") << QList {link(u"1 279"_s, {}, u"77"_s)} << 1 << ChangeKind::Create
                            << u"1 279"_s << u"77"_s;
    QTest::newRow("make primary") << QList {link(u"279"_s, u"1"_s, u"5"_s)} << 1
                                  << ChangeKind::Update << u"279"_s << u"5"_s;
    QTest::newRow("there and back") << QList {link(u"279"_s, u"u9"_s), link(u"279 u9"_s, u"279"_s)}
                                    << 0 << ChangeKind::Update << QString() << QString();
    QTest::newRow("was there already")
        << QList {journaledLink(link({}, u"279"_s), {kinds(u"1 279"_s), u"77"_s}, true)} << 0
        << ChangeKind::Update << QString() << QString();
}

void TestAssociationRows::invertsRuns()
{
    QFETCH(QList<RowChange>, run);
    QFETCH(int, count);
    QFETCH(ChangeKind, kind);
    QFETCH(QString, after);
    QFETCH(QString, primaryAfter);

    QList<JournalRow> rows;
    for (const RowChange &row : run)
        rows.append(rowFrom(bodyOf(journaled(row))));
    for (JournalRow &row : rows)
        row.outcome = outcome::applied;
    QList<LeftRow> left;
    const std::vector<RowChange> inverse = inverseRows(rows, &left);

    QCOMPARE(int(inverse.size()), count);
    QVERIFY(left.isEmpty());
    if (count == 0)
        return;
    QCOMPARE(inverse[0].kind, kind);
    QCOMPARE(inverse[0].to, std::optional(company));
    QVERIFY(areSameKinds(kindsOf(inverse[0].cells[associationCell].after), kinds(after)));
    QCOMPARE(inverse[0].cells.value(primaryCell).after, primaryAfter);
}

void TestAssociationRows::guardsLinks_data()
{
    QTest::addColumn<QStringList>("protectedProperties");
    QTest::addColumn<int>("mostArchives");
    QTest::addColumn<bool>("archiveAllowed");
    QTest::addColumn<QString>("refusal");

    QTest::newRow("free") << QStringList() << 2 << true << QString();
    QTest::newRow("archives of records do not count") << QStringList() << 2 << false << QString();
    QTest::newRow("too many") << QStringList() << 1 << true << u"would remove 2 associations"_s;
    QTest::newRow("protected") << QStringList {u"Associations"_s} << 0 << true
                               << u"associations is protected"_s;
}

void TestAssociationRows::guardsLinks()
{
    QFETCH(QStringList, protectedProperties);
    QFETCH(int, mostArchives);
    QFETCH(bool, archiveAllowed);
    QFETCH(QString, refusal);

    RowChange other = link(u"279"_s, {});
    other.to->id = u"78"_s;
    ChangeSet changes;
    (void)changes.addRows({link(u"279"_s, {}), other}, Adding::Merge, {}, &changes);
    WritePolicy policy {WriteMode::Free, 0, mostArchives, protectedProperties, archiveAllowed};

    const auto refused = refusalOf(changes, policy, {});

    QCOMPARE(refused.has_value(), !refusal.isEmpty());
    if (refused)
        QVERIFY2(refused->what.contains(refusal), qPrintable(refused->what));
    policy.mostPercent = 1; // Links are not records.
    WriteGuard guard([policy] { return policy; }, {});
    guard.setTotal(ObjectType::Contacts, 10);
    QCOMPARE(guard.admit(guardedWrites(changes.rows())).has_value(), !refusal.isEmpty());
}

void TestAssociationRows::keepsCreatesThatLinksNeed()
{
    ChangeSet changes;
    const QString made = changes.addCreate(ObjectType::Companies, {{u"name"_s, u"Acme"_s}}, {});
    RowChange row = link({}, u"279"_s);
    row.to->id = made;
    (void)changes.addRows({row}, Adding::Merge, {}, &changes);
    changes.setState(ObjectType::Companies, made, RowState::Applied);

    changes.removeApplied();
    QCOMPARE(changes.count(), 2);

    changes.setState(keyOf(row), RowState::Applied);
    changes.removeApplied();
    QCOMPARE(changes.count(), 0);
}

HUBKEEPER_TEST(TestAssociationRows)
#include "tst_associationrows.moc"
