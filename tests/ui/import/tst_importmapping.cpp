// SPDX-License-Identifier: MIT
#include "importrig.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "workbench/import/checkedrowsmodel.h"
#include "workbench/import/mappingmodel.h"

#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Which column goes where, in the window, with keys and mouse, against the practice portal.
class TestImportMapping final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_rig->end(); }
    void cleanupTestCase() { m_rig.reset(); }
    void choosesAPropertyByKeyboard();
    void remembersTheMapping();
    void savesAndLoadsAMapping();
    void readsDates();
    void addsAssociations();
    void removesAssociations();
    void namesALabel();

private:
    static void choose(QTableView *table, const QString &property);

    std::unique_ptr<ImportRig> m_rig;
    QObject m_calls;
};

void TestImportMapping::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    m_rig = std::make_unique<ImportRig>();
    QVERIFY(m_rig->grid.readContacts());
}

void TestImportMapping::init()
{
    failOnUnexpectedWarnings();
    m_rig->begin();
}

/// In the editor of the current row; without a text what it has is left.
void TestImportMapping::choose(QTableView *table, const QString &property)
{
    QTest::keyClick(table, Qt::Key_F2);
    auto *box = qobject_cast<QComboBox *>(QApplication::focusWidget());
    QVERIFY(box);
    QTest::keyClicks(box, property);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_VERIFY(!table->findChild<QComboBox *>(u"importProperty"_s));
}

void TestImportMapping::choosesAPropertyByKeyboard()
{
    QVERIFY(m_rig->open(m_rig->file(u"columns.csv"_s, "Mail,Town\na@example.com,Bern\n")));
    QVERIFY(m_rig->goToColumns());
    auto *next = m_rig->part<QPushButton>("importNext");
    QVERIFY(!next->isEnabled());
    QVERIFY2(m_rig->message().contains(u"e-mail address"_s), qPrintable(m_rig->message()));
    auto *table = m_rig->part<QTableView>("importColumns");
    QCOMPARE(QApplication::focusWidget(), table);
    choose(table, u"email"_s);
    QTRY_VERIFY(next->isEnabled());
    QVERIFY(m_rig->message().isEmpty());
    QTest::keyClick(table, Qt::Key_Down);
    choose(table, u"no such property"_s);
    QVERIFY2(m_rig->message().contains(u"none of the properties"_s), qPrintable(m_rig->message()));
    choose(table, u"City (city)"_s);
    QCOMPARE(m_rig->column("importColumns", MappingModel::PropertyColumn),
             (QStringList {u"Email"_s, u"City"_s}));
    QCOMPARE(m_rig->part<QComboBox>("importKey")->currentData().toString(), u"email"_s);
    QVERIFY(m_rig->isAt(2)); // Return was for the list.
}

void TestImportMapping::remembersTheMapping()
{
    const QByteArray table = "Mail,Town\nfirst@example.com,Bern\n";
    QVERIFY(m_rig->open(m_rig->file(u"first.csv"_s, table)));
    QVERIFY(m_rig->goToColumns());
    QAbstractItemModel *columns = m_rig->part<QTableView>("importColumns")->model();
    QVERIFY(columns->setData(columns->index(0, MappingModel::PropertyColumn), u"email"_s));
    QVERIFY(columns->setData(columns->index(1, MappingModel::PropertyColumn), u"city"_s));
    m_rig->choose("importEmpty", 1);
    QVERIFY(m_rig->goToCheck());
    m_rig->dialog()->close();
    QTRY_VERIFY(!m_rig->dialog());
    QVERIFY(m_rig->open(m_rig->file(u"second.csv"_s, "MAIL,Town\nsecond@example.com,Chur\n")));
    QVERIFY(m_rig->goToColumns());
    QCOMPARE(m_rig->column("importColumns", MappingModel::PropertyColumn),
             (QStringList {u"Email"_s, u"City"_s}));
    QCOMPARE(m_rig->column("importColumns", MappingModel::RemarkColumn)[0], u"As last time"_s);
    QVERIFY(m_rig->part<QComboBox>("importEmpty")->currentData().toBool());
}

