// SPDX-License-Identifier: MIT
#include "tst_checklist.h"

#include "rawclient.h"
#include "requestparts.h"
#include "testkit/testprogram.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;

using Probe = std::function<QString(PortalFixture &)>;
Q_DECLARE_METATYPE(Probe)

namespace {

using F = PortalFixture;
QByteArray first()
{
    return "150000000001";
}

/// The statuses of several replies, or other words, as one text to compare.
QString all(const QStringList &words)
{
    return words.join(u' ');
}

QString s(const RawReply &reply)
{
    return QString::number(reply.status);
}

QByteArray with(const QByteArray &members)
{
    return R"({"properties":{)" + members + "}}";
}

/// Orders as a client of the control endpoint gives them.
QString order(F &f, const QByteArray &json)
{
    const auto headers = f.more;
    f.more = {"X-Practice-Token: " + f.portal.controlToken()};
    const RawReply reply = f.post("/practice/control", json);
    f.more = headers;
    return s(reply);
}

RawReply refreshedBy(F &f, const QByteArray &version)
{
    return f.form("/oauth/" + version + "/token",
                  "grant_type=refresh_token&client_id=" + f.portal.clientId().toLatin1()
                      + "&client_secret=" + F::clear(f.portal.clientSecret())
                      + "&refresh_token=" + F::clear(f.portal.refreshToken()));
}

QString routes(F &f)
{
    const RawReply unknown = f.get("/crm/objects/2024-01/contacts");
    return all({s(f.get(contacts)),
                s(f.get("/crm/v4/objects/contacts/" + first() + "/associations/companies")),
                s(f.get("/crm/objects/2026-03/contacts")),
                s(f.get("/crm/objects/2026-09/contacts")), s(unknown),
                QString::fromLatin1(unknown.headers.value("content-type").left(9))});
}

QString tokens(F &f)
{
    const QByteArray good = f.token;
    f.token = "garbage";
    const QString garbage = f.get(contacts).text("category"_L1);
    f.token.clear();
    const QString none = f.get(contacts).text("category"_L1);
    f.token = F::clear(f.portal.addStaticToken({u"crm.objects.companies.read"_s}));
    const QString scope = f.get(contacts).text("category"_L1);
    f.token = F::clear(f.portal.makeAccessToken());
    const QString before = s(f.get(contacts));
    f.token = good;
    (void)order(f, R"({"clock":{"advanceMs":1801000}})");
    f.token = F::clear(f.portal.makeAccessToken());
    (void)order(f, R"({"expireAccessTokens":true})");
    return all({garbage, none, scope, before, s(f.get(contacts))});
}

QString oauthChecks(F &f)
{
    QStringList words {s(refreshedBy(f, "v1")), s(refreshedBy(f, "v3")),
                       s(refreshedBy(f, "2026-09"))};
    const QByteArray page = "/oauth/authorize?client_id=" + f.portal.clientId().toLatin1()
        + "&redirect_uri=http%3A%2F%2Flocalhost%3A7777%2F&scope=oauth&state=s1";
    for (const QByteArray mode : {"redirect", "decline", "silent"}) {
        (void)order(f, R"({"authorize":")" + mode + "\"}");
        const QByteArray where = f.get(page).headers.value("location");
        words << (where.contains("code=")        ? u"code"_s
                      : where.contains("error=") ? u"error"_s
                                                 : u"nothing"_s);
    }
    (void)order(f, R"({"switches":{"oauthV1Gone":true}})");
    return all(words << s(refreshedBy(f, "v1")));
}

QString catalogue(F &f)
{
    const QByteArray path = "/crm/v3/properties/contacts";
    const QByteArray definition = R"({"name":"made_up","label":"Made up","type":"string",
        "fieldType":"text","groupName":"contactinformation"})";
    QStringList words {s(f.post(path, definition)), s(f.post(path, definition)),
                       s(f.ask("DELETE", path + "/made_up")), s(f.post(path, definition)),
                       s(f.get(path + "/unknown_one"))};
    (void)order(f, R"({"inUse":{"contacts":["made_up"]}})");
    return all(words << s(f.ask("DELETE", path + "/made_up")));
}

