// SPDX-License-Identifier: MIT
#include "portal/portalwriter.h"
#include "practicesession.h"
#include "session/workbench/importtable.h"
#include "session/writing/applychanges.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Tables into change sets, on a practice portal over real sockets.
class TestImportTable : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void createsAndUpdates();
    void aCheckStagesNothing();
    void theSameFileTwiceChangesNothing();
    void emptyCells_data();
    void emptyCells();
    void modes();
    void refusesRows();
    void matchesCompaniesByDomain();
    void matchesById();
    void takesGuardsOff();
    void findsAdditionalAddresses();
    void refusesTables_data();
    void refusesTables();

private:
    [[nodiscard]] ImportRequest request(const QByteArray &csv, const QString &match = u"email"_s);
    [[nodiscard]] ImportedTable import(const ImportRequest &request);
    [[nodiscard]] QString make(ObjectType type, const QHash<QString, QString> &properties);
    [[nodiscard]] static QStringList told(const ImportedTable &table);
    [[nodiscard]] static std::vector<ImportedRow> rowsOf(const ImportedTable &table);
    [[nodiscard]] static ImportedRow rowOf(const ImportedTable &table, size_t place)
    {
        return rowsOf(table).at(place);
    }

    std::unique_ptr<PracticeSession> m_rig;
    QObject m_calls;
};

void TestImportTable::init()
{
    m_rig = std::make_unique<PracticeSession>();
}

void TestImportTable::cleanup()
{
    m_rig.reset();
}

ImportRequest TestImportTable::request(const QByteArray &csv, const QString &match)
{
    ImportRequest request;
    request.path = m_rig->folder.filePath(u"table.csv"_s);
    request.match = match;
    QFile file(request.path);
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size())
        qFatal("cannot write the table");
    return request;
}

