// SPDX-License-Identifier: MIT
#include "records/grid/recordtable.h"
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
    void tellsChangesToTheScreenReader();
    void cellsFromText_data();
    void cellsFromText();

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

    // The old value typed back is no change: nothing is staged any more.
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

void TestRecordTableModel::tellsChangesToTheScreenReader()
{
    QVERIFY(outcomeOf(m_set->append({contact(1, u"Bern"_s)}, nullptr)).value().has_value());
    const QModelIndex city = m_model->index(0, 2);
    const QString before = city.data(Qt::AccessibleDescriptionRole).toString();
    QVERIFY(m_model->setData(city, u"Basel"_s, Qt::EditRole));
    QVERIFY(city.data(Qt::AccessibleDescriptionRole).toString() != before);
}

void TestRecordTableModel::cellsFromText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<QStringList>>("cells");
    // clang-format off
    QTest::newRow("nothing")        << QString()             << QList<QStringList> {};
    QTest::newRow("one cell")       << u"a"_s                << QList<QStringList> {{u"a"_s}};
    QTest::newRow("row")            << u"a\tb\n"_s           << QList<QStringList> {{u"a"_s, u"b"_s}};
    QTest::newRow("Windows")        << u"a\r\nb\r\n"_s       << QList<QStringList> {{u"a"_s}, {u"b"_s}};
    QTest::newRow("quoted")         << u"\"a\tb\"\tc"_s      << QList<QStringList> {{u"a\tb"_s, u"c"_s}};
    QTest::newRow("doubled quote")  << u"\"say \"\"x\"\"\""_s << QList<QStringList> {{u"say \"x\""_s}};
    QTest::newRow("line in a cell") << u"\"a\nb\"\tc\n"_s    << QList<QStringList> {{u"a\nb"_s, u"c"_s}};
    QTest::newRow("quote inside")   << u"5\" disk"_s         << QList<QStringList> {{u"5\" disk"_s}};
    QTest::newRow("never closed")   << u"\"a\tb"_s           << QList<QStringList> {{u"a\tb"_s}};
    // clang-format on
}

void TestRecordTableModel::cellsFromText()
{
    QFETCH(QString, text);
    QFETCH(QList<QStringList>, cells);
    QCOMPARE(hubkeeper::cellsFromText(text), cells);
    QCOMPARE(hubkeeper::cellsFromText(textFromCells(cells)), cells);
}

HUBKEEPER_WINDOW_TEST(TestRecordTableModel)
#include "tst_recordtablemodel.moc"
