// SPDX-License-Identifier: MIT
#include "recordsetrig.h"
#include "testkit/testprogram.h"

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Which rows of a record set a view shows, and in what order.
class TestRowOrder : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_rig = std::make_unique<RecordSetRig>(); }
    void cleanup() { m_rig.reset(); }
    void orders_data();
    void orders();
    void ordersIdsAsNumbers();
    void sortsBySeveral_data();
    void sortsBySeveral();
    void findsLettersHoweverTheyAreWritten_data();
    void findsLettersHoweverTheyAreWritten();
    void findsAndSortsWhatIsShown_data();
    void findsAndSortsWhatIsShown();
    void ordersValuesExactly();
    void orderCanBeStopped();

private:
    static Record contact(const QString &id, const QHash<QString, QString> &properties)
    {
        return RecordSetRig::contact(id, properties);
    }
    [[nodiscard]] QStringList idsIn(const RowQuery &query);

    std::unique_ptr<RecordSetRig> m_rig;
};

QStringList TestRowOrder::idsIn(const RowQuery &query)
{
    const auto order = outcomeOf(m_rig->set->order(query, this));
    if (!order || !*order)
        return {u"failed"_s};
    QStringList ids;
    for (const qint64 row : **order)
        ids.append(m_rig->set->idAt(row));
    return ids;
}

void TestRowOrder::orders_data()
{
    QTest::addColumn<QString>("contains");
    QTest::addColumn<QString>("property");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<QStringList>("ids");

    const QString name = u"name"_s;
    const QString size = u"size"_s;
    QTest::newRow("as they come, by id")
        << u""_s << QString() << false << QStringList {u"2"_s, u"3"_s, u"10"_s, u"11"_s};
    QTest::newRow("by id, down") << u""_s << QString() << true
                                 << QStringList {u"11"_s, u"10"_s, u"3"_s, u"2"_s};
    QTest::newRow("letters, without case and accents")
        << u""_s << name << false << QStringList {u"11"_s, u"3"_s, u"10"_s, u"2"_s};
    QTest::newRow("empty ones stay last")
        << u""_s << name << true << QStringList {u"10"_s, u"3"_s, u"11"_s, u"2"_s};
    QTest::newRow("numbers") << u""_s << size << false
                             << QStringList {u"3"_s, u"2"_s, u"10"_s, u"11"_s};
    QTest::newRow("numbers, down")
        << u""_s << size << true << QStringList {u"10"_s, u"2"_s, u"3"_s, u"11"_s};
    QTest::newRow("part of a text, any case")
        << u"\u00C9RIC"_s << QString() << false << QStringList {u"3"_s};
    QTest::newRow("part, in order") << u"a"_s << name << false << QStringList {u"11"_s, u"10"_s};
    QTest::newRow("in another column") << u"1e3"_s << QString() << false << QStringList {u"10"_s};
    QTest::newRow("not across columns") << u"zadie\n1e3"_s << QString() << true << QStringList();
    QTest::newRow("nowhere") << u"qqq"_s << name << false << QStringList();
    QTest::newRow("unknown column")
        << u""_s << u"other"_s << false << QStringList {u"2"_s, u"3"_s, u"10"_s, u"11"_s};
}

void TestRowOrder::orders()
{
    QFETCH(QString, contains);
    QFETCH(QString, property);
    QFETCH(bool, descending);
    QFETCH(QStringList, ids);
    m_rig->make({u"name"_s, u"size"_s});
    m_rig->add({contact(u"10"_s, {{u"name"_s, u"zadie"_s}, {u"size"_s, u"1e3"_s}}),
                contact(u"3"_s, {{u"name"_s, u"\u00E9ric"_s}, {u"size"_s, u"-2.5"_s}}),
                contact(u"11"_s, {{u"name"_s, u"Ada"_s}}),
                contact(u"2"_s, {{u"size"_s, u"20"_s}})});

    RowQuery query;
    query.contains = contains;
    query.sortProperty = property;
    query.descending = descending;
    query.numericProperties = {u"size"_s};
    QCOMPARE(idsIn(query), ids);
}

