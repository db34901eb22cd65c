// SPDX-License-Identifier: MIT
#include "switchprobes.h"

#include "requestparts.h"
using namespace Qt::StringLiterals;

namespace hubkeeper::practice::test {

namespace {

QString totalOf(PortalClient &portal, const QByteArray &target, const QByteArray &filter)
{
    const RawReply reply =
        portal.post(target + "/search", R"({"filterGroups":[{"filters":[)" + filter + "]}]}");
    return reply.json().value("total"_L1).toVariant().toString();
}

/// form() with the app's credentials.
RawReply oauth(PortalClient &portal, const QByteArray &path, const QByteArray &fields)
{
    return portal.form(path,
                       "client_id=" + portal.clientId() + "&client_secret=" + portal.clientSecret()
                           + '&' + fields);
}

RawReply refreshed(PortalClient &portal, const QByteArray &version = "v3")
{
    return oauth(portal, "/oauth/" + version + "/token",
                 "grant_type=refresh_token&refresh_token=" + portal.refreshToken());
}

QList<SwitchProbe> allProbes()
{
    using F = PortalClient;
    QList<SwitchProbe> probes;
    const auto row = [&](const char *name, const QString &off, const QString &on,
                         std::function<QString(F &)> ask) {
        probes.append({name, off, on, std::move(ask)});
    };
    row("oauthV1Gone", u"200"_s, u"404"_s, [](F &f) { return statusOf(refreshed(f, "v1")); });
    row("rotateRefreshTokens", u"200"_s, u"400"_s, [](F &f) {
        (void)refreshed(f);
        return statusOf(refreshed(f));
    });
    row("revokeAnswers200", u"204"_s, u"200"_s, [](F &f) {
        return statusOf(oauth(f, "/oauth/v3/token/revoke", "token=" + f.refreshToken()));
    });
    row("revokeEndsAccessTokens", u"200"_s, u"401"_s, [](F &f) {
        f.token = f.accessToken();
        (void)oauth(f, "/oauth/v3/token/revoke", "token=" + f.refreshToken());
        return statusOf(f.get(contacts));
    });
    row("pkceRefused", u"302"_s, u"400"_s, [](F &f) {
        return statusOf(f.get("/oauth/authorize?client_id=" + f.clientId()
                              + "&scope=oauth&redirect_uri=http%3A%2F%2Flocalhost%3A1%2F"
                                "&code_challenge_method=S256&code_challenge="
                                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    });
    row("badClientHasStatus", QString(), u"BAD_CLIENT_ID"_s,
        [](F &f) { return f.form("/oauth/v3/token", "client_id=x").text("status"_L1); });
    row("scopesAnsweredByV1", u"false"_s, u"true"_s, [](F &f) {
        return refreshed(f, "v1").json().contains("hub_id"_L1) ? u"true"_s : u"false"_s;
    });
    row("accountDeleted", u"200"_s, u"400"_s, [](F &f) { return statusOf(refreshed(f)); });
    row("systemPropertiesAlways", u"1"_s, u"4"_s, [](F &f) {
        return QString::number(f.get(contacts + '/' + nthContact(0) + "?properties=phone")
                                   .json()
                                   .value("properties"_L1)
                                   .toObject()
                                   .size());
    });
    row("archivedReadFindsLive", u"404"_s, u"200"_s,
        [](F &f) { return statusOf(f.get(contacts + '/' + nthContact(0) + "?archived=true")); });
    row("emptyPages", u"10"_s, u"0"_s,
        [](F &f) { return QString::number(f.get(contacts).results().size()); });
    row("oldPagingLinks", u"false"_s, u"true"_s, [](F &f) {
        return f.get(contacts).body.contains("api.hubapi.com") ? u"true"_s : u"false"_s;
    });
    row("associationsNeedScopes", u"200"_s, u"403"_s, [](F &f) {
        f.token = f.tokenFor(u"crm.objects.contacts.read"_s);
        return statusOf(f.get(contacts + "?associations=companies"));
    });
    row("nullClears", u"400"_s, u"200"_s, [](F &f) {
        return statusOf(
            f.ask("PATCH", contacts + '/' + nthContact(0), properties(R"("phone":null)")));
    });
    row("readOnlyRefused", u"201"_s, u"400"_s,
        [](F &f) { return statusOf(f.post(companies, properties(R"("createdate":"1")"))); });
    row("blankCompanyRefused", u"201"_s, u"400"_s,
        [](F &f) { return statusOf(f.post(companies, properties({}))); });
    row("emailLowered", u"A@example.com"_s, u"a@example.com"_s, [](F &f) {
        return f.post(contacts, properties(R"("email":"A@example.com")")).property("email"_L1);
    });
    row("additionalEmailsTaken", u"201"_s, u"400"_s, [](F &f) {
        const QByteArray one = f.contact("one@example.com");
        const QByteArray two = f.contact("two@example.com");
        (void)f.post(contacts + "/merge",
                     R"({"primaryObjectId":")" + one + R"(","objectIdToMerge":")" + two + "\"}");
        return statusOf(f.post(contacts, properties(R"("email":"two@example.com")")));
    });
    row("additionalEmailsWritable", u"400"_s, u"201"_s, [](F &f) {
        return statusOf(f.post(
            contacts,
            properties(R"("email":"a@example.com","hs_additional_emails":"b@example.com")")));
    });
    row("emailConflictIs400", u"409"_s, u"400"_s, [](F &f) {
        (void)f.contact("one@example.com");
        const QByteArray two = f.contact("two@example.com");
        return statusOf(
            f.ask("PATCH", contacts + '/' + two, properties(R"("email":"one@example.com")")));
    });
    row("uniqueConflictIs400", u"409"_s, u"400"_s, [](F &f) {
        (void)f.post("/crm/v3/properties/companies",
                     R"({"name":"num","label":"Num","type":"string","fieldType":"text",)"
                     R"("groupName":"companyinformation","hasUniqueValue":true})");
        (void)f.post(companies, properties(R"("num":"7")"));
        return statusOf(f.post(companies, properties(R"("num":"7")")));
    });
    row("stageMovesBack", u"customer"_s, u"lead"_s, [](F &f) {
        const QByteArray id = f.contact("s@example.com");
        for (const QByteArray stage : {"customer", "lead"})
            (void)f.ask("PATCH", contacts + '/' + id,
                        properties("\"lifecyclestage\":\"" + stage + '"'));
        return f.get(contacts + '/' + id + "?properties=lifecyclestage")
            .property("lifecyclestage"_L1);
    });
    row("newContactsAreLeads", QString(), u"lead"_s, [](F &f) {
        return f.get(contacts + '/' + f.contact("s@example.com") + "?properties=lifecyclestage")
            .property("lifecyclestage"_L1);
    });
    row("companyIdReadOnly", u"200"_s, u"400"_s, [](F &f) {
        return statusOf(f.ask("PATCH", contacts + '/' + nthContact(0),
                              properties(R"("associatedcompanyid":"30000000002")")));
    });
    row("ownersChecked", u"201"_s, u"400"_s,
        [](F &f) { return statusOf(f.post(companies, properties(R"("hubspot_owner_id":"1")"))); });
    row("createLocation", u"false"_s, u"true"_s, [](F &f) {
        return f.post(companies, properties({})).headers.contains("location") ? u"true"_s
                                                                              : u"false"_s;
    });
    row("secondDeleteIs404", u"204"_s, u"404"_s, [](F &f) {
        (void)f.ask("DELETE", contacts + '/' + nthContact(0));
        return statusOf(f.ask("DELETE", contacts + '/' + nthContact(0)));
    });
    row("unknownDeleteIs404", u"204"_s, u"404"_s,
        [](F &f) { return statusOf(f.ask("DELETE", contacts + "/999")); });
    row("autoCompany", QString(), u"new.example"_s, [](F &f) {
        const QByteArray id = f.contact("x@new.example");
        const QString company = f.get(contacts + '/' + id + "?properties=associatedcompanyid")
                                    .property("associatedcompanyid"_L1);
        return f.get(companies + '/' + company.toLatin1()).property("domain"_L1);
    });
    row("mergeMakesNewId", u"same"_s, u"new"_s, [](F &f) {
        const RawReply reply = f.post(contacts + "/merge",
                                      R"({"primaryObjectId":")" + nthContact(0)
                                          + R"(","objectIdToMerge":")" + nthContact(1) + "\"}");
        return reply.text("id"_L1).toLatin1() == nthContact(0) ? u"same"_s : u"new"_s;
    });
    row("mergedDroppedInBatch", u"1"_s, u"0"_s, [](F &f) {
        (void)f.post(contacts + "/merge",
                     R"({"primaryObjectId":")" + nthContact(0) + R"(","objectIdToMerge":")"
                         + nthContact(1) + "\"}");
        const RawReply reply =
            f.post(contacts + "/batch/update",
                   R"({"inputs":[{"id":")" + nthContact(1) + R"(","properties":{"phone":"1"}}]})");
        return QString::number(reply.results().size());
    });
    row("wrongTypeIs415", u"201"_s, u"415"_s, [](F &f) {
        f.contentType = "text/plain";
        return statusOf(f.post(companies, properties({})));
    });
    row("shuffledResults", u"in order"_s, u"shuffled"_s, [](F &f) {
        QByteArray inputs;
        for (int i = 0; i < 4; ++i)
            inputs += (i ? "," : "") + QByteArray(R"({"id":")") + nthContact(i) + "\"}";
        const QJsonArray rows =
            f.post(contacts + "/batch/read", R"({"inputs":[)" + inputs + "]}").results();
        QStringList ids;
        for (const QJsonValue &value : rows)
            ids.append(value.toObject().value("id"_L1).toString());
        return ids.size() == 4 && std::is_sorted(ids.begin(), ids.end()) ? u"in order"_s
                                                                         : u"shuffled"_s;
    });
    row("emailUpsertPartial", u"400"_s, u"207"_s, [](F &f) {
        const auto input = [](const QByteArray &name, const QByteArray &property) {
            return R"({"idProperty":"email","id":")" + name
                + R"(@example.com","objectWriteTraceId":")" + name + R"(","properties":{")"
                + property + R"(":"x"}})";
        };
        return statusOf(f.post(contacts + "/batch/upsert",
                               R"({"inputs":[)" + input("a", "firstname") + ','
                                   + input("b", "nonsense") + "]}"));
    });
    row("batchCountsInputs", u"1"_s, u"2"_s, [](F &f) {
        const RawReply reply =
            f.post(contacts + "/batch/read", R"({"inputs":[{"id":"1"},{"id":"2"}]})");
        return QString::number(190 - reply.headers.value("x-hubspot-ratelimit-remaining").toInt());
    });
    row("neqFindsUnset", u"0"_s, u"1"_s, [](F &f) {
        const QByteArray id = f.company("N");
        f.passIndexDelay();
        return totalOf(f, companies,
                       R"({"propertyName":"hs_object_id","operator":"EQ","value":")" + id
                           + R"("},{"propertyName":"domain","operator":"NEQ","value":"x"})");
    });
    row("notInFindsUnset", u"0"_s, u"1"_s, [](F &f) {
        const QByteArray id = f.company("N");
        f.passIndexDelay();
        return totalOf(f, companies,
                       R"({"propertyName":"hs_object_id","operator":"EQ","value":")" + id
                           + R"("},{"propertyName":"domain","operator":"NOT_IN","values":["x"]})");
    });
    row("betweenExcludesEnds", u"3"_s, u"1"_s, [](F &f) {
        return totalOf(f, contacts,
                       R"({"propertyName":"hs_object_id","operator":"BETWEEN","value":")"
                           + nthContact(0) + R"(","highValue":")" + nthContact(2) + "\"}");
    });
    row("inNeedsLowerCase", u"1"_s, u"0"_s, [](F &f) {
        (void)f.company("Upper");
        f.passIndexDelay();
        return totalOf(f, companies,
                       R"({"propertyName":"name","operator":"IN","values":["Upper"]})");
    });
    row("queryMatchesInside", u"0"_s, u"1"_s, [](F &f) {
        (void)f.company("Xylophone");
        f.passIndexDelay();
        return f.post(companies + "/search", R"({"query":"ylopho"})").text("total"_L1);
    });
    row("totalRunsAhead", u"15"_s, u"16"_s, [](F &f) {
        (void)f.company("Soon");
        return f.post(companies + "/search", "{}").text("total"_L1);
    });
    row("searchCountsDaily", u"0"_s, u"1"_s, [](F &f) {
        (void)f.post(companies + "/search", "{}");
        const RawReply usage = f.get("/account-info/v3/api-usage/daily");
        return QString::number(usage.results().at(0).toObject().value("currentUsage"_L1).toInt()
                               - 1);
    });
    row("textObjectIds", u"number"_s, u"text"_s, [](F &f) {
        const QByteArray contact = f.contact("t@example.com");
        (void)f.ask("PUT", linkTo(contact, "30000000001"));
        const RawReply reply =
            f.get("/crm/v4/objects/contacts/" + contact + "/associations/companies");
        return reply.results().at(0).toObject().value("toObjectId"_L1).isString() ? u"text"_s
                                                                                  : u"number"_s;
    });
    row("firstCompanyPrimary", QString(), u"30000000001"_s, [](F &f) {
        const QByteArray contact = f.contact("t@example.com");
        (void)f.ask("PUT", linkTo(contact, "30000000001"));
        return f.get(contacts + '/' + contact + "?properties=associatedcompanyid")
            .property("associatedcompanyid"_L1);
    });
    row("labelsReplaced", u"3"_s, u"2"_s, [](F &f) {
        const QByteArray contact = f.contact("t@example.com");
        const QByteArray link =
            "/crm/v4/objects/contacts/" + contact + "/associations/companies/30000000001";
        for (const QByteArray id : {"1", "930"})
            (void)f.ask("PUT", link,
                        R"([{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":)" + id
                            + "}]");
        const RawReply reply =
            f.get("/crm/v4/objects/contacts/" + contact + "/associations/companies");
        return QString::number(
            reply.results().at(0).toObject().value("associationTypes"_L1).toArray().size());
    });
    row("missingListed", u"200"_s, u"207"_s, [](F &f) {
        const QByteArray contact = f.contact("t@example.com");
        return statusOf(f.post("/crm/v4/associations/contacts/companies/batch/read",
                               R"({"inputs":[{"id":")" + contact + "\"}]}"));
    });
    row("editAssociationsDenied", u"200"_s, u"400"_s, [](F &f) {
        f.token = f.accessToken();
        return statusOf(f.ask("PUT",
                              "/crm/objects/2026-09/contacts/" + nthContact(0)
                                  + "/associations/default/companies/30000000001"));
    });
    row("retryAfterOn429", QString(), u"10"_s, [](F &f) {
        f.setStaticPerWindow(1);
        (void)f.get(contacts);
        return QString::fromLatin1(f.get(contacts).headers.value("retry-after"));
    });
    row("categoryOn429", QString(), u"RATE_LIMITS"_s, [](F &f) {
        f.setStaticPerWindow(1);
        (void)f.get(contacts);
        return f.get(contacts).text("category"_L1);
    });
    row("userLacksPermission", QString(), u"USER_DOES_NOT_HAVE_PERMISSIONS"_s, [](F &f) {
        f.token = f.accessToken();
        return f.post(companies, properties({})).text("category"_L1);
    });
    return probes;
}

} // namespace

const QList<SwitchProbe> &switchProbes()
{
    static const QList<SwitchProbe> all = allProbes();
    return all;
}

} // namespace hubkeeper::practice::test
