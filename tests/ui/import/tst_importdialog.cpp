// SPDX-License-Identifier: MIT
#include "importrig.h"
#include "testkit/windowtest.h"
#include "widgets/callbar.h"
#include "workbench/import/checkedrowsmodel.h"
#include "workbench/import/faultsmodel.h"
#include "workbench/import/mappingmodel.h"

#include <QAction>
#include <QDropEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QScopeGuard>
#include <QToolButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Importing in the window, with keys and mouse, against the practice portal.
class TestImportDialog final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_rig.reset(); }
    void importsAFile();
    void asksForAFile();
    void showsWhatIsRefused();
    void savesTheRefusedRows();
    void readsTheFileInAnotherWay();
    void goesToFaults();
    void saysWhyAFileIsRefused_data();
    void saysWhyAFileIsRefused();
    void pastesFromTheClipboard();
    void takesADroppedTable();
    void masksPersonalData();
    void checksAgainOnlyWhatChanged();
    void everythingHasANameAndFits();
    void canBeStopped();
    void saysWhyTheCheckFailed();
    void closesWithTheSession();

private:
    [[nodiscard]] QByteArray twoRows() const
    {
        return "Email,City\n" + m_rig->grid.raw(0, u"email"_s).toUtf8()
            + ",Thun\nnew.person@example.com,Chur\n";
    }

    std::unique_ptr<ImportRig> m_rig;
};

void TestImportDialog::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    m_rig = std::make_unique<ImportRig>();
    QVERIFY(m_rig->grid.readContacts());
}

void TestImportDialog::init()
{
    failOnUnexpectedWarnings();
    m_rig->begin();
}

void TestImportDialog::cleanup()
{
    m_rig->end();
}

void TestImportDialog::importsAFile()
{
    QVERIFY(m_rig->open(m_rig->file(u"people.csv"_s, twoRows())));
    QTRY_COMPARE(m_rig->column("importPreview", 1), (QStringList {u"Thun"_s, u"Chur"_s}));
    QVERIFY(m_rig->part<QLabel>("importFileName")->text().contains(u"2 row"_s));
    QVERIFY(m_rig->goToColumns());
    QCOMPARE(m_rig->column("importColumns", MappingModel::PropertyColumn),
             (QStringList {u"Email"_s, u"City"_s}));
    QTRY_VERIFY(m_rig->column("importColumns", MappingModel::SamplesColumn)[1].contains(u"Thun"_s));
    QVERIFY(m_rig->part<QLineEdit>("importCommand")->text().startsWith(u"hubkeeper-cli import "_s));
    QVERIFY(m_rig->goToCheck());
    QCOMPARE(m_rig->grid.changes().count(), 0); // Nothing before somebody says so.
    auto *stage = m_rig->part<QPushButton>("importNext");
    QCOMPARE(stage->text(), u"&Stage 2 Change(s)"_s);
    QTRY_COMPARE(m_rig->column("importRows", CheckedRowsModel::StatusColumn),
                 (QStringList {u"New"_s}));
    m_rig->alt(Qt::Key_S);
    QTRY_VERIFY(!m_rig->dialog());
    QCOMPARE(m_rig->grid.changes().count(), 2);
    QCOMPARE(m_rig->wentTo, PageId::Changes);
    QVERIFY2(m_rig->said.contains(u"2 record(s) are staged"_s), qPrintable(m_rig->said));
    QCOMPARE(m_rig->grid.changes().undoName(), u"Import of people.csv"_s);
    m_rig->grid.changes().undo();
    QCOMPARE(m_rig->grid.changes().count(), 0); // One step.
}

void TestImportDialog::asksForAFile()
{
    const QString path = m_rig->file(u"asked.csv"_s, twoRows());
    m_rig->grid.activate();
    m_rig->import->importAction()->trigger();
    ImportRig::typePath(m_rig->grid.page, path);
    QTRY_VERIFY(m_rig->dialog());
    QTRY_VERIFY(m_rig->part<QPushButton>("importNext")->isEnabled());
    const QString other = m_rig->file(u"other.csv"_s, "email\nx@example.com\n");
    m_rig->activate();
    QTest::mouseClick(m_rig->part<QPushButton>("importOtherFile"), Qt::LeftButton);
    ImportRig::typePath(m_rig->dialog(), other);
    QTRY_COMPARE(m_rig->column("importPreview", 0), QStringList {u"x@example.com"_s});
}

