// SPDX-License-Identifier: MIT
#include "livecheckrig.h"
#include "session/checks/livereport.h"
#include "testkit/testprogram.h"

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString contactProperties = u"/objectTypes/contact/properties/"_s;

} // namespace

/// Over real sockets, against the practice portal.
class TestLiveChecks : public QObject
{
    Q_OBJECT

private slots:
    void nothingToSayOfWhatWorks();
    void dailyLimit_data();
    void dailyLimit();
    void missingScopes();
    void unneededScopes();
    void attribute_data();
    void attribute();
    void fixesEndTheFindings();
    void requiredAttributeMissing();
    void propertiesNotMapped();
    void permitsAboveTheLimit();
    void definitionsNotReadable();
    void brokenTextIsNoTrouble();
};

void TestLiveChecks::nothingToSayOfWhatWorks()
{
    LiveCheckRig rig(modestPortal());

    const QList<Finding> findings = rig.check();

    QVERIFY(rig.session);
    QCOMPARE(idsOf(findings), QStringList());
    QVERIFY(rig.portal.log().total() >= 3);
}

void TestLiveChecks::dailyLimit_data()
{
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("left");
    QTest::addColumn<bool>("near");

    QTest::newRow("not reported") << -1 << -1 << false;
    QTest::newRow("plenty") << 1000 << 100 << false;
    QTest::newRow("a few") << 1000 << 99 << true;
    QTest::newRow("none") << 1000 << 0 << true;
}

void TestLiveChecks::dailyLimit()
{
    QFETCH(int, most);
    QFETCH(int, left);
    const JsonText text(faultlessProvisioner());
    LiveReport report(text);
    LimitReport limits;
    limits.dailyMax = most;
    limits.dailyRemaining = left;

    report.compareLimits(limits);

    QTEST(idsOf(report.takeFindings()).contains(u"HK921"_s), "near");
}

void TestLiveChecks::missingScopes()
{
    practice::PracticeOptions options = modestPortal();
    options.grantedScopes.removeOne(u"crm.objects.contacts.write"_s);
    LiveCheckRig rig(options);
    const QByteArray file = withTextAt(faultlessProvisioner(), u"/objectTypes/owner"_s,
                                       R"({"nativeType": "owner", "properties": {}})");

    const QList<Finding> findings = rig.checkBytes(rig.credentials(), file);

    QCOMPARE(idsOf(findings), (QStringList {u"HK906"_s, u"HK905"_s}));
    QCOMPARE(findings[0].pointer, u"/objectTypes/contact"_s);
    QVERIFY(findings[0].message.contains(u"crm.objects.contacts.write"_s));
    QCOMPARE(findings[1].pointer, u"/objectTypes/owner"_s);
}

void TestLiveChecks::unneededScopes()
{
    practice::PracticeOptions options = modestPortal();
    options.grantedScopes.append(u"crm.objects.deals.write"_s);
    LiveCheckRig rig(options);

    const QList<Finding> findings = rig.check();

    QCOMPARE(idsOf(findings), QStringList {u"HK907"_s});
    QVERIFY(findings.first().message.contains(u"crm.objects.deals.write"_s));
}

void TestLiveChecks::attribute_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("rule"); // Empty: nothing to say.

    // clang-format off
    QTest::newRow("as HubSpot has it") << u"jobtitle"_s     << QByteArray(R"({"type": "string"})")                     << QString();
    QTest::newRow("gone")              << u"shoe_size"_s    << QByteArray(R"({"type": "string"})")                     << u"HK911"_s;
    QTest::newRow("renamed")           << u"job_title"_s    << QByteArray(R"({"type": "string"})")                     << u"HK911"_s;
    QTest::newRow("retyped")           << u"jobtitle"_s     << QByteArray(R"({"type": "boolean"})")                    << u"HK912"_s;
    QTest::newRow("read-only")         << u"hs_object_id"_s << QByteArray(R"({"type": "number"})")                     << u"HK913"_s;
    QTest::newRow("computed by the connector") << u"profile-token"_s << QByteArray(R"({"type": "string", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})") << QString();
    // clang-format on
}

void TestLiveChecks::attribute()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, json);
    QFETCH(QString, rule);
    LiveCheckRig rig(modestPortal());

    const QList<Finding> findings = rig.check(contactProperties + name, json.constData());

    QVERIFY(rig.session);
    QCOMPARE(idsOf(findings), rule.isEmpty() ? QStringList() : QStringList {rule});
    if (!rule.isEmpty())
        QCOMPARE(findings.first().pointer, contactProperties + name);
    if (name == "job_title"_L1)
        QVERIFY(findings.first().message.contains(u"jobtitle"_s));
}

