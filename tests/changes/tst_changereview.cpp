// SPDX-License-Identifier: MIT
#include "changes/review/changereview.h"
#include "changes/set/changeset.h"
#include "samplerecords.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const ChangeBinding reviewedPortal {4711, u"Acme"_s, u"c1"_s, u"EU"_s};

RowChange update(int id, const CellChanges &cells)
{
    RowChange row;
    row.id = QString::number(id);
    row.label = u"person%1@example.com"_s.arg(id);
    row.cells = cells;
    return row;
}

PropertyDefinition stages()
{
    PropertyDefinition property;
    property.name = u"lifecyclestage"_s;
    property.label = u"Lifecycle Stage"_s;
    property.type = u"enumeration"_s;
    property.fieldType = u"select"_s;
    property.options = {{u"lead"_s, u"Lead"_s}, {u"customer"_s, u"Kündigt nie"_s}};
    return property;
}

PropertyDefinition text(const QString &name)
{
    PropertyDefinition property;
    property.name = name;
    property.type = u"string"_s;
    property.fieldType = u"text"_s;
    return property;
}

ReviewWords words()
{
    PropertyDefinition owner = text(u"hubspot_owner_id"_s);
    owner.type = u"enumeration"_s;
    owner.referencedObjectType = u"OWNER"_s;
    owner.externalOptions = true;
    ReviewWords words;
    words.definitions.insert(ObjectType::Contacts,
                             {stages(), text(u"phone"_s), text(u"city"_s), owner});
    words.owners.insert(u"7"_s, u"Tom Silva"_s);
    return words;
}

/// "lead->customer 2", "format 3", ...
QStringList linesOf(const PropertyGroup &group)
{
    QStringList lines;
    for (const PatternGroup &one : group.patterns) {
        const QString what = one.pattern.shape == PatternShape::Exact
            ? one.pattern.before + u"->"_s + one.pattern.after
            : nameOf(one.pattern.shape);
        lines.append(u"%1 %2"_s.arg(what).arg(one.counts.rows));
    }
    return lines;
}

} // namespace

/// The review of many rows: which groups they are in, and which of them a filter takes; with a file
/// and without one.
class TestChangeReview : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void shapes_data();
    void shapes();
    void groupsByVerbPropertyAndPattern_data() { withAndWithoutAFile(); }
    void groupsByVerbPropertyAndPattern();
    void manyPairsGoByShape_data() { withAndWithoutAFile(); }
    void manyPairsGoByShape();
    void everyRowIsInExactlyOnePatternOfAProperty();
    void filters_data();
    void filters();
    void countsWhatIsLeftOut();
    void aSampleIsOfTheRows();

private:
    void withAndWithoutAFile();
    void stage(std::vector<RowChange> rows);
    [[nodiscard]] std::vector<VerbGroup> groups(const ReviewFilter &filter = {});
    [[nodiscard]] QStringList found(const ReviewFilter &filter);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ChangeSet> m_changes;
};

