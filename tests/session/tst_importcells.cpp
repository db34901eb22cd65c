// SPDX-License-Identifier: MIT
#include "portal/portalwriter.h"
#include "practicesession.h"
#include "session/workbench/importtable.h"
#include "session/writing/keepchanges.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Cells judged with the records they are for, and many rows at once, on a practice portal.
class TestImportCells : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void whatTheRecordHasIsNoFault();
    void readOnlyColumnsAreNamedOnce();
    void aChangedKeyIsRefused();
    void aChangedAddressIsSaid();
    void boxesAreAddedTo();
    void theIdIsTheKeyWhereThereIsNoOther();
    void stagedUpdatesAreLeftAlone();
    void manyRowsGoInPortions();
    void aCancelStagesNothing();

private:
    [[nodiscard]] ImportRequest request(const QByteArray &csv, const QString &match = {});
    [[nodiscard]] ImportedTable import(const ImportRequest &request);
    [[nodiscard]] QString make(const QHash<QString, QString> &properties);
    [[nodiscard]] static ImportedRow rowOf(const ImportedTable &table, size_t place)
    {
        return table.rows->read(qint64(place), 1).value().at(0);
    }
    [[nodiscard]] QStringList filesInCache() const
    {
        return QDir(m_rig->session->recordFolder()).entryList({u"*.sqlite"_s}, QDir::Files);
    }

    std::unique_ptr<PracticeSession> m_rig;
    QObject m_calls;
};

void TestImportCells::init()
{
    m_rig = std::make_unique<PracticeSession>();
}

ImportRequest TestImportCells::request(const QByteArray &csv, const QString &match)
{
    ImportRequest request;
    request.path = m_rig->folder.filePath(u"table.csv"_s);
    request.match = match;
    QFile file(request.path);
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size())
        qFatal("cannot write the table");
    return request;
}

