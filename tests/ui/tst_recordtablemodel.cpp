// SPDX-License-Identifier: MIT
#include "records/grid/pasteplan.h"
#include "records/grid/recordtablemodel.h"
#include "testkit/outcomeof.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

Record contact(int number, const QString &city)
{
    Record record;
    record.id = QString::number(1000 + number);
    record.properties = {{u"email"_s, u"c%1@example.com"_s.arg(number)}, {u"city"_s, city}};
    return record;
}

QList<PropertyDefinition> definitions()
{
    PropertyDefinition email;
    email.name = u"email"_s;
    email.label = u"Email"_s;
    PropertyDefinition city;
    city.name = u"city"_s;
    city.label = u"City"_s;
    PropertyDefinition computed;
    computed.name = u"hs_computed"_s;
    computed.label = u"Computed"_s;
    computed.readOnlyValue = true;
    return {email, city, computed};
}

} // namespace

class TestRecordTableModel final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsRowsAsTheyArrive();
    void stagesAnEditAndTakesItBack();
    void refusesReadOnlyCells();
    void followsAnOrder();
    void reportsChangesToTheScreenReader();
    void plansAPaste_data();
    void plansAPaste();
    void showsRowsBeforeTheyAreLoaded();
    void stagesNoSameValue();

private:
    QTemporaryDir m_folder;
    Masking m_masking;
    PropertyNames m_names {m_masking};
    std::unique_ptr<ChangeSet> m_changes;
    std::unique_ptr<RecordSet> m_set;
    std::unique_ptr<RecordTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestRecordTableModel::init()
{
    failOnUnexpectedWarnings();
    m_names.setDefinitions(definitions());
    m_changes = std::make_unique<ChangeSet>();
    auto set = RecordSet::create(m_folder.path(), ObjectType::Contacts,
                                 {u"email"_s, u"city"_s, u"hs_computed"_s});
    QVERIFY(set.has_value());
    m_set = std::move(*set);
    m_model = std::make_unique<RecordTableModel>(*m_changes, m_names, nullptr);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setColumns({u"email"_s, u"city"_s, u"hs_computed"_s});
    m_model->setRecordSet(m_set.get());
}

void TestRecordTableModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_set.reset();
    m_changes.reset();
}

void TestRecordTableModel::showsRowsAsTheyArrive()
{
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(outcomeOf(m_set->append({contact(1, u"Bern"_s), contact(2, u"Wien"_s)}, nullptr))
                .value()
                .has_value());
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->idAt(1), u"1002"_s);
    QCOMPARE(m_model->index(1, 2).data().toString(), u"Wien"_s);
    QCOMPARE(m_model->headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), u"City"_s);
}

void TestRecordTableModel::stagesAnEditAndTakesItBack()
{
    QVERIFY(outcomeOf(m_set->append({contact(1, u"Bern"_s)}, nullptr)).value().has_value());
    const QModelIndex city = m_model->index(0, 2);
    QVERIFY(m_model->setData(city, u"Basel"_s, Qt::EditRole));
    QVERIFY(city.data(RecordTableModel::ChangedRole).toBool());
    QCOMPARE(city.data().toString(), u"Basel"_s);
    QCOMPARE(city.data(RecordTableModel::OriginalTextRole).toString(), u"Bern"_s);
    QCOMPARE(m_changes->count(), 1);

    // The old value typed back is not a change: nothing is staged any more.
    QVERIFY(m_model->setData(city, u"Bern"_s, Qt::EditRole));
    QVERIFY(!city.data(RecordTableModel::ChangedRole).toBool());
    QCOMPARE(m_changes->count(), 0);
}

void TestRecordTableModel::refusesReadOnlyCells()
{
    QVERIFY(outcomeOf(m_set->append({contact(1, u"Bern"_s)}, nullptr)).value().has_value());
    for (const int column : {0, 3}) {
        const QModelIndex cell = m_model->index(0, column);
        QVERIFY(!cell.flags().testFlag(Qt::ItemIsEditable));
        QVERIFY(!m_model->setData(cell, u"x"_s, Qt::EditRole));
        QVERIFY(!cell.data(Qt::ToolTipRole).toString().isEmpty());
    }
    QVERIFY(m_changes->isEmpty());
}

void TestRecordTableModel::followsAnOrder()
{
    QVERIFY(outcomeOf(m_set->append(
                          {contact(1, u"Wien"_s), contact(2, u"Bern"_s), contact(3, u"Basel"_s)},
                          nullptr))
                .value()
                .has_value());
    RowQuery query;
    query.sortProperty = u"city"_s;
    const auto order = outcomeOf(m_set->order(query, nullptr));
    QVERIFY(order && *order);
    m_model->setOrder(**order);
    QCOMPARE(m_model->idAt(0), u"1003"_s);
    QCOMPARE(m_model->idAt(2), u"1001"_s);
    QCOMPARE(m_model->viewRowOf(u"1002"_s), 1);

    query.contains = u"wien"_s;
    const auto filtered = outcomeOf(m_set->order(query, nullptr));
    QVERIFY(filtered && *filtered);
    m_model->setOrder(**filtered);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->idAt(0), u"1001"_s);
    QCOMPARE(m_model->viewRowOf(u"1002"_s), -1);
}