void TestImportDialog::showsWhatIsRefused()
{
    const QByteArray known = m_rig->grid.raw(0, u"email"_s).toUtf8();
    QVERIFY(m_rig->open(m_rig->file(u"refused.csv"_s,
                                    "email,city,lifecyclestage\n" + known
                                        + ",Thun,lead\n"
                                          "a@example.com,Bern,no such stage\n"
                                          "b@example.com,Bern,nor this\n"
                                          ",Bern,lead\n"
                                          "c@example.com,Bern,lead\n")));
    QVERIFY(m_rig->goToColumns());
    QVERIFY(m_rig->goToCheck());
    auto *groups = m_rig->part<QTreeWidget>("importGroups");
    QTRY_VERIFY(groups->topLevelItemCount() > 0);
    const QTreeWidgetItem *refused = groups->topLevelItem(0);
    QCOMPARE(refused->text(0), u"Refused"_s);
    QCOMPARE(refused->text(1), u"3"_s);
    QCOMPARE(refused->childCount(), 2);
    QCOMPARE(refused->child(0)->text(0), u"lifecyclestage: not a possible value"_s);
    QCOMPARE(refused->child(0)->text(1), u"2"_s);
    QTRY_COMPARE(m_rig->column("importRows", CheckedRowsModel::NumberColumn),
                 (QStringList {u"3"_s, u"4"_s, u"5"_s}));
    // By keyboard: the first reason.
    groups->setFocus();
    QTest::keyClick(groups, Qt::Key_Down);
    QTRY_COMPARE(m_rig->column("importRows", CheckedRowsModel::ValueColumn),
                 (QStringList {u"no such stage"_s, u"nor this"_s}));
    QVERIFY(m_rig->column("importRows", CheckedRowsModel::MessageColumn)[0].contains(
        u"no such stage"_s));
    QCOMPARE(m_rig->part<QPushButton>("importNext")->text(), u"&Stage 2 Change(s)"_s);
    QVERIFY(m_rig->part<QLabel>("importSummary")->text().contains(u"refused"_s));
    m_rig->alt(Qt::Key_S);
    QTRY_COMPARE(m_rig->grid.changes().count(), 2); // The rest.
}

void TestImportDialog::savesTheRefusedRows()
{
    QVERIFY(m_rig->open(m_rig->file(u"some.csv"_s,
                                    "email,lifecyclestage\n"
                                    "a@example.com,no such stage\n"
                                    "b@example.com,lead\n")));
    QVERIFY(m_rig->goToColumns());
    QVERIFY(m_rig->goToCheck());
    QTest::mouseClick(m_rig->part<QPushButton>("importSaveRefused"), Qt::LeftButton);
    ImportRig::typePath(m_rig->dialog(), m_rig->folder.filePath(u"bad.csv"_s));
    QTRY_VERIFY(m_rig->message().contains(u"bad.csv"_s));
    QVERIFY2(m_rig->message().contains(u"1 row"_s), qPrintable(m_rig->message()));
    const QByteArray saved = m_rig->contentOf(u"bad.csv"_s);
    QVERIFY2(saved.startsWith("email,lifecyclestage,id,status,message\r\n"
                              "a@example.com,no such stage,,refused,"),
             saved.constData());
    QVERIFY(!saved.contains("b@example.com"));
    QTest::mouseClick(m_rig->part<QPushButton>("importSaveResult"), Qt::LeftButton);
    ImportRig::typePath(m_rig->dialog(), m_rig->folder.filePath(u"all.csv"_s));
    QTRY_VERIFY(m_rig->message().contains(u"all.csv"_s));
    QVERIFY(m_rig->contentOf(u"all.csv"_s).contains("b@example.com,lead,,create,"));
}

