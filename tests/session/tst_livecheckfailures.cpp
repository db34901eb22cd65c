// SPDX-License-Identifier: MIT
#include "livecheckrig.h"
#include "session/checks/livereport.h"
#include "testkit/testprogram.h"

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What a check finds where the portal cannot be asked.
class TestLiveCheckFailures : public QObject
{
    Q_OBJECT

private slots:
    void refusedCredentials_data();
    void refusedCredentials();
    void unreachablePortal();
    void answerThatIsNoUse();
    void failureNamesItsPlace_data();
    void failureNamesItsPlace();
    void canBeCancelled();
};

void TestLiveCheckFailures::refusedCredentials_data()
{
    QTest::addColumn<QString>("wrong");
    QTest::addColumn<QString>("pointer");

    QTest::newRow("token") << u"refreshToken"_s << u"/configurationProperties/refreshToken"_s;
    QTest::newRow("client") << u"clientId"_s << u"/configurationProperties/clientId"_s;
    QTest::newRow("secret") << u"clientSecret"_s << u"/configurationProperties/clientSecret"_s;
}

void TestLiveCheckFailures::refusedCredentials()
{
    QFETCH(QString, wrong);
    LiveCheckRig rig(modestPortal());
    OAuthCredentials given = rig.credentials();
    if (wrong == "refreshToken"_L1)
        given.refreshToken = rig.portal.foreignRefreshToken();
    else if (wrong == "clientId"_L1)
        given.clientId = u"another"_s;
    else
        given.clientSecret = Secret(QByteArray("another"));

    const QList<Finding> findings = rig.checkWith(std::move(given));

    QCOMPARE(idsOf(findings), QStringList {u"HK901"_s});
    QCOMPARE(findings.first().severity, Severity::Error);
    QTEST(findings.first().pointer, "pointer");
    QVERIFY(findings.first().position.line > 1);
    QVERIFY(findings.first().message.endsWith(u'.'));
}

void TestLiveCheckFailures::unreachablePortal()
{
    LiveCheckRig rig(modestPortal());
    rig.address = rig.portal.url();
    rig.portal.stop();

    const QList<Finding> findings = rig.check();

    QCOMPARE(idsOf(findings), QStringList {u"HK902"_s});
}

void TestLiveCheckFailures::answerThatIsNoUse()
{
    practice::PracticeOptions options = modestPortal();
    practice::Fault fault;
    fault.kind = practice::FaultKind::EmptyNotFound;
    fault.path.setPattern(u"account-info"_s);
    fault.times = -1;
    options.faults = {fault};
    LiveCheckRig rig(options);

    const QList<Finding> findings = rig.check();

    QCOMPARE(idsOf(findings), QStringList {u"HK904"_s});
    QVERIFY(findings.first().pointer.isEmpty());
}

void TestLiveCheckFailures::failureNamesItsPlace_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("property");

    // clang-format off
    QTest::newRow("certificate") << ErrorKind::Untrusted      << u"HK903"_s << u"acceptSelfSignedCertificates"_s;
    QTest::newRow("no route")    << ErrorKind::Offline        << u"HK902"_s << u"httpProxyHost"_s;
    QTest::newRow("silence")     << ErrorKind::TimedOut       << u"HK902"_s << QString();
    QTest::newRow("credentials") << ErrorKind::Unauthorized   << u"HK901"_s << u"refreshToken"_s;
    QTest::newRow("limit")       << ErrorKind::RateLimited    << u"HK904"_s << QString();
    // clang-format on
}

void TestLiveCheckFailures::failureNamesItsPlace()
{
    QFETCH(ErrorKind, kind);
    QFETCH(QString, property);
    const JsonText text(
        withTextAt(faultlessProvisioner(), u"/configurationProperties/httpProxyHost"_s, "null"));
    LiveReport report(text);
    Error error;
    error.kind = kind;
    error.what = u"It failed."_s;

    report.connectionFailed(error);

    const QList<Finding> findings = report.takeFindings();
    QCOMPARE(findings.size(), 1);
    QTEST(findings.first().ruleId, "rule");
    QCOMPARE(findings.first().message, error.what);
    QCOMPARE(findings.first().pointer,
             property.isEmpty() ? QString() : u"/configurationProperties/"_s + property);
}

void TestLiveCheckFailures::canBeCancelled()
{
    LiveCheckRig rig(modestPortal());
    QVERIFY(rig.open(rig.credentials()));

    auto *check = new LiveCheck(*rig.session, JsonText(faultlessProvisioner()), nullptr);
    check->cancel();
    const auto outcome = outcomeOf<QList<Finding>>(check);

    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
}

HUBKEEPER_TEST(TestLiveCheckFailures)
#include "tst_livecheckfailures.moc"
