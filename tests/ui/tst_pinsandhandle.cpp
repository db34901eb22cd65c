// SPDX-License-Identifier: MIT
#include "gridrig.h"
#include "records/grid/fillhandle.h"
#include "records/grid/fillseries.h"
#include "records/grid/gridheaders.h"
#include "testkit/windowtest.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Columns that stay in sight, and the square that fills from a selection, with keys and mouse.
class TestPinsAndHandle final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void pinnedColumnsStayInSight();
    void selectsFromPinnedCells();
    void pinsFromRightToLeft();
    void dragsTheHandle_data();
    void dragsTheHandle();
    void escapeEndsTheDrag();
    void continuesSeries_data();
    void continuesSeries();

private:
    void dragPinnedEdge(int section, int by);
    [[nodiscard]] RecordTable *table() const { return m_rig->page->table(); }
    void select(int first, int last, const QString &from, const QString &to)
    {
        m_rig->click(m_rig->cell(first, from));
        m_rig->click(m_rig->cell(last, to), Qt::ShiftModifier);
    }

    std::unique_ptr<GridRig> m_rig;
};

void TestPinsAndHandle::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<GridRig>();
    QVERIFY(m_rig->readContacts());
}

/// Drags the right edge of a section of the header that lies over the pinned columns.
void TestPinsAndHandle::dragPinnedEdge(int section, int by)
{
    const QHeaderView *header = table()->pinnedHeader();
    const QPoint from(header->sectionViewportPosition(section) + header->sectionSize(section) - 2,
                      header->height() / 2);
    const QPoint to = from + QPoint(by, 0);
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(header->viewport(), (from + to) / 2);
    QTest::mouseMove(header->viewport(), to);
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, to);
}