void TestImportMapping::savesAndLoadsAMapping()
{
    QVERIFY(m_rig->open(m_rig->file(u"map.csv"_s, "Mail,Town\na@example.com,Bern\n")));
    QVERIFY(m_rig->goToColumns());
    QAbstractItemModel *columns = m_rig->part<QTableView>("importColumns")->model();
    QVERIFY(columns->setData(columns->index(0, MappingModel::PropertyColumn), u"email"_s));
    QTest::mouseClick(m_rig->part<QPushButton>("importSaveMapping"), Qt::LeftButton);
    ImportRig::typePath(m_rig->dialog(), m_rig->folder.filePath(u"mapping.json"_s));
    QTRY_VERIFY(m_rig->contentOf(u"mapping.json"_s).contains("\"Mail\": \"email\""));
    QVERIFY(columns->setData(columns->index(0, MappingModel::PropertyColumn), QString()));
    QTest::mouseClick(m_rig->part<QPushButton>("importLoadMapping"), Qt::LeftButton);
    ImportRig::typePath(m_rig->dialog(), m_rig->folder.filePath(u"mapping.json"_s));
    QTRY_COMPARE(m_rig->column("importColumns", MappingModel::PropertyColumn)[0], u"Email"_s);
    QTest::mouseClick(m_rig->part<QPushButton>("importLoadMapping"), Qt::LeftButton);
    ImportRig::typePath(m_rig->dialog(), m_rig->folder.filePath(u"map.csv"_s));
    QTRY_VERIFY2(m_rig->message().contains(u"not a column mapping"_s),
                 qPrintable(m_rig->message()));
}

/// A date that can be read in two ways is refused until the order is given.
void TestImportMapping::readsDates()
{
    QVERIFY(m_rig->open(
        m_rig->file(u"dates.csv"_s, "email,closedate\nnew.date@example.com,5/11/2026\n")));
    QVERIFY(m_rig->goToColumns());
    const auto *dates = m_rig->part<QComboBox>("importDates");
    QVERIFY(dates->isVisible());
    QAbstractItemModel *columns = m_rig->part<QTableView>("importColumns")->model();
    QVERIFY(columns->setData(columns->index(1, MappingModel::PropertyColumn), QString()));
    QVERIFY(!dates->isVisible()); // No dates, no question.
    QVERIFY(columns->setData(columns->index(1, MappingModel::PropertyColumn), u"closedate"_s));
    QVERIFY(dates->isVisible());
    QVERIFY(m_rig->goToCheck());
    QVERIFY(!m_rig->part<QPushButton>("importNext")->isEnabled());
    m_rig->alt(Qt::Key_B);
    QTRY_VERIFY(m_rig->isAt(2));
    m_rig->choose("importDates", 1);
    QVERIFY(m_rig->part<QLineEdit>("importCommand")->text().contains(u"--dates dmy"_s));
    QVERIFY(m_rig->goToCheck());
    QTRY_VERIFY(m_rig->part<QPushButton>("importNext")->isEnabled());
}

