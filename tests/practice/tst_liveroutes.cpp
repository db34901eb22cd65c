// SPDX-License-Identifier: MIT
#include "tst_liveroutes.h"

#include "rawclient.h"
#include "requestparts.h"
#include "testkit/testprogram.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;

namespace {

const QByteArray aCompany = "30000000001";

} // namespace

// F16, F17, F18, F19
void TestLiveRoutes::associationBatches()
{
    PortalFixture f;
    const QByteArray alone = f.contact("alone@example.com");
    const QByteArray base = "/crm/associations/2026-09/contacts/companies/batch/";

    const RawReply read = f.post(base + "read", inputs(R"({"id":")" + alone + "\"}"));
    QCOMPARE(read.status, 207);
    const QJsonObject none = firstError(read);
    QCOMPARE(none.value("subCategory"_L1).toString(), u"crm.associations.NO_ASSOCIATIONS_FOUND"_s);
    QCOMPARE(contextOf(none, "fromObjectId"_L1), QStringList(QString::fromLatin1(alone)));
    QCOMPARE(contextOf(none, "fromObjectType"_L1), QStringList(u"contact"_s));
    QCOMPARE(contextOf(none, "toObjectType"_L1), QStringList(u"company"_s));

    const RawReply bad = f.post(base + "associate/default",
                                inputs(R"({"from":{"id":"abc"},"to":{"id":")" + aCompany + R"("}},
        {"from":{"id":")" + alone + R"("},"to":{"id":")"
                                       + aCompany + "\"}}"));
    QCOMPARE(bad.status, 207);
    QCOMPARE(bad.results().size(), 2); // Both directions of the good one.
    QCOMPARE(firstError(bad).value("category"_L1).toString(), u"VALIDATION_ERROR"_s);
    QCOMPARE(firstError(bad).value("subCategory"_L1).toString(),
             u"crm.associations.INVALID_IDENTIFIER"_s);
    QCOMPARE(firstError(bad).value("message"_L1).toString(), u"abc is not a valid ID"_s);

    const QByteArray self = R"({"from":{"id":")" + alone + R"("},"to":{"id":")" + alone + "\"}}";
    const RawReply own =
        f.post("/crm/v4/associations/contacts/contacts/batch/associate/default", inputs(self));
    QCOMPARE(own.status, 207);
    QCOMPARE(firstError(own).value("message"_L1).toString(),
             u"Object %1 cannot be associated to itself (%1)"_s.arg(QString::fromLatin1(alone)));
}

void TestLiveRoutes::associationsOfV3()
{
    PortalFixture f;
    const QByteArray contact = f.contact("v3@example.com");
    const QByteArray base = "/crm/v3/associations/contacts/companies/";
    const QByteArray pair = R"({"from":{"id":")" + contact + R"("},"to":{"id":")" + aCompany
        + R"("},"type":"contact_to_company"})";

    const RawReply made = f.post(base + "batch/create", inputs(pair));
    QCOMPARE(made.status, 201);
    QCOMPARE(made.results().at(0)["type"_L1].toString(), u"contact_to_company"_s);
    const RawReply read = f.post(base + "batch/read", inputs(R"({"id":")" + contact + "\"}"));
    QCOMPARE(read.status, 200);
    QStringList types;
    const QJsonArray links = read.results().at(0)["to"_L1].toArray();
    for (const QJsonValue &link : links) {
        QCOMPARE(link["id"_L1].toString().toLatin1(), aCompany);
        types.append(link["type"_L1].toString());
    }
    types.sort();
    QCOMPARE(types, QStringList({u"contact_to_company"_s, u"contact_to_company_unlabeled"_s}));
    QVERIFY(
        f.get(base + "types").body.contains(R"("id":"279","name":"contact_to_company_unlabeled")"));
    QCOMPARE(f.post(base + "batch/create", inputs(QByteArray(pair).replace("_company\"", "_x\"")))
                 .status,
             400);
    QByteArray whole = pair;
    whole.replace("contact_to_company", "contact_to_company_unlabeled");
    QCOMPARE(f.post(base + "batch/archive", inputs(whole)).status, 204);
    QCOMPARE(f.post(base + "batch/read", inputs(R"({"id":")" + contact + "\"}")).status, 207);
    // Labels are none of v3's.
    QCOMPARE(f.get(base + "labels").status, 404);
    QCOMPARE(f.get("/crm/v4/associations/contacts/companies/types").status, 404);
}

// S6, S7
void TestLiveRoutes::removalsOfAssociations()
{
    PortalFixture f;
    const QByteArray pair =
        R"({"from":{"id":")" + aContact + R"("},"to":[{"id":")" + aCompany + R"("}]})";
    const QByteArray label = R"({"from":{"id":")" + aContact + R"("},"to":{"id":")" + aCompany
        + R"("},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":1}]})";
    for (const QByteArray version : {"2026-03", "2026-09"}) {
        const QByteArray base = "/crm/associations/" + version + "/contacts/companies/batch/";
        for (const RawReply &reply : {f.post(base + "labels/archive", inputs(label)),
                                      f.post(base + "archive", inputs(pair))}) {
            QCOMPARE(reply.status, 200);
            for (const QString &member :
                 {u"completedAt"_s, u"startedAt"_s, u"results"_s, u"status"_s})
                QVERIFY2(reply.json().contains(member), reply.body.constData());
        }
    }
    const QByteArray v4 = "/crm/v4/associations/contacts/companies/batch/";
    QCOMPARE(f.post(v4 + "archive", inputs(pair)).status, 204);
    QCOMPARE(f.post(v4 + "labels/archive", inputs(label)).status, 204);
}