QString records(F &f)
{
    const QByteArray one = contacts + '/' + f.contact("Rec@Example.com");
    const RawReply read = f.get(one + "?properties=email,fax,unknown_one,hs_email_domain");
    const QJsonObject properties = read.json().value("properties"_L1).toObject();
    f.clock.advance(std::chrono::seconds(5));
    const RawReply changed = f.ask("PATCH", one, with(R"("firstname":"Ada")"));
    return all({properties["email"_L1].toString(),
                properties.contains("fax"_L1) && properties["fax"_L1].isNull() ? u"null"_s : u"?"_s,
                properties.contains("unknown_one"_L1) ? u"?"_s : u"left-out"_s,
                properties["hs_email_domain"_L1].toString(),
                changed.text("updatedAt"_L1) > read.text("updatedAt"_L1) ? u"later"_s : u"?"_s,
                s(f.ask("PATCH", one, with(R"("unknown_one":"x")")))});
}

QString rejects(F &f)
{
    const RawReply reply =
        f.post(contacts, with(R"("email":"no address","lifecyclestage":"nonsense",
        "hs_object_id":"7","unknown_one":"x","closedate":"no date")"));
    QStringList codes {s(reply)};
    const QJsonArray errors = reply.json().value("errors"_L1).toArray();
    for (const QJsonValue &error : errors)
        codes << error["code"_L1].toString();
    std::sort(codes.begin(), codes.end());
    return all(codes);
}

QString uniqueEmail(F &f)
{
    const QByteArray id = f.contact("only@example.com");
    const RawReply again = f.post(contacts, with(R"("email":"ONLY@Example.COM")"));
    return all({s(again), again.text("category"_L1),
                again.text("message"_L1).endsWith(QString::fromLatin1(id)) ? u"id"_s : u"?"_s});
}

QString blanks(F &f)
{
    QStringList words {s(f.post(companies, with(""))), s(f.post(contacts, with("")))};
    (void)order(f, R"({"switches":{"blankCompanyRefused":true}})");
    return all(words << s(f.post(companies, with(""))));
}

QString paging(F &f)
{
    const RawReply page = f.get(contacts + "?limit=50");
    const QByteArray after =
        page.json().value("paging"_L1)["next"_L1]["after"_L1].toString().toLatin1();
    const RawReply last = f.get(contacts + "?limit=50&after=" + after);
    return all({QString::number(page.results().size()), QString::number(last.results().size()),
                last.json().contains("paging"_L1) ? u"?"_s : u"end"_s,
                s(f.get(contacts + "?limit=101")),
                s(f.get(contacts + "?limit=51&propertiesWithHistory=email")),
                s(f.get(contacts + "?archived=true"))});
}

QString batches(F &f)
{
    QByteArray many;
    for (int i = 0; i < 101; ++i)
        many += QByteArray(i ? "," : "") + R"({"id":")" + QByteArray::number(i + 1) + "\"}";
    const auto create = [&](const QByteArray &trace) {
        const auto row = [&](const QByteArray &email, const QByteArray &id) {
            const QByteArray mark =
                trace.isEmpty() ? QByteArray() : R"(,"objectWriteTraceId":")" + id + '"';
            return R"({"properties":{"email":")" + email + "\"}" + mark + '}';
        };
        return f.post(contacts + "/batch/create",
                      R"({"inputs":[)" + row("bad address", "a") + ','
                          + row("batch@example.com", "b") + "]}");
    };
    const RawReply whole = create({});
    const RawReply parts = create("yes");
    const QByteArray twice =
        R"({"inputs":[{"id":")" + first() + R"("},{"id":")" + first() + R"("}]})";
    return all({s(f.post(contacts + "/batch/read", R"({"inputs":[)" + many + "]}")), s(whole),
                s(parts), QString::number(parts.results().size()),
                s(f.post(contacts + "/batch/read", twice))});
}

QString search(F &f)
{
    (void)order(f, R"({"indexDelayMs":60000,"limits":{"searchPerSecond":3}})");
    (void)f.contact("late@example.com");
    const QByteArray query = R"({"filterGroups":[{"filters":[{"propertyName":"email",
        "operator":"EQ","value":"late@example.com"}]}]})";
    const RawReply early = f.post(contacts + "/search", query);
    (void)order(f, R"({"clock":{"advanceMs":61000}})");
    const RawReply late = f.post(contacts + "/search", query);
    (void)f.post(contacts + "/search", query);
    (void)f.post(contacts + "/search", query);
    const RawReply fourth = f.post(contacts + "/search", query);
    f.clock.advance(std::chrono::seconds(2));
    return all({early.text("total"_L1), late.text("total"_L1),
                late.headers.contains("x-hubspot-ratelimit-max") ? u"?"_s : u"no-headers"_s,
                fourth.text("policyName"_L1),
                s(f.post(contacts + "/search", R"({"query":")" + QByteArray(3100, 'x') + "\"}"))});
}

