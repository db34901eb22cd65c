// SPDX-License-Identifier: MIT
#include "duplicates/finding/findduplicates.h"
#include "duplicates/finding/reasons.h"
#include "duplicates/finding/tryrules.h"
#include "duplicates/madetable.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <map>
#include <set>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Pairs and groups in made-up tables of which the duplicates are known.
class TestFindDuplicates : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void leavesFamiliesAndColleaguesApart();
    void findsSwappedNames();
    void leavesFatherAndSonApart();
    void findsCompaniesThatMoved();
    void doesNotChain();
    void followsRules();
    void triesRules();
    void explains();
    void copesWithLittle();
    void stops();

private:
    static ComparableRecords recordsOf(const MadeTable &table)
    {
        QStringList headers;
        for (const std::string &header : table.headers)
            headers.append(QString::fromStdString(header));
        ComparableRecords records(guessedColumns(headers));
        for (const auto &row : table.rows) {
            const std::vector<std::string_view> cells(row.begin(), row.end());
            records.add(cells);
        }
        records.freeze();
        return records;
    }
    /// Some people to learn from, then the rows in question.
    static MadeTable contactsAnd(std::vector<std::vector<std::string>> rows)
    {
        MadeTable table = madeContacts(1'500, 5);
        for (std::vector<std::string> &row : rows) {
            row.resize(table.headers.size());
            table.rows.push_back(std::move(row));
            table.entities.push_back(1'000'000);
        }
        return table;
    }
    static std::set<std::pair<std::uint32_t, std::uint32_t>> pairsFrom(const Duplicates &found,
                                                                       size_t first)
    {
        std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
        for (const DuplicatePair &pair : found.pairs) {
            if (pair.first >= first)
                pairs.emplace(pair.first - first, pair.second - first);
        }
        return pairs;
    }
};

void TestFindDuplicates::finds_data()
{
    QTest::addColumn<bool>("areCompanies");
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<double>("precision");
    QTest::addColumn<double>("recall");
    for (const quint32 seed : {11U, 12U}) {
        QTest::addRow("contacts, %u", seed) << false << seed << 0.95 << 0.9;
        QTest::addRow("companies, %u", seed) << true << seed << 0.94 << 0.9;
    }
}

void TestFindDuplicates::finds()
{
    QFETCH(bool, areCompanies);
    QFETCH(quint32, seed);
    QFETCH(double, precision);
    QFETCH(double, recall);
    const MadeTable table = areCompanies ? madeCompanies(1'200, seed) : madeContacts(2'000, seed);
    const ComparableRecords records = recordsOf(table);
    QCOMPARE(records.kind() == MatchKind::Companies, areCompanies);
    const auto found = findDuplicates(records, {});
    QVERIFY(found);
    std::map<std::uint32_t, size_t> sizes;
    size_t all = 0;
    for (const std::uint32_t entity : table.entities)
        all += sizes[entity]++;
    size_t right = 0;
    for (const DuplicatePair &pair : found->pairs) {
        QVERIFY(pair.first < pair.second);
        right += table.entities[pair.first] == table.entities[pair.second] ? 1 : 0;
    }
    const double shareRight = double(right) / double(found->pairs.size());
    const double shareFound = double(right) / double(all);
    QVERIFY2(shareRight >= precision, qPrintable(QString::number(shareRight)));
    QVERIFY2(shareFound >= recall, qPrintable(QString::number(shareFound)));
    QVERIFY(found->compared < records.size() * records.size() / 20); // Not every pair.
}

