// SPDX-License-Identifier: MIT
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "workbench/subject/recordssubject.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

using Words = std::optional<QStringList>;
Q_DECLARE_METATYPE(Words)

/// Which options of a command choose the records of a page.
class TestRecordsSubject final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void choosesTheSameRecords_data();
    void choosesTheSameRecords();
    void hasNoneOnceTheRecordsAreGone();

private:
    [[nodiscard]] static RowOrder firstRows(int count)
    {
        RowOrder rows;
        for (int row = 0; row < count; ++row)
            rows.push_back(row);
        return rows;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<RecordSet> m_set;
};

void TestRecordsSubject::initTestCase()
{
    auto set = RecordSet::create(m_folder.path(), ObjectType::Contacts, {u"email"_s});
    QVERIFY(set);
    m_set = std::move(*set);
    QList<Record> records;
    for (int i = 0; i < 30; ++i) {
        Record record;
        record.id = QString::number(100 + i);
        records.append(record);
    }
    QVERIFY(outcomeOf(m_set->append(records, this)));
}

void TestRecordsSubject::choosesTheSameRecords_data()
{
    QTest::addColumn<bool>("isWhole");
    QTest::addColumn<bool>("isKept");
    QTest::addColumn<QString>("searched"); // For words.
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("selected");
    QTest::addColumn<Words>("words");
    const QStringList two {u"--where"_s, u"hs_object_id eq 100 or hs_object_id eq 101"_s};
    const QString bern = u"city eq \"Bern\""_s;
    QTest::newRow("everything") << true << false << QString() << QString() << 0
                                << Words(QStringList());
    QTest::newRow("conditions") << true << false << QString() << bern << 0
                                << Words(QStringList {u"--where"_s, bern});
    QTest::newRow("a kept view") << true << true << u"acme"_s << bern << 0
                                 << Words(QStringList {u"--view"_s, u"Bern"_s});
    QTest::newRow("a search for words") << true << false << u"acme"_s << QString() << 0 << Words();
    QTest::newRow("a part of the view") << false << false << QString() << QString() << 0 << Words();
    QTest::newRow("selected ones") << true << true << QString() << QString() << 2 << Words(two);
    QTest::newRow("as many as can be named")
        << true << true << QString() << QString() << 20 << Words(QStringList());
    QTest::newRow("too many") << true << true << QString() << QString() << 21 << Words();
}

void TestRecordsSubject::choosesTheSameRecords()
{
    QFETCH(const bool, isWhole);
    QFETCH(const bool, isKept);
    QFETCH(const QString, searched);
    QFETCH(const QString, filter);
    QFETCH(const int, selected);
    QFETCH(const Words, words);
    RecordsSubject subject;
    subject.set = m_set.get();
    subject.shown = firstRows(30);
    subject.selected = firstRows(selected);
    subject.isWholeView = isWhole;
    subject.isViewKept = isKept;
    subject.view.name = u"Bern"_s;
    subject.view.words = searched;
    subject.view.filter = filter;
    const auto extent = selected > 0 ? RecordsSubject::Selected : RecordsSubject::Shown;
    const Words chosen = commandWords(subject, extent, u"--where"_s);
    QCOMPARE(chosen.has_value(), words.has_value());
    if (selected == 20)
        QCOMPARE(chosen->last().count(u" or "_s), 19);
    else if (words)
        QCOMPARE(*chosen, *words);
}

void TestRecordsSubject::hasNoneOnceTheRecordsAreGone()
{
    RecordsSubject subject;
    subject.isWholeView = true;
    QVERIFY(!commandWords(subject, RecordsSubject::Shown, u"--filter"_s));
}

HUBKEEPER_WINDOW_TEST(TestRecordsSubject)
#include "tst_recordssubject.moc"
