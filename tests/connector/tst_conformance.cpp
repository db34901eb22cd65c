// SPDX-License-Identifier: MIT
#include "connector/crestmatch.h"
#include "connector/icferror.h"
#include "connector/script.h"
#include "filter/crestparser.h"
#include "practicerig.h"
#include "testkit/secretoutcome.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSet>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

QStringList uidsOf(const SearchResult &result)
{
    QStringList uids;
    for (const ConnectorObject &object : result.objects)
        uids.append(object.uid);
    return uids;
}

QSet<QString> setOf(const QStringList &texts)
{
    return {texts.cbegin(), texts.cend()};
}

/// The name attribute is compared by its native name in filters.
QString named(const QString &uid)
{
    return u"__NAME__ eq \"%1\""_s.arg(uid);
}

QString equals(const QString &name, const QJsonValue &value)
{
    return CrestFilter::compare(name, u"eq"_s, value).toString();
}

QStringList logged;

void keepMessage(QtMsgType, const QMessageLogContext &, const QString &text)
{
    logged.append(text);
}

} // namespace

/// One row per case of the ICF contract and class, named by its id; the table is
/// tests/conformance.md.
class TestConformance : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void holds_data();
    void holds();
    void tableIsComplete();

private:
    using Case = void (TestConformance::*)(const QString &objectClass);
    struct Row
    {
        QString id;
        Case run;
        QStringList classes;
    };
    [[nodiscard]] static QList<Row> rows();

    // Attributes a case writes: all the class lets be created, different at each call.
    [[nodiscard]] QJsonObject fresh(const QString &objectClass);
    [[nodiscard]] QString make(const QString &objectClass, const QJsonObject &attributes);
    [[nodiscard]] QString existing(const QString &objectClass);
    void compareAttributes(const ConnectorObject &object, const QJsonObject &written);
    [[nodiscard]] QStringList allUids(const QString &objectClass);

    void createContract(const QString &objectClass);
    void createUnsupported(const QString &objectClass);
    void createTwice(const QString &objectClass);
    void createNonexisting(const QString &);
    void deleteContract(const QString &objectClass);
    void deleteTwice(const QString &objectClass);
    void deleteNonexisting(const QString &);
    void deleteOwner(const QString &);
    void getContract(const QString &objectClass);
    void getNonexisting(const QString &);
    void searchByUid(const QString &objectClass);
    void searchByName(const QString &objectClass);
    void searchByAll(const QString &objectClass);
    void searchEverything(const QString &objectClass);
    void searchWithoutFields(const QString &objectClass);
    void searchOtherCase(const QString &objectClass);
    void searchNonexisting(const QString &);
    void searchPages(const QString &objectClass);
    void searchSorted(const QString &objectClass);
    void searchStopped(const QString &objectClass);
    void searchLikeLocal(const QString &objectClass);
    void updateContract(const QString &objectClass);
    void updateToNull(const QString &objectClass);
    void updateToSame(const QString &objectClass);
    void updateUnsupported(const QString &objectClass);
    void updateConcurrent(const QString &objectClass);
    void updateNonexisting(const QString &);
    void schemaHasNoUid(const QString &);
    void schemaHasName(const QString &);
    void schemaOperationsOfAll(const QString &);
    void schemaClasses(const QString &);
    void schemaAttributes(const QString &);
    void schemaFacts(const QString &);
    void schemaOperations(const QString &);
    void schemaLive(const QString &);
    void testGood(const QString &);
    void testInvalid(const QString &);
    void testTellsApart(const QString &);
    void validateInvalid(const QString &);
    void configurationTypes(const QString &);
    void scriptRuns(const QString &);
    void scriptLanguage(const QString &);
    void scriptEmpty(const QString &);
    void attributesNotReadable(const QString &objectClass);
    void attributesByDefaultGet(const QString &objectClass);
    void attributesByDefaultSearch(const QString &objectClass);
    void attributesNotUpdateable(const QString &objectClass);
    void attributesRequired(const QString &);
    void wholeLife(const QString &objectClass);
    void keepsSecrets(const QString &);
    void keepsPermits(const QString &);

    SystemClock m_clock;
    std::unique_ptr<practice::PracticePortal> m_server;
    std::unique_ptr<PracticeRig> m_rig;
    int m_count = 0;
};