void TestImportDialog::readsTheFileInAnotherWay()
{
    QVERIFY(m_rig->open(
        m_rig->file(u"odd.csv"_s, "email|city;email\na@example.com|x;b@example.com\n")));
    const QAbstractItemModel *rows = m_rig->part<QTableView>("importPreview")->model();
    auto *separator = m_rig->part<QComboBox>("importSeparator");
    separator->setFocus();
    separator->lineEdit()->selectAll();
    QTest::keyClicks(separator, u"semicolon"_s);
    QTest::keyClick(separator, Qt::Key_Return);
    QTRY_COMPARE(rows->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"email|city"_s);
    QTRY_COMPARE(rows->rowCount(), 1);
    separator->lineEdit()->selectAll();
    QTest::keyClicks(separator, u"|"_s);
    QTest::keyClick(separator, Qt::Key_Return);
    QTRY_COMPARE(rows->headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"city;email"_s);
    QVERIFY(m_rig->isAt(1)); // Return was for the field.
    // No header: it says so, and there is no way on.
    auto *header = m_rig->part<QComboBox>("importHeader");
    header->setFocus();
    QTest::keyClick(header, Qt::Key_End);
    QTRY_VERIFY(m_rig->message().contains(u"no header"_s));
    QVERIFY(!m_rig->part<QPushButton>("importNext")->isEnabled());
    QTest::keyClick(header, Qt::Key_Home);
    QTRY_VERIFY(m_rig->part<QPushButton>("importNext")->isEnabled());
    QVERIFY(m_rig->message().isEmpty());
}

void TestImportDialog::goesToFaults()
{
    QByteArray csv = "email,city\n";
    for (int i = 0; i < 500; ++i)
        csv += "p" + QByteArray::number(i) + "@example.com" + (i == 400 ? "\n" : ",Bern\n");
    QVERIFY(m_rig->open(m_rig->file(u"faults.csv"_s, csv)));
    auto *faults = m_rig->part<QTableView>("importFaults");
    QTRY_COMPARE(faults->model()->rowCount(), 1);
    QTRY_VERIFY(faults->isVisible());
    QCOMPARE(m_rig->part<QComboBox>("importFaultKinds")->itemText(1),
             u"Rows that are too short: 1"_s);
    const QModelIndex fault = faults->model()->index(0, FaultsModel::TextColumn);
    QTest::mouseClick(faults->viewport(), Qt::LeftButton, {}, faults->visualRect(fault).center());
    auto *preview = m_rig->part<QTableView>("importPreview");
    QCOMPARE(preview->currentIndex().row(), 400);
    QTRY_VERIFY(
        preview->visualRect(preview->currentIndex()).intersects(preview->viewport()->rect()));
    QTRY_COMPARE(preview->currentIndex().siblingAtColumn(0).data().toString(),
                 u"p400@example.com"_s);
}

void TestImportDialog::saysWhyAFileIsRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    QTest::newRow("old workbook") << QByteArray::fromHex("d0cf11e0a1b11ae1") + QByteArray(600, 'x')
                                  << u".xlsx"_s;
    QTest::newRow("pdf") << QByteArray("%PDF-1.7\n\x01\x02\x03") << u"table"_s;
    QTest::newRow("header only") << QByteArray("email,city\n") << u"no rows"_s;
    QTest::newRow("empty") << QByteArray() << u"nothing in the file"_s;
}

void TestImportDialog::saysWhyAFileIsRefused()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, said);
    m_rig->import->importFile(m_rig->file(u"refused.bin"_s, content));
    QTRY_VERIFY(m_rig->dialog());
    QTRY_VERIFY(!m_rig->message().isEmpty());
    QVERIFY2(m_rig->message().contains(said, Qt::CaseInsensitive), qPrintable(m_rig->message()));
    QVERIFY(!m_rig->part<QPushButton>("importNext")->isEnabled());
    QVERIFY(!m_rig->part<QToolButton>("importStep2")->isEnabled());
}

void TestImportDialog::pastesFromTheClipboard()
{
    m_rig->grid.activate();
    QApplication::clipboard()->clear();
    m_rig->import->pasteAction()->trigger();
    QVERIFY(m_rig->said.contains(u"no text"_s));
    QVERIFY(!m_rig->dialog());
    QApplication::clipboard()->setText(u"email\tcity\npasted@example.com\tThun\n"_s);
    m_rig->import->pasteAction()->trigger();
    QTRY_VERIFY(m_rig->dialog());
    m_rig->activate();
    QTRY_VERIFY(m_rig->part<QPushButton>("importNext")->isEnabled());
    QVERIFY(m_rig->part<QLabel>("importFileName")->text().startsWith(u"Clipboard"_s));
    QVERIFY(m_rig->goToColumns());
    QVERIFY(!m_rig->part<QPushButton>("importCopyCommand")->isEnabled());
    QVERIFY(m_rig->goToCheck());
    m_rig->alt(Qt::Key_S);
    QTRY_COMPARE(m_rig->grid.changes().count(), 1);
    QCOMPARE(m_rig->grid.changes().undoName(), u"Import of Clipboard.csv"_s);
}

