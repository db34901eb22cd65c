// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "practice/server/practiceportal.h"
#include "provisioner/rules/rule.h"
#include "session/checks/livechecks.h"
#include "session/checks/livereport.h"
#include "session/open/sessionopening.h"
#include "testkit/outcomeof.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QTemporaryDir>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

practice::PracticeOptions smallPortal()
{
    practice::PracticeOptions options;
    options.contacts = 3;
    options.companies = 3;
    return options;
}

QStringList idsOf(const QList<Finding> &findings)
{
    QStringList ids;
    for (const Finding &finding : findings)
        ids.append(finding.ruleId);
    return ids;
}

/// A portal, and a session on it that was opened with the faultless file.
class Rig
{
public:
    explicit Rig(const practice::PracticeOptions &options = smallPortal())
        : portal(options, m_clock)
    {
        QVERIFY(portal.start());
    }

    [[nodiscard]] OAuthCredentials credentials() const
    {
        return {portal.clientId(), portal.clientSecret(), portal.refreshToken()};
    }

    /// Checks the faultless file with JSON text at the pointer, if there is one.
    QList<Finding> check(const QString &pointer = {}, const char *json = nullptr)
    {
        return checkWith(credentials(), pointer, json);
    }

    QList<Finding> checkWith(OAuthCredentials given, const QString &pointer = {},
                             const char *json = nullptr)
    {
        const QByteArray bytes = pointer.isEmpty()
            ? faultlessProvisioner()
            : withTextAt(faultlessProvisioner(), pointer, json);
        return checkBytes(std::move(given), bytes);
    }

    QList<Finding> checkBytes(OAuthCredentials given, const QByteArray &bytes)
    {
        if (!open(std::move(given)))
            return {};
        text = JsonText(bytes);
        const auto outcome =
            outcomeOf<QList<Finding>>(new LiveCheck(*session, text, nullptr), 30'000);
        return outcome && *outcome ? **outcome : QList<Finding>();
    }

    bool open(OAuthCredentials given)
    {
        const QString path = m_folder.filePath(u"provisioner.openicf-hubspot.json"_s);
        QByteArray file = withTextAt(faultlessProvisioner(), u"/configurationProperties/clientId"_s,
                                     jsonQuoted(given.clientId).constData());
        if (!saveFile(path, file, FileMode::KeepOrPrivate))
            return false;
        Connection connection;
        connection.id = u"c"_s;
        connection.provisionerPath = path;
        connection.baseUrl = address.isEmpty() ? portal.url() : address;
        const SessionServices services {m_clock, m_secrets, Paths::below(m_folder.path()),
                                        m_budgets};
        auto opened = outcomeOf(openSession(connection, services, std::move(given), nullptr));
        if (!opened || !*opened)
            return false;
        session = **opened;
        return true;
    }

private:
    SystemClock m_clock;
    MemorySecretStore m_secrets;
    BudgetRegistry m_budgets;
    QTemporaryDir m_folder;

public:
    practice::PracticePortal portal;
    QUrl address; ///< Empty: the portal's.
    std::shared_ptr<Session> session;
    JsonText text;
};

const QString contactProperties = u"/objectTypes/contact/properties/"_s;

} // namespace

/// Over real sockets, against the practice portal.
class TestLiveChecks : public QObject
{
    Q_OBJECT

private slots:
    void nothingToSayOfWhatWorks();
    void refusedCredentials_data();
    void refusedCredentials();
    void unreachablePortal();
    void answerThatIsNoUse();
    void failureNamesItsPlace_data();
    void failureNamesItsPlace();
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
    void canBeCancelled();
};

namespace {

/// All that the connector needs, and nothing more.
practice::PracticeOptions modestPortal()
{
    practice::PracticeOptions options = smallPortal();
    options.grantedScopes = {u"oauth"_s, u"crm.objects.contacts.read"_s,
                             u"crm.objects.contacts.write"_s, u"crm.objects.companies.read"_s,
                             u"crm.objects.companies.write"_s};
    return options;
}

} // namespace

void TestLiveChecks::nothingToSayOfWhatWorks()
{
    Rig rig(modestPortal());

    const QList<Finding> findings = rig.check();

    QVERIFY(rig.session);
    QCOMPARE(idsOf(findings), QStringList());
    QVERIFY(rig.portal.log().total() >= 3);
}

void TestLiveChecks::refusedCredentials_data()
{
    QTest::addColumn<QString>("wrong");
    QTest::addColumn<QString>("pointer");

    QTest::newRow("token") << u"refreshToken"_s << u"/configurationProperties/refreshToken"_s;
    QTest::newRow("client") << u"clientId"_s << u"/configurationProperties/clientId"_s;
    QTest::newRow("secret") << u"clientSecret"_s << u"/configurationProperties/clientSecret"_s;
}

void TestLiveChecks::refusedCredentials()
{
    QFETCH(QString, wrong);
    Rig rig(modestPortal());
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

void TestLiveChecks::unreachablePortal()
{
    Rig rig(modestPortal());
    rig.address = rig.portal.url();
    rig.portal.stop();

    const QList<Finding> findings = rig.check();

    QCOMPARE(idsOf(findings), QStringList {u"HK902"_s});
}

void TestLiveChecks::answerThatIsNoUse()
{
    practice::PracticeOptions options = modestPortal();
    practice::Fault fault;
    fault.kind = practice::FaultKind::EmptyNotFound;
    fault.path.setPattern(u"account-info"_s);
    fault.times = -1;
    options.faults = {fault};
    Rig rig(options);

    const QList<Finding> findings = rig.check();

    QCOMPARE(idsOf(findings), QStringList {u"HK904"_s});
    QVERIFY(findings.first().pointer.isEmpty());
}

void TestLiveChecks::failureNamesItsPlace_data()
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

void TestLiveChecks::failureNamesItsPlace()
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
    Rig rig(options);
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
    Rig rig(options);

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
    Rig rig(modestPortal());

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
    Rig rig(modestPortal());
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
    Rig rig(options);
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
    Rig rig(modestPortal());

    const QList<Finding> findings = rig.check(u"/configurationProperties/readSchema"_s, "true");

    QCOMPARE(idsOf(findings), QStringList {u"HK916"_s});
    QCOMPARE(findings.first().severity, Severity::Info);
    QCOMPARE(findings.first().pointer, u"/objectTypes/contact/properties"_s);
}

void TestLiveChecks::permitsAboveTheLimit()
{
    Rig rig(modestPortal());
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
    Rig rig(options);
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
    Rig rig(modestPortal());

    for (const char *bytes : {"", "[1,", "{\"objectTypes\": {\"contact\": {\"properties\":"}) {
        (void)rig.checkBytes(rig.credentials(), bytes);
        QVERIFY(rig.session);
    }
}

void TestLiveChecks::canBeCancelled()
{
    Rig rig(modestPortal());
    QVERIFY(rig.open(rig.credentials()));

    auto *check = new LiveCheck(*rig.session, JsonText(faultlessProvisioner()), nullptr);
    check->cancel();
    const auto outcome = outcomeOf<QList<Finding>>(check);

    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
}

HUBKEEPER_TEST(TestLiveChecks)
#include "tst_livechecks.moc"