QString associations(F &f)
{
    const QByteArray contact = f.contact("linked@example.com");
    const QByteArray company = f.company("Linked");
    const QByteArray pair = "/crm/v4/objects/contacts/" + contact + "/associations/";
    QStringList words {
        s(f.ask("PUT", pair + "default/companies/" + company)),
        s(f.ask("PUT", pair + "companies/" + company,
                R"([{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":1}])"))};
    const QJsonValue link = f.get(pair + "companies").results().at(0);
    words << (link["toObjectId"_L1].isDouble() ? u"number"_s : u"text"_s)
          << QString::number(link["associationTypes"_L1].toArray().size());
    const RawReply read = f.get(contacts + '/' + contact + "?properties=associatedcompanyid");
    return all(words << (read.property("associatedcompanyid"_L1).toLatin1() == company
                             ? u"mirrored"_s
                             : u"?"_s));
}

QString limits(F &f)
{
    (void)order(f, R"({"limits":{"staticPerWindow":2}})");
    const RawReply one = f.get(contacts);
    (void)f.get(contacts);
    const RawReply third = f.get(contacts);
    (void)order(f, R"({"switches":{"retryAfterOn429":true},"usedToday":625000})");
    f.clock.advance(std::chrono::seconds(11));
    const RawReply day = f.get(contacts);
    return all(
        {QString::fromLatin1(one.headers.value("x-hubspot-ratelimit-remaining")), s(third),
         third.text("policyName"_L1), third.headers.contains("retry-after") ? u"?"_s : u"bare"_s,
         day.text("policyName"_L1), day.headers.contains("retry-after") ? u"said"_s : u"?"_s});
}

/// Each kind by the control endpoint; what it does is in tests/faults.md and tst_practicewire.
QString faults(F &f)
{
    QStringList words;
    for (const QString &name : faultNames()) {
        words << order(f,
                       R"({"faults":[{"kind":")" + name.toLatin1()
                           + R"(","method":"PUT","path":"/nowhere$","nth":3,"times":2,
                "status":503,"pauseMs":5}]})");
    }
    words.removeDuplicates();
    (void)order(f, R"({"faults":[{"kind":"closeAfterWork","method":"POST"}]})");
    const RawReply lost = f.post(companies, with(R"("name":"Kept")"));
    return all(words << s(lost) << (lost.closed ? u"closed"_s : u"?"_s)
                     << QString::number(f.portal.liveCount(ObjectType::Company)));
}

QString rules(F &f)
{
    (void)order(f, R"({"rules":{"contacts":{"requiredOnCreate":["phone"],"conditional":[{
        "property":"lifecyclestage","values":["customer"],"required":["company"]}]}}})");
    const QByteArray newest = "/crm/objects/2026-09/contacts";
    const auto code = [](const RawReply &reply) {
        return reply.json().value("errors"_L1)[0]["code"_L1].toString();
    };
    const RawReply dated =
        f.post("/crm/objects/2026-09/companies", with(R"("closedate":"2026-11-23 10:20:30")"));
    return all({code(f.post(newest, with(R"("email":"r1@example.com")"))),
                code(f.post(newest, with(R"("email":"r2@example.com","phone":"1",
                    "lifecyclestage":"customer")"))),
                s(f.post(contacts, with(R"("email":"r3@example.com")"))), s(dated),
                dated.json().value("warnings"_L1)[0]["category"_L1].toString()});
}

QString size(F &f)
{
    QString text;
    const RawReply page = f.get(contacts + "?limit=100&after=150000199800");
    const QJsonArray results = page.results();
    for (const QJsonValue &record : results)
        text += record["properties"_L1]["lastname"_L1].toString();
    const bool foreign =
        std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() > 0x2000; });
    return all({QString::number(f.portal.liveCount(ObjectType::Contact)),
                QString::number(f.portal.liveCount(ObjectType::Company)),
                QString::number(results.size()), foreign ? u"scripts"_s : u"?"_s});
}