void TestImportDialog::takesADroppedTable()
{
    const auto drop = [this](const QString &path) {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(path)});
        QWidget *grid = m_rig->grid.page->table()->viewport();
        const QPoint at = grid->mapTo(m_rig->grid.page, QPoint(30, 30));
        QDragEnterEvent enter(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QApplication::sendEvent(m_rig->grid.page, &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent event(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_rig->grid.page, &event);
        return event.isAccepted();
    };
    QVERIFY(!drop(m_rig->file(u"provisioner.json"_s, "{}"))); // The window's.
    QVERIFY(!m_rig->dialog());
    QVERIFY(drop(m_rig->file(u"dropped.csv"_s, twoRows())));
    QTRY_VERIFY(m_rig->dialog());
    QTRY_VERIFY(m_rig->part<QPushButton>("importNext")->isEnabled());
    QVERIFY(drop(m_rig->file(u"second.csv"_s, "email\nz@example.com\n"))); // Into the same dialog.
    QTRY_COMPARE(m_rig->column("importPreview", 0), QStringList {u"z@example.com"_s});
    QCOMPARE(m_rig->grid.page->findChildren<ImportDialog *>().size(), 1);
}

void TestImportDialog::masksPersonalData()
{
    m_rig->grid.masking.setOn(true);
    QVERIFY(m_rig->open(m_rig->file(u"masked.csv"_s,
                                    "email,city,lifecyclestage\n"
                                    "secret.person@example.com,Hiddentown,lead\n"
                                    "other.person@example.com,Hiddentown,Hiddenstage\n")));
    QTRY_VERIFY(!m_rig->column("importPreview", 0).isEmpty());
    QTRY_VERIFY(!m_rig->column("importPreview", 0)[0].contains(u'…'));
    const auto isHidden = [this](const char *table) {
        const QAbstractItemModel *model = m_rig->part<QAbstractItemView>(table)->model();
        for (int column = 0; column < model->columnCount(); ++column) {
            for (const QString &text : m_rig->column(table, column)) {
                if (text.contains(u".person"_s) || text.contains(u"Hiddentown"_s))
                    return false;
            }
        }
        return model->rowCount() > 0;
    };
    QVERIFY(isHidden("importPreview"));
    QVERIFY(m_rig->goToColumns());
    QTRY_VERIFY(!m_rig->column("importColumns", MappingModel::SamplesColumn)[0].isEmpty());
    QVERIFY(isHidden("importColumns"));
    QVERIFY(m_rig->goToCheck());
    QTRY_COMPARE(m_rig->column("importRows", CheckedRowsModel::NumberColumn).size(), 1);
    QTRY_VERIFY(!m_rig->column("importRows", CheckedRowsModel::MessageColumn)[0].isEmpty());
    QVERIFY(isHidden("importRows"));
}

void TestImportDialog::checksAgainOnlyWhatChanged()
{
    QVERIFY(m_rig->open(m_rig->file(u"again.csv"_s, twoRows())));
    QVERIFY(m_rig->goToColumns());
    QVERIFY(m_rig->goToCheck());
    const auto calls = [this] { return m_rig->grid.session->traffic().records().size(); };
    auto before = calls();
    m_rig->alt(Qt::Key_B);
    QTRY_VERIFY(m_rig->isAt(2));
    m_rig->alt(Qt::Key_N);
    QTRY_VERIFY(m_rig->isAt(3));
    QVERIFY(m_rig->part<QPushButton>("importNext")->isEnabled());
    QCOMPARE(calls(), before);
    m_rig->alt(Qt::Key_B);
    QTRY_VERIFY(m_rig->isAt(2));
    QAbstractItemModel *columns = m_rig->part<QTableView>("importColumns")->model();
    QVERIFY(columns->setData(columns->index(1, MappingModel::PropertyColumn), u"company"_s));
    QVERIFY(m_rig->goToCheck());
    QVERIFY(calls() > before);
    m_rig->alt(Qt::Key_B);
    QTRY_VERIFY(m_rig->isAt(2));
    before = calls();
    m_rig->choose("importMode", 1);
    QVERIFY(m_rig->goToCheck());
    QVERIFY(calls() > before);
    QCOMPARE(m_rig->part<QPushButton>("importNext")->text(), u"&Stage 1 Change(s)"_s);
}

