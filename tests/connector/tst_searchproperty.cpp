// SPDX-License-Identifier: MIT
#include "connector/crestmatch.h"
#include "practicerig.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <random>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// A field of both classes with the way its values compare.
struct Field
{
    QString name;
    ValueKind kind;
};

const QList<Field> contactFields {
    {u"_id"_s, ValueKind::Id},         {u"email"_s, ValueKind::Text},
    {u"firstname"_s, ValueKind::Text}, {u"lastname"_s, ValueKind::Text},
    {u"phone"_s, ValueKind::Text},     {u"city"_s, ValueKind::Text},
    {u"company"_s, ValueKind::Text}};
const QList<Field> companyFields {{u"_id"_s, ValueKind::Id},
                                  {u"name"_s, ValueKind::Text},
                                  {u"phone"_s, ValueKind::Text},
                                  {u"city"_s, ValueKind::Text}};

/// Makes filters out of what the records hold, so that they find something now and then.
class FilterSource
{
public:
    FilterSource(unsigned seed, QList<Field> fields, QList<ConnectorObject> objects)
        : m_random(seed)
        , m_fields(std::move(fields))
        , m_objects(std::move(objects))
    {
    }

    [[nodiscard]] CrestFilter filter(int depth)
    {
        const int choice = depth == 0 ? 0 : int(m_random() % 6);
        if (choice < 2)
            return leaf();
        if (choice == 2)
            return CrestFilter::negated(filter(depth - 1));
        std::vector<CrestFilter> operands;
        for (size_t i = 0; i < 2 + m_random() % 2; ++i)
            operands.push_back(filter(depth - 1));
        return choice < 5 ? CrestFilter::allOf(std::move(operands))
                          : CrestFilter::anyOf(std::move(operands));
    }

private:
    [[nodiscard]] CrestFilter leaf()
    {
        const Field &field = m_fields[qsizetype(m_random() % size_t(m_fields.size()))];
        if (m_random() % 8 == 0)
            return CrestFilter::present(field.name);
        static const QStringList operators {u"eq"_s, u"eq"_s, u"co"_s, u"sw"_s, u"lt"_s,
                                            u"le"_s, u"gt"_s, u"ge"_s, u"ew"_s};
        const QString op = operators[qsizetype(m_random() % size_t(operators.size()))];
        return CrestFilter::compare(field.name, op, partOf(someValue(field), op));
    }

    [[nodiscard]] QString someValue(const Field &field)
    {
        const ConnectorObject &object = m_objects[qsizetype(m_random() % size_t(m_objects.size()))];
        const QString value =
            field.name == "_id"_L1 ? object.uid : object.attributes.value(field.name).toString();
        if (value.isEmpty())
            return u"nobody"_s;
        return m_random() % 4 == 0 && field.kind == ValueKind::Text ? value.toUpper() : value;
    }

    [[nodiscard]] QString partOf(const QString &value, const QString &op)
    {
        const qsizetype some = 1 + qsizetype(m_random() % size_t(value.size()));
        if (op == "co"_L1)
            return value.mid(value.size() / 3, some);
        if (op == "sw"_L1)
            return value.left(some);
        return op == "ew"_L1 ? value.right(some) : value;
    }

    std::mt19937 m_random;
    const QList<Field> m_fields;
    const QList<ConnectorObject> m_objects;
};

} // namespace

/// Whatever is pushed down to HubSpot and whatever is filtered here: the same records come out as
/// from evaluating the filter over all of them.
class TestSearchProperty : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void sameAsLocal_data();
    void sameAsLocal();
    void keysAreReadDirectly_data();
    void keysAreReadDirectly();
    void goesBeyondTheReachOfSearch();

private:
    SystemClock m_clock;
    std::unique_ptr<practice::PracticePortal> m_server;
};

void TestSearchProperty::initTestCase()
{
    practice::PracticeOptions options = smallPortal();
    options.contacts = 120;
    m_server = std::make_unique<practice::PracticePortal>(options, m_clock);
    QVERIFY(m_server->start());
}

