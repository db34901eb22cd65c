// SPDX-License-Identifier: MIT
#include "session/idm/runcomparison.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// A run against what a preview said, and what a preview forbids.
class TestRunComparison : public QObject
{
    Q_OBJECT

private slots:
    void compares_data();
    void compares();
    void eachQualifierIsItsOwn();
    void readsWhatAPreviewPrints();
    void refusals_data();
    void refusals();
};

namespace {

AuditEntry entry(const QString &source, const QString &target, const QString &situation,
                 const QString &action, const QString &status = u"SUCCESS"_s)
{
    AuditEntry entry;
    entry.sourceId = source.isEmpty() ? QString() : u"managed/user/"_s + source;
    entry.targetId = target.isEmpty() ? QString() : u"system/hubspot/contact/"_s + target;
    entry.ofTargetPhase = source.isEmpty();
    entry.linkQualifier = u"default"_s;
    entry.situation = situation;
    entry.action = action;
    entry.status = status;
    return entry;
}

QJsonObject preview()
{
    return QJsonDocument::fromJson(R"({"version":1,"mapping":"users_contacts","complete":true,
"state":"SUCCESS","source":"managed/user","target":"system/hubspot/contact","sources":10,"targets":20,
"entries":[{"reconciling":"source","sourceObjectId":"managed/user/m1",
"targetObjectId":"system/hubspot/contact/101","situation":"CONFIRMED","action":"UPDATE",
"status":"SUCCESS","failed":false,"linkQualifier":"default","ambiguousTargetObjectIds":[]},
{"reconciling":"target","sourceObjectId":null,"targetObjectId":"system/hubspot/contact/7",
"situation":"UNASSIGNED","action":"DELETE","status":"SUCCESS","failed":false,
"linkQualifier":"default","ambiguousTargetObjectIds":[]},
{"reconciling":"source","sourceObjectId":"managed/user/m2","targetObjectId":null,"situation":"MISSING",
"action":"UNLINK","status":"SUCCESS","failed":false,"linkQualifier":"default",
"ambiguousTargetObjectIds":[]}],
"written":[{"object":"system/hubspot/contact/7","collection":"system/hubspot/contact","change":"deleted"},
{"object":"system/hubspot/contact/101","collection":"system/hubspot/contact","change":"updated"},
{"object":"managed/user/m1","collection":"managed/user","change":"updated"}]})")
        .object();
}

} // namespace

void TestRunComparison::compares_data()
{
    QTest::addColumn<QList<AuditEntry>>("predicted");
    QTest::addColumn<QList<AuditEntry>>("came");
    QTest::addColumn<int>("same");
    QTest::addColumn<int>("different");
    const AuditEntry update = entry(u"m1"_s, u"101"_s, u"CONFIRMED"_s, u"UPDATE"_s);
    const AuditEntry failing = entry(u"m1"_s, u"101"_s, u"CONFIRMED"_s, u"UPDATE"_s, u"FAILURE"_s);
    const AuditEntry elsewhere = entry(u"m1"_s, u"102"_s, u"CONFIRMED"_s, u"UPDATE"_s);
    const AuditEntry create = entry(u"m2"_s, {}, u"ABSENT"_s, u"CREATE"_s);
    const AuditEntry created = entry(u"m2"_s, u"555"_s, u"ABSENT"_s, u"CREATE"_s);
    const AuditEntry found = entry(u"m2"_s, u"105"_s, u"FOUND"_s, u"UPDATE"_s);
    const AuditEntry orphan = entry({}, u"7"_s, u"UNASSIGNED"_s, u"DELETE"_s);
    AuditEntry unknown = entry(u"m3"_s, {}, {}, {}, {});
    const AuditEntry known = entry(u"m3"_s, u"9"_s, u"FOUND"_s, u"UPDATE"_s);
    using Entries = QList<AuditEntry>;
    QTest::newRow("as predicted") << Entries {update, create, orphan}
                                  << Entries {orphan, update, created} << 3 << 0;
    QTest::newRow("it failed") << Entries {update} << Entries {failing} << 0 << 1;
    QTest::newRow("another target") << Entries {update} << Entries {elsewhere} << 0 << 1;
    QTest::newRow("another situation") << Entries {create} << Entries {found} << 0 << 1;
    QTest::newRow("did not come") << Entries {update, orphan} << Entries {update} << 1 << 1;
    QTest::newRow("not predicted") << Entries {update} << Entries {update, orphan} << 1 << 1;
    QTest::newRow("depends on the server") << Entries {unknown} << Entries {known} << 1 << 0;
    QTest::newRow("twice") << Entries {update, update} << Entries {update} << 1 << 1;
}

