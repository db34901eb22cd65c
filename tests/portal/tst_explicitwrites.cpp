// SPDX-License-Identifier: MIT
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/restclient.h"
#include "portal/access/tokenprovider.h"
#include "portal/portalwriter.h"
#include "practice/server/practiceportal.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const auto contacts = ObjectType::Contacts;
const auto companies = ObjectType::Companies;

practice::PracticeOptions options()
{
    practice::PracticeOptions options;
    options.contacts = 120;
    options.companies = 5;
    options.limits = {0, 0, 0, 0, 0};
    return options;
}

TransportOptions transportTo(practice::PracticePortal &server)
{
    const auto started = server.start();
    Q_ASSERT(started);
    TransportOptions options;
    options.base = server.url();
    return options;
}

/// A portal and a client on it.
struct Rig
{
    explicit Rig(ApiVersion version)
        : portal(client, version)
    {
    }

    [[nodiscard]] QString contact(const QString &email)
    {
        const auto made = outcomeOf(portal.create(contacts, {{u"email"_s, email}}, &parent));
        return made && *made ? (*made)->id : QString();
    }
    [[nodiscard]] QString company(const QString &name)
    {
        const auto made = outcomeOf(portal.create(companies, {{u"name"_s, name}}, &parent));
        return made && *made ? (*made)->id : QString();
    }
    [[nodiscard]] Result<Record> read(const QString &id, const QString &property = {})
    {
        ReadOptions readOptions;
        readOptions.properties = {property};
        return *outcomeOf(portal.read(contacts, id, readOptions, &parent));
    }
    [[nodiscard]] QList<int> kindsOf(const QString &contact, const QString &company)
    {
        QList<int> types;
        const auto links = outcomeOf(portal.associations(contacts, contact, companies, &parent));
        for (const Association &link : **links) {
            for (const AssociationKind &kind : link.kinds) {
                if (link.toId == company)
                    types.append(kind.typeId);
            }
        }
        std::sort(types.begin(), types.end());
        return types;
    }

    /// Defines a label of the user's own, as HubSpot's settings page does.
    [[nodiscard]] bool define(const QByteArray &label)
    {
        HttpRequest request;
        request.verb = Verb::Post;
        request.path = u"/crm/v4/associations/contacts/companies/labels"_s;
        request.body = R"({"name":")" + label.toLower() + R"(","label":")" + label + R"("})";
        const auto reply = outcomeOf(transport.send(request, server.staticToken(), &parent));
        return reply && *reply && (*reply)->status / 100 == 2;
    }

    SystemClock clock;
    practice::PracticePortal server {options(), clock};
    QnamTransport transport {transportTo(server)};
    AccountBudget budget {1000, 1000};
    TrafficLog traffic;
    TokenProvider tokens {server.staticToken()};
    RestClient client {transport, clock, budget, tokens, traffic};
    PortalWriter portal;
    QObject parent;
};

BatchInput input(const QString &trace, const QString &id, const QString &title)
{
    BatchInput input;
    input.traceId = trace;
    input.id = id;
    input.properties.insert(u"jobtitle"_s, title);
    return input;
}

} // namespace

/// The writes that are asked for by name: batches, upsert, links, merge, permanent delete, over
/// real sockets and in every version of the API.
class TestExplicitWrites : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void batchKeepsTheBadRowApart_data() { addVersions(); }
    void batchKeepsTheBadRowApart();
    void batchOfAHundredIsOneCall_data() { addVersions(); }
    void batchOfAHundredIsOneCall();
    void createsReportRowByRow_data() { addVersions(); }
    void createsReportRowByRow();
    void upsertDistinguishesNewFromOld_data() { addVersions(); }
    void linksOfEveryKind_data() { addVersions(); }
    void linksOfEveryKind();
    void aLabelOfTheUsersOwn_data() { addVersions(); }
    void aLabelOfTheUsersOwn();
    void mergeTakesTheIdFromTheReply_data();
    void mergeTakesTheIdFromTheReply();
    void permanentDelete_data() { addVersions(); }

private:
    static void addVersions();

    std::unique_ptr<Rig> m_rig;
};