void TestImportDialog::everythingHasANameAndFits()
{
    QVERIFY(m_rig->open(m_rig->file(u"named.csv"_s, "email,city\na@example.com\n")));
    for (int step = 1; step <= 3; ++step) {
        QVERIFY(m_rig->isAt(step));
        QTRY_COMPARE(DialogManners::faultsOf(*m_rig->dialog()), QStringList()); // Laid out anew.
        if (step == 1)
            QVERIFY(m_rig->goToColumns());
        else if (step == 2)
            QVERIFY(m_rig->goToCheck());
    }
}

void TestImportDialog::canBeStopped()
{
    m_rig->grid.practice.server.setLatency(std::chrono::milliseconds(400));
    const auto guard = qScopeGuard(
        [this] { m_rig->grid.practice.server.setLatency(std::chrono::milliseconds(0)); });
    QByteArray csv = "email,city\n";
    for (int i = 0; i < 1'000; ++i)
        csv += "many" + QByteArray::number(i) + "@example.com,Bern\n";
    QVERIFY(m_rig->open(m_rig->file(u"many.csv"_s, csv)));
    QVERIFY(m_rig->goToColumns());
    m_rig->alt(Qt::Key_N);
    QTRY_VERIFY(m_rig->isAt(3));
    QPushButton *cancel = nullptr;
    const auto isShown = [&] {
        for (auto *button : m_rig->dialog()->findChildren<QPushButton *>(u"cancel"_s))
            cancel = button->isVisible() ? button : cancel;
        return cancel != nullptr;
    };
    QVERIFY(QTest::qWaitFor(isShown, 5'000));
    QVERIFY(!m_rig->part<QPushButton>("importNext")->isEnabled());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_VERIFY2(m_rig->message().contains(u"was stopped"_s), qPrintable(m_rig->message()));
    QVERIFY(!m_rig->part<QPushButton>("importNext")->isEnabled());
    QCOMPARE(m_rig->grid.changes().count(), 0);
    m_rig->grid.practice.server.setLatency(std::chrono::milliseconds(0));
    QTest::mouseClick(m_rig->part<QPushButton>("importCheckAgain"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_rig->part<QPushButton>("importNext")->isEnabled(), 20'000);
    QVERIFY(m_rig->message().isEmpty());
}

void TestImportDialog::saysWhyTheCheckFailed()
{
    ImportRig rig;
    QVERIFY(rig.grid.readContacts());
    QVERIFY(rig.open(rig.file(u"offline.csv"_s, "email,city\nx@example.com,Bern\n")));
    QVERIFY(rig.goToColumns());
    rig.grid.practice.server.stop();
    QVERIFY(rig.goToCheck());
    QVERIFY(!rig.part<QPushButton>("importNext")->isEnabled());
    QStringList said;
    for (const MessageBar *bar : rig.dialog()->findChildren<MessageBar *>())
        said.append(bar->isVisible() ? bar->text() : QString());
    QVERIFY2(!said.join(QString()).isEmpty(), "the failure is not shown");
    QCOMPARE(rig.grid.changes().count(), 0);
    rig.dialog()->close();
}

void TestImportDialog::closesWithTheSession()
{
    QVERIFY(m_rig->open(m_rig->file(u"closing.csv"_s, twoRows())));
    QVERIFY(m_rig->goToColumns());
    m_rig->alt(Qt::Key_N); // While it is being checked.
    m_rig->import->setSession(nullptr);
    QVERIFY(!m_rig->dialog());
    QVERIFY(!m_rig->import->importAction()->isEnabled());
    m_rig->import->setSession(m_rig->grid.session);
    QVERIFY(m_rig->import->importAction()->isEnabled());
    QCOMPARE(m_rig->grid.changes().count(), 0);
}

HUBKEEPER_WINDOW_TEST(TestImportDialog)
#include "tst_importdialog.moc"