QString specials(F &f)
{
    const QByteArray id = f.contact("special@example.com");
    const QByteArray one = contacts + '/' + id;
    const QByteArray other = f.contact("other@example.com");
    (void)f.ask("PATCH", one, with(R"("lifecyclestage":"customer")"));
    (void)f.ask("PATCH", one, with(R"("lifecyclestage":"lead")"));
    const QString stage = f.get(one + "?properties=lifecyclestage").property("lifecyclestage"_L1);
    const QString merged =
        s(f.post(contacts + "/merge",
                 R"({"primaryObjectId":")" + id + R"(","objectIdToMerge":")" + other + "\"}"));
    const QString old = s(f.get(contacts + '/' + other));
    const QString erased = s(f.post(contacts + "/gdpr-delete",
                                    R"({"objectId":"blocked@example.com","idProperty":"email"})"));
    return all({stage, merged, old, erased,
                s(f.post(contacts, with(R"("email":"blocked@example.com")")))});
}

QString requestLog(F &f)
{
    (void)f.contact("once@example.com");
    f.more = {"X-Practice-Token: " + f.portal.controlToken()};
    const RawReply seen = f.get("/practice/requests");
    return all(
        {seen.json().value("counts"_L1)["POST /crm/v3/objects/contacts"_L1].toVariant().toString(),
         seen.body.contains(f.token) ? u"?"_s : u"masked"_s});
}

} // namespace

void TestChecklist::line_data()
{
    QTest::addColumn<Probe>("probe");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, Probe probe, const QString &expected) {
        QTest::newRow(name) << probe << expected;
    };
    // clang-format off
    row("1 routes of every version", routes, u"200 200 200 200 404 text/html"_s);
    row("2 bearer check, expiry by the clock", tokens, u"EXPIRED_AUTHENTICATION INVALID_AUTHENTICATION MISSING_SCOPES 200 401"_s);
    row("3 token endpoints, authorize page, v1 gone", oauthChecks, u"200 200 200 code error nothing 404"_s);
    row("4 property catalogue and its errors", catalogue, u"201 409 204 201 404 400"_s);
    row("5 records", records, u"rec@example.com null left-out example.com later 400"_s);
    row("6 writes reject, several faults at once", rejects, u"400 INVALID_EMAIL INVALID_LONG INVALID_OPTION PROPERTY_DOESNT_EXIST READ_ONLY_VALUE"_s);
    row("7 e-mail is unique", uniqueEmail, u"409 CONFLICT id"_s);
    row("8 blank company and contact", blanks, u"201 400 400"_s);
    row("9 list paging", paging, u"50 10 end 400 400 200"_s);
    row("10 batches", batches, u"400 400 207 1 400"_s);
    row("11 search with its own delay and limit", search, u"0 1 no-headers SECONDLY 400"_s);
    row("12 associations", associations, u"200 201 number 2 mirrored"_s);
    row("13 rate limits", limits, u"1 429 TEN_SECONDLY_ROLLING bare DAILY said"_s);
    row("14 faults", faults, u"200 0 closed 16"_s);
    row("15 rules of 2026-09", rules, u"MISSING_REQUIRED_PROPERTY MISSING_CONDITIONAL_REQUIRED_PROPERTY 201 201 PROPERTY_VALUE_NORMALIZED"_s);
    row("16 size", size, u"200000 50000 100 scripts"_s);
    row("17 stages, merged ids, block list", specials, u"customer 200 200 204 400"_s);
    row("18 log of requests", requestLog, u"1 masked"_s);
    // clang-format on
}

/// The lines of hubspot-api 14, each by what only a portal that has it answers, set through the
/// control endpoint.
void TestChecklist::line()
{
    QFETCH(Probe, probe);
    QFETCH(QString, expected);
    PracticeOptions options = PortalFixture::small();
    options.control = true;
    if (QByteArray(QTest::currentDataTag()).startsWith("16 ")) {
        options.contacts = 200'000;
        options.companies = 50'000;
    }
    PortalFixture fixture(options);

    QCOMPARE(probe(fixture), expected);
}

/// The same orders at the start, as `hubkeeper-cli practice --setup` gives them.
void TestChecklist::setsUpBeforeTheStart()
{
    hubkeeper::test::ManualClock clock;
    PracticePortal portal(PortalFixture::small(), clock);
    QVERIFY(portal.setUp({{u"limits"_s, QJsonObject {{u"perDay"_s, 7}}},
                          {u"switches"_s, QJsonObject {{u"textObjectIds"_s, true}}}}));
    QCOMPARE(portal.limits().perDay, 7);
    QVERIFY(portal.switches().textObjectIds);
    const auto wrong = portal.setUp({{u"limits"_s, QJsonObject {{u"perDecade"_s, 7}}}});
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::InvalidInput);
    QVERIFY(wrong.error().what.contains(u"perDecade"_s));
}

HUBKEEPER_TEST(TestChecklist)