void TestRunComparison::compares()
{
    QFETCH(const QList<AuditEntry>, predicted);
    QFETCH(const QList<AuditEntry>, came);
    QFETCH(const int, same);
    QFETCH(const int, different);
    PredictedRun run;
    run.entries = predicted;
    RunComparison comparison(run);
    for (const AuditEntry &one : came)
        comparison.add(one);
    QCOMPARE(comparison.same(), same);
    QCOMPARE(comparison.differences().size(), different);
    for (const ComparedEntry &one : comparison.differences())
        QVERIFY(!textOf(one).isEmpty());
}

void TestRunComparison::eachQualifierIsItsOwn()
{
    AuditEntry a = entry(u"m1"_s, u"101"_s, u"CONFIRMED"_s, u"UPDATE"_s);
    AuditEntry b = a;
    b.linkQualifier = u"other"_s;
    PredictedRun run;
    run.entries = {a};
    RunComparison comparison(run);
    comparison.add(b);
    QCOMPARE(comparison.differences().size(), 2);
}

void TestRunComparison::readsWhatAPreviewPrints()
{
    const auto run = predictedRunFrom(preview());
    QVERIFY(run);
    QCOMPARE(run->entries.size(), 3);
    QCOMPARE(run->counts.value(SyncAction::Delete), 1);
    QCOMPARE(run->counts.value(SyncAction::Update), 1); // lastSync of a source does not count.
    QCOMPARE(run->counts.value(SyncAction::Unlink), 1);
    QVERIFY(run->entries.at(1).ofTargetPhase);
    QCOMPARE(predictedRunFrom({}).error().kind, ErrorKind::InvalidInput);
}

void TestRunComparison::refusals_data()
{
    QTest::addColumn<QJsonObject>("change");
    QTest::addColumn<QString>("deletes");
    QTest::addColumn<bool>("isGood");
    const QJsonObject none;
    QTest::newRow("no threshold") << none << QString() << true;
    QTest::newRow("below it") << none << u"1"_s << true;
    QTest::newRow("over it") << none << u"0"_s << false;
    QTest::newRow("a share") << none << u"5%"_s << true; // 1 of 20.
    QTest::newRow("over a share") << none << u"4%"_s << false;
    QTest::newRow("a share of nobody knows what")
        << QJsonObject {{u"targets"_s, QJsonValue()}} << u"5%"_s << false;
    QTest::newRow("not complete") << QJsonObject {{u"complete"_s, false}} << u"9"_s << false;
    QTest::newRow("not complete, nothing asked")
        << QJsonObject {{u"complete"_s, false}} << QString() << false;
    QTest::newRow("breaks off, nothing asked")
        << QJsonObject {{u"state"_s, u"FAILED"_s}} << QString() << false;
    QTest::newRow("breaks off") << QJsonObject {{u"state"_s, u"FAILED"_s}} << u"9"_s << false;
    QTest::newRow("of another mapping")
        << QJsonObject {{u"mapping"_s, u"other"_s}} << QString() << false;
}

void TestRunComparison::refusals()
{
    QFETCH(const QJsonObject, change);
    QFETCH(const QString, deletes);
    QFETCH(const bool, isGood);
    QJsonObject json = preview();
    for (auto it = change.begin(); it != change.end(); ++it)
        json.insert(it.key(), it.value());
    QList<PreviewThreshold> thresholds;
    if (!deletes.isEmpty())
        thresholds.append(PreviewThreshold::parse(SyncAction::Delete, deletes).value());
    const auto run = predictedRunFrom(json);
    QVERIFY(run);
    QCOMPARE(checkPrediction(*run, u"users_contacts"_s, thresholds).has_value(), isGood);
    // Who insists may start it, but never past a threshold.
    const bool isDoubtful = change.contains("complete"_L1) || change.contains("state"_L1);
    QCOMPARE(
        checkPrediction(*run, u"users_contacts"_s, thresholds, DoubtfulRun::IsAllowed).has_value(),
        isGood || (isDoubtful && deletes.isEmpty()));
}

HUBKEEPER_TEST(TestRunComparison)
#include "tst_runcomparison.moc"
