// SPDX-License-Identifier: MIT
#include "idmclient.h"
#include "practice/server/practiceportal.h"
#include "testkit/testprogram.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;

namespace {

/// A practice portal, and a practice IDM beside it.
class BothServers
{
public:
    explicit BothServers(IdmProfile profile = IdmProfile::Community)
        : portal(portalOptions(), clock)
        , idm(IdmFixture::optionsFor(profile), clock)
        , client(started())
    {
    }

    static PracticeOptions portalOptions()
    {
        PracticeOptions options;
        options.contacts = 200;
        options.companies = 10;
        return options;
    }

    hubkeeper::test::ManualClock clock;
    PracticePortal portal;
    PracticeIdm idm;
    IdmClient client;

private:
    quint16 started()
    {
        idm.attach(portal);
        const bool isReady = idm.fill(portal, 60).has_value() && portal.start().has_value()
            && idm.start().has_value();
        Q_ASSERT(isReady);
        Q_UNUSED(isReady)
        return quint16(idm.url().port());
    }
};

} // namespace

/// What `practice --idm-port` begins with, and the connector whose objects are the portal's.
class TestIdmStart final : public QObject
{
    Q_OBJECT

private slots:
    void isDeployedAndFilled();
    void everySituationIsThere();
    void objectsAreThePortals();
    void wrongSecret();
};

void TestIdmStart::isDeployedAndFilled()
{
    BothServers both;
    const QJsonArray tests =
        QJsonDocument::fromJson(both.client.post("system?_action=test").body).array();
    QCOMPARE(tests.size(), 1);
    QCOMPARE(tests[0]["name"_L1].toString(), u"hubspot"_s);
    QVERIFY(tests[0]["ok"_L1].toBool());
    QCOMPARE(tests[0]["objectTypes"_L1].toArray().size(), 6); // And __ALL__.
    const QJsonArray mappings =
        both.client.get("config/sync").json().value("mappings"_L1).toArray();
    QCOMPARE(mappings.size(), 3);
    QVERIFY(mappings[2]["validTarget"_L1].isObject());
    const QJsonObject users = both.client.get("managed/user?_queryFilter=true").json();
    QCOMPARE(users.value("resultCount"_L1).toInt(), 60 + 6); // Ordinary and special ones.
    QCOMPARE(both.client.get("repo/link?_queryFilter=true").json()["resultCount"_L1].toInt(),
             2 * 30 + 5);
    const QByteArray config = both.client.get("config/provisioner.openicf/hubspot").body;
    QVERIFY(config.contains("$crypto"));
}

void TestIdmStart::everySituationIsThere()
{
    BothServers both;
    const RawReply run = both.client.post("recon?_action=recon&waitForCompletion=true"
                                          "&mapping=managedUser_hubspotContactByMail");
    QCOMPARE(run.text("state"_L1), u"SUCCESS"_s);
    const QJsonObject summary = both.client.get("recon/" + run.text("_id"_L1).toLatin1()).json();
    const QJsonObject situations = summary.value("situationSummary"_L1).toObject();
    QCOMPARE(situations.size(), 11);
    for (const QString &situation : situations.keys())
        QVERIFY2(situations.value(situation).toInt() > 0, qPrintable(situation));
    QCOMPARE(situations.value("CONFIRMED"_L1).toInt(), 30);
}

void TestIdmStart::objectsAreThePortals()
{
    BothServers both;
    IdmClient &client = both.client;
    const QByteArray contacts = "system/hubspot/contact";
    const QJsonObject page =
        client.get(contacts + "?_queryFilter=true&_pageSize=10&_fields=email,vid").json();
    QCOMPARE(page.value("result"_L1).toArray().size(), 10);
    QCOMPARE(page.value("pagedResultsCookie"_L1).toString(), u"10"_s);
    QCOMPARE(client.get(contacts + "?_queryFilter=true").json()["resultCount"_L1].toInt(), 200);

    const RawReply made =
        client.post(contacts + "?_action=create",
                    R"({"email":"robin@example.com","firstname":"Robin","lastname":"Doe"})");
    QCOMPARE(made.status, 201);
    const QByteArray id = made.text("_id"_L1).toLatin1();
    QCOMPARE(made.text("vid"_L1).toLatin1(), id);
    const auto record = both.portal.record(ObjectType::Contact, id.toLongLong());
    QVERIFY(record.has_value());
    QCOMPARE(record->values.value(u"firstname"_s), u"Robin"_s);
    QCOMPARE(client.post(contacts + "?_action=create", R"({"email":"robin@example.com"})").status,
             412);
    QCOMPARE(client.post(contacts + "?_action=create", R"({"email":"no address"})").status, 400);
    QCOMPARE(client.post(contacts + "?_action=create", R"({"nosuch":"x"})").status, 400);
    const QByteArray byMail =
        contacts + "?_queryFilter=email%20eq%20%22robin@example.com%22&_fields=_id";
    QCOMPARE(client.get(byMail).json()["result"_L1][0]["_id"_L1].toString().toLatin1(), id);
    const QByteArray byName =
        contacts + "?_queryFilter=firstname%20eq%20%22Robin%22%20and%20lastname%20eq%20%22Doe%22";
    QCOMPARE(client.get(byName).json()["resultCount"_L1].toInt(), 1);
    QCOMPARE(client
                 .ask("PATCH", contacts + "/" + id,
                      R"([{"operation":"replace","field":"/city","value":"Bergen"}])")
                 .status,
             200);
    QCOMPARE(both.portal.record(ObjectType::Contact, id.toLongLong())->values.value(u"city"_s),
             u"Bergen"_s);
    QCOMPARE(client.ask("DELETE", contacts + "/" + id).status, 200);
    QVERIFY(both.portal.record(ObjectType::Contact, id.toLongLong())->archivedAt.has_value());
    QCOMPARE(client.ask("DELETE", contacts + "/" + id).status, 404);
    QVERIFY(client.get("system/hubspot/owner?_queryFilter=true").json()["resultCount"_L1].toInt()
            > 5);
    QVERIFY(client.get("system/hubspot/contactProperties?_queryFilter=true")
                .json()["resultCount"_L1]
                .toInt()
            > 100);
}

void TestIdmStart::wrongSecret()
{
    BothServers both;
    const QByteArray hubspot = "config/provisioner.openicf/hubspot";
    QJsonObject config = both.client.get(hubspot).json();
    config.remove(u"_id"_s);
    QJsonObject properties = config.value("configurationProperties"_L1).toObject();
    properties.insert(u"clientSecret"_s, u"wrong"_s);
    config.insert(u"configurationProperties"_s, properties);
    QJsonObject test = config;
    QCOMPARE(both.client.post("system?_action=testConfig", QJsonDocument(test).toJson())
                 .text("error"_L1),
             u"Connection Error"_s); // And ok, since the system exists.
    QCOMPARE(both.client.put(hubspot, config).status, 200);
    both.clock.advance(std::chrono::seconds(10));
    const QJsonObject tested =
        both.client.post("system?_action=test", R"({"id":"hubspot"})").json();
    QCOMPARE(tested.value("error"_L1).toString(), u"Connection Error"_s);
    QCOMPARE(tested.value("ok"_L1).toBool(), false);
    QCOMPARE(both.client.get("system/hubspot/contact?_queryFilter=true").status, 401);
}

HUBKEEPER_TEST(TestIdmStart)
#include "tst_idmstart.moc"
