// SPDX-License-Identifier: MIT
#include "filter/crestparser.h"
#include "practicesession.h"
#include "session/views/readview.h"
#include "session/views/relativedate.h"
#include "session/views/viewfilter.h"
#include "session/views/viewregistry.h"
#include "testkit/testprogram.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

PropertyDefinition propertyOf(const QString &name, const QString &type, const QString &field = {})
{
    PropertyDefinition definition;
    definition.name = name;
    definition.label = name;
    definition.type = type;
    definition.fieldType = field;
    return definition;
}

QList<PropertyDefinition> sampleDefinitions()
{
    return {propertyOf(u"company"_s, u"string"_s),
            propertyOf(u"city"_s, u"string"_s),
            propertyOf(u"createdate"_s, u"datetime"_s),
            propertyOf(u"birthday"_s, u"date"_s),
            propertyOf(u"stage"_s, u"enumeration"_s),
            propertyOf(u"roles"_s, u"enumeration"_s, u"checkbox"_s),
            propertyOf(u"employees"_s, u"number"_s),
            propertyOf(u"phone"_s, u"string"_s, u"phonenumber"_s)};
}

/// Monday, 30 November 2026, in the evening of New York: in UTC it is Tuesday.
QDateTime evening()
{
    return {QDate(2026, 11, 30), QTime(21, 0), QTimeZone("America/New_York")};
}

} // namespace

/// What views mean.
class TestViews final : public QObject
{
    Q_OBJECT

private slots:
    void knowsTermsOfDays_data();
    void knowsTermsOfDays();
    void resolvesTerms_data();
    void resolvesTerms();
    void refusesWhatIsNoCondition_data();
    void refusesWhatIsNoCondition();
    void writesConditionsPlainly_data();
    void writesConditionsPlainly();
    void plansWhatHubSpotAnswers_data();
    void plansWhatHubSpotAnswers();
    void readsAViewOfSeveralSearches();
    void readsWhatHubSpotCannotAnswer();
    void sortsByTheView();
};

void TestViews::knowsTermsOfDays_data()
{
    QTest::addColumn<QString>("term");
    QTest::addColumn<QString>("days"); // First and the one after; empty: no term.
    // Today is Monday, 30 November 2026.
    // clang-format off
    QTest::newRow("today")        << u"{today}"_s          << u"2026-11-30 2026-12-01"_s;
    QTest::newRow("yesterday")    << u"{Yesterday}"_s      << u"2026-11-29 2026-11-30"_s;
    QTest::newRow("tomorrow")     << u"{ tomorrow }"_s     << u"2026-12-01 2026-12-02"_s;
    QTest::newRow("this week")    << u"{this week}"_s      << u"2026-11-30 2026-12-07"_s;
    QTest::newRow("last week")    << u"{last week}"_s      << u"2026-11-23 2026-11-30"_s;
    QTest::newRow("this month")   << u"{this month}"_s     << u"2026-11-01 2026-12-01"_s;
    QTest::newRow("next month")   << u"{next month}"_s     << u"2026-12-01 2027-01-01"_s;
    QTest::newRow("this quarter") << u"{this quarter}"_s   << u"2026-10-01 2027-01-01"_s;
    QTest::newRow("last quarter") << u"{last quarter}"_s   << u"2026-07-01 2026-10-01"_s;
    QTest::newRow("last year")    << u"{last year}"_s      << u"2025-01-01 2026-01-01"_s;
    QTest::newRow("last 7 days")  << u"{last 7 days}"_s    << u"2026-11-24 2026-12-01"_s;
    QTest::newRow("last 1 day")   << u"{last 1 day}"_s     << u"2026-11-30 2026-12-01"_s;
    QTest::newRow("next 7 days")  << u"{next 7 days}"_s    << u"2026-11-30 2026-12-07"_s;
    QTest::newRow("7 days ago")   << u"{7 days ago}"_s     << u"2026-11-23 2026-11-24"_s;
    QTest::newRow("1 month ago")  << u"{1 month ago}"_s    << u"2026-10-30 2026-10-31"_s;
    QTest::newRow("9 months ago") << u"{9 months ago}"_s   << u"2026-02-28 2026-03-01"_s;
    QTest::newRow("in 2 weeks")   << u"{in 2 weeks}"_s     << u"2026-12-14 2026-12-15"_s;
    QTest::newRow("a day")        << u"{2026-02-28}"_s     << u"2026-02-28 2026-03-01"_s;
    QTest::newRow("no day")       << u"{2026-02-30}"_s     << u""_s;
    QTest::newRow("no braces")    << u"today"_s            << u""_s;
    QTest::newRow("none")         << u"{last 0 days}"_s    << u""_s;
    QTest::newRow("too many")     << u"{last 999999 days}"_s << u""_s;
    QTest::newRow("too far")      << u"{99999 years ago}"_s  << u""_s;
    QTest::newRow("unknown")      << u"{this fortnight}"_s << u""_s;
    QTest::newRow("empty")        << u"{}"_s               << u""_s;
    // clang-format on
}