/// A column of company IDs is recognized; a company that is not there refuses its row.
void TestImportMapping::addsAssociations()
{
    const auto companies =
        outcomeOf(m_rig->grid.session->portal().list(ObjectType::Companies, {}, &m_calls), 20'000);
    QVERIFY(companies && *companies && !(*companies)->records.isEmpty());
    const QByteArray company = (*companies)->records.first().id.toUtf8();
    QVERIFY(m_rig->open(m_rig->file(u"links.csv"_s,
                                    "Email,Company ID,Associated Company IDs\n"
                                    "link.one@example.com,,"
                                        + company
                                        + "\nlink.two@example.com,,999999999\n"
                                          "link.three@example.com,,\n")));
    QVERIFY(m_rig->goToColumns());
    QCOMPARE(m_rig->column("importColumns", MappingModel::PropertyColumn),
             (QStringList {u"Email"_s, u"Not imported"_s, u"Associated companies: record ID"_s}));
    QVERIFY(m_rig->part<QComboBox>("importLinks")->isVisible());
    m_rig->choose("importLinks", 1);
    QVERIFY(m_rig->part<QLineEdit>("importCommand")->text().contains(u"--associations replace"_s));
    m_rig->choose("importLinks", 0);
    QVERIFY(m_rig->goToCheck());
    const QString summary = m_rig->part<QLabel>("importSummary")->text();
    QVERIFY2(summary.contains(u"1 association(s) are added"_s), qPrintable(summary));
    QTRY_COMPARE(m_rig->column("importRows", CheckedRowsModel::CellColumn),
                 (QStringList {u"Associated Company IDs"_s}));
    QCOMPARE(m_rig->column("importRows", CheckedRowsModel::MessageColumn),
             (QStringList {u"No company has the ID 999999999."_s}));
    QCOMPARE(m_rig->part<QPushButton>("importNext")->text(), u"&Stage 3 Change(s)"_s);
    m_rig->alt(Qt::Key_S);
    QTRY_VERIFY(!m_rig->dialog());
    QCOMPARE(m_rig->grid.changes().count(), 3);
    const RowChange link = m_rig->grid.changes().at(1);
    QCOMPARE(link.subject, RowSubject::Association);
    QCOMPARE(link.to->id, QString::fromUtf8(company));
    m_rig->grid.changes().undo();
    QCOMPARE(m_rig->grid.changes().count(), 0);
}

/// The table names one company; the others of the contact are staged to go, and Undo keeps them.
void TestImportMapping::removesAssociations()
{
    ListOptions wanted;
    wanted.associations = {u"companies"_s};
    const auto contacts = outcomeOf(
        m_rig->grid.session->portal().list(ObjectType::Contacts, wanted, &m_calls), 20'000);
    QVERIFY(contacts && *contacts);
    const QList<Record> &records = (*contacts)->records;
    const auto linked = std::find_if(records.begin(), records.end(), [](const Record &record) {
        return !record.associatedIds.value(u"companies"_s).isEmpty()
            && !record.text(u"email"_s).isEmpty();
    });
    QVERIFY(linked != records.end());
    QVERIFY(m_rig->open(
        m_rig->file(u"unlink.csv"_s,
                    "Email,associations.companies\n" + linked->text(u"email"_s).toUtf8() + ",\n")));
    QVERIFY(m_rig->goToColumns());
    m_rig->choose("importEmpty", 1);
    m_rig->choose("importLinks", 1);
    QVERIFY(m_rig->goToCheck());
    const QString summary = m_rig->part<QLabel>("importSummary")->text();
    QVERIFY2(summary.contains(u"association(s) are removed"_s), qPrintable(summary));
    QTRY_VERIFY(m_rig->part<QPushButton>("importNext")->isEnabled());
    m_rig->alt(Qt::Key_S);
    QTRY_VERIFY(!m_rig->dialog());
    QVERIFY(m_rig->grid.changes().count() > 0);
    const RowChange link = m_rig->grid.changes().at(0);
    QCOMPARE(link.subject, RowSubject::Association);
    QCOMPARE(link.kind, ChangeKind::Archive);
    m_rig->grid.changes().undo();
    QCOMPARE(m_rig->grid.changes().count(), 0);
}

void TestImportMapping::namesALabel()
{
    QVERIFY(m_rig->open(m_rig->file(u"labels.csv"_s, "Email,Employer,Payer\na@example.com,,\n")));
    QVERIFY(m_rig->goToColumns());
    auto *table = m_rig->part<QTableView>("importColumns");
    QTest::keyClick(table, Qt::Key_Down);
    choose(table, u"Associated companies: domain (Primary)"_s);
    QTest::keyClick(table, Qt::Key_Down);
    choose(table, u"associations.companies.domain=Billing contact"_s);
    const QStringList chosen {u"Email"_s, u"Associated companies: domain (Primary)"_s,
                              u"Associated companies: domain (Billing contact)"_s};
    QCOMPARE(m_rig->column("importColumns", MappingModel::PropertyColumn), chosen);
    choose(table, {}); // Looked at, and left as it is.
    QCOMPARE(m_rig->column("importColumns", MappingModel::PropertyColumn), chosen);
    QVERIFY(m_rig->goToCheck());
}

HUBKEEPER_WINDOW_TEST(TestImportMapping)
#include "tst_importmapping.moc"