// F23, F24, S8, S9
void TestLiveRoutes::tokens()
{
    PortalFixture f;
    const QByteArray app = "client_id=" + f.clientId() + "&client_secret=" + f.clientSecret();
    const QByteArray refresh = app + "&grant_type=refresh_token&refresh_token=" + f.refreshToken();
    const RawReply v1 = f.form("/oauth/v1/token", refresh);
    QCOMPARE(v1.text("token_use"_L1), u"access_token"_s);
    QCOMPARE(v1.text("hub_id"_L1), u"12345678"_s);
    QVERIFY(!v1.json()["scopes"_L1].toArray().isEmpty());

    const RawReply seen = f.form("/oauth/2026-03/token/introspect",
                                 app + "&token=" + v1.text("access_token"_L1).toLatin1());
    const QJsonObject members = seen.json()["signed_access_token"_L1].toObject();
    for (const char *name : {"appId", "appInstallId", "audience", "expiresAt", "hubId", "hublet",
                             "installingUserId", "isPrivateDistribution", "isServiceAccount",
                             "isUserLevel", "newSignature", "scopeToScopeGroupPks", "scopes",
                             "signature", "trialScopeToScopeGroupPks", "trialScopes", "userId"})
        QVERIFY2(members.contains(QLatin1StringView(name)), name);

    f.portal.switches().accountDeleted = true;
    for (const QByteArray version : {"v1", "v3", "2026-09"}) {
        const RawReply gone = f.form("/oauth/" + version + "/token", refresh);
        QCOMPARE(gone.status, 400);
        QCOMPARE(gone.text("status"_L1), u"BAD_HUB"_s);
        if (version != "v1")
            QCOMPARE(gone.text("error"_L1), u"access_denied"_s);
    }
}

// S1, S2, S3
void TestLiveRoutes::limits()
{
    PracticeOptions options = PortalFixture::small();
    options.bounds.linksPerRecord = 10;
    PortalFixture f(options);
    const QByteArray base = "/crm/limits/2026-09/";
    for (const QByteArray name : {"records", "pipelines"}) {
        const QJsonObject json = f.get(base + name).json();
        QCOMPARE(json["hubspotDefinedObjectTypes"_L1].toArray().size(), 2);
        for (const QString &member :
             {u"byObjectType"_s, u"overallLimit"_s, u"overallUsage"_s, u"overallPercentage"_s})
            QVERIFY(json["customObjectTypes"_L1].toObject().contains(member));
    }
    for (const QByteArray name : {"custom-properties", "calculated-properties"}) {
        const QJsonObject json = f.get(base + name).json();
        QCOMPARE(json["byObjectType"_L1].toArray().size(), 2);
        QVERIFY(json.contains("overallLimit"_L1) && json.contains("overallUsage"_L1)
                && json.contains("overallPercentage"_L1));
    }
    (void)f.post("/crm/v4/associations/contacts/companies/labels",
                 R"({"name":"boss","label":"Boss"})");
    const QJsonValue pair = f.get(base + "associations/labels").results().at(1);
    QCOMPARE(pair["fromObjectType"_L1]["objectTypeId"_L1].toString(), u"0-1"_s);
    QCOMPARE(pair["toObjectType"_L1]["objectTypeId"_L1].toString(), u"0-2"_s);
    QCOMPARE(pair["allLabels"_L1].toArray(), QJsonArray {u"Boss"_s});

    for (int i = 0; i < 9; ++i)
        (void)f.ask("PUT",
                    "/crm/v4/objects/contacts/" + aContact + "/associations/default/companies/"
                        + QByteArray::number(30'000'000'001 + i));
    const QByteArray links = base + "associations/records/";
    QCOMPARE(f.get(links + "from").results().size(), 2);
    QCOMPARE(f.get(links + "contacts/to").results().at(1)["nearLimitRecordCount"_L1].toInt(), 1);
    const QJsonValue row = f.get(links + "contacts/companies").results().at(0);
    QCOMPARE(row["objectId"_L1].toInteger(), aContact.toLongLong());
    QVERIFY(row["usage"_L1].toInt() >= 9);
    QCOMPARE(f.get(base + "custom-object-types").status, 200);
}

// S4, S5
void TestLiveRoutes::validationRules()
{
    PortalFixture f;
    const QByteArray rules = "/crm/v3/property-validations/0-2/name";
    QVERIFY(f.get(rules).results().isEmpty());
    (void)f.ask("PUT", rules + "/rule-type/MAX_LENGTH", R"({"ruleArguments":["4"]})");
    const QJsonArray listed = f.get(rules).results();
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed.at(0)["ruleType"_L1].toString(), u"MAX_LENGTH"_s);
    const RawReply one = f.get(rules + "/rule-type/MAX_LENGTH");
    QCOMPARE(one.status, 200);
    QCOMPARE(one.json(), listed.at(0).toObject());
    QCOMPARE(f.get(rules + "/rule-type/REGEX").status, 404);
}

void TestLiveRoutes::schemas()
{
    PortalFixture f;
    for (const QByteArray path : {"/crm-object-schemas/v3/schemas", "/crm/v3/schemas"}) {
        QCOMPARE(f.get(path).status, 200);
        QVERIFY(f.get(path).results().isEmpty()); // Custom types only.
        const QJsonArray all = f.get(path + "?includeHubSpotDefinitions=true").results();
        QCOMPARE(all.size(), 2);
        const RawReply contact = f.get(path + "/contacts");
        QCOMPARE(contact.text("objectTypeId"_L1), u"0-1"_s);
        QVERIFY(contact.json()["properties"_L1].toArray().size() > 200);
        QVERIFY(!contact.json()["associations"_L1].toArray().isEmpty());
        QCOMPARE(f.get(path + "/deals").status, 400);
    }
}

HUBKEEPER_TEST(TestLiveRoutes)
