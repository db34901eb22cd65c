// SPDX-License-Identifier: MIT
#include "connector/crestmatch.h"
#include "connector/filtertranslation.h"
#include "filter/crestfilter.h"
#include "filter/crestparser.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

CrestFilter parsed(const QString &text)
{
    const auto filter = parseCrestFilter(text);
    return filter ? *filter : CrestFilter::compare(u"not"_s, u"parsed"_s, text);
}

/// The fields of these tests: p1 to p9 are texts, the others say what they are.
SearchField resolve(const QStringList &pointer)
{
    const QString field = pointer.constFirst();
    if (field == "_id"_L1)
        return {u"hs_object_id"_s, ValueKind::Id, false, true};
    if (field == "email"_L1)
        return {u"email"_s, ValueKind::Text, false, true};
    if (field == "number"_L1)
        return {field, ValueKind::Number, false, false};
    if (field == "instant"_L1)
        return {field, ValueKind::Instant, false, false};
    if (field == "option"_L1)
        return {field, ValueKind::Exact, false, false};
    if (field == "bool"_L1)
        return {field, ValueKind::Boolean, false, false};
    if (field == "phone"_L1)
        return {field, ValueKind::Text, true, false};
    if (field == "local"_L1)
        return {};
    return {field, ValueKind::Text, false, false};
}

QString wordOf(SearchOperator op)
{
    static const QHash<SearchOperator, QString> words {
        {SearchOperator::Eq, u"="_s},
        {SearchOperator::Neq, u"!="_s},
        {SearchOperator::Lt, u"<"_s},
        {SearchOperator::Lte, u"<="_s},
        {SearchOperator::Gt, u">"_s},
        {SearchOperator::Gte, u">="_s},
        {SearchOperator::In, u"in"_s},
        {SearchOperator::HasProperty, u"has"_s},
        {SearchOperator::NotHasProperty, u"hasnot"_s}};
    return words.value(op);
}

/// A plan as one line: "a=1&b=2|c has;d=3" with ; between searches.
QString lineOf(const SearchPlan &plan)
{
    QStringList parts;
    if (plan.everything)
        parts.append(u"all"_s);
    for (const QString &id : plan.ids)
        parts.append(u"#"_s + id);
    for (const QString &email : plan.emails)
        parts.append(u"@"_s + email);
    for (const auto &query : plan.queries) {
        QStringList groups;
        for (const auto &group : query) {
            QStringList filters;
            for (const SearchFilter &filter : group)
                filters.append(filter.property + wordOf(filter.op) + filter.value
                               + filter.values.join(u','));
            groups.append(filters.join(u'&'));
        }
        parts.append(groups.join(u'|'));
    }
    return parts.join(u';') + (plan.exact ? u""_s : u" then filter"_s);
}

} // namespace

class TestCrestFilter : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void parses_data();
    void parses();
    void printsWhatItParses_data();
    void printsWhatItParses();
    void limitsNesting();
    void matches_data();
    void matches();
    void plans_data();
    void plans();
    void staysWithinTheLimitsOfSearch();
    void prepares_data();
    void prepares();
};