void TestViews::knowsTermsOfDays()
{
    QFETCH(QString, term);
    const auto range = daysOf(term, QDate(2026, 11, 30));
    const QString days = range
        ? range->first.toString(Qt::ISODate) + u' ' + range->after.toString(Qt::ISODate)
        : QString();
    QTEST(days, "days");
}

void TestViews::resolvesTerms_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("resolved");
    // clang-format off
    QTest::newRow("instant is")     << u"createdate eq \"{today}\""_s   << u"createdate ge \"2026-11-30T05:00:00.000Z\" and createdate lt \"2026-12-01T05:00:00.000Z\""_s;
    QTest::newRow("instant before") << u"createdate lt \"{this month}\""_s << u"createdate lt \"2026-11-01T04:00:00.000Z\""_s; // Summer time.
    QTest::newRow("instant after")  << u"createdate gt \"{last 7 days}\""_s << u"createdate ge \"2026-12-01T05:00:00.000Z\""_s;
    QTest::newRow("instant until")  << u"createdate le \"{yesterday}\""_s << u"createdate lt \"2026-11-30T05:00:00.000Z\""_s;
    QTest::newRow("day is")         << u"birthday eq \"{today}\""_s     << u"birthday ge \"2026-11-30\" and birthday lt \"2026-12-01\""_s;
    QTest::newRow("day from")       << u"birthday ge \"{7 days ago}\""_s << u"birthday ge \"2026-11-23\""_s;
    QTest::newRow("text in braces") << u"company eq \"{today}\""_s      << u"company eq \"{today}\""_s;
    QTest::newRow("nested")         << u"city pr and ! (birthday eq \"{today}\")"_s << u"city pr and ! (birthday ge \"2026-11-30\" and birthday lt \"2026-12-01\")"_s;
    QTest::newRow("plain day")      << u"birthday eq \"2026-11-30\""_s  << u"birthday eq \"2026-11-30\""_s;
    // clang-format on
}

void TestViews::resolvesTerms()
{
    QFETCH(QString, filter);
    const auto parsed = parseCrestFilter(filter);
    QVERIFY(parsed);
    const auto resolved = resolvedFilter(*parsed, sampleDefinitions(), evening());
    QVERIFY2(resolved, resolved ? "" : qPrintable(resolved.error().sentence()));
    QTEST(conditionsText(*resolved), "resolved");
}

void TestViews::refusesWhatIsNoCondition_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("said");
    QTest::newRow("property") << u"compny eq \"x\""_s << u"Did you mean “company”?"_s;
    QTest::newRow("term") << u"createdate ge \"{last 7 dayz}\""_s << u"is not a term for days"_s;
    QTest::newRow("operator") << u"createdate co \"{today}\""_s << u"by “co”"_s;
    QTest::newRow("word") << u"company like \"a\""_s << u"no operator “like”"_s;
}