ImportedTable TestImportTable::import(const ImportRequest &request)
{
    const auto imported = outcomeOf(importTable(*m_rig->session, request, &m_calls), 20'000);
    if (!imported || !*imported) {
        qWarning("%s", imported ? qUtf8Printable(imported->error().sentence()) : "time-out");
        return {};
    }
    return **imported;
}

QString TestImportTable::make(ObjectType type, const QHash<QString, QString> &properties)
{
    PortalWriter writer(m_rig->session->portal().client(), m_rig->session->portal().version());
    const auto made = outcomeOf(writer.create(type, properties, &m_calls));
    return made && *made ? (*made)->id : QString();
}

std::vector<ImportedRow> TestImportTable::rowsOf(const ImportedTable &table)
{
    return table.rows ? table.rows->read(0, 10'000).value_or(std::vector<ImportedRow>())
                      : std::vector<ImportedRow>();
}

/// "2 create", "3 refused: why", ...
QStringList TestImportTable::told(const ImportedTable &table)
{
    QStringList list;
    for (const ImportedRow &row : rowsOf(table)) {
        QString line = QString::number(row.number) + u' ' + nameOf(row.status);
        list.append(row.message.isEmpty() ? line : line + u": "_s + row.message);
    }
    return list;
}

void TestImportTable::createsAndUpdates()
{
    const QString id =
        make(ObjectType::Contacts, {{u"email"_s, u"ada@example.com"_s}, {u"city"_s, u"Bern"_s}});
    QVERIFY(!id.isEmpty());
    const ImportedTable table = import(request("Email;City;Remarks\n"
                                               "Ada@Example.com;Thun;x\n"
                                               "\n"
                                               "new@example.com;Chur;y\n"
                                               "ada2@example.com\n"));
    QCOMPARE(told(table), (QStringList {u"2 update"_s, u"4 create"_s, u"5 create"_s}));
    QCOMPARE(table.mapping.properties, (QStringList {u"email"_s, u"city"_s, QString()}));
    const ChangeSet &changes = m_rig->session->changes();
    QCOMPARE(changes.count(), 3);
    const auto update = changes.row(ObjectType::Contacts, id);
    QVERIFY(update);
    QCOMPARE(update->cells, (CellChanges {{u"city"_s, {u"Bern"_s, u"Thun"_s}}}));
    QVERIFY(update->basedOn.isValid());
    QCOMPARE(table.faults.size(), 1); // The row that is short.
    m_rig->session->changes().undo();
    QCOMPARE(changes.count(), 0); // One step.
}

void TestImportTable::aCheckStagesNothing()
{
    QVERIFY(!make(ObjectType::Contacts, {{u"email"_s, u"here@example.com"_s}}).isEmpty());
    ImportRequest wanted = request("email,city,lifecyclestage\n"
                                   "new@example.com,Thun,\n"
                                   "here@example.com,Chur,soon\n"
                                   ",Bern,\n");
    const auto checked = outcomeOf(checkImport(*m_rig->session, wanted, &m_calls), 20'000);
    QVERIFY(checked && *checked);
    const CheckedImport &import = ***checked;
    ChangeSet &changes = m_rig->session->changes();
    QCOMPARE(changes.count(), 0);
    QCOMPARE(import.table.creates, 1);
    QCOMPARE(import.table.refused, 2);
    QCOMPARE(rowOf(import.table, 1).refusal, ImportRefusal::Value);
    QCOMPARE(rowOf(import.table, 1).column, 2);
    QCOMPARE(rowOf(import.table, 2).refusal, ImportRefusal::NoKey);
    QCOMPARE(rowOf(import.table, 2).column, -1);
    const auto staged = outcomeOf(stageImport(*m_rig->session, import, &m_calls), 20'000);
    QVERIFY(staged && *staged);
    QCOMPARE((*staged)->added, 1);
    QCOMPARE(changes.undoName(), u"Import of table.csv"_s);
    changes.undo();
    QCOMPARE(changes.count(), 0);
}

void TestImportTable::theSameFileTwiceChangesNothing()
{
    const ImportRequest same =
        request("email,city,firstname\na@example.com,Thun,Ann\nb@example.com,Chur,Bo\n");
    QCOMPARE(import(same).creates, 2);
    const ImportedTable staged = import(same);
    QCOMPARE(staged.unchanged, 2);
    QCOMPARE(m_rig->session->changes().count(), 2);
    RunOptions options;
    options.reviewed = true;
    options.confirmed = true;
    const auto run = outcomeOf(applyChanges(*m_rig->session, options, &m_calls), 20'000);
    QVERIFY(run && *run);
    QCOMPARE((*run)->applied, 2);
    m_rig->session->changes().removeApplied();
    const ImportedTable again = import(same);
    QCOMPARE(told(again), (QStringList {u"2 unchanged"_s, u"3 unchanged"_s}));
    QCOMPARE(m_rig->session->changes().count(), 0);
}

void TestImportTable::emptyCells_data()
{
    QTest::addColumn<bool>("clears");
    QTest::newRow("leave") << false;
    QTest::newRow("clear") << true;
}

void TestImportTable::emptyCells()
{
    QFETCH(const bool, clears);
    const QString id =
        make(ObjectType::Contacts, {{u"email"_s, u"ada@example.com"_s}, {u"city"_s, u"Bern"_s}});
    ImportRequest wanted = request("email,city\nada@example.com,\n");
    wanted.emptyClears = clears;
    QCOMPARE(import(wanted).updates, clears ? 1 : 0);
    const auto row = m_rig->session->changes().row(ObjectType::Contacts, id);
    QCOMPARE(row.has_value(), clears);
    if (clears)
        QCOMPARE(row->cells, (CellChanges {{u"city"_s, {u"Bern"_s, QString()}}}));
}

void TestImportTable::modes()
{
    QVERIFY(!make(ObjectType::Contacts, {{u"email"_s, u"ada@example.com"_s}}).isEmpty());
    ImportRequest wanted = request("email,city\nada@example.com,Thun\nnew@example.com,Chur\n");
    wanted.mode = ImportMode::Update;
    const ImportedTable updated = import(wanted);
    QCOMPARE(
        told(updated),
        (QStringList {u"2 update"_s, u"3 refused: No record has the email new@example.com."_s}));
    m_rig->session->changes().revertAll();
    wanted.mode = ImportMode::Create;
    const ImportedTable created = import(wanted);
    QCOMPARE(created.creates, 1);
    QCOMPARE(created.refused, 1);
    QVERIFY(rowOf(created, 0).message.contains(u"already"_s));
}

void TestImportTable::refusesRows()
{
    QVERIFY(!make(ObjectType::Contacts, {{u"email"_s, u"ada@example.com"_s}}).isEmpty());
    const ImportedTable table = import(request("email,lifecyclestage,city,createdate\n"
                                               "ada@example.com,Nonsense,Thun,\n"
                                               ",lead,Chur,\n"
                                               "twin@example.com,lead,Chur,\n"
                                               "Twin@example.com,lead,Basel,\n"
                                               "no address,lead,Bern,\n"
                                               "x@example.com,lead,Bern,2026-01-01\n"
                                               "y@example.com,lead,Bern,,more\n"
                                               "good@example.com,Lead,Bern,\n"));
    QCOMPARE(table.refused, 6);
    QCOMPARE(table.creates, 2);
    QVERIFY(rowOf(table, 0).message.contains(u"lifecyclestage"_s));
    QVERIFY(rowOf(table, 1).message.contains(u"no email"_s));
    QCOMPARE(rowOf(table, 2).message, u"Row 5 has the same email."_s);
    QCOMPARE(rowOf(table, 3).message, u"Row 4 has the same email."_s);
    QCOMPARE(rowOf(table, 5).status, ImportedRow::Status::Creates);
    QCOMPARE(table.readOnly,
             (QList<ReadOnlyColumn> {{u"createdate"_s, u"createdate"_s, 1}})); // Said once.
    QVERIFY(rowOf(table, 6).message.contains(u"more cells"_s));
    QCOMPARE(m_rig->session->changes().count(), 2);
    QCOMPARE(m_rig->session->changes().at(1).cells.value(u"lifecyclestage"_s).after, u"lead"_s);
    QVERIFY(!m_rig->session->changes().at(0).cells.contains(u"createdate"_s));
}

void TestImportTable::matchesCompaniesByDomain()
{
    const QString one = make(ObjectType::Companies, {{u"domain"_s, u"one.example"_s}});
    QVERIFY(!make(ObjectType::Companies, {{u"domain"_s, u"two.example"_s}}).isEmpty());
    QVERIFY(!make(ObjectType::Companies, {{u"domain"_s, u"two.example"_s}}).isEmpty());
    ImportRequest wanted =
        request("domain,city\nOne.example,Thun\ntwo.example,Chur\nnew.example,Bern\n", u"domain"_s);
    wanted.type = ObjectType::Companies;
    const ImportedTable table = import(wanted);
    QCOMPARE(table.updates, 1);
    QCOMPARE(rowOf(table, 0).id, one);
    QVERIFY(rowOf(table, 1).message.startsWith(u"Several records"_s));
    QCOMPARE(table.creates, 1);
}

void TestImportTable::matchesById()
{
    const QString id = make(ObjectType::Contacts, {{u"email"_s, u"ada@example.com"_s}});
    const ImportedTable table = import(request(
        "Record ID,Email\n" + id.toLatin1() + ",eve@example.com\n999999,x@example.com\n", u"id"_s));
    QCOMPARE(table.updates, 1);
    QCOMPARE(table.refused, 1);
    const auto row = m_rig->session->changes().row(ObjectType::Contacts, id);
    QVERIFY(row);
    QCOMPARE(row->cells.value(u"email"_s).after, u"eve@example.com"_s);
}

void TestImportTable::takesGuardsOff()
{
    ImportRequest wanted =
        request("email,city,phone\na@example.com,'=x,'+49 30\nb@example.com,''=x,'x\n");
    wanted.isGuarded = true;
    QCOMPARE(import(wanted).creates, 2);
    const std::vector<RowChange> rows = m_rig->session->changes().rows();
    QCOMPARE(rows[0].cells.value(u"city"_s).after, u"=x"_s);
    QCOMPARE(rows[0].cells.value(u"phone"_s).after, u"+49 30"_s);
    QCOMPARE(rows[1].cells.value(u"city"_s).after, u"'=x"_s);
    QCOMPARE(rows[1].cells.value(u"phone"_s).after, u"'x"_s);
}

/// The first address stays; two rows that find one record are both refused.
void TestImportTable::findsAdditionalAddresses()
{
    const QString id = make(ObjectType::Contacts,
                            {{u"email"_s, u"first@example.com"_s},
                             {u"hs_additional_emails"_s, u"second@example.com"_s}});
    QVERIFY(!id.isEmpty());
    const ImportedTable table = import(request("email,city\nsecond@example.com,Thun\n"));
    QCOMPARE(table.updates, 1);
    QCOMPARE(rowOf(table, 0).id, id);
    QVERIFY(rowOf(table, 0).message.contains(u"first@example.com"_s));
    const auto row = m_rig->session->changes().row(ObjectType::Contacts, id);
    QVERIFY(row);
    QCOMPARE(row->cells, (CellChanges {{u"city"_s, {QString(), u"Thun"_s}}}));
    m_rig->session->changes().revertAll();
    const ImportedTable both =
        import(request("email,city\nsecond@example.com,Thun\nfirst@example.com,Chur\n"));
    QCOMPARE(told(both),
             (QStringList {u"2 refused: Row 3 finds the same record."_s,
                           u"3 refused: Row 2 finds the same record."_s}));
    QCOMPARE(m_rig->session->changes().count(), 0);
}

void TestImportTable::refusesTables_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("match");
    QTest::addColumn<QString>("word");
    QTest::newRow("no header") << QByteArray("1,2\n3,4\n") << u"email"_s << u"no header"_s;
    QTest::newRow("no key") << QByteArray("city,zip\nBern,3000\n") << u"email"_s << u"email"_s;
    QTest::newRow("key that is not unique")
        << QByteArray("city,zip\nBern,3000\n") << u"city"_s << u"unique"_s;
    QTest::newRow("two columns of one property")
        << QByteArray("email,Email\na@example.com,b\n") << u"email"_s << u"both"_s;
    QTest::newRow("not a table") << QByteArray("%PDF-1.4") << u"email"_s << u"PDF"_s;
}

void TestImportTable::refusesTables()
{
    QFETCH(const QByteArray, csv);
    QFETCH(const QString, match);
    QFETCH(const QString, word);
    const auto imported =
        outcomeOf(importTable(*m_rig->session, request(csv, match), &m_calls), 20'000);
    QVERIFY(imported && !*imported);
    QCOMPARE(imported->error().kind, ErrorKind::InvalidInput);
    QVERIFY2(imported->error().what.contains(word), qPrintable(imported->error().what));
    QCOMPARE(m_rig->session->changes().count(), 0);
}

HUBKEEPER_TEST(TestImportTable)
#include "tst_importtable.moc"
