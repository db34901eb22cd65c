// SPDX-License-Identifier: MIT
#include "serverrig.h"
#include "session/idm/objectlinks.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Who one object of a server is linked with, and the linked object beside a record.
class TestObjectLinks final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_rig.reset(); }
    void isFoundFromBothEnds();
    void saysWhoIsNotLinked();
    void saysWhatIsGone();
    void readsIdsThatLookLikeFilters();
    void needsAMapping();
    void comparesSides_data();
    void comparesSides();
    void hidesWhatIsTheServersOwn();

private:
    [[nodiscard]] Result<QList<ObjectLinks>> linksOf(const QString &collection, const QString &id)
    {
        return *outcomeOf(readObjectLinks(*m_rig->session, collection, id, &m_rig->calls));
    }
    void addLink(const QString &first, const QString &second);

    std::unique_ptr<ServerRig> m_rig;
    QString m_user; // Linked with m_contact.
    QString m_contact;
};

namespace {

const QString contacts = u"system/hubspot/contact"_s;
const QString byMail = u"managedUser_hubspotContactByMail"_s;

} // namespace

void TestObjectLinks::initTestCase()
{
    m_rig = std::make_unique<ServerRig>();
    const auto links = *outcomeOf(readLinks(m_rig->session->client(), byMail, &m_rig->calls));
    QVERIFY2(links, qPrintable(links ? QString() : links.error().sentence()));
    for (const ServerLink &link : *links) {
        const auto found = linksOf(contacts, link.secondId.value_or(QString()));
        if (found && !found->isEmpty() && !found->first().linked.isEmpty()
            && found->first().linked.first().object) {
            m_user = *link.firstId;
            m_contact = *link.secondId;
            return;
        }
    }
    QFAIL("No contact is linked with a user.");
}

void TestObjectLinks::addLink(const QString &first, const QString &second)
{
    IdmRequest request;
    request.verb = Verb::Put;
    request.path = u"repo/link/"_s + second;
    request.body = QJsonObject {{u"linkType"_s, byMail},
                                {u"linkQualifier"_s, u"default"_s},
                                {u"firstId"_s, first},
                                {u"secondId"_s, second}};
    request.ifNoneMatch = "*";
    request.writes = true;
    const auto reply = *outcomeOf(m_rig->session->client().send(request, &m_rig->calls));
    QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().sentence()));
}

void TestObjectLinks::isFoundFromBothEnds()
{
    const auto ofContact = linksOf(u"system/*/contact"_s, m_contact);
    QVERIFY(ofContact);
    QCOMPARE(ofContact->size(), 1);
    QCOMPARE(ofContact->first().collection, contacts);
    const auto &linked = ofContact->first().linked; // Other mappings have links of their own.
    const auto user = std::find_if(linked.begin(), linked.end(), [](const LinkedObject &one) {
        return one.mappings.contains(byMail);
    });
    QVERIFY(user != linked.end());
    QCOMPARE(user->collection, u"managed/user"_s);
    QCOMPARE(user->id, m_user);
    QVERIFY(user->object && user->object->contains("userName"_L1));

    const auto ofUser = linksOf(u"managed/user"_s, m_user);
    QVERIFY(ofUser);
    bool isFound = false;
    for (const LinkedObject &other : ofUser->first().linked)
        isFound = isFound || (other.collection == contacts && other.id == m_contact);
    QVERIFY(isFound);
}

void TestObjectLinks::saysWhoIsNotLinked()
{
    const auto links = linksOf(contacts, u"4711"_s);
    QVERIFY(links);
    QVERIFY(links->first().linked.isEmpty());
    QVERIFY(links->first().unlinked.contains(byMail));
}

void TestObjectLinks::saysWhatIsGone()
{
    addLink(u"nobody/at all"_s, u"4712"_s);
    const auto links = linksOf(contacts, u"4712"_s);
    QVERIFY(links);
    QCOMPARE(links->first().linked.size(), 1);
    QCOMPARE(links->first().linked.first().id, u"nobody/at all"_s);
    QVERIFY(!links->first().linked.first().object);
    QVERIFY(links->first().linked.first().whyNotRead.isEmpty());
}

