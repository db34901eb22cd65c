// SPDX-License-Identifier: MIT
#include "changes/run/mergeplan.h"
#include "changes/run/plan.h"
#include "changes/set/changeset.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto anyType = ObjectType::Contacts;

DefinitionsByName someDefinitions()
{
    DefinitionsByName all;
    for (const char *name : {"email", "firstname", "jobtitle", "domain", "name"}) {
        PropertyDefinition one;
        one.name = QString::fromLatin1(name);
        one.type = u"string"_s;
        all.insert(one.name, one);
    }
    for (const char *name : {"hs_additional_emails", "hs_additional_domains", "createdate"}) {
        PropertyDefinition one;
        one.name = QString::fromLatin1(name);
        one.type = u"string"_s;
        one.readOnlyValue = true;
        all.insert(one.name, one);
    }
    return all;
}

using Texts = QHash<QString, QString>;

Record recordOf(const QString &id, const Texts &texts)
{
    Record record;
    record.id = id;
    record.properties = texts;
    return record;
}

} // namespace

/// What survives a merge by HubSpot's rules, and what a row makes of it.
class TestMergePlan : public QObject
{
    Q_OBJECT

private slots:
    void survives_data();
    void survives();
    void choosesOnlyWhatDiffers();
    void changesOnlyWhatIsAnother();
    void followsChains();
    void goesInItsOrder();
};

void TestMergePlan::survives_data()
{
    QTest::addColumn<bool>("isContact");
    QTest::addColumn<Texts>("primary");
    QTest::addColumn<Texts>("merged");
    QTest::addColumn<Texts>("left");
    const QString email = u"email"_s;
    const QString more = u"hs_additional_emails"_s;
    QTest::newRow("the primary's value wins")
        << true << Texts {{u"firstname"_s, u"Ada"_s}} << Texts {{u"firstname"_s, u"A."_s}}
        << Texts {{u"firstname"_s, u"Ada"_s}};
    QTest::newRow("a gap is filled")
        << true << Texts {{u"jobtitle"_s, QString()}} << Texts {{u"jobtitle"_s, u"Countess"_s}}
        << Texts {{u"jobtitle"_s, u"Countess"_s}};
    QTest::newRow("the other address is kept")
        << true << Texts {{email, u"a@x.org"_s}, {more, u"c@x.org"_s}}
        << Texts {{email, u"b@x.org"_s}, {more, u"c@x.org;d@x.org"_s}}
        << Texts {{email, u"a@x.org"_s}, {more, u"c@x.org;b@x.org;d@x.org"_s}};
    QTest::newRow("the only address")
        << true << Texts {} << Texts {{email, u"b@x.org"_s}} << Texts {{email, u"b@x.org"_s}};
    QTest::newRow("domains of companies")
        << false << Texts {{u"domain"_s, u"a.org"_s}} << Texts {{u"domain"_s, u"b.org"_s}}
        << Texts {{u"domain"_s, u"a.org"_s}, {u"hs_additional_domains"_s, u"b.org"_s}};
    QTest::newRow("computed ones are HubSpot's")
        << true << Texts {} << Texts {{u"createdate"_s, u"2020"_s}} << Texts {};
}

void TestMergePlan::survives()
{
    QFETCH(bool, isContact);
    QFETCH(Texts, primary);
    QFETCH(Texts, merged);
    QFETCH(Texts, left);
    const auto surviving =
        survivingTexts(isContact ? anyType : ObjectType::Companies, recordOf(u"1"_s, primary),
                       recordOf(u"2"_s, merged), someDefinitions());
    QCOMPARE(qsizetype(surviving.size()), left.size());
    for (const auto &[name, text] : surviving)
        QCOMPARE(text, left.value(name));
}

void TestMergePlan::choosesOnlyWhatDiffers()
{
    const std::map<QString, QString> surviving {{u"firstname"_s, u"Ada"_s}};
    const CellChanges cells = choiceCells(
        surviving, {{u"firstname"_s, u"Ada"_s}, {u"jobtitle"_s, u"x"_s}, {u"email"_s, {}}});
    QCOMPARE(cells.keys(), QStringList {u"jobtitle"_s});
    QCOMPARE(cells.value(u"jobtitle"_s), (CellChange {{}, u"x"_s}));
}

void TestMergePlan::changesOnlyWhatIsAnother()
{
    const Record primary = recordOf(u"1"_s, {{u"firstname"_s, u"Ada"_s}, {u"jobtitle"_s, u"x"_s}});
    const CellChanges cells =
        mergeCells(anyType, primary, {{u"firstname"_s, u"Ada"_s}, {u"email"_s, u"a@x.org"_s}},
                   someDefinitions());
    QCOMPARE(cells.keys(), (QStringList {u"email"_s, u"jobtitle"_s}));
    QCOMPARE(cells.value(u"jobtitle"_s).before, u"x"_s);
}

void TestMergePlan::followsChains()
{
    const QHash<QString, QString> survivors {{u"1"_s, u"5"_s}, {u"5"_s, u"6"_s}};
    QCOMPARE(survivorOf(u"1"_s, survivors), u"6"_s);
    QCOMPARE(survivorOf(u"2"_s, survivors), u"2"_s);
    const QHash<QString, QString> ring {{u"1"_s, u"2"_s}, {u"2"_s, u"1"_s}};
    QVERIFY(!survivorOf(u"1"_s, ring).isEmpty()); // It ends.
}

/// Updates free what creates need; merges go alone, before archives.
void TestMergePlan::goesInItsOrder()
{
    ChangeSet changes;
    std::vector<RowChange> rows(6);
    for (size_t i = 0; i < rows.size(); ++i)
        rows[i].id = QString::number(i + 1);
    rows[0].kind = ChangeKind::Archive;
    rows[1].kind = ChangeKind::Create;
    rows[1].id = u"new-1"_s;
    rows[2].cells.insert(u"phone"_s, {{}, u"1"_s});
    for (const size_t merge : {3, 4}) {
        rows[merge].subject = RowSubject::Merge;
        rows[merge].to = RecordReference {anyType, u"77"_s};
    }
    rows.pop_back();
    (void)outcomeOf(changes.addRows(rows, Adding::Merge, {}, &changes));
    QStringList order;
    for (const auto &batch : batchesOf(changes.index(), rowsToSend(changes.index(), {}))) {
        QCOMPARE(int(batch.size()), 1);
        order.append(changes.rowOf(batch.front())->id);
    }
    QCOMPARE(order, (QStringList {u"3"_s, u"new-1"_s, u"4"_s, u"5"_s, u"1"_s}));
}

HUBKEEPER_TEST(TestMergePlan)
#include "tst_mergeplan.moc"