ImportedTable TestImportCells::import(const ImportRequest &request)
{
    const auto imported = outcomeOf(importTable(*m_rig->session, request, &m_calls), 60'000);
    if (!imported || !*imported)
        qFatal("%s", imported ? qUtf8Printable(imported->error().sentence()) : "time-out");
    return **imported;
}

QString TestImportCells::make(const QHash<QString, QString> &properties)
{
    PortalWriter writer(m_rig->session->portal().client(), m_rig->session->portal().version());
    const auto made = outcomeOf(writer.create(ObjectType::Contacts, properties, &m_calls));
    return made && *made ? (*made)->id : QString();
}

/// Blanks and line ends that a cell keeps are not a change, and neither are a label or a case.
void TestImportCells::whatTheRecordHasIsNoFault()
{
    const QString id = make({{u"email"_s, u"ada@example.com"_s},
                             {u"city"_s, u" Bern "_s},
                             {u"address"_s, u"one\ntwo"_s},
                             {u"lifecyclestage"_s, u"lead"_s}});
    QVERIFY(!id.isEmpty());
    ImportRequest same = request("Email,City,Address,Lifecycle Stage\n"
                                 "ADA@example.com, Bern ,\"one\r\ntwo\",Lead\n");
    same.emptyClears = true;
    const ImportedTable table = import(same);
    QCOMPARE(table.unchanged, 1);
    QCOMPARE(rowOf(table, 0).id, id);
}

void TestImportCells::readOnlyColumnsAreNamedOnce()
{
    const QString id = make({{u"email"_s, u"ada@example.com"_s}});
    QVERIFY(!make({{u"email"_s, u"eve@example.com"_s}}).isEmpty());
    const ImportedTable table = import(request("email,createdate,hs_object_id,city\n"
                                               "ada@example.com,2001-01-01T00:00:00Z,"
                                               + id.toLatin1()
                                               + ",Thun\n"
                                                 "eve@example.com,soon,,Chur\n"));
    QCOMPARE(table.updates, 2);
    QCOMPARE(table.refused, 0);
    QCOMPARE(table.readOnly, (QList<ReadOnlyColumn> {{u"createdate"_s, u"createdate"_s, 2}}));
    QCOMPARE(m_rig->session->changes().row(ObjectType::Contacts, id)->cells.size(), 1);
}

/// The address was changed in an export: neither a second contact, nor somebody else's.
void TestImportCells::aChangedKeyIsRefused()
{
    const QString ada = make({{u"email"_s, u"ada@example.com"_s}});
    const QString eve = make({{u"email"_s, u"eve@example.com"_s}});
    const ImportedTable table =
        import(request("Record ID,email\n" + ada.toLatin1() + ",new@example.com\n" + ada.toLatin1()
                       + ",eve@example.com\n,fresh@example.com\n"
                         "new-3,other@example.com\n"));
    QCOMPARE(table.refused, 2);
    QCOMPARE(table.creates, 2); // Without an id, and with the name of a change.
    QCOMPARE(rowOf(table, 0).refusal, ImportRefusal::Missing);
    QVERIFY2(rowOf(table, 0).message.contains(ada), qUtf8Printable(rowOf(table, 0).message));
    QCOMPARE(rowOf(table, 1).refusal, ImportRefusal::Contested);
    QVERIFY2(rowOf(table, 1).message.contains(eve), qUtf8Printable(rowOf(table, 1).message));
}

void TestImportCells::aChangedAddressIsSaid()
{
    const QString id = make({{u"email"_s, u"ada@example.com"_s}});
    const ImportedTable table =
        import(request("Record ID,email\n" + id.toLatin1() + ",ada2@example.com\n", u"id"_s));
    QCOMPARE(table.updates, 1);
    QVERIFY2(rowOf(table, 0).message.contains(u"ada2@example.com"_s),
             qUtf8Printable(rowOf(table, 0).message));
}

/// ";b" adds, "b" replaces.
void TestImportCells::boxesAreAddedTo()
{
    PropertyDefinition definition;
    definition.name = u"boxes"_s;
    definition.type = u"enumeration"_s;
    definition.fieldType = u"checkbox"_s;
    definition.options = {{u"a"_s, u"A"_s, false}, {u"b"_s, u"B"_s, false}};
    const ImportValues values(definition, {});
    QVERIFY(values.isAdding(u";b"_s));
    QVERIFY(!values.isAdding(u"a;b"_s));
    QCOMPARE(values.of(u";B"_s).value(), u"b"_s);
}

void TestImportCells::theIdIsTheKeyWhereThereIsNoOther()
{
    const QString id = make({{u"email"_s, u"ada@example.com"_s}});
    const ImportedTable table = import(request("Record ID,City\n" + id.toLatin1() + ",Thun\n"));
    QCOMPARE(table.updates, 1);
}

void TestImportCells::stagedUpdatesAreLeftAlone()
{
    const QString id = make({{u"email"_s, u"ada@example.com"_s}});
    QVERIFY(outcomeOf(new KeepChanges(*m_rig->session, &m_calls), 20'000)->has_value());
    const ImportRequest same = request("email,city\nada@example.com,Thun\n");
    QCOMPARE(import(same).updates, 1);
    const ImportedTable again = import(same);
    QCOMPARE(again.updates, 0);
    QCOMPARE(rowOf(again, 0).message, u"It is staged already."_s);
    QCOMPARE(import(request("email,city\nada@example.com,Chur\n")).updates, 1);
    QCOMPARE(m_rig->session->changes().row(ObjectType::Contacts, id)->cells.value(u"city"_s).after,
             u"Chur"_s);
}

/// More than are on their way at once; the first and the last are twins, and a block has only
/// refused rows.
void TestImportCells::manyRowsGoInPortions()
{
    QVERIFY(outcomeOf(new KeepChanges(*m_rig->session, &m_calls), 20'000)->has_value());
    QByteArray csv = "email,city\ntwin@example.com,Bern\n";
    constexpr int rows = 3500;
    for (int i = 0; i < rows; ++i) {
        const bool isBad = i >= 1000 && i < 2000;
        csv += (isBad ? "bad" : "p" + QByteArray::number(i) + "@example.com") + ",Bern\n";
        if (isBad)
            csv.insert(csv.size() - 6, QByteArray::number(i));
    }
    csv += "TWIN@example.com,Chur\n";
    const ImportedTable table = import(request(csv));
    QCOMPARE(table.rows->count(), rows + 2);
    QCOMPARE(table.creates, 2500);
    QCOMPARE(table.refused, 1002);
    QCOMPARE(m_rig->session->changes().count(), 2500);
    const auto counts = table.rows->refusals();
    QVERIFY(counts);
    QCOMPARE(counts->size(), size_t(2));
    QCOMPARE(counts->at(0).refusal, ImportRefusal::Value);
    QCOMPARE(counts->at(0).column, 0);
    QCOMPARE(counts->at(0).rows, 1000);
    QCOMPARE(rowOf(table, 0).message, u"Row 3503 has the same email."_s);
    QCOMPARE(table.rows->placesOf(ImportedRow::Status::Refused)->size(), size_t(1002));
    QCOMPARE(table.rows->placesWithMessage()->back(), rows + 1);
    QCOMPARE(m_rig->session->changes().uses(u"city"_s), 2500);
}

void TestImportCells::aCancelStagesNothing()
{
    QByteArray csv = "email,city\n";
    for (int i = 0; i < 5000; ++i)
        csv += "p" + QByteArray::number(i) + "@example.com,Bern\n";
    auto *call = importTable(*m_rig->session, request(csv), &m_calls);
    bool isChecking = false;
    connect(call, &CallBase::progressed, &m_calls, [&](qint64 done, qint64 total) {
        isChecking = isChecking || (total > 0 && done > 0);
        if (isChecking)
            call->cancel();
    });
    const auto outcome = outcomeOf(call, 60'000);
    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
    QVERIFY(isChecking);
    QTRY_COMPARE(filesInCache(), QStringList());
    QCOMPARE(m_rig->session->changes().count(), 0);
}

HUBKEEPER_TEST(TestImportCells)
#include "tst_importcells.moc"