void TestChangeReview::init()
{
    m_changes = std::make_unique<ChangeSet>(); // The one before ends before its folder does.
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestChangeReview::withAndWithoutAFile()
{
    QTest::addColumn<bool>("hasFile");
    QTest::newRow("in a file") << true;
    QTest::newRow("in memory") << false;
}

void TestChangeReview::stage(std::vector<RowChange> rows)
{
    QVERIFY(outcomeOf(m_changes->addRows(std::move(rows), Adding::Merge, {}, this), 30'000));
}

std::vector<VerbGroup> TestChangeReview::groups(const ReviewFilter &filter)
{
    const auto groups = outcomeOf(groupChanges(*m_changes, filter, words(), this), 30'000);
    if (!groups || !*groups)
        qFatal("no groups");
    return **groups;
}

/// Their ids, in the order of the set.
QStringList TestChangeReview::found(const ReviewFilter &filter)
{
    const auto rows = outcomeOf(findChanges(*m_changes, filter, words(), this), 30'000);
    if (!rows || !*rows)
        qFatal("no rows");
    QStringList ids;
    for (const RowChange &row : m_changes->rowsOf(**rows))
        ids.append(row.id);
    return ids;
}

void TestChangeReview::shapes_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("shape");
    // clang-format off
    QTest::newRow("empty before")     << u""_s           << u"x"_s              << u"filled"_s;
    QTest::newRow("empty after")      << u"x"_s          << u""_s               << u"emptied"_s;
    QTest::newRow("case")             << u"ANNA"_s       << u"Anna"_s           << u"case"_s;
    QTest::newRow("blanks around")    << u" Anna "_s     << u"Anna"_s           << u"blanks"_s;
    QTest::newRow("no-break space")   << u"A\u00a0B"_s   << u"A B"_s            << u"blanks"_s;
    QTest::newRow("phone format")     << u"030/23125 1"_s << u"(030) 231251"_s  << u"format"_s;
    QTest::newRow("digits differ")    << u"030 231250"_s << u"+49 30 231250"_s  << u"replaced"_s;
    QTest::newRow("digits and words") << u"Apt 5"_s      << u"Flat 5"_s         << u"replaced"_s;
    QTest::newRow("another word")     << u"lead"_s       << u"customer"_s       << u"replaced"_s;
    // clang-format on
}

void TestChangeReview::shapes()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QTEST(nameOf(shapeOf(before, after)), "shape");
}

void TestChangeReview::groupsByVerbPropertyAndPattern()
{
    QFETCH(bool, hasFile);
    if (hasFile)
        m_changes->keepIn(*ChangeStore::openNow(m_folder->filePath(u"c.sqlite"_s), reviewedPortal));
    const CellChange promoted {u"lead"_s, u"customer"_s};
    const CellChange first {QString(), u"customer"_s};
    stage({update(1, {{u"lifecyclestage"_s, promoted}, {u"city"_s, {u"Bern"_s, u"Biel"_s}}}),
           update(2, {{u"lifecyclestage"_s, promoted}}),
           update(3, {{u"lifecyclestage"_s, first}})});
    m_changes->addCreate(ObjectType::Companies, {{u"name"_s, u"Acme"_s}}, {});
    Record gone;
    gone.id = u"9"_s;
    m_changes->addArchive(ObjectType::Contacts, gone, {});

    const std::vector<VerbGroup> all = groups();
    QCOMPARE(all.size(), 3u); // Contacts first: updates, then archives; the company last.
    QCOMPARE(all[0].verb.kind, ChangeKind::Update);
    QCOMPARE(all[0].counts.rows, 3);
    QCOMPARE(all[0].properties.size(), 2u);
    QCOMPARE(all[0].properties[0].property, u"lifecyclestage"_s);
    QCOMPARE(linesOf(all[0].properties[0]),
             QStringList({u"lead->customer 2"_s, u"->customer 1"_s}));
    QCOMPARE(all[0].properties[1].counts.rows, 1);
    QCOMPARE(all[1].verb.kind, ChangeKind::Archive);
    QVERIFY(all[1].properties.empty());
    QCOMPARE(all[2].verb.type, ObjectType::Companies);
    QCOMPARE(linesOf(all[2].properties[0]), QStringList(u"->Acme 1"_s));
}

void TestChangeReview::manyPairsGoByShape()
{
    QFETCH(bool, hasFile);
    if (hasFile)
        m_changes->keepIn(*ChangeStore::openNow(m_folder->filePath(u"c.sqlite"_s), reviewedPortal));
    std::vector<RowChange> rows;
    for (int i = 0; i < 300; ++i) {
        const QString number = QString::number(2'312'500 + i);
        rows.push_back(update(i, {{u"phone"_s, {u"030/"_s + number, u"(030) "_s + number}}}));
    }
    for (int i = 300; i < 340; ++i)
        rows.push_back(update(i, {{u"phone"_s, {u"n/a"_s, {}}}}));
    stage(std::move(rows));
    const std::vector<VerbGroup> all = groups();
    QCOMPARE(linesOf(all[0].properties[0]), QStringList({u"format 300"_s, u"n/a-> 40"_s}));
}

/// What a group says and what ticking it means are the same rows.
void TestChangeReview::everyRowIsInExactlyOnePatternOfAProperty()
{
    std::vector<RowChange> rows;
    for (int i = 0; i < 400; ++i) {
        const QString before = i % 3 == 0 ? QString() : u"City %1"_s.arg(i % 7);
        rows.push_back(update(i, {{u"city"_s, {before, u"CITY %1"_s.arg(i % 50)}}}));
    }
    stage(std::move(rows));
    QSet<QString> seen;
    int sum = 0;
    const std::vector<VerbGroup> all = groups();
    for (const PatternGroup &one : all[0].properties[0].patterns) {
        ReviewFilter filter;
        filter.group = {{}, u"city"_s, one.pattern};
        const QStringList ids = found(filter);
        QCOMPARE(int(ids.size()), one.counts.rows);
        sum += int(ids.size());
        seen.unite(QSet<QString>(ids.begin(), ids.end()));
    }
    QCOMPARE(sum, 400);
    QCOMPARE(seen.size(), 400);
}

void TestChangeReview::filters_data()
{
    QTest::addColumn<ReviewFilter>("filter");
    QTest::addColumn<QStringList>("ids");
    const auto with = [](auto edit) {
        ReviewFilter filter;
        edit(filter);
        return filter;
    };
    const auto row = [&](const char *name, const QStringList &ids, auto edit) {
        QTest::newRow(name) << with(edit) << ids;
    };
    const auto text = [&](const char *name, const QString &wanted, const QStringList &ids) {
        row(name, ids, [&](ReviewFilter &filter) { filter.text = wanted; });
    };
    row("all", {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"new-1"_s}, [](ReviewFilter &) {});
    text("a label", u"PERSON2@"_s, {u"2"_s});
    text("an old value", u"zurich"_s, {u"2"_s});
    text("a stored value", u"customer"_s, {u"1"_s});
    text("a value as it is shown", u"kundigt"_s, {u"1"_s});
    text("an owner's name", u"tom silva"_s, {u"3"_s});
    text("a property as it is shown", u"lifecycle s"_s, {u"1"_s, u"4"_s});
    text("nothing", u"no such text"_s, {});
    row("a verb", {u"new-1"_s}, [](ReviewFilter &filter) { filter.kind = ChangeKind::Create; });
    row("a state", {u"5"_s}, [](ReviewFilter &filter) { filter.states = {RowState::Conflicting}; });
    row("failed, and edited since", {u"3"_s, u"4"_s},
        [](ReviewFilter &filter) { filter.states = {RowState::Failed}; });
    row("with findings", {u"2"_s, u"4"_s, u"new-1"_s}, // That one has no name and no address.
        [](ReviewFilter &filter) { filter.withFindings = true; });
    row("left out", {u"2"_s}, [](ReviewFilter &filter) { filter.excluded = true; });
    row("not left out, by text", {u"1"_s},
        [](ReviewFilter &filter) { filter.excluded = false, filter.text = u"person1"_s; });
    row("ids", {u"1"_s, u"new-1"_s}, [](ReviewFilter &filter) {
        filter.ids = {u"new-1"_s, u"1"_s};
    });
    row("a property", {u"2"_s, u"5"_s}, [](ReviewFilter &filter) {
        filter.group = {{}, u"city"_s, {}};
    });
}

void TestChangeReview::filters()
{
    QFETCH(ReviewFilter, filter);
    m_changes->keepIn(*ChangeStore::openNow(m_folder->filePath(u"c.sqlite"_s), reviewedPortal));
    RowChange failed = update(4, {{u"lifecyclestage"_s, {u"lead"_s, u"nonsense"_s}}});
    failed.state = RowState::Failed;
    failed.error = fail(ErrorKind::Rejected, u"no such option"_s).value();
    RowChange edited = update(3, {{u"hubspot_owner_id"_s, {u"8"_s, u"7"_s}}});
    edited.error = failed.error;
    RowChange conflict = update(5, {{u"city"_s, {u"Bern"_s, u"Biel"_s}}});
    conflict.state = RowState::Conflicting;
    RowChange leftOut =
        update(2, {{u"city"_s, {u"Zürich"_s, u"x"_s}}, {u"nothere"_s, {{}, u"y"_s}}});
    leftOut.excluded = true;
    stage({update(1, {{u"lifecyclestage"_s, {u"lead"_s, u"customer"_s}}}), leftOut, edited, failed,
           conflict});
    m_changes->addCreate(ObjectType::Contacts, {{u"phone"_s, u"1"_s}}, u"someone"_s);
    QTEST(found(filter), "ids");
}

void TestChangeReview::countsWhatIsLeftOut()
{
    m_changes->keepIn(*ChangeStore::openNow(m_folder->filePath(u"c.sqlite"_s), reviewedPortal));
    std::vector<RowChange> rows;
    for (int i = 0; i < 5; ++i)
        rows.push_back(update(i, {{u"city"_s, {u"Bern"_s, u"Biel"_s}}}));
    rows[4].state = RowState::Applied;
    stage(std::move(rows));
    m_changes->setExcluded({m_changes->index().at(0).sequence, m_changes->index().at(4).sequence},
                           true);
    const GroupCounts counts = groups()[0].properties[0].patterns[0].counts;
    QCOMPARE(counts.rows, 5);
    QCOMPARE(counts.waiting, 3);
    QCOMPARE(counts.excluded, 1); // One that was applied cannot be left out.
}

void TestChangeReview::aSampleIsOfTheRows()
{
    const std::vector<qint64> rows {2, 3, 5, 7, 11, 13};
    const std::vector<qint64> sample = sampleOf(rows, 3);
    QCOMPARE(sample.size(), 3u);
    QVERIFY(std::is_sorted(sample.begin(), sample.end()));
    QVERIFY(std::includes(rows.begin(), rows.end(), sample.begin(), sample.end()));
    QCOMPARE(sampleOf(rows, 9), rows);
}

HUBKEEPER_TEST(TestChangeReview)
#include "tst_changereview.moc"
