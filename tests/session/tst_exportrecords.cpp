// SPDX-License-Identifier: MIT
#include "filter/crestparser.h"
#include "portal/portalwriter.h"
#include "portal/propertychoice.h"
#include "practicesession.h"
#include "session/reading/browserecords.h"
#include "session/workbench/collectrecords.h"
#include "session/workbench/countrisks.h"
#include "session/workbench/exportrecords.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Records of a portal in files.
class TestExportRecords final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void titlesDiffer();
    void findsPropertiesByNameAndLabel();
    void labelsOfValues();
    void collects_data();
    void collects();
    void writesRowsInTheirOrder();
    void readsWhatTheSetLacks();
    void readsAssociations();
    void readsEveryPageOfAssociations();
    void writesManyPortions();
    void leavesOutWhatIsGone();
    void countsRisks();
    void aCancelledOneLeavesNothing();

private:
    [[nodiscard]] std::unique_ptr<RecordSet> emptySet(const QStringList &properties)
    {
        return *RecordSet::create(m_rig->session->recordFolder(), ObjectType::Contacts, properties);
    }
    [[nodiscard]] std::unique_ptr<RecordSet> allContacts(const QStringList &properties)
    {
        auto set = emptySet(properties);
        BrowseQuery query;
        query.properties = properties;
        const auto read = outcomeOf(browseRecords(*m_rig->session, query, *set, nullptr), 30'000);
        return read && *read ? std::move(set) : nullptr;
    }
    [[nodiscard]] RowOrder inOrder(RecordSet &set)
    {
        return outcomeOf(set.order({}, nullptr))->value_or(RowOrder());
    }
    [[nodiscard]] ExportPlan plan(const QString &name, const QStringList &properties) const
    {
        ExportPlan plan;
        plan.properties = properties;
        plan.target = {m_folder.filePath(name), *exportFormatOf(name), 0, m_folder.path()};
        return plan;
    }
    [[nodiscard]] std::optional<Result<ExportOutcome>> run(RecordSet &set, RowOrder rows,
                                                           const ExportPlan &plan)
    {
        return outcomeOf(new ExportRecords(*m_rig->session, set, std::move(rows), plan, nullptr),
                         60'000);
    }
    [[nodiscard]] QList<QJsonObject> linesOf(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        QList<QJsonObject> lines;
        if (file.open(QIODevice::ReadOnly)) {
            while (!file.atEnd())
                lines.append(QJsonDocument::fromJson(file.readLine()).object());
        }
        return lines;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<PracticeSession> m_rig;
};

void TestExportRecords::initTestCase()
{
    practice::PracticeOptions options = PracticeSession::smallPortal();
    options.contacts = 1'300;
    options.companies = 250;
    m_rig = std::make_unique<PracticeSession>(options);
}

void TestExportRecords::titlesDiffer()
{
    const auto property = [](const QString &name, const QString &label) {
        PropertyDefinition definition;
        definition.name = name;
        definition.label = label;
        return definition;
    };
    const QList<PropertyDefinition> definitions {
        property(u"email"_s, u"Email"_s), property(u"a"_s, u"Status"_s),
        property(u"b"_s, u"status"_s), property(u"c"_s, QString()),
        property(u"d"_s, u"Record ID"_s)};
    ExportPlan plan;
    plan.properties = {u"email"_s, u"a"_s, u"b"_s, u"c"_s, u"d"_s};
    plan.links = {{ObjectType::Companies, u"domain"_s}, {ObjectType::Contacts, QString()}};
    QStringList titles;
    for (const TableColumn &column : columnsOf(plan, ObjectType::Contacts, definitions))
        titles.append(column.title);
    QCOMPARE(titles,
             QStringList({u"hs_object_id"_s, u"email"_s, u"a"_s, u"b"_s, u"c"_s, u"d"_s,
                          u"associations.companies"_s, u"associations.companies.domain"_s,
                          u"associations.contacts"_s}));
    plan.hasLabels = true;
    titles.clear();
    for (const TableColumn &column : columnsOf(plan, ObjectType::Contacts, definitions))
        titles.append(column.title);
    QCOMPARE(titles,
             QStringList({u"Record ID"_s, u"Email"_s, u"Status (a)"_s, u"status (b)"_s, u"c"_s,
                          u"Record ID (d)"_s, u"Associated Company IDs"_s,
                          u"Associated Companies: domain"_s, u"Associated Contact IDs"_s}));
}

void TestExportRecords::findsPropertiesByNameAndLabel()
{
    const auto definitions =
        outcomeOf(m_rig->session->definitions(ObjectType::Contacts, false, nullptr));
    QVERIFY(definitions && *definitions);
    const auto found = propertiesNamed(
        {u"EMAIL"_s, u"Lifecycle Stage"_s, u"hs_object_id"_s, u"email"_s}, **definitions);
    QVERIFY2(found, qPrintable(found ? QString() : found.error().what));
    QCOMPARE(*found, QStringList({u"email"_s, u"lifecyclestage"_s}));
    QVERIFY(propertiesNamed({u"*"_s}, **definitions)->size() > 20);
    const auto unknown = propertiesNamed({u"emial"_s}, **definitions);
    QCOMPARE(unknown.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(unknown.error().remedy.contains(u"mail"_s), qPrintable(unknown.error().remedy));
    QCOMPARE(exportedLinksFrom(u"companies.name"_s).value(),
             (ExportedLinks {ObjectType::Companies, u"name"_s}));
    QCOMPARE(exportedLinksFrom(u"deals"_s).error().kind, ErrorKind::InvalidInput);
}

void TestExportRecords::labelsOfValues()
{
    PropertyDefinition stage;
    stage.name = u"stage"_s;
    stage.options = {{u"a"_s, u"Lead"_s}, {u"b"_s, u"Lead"_s}, {u"c"_s, u"Customer; old"_s}};
    PropertyDefinition roles = stage;
    roles.name = u"roles"_s;
    roles.fieldType = u"checkbox"_s;
    PropertyDefinition owner;
    owner.name = u"owner"_s;
    owner.referencedObjectType = u"OWNER"_s;
    Owner ana;
    ana.id = u"7"_s;
    ana.firstName = u"Ana"_s;
    const ValueLabels labels({stage, roles, owner}, {ana});
    QCOMPARE(labels.of(u"stage"_s, u"a"_s), u"Lead (a)"_s); // Two are called so.
    QCOMPARE(labels.of(u"stage"_s, u"c"_s), u"Customer; old"_s);
    QCOMPARE(labels.of(u"roles"_s, u"b;c;x"_s), u"Lead (b);c;x"_s); // A label that looks like two.
    QCOMPARE(labels.of(u"owner"_s, u"7"_s), u"Ana"_s);
    QCOMPARE(labels.of(u"owner"_s, u"8"_s), u"8"_s);
    QCOMPARE(labels.of(u"other"_s, u"a"_s), u"a"_s);
}

void TestExportRecords::collects_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("sort");
    QTest::addColumn<int>("count");
    QTest::newRow("everything") << u"true"_s << u""_s << 1'300;
    QTest::newRow("by ids") << u"_id eq \"150000000003\" or _id eq \"150000000001\""_s << u""_s
                            << 2;
    QTest::newRow("sorted") << u"_id eq \"150000000003\" or _id eq \"150000000001\""_s << u"-_id"_s
                            << 2;
    QTest::newRow("filtered here") << u"email sw \"a\""_s << u""_s << -1;
    QTest::newRow("nothing") << u"email eq \"nobody@nowhere.example\""_s << u""_s << 0;
}

void TestExportRecords::collects()
{
    QFETCH(QString, filter);
    QFETCH(QString, sort);
    QFETCH(int, count);
    const auto set = emptySet({u"email"_s, u"jobtitle"_s});
    SearchOptions options;
    options.sortKeys = *parseSortKeys(sort);
    const auto found = outcomeOf(new CollectRecords(*m_rig->session, m_rig->session->connector(),
                                                    ObjectType::Contacts, *parseCrestFilter(filter),
                                                    options, *set, nullptr),
                                 30'000);
    QVERIFY(found);
    QVERIFY2(*found, qPrintable(*found ? QString() : found->error().sentence()));
    const auto records = outcomeOf(set->read((*found)->rows, nullptr));
    QVERIFY(records && *records);
    QCOMPARE((*records)->size(), qsizetype((*found)->rows.size()));
    if (count >= 0)
        QCOMPARE((*records)->size(), count);
    else
        QVERIFY((*records)->size() > 0 && (*records)->size() < 1'300);
    for (qsizetype i = 0; i < (*records)->size(); ++i) {
        const Record &record = (**records)[i];
        QVERIFY(record.properties.contains(u"jobtitle"_s)); // The search does not look at it.
        if (i > 0)
            QCOMPARE(idLess((**records)[i - 1].id, record.id), sort.isEmpty());
        if (count < 0)
            QVERIFY(record.text(u"email"_s).startsWith(u'a', Qt::CaseInsensitive));
    }
}

void TestExportRecords::writesRowsInTheirOrder()
{
    const auto set = allContacts({u"email"_s, u"firstname"_s});
    QVERIFY(set);
    RowOrder rows = inOrder(*set);
    std::reverse(rows.begin(), rows.end());
    rows.resize(7);
    const auto done = run(*set, rows, plan(u"seven.jsonl"_s, {u"firstname"_s}));
    QVERIFY(done);
    QVERIFY2(*done, qPrintable(*done ? QString() : done->error().sentence()));
    QCOMPARE((*done)->table.rows, 7);
    const QList<QJsonObject> lines = linesOf(u"seven.jsonl"_s);
    QCOMPARE(lines.size(), 7);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QCOMPARE(lines[i].keys(), QStringList({u"firstname"_s, u"hs_object_id"_s}));
        QCOMPARE(lines[i]["hs_object_id"_L1].toString(), set->idAt(rows[size_t(i)]));
    }
}

void TestExportRecords::readsWhatTheSetLacks()
{
    const auto set = allContacts({u"firstname"_s});
    QVERIFY(set);
    const auto done = run(*set, inOrder(*set), plan(u"more.jsonl"_s, {u"firstname"_s, u"email"_s}));
    QVERIFY(done && *done);
    const auto whole = allContacts({u"email"_s});
    QHash<QString, QString> emails;
    for (qint64 row = 0; row < whole->rowCount(); ++row)
        emails.insert(whole->idAt(row), whole->textAt(row, u"email"_s));
    const QList<QJsonObject> lines = linesOf(u"more.jsonl"_s);
    QCOMPARE(lines.size(), 1'300);
    for (const QJsonObject &line : lines)
        QCOMPARE(line["email"_L1].toString(), emails.value(line["hs_object_id"_L1].toString()));
}

void TestExportRecords::readsAssociations()
{
    const auto set = allContacts({u"firstname"_s});
    QVERIFY(set);
    ExportPlan links = plan(u"links.jsonl"_s, {});
    links.links = {{ObjectType::Companies, u"domain"_s}};
    RowOrder rows = inOrder(*set);
    rows.resize(30);
    const auto done = run(*set, rows, links);
    QVERIFY(done);
    QVERIFY2(*done, qPrintable(*done ? QString() : done->error().sentence()));
    const QList<QJsonObject> lines = linesOf(u"links.jsonl"_s);
    QCOMPARE(lines.size(), 30);
    int linked = 0;
    for (const QJsonObject &line : lines) {
        const QString id = line["hs_object_id"_L1].toString();
        const auto associations = outcomeOf(m_rig->session->portal().associations(
            ObjectType::Contacts, id, ObjectType::Companies, nullptr));
        QVERIFY(associations && *associations);
        QJsonArray ids;
        QJsonArray domains;
        for (const Association &association : **associations) {
            const auto company = outcomeOf(m_rig->session->portal().read(
                ObjectType::Companies, association.toId, {{u"domain"_s}, {}, {}, false}, nullptr));
            ids.append(association.toId);
            domains.append((*company)->text(u"domain"_s));
            ++linked;
        }
        QCOMPARE(line["associations.companies"_L1].toArray(), ids);
        QCOMPARE(line["associations.companies.domain"_L1].toArray(), domains);
    }
    QVERIFY(linked > 5);
}

/// A company with more contacts than an answer holds (hubspot-api 9.2: 500).
void TestExportRecords::readsEveryPageOfAssociations()
{
    const QString company = u"30000000001"_s;
    PortalReader &reader = m_rig->session->portal();
    PortalWriter writer(reader.client(), reader.version());
    const auto all = allContacts({u"email"_s});
    QVERIFY(all);
    int linked = 0;
    for (qint64 row = 0; row < 620; ++row) {
        const auto done = outcomeOf(
            writer.associate(ObjectType::Contacts, all->idAt(row), ObjectType::Companies, company,
                             {{u"HUBSPOT_DEFINED"_s, contactToCompany, {}}}, nullptr));
        linked += done && *done ? 1 : 0;
    }
    QVERIFY(linked > 600);
    const auto found = outcomeOf(
        new BatchAssociations(m_rig->session->portal(), ObjectType::Companies,
                              {company, u"30000000002"_s}, ObjectType::Contacts, nullptr));
    QVERIFY(found && *found);
    QVERIFY((*found)->value(company).size() >= linked);
}

/// More portions than are read at a time, in parts, the last of which is not full.
void TestExportRecords::writesManyPortions()
{
    const auto set = allContacts({u"email"_s});
    QVERIFY(set);
    RowOrder rows;
    for (int round = 0; round < 4; ++round) {
        const RowOrder once = inOrder(*set);
        rows.insert(rows.end(), once.begin(), once.end());
    }
    ExportPlan parts = plan(u"parts.jsonl"_s, {u"email"_s});
    parts.target.rowsPerFile = 2'000;
    const auto done = run(*set, rows, parts);
    QVERIFY(done && *done);
    QCOMPARE((*done)->table.files.size(), 3);
    QCOMPARE((*done)->table.rows, 5'200);
    const QList<QJsonObject> last = linesOf(u"parts-003.jsonl"_s);
    QCOMPARE(last.size(), 1'200);
    QCOMPARE(last.last()["hs_object_id"_L1].toString(), set->idAt(rows.back()));
}

void TestExportRecords::leavesOutWhatIsGone()
{
    const auto set = emptySet({u"firstname"_s});
    Record record;
    record.id = u"424242"_s; // Not in the portal.
    record.properties.insert(u"firstname"_s, u"Nobody"_s);
    QVERIFY(*outcomeOf(set->append({record}, nullptr)));
    const auto kept = run(*set, {0}, plan(u"kept.jsonl"_s, {u"firstname"_s}));
    QVERIFY(kept && *kept);
    QCOMPARE((*kept)->table.rows, 1); // Nothing had to be read.
    const auto done = run(*set, {0}, plan(u"gone.jsonl"_s, {u"firstname"_s, u"email"_s}));
    QVERIFY(done && *done);
    QCOMPARE((*done)->gone, 1);
    QCOMPARE((*done)->table.rows, 0);
    set->markArchived(record.id);
    QTRY_VERIFY(set->isArchived(0));
    const auto archived = run(*set, {0}, plan(u"archived.jsonl"_s, {u"firstname"_s}));
    QVERIFY(archived && *archived);
    QCOMPARE((*archived)->table.rows, 0);
}

void TestExportRecords::countsRisks()
{
    const auto set = emptySet({u"phone"_s, u"zip"_s});
    QList<Record> records;
    for (const auto &[phone, zip] :
         {std::pair(u"+49 30 23125"_s, u"00123"_s), std::pair(u"030 1"_s, u"8001"_s)}) {
        Record record;
        record.id = QString::number(100 + records.size());
        record.properties = {{u"phone"_s, phone}, {u"zip"_s, zip}};
        records.append(record);
    }
    QVERIFY(*outcomeOf(set->append(records, nullptr)));
    const auto count =
        outcomeOf(new CountRisks(*set, {0, 1}, plan(u"x.csv"_s, {u"phone"_s, u"zip"_s}), nullptr));
    QVERIFY(count && *count);
    QCOMPARE((*count)->runs(), 1);
    QCOMPARE((*count)->changes(), 1);
    QCOMPARE((*count)->columns(), QList<qsizetype>({1, 2}));
}

void TestExportRecords::aCancelledOneLeavesNothing()
{
    const auto set = allContacts({u"email"_s});
    QVERIFY(set);
    for (const QString &name : {u"stopped.csv"_s, u"stopped.xlsx"_s}) {
        auto *call = new ExportRecords(*m_rig->session, *set, inOrder(*set),
                                       plan(name, {u"email"_s}), nullptr);
        connect(call, &CallBase::progressed, call, &CallBase::cancel);
        const auto done = outcomeOf(call);
        QVERIFY(done);
        QCOMPARE(done->error().kind, ErrorKind::Cancelled);
        QThreadPool::globalInstance()->waitForDone();
        QVERIFY(!QFile::exists(m_folder.filePath(name)));
        QVERIFY(QDir(m_folder.path()).entryList({u"workbook*"_s}, QDir::Dirs).isEmpty());
    }
}

HUBKEEPER_TEST(TestExportRecords)
#include "tst_exportrecords.moc"