void TestViews::refusesWhatIsNoCondition()
{
    QFETCH(QString, filter);
    QFETCH(QString, said);
    const auto resolved = resolvedFilter(*parseCrestFilter(filter), sampleDefinitions(), evening());
    QVERIFY(!resolved);
    QVERIFY2(resolved.error().sentence().contains(said), qPrintable(resolved.error().sentence()));
}

void TestViews::writesConditionsPlainly_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("text");
    // clang-format off
    QTest::newRow("name")     << u"/city eq 'Bern'"_s                  << u"city eq \"Bern\""_s;
    QTest::newRow("joined")   << u"a pr and (b pr or c pr)"_s          << u"a pr and (b pr or c pr)"_s;
    QTest::newRow("range")    << u"(a ge 1 and a le 5) and b pr"_s     << u"(a ge 1 and a le 5) and b pr"_s;
    QTest::newRow("not")      << u"! (a pr)"_s                         << u"! (a pr)"_s;
    QTest::newRow("quotes")   << u"a eq \"x \\\"y\\\" \\\\\""_s        << u"a eq \"x \\\"y\\\" \\\\\""_s;
    QTest::newRow("odd name") << u"/a%20b eq 1"_s                      << u"/a%20b eq 1"_s;
    QTest::newRow("a word")   << u"/true eq 1"_s                       << u"/true eq 1"_s;
    // clang-format on
}

/// What was written is read as the same again.
void TestViews::writesConditionsPlainly()
{
    QFETCH(QString, filter);
    const auto parsed = parseCrestFilter(filter);
    QVERIFY(parsed);
    const QString text = conditionsText(*parsed);
    QTEST(text, "text");
    const auto again = parseCrestFilter(text);
    QVERIFY(again && *again == *parsed);
}

void TestViews::plansWhatHubSpotAnswers_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("searches"); // -1: nothing can match.
    QTest::addColumn<QString>("here"); // Conditions looked at here.
    QTest::addColumn<bool>("everything");
    QStringList cities;
    for (int i = 0; i < 40; ++i)
        cities.append(u"city eq \"c%1\" and company eq \"x%1\""_s.arg(i));
    // clang-format off
    QTest::newRow("none")       << u"true"_s                                    << 0 << u""_s << true;
    QTest::newRow("impossible") << u"false"_s                                   << -1 << u""_s << false;
    QTest::newRow("and")        << u"city eq \"a\" and employees gt 5"_s        << 1 << u""_s << false;
    QTest::newRow("or")         << u"city eq \"a\" or company eq \"b\""_s       << 1 << u""_s << false;
    QTest::newRow("word")       << u"company word \"gmbh\""_s                   << 1 << u""_s << false;
    QTest::newRow("two words")  << u"company word \"a b\""_s                    << 1 << u"company word \"a b\""_s << false;
    QTest::newRow("part")       << u"company co \"gm\" and city eq \"a\""_s     << 1 << u"company co \"gm\""_s << false;
    QTest::newRow("not a part") << u"! (company co \"gm\")"_s                   << 0 << u"company co \"gm\""_s << true;
    QTest::newRow("list")       << u"roles eq \"x\""_s                          << 1 << u"roles eq \"x\""_s << false;
    QTest::newRow("phone")      << u"phone eq \"+41\""_s                        << 1 << u"phone eq \"+41\""_s << false;
    QTest::newRow("six groups") << u"city eq \"1\" or city eq \"2\" or city eq \"3\" or city eq \"4\" or city eq \"5\" or city eq \"6\""_s << 2 << u""_s << false;
    QTest::newRow("too many")   << cities.join(u" or "_s)                       << 0 << u""_s << true;
    // clang-format on
}