QList<TestConformance::Row> TestConformance::rows()
{
    using T = TestConformance;
    const QStringList records {u"contact"_s, u"company"_s};
    const QStringList writable =
        records + QStringList {u"contactProperties"_s, u"companyProperties"_s};
    const QStringList all = writable + QStringList {u"owner"_s};
    const QStringList none {u"NONEXISTING"_s};
    const QStringList once {u"connector"_s};
    // clang-format off
    return {{u"CRE-1"_s, &T::createContract, writable},
            {u"CRE-2"_s, &T::createUnsupported, writable},
            {u"CRE-3"_s, &T::createTwice, writable},
            {u"CRE-x"_s, &T::createNonexisting, none},
            {u"DEL-1"_s, &T::deleteContract, writable},
            {u"DEL-2"_s, &T::deleteTwice, writable},
            {u"DEL-3"_s, &T::deleteOwner, {u"owner"_s}},
            {u"DEL-x"_s, &T::deleteNonexisting, none},
            {u"GET-1"_s, &T::getContract, all},
            {u"GET-x"_s, &T::getNonexisting, none},
            {u"SEA-1"_s, &T::searchByUid, writable},
            {u"SEA-2"_s, &T::searchByName, all},
            {u"SEA-3"_s, &T::searchByAll, records},
            {u"SEA-4"_s, &T::searchEverything, writable},
            {u"SEA-5"_s, &T::searchWithoutFields, all},
            {u"SEA-6"_s, &T::searchOtherCase, records},
            {u"SEA-7"_s, &T::searchPages, all},
            {u"SEA-8"_s, &T::searchSorted, records},
            {u"SEA-9"_s, &T::searchStopped, {u"contact"_s}},
            {u"SEA-10"_s, &T::searchLikeLocal, records},
            {u"SEA-x"_s, &T::searchNonexisting, none},
            {u"UPD-1"_s, &T::updateContract, writable},
            {u"UPD-4"_s, &T::updateToNull, records},
            {u"UPD-5"_s, &T::updateToSame, records},
            {u"UPD-6"_s, &T::updateUnsupported, writable},
            {u"UPD-7"_s, &T::updateConcurrent, records},
            {u"UPD-x"_s, &T::updateNonexisting, none},
            {u"SCH-1"_s, &T::schemaHasNoUid, once},
            {u"SCH-2"_s, &T::schemaHasName, once},
            {u"SCH-3"_s, &T::schemaOperationsOfAll, once},
            {u"SCH-4"_s, &T::schemaClasses, once},
            {u"SCH-5"_s, &T::schemaAttributes, once},
            {u"SCH-6"_s, &T::schemaFacts, once},
            {u"SCH-7"_s, &T::schemaOperations, once},
            {u"SCH-8"_s, &T::schemaLive, once},
            {u"TST-0"_s, &T::testGood, once},
            {u"TST-1"_s, &T::testInvalid, once},
            {u"TST-2"_s, &T::testTellsApart, once},
            {u"VAL-1"_s, &T::validateInvalid, once},
            {u"CFG-1"_s, &T::configurationTypes, once},
            {u"SOC-1"_s, &T::scriptRuns, once},
            {u"SOC-2"_s, &T::scriptLanguage, once},
            {u"SOC-3"_s, &T::scriptEmpty, once},
            {u"ATT-1"_s, &T::attributesNotReadable, all},
            {u"ATT-2"_s, &T::attributesByDefaultGet, all},
            {u"ATT-3"_s, &T::attributesByDefaultSearch, all},
            {u"ATT-5"_s, &T::attributesNotUpdateable, records},
            {u"ATT-6"_s, &T::attributesRequired, once},
            {u"MUL-1"_s, &T::wholeLife, records},
            {u"SEC-1"_s, &T::keepsSecrets, once},
            {u"RAT-1"_s, &T::keepsPermits, once}};
    // clang-format on
}

void TestConformance::initTestCase()
{
    m_server = std::make_unique<practice::PracticePortal>(smallPortal(), m_clock);
    const auto started = m_server->start();
    QVERIFY2(started, started ? "" : qPrintable(started.error().what));
}

void TestConformance::init()
{
    m_server->reset();
    m_rig = std::make_unique<PracticeRig>(*m_server);
}

void TestConformance::cleanup()
{
    m_rig.reset();
}

void TestConformance::holds_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("objectClass");

    const QList<Row> all = rows();
    for (int row = 0; row < all.size(); ++row) {
        for (const QString &objectClass : all[row].classes)
            QTest::addRow("%s %s", qPrintable(all[row].id), qPrintable(objectClass))
                << row << objectClass;
    }
}

void TestConformance::holds()
{
    QFETCH(int, row);
    QFETCH(QString, objectClass);

    (this->*rows()[row].run)(objectClass);
}