void TestFindDuplicates::leavesFamiliesAndColleaguesApart()
{
    const MadeTable table = contactsAnd({
        {"Erika", "Zumthor", "", "+41 31 555 11 22", "", "", "Bern", "30111"},
        {"Reto", "Zumthor", "", "031 555 11 22", "", "", "Bern", "30111"},
        {"Ines", "Kolb", "ines.kolb@qaz-werke.ch", "+41 44 555 33 44", "QAZ Werke AG", "", "", ""},
        {"Urs", "Frei", "urs.frei@qaz-werke.ch", "+41 44 555 33 44", "QAZ Werke", "", "", ""},
        {"Urs", "Frei", "", "+41 44 555 33 44", "QAZ Werke", "", "Chur", ""},
    });
    const auto found = findDuplicates(recordsOf(table), {});
    QVERIFY(found);
    const std::set<std::pair<std::uint32_t, std::uint32_t>> expected {{3, 4}};
    QCOMPARE(pairsFrom(*found, 1'500), expected);
}

void TestFindDuplicates::findsSwappedNames()
{
    const MadeTable table = contactsAnd({
        {"Bartholomew", "Quigley", "bart.quigley@zxy.example", "", "", "", "Leeds", ""},
        {"Quigley", "Bart", "", "", "", "", "Leeds", ""},
    });
    const auto found = findDuplicates(recordsOf(table), {});
    QVERIFY(found);
    QCOMPARE(pairsFrom(*found, 1'500).size(), size_t(1));
}

void TestFindDuplicates::leavesFatherAndSonApart()
{
    const MadeTable table = contactsAnd({
        {"Bartholomew", "Quigley", "bq@zxy.example", "0113 496 0123", "", "", "Leeds", ""},
        {"Bartholomew", "Quigley Jr.", "bart2@qwe.example", "0113 496 0123", "", "", "Leeds", ""},
        {"Ottilie", "Zumthor Sr", "oz@zxy.example", "0113 496 0999", "", "", "Leeds", ""},
        {"Ottilie", "Zumthor", "oz@zxy.example", "0113 496 0999", "", "", "Leeds", ""},
    });
    const auto found = findDuplicates(recordsOf(table), {});
    QVERIFY(found);
    const std::set<std::pair<std::uint32_t, std::uint32_t>> expected {{2, 3}};
    QCOMPARE(pairsFrom(*found, 1'500), expected);
}

void TestFindDuplicates::findsCompaniesThatMoved()
{
    MadeTable table = madeCompanies(1'500, 5);
    for (const std::vector<std::string> &row : std::vector<std::vector<std::string>> {
             {"Quaxmoor Tools Ltd", "quaxmoor.co.uk", "+44 113 496 0123", "1 Mill Lane", "Leeds"},
             {"QUAXMOOR TOOLS", "www.quaxmoor.co.uk", "+44 20 7946 0321", "9 Dock Road", "London"},
             {"Vexbridge Medical Ltd", "vexbridge.co.uk", "", "1 Park Row", "Leeds"},
             {"Vexbridge Capital Ltd", "", "+44 113 496 0555", "20 High Street", "Leeds"}}) {
        table.rows.push_back(row);
        table.rows.back().resize(table.headers.size());
    }
    const auto found = findDuplicates(recordsOf(table), {});
    QVERIFY(found);
    const std::set<std::pair<std::uint32_t, std::uint32_t>> expected {{0, 1}};
    QCOMPARE(pairsFrom(*found, 1'500), expected);
}

void TestFindDuplicates::doesNotChain()
{
    const auto between = [](std::uint32_t, std::uint32_t) { return -10.0F; };
    const std::vector<DuplicateLink> chain {{0, 1, 5}, {1, 2, 2}, {2, 3, 5}};
    const std::vector<std::vector<std::uint32_t>> apart {{0, 1}, {2, 3}};
    QCOMPARE(groupsOf(chain, 4, between), apart);
    const auto alike = [](std::uint32_t, std::uint32_t) { return -0.5F; };
    const std::vector<std::vector<std::uint32_t>> together {{0, 1, 2, 3}};
    QCOMPARE(groupsOf(chain, 4, alike), together);
    QVERIFY(groupsOf({}, 4, between).empty());
    // Two that have errors each and differ much for that, both like a third.
    const std::vector<std::vector<std::uint32_t>> all {{0, 1, 2}};
    QCOMPARE(groupsOf({{0, 1, 8}, {0, 2, 9}}, 4, between), all);
}

void TestFindDuplicates::followsRules()
{
    const MadeTable table = contactsAnd({
        {"Urs", "Kolb", "", "", "QAZ Werke AG", "", "", ""},
        {"Ines", "Frei", "", "", "QAZ Werke", "", "", ""},
        {"Bartholomew", "Quigley", "bq@zxy.example", "", "", "", "Leeds", ""},
        {"Bartholomew", "Quigley", "bq@zxy.example", "", "", "", "York", ""},
    });
    const ComparableRecords records = recordsOf(table);
    QStringList headers;
    for (const std::string &header : table.headers)
        headers.append(QString::fromStdString(header));
    DuplicateOptions options;
    options.rules = MatchRules::parse(u"match company same, lastname differs\n"
                                      "never email same, city differs\n"
                                      "only rules\n"_s,
                                      guessedColumns(headers))
                        .value();
    const auto found = findDuplicates(records, options);
    QVERIFY(found);
    const std::set<std::pair<std::uint32_t, std::uint32_t>> expected {{0, 1}};
    QCOMPARE(pairsFrom(*found, 1'500), expected);
}

void TestFindDuplicates::triesRules()
{
    MadeTable table;
    table.headers = {"firstname", "lastname", "email"};
    for (int i = 0; i < 40; ++i)
        table.rows.push_back(
            {"A" + std::to_string(i), "Same", std::to_string(i / 2) + "@x.example"});
    const auto rules =
        MatchRules::parse(u"match email same\nmatch lastname same\nmatch firstname same\n"_s,
                          guessedColumns({u"firstname"_s, u"lastname"_s, u"email"_s}));
    const auto tried = tryRules(recordsOf(table), *rules, {});
    QVERIFY(tried);
    QCOMPARE(tried->at(0).pairs, 20U);
    QCOMPARE(tried->at(0).samples.size(), size_t(10));
    QCOMPARE(tried->at(1).pairs, 40U * 39 / 2);
    QCOMPARE(tried->at(2).pairs, 0U);
    for (const auto &[a, b] : tried->at(0).samples)
        QCOMPARE(a / 2, b / 2);
}

void TestFindDuplicates::explains()
{
    const MadeTable table = contactsAnd({
        {"William", "Quigley", "bq@zxy.example", "", "", "", "Leeds", ""},
        {"Bill", "Quigly", "bq@zxy.example", "", "", "", "Leeds", ""},
    });
    const ComparableRecords records = recordsOf(table);
    const auto found = findDuplicates(records, {});
    QVERIFY(found);
    QStringList reasons;
    for (const MatchReason &reason : reasonsFor(records, *found->model, 1'500, 1'501)) {
        reasons.append(nameOf(reason.feature) + u' ' + nameOf(reason.level));
        QVERIFY(reason.weight > 0);
    }
    QCOMPARE(reasons.first(), u"email same"_s);
    reasons.sort();
    QCOMPARE(reasons,
             (QStringList {u"city same"_s, u"email same"_s, u"firstname equivalent"_s,
                           u"lastname typo"_s}));
}

void TestFindDuplicates::copesWithLittle()
{
    MadeTable table;
    table.headers = {"firstname", "lastname", "email"};
    QVERIFY(findDuplicates(recordsOf(table), {})->groups.empty());
    table.rows = {{"Anna", "Kolb", "a@x.example"}};
    QVERIFY(findDuplicates(recordsOf(table), {})->groups.empty());
    table.rows.push_back({"Anna", "Kolb", "a@x.example"});
    QCOMPARE(findDuplicates(recordsOf(table), {})->groups.size(), size_t(1));
    table.rows = {{}, {"", "", ""}, {"\xff\xfe", "\x80", "@"}, {"", "", ""}};
    QVERIFY(findDuplicates(recordsOf(table), {})->groups.empty());
}

void TestFindDuplicates::stops()
{
    std::stop_source source;
    source.request_stop();
    DuplicateOptions options;
    options.stop = source.get_token();
    const auto found = findDuplicates(recordsOf(madeContacts(2'000, 1)), options);
    QVERIFY(!found);
    QCOMPARE(found.error().kind, ErrorKind::Cancelled);
}

HUBKEEPER_TEST(TestFindDuplicates)
#include "tst_findduplicates.moc"