void TestLiveChecks::fixesEndTheFindings()
{
    LiveCheckRig rig(modestPortal());
    QByteArray file = withTextAt(faultlessProvisioner(), contactProperties + u"job_title"_s,
                                 R"({"type": "string"})");
    file = withTextAt(file, contactProperties + u"city"_s, R"({"type": "array"})");
    file = withTextAt(file, contactProperties + u"hs_object_id"_s, R"({"type": "number"})");

    const QList<Finding> findings = rig.checkBytes(rig.credentials(), file);
    QCOMPARE(idsOf(findings), (QStringList {u"HK911"_s, u"HK912"_s, u"HK913"_s}));
    QList<TextEdit> edits;
    for (const Finding &finding : findings) {
        QVERIFY(finding.fix);
        edits += finding.fix->edits;
    }

    QCOMPARE(idsOf(rig.checkBytes(rig.credentials(), applied(file, edits))), QStringList());
}

void TestLiveChecks::requiredAttributeMissing()
{
    practice::PracticeOptions options = modestPortal();
    options.grantedScopes += {u"crm.schemas.contacts.read"_s, u"crm.schemas.contacts.write"_s};
    LiveCheckRig rig(options);
    const QByteArray file = withTextAt(faultlessProvisioner(), u"/objectTypes/contactProperties"_s,
                                       R"({"nativeType": "contactProperties", "properties": {
            "name": {"type": "string", "nativeName": "__NAME__", "required": true},
            "label": {"type": "string"},
            "type": {"type": "string", "required": true},
            "fieldType": {"type": "string", "required": true}}})");

    const QList<Finding> findings = rig.checkBytes(rig.credentials(), file);

    QCOMPARE(idsOf(findings), (QStringList {u"HK915"_s, u"HK914"_s}));
    QVERIFY(findings[1].message.contains(u"groupName"_s));
    const QByteArray fixed = applied(file, findings[0].fix->edits + findings[1].fix->edits);
    QCOMPARE(idsOf(rig.checkBytes(rig.credentials(), fixed)), QStringList());
}

void TestLiveChecks::propertiesNotMapped()
{
    LiveCheckRig rig(modestPortal());

    const QList<Finding> findings = rig.check(u"/configurationProperties/readSchema"_s, "true");

    QCOMPARE(idsOf(findings), QStringList {u"HK916"_s});
    QCOMPARE(findings.first().severity, Severity::Info);
    QCOMPARE(findings.first().pointer, u"/objectTypes/contact/properties"_s);
}

void TestLiveChecks::permitsAboveTheLimit()
{
    LiveCheckRig rig(modestPortal());
    const QString pointer = u"/configurationProperties/permitsPerSecond"_s;

    const QList<Finding> findings = rig.check(pointer, "\"40\"");

    QCOMPARE(idsOf(findings), QStringList {u"HK920"_s});
    QCOMPARE(findings.first().pointer, pointer);
    QVERIFY2(findings.first().message.contains(u"110 calls in 10 seconds"_s),
             qPrintable(findings.first().message));
    const JsonText fixed(applied(rig.text.bytes(), findings.first().fix->edits));
    QCOMPARE(fixed.rawOf(fixed.at(pointer)), "11");
}

void TestLiveChecks::definitionsNotReadable()
{
    practice::PracticeOptions options = modestPortal();
    options.grantedScopes.removeOne(u"crm.objects.companies.read"_s);
    options.grantedScopes.removeOne(u"crm.objects.companies.write"_s);
    LiveCheckRig rig(options);
    const QByteArray file =
        withTextAt(faultlessProvisioner(), u"/objectTypes/company"_s,
                   R"({"nativeType": "company", "properties": {"nonsense": {"type": "string"}}})");

    const QStringList ids = idsOf(rig.checkBytes(rig.credentials(), file));

    QVERIFY(ids.contains(u"HK905"_s));
    QVERIFY(ids.contains(u"HK908"_s));
    QVERIFY2(!ids.contains(u"HK911"_s), "Nothing is known of companies.");
}

void TestLiveChecks::brokenTextIsNoTrouble()
{
    LiveCheckRig rig(modestPortal());

    for (const char *bytes : {"", "[1,", "{\"objectTypes\": {\"contact\": {\"properties\":"}) {
        (void)rig.checkBytes(rig.credentials(), bytes);
        QVERIFY(rig.session);
    }
}

HUBKEEPER_TEST(TestLiveChecks)
#include "tst_livechecks.moc"