void TestPinsAndHandle::pinnedColumnsStayInSight()
{
    const QAbstractItemModelTester tester(m_rig->page->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_rig->window.resize(1024, 700);
    QCOMPARE(table()->pinned(), 2);
    QCOMPARE(table()->shownPinned(), 2);
    const QRect email = table()->visualRect(m_rig->cell(3, u"email"_s));
    const QModelIndex last = m_rig->cell(3, u"lastmodifieddate"_s);
    table()->scrollTo(last);
    QVERIFY(table()->horizontalScrollBar()->value() > 0);
    QCOMPARE(table()->visualRect(m_rig->cell(3, u"email"_s)), email);
    QCOMPARE(table()->indexAt(email.center()), m_rig->cell(3, u"email"_s));
    QTRY_VERIFY(table()->pinnedHeader()->isVisible());
    QCOMPARE(table()->pinnedHeader()->geometry().left(),
             table()->horizontalHeader()->geometry().left());

    // Back by keys: what is next to the pinned ones is not below them.
    m_rig->click(last);
    while (table()->currentIndex().column() > 2)
        QTest::keyClick(table(), Qt::Key_Left);
    QVERIFY(table()->visualRect(table()->currentIndex()).left() >= table()->pinnedStrip().right());
    QTest::keyClick(table(), Qt::Key_End);
    const int scrolled = table()->horizontalScrollBar()->value();
    m_rig->click(m_rig->cell(5, u"email"_s)); // Scrolls nothing.
    QCOMPARE(table()->horizontalScrollBar()->value(), scrolled);
    QTest::keyClick(table(), Qt::Key_F2);
    QWidget *editor = QApplication::focusWidget();
    QVERIFY(editor != table());
    QCOMPARE(table()->viewport()->mapFromGlobal(editor->mapToGlobal(QPoint())).x(),
             table()->visualRect(m_rig->cell(5, u"email"_s)).x());
    QTest::keyClicks(editor, u"new@example.com"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(m_rig->raw(5, u"email"_s), u"new@example.com"_s);

    const int width = table()->columnWidth(1);
    dragPinnedEdge(1, 40);
    QCOMPARE(table()->columnWidth(1), width + 40);
    QCOMPARE(table()->pinnedStrip().width(), table()->columnWidth(0) + width + 40);
    const QPoint name(table()->columnWidth(0) + 30, table()->pinnedHeader()->height() / 2);
    QTest::mouseClick(table()->pinnedHeader()->viewport(), Qt::LeftButton, {}, name);
    QCOMPARE(table()->headers().sorts(), (QList<RowSort> {{u"email"_s, false}}));
    QTest::mouseClick(table()->pinnedHeader()->viewport(), Qt::LeftButton, {}, name);
    QCOMPARE(table()->headers().sorts(), (QList<RowSort> {{u"email"_s, true}}));
    table()->unpinAction()->trigger();
    QTRY_VERIFY(!table()->pinnedHeader()->isVisible());
    QVERIFY(table()->visualRect(m_rig->cell(3, u"email"_s)).left() < 0);
    QCOMPARE(m_rig->page->views().current().pinned, 0);
}

void TestPinsAndHandle::selectsFromPinnedCells()
{
    m_rig->window.resize(1024, 700);
    table()->scrollTo(m_rig->cell(2, u"lastmodifieddate"_s));
    const QPoint from = table()->visualRect(m_rig->cell(2, u"email"_s)).center();
    const QPoint to = table()->visualRect(m_rig->cell(4, u"lastmodifieddate"_s)).center();
    QTest::mousePress(table()->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(table()->viewport(), (from + to) / 2);
    QTest::mouseMove(table()->viewport(), to);
    QTest::mouseRelease(table()->viewport(), Qt::LeftButton, {}, to);
    const QRect all(1, 2, m_rig->page->model()->columnCount() - 1, 3);
    QCOMPARE(table()->selectedRanges(), QList<QRect> {all});

    m_rig->click(m_rig->cell(6, u"email"_s));
    QTest::keyClick(table(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(table(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(table()->selectedRanges(), QList<QRect> {QRect(1, 6, 2, 2)});
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      table()->visualRect(m_rig->cell(9, u"email"_s)).center());
    QCOMPARE(table()->selectedRanges().size(), 2);
}

void TestPinsAndHandle::pinsFromRightToLeft()
{
    m_rig->window.resize(1024, 700);
    m_rig->window.setLayoutDirection(Qt::RightToLeft);
    table()->scrollTo(m_rig->cell(3, u"lastmodifieddate"_s));
    QVERIFY(table()->horizontalScrollBar()->value() > 0);
    const QRect email = table()->visualRect(m_rig->cell(3, u"email"_s));
    const QRect id = table()->visualRect(m_rig->page->model()->index(3, 0));
    QVERIFY(id.right() >= table()->viewport()->width() - 3);
    QVERIFY(email.right() <= id.left());
    QCOMPARE(table()->indexAt(email.center()), m_rig->cell(3, u"email"_s));
    QVERIFY(!table()->viewport()->grab().isNull());
}

void TestPinsAndHandle::dragsTheHandle_data()
{
    QTest::addColumn<int>("toRow");
    QTest::addColumn<QString>("toProperty");
    QTest::addColumn<QString>("checked"); // Property whose rows 2 to 8 are looked at.
    QTest::addColumn<QStringList>("after");
    const QStringList none(7, u"-"_s); // As it was.
    QTest::newRow("down") << 8 << u"firstname"_s << u"firstname"_s
                          << QStringList {u"-"_s, u"-"_s, u"a"_s, u"b"_s, u"a"_s, u"b"_s, u"a"_s};
    QTest::newRow("up") << 2 << u"firstname"_s << u"firstname"_s
                        << QStringList {u"a"_s, u"b"_s, u"a"_s, u"b"_s, u"-"_s, u"-"_s, u"-"_s};
    QTest::newRow("right") << 5 << u"lastname"_s << u"lastname"_s
                           << QStringList {u"-"_s, u"-"_s, u"a"_s, u"b"_s, u"-"_s, u"-"_s, u"-"_s};
    QTest::newRow("nowhere") << 5 << u"firstname"_s << u"lastname"_s << none;
}

void TestPinsAndHandle::dragsTheHandle()
{
    QFETCH(int, toRow);
    QFETCH(QString, toProperty);
    QFETCH(QString, checked);
    m_rig->click(m_rig->cell(4, u"firstname"_s));
    m_rig->paste(u"a\nb"_s);
    QTRY_COMPARE(m_rig->raws(4, 5, u"firstname"_s), (QStringList {u"a"_s, u"b"_s}));
    const QStringList before = m_rig->raws(2, 8, checked);
    select(4, 5, u"firstname"_s, u"firstname"_s);
    const QPoint from = table()->fillHandle().square().center();
    QVERIFY(!table()->fillHandle().square().isEmpty());
    const QPoint to = table()->visualRect(m_rig->cell(toRow, toProperty)).center();
    QTest::mousePress(table()->viewport(), Qt::LeftButton, {}, from);
    QVERIFY(table()->fillHandle().isDragging());
    QTest::mouseMove(table()->viewport(), to);
    QTest::mouseRelease(table()->viewport(), Qt::LeftButton, {}, to);
    QFETCH(QStringList, after);
    QStringList wanted;
    for (qsizetype i = 0; i < after.size(); ++i)
        wanted.append(after[i] == "-"_L1 ? before[i] : after[i]);
    QTRY_COMPARE(m_rig->raws(2, 8, checked), wanted);
    if (wanted != before) {
        m_rig->changes().undo(); // One step.
        QCOMPARE(m_rig->raws(2, 8, checked), before);
    }
}

void TestPinsAndHandle::escapeEndsTheDrag()
{
    const QStringList before = m_rig->raws(2, 8, u"company"_s);
    m_rig->click(m_rig->cell(2, u"company"_s));
    const QPoint to = table()->visualRect(m_rig->cell(8, u"company"_s)).center();
    QTest::mousePress(table()->viewport(), Qt::LeftButton, {},
                      table()->fillHandle().square().center());
    QTest::mouseMove(table()->viewport(), to);
    QTest::keyClick(table(), Qt::Key_Escape);
    QVERIFY(!table()->fillHandle().isDragging());
    QTest::mouseRelease(table()->viewport(), Qt::LeftButton, {}, to);
    QCOMPARE(m_rig->raws(2, 8, u"company"_s), before);
    QVERIFY(m_rig->changes().isEmpty());
    m_rig->click(m_rig->page->model()->index(2, 0)); // The id is nobody's to fill.
    QVERIFY(table()->fillHandle().square().isEmpty());
}

void TestPinsAndHandle::continuesSeries_data()
{
    QTest::addColumn<QStringList>("source");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("text"); // "-": it is no series.
    QTest::newRow("one number") << QStringList {u"7"_s} << 3 << u"10"_s;
    QTest::newRow("step") << QStringList {u"10"_s, u"15"_s} << 4 << u"30"_s;
    QTest::newRow("up") << QStringList {u"10"_s, u"15"_s} << -1 << u"5"_s;
    QTest::newRow("day") << QStringList {u"2026-02-27"_s} << 2 << u"2026-03-01"_s;
    QTest::newRow("weeks") << QStringList {u"2026-11-30"_s, u"2026-12-07"_s} << 2
                           << u"2026-12-14"_s;
    QTest::newRow("text") << QStringList {u"a1"_s} << 1 << u"-"_s;
    QTest::newRow("zeros") << QStringList {u"007"_s} << 1 << u"-"_s;
    QTest::newRow("phone") << QStringList {u"+41"_s} << 1 << u"-"_s;
    QTest::newRow("mixed") << QStringList {u"1"_s, u"x"_s} << 1 << u"-"_s;
    QTest::newRow("huge") << QStringList {u"9000000000000000000"_s} << 1 << u"-"_s;
}

void TestPinsAndHandle::continuesSeries()
{
    QFETCH(QStringList, source);
    QFETCH(int, offset);
    QTEST(continued(source, offset).value_or(u"-"_s), "text");
}

HUBKEEPER_WINDOW_TEST(TestPinsAndHandle)
#include "tst_pinsandhandle.moc"