void TestRecordTableModel::reportsChangesToTheScreenReader()
{
    QVERIFY(outcomeOf(m_set->append({contact(1, u"Bern"_s)}, nullptr)).value().has_value());
    const QModelIndex city = m_model->index(0, 2);
    const QString before = city.data(Qt::AccessibleDescriptionRole).toString();
    QVERIFY(m_model->setData(city, u"Basel"_s, Qt::EditRole));
    QVERIFY(city.data(Qt::AccessibleDescriptionRole).toString() != before);
}

/// x and width are columns, y and height rows.
void TestRecordTableModel::plansAPaste_data()
{
    using Rects = QList<QRect>;
    QTest::addColumn<Rects>("selection");
    QTest::addColumn<QSize>("clipboard");
    QTest::addColumn<int>("kind");
    QTest::addColumn<Rects>("targets");
    const int paste = PastePlan::Paste;
    const int differ = PastePlan::SizesDiffer;
    const int several = PastePlan::SeveralRanges;
    const Rects apart {QRect(1, 1, 1, 1), QRect(1, 4, 1, 2)};
    // clang-format off
    QTest::newRow("one cell")              << Rects {QRect(2, 3, 1, 1)} << QSize(2, 4) << paste   << Rects {QRect(2, 3, 2, 4)};
    QTest::newRow("same size")             << Rects {QRect(2, 3, 2, 4)} << QSize(2, 4) << paste   << Rects {QRect(2, 3, 2, 4)};
    QTest::newRow("in two pieces")         << Rects {QRect(2, 5, 2, 2), QRect(2, 3, 2, 2)} << QSize(2, 4) << paste << Rects {QRect(2, 3, 2, 4)};
    QTest::newRow("one value")             << Rects {QRect(2, 3, 2, 4)} << QSize(1, 1) << paste   << Rects {QRect(2, 3, 2, 4)};
    QTest::newRow("one value, apart")      << apart                     << QSize(1, 1) << paste   << apart;
    QTest::newRow("one row down")          << Rects {QRect(2, 3, 2, 4)} << QSize(2, 1) << paste   << Rects {QRect(2, 3, 2, 4)};
    QTest::newRow("one column to the right") << Rects {QRect(2, 3, 2, 4)} << QSize(1, 4) << paste << Rects {QRect(2, 3, 2, 4)};
    QTest::newRow("more rows")             << Rects {QRect(2, 3, 1, 4)} << QSize(1, 6) << differ  << Rects {QRect(2, 3, 1, 6)};
    QTest::newRow("fewer rows")            << Rects {QRect(2, 3, 1, 4)} << QSize(1, 3) << differ  << Rects {QRect(2, 3, 1, 3)};
    QTest::newRow("half as many rows")     << Rects {QRect(2, 3, 1, 4)} << QSize(1, 2) << differ  << Rects {QRect(2, 3, 1, 2)};
    QTest::newRow("more columns")          << Rects {QRect(2, 3, 1, 4)} << QSize(2, 4) << differ  << Rects {QRect(2, 3, 2, 4)};
    QTest::newRow("apart")                 << apart                     << QSize(1, 3) << several << Rects {};
    // clang-format on
}

void TestRecordTableModel::plansAPaste()
{
    QFETCH(QList<QRect>, selection);
    QFETCH(QSize, clipboard);
    QFETCH(int, kind);
    QFETCH(QList<QRect>, targets);
    const PastePlan plan = planPaste(selection, clipboard);
    QCOMPARE(int(plan.kind), kind);
    QCOMPARE(plan.targets, targets);
}

/// Rows that are on the disk only: dots, nothing to edit, and the cells once they are there.
void TestRecordTableModel::showsRowsBeforeTheyAreLoaded()
{
    for (int page = 0; page < 24; ++page) {
        QList<Record> records;
        for (int i = 0; i < 500; ++i)
            records.append(contact(page * 500 + i, QString(1600, u'x')));
        QVERIFY(outcomeOf(m_set->append(records, nullptr)).value().has_value());
    }
    const QModelIndex id = m_model->index(1500, 0);
    QVERIFY(!m_model->isLoaded(1500));
    QCOMPARE(id.data().toString(), u"…"_s);
    QVERIFY(!id.siblingAtColumn(2).flags().testFlag(Qt::ItemIsEditable));
    QVERIFY(!m_model->setData(id.siblingAtColumn(2), u"y"_s, Qt::EditRole));
    QVERIFY(m_changes->isEmpty());

    QTRY_COMPARE(id.data().toString(), u"2500"_s);
    QVERIFY(id.siblingAtColumn(2).flags().testFlag(Qt::ItemIsEditable));
}

/// Another way to write the value the portal has is not a change.
void TestRecordTableModel::stagesNoSameValue()
{
    QVERIFY(outcomeOf(m_set->append({contact(1, u"Bern"_s)}, nullptr)).value().has_value());
    QVERIFY(m_model->setData(m_model->index(0, 1), u"C1@Example.com"_s, Qt::EditRole));
    QVERIFY(m_changes->isEmpty());
}

HUBKEEPER_WINDOW_TEST(TestRecordTableModel)
#include "tst_recordtablemodel.moc"