void TestSearchProperty::sameAsLocal_data()
{
    QTest::addColumn<QString>("objectClass");
    QTest::addColumn<unsigned>("seed");
    for (const unsigned seed : {1u, 2u, 3u}) {
        QTest::addRow("contacts, seed %u", seed) << u"contact"_s << seed;
        QTest::addRow("companies, seed %u", seed) << u"company"_s << seed;
    }
}

void TestSearchProperty::sameAsLocal()
{
    QFETCH(QString, objectClass);
    QFETCH(unsigned, seed);
    PracticeRig rig(*m_server);
    const auto everything = rig.search(objectClass, u"true"_s);
    QVERIFY(everything && everything->objects.size() >= 30);
    const QList<Field> &fields = objectClass == "contact"_L1 ? contactFields : companyFields;
    FilterSource source(seed, fields, everything->objects);
    int found = 0;
    for (int i = 0; i < 60; ++i) {
        const CrestFilter filter = source.filter(3);
        QStringList expected;
        for (const ConnectorObject &object : everything->objects) {
            const bool isMatch = matches(filter, [&](const QStringList &pointer) -> FieldValue {
                if (pointer[0] == "_id"_L1)
                    return {object.uid, ValueKind::Id};
                return {object.attributes.value(pointer[0]), ValueKind::Text};
            });
            if (isMatch)
                expected.append(object.uid);
        }

        const auto result = rig.search(objectClass, filter.toString());

        QVERIFY2(result, qPrintable(filter.toString()));
        QStringList uids;
        for (const ConnectorObject &object : result->objects)
            uids.append(object.uid);
        QVERIFY2(uids == expected,
                 qPrintable(filter.toString() + u"\nfound: "_s + uids.join(u' ') + u"\nexpected: "_s
                            + expected.join(u' ')));
        found += uids.isEmpty() || uids.size() == everything->objects.size() ? 0 : 1;
    }
    QVERIFY2(found >= 10, "The filters must tell records apart, or nothing is tried.");
}

void TestSearchProperty::keysAreReadDirectly_data()
{
    QTest::addColumn<QString>("filter");
    QTest::newRow("id") << u"_id eq '%1'"_s;
    QTest::newRow("id, and more") << u"_id eq '%1' and email pr"_s;
    QTest::newRow("e-mail") << u"email eq 'key@example.com'"_s;
    QTest::newRow("e-mail, other case") << u"email eq 'KEY@Example.com'"_s;
    QTest::newRow("either") << u"email eq 'key@example.com' or _id eq '7'"_s;
}

/// A record just made is found although the index does not know it yet.
void TestSearchProperty::keysAreReadDirectly()
{
    QFETCH(QString, filter);
    m_server->reset();
    m_server->setIndexDelay(std::chrono::hours(1));
    PracticeRig rig(*m_server);
    const auto made = rig.create(u"contact"_s, {{u"email"_s, u"key@example.com"_s}});
    QVERIFY(made);
    if (filter.contains(u"%1"_s))
        filter = filter.arg(made->uid);

    const auto found = rig.search(u"contact"_s, filter);

    m_server->setIndexDelay({});
    QVERIFY2(found, found ? "" : qPrintable(found.error().sentence()));
    QCOMPARE(found->objects.size(), 1);
    QCOMPARE(found->objects.constFirst().uid, made->uid);
    QCOMPARE(m_server->log().count("POST", "/crm/objects/2026-09/contacts/search"), 0);
}

void TestSearchProperty::goesBeyondTheReachOfSearch()
{
    practice::PracticeOptions options = smallPortal();
    options.contacts = 400;
    options.bounds.searchReach = 400; // Instead of 10,000: the second window begins by id.
    options.bounds.searchPage = 200;
    practice::PracticePortal server(options, m_clock);
    QVERIFY(server.start());
    PracticeRig rig(server);

    const auto found = rig.search(u"contact"_s, u"email pr or ! (email pr)"_s);
    const auto present = rig.search(u"contact"_s, u"lastname pr"_s);
    const auto absent = rig.search(u"contact"_s, u"! (lastname pr)"_s);

    QVERIFY(found && present && absent);
    QCOMPARE(found->objects.size(), 400);
    QCOMPARE(present->objects.size() + absent->objects.size(), 400);
}

HUBKEEPER_TEST(TestSearchProperty)
#include "tst_searchproperty.moc"
