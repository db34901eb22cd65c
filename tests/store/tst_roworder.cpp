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

    QCOMPARE(idsIn({contains, property, descending, {u"size"_s}, {}}), ids);
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

    Call<RowOrder> *call = m_rig->set->order({u"a"_s, u"name"_s, false, {}, {}}, this);
    call->cancel();
    const auto outcome = outcomeOf(call);

    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
}

HUBKEEPER_TEST(TestRowOrder)
#include "tst_roworder.moc"