void TestCrestFilter::refuses_data()
{
    QTest::addColumn<QString>("text");

    for (const char *text : {"",
                             "(",
                             ")",
                             "()",
                             "xxx",
                             "x and y",
                             "x or y",
                             "true and",
                             "true or",
                             "true and true and",
                             "true or false or",
                             "nt",
                             "foo eq bar",
                             "foo eq \"bar",
                             "foo eq bar\"",
                             "foo eq",
                             "foo pr 123",
                             "true foo",
                             "name op! 123",
                             "name op! 123\\",
                             "!true",
                             "!(",
                             "(true",
                             "true)",
                             "a eq 1e5",
                             "a eq 99999999999999999999",
                             "/ eq 1",
                             "a//b eq 1",
                             "a eq (1)",
                             "a eq \"x\"\\",
                             "a\teq\t1"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestCrestFilter::refuses()
{
    QFETCH(QString, text);

    const auto filter = parseCrestFilter(text);

    QVERIFY(!filter);
    QCOMPARE(filter.error().kind, ErrorKind::InvalidInput);
    QVERIFY(filter.error().what.contains(u"could not be parsed as a valid query filter"_s));
}

void TestCrestFilter::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("op");
    QTest::addColumn<QJsonValue>("value");

    // clang-format off
    QTest::newRow("escaped quote")   << uR"(/name eq "al\"ice")"_s << u"name"_s    << u"eq"_s    << QJsonValue(u"al\"ice"_s);
    QTest::newRow("escaped single")  << uR"(/name eq 'al\'ice')"_s << u"name"_s    << u"eq"_s    << QJsonValue(u"al'ice"_s);
    QTest::newRow("backslash")       << uR"(/name eq "\\alice")"_s << u"name"_s    << u"eq"_s    << QJsonValue(u"\\alice"_s);
    QTest::newRow("\\n is n")        << uR"(/name eq "a\nb")"_s    << u"name"_s    << u"eq"_s    << QJsonValue(u"anb"_s);
    QTest::newRow("integer")         << u"/age eq 1234"_s          << u"age"_s     << u"eq"_s    << QJsonValue(1234);
    QTest::newRow("64 bit")          << u"a eq 9007199254740993"_s << u"a"_s       << u"eq"_s    << QJsonValue(qint64(9007199254740993));
    QTest::newRow("double")          << u"/balance eq 3.14159"_s   << u"balance"_s << u"eq"_s    << QJsonValue(3.14159);
    QTest::newRow("boolean")         << u"/isAdmin eq false"_s     << u"isAdmin"_s << u"eq"_s    << QJsonValue(false);
    QTest::newRow("extended")        << uR"(/name regex "al.*")"_s << u"name"_s    << u"regex"_s << QJsonValue(u"al.*"_s);
    QTest::newRow("letter case")     << u"a EQ TRUE"_s             << u"a"_s       << u"eq"_s    << QJsonValue(true);
    QTest::newRow("no slash")        << u"a co 'x'"_s              << u"a"_s       << u"co"_s    << QJsonValue(u"x"_s);
    QTest::newRow("trailing slash")  << u"/a/ co 'x'"_s            << u"a"_s       << u"co"_s    << QJsonValue(u"x"_s);
    QTest::newRow("two steps")       << u"/a/b co 'x'"_s           << u"a/b"_s     << u"co"_s    << QJsonValue(u"x"_s);
    QTest::newRow("percent")         << u"/a%20b co 'x'"_s         << u"a b"_s     << u"co"_s    << QJsonValue(u"x"_s);
    QTest::newRow("brackets inside") << u"a eq '(or)'"_s           << u"a"_s       << u"eq"_s    << QJsonValue(u"(or)"_s);
    QTest::newRow("blanks")          << u"  a   eq  'x y'  "_s     << u"a"_s       << u"eq"_s    << QJsonValue(u"x y"_s);
    // clang-format on
}

void TestCrestFilter::parses()
{
    QFETCH(QString, text);

    const auto filter = parseCrestFilter(text);

    QVERIFY2(filter, filter ? "" : qPrintable(filter.error().sentence()));
    QCOMPARE(filter->kind, CrestFilter::Compare);
    QTEST(filter->pointer.join(u'/'), "pointer");
    QTEST(filter->op, "op");
    QTEST(filter->value, "value");
}

void TestCrestFilter::printsWhatItParses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");

    // clang-format off
    QTest::newRow("presence")   << u"/name pr"_s                    << u"/name pr"_s;
    QTest::newRow("twice not")  << u"! (! (/age eq 1234))"_s        << u"! (! (/age eq 1234))"_s;
    QTest::newRow("nested")     << u"(/role eq 'a' and (/role eq 'b' or /role eq 'c'))"_s << u"(/role eq \"a\" and (/role eq \"b\" or /role eq \"c\"))"_s;
    QTest::newRow("binding")    << u"a pr or b pr and c pr"_s       << u"(/a pr or (/b pr and /c pr))"_s;
    QTest::newRow("true")       << u"TRUE"_s                        << u"true"_s;
    QTest::newRow("quotes")     << uR"(a eq "x\"\\y")"_s            << uR"(/a eq "x\"\\y")"_s;
    QTest::newRow("not bound")  << u"! (a pr) and b pr"_s           << u"(! (/a pr) and /b pr)"_s;
    QTest::newRow("blank name") << u"/a%20b pr"_s                   << u"/a%20b pr"_s;
    QTest::newRow("slash name") << u"/a%2Fb pr"_s                   << u"/a%2Fb pr"_s;
    QTest::newRow("negative")   << u"a lt -5"_s                     << u"/a lt -5"_s;
    // clang-format on
}