void TestObjectLinks::readsIdsThatLookLikeFilters()
{
    const auto links = linksOf(contacts, uR"(1" or true or /firstId eq "\)"_s);
    QVERIFY(links);
    QVERIFY(links->first().linked.isEmpty());
}

void TestObjectLinks::needsAMapping()
{
    const auto links = linksOf(u"system/hubspot/deal"_s, u"1"_s);
    QVERIFY(!links);
    QCOMPARE(links.error().kind, ErrorKind::NotFound);
    QVERIFY(!links.error().remedy.isEmpty());
}

namespace {

LinkedObject linkedWith(const QJsonObject &object, const QList<MappedPlaces> &places)
{
    LinkedObject linked;
    linked.object = object;
    linked.places = places;
    return linked;
}

EyeLine seen(const QString &attribute, const QJsonValue &value)
{
    EyeLine line;
    line.attribute = attribute;
    line.value = value;
    return line;
}

} // namespace

void TestObjectLinks::comparesSides_data()
{
    QTest::addColumn<QJsonValue>("own");
    QTest::addColumn<QJsonValue>("other");
    QTest::addColumn<bool>("isTransformed");
    QTest::addColumn<int>("note");

    const auto row = [](const char *name, const QJsonValue &own, const QJsonValue &other, bool made,
                        SideNote note) {
        QTest::newRow(name) << own << other << made << int(note);
    };
    row("the same", u"a"_s, u"a"_s, false, SideNote::Same);
    row("another letter", u"a"_s, u"A"_s, false, SideNote::Differs);
    row("null is absent", QJsonValue::Null, QJsonValue::Undefined, false, SideNote::Same);
    row("the empty text is not", u""_s, QJsonValue::Undefined, false, SideNote::Differs);
    row("a number is not its text", 5, u"5"_s, false, SideNote::Differs);
    row("computed", u"a"_s, u"A"_s, true, SideNote::Transformed);
}

void TestObjectLinks::comparesSides()
{
    QFETCH(QJsonValue, own);
    QFETCH(QJsonValue, other);
    QFETCH(bool, isTransformed);
    QJsonObject object;
    if (!other.isUndefined())
        object.insert(u"mail"_s, other);
    const auto lines =
        sideBySide(linkedWith(object, {{u"m"_s, u"email"_s, u"mail"_s, true, isTransformed}}),
                   {seen(u"email"_s, own)});
    QCOMPARE(lines.size(), 1);
    QTEST(int(lines.first().note), "note");
}

void TestObjectLinks::hidesWhatIsTheServersOwn()
{
    const QJsonObject object {{u"_id"_s, u"u1"_s},
                              {u"_rev"_s, u"1"_s},
                              {u"lastSync"_s, QJsonObject()},
                              {u"password"_s, QJsonObject {{u"$crypto"_s, QJsonObject()}}},
                              {u"mail"_s, u"a@x.org"_s},
                              {u"userName"_s, u"u1"_s}};
    const auto lines = sideBySide(linkedWith(object,
                                             {{u"m"_s, u"email"_s, u"mail"_s, true, false},
                                              {u"back"_s, u"email"_s, u"mail"_s, true, false},
                                              {u"m"_s, QString(), u"sn"_s, true, false}}),
                                  {seen(u"email"_s, u"a@x.org"_s)});
    QCOMPARE(lines.size(), 2); // The same line of two mappings once.
    QCOMPARE(lines.first().property, u"mail"_s);
    QCOMPARE(lines.last().property, u"userName"_s);
    QCOMPARE(lines.last().note, SideNote::OnlyLinked);
}

HUBKEEPER_TEST(TestObjectLinks)
#include "tst_objectlinks.moc"
