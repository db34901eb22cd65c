// SPDX-License-Identifier: MIT
#include "base/qtcompat.h"
#include "portal/propertyhistory.h"
#include "portal/recordimage.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

QDateTime at(int minute)
{
    return QDateTime(QDate(2026, 11, 1), QTime(12, minute), utc);
}

RecordHistory historyOf(int values, const QString &now)
{
    RecordHistory history;
    history.record.createdAt = at(10);
    history.record.properties.insert(u"phone"_s, now);
    for (int i = values; i > 0; --i)
        history.values[u"phone"_s].append({QString::number(i), at(10 + i), {}, {}, {}, {}});
    return history;
}

} // namespace

/// What HubSpot says of the past, and what a property was at a moment.
class TestPropertyHistory : public QObject
{
    Q_OBJECT

private slots:
    void readsABatch();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void valueAtAMoment_data();
    void valueAtAMoment();
    void imagesComeBack();
};

void TestPropertyHistory::readsABatch()
{
    const QByteArray reply = R"({"status":"COMPLETE","results":[{"id":"9","properties":
        {"phone":"3","hs_merged_object_ids":"7;8"},"createdAt":"2026-11-01T12:00:00Z",
        "propertiesWithHistory":{"phone":[
          {"value":"2","timestamp":"2026-11-01T12:02:00Z","sourceType":"INTEGRATION","sourceId":"4711"},
          {"value":"3","timestamp":"2026-11-01T12:03:00.500Z","sourceType":"CRM_UI","sourceId":"userId:55"},
          {"value":"1","timestamp":"1761998460000","sourceType":"CRM_UI","updatedByUserId":66},
          {"value":"x","timestamp":"yesterday"}, 5, {"value":null,"timestamp":"2026-11-01T12:00:30Z"}]}}],
        "errors":[{"category":"OBJECT_NOT_FOUND","context":{"ids":["10"]}}]})";
    const auto batch = parseHistories(reply, {u"9"_s, u"7"_s, u"10"_s});
    QVERIFY(batch.has_value());
    QCOMPARE(batch->missing, QStringList {u"10"_s});
    QCOMPARE(batch->survivors.value(u"7"_s), u"9"_s);
    const QList<PastValue> values = batch->records.first().values.value(u"phone"_s);
    QCOMPARE(values.size(), 4);
    QCOMPARE(values[0].value, u"3"_s); // Newest first, whatever the order was.
    QCOMPARE(values[0].userId, u"55"_s);
    QCOMPARE(values[1].sourceId, u"4711"_s);
    QVERIFY(values[1].userId.isEmpty());
    QVERIFY(values[2].value.isEmpty());
    QCOMPARE(values[3].userId, u"66"_s);
}

void TestPropertyHistory::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("cut") << QByteArray(R"({"results":[{"id":"1")");
    QTest::newRow("no id") << QByteArray(R"({"results":[{"properties":{}}]})");
}

void TestPropertyHistory::refusesWhatIsNone()
{
    QFETCH(QByteArray, reply);
    const auto batch = parseHistories(reply, {u"1"_s});
    QVERIFY(!batch);
    QCOMPARE(batch.error().kind, ErrorKind::BadReply);
}

void TestPropertyHistory::valueAtAMoment_data()
{
    QTest::addColumn<int>("values");
    QTest::addColumn<QString>("now");
    QTest::addColumn<bool>("isContact");
    QTest::addColumn<QDateTime>("moment");
    QTest::addColumn<int>("knowledge");
    QTest::addColumn<QString>("value");
    QTest::newRow("now") << 3 << u"3"_s << true << at(50) << int(ValueThen::Known) << u"3"_s;
    QTest::newRow("between") << 3 << u"3"_s << true << at(12) << int(ValueThen::Known) << u"2"_s;
    QTest::newRow("before any value")
        << 3 << u"3"_s << true << at(10) << int(ValueThen::Known) << QString();
    QTest::newRow("before the record")
        << 3 << u"3"_s << true << at(5) << int(ValueThen::NotThere) << QString();
    QTest::newRow("never set") << 0 << QString() << true << at(30) << int(ValueThen::Known)
                               << QString();
    QTest::newRow("no history of it")
        << 0 << u"3"_s << true << at(30) << int(ValueThen::NoHistory) << QString();
    QTest::newRow("a company keeps 20")
        << 20 << u"20"_s << false << at(10) << int(ValueThen::NotKept) << QString();
    QTest::newRow("a contact keeps more")
        << 20 << u"20"_s << true << at(10) << int(ValueThen::Known) << QString();
    QTest::newRow("a contact keeps 45")
        << 45 << u"45"_s << true << at(10) << int(ValueThen::NotKept) << QString();
}

void TestPropertyHistory::valueAtAMoment()
{
    QFETCH(int, values);
    QFETCH(QString, now);
    QFETCH(bool, isContact);
    QFETCH(QDateTime, moment);
    QFETCH(int, knowledge);
    QFETCH(QString, value);
    const ValueThen then =
        valueAt(historyOf(values, now), isContact ? ObjectType::Contacts : ObjectType::Companies,
                u"phone"_s, moment);
    QCOMPARE(int(then.knowledge), knowledge);
    QCOMPARE(then.value, value);
}

void TestPropertyHistory::imagesComeBack()
{
    RecordImage image;
    image.record.id = u"512"_s;
    image.record.createdAt = at(1);
    image.record.updatedAt = at(2);
    image.record.properties = {{u"email"_s, u"ada@example.org"_s}, {u"phone"_s, QString()}};
    image.links = {{ObjectType::Companies, u"77"_s, {{u"HUBSPOT_DEFINED"_s, 279, {}}}},
                   {ObjectType::Contacts, u"8"_s, {{u"USER_DEFINED"_s, 5, u"Friend; good"_s}}}};
    const RecordImage back = imageFrom(jsonOf(image));
    QCOMPARE(back.record.id, image.record.id);
    QCOMPARE(back.record.updatedAt, image.record.updatedAt);
    QCOMPARE(back.record.properties.size(), 1); // What has no value is not kept.
    QVERIFY(back.links == image.links);
    QVERIFY(imageFrom({}).record.id.isEmpty());
}

HUBKEEPER_TEST(TestPropertyHistory)
#include "tst_propertyhistory.moc"