void TestCrestFilter::printsWhatItParses()
{
    QFETCH(QString, text);

    const CrestFilter filter = parsed(text);

    QTEST(filter.toString(), "printed");
    QVERIFY(parsed(filter.toString()) == filter);
}

void TestCrestFilter::limitsNesting()
{
    const auto nested = [](int depth) {
        return QString(depth, u'(') + u"true"_s + QString(depth, u')');
    };

    QVERIFY(parseCrestFilter(nested(256)));
    QVERIFY(!parseCrestFilter(nested(257)));
    QVERIFY(!parseCrestFilter(QString(100'000, u'(')));
}

void TestCrestFilter::matches_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("expected");

    // clang-format off
    QTest::newRow("text case")          << u"text eq 'ada LOVELACE'"_s        << true;
    QTest::newRow("text part")          << u"text co 'LOVE'"_s                << true;
    QTest::newRow("text start")         << u"text sw 'Ada'"_s                 << true;
    QTest::newRow("text not start")     << u"text sw 'Love'"_s                << false;
    QTest::newRow("text end")           << u"text ew 'lace'"_s                << true;
    QTest::newRow("other form")         << u"text co 'Lovela\u0301ce'"_s        << true;
    QTest::newRow("option case")        << u"option eq 'lead'"_s              << false;
    QTest::newRow("option")             << u"option eq 'LEAD'"_s              << true;
    QTest::newRow("number by value")    << u"number eq 10.0"_s                << true;
    QTest::newRow("number not as text") << u"number gt 9"_s                   << true;
    QTest::newRow("number as text")     << u"number eq '10'"_s                << true;
    QTest::newRow("no number")          << u"number lt 'abc'"_s               << false;
    QTest::newRow("instant zones")      << u"instant eq '2026-11-23T11:00:00+01:00'"_s << true;
    QTest::newRow("instant no zone")    << u"instant le '2026-11-23T10:00:00'"_s       << true;
    QTest::newRow("instant epoch")      << u"instant gt 0"_s                  << true;
    QTest::newRow("instant day")        << u"instant ge '2026-11-23'"_s       << true;
    QTest::newRow("day")                << u"day eq 1772323200000"_s          << true;
    QTest::newRow("boolean")            << u"bool eq true"_s                  << true;
    QTest::newRow("boolean as text")    << u"bool eq 'TRUE'"_s                << true;
    QTest::newRow("id order")           << u"_id gt '99'"_s                   << true;
    QTest::newRow("id as text")         << u"_id eq '0512'"_s                 << false;
    QTest::newRow("list item")          << u"list eq 'b'"_s                   << true;
    QTest::newRow("list all")           << u"list ca 'c'"_s                   << false;
    QTest::newRow("missing eq")         << u"none eq 'x'"_s                   << false;
    QTest::newRow("missing lt")         << u"none lt 'x'"_s                   << false;
    QTest::newRow("missing pr")         << u"none pr"_s                       << false;
    QTest::newRow("not missing")        << u"! (none eq 'x')"_s               << true;
    QTest::newRow("present list")       << u"list pr"_s                       << true;
    QTest::newRow("present false")      << u"no pr"_s                         << true;
    QTest::newRow("empty text")         << u"none eq ''"_s                    << false;
    QTest::newRow("decomposed, part")   << u"accents sw 'ZÜR'"_s              << true;
    QTest::newRow("dotted capital i")   << u"dotted co 'istanbul'"_s          << true;
    QTest::newRow("or")                 << u"none pr or text pr"_s            << true;
    QTest::newRow("and")                << u"none pr and text pr"_s           << false;
    // clang-format on
}

void TestCrestFilter::matches()
{
    QFETCH(QString, filter);
    const QHash<QString, FieldValue> object {
        {u"text"_s, {u"Ada Lovelace"_s, ValueKind::Text}},
        {u"option"_s, {u"LEAD"_s, ValueKind::Exact}},
        {u"number"_s, {u"10"_s, ValueKind::Number}},
        {u"instant"_s, {u"2026-11-23T10:00:00.000Z"_s, ValueKind::Instant}},
        {u"day"_s, {u"2026-03-01"_s, ValueKind::Day}},
        {u"bool"_s, {true, ValueKind::Boolean}},
        {u"no"_s, {false, ValueKind::Boolean}},
        {u"accents"_s, {u"Zu\u0308rich"_s, ValueKind::Text}},
        {u"dotted"_s, {u"\u0130stanbul"_s, ValueKind::Text}},
        {u"_id"_s, {u"512"_s, ValueKind::Id}},
        {u"list"_s, {QJsonArray {u"a"_s, u"b"_s}, ValueKind::Exact}}};

    const bool found = hubkeeper::matches(parsed(filter), [&](const QStringList &pointer) {
        return object.value(pointer.constFirst());
    });

    QTEST(found, "expected");
}

void TestCrestFilter::plans_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("plan");

    // clang-format off
    QTest::newRow("true")              << u"true"_s                     << u"all"_s;
    QTest::newRow("false")             << u"false"_s                    << u""_s;
    QTest::newRow("equal")             << u"p1 eq 'x'"_s                << u"p1=x"_s;
    QTest::newRow("not equal")         << u"! (p1 eq 'x')"_s            << u"p1!=x|p1hasnot"_s;
    QTest::newRow("present")           << u"p1 pr"_s                    << u"p1has"_s;
    QTest::newRow("not present")       << u"! (p1 pr)"_s                << u"p1hasnot"_s;
    QTest::newRow("twice not")         << u"! (! (p1 pr))"_s            << u"p1has"_s;
    QTest::newRow("text order")        << u"p1 lt 'x'"_s                << u"p1has then filter"_s;
    QTest::newRow("number order")      << u"number ge 5"_s              << u"number>=5"_s;
    QTest::newRow("not number order")  << u"! (number lt 5)"_s          << u"number>=5|numberhasnot"_s;
    QTest::newRow("no number")         << u"number eq 'x'"_s            << u"numberhas then filter"_s;
    QTest::newRow("instant")           << u"instant gt '2026-03-01T00:00:00Z'"_s << u"instant>1772323200000"_s;
    QTest::newRow("boolean")           << u"bool eq TRUE"_s             << u"bool=true"_s;
    QTest::newRow("contains")          << u"p1 co 'ada'"_s              << u"p1has then filter"_s;
    QTest::newRow("starts")            << u"p1 sw 'ada'"_s              << u"p1has then filter"_s;
    QTest::newRow("ends")              << u"p1 ew 'ada'"_s              << u"p1has then filter"_s;
    QTest::newRow("no single token")   << u"p1 co 'a b'"_s              << u"p1has then filter"_s;
    QTest::newRow("no ASCII")          << u"p1 co 'é'"_s                << u"p1has then filter"_s;
    QTest::newRow("not contains")      << u"! (p1 co 'x')"_s            << u"all then filter"_s;
    QTest::newRow("phone")             << u"phone eq '+1'"_s            << u"phonehas then filter"_s;
    QTest::newRow("and")               << u"p1 eq 'x' and p2 pr"_s      << u"p1=x&p2has"_s;
    QTest::newRow("or")                << u"p1 eq 'x' or p2 pr"_s       << u"p1=x|p2has"_s;
    QTest::newRow("De Morgan and")     << u"! (p1 pr and p2 pr)"_s      << u"p1hasnot|p2hasnot"_s;
    QTest::newRow("De Morgan or")      << u"! (p1 pr or p2 pr)"_s       << u"p1hasnot&p2hasnot"_s;
    QTest::newRow("distribution")      << u"(p1 pr or p2 pr) and (p3 pr or p4 pr)"_s << u"p1has&p3has|p1has&p4has|p2has&p3has|p2has&p4has"_s;
    QTest::newRow("local and")         << u"local eq 'x' and p1 pr"_s   << u"p1has then filter"_s;
    QTest::newRow("local or")          << u"local eq 'x' or p1 pr"_s    << u"all then filter"_s;
    QTest::newRow("false and local")   << u"false and local pr"_s       << u" then filter"_s;
    QTest::newRow("true or anything")  << u"true or p1 pr"_s            << u"all"_s;
    QTest::newRow("id")                << u"_id eq '5'"_s               << u"#5"_s;
    QTest::newRow("two ids")           << u"_id eq '5' or _id eq '7'"_s << u"#5;#7"_s;
    QTest::newRow("id and more")       << u"_id eq '5' and p1 pr"_s     << u"#5 then filter"_s;
    QTest::newRow("id or more")        << u"_id eq '5' or p1 pr"_s      << u"#5;p1has"_s;
    QTest::newRow("no id")             << u"_id eq 'abc'"_s             << u""_s;
    QTest::newRow("not this id")       << u"! (_id eq '5')"_s           << u"hs_object_id!=5|hs_object_idhasnot"_s;
    QTest::newRow("id order")          << u"_id gt '5'"_s               << u"hs_object_id>5"_s;
    QTest::newRow("email")             << u"email eq 'a@example.com'"_s << u"@a@example.com"_s;
    QTest::newRow("email part")        << u"email sw 'a'"_s             << u"emailhas then filter"_s;
    QTest::newRow("options")           << u"option eq 'A' or option eq 'B' or p1 pr"_s << u"p1has|optioninA,B"_s;
    QTest::newRow("same twice")        << u"p1 pr and p1 pr"_s          << u"p1has"_s;
    QTest::newRow("six groups")        << u"p1 pr or p2 pr or p3 pr or p4 pr or p5 pr or p6 pr"_s << u"p1has|p2has|p3has|p4has|p5has;p6has"_s;
    QTest::newRow("six filters")       << u"p1 eq 'x' and p2 pr and p3 eq 'x' and p4 eq 'x' and p5 eq 'x' and p6 eq 'x'"_s << u"p1=x&p3=x&p4=x&p5=x&p6=x then filter"_s;
    // clang-format on
}

void TestCrestFilter::plans()
{
    QFETCH(QString, filter);

    QTEST(lineOf(planSearch(parsed(filter), &resolve)), "plan");
}

void TestCrestFilter::staysWithinTheLimitsOfSearch()
{
    std::vector<CrestFilter> alternatives;
    for (int size = 1; size <= 60; ++size) {
        alternatives.push_back(CrestFilter::allOf(
            {CrestFilter::compare(u"p%1"_s.arg(size), u"eq"_s, QString(size * 20, u'x')),
             CrestFilter::compare(u"p1"_s, u"eq"_s, u"y"_s), CrestFilter::present(u"p2"_s)}));

        const SearchPlan plan = planSearch(CrestFilter::anyOf(alternatives), &resolve);

        for (const auto &groups : plan.queries) {
            SearchQuery query;
            query.groups = groups;
            for (auto &group : query.groups)
                group.append(
                    {u"hs_object_id"_s, SearchOperator::Gt, u"9223372036854775807"_s, {}, {}});
            QVERIFY2(searchBody(query), qPrintable(lineOf(plan)));
        }
        QVERIFY(plan.everything || !plan.queries.isEmpty());
    }
}

void TestCrestFilter::prepares_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("prepared"); // Empty: refused.

    // clang-format off
    QTest::newRow("known")            << u"known eq 'x'"_s        << u"/known eq \"x\""_s;
    QTest::newRow("unknown")          << u"other eq 'x'"_s        << u""_s;
    QTest::newRow("unknown presence") << u"other pr"_s            << u"false"_s;
    QTest::newRow("two steps")        << u"known/more eq 'x'"_s   << u""_s;
    QTest::newRow("extended")         << u"known regex 'x'"_s     << u""_s;
    QTest::newRow("inside")           << u"! (known regex 'x')"_s << u""_s;
    QTest::newRow("in")               << u"known in '[\"a\",\"b\"]'"_s << u"(/known eq \"a\" or /known eq \"b\")"_s;
    QTest::newRow("in nothing")       << u"known in '[]'"_s       << u"false"_s;
    QTest::newRow("in no list")       << u"known in 'a'"_s        << u""_s;
    // clang-format on
}

void TestCrestFilter::prepares()
{
    QFETCH(QString, filter);
    QFETCH(QString, prepared);

    const auto outcome =
        prepareFilter(parsed(filter), [](const QString &field) { return field == "known"_L1; });

    QCOMPARE(outcome ? outcome->toString() : QString(), prepared);
    QVERIFY(outcome || outcome.error().kind == ErrorKind::InvalidInput);
}

HUBKEEPER_TEST(TestCrestFilter)
#include "tst_crestfilter.moc"