void TestRowOrder::sortsBySeveral_data()
{
    QTest::addColumn<QList<RowSort>>("sorts");
    QTest::addColumn<QString>("contains");
    QTest::addColumn<QStringList>("ids");
    const RowSort city {u"city"_s, false};
    const RowSort cityDown {u"city"_s, true};
    const RowSort size {u"size"_s, false};
    const RowSort sizeDown {u"size"_s, true};
    const RowSort name {u"name"_s, false};
    const auto row = [](const char *what, const QList<RowSort> &sorts, const QString &contains,
                        const QStringList &ids) {
        QTest::newRow(what) << sorts << contains << ids;
    };
    row("two", {city, size}, {}, {u"4"_s, u"2"_s, u"1"_s, u"3"_s, u"5"_s});
    row("two, the second downwards", {city, sizeDown}, {},
        {u"2"_s, u"4"_s, u"3"_s, u"1"_s, u"5"_s});
    row("two, the first downwards", {cityDown, size}, {}, {u"1"_s, u"3"_s, u"4"_s, u"2"_s, u"5"_s});
    row("three", {city, size, name}, {}, {u"4"_s, u"2"_s, u"1"_s, u"3"_s, u"5"_s});
    row("one that is not there", {city, {u"nosuch"_s, true}}, {},
        {u"2"_s, u"4"_s, u"1"_s, u"3"_s, u"5"_s});
    row("filtered", {city, size}, u"zurich"_s, {u"1"_s, u"3"_s});
    row("nothing is left", {city, size}, u"nowhere"_s, {});
}

void TestRowOrder::sortsBySeveral()
{
    QFETCH(QList<RowSort>, sorts);
    QFETCH(QString, contains);
    QFETCH(QStringList, ids);
    m_rig->make({u"city"_s, u"size"_s, u"name"_s});
    const auto place = [](const QString &id, const QString &city, const QString &size) {
        return contact(id, {{u"city"_s, city}, {u"size"_s, size}, {u"name"_s, u"x"_s}});
    };
    m_rig->add({place(u"1"_s, u"Zurich"_s, u"5"_s), place(u"2"_s, u"Bern"_s, u"10"_s),
                place(u"3"_s, u"z\u00FCrich"_s, u"20"_s), place(u"4"_s, u"Bern"_s, u"9"_s),
                contact(u"5"_s, {{u"size"_s, u"1"_s}})});
    RowQuery query;
    query.contains = contains;
    query.sortProperty = sorts.first().property;
    query.descending = sorts.first().descending;
    query.thenBy = sorts.sliced(1);
    query.numericProperties = {u"size"_s};
    QCOMPARE(idsIn(query), ids);
}

void TestRowOrder::findsLettersHoweverTheyAreWritten_data()
{
    QTest::addColumn<QString>("contains");
    QTest::addColumn<QStringList>("ids");
    const QStringList zurich {u"2"_s, u"3"_s};
    QTest::newRow("a dotted capital") << u"istanbul"_s << QStringList {u"1"_s};
    QTest::newRow("the dotted capital itself") << u"\u0130stanbul"_s << QStringList {u"1"_s};
    QTest::newRow("composed") << u"z\u00FCrich"_s << zurich;
    QTest::newRow("decomposed") << u"zu\u0308rich"_s << zurich;
    QTest::newRow("without accents") << u"ZURICH"_s << zurich;
    QTest::newRow("sharp s") << u"strasse"_s << QStringList {u"4"_s};
    QTest::newRow("other letters") << u"\u0645\u062D\u0645\u062F"_s << QStringList {u"5"_s};
    QTest::newRow("the id") << u"3"_s << QStringList {u"3"_s};
}

void TestRowOrder::findsLettersHoweverTheyAreWritten()
{
    QFETCH(QString, contains);
    QFETCH(QStringList, ids);
    m_rig->make({u"city"_s});
    m_rig->add({contact(u"1"_s, {{u"city"_s, u"\u0130stanbul"_s}}),
                contact(u"2"_s, {{u"city"_s, u"Z\u00FCrich"_s}}),
                contact(u"3"_s, {{u"city"_s, u"Zu\u0308rich"_s}}),
                contact(u"4"_s, {{u"city"_s, u"Hauptstra\u00DFe"_s}}),
                contact(u"5"_s, {{u"city"_s, u"\u0645\u062D\u0645\u062F"_s}})});

    RowQuery query;
    query.contains = contains;
    QCOMPARE(idsIn(query), ids);
}