void TestConformance::tableIsComplete()
{
    QFile file(QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/conformance.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    static const QRegularExpression line(uR"(^\| ([A-Z]{3}-\w+) \|.*\| (passes|not applicable))"_s,
                                         QRegularExpression::MultilineOption);
    QStringList passing;
    auto matches = line.globalMatch(QString::fromUtf8(file.readAll()));
    while (matches.hasNext()) {
        const auto match = matches.next();
        if (match.captured(2) == "passes"_L1)
            passing.append(match.captured(1));
    }
    QStringList tested;
    for (const Row &row : rows())
        tested.append(row.id);
    passing.sort();
    tested.sort();

    QCOMPARE(passing, tested);
}

QJsonObject TestConformance::fresh(const QString &objectClass)
{
    const QString n = QString::number(++m_count);
    if (objectClass == "contact"_L1)
        return {{u"email"_s, u"person%1@example.com"_s.arg(n)},
                {u"firstname"_s, u"First%1"_s.arg(n)},
                {u"lastname"_s, u"Žluťoučký “%1”"_s.arg(n)},
                {u"phone"_s, u"+49 30 1234%1"_s.arg(n)},
                {u"company"_s, u"Company %1"_s.arg(n)},
                {u"website"_s, u"https://%1.example.com"_s.arg(n)},
                {u"address"_s, u"%1 Some Street"_s.arg(n)},
                {u"city"_s, u"City %1"_s.arg(n)}};
    if (objectClass == "company"_L1)
        return {{u"name"_s, u"Firm %1"_s.arg(n)},
                {u"phone"_s, u"+49 30 5678%1"_s.arg(n)},
                {u"city"_s, u"Town %1"_s.arg(n)},
                {u"timezone"_s, u"Europe/Berlin"_s},
                {u"description"_s, u"Line one %1\nline two"_s.arg(n)},
                {u"about_us"_s, u"About %1"_s.arg(n)},
                {u"is_public"_s, u"true"_s}};
    const QString group =
        objectClass == "contactProperties"_L1 ? u"contactinformation"_s : u"companyinformation"_s;
    return {{u"name"_s, u"own_property_%1"_s.arg(n)},
            {u"label"_s, u"Own property %1"_s.arg(n)},
            {u"groupName"_s, group},
            {u"type"_s, u"enumeration"_s},
            {u"fieldType"_s, u"select"_s},
            {u"description"_s, u"Made by a test, %1"_s.arg(n)},
            {u"displayOrder"_s, u"3"_s},
            {u"hidden"_s, u"false"_s},
            {u"formField"_s, true}};
}

QString TestConformance::make(const QString &objectClass, const QJsonObject &attributes)
{
    const auto object = m_rig->create(objectClass, attributes);
    if (!object)
        qWarning("create: %s", qPrintable(object.error().sentence()));
    return object ? object->uid : QString();
}

/// An object of the class: a new one, or an owner that is there.
QString TestConformance::existing(const QString &objectClass)
{
    if (objectClass != "owner"_L1)
        return make(objectClass, fresh(objectClass));
    const auto all = m_rig->search(objectClass, u"true"_s);
    return all && !all->objects.isEmpty() ? all->objects.constFirst().uid : QString();
}

void TestConformance::compareAttributes(const ConnectorObject &object, const QJsonObject &written)
{
    for (auto it = written.begin(); it != written.end(); ++it)
        QVERIFY2(object.attributes.value(it.key()) == *it,
                 qPrintable(it.key() + u": "_s + object.attributes.value(it.key()).toString()));
}

QStringList TestConformance::allUids(const QString &objectClass)
{
    SearchOptions options;
    options.fields = {u"_id"_s};
    const auto all = m_rig->search(objectClass, u"true"_s, options);
    return all ? uidsOf(*all) : QStringList();
}

void TestConformance::createContract(const QString &objectClass)
{
    const QJsonObject attributes = fresh(objectClass);

    const QString uid = make(objectClass, attributes);
    const auto object = m_rig->get(objectClass, uid);

    QVERIFY(!uid.isEmpty());
    QVERIFY(object);
    QCOMPARE(object->uid, uid);
    compareAttributes(*object, attributes);
}

void TestConformance::createUnsupported(const QString &objectClass)
{
    QJsonObject attributes = fresh(objectClass);
    attributes[u"unsupported_attribute"_s] = u"x"_s;
    const quint64 before = m_server->log().total();

    const auto object = m_rig->create(objectClass, attributes);

    QVERIFY(!object);
    QCOMPARE(icfExceptionName(object.error()), u"InvalidAttributeValueException"_s);
    QCOMPARE(m_server->log().total(), before);
}

void TestConformance::createTwice(const QString &objectClass)
{
    const QJsonObject attributes = fresh(objectClass);
    const QString first = make(objectClass, attributes);

    const auto second = m_rig->create(objectClass, attributes);

    QVERIFY(!first.isEmpty());
    if (objectClass == "company"_L1) { // HubSpot does not join companies (hubspot-api 4.5).
        QVERIFY(second);
        QVERIFY(second->uid != first);
        return;
    }
    QVERIFY(!second);
    QCOMPARE(icfExceptionName(second.error()), u"AlreadyExistsException"_s);
    if (objectClass == "contact"_L1)
        QCOMPARE(second.error().existingId, first);
}

void TestConformance::createNonexisting(const QString &objectClass)
{
    const auto object = m_rig->create(objectClass, fresh(u"contact"_s));

    QVERIFY(!object);
    QCOMPARE(idmStatus(object.error()), 404);
}

void TestConformance::deleteContract(const QString &objectClass)
{
    const QJsonObject attributes = fresh(objectClass);
    const QString uid = make(objectClass, attributes);
    QVERIFY(m_rig->get(objectClass, uid));

    const auto deleted = m_rig->remove(objectClass, uid);
    const auto after = m_rig->get(objectClass, uid);

    QVERIFY(deleted);
    compareAttributes(*deleted, attributes); // IDM returns the object.
    QVERIFY(!after);
    QCOMPARE(icfExceptionName(after.error()), u"UnknownUidException"_s);
}

void TestConformance::deleteTwice(const QString &objectClass)
{
    const QString uid = make(objectClass, fresh(objectClass));
    QVERIFY(m_rig->remove(objectClass, uid));

    const auto second = m_rig->remove(objectClass, uid);

    QVERIFY(!second);
    QCOMPARE(icfExceptionName(second.error()), u"UnknownUidException"_s);
}

void TestConformance::deleteNonexisting(const QString &objectClass)
{
    QVERIFY(!m_rig->remove(objectClass, u"1"_s));
}

void TestConformance::deleteOwner(const QString &objectClass)
{
    const quint64 before = m_server->log().total();

    const auto deleted = m_rig->remove(objectClass, u"1"_s);

    QVERIFY(!deleted);
    QCOMPARE(deleted.error().kind, ErrorKind::Refused);
    QCOMPARE(m_server->log().total(), before);
}

void TestConformance::getContract(const QString &objectClass)
{
    const QJsonObject written = objectClass == "owner"_L1 ? QJsonObject() : fresh(objectClass);
    const QString uid = written.isEmpty() ? existing(objectClass) : make(objectClass, written);

    const auto byUid = m_rig->get(objectClass, uid);
    const auto byName = m_rig->search(objectClass, named(uid));

    QVERIFY(byUid);
    compareAttributes(*byUid, written);
    QVERIFY(byName);
    QCOMPARE(uidsOf(*byName), QStringList {uid});
    QCOMPARE(byName->objects.constFirst().attributes, byUid->attributes);
}

void TestConformance::getNonexisting(const QString &objectClass)
{
    QVERIFY(!m_rig->get(objectClass, u"1"_s));
}

void TestConformance::searchByUid(const QString &objectClass)
{
    QList<QJsonObject> written;
    QStringList uids;
    for (int i = 0; i < 10; ++i) {
        written.append(fresh(objectClass));
        uids.append(make(objectClass, written.constLast()));
    }

    const auto found = m_rig->search(objectClass, equals(u"_id"_s, uids.constFirst()));

    QVERIFY(found);
    QCOMPARE(uidsOf(*found), QStringList {uids.constFirst()});
    compareAttributes(found->objects.constFirst(), written.constFirst());
}

void TestConformance::searchByName(const QString &objectClass)
{
    const QString uid = existing(objectClass);
    const auto schema = *outcomeOf(m_rig->connector.schema(nullptr));
    const QString name = schema->of(*objectClassFrom(objectClass)).nameAttribute().name;

    const auto object = m_rig->get(objectClass, uid);
    const auto found = m_rig->search(objectClass, equals(name, object->attributes.value(name)));

    QVERIFY(object->attributes.value(name).isString()); // Exactly one value.
    QVERIFY(found);
    QCOMPARE(uidsOf(*found), QStringList {uid});
}

void TestConformance::searchByAll(const QString &objectClass)
{
    QList<QJsonObject> written;
    for (int i = 0; i < 3; ++i) {
        written.append(fresh(objectClass));
        QVERIFY(!make(objectClass, written.constLast()).isEmpty());
    }
    std::vector<CrestFilter> equalities;
    for (auto it = written[1].begin(); it != written[1].end(); ++it)
        equalities.push_back(CrestFilter::compare(it.key(), u"eq"_s, *it));
    const CrestFilter filter = CrestFilter::allOf(equalities);

    const auto found = m_rig->search(objectClass, filter.toString());
    const auto everything = m_rig->search(objectClass, u"true"_s);

    QVERIFY(found && everything);
    QStringList expected;
    for (const ConnectorObject &object : everything->objects) {
        if (matches(filter, [&](const QStringList &pointer) {
                return FieldValue {object.attributes.value(pointer[0]), ValueKind::Text};
            }))
            expected.append(object.uid);
    }
    QCOMPARE(uidsOf(*found), expected);
    QCOMPARE(expected.size(), 1);
}

void TestConformance::searchEverything(const QString &objectClass)
{
    const auto before = m_rig->search(objectClass, u"true"_s);
    QHash<QString, QJsonObject> written;
    for (int i = 0; i < 10; ++i) {
        const QJsonObject attributes = fresh(objectClass);
        written.insert(make(objectClass, attributes), attributes);
    }

    const auto after = m_rig->search(objectClass, u"true"_s);

    QVERIFY(before && after);
    QCOMPARE(after->count, before->count + 10);
    QCOMPARE(setOf(uidsOf(*after)).size(), after->count);
    QHash<QString, QJsonObject> old;
    for (const ConnectorObject &object : before->objects)
        old.insert(object.uid, object.attributes);
    for (const ConnectorObject &object : after->objects) {
        if (written.contains(object.uid))
            compareAttributes(object, written.value(object.uid));
        else
            QCOMPARE(object.attributes, old.value(object.uid));
    }
}

void TestConformance::searchWithoutFields(const QString &objectClass)
{
    const QString uid = existing(objectClass);

    const auto found = m_rig->search(objectClass, equals(u"_id"_s, uid));

    QVERIFY(found);
    QCOMPARE(found->count, 1);
    QCOMPARE(found->objects.constFirst().attributes, m_rig->get(objectClass, uid)->attributes);
}

void TestConformance::searchOtherCase(const QString &objectClass)
{
    const QJsonObject attributes = fresh(objectClass);
    const QString uid = make(objectClass, attributes);
    const QString key = objectClass == "contact"_L1 ? u"email"_s : u"name"_s;

    const auto byUid = m_rig->search(objectClass, equals(u"_id"_s, uid.toUpper()));
    const auto byKey =
        m_rig->search(objectClass, equals(key.toUpper(), attributes[key].toString().toUpper()));

    QVERIFY(byUid && byKey);
    QCOMPARE(uidsOf(*byUid), QStringList {uid});
    QCOMPARE(uidsOf(*byKey), QStringList {uid});
}

void TestConformance::searchNonexisting(const QString &objectClass)
{
    QVERIFY(!m_rig->search(objectClass, u"true"_s));
}

void TestConformance::searchPages(const QString &objectClass)
{
    const QStringList filters = recordTypeOf(*objectClassFrom(objectClass))
        ? QStringList {u"true"_s, u"city pr"_s, u"city co 'a' or phone pr"_s}
        : QStringList {u"true"_s};
    for (const QString &filter : filters) {
        SearchOptions options;
        options.fields = {u"_id"_s};
        const auto whole = m_rig->search(objectClass, filter, options);
        QVERIFY2(whole, whole ? "" : qPrintable(whole.error().what));
        QVERIFY(whole->count > 1);
        const QList<int> sizes {whole->count > 100 ? 40 : 1, 10, 100};
        for (const int size : sizes) {
            options.pageSize = size;
            options.cookie.clear();
            QStringList seen;
            int pages = 0;
            do {
                const auto page = m_rig->search(objectClass, filter, options);
                QVERIFY2(page, page ? "" : qPrintable(page.error().what));
                QVERIFY(page->count <= size);
                seen += uidsOf(*page);
                options.cookie = page->pagedResultsCookie;
                QVERIFY(++pages <= whole->count + 1);
            } while (!options.cookie.isEmpty());
            QCOMPARE(seen, uidsOf(*whole));
        }
    }
    SearchOptions options;
    options.pageSize = 1;
    const auto first = m_rig->search(objectClass, u"true"_s, options);
    options.cookie = first->pagedResultsCookie;
    const auto again = m_rig->search(objectClass, u"true"_s, options);
    QCOMPARE(uidsOf(*again), uidsOf(*m_rig->search(objectClass, u"true"_s, options)));
    QVERIFY(!m_rig->search(objectClass, named(u"1"_s), options)); // Foreign.
    options.offset = 1;
    QVERIFY(!m_rig->search(objectClass, u"true"_s, options));
}

void TestConformance::searchSorted(const QString &objectClass)
{
    SearchOptions options;
    options.sortKeys = *parseSortKeys(u"-city,+phone"_s);
    const auto sorted = m_rig->search(objectClass, u"true"_s, options);
    QVERIFY(sorted);
    for (qsizetype i = 1; i < sorted->objects.size(); ++i) {
        const QString a = sorted->objects[i - 1].attributes["city"_L1].toString();
        const QString b = sorted->objects[i].attributes["city"_L1].toString();
        QVERIFY2(b.isEmpty() || (!a.isEmpty() && a.compare(b, Qt::CaseInsensitive) >= 0),
                 qPrintable(a + u" before "_s + b));
    }
    QCOMPARE(setOf(uidsOf(*sorted)), setOf(allUids(objectClass)));
    options.sortKeys = *parseSortKeys(u"nothing"_s);
    QVERIFY(!m_rig->search(objectClass, u"true"_s, options));
}

void TestConformance::searchStopped(const QString &objectClass)
{
    QVERIFY(m_rig->get(objectClass, existing(objectClass)));
    for (int i = 0; i < 50; ++i) // More than one page of 100.
        QVERIFY(!make(objectClass, fresh(objectClass)).isEmpty());
    SearchOptions options;
    options.fields = {u"_id"_s};
    int seen = 0;
    options.handler = [&seen](const ConnectorObject &) { return ++seen < 5; };
    const quint64 before = m_server->log().total();

    const auto result = m_rig->search(objectClass, u"true"_s, options);

    QVERIFY(result);
    QCOMPARE(seen, 5);
    QCOMPARE(m_server->log().total(), before + 1);
}

void TestConformance::searchLikeLocal(const QString &objectClass)
{
    const QStringList filters {u"city pr"_s,
                               u"! (city pr)"_s,
                               u"city co 'an'"_s,
                               u"city sw 'a' or city sw 'b'"_s,
                               u"! (city sw 'a')"_s,
                               u"phone ew '1'"_s,
                               u"city gt 'm' and phone pr"_s,
                               u"! (city gt 'm' or phone pr)"_s,
                               u"(city pr or phone pr) and ! (city sw 'a' and phone pr)"_s,
                               u"city ge 'a' and city lt 'h'"_s};
    const auto everything = m_rig->search(objectClass, u"true"_s);
    for (const QString &text : filters) {
        const auto filter = parseCrestFilter(text);
        QStringList expected;
        for (const ConnectorObject &object : everything->objects) {
            if (matches(*filter, [&](const QStringList &pointer) {
                    return FieldValue {object.attributes.value(pointer[0]), ValueKind::Text};
                }))
                expected.append(object.uid);
        }

        const auto found = m_rig->search(objectClass, text);

        QVERIFY2(found, qPrintable(text));
        QVERIFY2(uidsOf(*found) == expected, qPrintable(text));
    }
}

void TestConformance::updateContract(const QString &objectClass)
{
    const QJsonObject attributes = fresh(objectClass);
    const QString uid = make(objectClass, attributes);
    QJsonObject changed = fresh(objectClass);
    if (definitionsOf(*objectClassFrom(objectClass))) {
        changed[u"name"_s] = uid; // Fixed for ever (hubspot-api 7.2).
        changed[u"type"_s] = attributes[u"type"_s];
    }

    const auto updated = m_rig->update(objectClass, uid, changed);
    QVERIFY2(updated, updated ? "" : qPrintable(updated.error().sentence()));
    const auto object = m_rig->get(objectClass, updated->uid);

    QVERIFY(object);
    compareAttributes(*object, changed);
}

void TestConformance::updateToNull(const QString &objectClass)
{
    const QJsonObject attributes = fresh(objectClass);
    const QString uid = make(objectClass, attributes);
    const QStringList names = attributes.keys();
    for (const QString &name : names) {
        const auto updated = m_rig->update(objectClass, uid, {{name, QJsonValue()}});

        QVERIFY2(updated, qPrintable(name));
        QVERIFY2(!m_rig->get(objectClass, uid)->attributes.contains(name), qPrintable(name));
    }
}

void TestConformance::updateToSame(const QString &objectClass)
{
    const QJsonObject attributes = fresh(objectClass);
    const QString first = make(objectClass, attributes);
    const QString second = make(objectClass, fresh(objectClass));

    const auto updated = m_rig->update(objectClass, second, attributes);

    if (objectClass == "contact"_L1)
        QCOMPARE(icfExceptionName(updated.error()), u"AlreadyExistsException"_s);
    else
        QVERIFY(updated && updated->uid != first);
}

void TestConformance::updateUnsupported(const QString &objectClass)
{
    const QString uid = make(objectClass, fresh(objectClass));

    const auto updated = m_rig->update(objectClass, uid, {{u"unsupported_attribute"_s, u"x"_s}});

    QVERIFY(!updated);
    QCOMPARE(icfExceptionName(updated.error()), u"InvalidAttributeValueException"_s);
}

void TestConformance::updateConcurrent(const QString &objectClass)
{
    const QString uid = make(objectClass, fresh(objectClass));
    const auto read = m_rig->get(objectClass, uid);
    QVERIFY(!read->revision.isEmpty());
    QTest::qWait(5); // Another instant.
    QVERIFY(m_rig->update(objectClass, uid, {{u"city"_s, u"Theirs"_s}}));

    const auto updated = *outcomeOf(
        m_rig->writer.update(objectClass, uid, {{u"city"_s, u"Ours"_s}}, nullptr, read->revision));

    QVERIFY(!updated);
    QCOMPARE(icfExceptionName(updated.error()), u"PreconditionFailedException"_s);
    QCOMPARE(m_rig->get(objectClass, uid)->attributes["city"_L1].toString(), u"Theirs"_s);
}

void TestConformance::updateNonexisting(const QString &objectClass)
{
    QVERIFY(!m_rig->update(objectClass, u"1"_s, {{u"city"_s, u"x"_s}}));
}

void TestConformance::schemaHasNoUid(const QString &)
{
    for (const ObjectClassInfo &info : defaultSchema().classes)
        QVERIFY(!info.find(u"__UID__"_s));
}

void TestConformance::schemaHasName(const QString &)
{
    for (const ObjectClassInfo &info : defaultSchema().classes)
        QVERIFY(info.find(u"__NAME__"_s));
}

void TestConformance::schemaOperationsOfAll(const QString &)
{
    for (const ObjectClassInfo &info : defaultSchema().classes) {
        for (const char *word : {"TEST", "SCRIPT_ON_CONNECTOR", "VALIDATE", "SCHEMA"})
            QVERIFY(!info.operations().contains(QString::fromLatin1(word)));
    }
}

void TestConformance::schemaClasses(const QString &)
{
    QCOMPARE(defaultSchema().objectTypes(),
             (QStringList {u"__ALL__"_s, u"company"_s, u"companyProperties"_s, u"contact"_s,
                           u"contactProperties"_s, u"owner"_s}));
}

void TestConformance::schemaAttributes(const QString &)
{
    QFile file(QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/connector/objecttypes.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject shipped = QJsonDocument::fromJson(file.readAll()).object();
    for (const ObjectClassInfo &info : defaultSchema().classes) {
        QStringList names;
        for (const AttributeInfo &attribute : info.attributes)
            names.append(attribute.name);
        names.sort();
        QCOMPARE(names, shipped[info.name()]["properties"_L1].toObject().keys());
    }
}

void TestConformance::schemaFacts(const QString &)
{
    QFile file(QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/connector/objecttypes.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject shipped = QJsonDocument::fromJson(file.readAll()).object();
    for (const ObjectClassInfo &info : defaultSchema().classes) {
        const QJsonObject attributes = shipped[info.name()]["properties"_L1].toObject();
        for (const AttributeInfo &attribute : info.attributes) {
            const QJsonValue expected = attributes.value(attribute.name);
            const QJsonArray flags = expected["flags"_L1].toArray();
            QCOMPARE(attribute.type, expected["type"_L1].toString());
            QCOMPARE(attribute.required, expected["required"_L1].toBool());
            QCOMPARE(attribute.creatable, !flags.contains(u"NOT_CREATABLE"_s));
            QCOMPARE(attribute.updateable, !flags.contains(u"NOT_UPDATEABLE"_s));
            QCOMPARE(attribute.isMultiValued(), expected["type"_L1].toString() == "array"_L1);
            QVERIFY(attribute.readable && attribute.returnedByDefault);
        }
    }
}

void TestConformance::schemaOperations(const QString &)
{
    for (const ObjectClassInfo &info : defaultSchema().classes) {
        const QStringList expected = info.objectClass == ObjectClass::Owner
            ? QStringList {u"GET"_s, u"SEARCH"_s}
            : QStringList {u"CREATE"_s, u"DELETE"_s, u"GET"_s, u"SEARCH"_s, u"UPDATE"_s};
        QCOMPARE(info.operations(), expected);
    }
}

void TestConformance::schemaLive(const QString &)
{
    RigOptions options;
    options.readSchema = true;
    PracticeRig live(*m_server, std::move(options));

    const auto schema = *outcomeOf(live.connector.schema(nullptr));
    const auto definitions = *outcomeOf(live.portal.properties(ObjectType::Contacts, nullptr));

    QVERIFY(schema && definitions);
    const ObjectClassInfo &contact = schema->of(ObjectClass::Contact);
    for (const PropertyDefinition &definition : *definitions) {
        const auto count =
            std::count_if(contact.attributes.cbegin(), contact.attributes.cend(),
                          [&](const AttributeInfo &info) { return info.name == definition.name; });
        QCOMPARE(count, 1);
        QCOMPARE(contact.find(definition.name)->updateable, !definition.readOnlyValue);
    }
    const auto object = live.create(
        u"contact"_s, {{u"email"_s, u"live@example.com"_s}, {u"jobtitle"_s, u"Engineer"_s}});
    QVERIFY2(object, object ? "" : qPrintable(object.error().sentence()));
    QCOMPARE(object->attributes["jobtitle"_L1].toString(), u"Engineer"_s);
    QVERIFY(!live.create(u"contact"_s,
                         {{u"email"_s, u"x@example.com"_s}, {u"lifecyclestage"_s, u"nonsense"_s}}));
}

void TestConformance::testGood(const QString &)
{
    const TestReport report = m_rig->test();

    QVERIFY2(report.ok, report.error ? qPrintable(report.error->sentence()) : "");
    QCOMPARE(report.steps.size(), 8);
    for (const TestStep &step : report.steps)
        QCOMPARE(step.state, TestStep::Passed);
    QVERIFY(report.steps[1].detail.contains(u"crm.objects.contacts.read"_s)); // Scopes.
    QVERIFY(report.steps[2].detail.contains(u"12345678"_s)); // Account id.
    QVERIFY(report.steps[2].detail.contains(u"2026-09"_s)); // API version.
    QVERIFY(report.toIdmJson(u"hubspot"_s, true, {})["ok"_L1].toBool());
}

void TestConformance::testInvalid(const QString &)
{
    const auto fails = [this](RigOptions options) {
        PracticeRig bad(*m_server, std::move(options));
        const TestReport report = bad.test();
        return !report.ok && report.error && !report.error->sentence().isEmpty();
    };
    RigOptions clientId;
    clientId.clientId = u"wrong"_s;
    RigOptions clientSecret;
    clientSecret.clientSecret = "wrong";
    RigOptions revoked;
    revoked.refreshToken = Secret(std::string_view("na1-revoked"));
    RigOptions foreign;
    foreign.refreshToken = m_server->foreignRefreshToken();

    QVERIFY(fails(std::move(clientId)));
    QVERIFY(fails(std::move(clientSecret)));
    QVERIFY(fails(std::move(revoked)));
    QVERIFY(fails(std::move(foreign)));
}

void TestConformance::testTellsApart(const QString &)
{
    const auto exceptionOf = [this](RigOptions options) {
        PracticeRig bad(*m_server, std::move(options));
        const TestReport report = bad.test();
        return report.error ? icfExceptionName(*report.error) : QString();
    };
    RigOptions secret;
    secret.clientSecret = "wrong";
    practice::Fault gone;
    gone.kind = practice::FaultKind::CloseBeforeWork;
    gone.path = QRegularExpression(u"token"_s);
    gone.times = -1;
    RigOptions scope;
    scope.staticToken = m_server->addStaticToken({u"oauth"_s});

    QCOMPARE(exceptionOf(std::move(secret)), u"InvalidCredentialException"_s);
    m_server->addFault(gone);
    QCOMPARE(exceptionOf({}), u"ConnectionBrokenException"_s);
    m_server->clearFaults();
    QCOMPARE(exceptionOf(std::move(scope)), u"PermissionDeniedException"_s);
    practice::Fault daily;
    daily.kind = practice::FaultKind::RateDaily;
    daily.path = QRegularExpression(u"account-info"_s);
    daily.times = -1;
    m_server->addFault(daily);
    QCOMPARE(exceptionOf({}), u"RetryableException"_s);
    m_server->clearFaults();
}

void TestConformance::validateInvalid(const QString &)
{
    ConnectorConfiguration good;
    good.clientId = u"app"_s;
    good.hasClientSecret = true;
    good.hasRefreshToken = true;
    const quint64 before = m_server->log().total();

    QVERIFY(validate(good));
    for (int i = 0; i < 4; ++i) {
        ConnectorConfiguration bad = good;
        bad.clientId = i == 0 ? QString() : good.clientId;
        bad.hasClientSecret = i != 1;
        bad.hasRefreshToken = i != 2;
        bad.httpProxyHost = i == 3 ? u"proxy.example"_s : QString();
        QVERIFY(!validate(bad));
    }
    QCOMPARE(m_server->log().total(), before);
}

void TestConformance::configurationTypes(const QString &)
{
    const QJsonObject json = ConnectorConfiguration().toJson(false);

    for (const char *name :
         {"acceptSelfSignedCertificates", "readSchema", "disableHostNameVerifier"})
        QVERIFY(json[QString::fromLatin1(name)].isBool());
    for (const char *name : {"maximumConnections", "permitsPerSecond"})
        QCOMPARE(json[QString::fromLatin1(name)].toInt(), 10);
    QVERIFY(json["clientId"_L1].isString());
    QCOMPARE(json.size(), 8); // Ten properties, less two secrets.
}

void TestConformance::scriptRuns(const QString &)
{
    ScriptRequest request;
    request.text = u"connector.search('contact', 'true', {fields: ['_id']}).resultCount + more"_s;
    request.arguments = {{u"more"_s, 1}};

    const auto outcome =
        *outcomeOf<ScriptOutcome>(new ScriptRun(m_rig->connector, request, nullptr));

    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().what));
    QCOMPARE(outcome->result.toInt(), allUids(u"contact"_s).size() + 1);
}

void TestConformance::scriptLanguage(const QString &)
{
    ScriptRequest request;
    request.language = u"NONEXISTING LANGUAGE"_s;
    request.text = u"1"_s;

    QVERIFY(!*outcomeOf<ScriptOutcome>(new ScriptRun(m_rig->connector, request, nullptr)));
}

void TestConformance::scriptEmpty(const QString &)
{
    QVERIFY(!*outcomeOf<ScriptOutcome>(new ScriptRun(m_rig->connector, {}, nullptr)));
}

void TestConformance::attributesNotReadable(const QString &objectClass)
{
    const auto object = m_rig->get(objectClass, existing(objectClass));
    const Schema schema = defaultSchema();
    const ObjectClassInfo &info = schema.of(*objectClassFrom(objectClass));

    QVERIFY(object);
    for (const QString &name : object->attributes.keys())
        QVERIFY(info.find(name) && info.find(name)->readable);
}

void TestConformance::attributesByDefaultGet(const QString &objectClass)
{
    const auto object = m_rig->get(objectClass, existing(objectClass));
    const Schema schema = defaultSchema();

    QVERIFY(object);
    for (const QString &name : object->attributes.keys())
        QVERIFY(schema.of(*objectClassFrom(objectClass)).find(name)->returnedByDefault);
}

void TestConformance::attributesByDefaultSearch(const QString &objectClass)
{
    const auto found = m_rig->search(objectClass, equals(u"_id"_s, existing(objectClass)));
    const Schema schema = defaultSchema();

    QVERIFY(found && found->count == 1);
    for (const QString &name : found->objects.constFirst().attributes.keys())
        QVERIFY(schema.of(*objectClassFrom(objectClass)).find(name)->returnedByDefault);
}

void TestConformance::attributesNotUpdateable(const QString &objectClass)
{
    const QString uid = make(objectClass, fresh(objectClass));
    QJsonObject values;
    const Schema schema = defaultSchema();
    for (const AttributeInfo &info : schema.of(*objectClassFrom(objectClass)).attributes) {
        if (!info.updateable)
            values[info.name] = QJsonValue();
    }
    QVERIFY(!values.isEmpty());
    const quint64 before = m_server->log().total();

    const auto updated = m_rig->update(objectClass, uid, values);

    QVERIFY(!updated);
    QCOMPARE(updated.error().fields.size(), values.size());
    QCOMPARE(m_server->log().total(), before);
}

void TestConformance::attributesRequired(const QString &)
{
    for (const ObjectClassInfo &info : defaultSchema().classes) {
        for (const AttributeInfo &attribute : info.attributes)
            QVERIFY(!attribute.required || attribute.creatable);
    }
}

void TestConformance::wholeLife(const QString &objectClass)
{
    const QStringList before = allUids(objectClass);
    QStringList made;
    for (int i = 0; i < 5; ++i) {
        made.append(make(objectClass, fresh(objectClass)));
        QVERIFY(m_rig->get(objectClass, made.constLast()));
    }
    QVERIFY(m_rig->test().ok);

    QVERIFY(m_rig->remove(objectClass, made.takeFirst()));
    QCOMPARE(setOf(allUids(objectClass)), setOf(before + made));

    const QJsonObject changed = fresh(objectClass);
    const auto updated = m_rig->update(objectClass, made.constFirst(), changed);
    QVERIFY(updated);
    const auto found = m_rig->search(objectClass, equals(u"_id"_s, updated->uid));
    QCOMPARE(found->count, 1);
    compareAttributes(found->objects.constFirst(), changed);
    QVERIFY(validate(*m_rig->connector.options().configuration));

    QVERIFY(m_rig->remove(objectClass, make(objectClass, fresh(objectClass))));
    for (const QString &uid : std::as_const(made))
        QVERIFY(m_rig->remove(objectClass, uid));
    QCOMPARE(setOf(allUids(objectClass)), setOf(before));
}

void TestConformance::keepsSecrets(const QString &)
{
    QLoggingCategory::setFilterRules(u"hubkeeper.*=true"_s);
    logged.clear();
    const auto previous = qInstallMessageHandler(&keepMessage);
    QStringList texts;
    RigOptions foreign;
    foreign.refreshToken = m_server->foreignRefreshToken();
    PracticeRig bad(*m_server, std::move(foreign));
    bad.traffic.setKeepsBodies(true);
    m_rig->traffic.setKeepsBodies(true);
    const TestReport report = bad.test();
    texts.append(report.error->sentence());
    texts.append(
        QString::fromUtf8(QJsonDocument(report.toIdmJson(u"hubspot"_s, true, {})).toJson()));
    for (const TestStep &step : m_rig->test().steps)
        texts.append(step.detail);
    (void)m_rig->create(u"contact"_s, fresh(u"contact"_s));
    for (const auto &rig : {&bad, m_rig.get()}) {
        for (const TrafficRecord &record : rig->traffic.records())
            texts.append({record.url, record.error, QString::fromUtf8(record.requestBody),
                          QString::fromUtf8(record.replyBody)});
    }
    qInstallMessageHandler(previous);
    QLoggingCategory::setFilterRules({});
    texts += logged;

    QVERIFY(texts.size() > 10);
    const auto isSeen = [&texts](const Secret &secret) {
        return secret.withClearText([&](std::string_view clear) {
            const QString text = QString::fromUtf8(clear.data(), qsizetype(clear.size()));
            return std::any_of(texts.cbegin(), texts.cend(),
                               [&](const QString &one) { return one.contains(text); });
        });
    };
    QVERIFY(!isSeen(m_server->clientSecret()));
    QVERIFY(!isSeen(m_server->refreshToken()));
    QVERIFY(!isSeen(m_server->foreignRefreshToken()));
    QVERIFY(!isSeen(**secretOf(m_rig->tokens->token(nullptr))));
}

void TestConformance::keepsPermits(const QString &)
{
    RigOptions options;
    options.permitsPerSecond = 10;
    PracticeRig slow(*m_server, std::move(options));
    QVERIFY(!slow.get(u"contact"_s, u"1"_s)); // The token is there.
    const QString uid = allUids(u"contact"_s).constFirst();
    m_server->clearLog();

    int done = 0;
    QObject context;
    for (int i = 0; i < 25; ++i) {
        slow.connector.get(u"contact"_s, uid, {u"email"_s}, &context)
            ->onDone(&context, [&done](const Result<ConnectorObject> &) { ++done; });
    }
    QTRY_COMPARE_WITH_TIMEOUT(done, 25, 10'000);

    const auto &requests = m_server->log().requests();
    QCOMPARE(requests.size(), 25);
    for (qsizetype i = 10; i < requests.size(); ++i) {
        // Arrivals jitter by a little; departures do not.
        const auto apart = requests[i].at - requests[i - 10].at;
        QVERIFY2(apart >= 950, qPrintable(QString::number(apart)));
    }
}

HUBKEEPER_TEST(TestConformance)
#include "tst_conformance.moc"