void TestExplicitWrites::addVersions()
{
    QTest::addColumn<ApiVersion>("version");
    for (const ApiVersion version : {ApiVersion::V3, ApiVersion::V2026_03, ApiVersion::V2026_09})
        QTest::newRow(qPrintable(nameOf(version))) << version;
}

void TestExplicitWrites::init()
{
    const QByteArray test = QTest::currentTestFunction();
    if (test == "mergeTakesTheIdFromTheReply")
        return;
    QFETCH(ApiVersion, version);
    m_rig = std::make_unique<Rig>(version);
}

void TestExplicitWrites::batchKeepsTheBadRowApart()
{
    const QString good = m_rig->contact(u"good@example.com"_s);
    const QString other = m_rig->contact(u"other@example.com"_s);
    const QString gone = u"999"_s;

    const auto outcomes = outcomeOf(m_rig->portal.batchUpdate(contacts,
                                                              {input(u"t1"_s, good, u"Smith"_s),
                                                               input(u"t2"_s, gone, u"Smith"_s),
                                                               input(u"t3"_s, other, u"Miller"_s)},
                                                              &m_rig->parent));

    QVERIFY(outcomes && *outcomes);
    QCOMPARE((*outcomes)->size(), 3);
    QCOMPARE((*outcomes)->at(0).traceId, u"t1"_s);
    QVERIFY((*outcomes)->at(0).record);
    QCOMPARE((*outcomes)->at(1).record.error().kind, ErrorKind::NotFound);
    QVERIFY((*outcomes)->at(2).record);
    QCOMPARE(m_rig->read(good, u"jobtitle"_s)->text(u"jobtitle"_s), u"Smith"_s);
    QCOMPARE(m_rig->read(other, u"jobtitle"_s)->text(u"jobtitle"_s), u"Miller"_s);
}