void TestViews::plansWhatHubSpotAnswers()
{
    QFETCH(QString, filter);
    const auto search = planViewSearch(ObjectType::Contacts, {}, *parseCrestFilter(filter),
                                       sampleDefinitions(), evening());
    QVERIFY(search);
    const BrowseQuery &query = search->query;
    const int searches =
        query.ranges.empty() ? -1 : (query.search ? 1 : 0) + int(query.more.size());
    QTEST(searches, "searches");
    QStringList here;
    for (const CrestFilter &leaf : search->answeredHere)
        here.append(conditionsText(leaf));
    QTEST(here.join(u"; "_s), "here");
    QTEST(search->readsEverything, "everything");
    for (const QString &name : {u"company"_s, u"city"_s}) {
        if (filter.contains(name))
            QVERIFY(query.properties.contains(name));
    }
}

namespace {

ReadViewResult readOf(PracticeSession &practice, const RecordView &view)
{
    QObject owner;
    auto *call = new ReadView(*practice.session, view, *parseCrestFilter(u"true"_s), {},
                              QDateTime::currentDateTime(), &owner);
    const auto outcome = outcomeOf(call);
    if (!outcome || !*outcome)
        qFatal("The view was not read: %s",
               outcome ? qUtf8Printable(outcome->error().sentence()) : "time-out");
    return **outcome;
}

QStringList cellsOf(const ReadViewResult &result, const QString &property)
{
    QObject owner;
    const auto records = outcomeOf(result.set->read(result.rows, &owner));
    QStringList texts;
    for (const Record &record : **records)
        texts.append(record.text(property));
    return texts;
}

} // namespace

/// More groups than one search takes, two of which find the same records.
void TestViews::readsAViewOfSeveralSearches()
{
    practice::PracticeOptions options = PracticeSession::smallPortal();
    options.contacts = 60;
    PracticeSession practice(options);
    RecordView view;
    view.columns = QStringList {u"email"_s, u"lifecyclestage"_s};
    const QStringList all = cellsOf(readOf(practice, view), u"email"_s);
    QCOMPARE(all.size(), 60);
    QStringList parts;
    for (const QString &email : all.mid(3, 9))
        parts.append(u"email eq \"%1\""_s.arg(email));
    parts.append(u"(email eq \"%1\" and lifecyclestage pr)"_s.arg(all[3]));
    view.filter = parts.join(u" or "_s);
    const ReadViewResult found = readOf(practice, view);
    QVERIFY(!found.search.query.more.isEmpty());
    QStringList emails = cellsOf(found, u"email"_s);
    QStringList wanted = all.mid(3, 9);
    emails.sort();
    wanted.sort();
    QCOMPARE(emails, wanted);
}

void TestViews::readsWhatHubSpotCannotAnswer()
{
    practice::PracticeOptions options = PracticeSession::smallPortal();
    options.contacts = 60;
    PracticeSession practice(options);
    RecordView view;
    view.columns = QStringList {u"email"_s};
    const QStringList all = cellsOf(readOf(practice, view), u"email"_s);
    QStringList wanted;
    for (const QString &email : all) {
        if (email.contains(u"an"_s, Qt::CaseInsensitive))
            wanted.append(email);
    }
    QVERIFY(!wanted.isEmpty() && wanted.size() < all.size());
    view.filter = u"email co \"AN\""_s;
    const ReadViewResult found = readOf(practice, view);
    QVERIFY(found.search.isFilteredHere());
    QCOMPARE(cellsOf(found, u"email"_s), wanted);
    view.filter = u"! (email co \"an\")"_s;
    QCOMPARE(readOf(practice, view).rows.size(), size_t(all.size() - wanted.size()));
}

void TestViews::sortsByTheView()
{
    PracticeSession practice;
    RecordView view;
    view.columns = QStringList {u"email"_s};
    view.sorts = {{u"lifecyclestage"_s, true}, {u"lastname"_s, false}};
    const ReadViewResult found = readOf(practice, view);
    const QStringList stages = cellsOf(found, u"lifecyclestage"_s);
    QStringList sorted = stages;
    sorted.removeAll(QString());
    std::sort(sorted.begin(), sorted.end(), std::greater());
    QStringList given = stages;
    given.removeAll(QString());
    QCOMPARE(given, sorted);
    QCOMPARE(found.columns, view.columns);
}

HUBKEEPER_TEST(TestViews)
#include "tst_views.moc"