void TestRowOrder::findsAndSortsWhatIsShown_data()
{
    QTest::addColumn<QString>("contains");
    QTest::addColumn<QString>("property");
    QTest::addColumn<QStringList>("ids");
    QTest::newRow("a label") << u"Meier"_s << QString() << QStringList {u"1"_s};
    QTest::newRow("what is stored and not shown") << u"7002"_s << QString() << QStringList();
    QTest::newRow("a text that has no label") << u"7003"_s << QString() << QStringList {u"2"_s};
    QTest::newRow("one of several labels") << u"blue"_s << QString() << QStringList {u"2"_s};
    QTest::newRow("a date") << u"day 2026-02"_s << QString() << QStringList {u"1"_s};
    QTest::newRow("a staged text") << u"new york"_s << QString() << QStringList {u"2"_s};
    QTest::newRow("what a staged text replaces") << u"oslo"_s << QString() << QStringList();
    QTest::newRow("a staged label") << u"Adler"_s << QString() << QStringList {u"3"_s};
    QTest::newRow("a column that is not shown") << u"secret"_s << QString() << QStringList();
    QTest::newRow("sorted by label") << u""_s << u"owner"_s << QStringList {u"2"_s, u"1"_s, u"3"_s};
    QTest::newRow("sorted by staged text")
        << u""_s << u"city"_s << QStringList {u"1"_s, u"2"_s, u"3"_s};
}

void TestRowOrder::findsAndSortsWhatIsShown()
{
    QFETCH(QString, contains);
    QFETCH(QString, property);
    QFETCH(QStringList, ids);
    m_rig->make({u"owner"_s, u"colours"_s, u"day"_s, u"city"_s, u"hidden"_s});
    m_rig->add(
        {contact(u"1"_s,
                 {{u"owner"_s, u"7002"_s},
                  {u"day"_s, u"2026-02-01"_s},
                  {u"city"_s, u"Bonn"_s},
                  {u"hidden"_s, u"secret"_s}}),
         contact(u"2"_s,
                 {{u"owner"_s, u"7003"_s}, {u"colours"_s, u"R;B"_s}, {u"city"_s, u"Oslo"_s}}),
         contact(u"3"_s, {{u"owner"_s, u"7002"_s}, {u"city"_s, u"Rome"_s}})});
    RowQuery query;
    query.contains = contains;
    query.sortProperty = property;
    query.columns = {u"owner"_s, u"colours"_s, u"day"_s, u"city"_s};
    query.shown[u"owner"_s].labels = {{u"7001"_s, u"Bo Adler"_s}, {u"7002"_s, u"Anna Meier"_s}};
    query.shown[u"colours"_s].labels = {{u"R"_s, u"Red"_s}, {u"B"_s, u"Blue"_s}};
    query.shown[u"colours"_s].isList = true;
    query.shown[u"day"_s].form = [](const QString &text) { return u"Day "_s + text; };
    query.staged = {{u"2"_s, {{u"city"_s, u"New York"_s}}}, {u"3"_s, {{u"owner"_s, u"7001"_s}}}};

    QCOMPARE(idsIn(query), ids);
}

void TestRowOrder::ordersIdsAsNumbers()
{
    m_rig->make({u"n"_s});
    m_rig->add({contact(u"9007199254740993"_s, {}), contact(u"9007199254740992"_s, {}),
                contact(u"99"_s, {})});

    QCOMPARE(idsIn({}), (QStringList {u"99"_s, u"9007199254740992"_s, u"9007199254740993"_s}));
}

void TestRowOrder::ordersValuesExactly()
{
    m_rig->make({u"n"_s, u"t"_s});
    m_rig->add(
        {contact(u"1"_s, {{u"n"_s, u"-9007199254740992"_s}, {u"t"_s, u"2026-11-23T10:00:00Z"_s}}),
         contact(u"2"_s,
                 {{u"n"_s, u"-9007199254740993"_s}, {u"t"_s, u"2026-11-23T11:30:00+02:00"_s}}),
         contact(u"3"_s, {{u"n"_s, u"+1.5"_s}, {u"t"_s, u"1763892000500"_s}}),
         contact(u"4"_s, {{u"n"_s, u"1.25"_s}, {u"t"_s, u"2025-11-22"_s}})});

    RowQuery query;
    query.numericProperties = {u"n"_s};
    query.temporalProperties = {u"t"_s};
    query.sortProperty = u"n"_s;
    QCOMPARE(idsIn(query), (QStringList {u"2"_s, u"1"_s, u"4"_s, u"3"_s}));
    query.sortProperty = u"t"_s;
    QCOMPARE(idsIn(query), (QStringList {u"4"_s, u"3"_s, u"2"_s, u"1"_s}));
}

void TestRowOrder::orderCanBeStopped()
{
    m_rig->make({u"name"_s});
    m_rig->add({contact(u"1"_s, {})});

    RowQuery query;
    query.contains = u"a"_s;
    Call<RowOrder> *call = m_rig->set->order(query, this);
    call->cancel();
    const auto outcome = outcomeOf(call);

    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
}

HUBKEEPER_TEST(TestRowOrder)
#include "tst_roworder.moc"