void TestExplicitWrites::batchOfAHundredIsOneCall()
{
    ListOptions listOptions;
    const auto page = outcomeOf(m_rig->portal.list(contacts, listOptions, &m_rig->parent));
    QList<BatchInput> inputs;
    for (const Record &record : (*page)->records)
        inputs.append(input(u"t"_s + record.id, record.id, u"Of "_s + record.id));
    QCOMPARE(inputs.size(), 100);
    m_rig->server.clearLog();

    const auto outcomes =
        outcomeOf(m_rig->portal.batchUpdate(contacts, inputs, &m_rig->parent), 30'000);

    QVERIFY(outcomes && *outcomes);
    QCOMPARE(m_rig->server.log().total(), 1u);
    for (qsizetype i = 0; i < inputs.size(); ++i) { // The portal shuffles its answers.
        QCOMPARE((*outcomes)->at(i).traceId, inputs[i].traceId);
        QCOMPARE((*outcomes)->at(i).record->id, inputs[i].id);
    }
    inputs.append(input(u"one too many"_s, u"1"_s, u"x"_s));
    const auto tooMany = outcomeOf(m_rig->portal.batchUpdate(contacts, inputs, &m_rig->parent));
    QCOMPARE((*tooMany).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(m_rig->server.log().total(), 1u);
}

void TestExplicitWrites::createsReportRowByRow()
{
    QList<BatchInput> inputs;
    for (const QString &email : {u"new@example.com"_s, u"no address"_s}) {
        BatchInput one;
        one.traceId = u"trace of "_s + email;
        one.properties.insert(u"email"_s, email);
        inputs.append(one);
    }

    const auto outcomes = outcomeOf(m_rig->portal.batchCreate(contacts, inputs, &m_rig->parent));

    QVERIFY(outcomes && *outcomes);
    QVERIFY((*outcomes)->at(0).record);
    QCOMPARE((*outcomes)->at(1).record.error().kind, ErrorKind::Rejected);
    QCOMPARE(m_rig->server.liveCount(practice::ObjectType::Contact), options().contacts + 1);
}

void TestExplicitWrites::linksOfEveryKind()
{
    const QString contact = m_rig->contact(u"linked@example.com"_s);
    const QString first = m_rig->company(u"First"_s);
    const QString second = m_rig->company(u"Second"_s);
    const auto done = [](const auto &outcome) { return outcome && *outcome; };
    PortalWriter &portal = m_rig->portal;

    QVERIFY(done(outcomeOf(portal.associate(contacts, contact, companies, first,
                                            {{u"HUBSPOT_DEFINED"_s, contactToCompany, {}}},
                                            &m_rig->parent))));
    QVERIFY(m_rig->kindsOf(contact, first).contains(contactToCompany));
    QVERIFY(done(outcomeOf(portal.associate(contacts, contact, companies, second,
                                            {{u"HUBSPOT_DEFINED"_s, contactToPrimaryCompany, {}}},
                                            &m_rig->parent))));
    QVERIFY(m_rig->kindsOf(contact, second).contains(contactToPrimaryCompany));
    QVERIFY(!m_rig->kindsOf(contact, first).contains(contactToPrimaryCompany)); // Only one is.
    const auto labels = outcomeOf(portal.associationLabels(contacts, companies, &m_rig->parent));
    QVERIFY(done(labels) && !(*labels)->isEmpty());
}

void TestExplicitWrites::aLabelOfTheUsersOwn()
{
    const QString contact = m_rig->contact(u"labelled@example.com"_s);
    const QString company = m_rig->company(u"Labelled"_s);
    PortalWriter &portal = m_rig->portal;
    QVERIFY(m_rig->define("Advisor"));

    const auto labels = outcomeOf(portal.associationLabels(contacts, companies, &m_rig->parent));
    QVERIFY(labels && *labels);
    const auto own =
        std::find_if((*labels)->begin(), (*labels)->end(),
                     [](const AssociationLabel &label) { return label.label == "Advisor"_L1; });
    QVERIFY(own != (*labels)->end());
    QCOMPARE(own->category, u"USER_DEFINED"_s);
    const auto linked = outcomeOf(portal.associate(
        contacts, contact, companies, company, {{own->category, own->typeId, {}}}, &m_rig->parent));
    QVERIFY(linked && *linked);

    const auto links = outcomeOf(portal.associations(contacts, contact, companies, &m_rig->parent));
    QVERIFY(links && *links);
    QCOMPARE((*links)->size(), 1);
    const AssociationKind expected {u"USER_DEFINED"_s, own->typeId, u"Advisor"_s};
    QVERIFY((*links)->first().kinds.contains(expected));
    QVERIFY(m_rig->kindsOf(contact, company).contains(contactToCompany)); // Comes with every label.
}

void TestExplicitWrites::mergeTakesTheIdFromTheReply_data()
{
    QTest::addColumn<bool>("newId");
    QTest::newRow("the primary's id stays") << false;
    QTest::newRow("a new id") << true;
}

/// Which of the two HubSpot does is not known (hubspot-api 4.8).
void TestExplicitWrites::mergeTakesTheIdFromTheReply()
{
    QFETCH(bool, newId);
    Rig rig(ApiVersion::V2026_09);
    rig.server.switches().mergeMakesNewId = newId;
    const QString primary = rig.contact(u"primary@example.com"_s);
    const QString merged = rig.contact(u"merged@example.com"_s);

    const auto record = outcomeOf(rig.portal.merge(contacts, primary, merged, &rig.parent));

    QVERIFY(record && *record);
    QCOMPARE((*record)->id != primary, newId);
    for (const QString &id : {primary, merged}) { // Old ids go on answering, and say so.
        const auto read = rig.read(id);
        QCOMPARE(read->id, (*record)->id);
        QCOMPARE(read->mergedId, id == read->id ? QString() : id);
    }
    const auto batch =
        outcomeOf(rig.portal.batchRead(contacts, {primary, merged}, {u"email"_s}, &rig.parent));
    QVERIFY(batch && *batch);
    QCOMPARE((*batch)->survivors.value(merged), (*record)->id);
    QVERIFY((*batch)->missing.isEmpty());
    QCOMPARE(rig.server.liveCount(practice::ObjectType::Contact), options().contacts + 1);
}

HUBKEEPER_TEST(TestExplicitWrites)
#include "tst_explicitwrites.moc"
