// SPDX-License-Identifier: MIT
#include "gridrig.h"
#include "records/export/exportcommand.h"
#include "records/export/exportdialog.h"
#include "testkit/windowtest.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Exporting from the page, with keys and mouse.
class TestExportDialog final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_rig.reset(); }
    void commands_data();
    void commands();
    void writesWhatIsSelected();
    void writesWhatIsShown();
    void readsThePortalWhereTheGridHasLess();
    void countsWhatASpreadsheetWouldDo();
    void endingFollowsTheFormat();
    void refusesAPlaceThatIsNone();
    void writesLabelsOrValues();
    void writesPseudonymsWhileMasked();
    void saysWhatFailed();

private:
    void open();
    template <typename T>
    [[nodiscard]] T *part(const QString &name) const
    {
        return m_dialog->findChild<T *>(name);
    }
    void choose(QComboBox *box, int index)
    {
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < index; ++i)
            QTest::keyClick(box, Qt::Key_Down);
    }
    void name(const QString &file)
    {
        auto *path = part<QLineEdit>(u"exportPath"_s);
        path->setFocus();
        path->selectAll();
        QTest::keyClicks(path, m_folder.filePath(file));
    }
    /// A click on a radio button or a check box, where its indicator is.
    void click(QAbstractButton *button)
    {
        QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(8, button->height() / 2));
    }
    void start()
    {
        QTest::mouseClick(part<QPushButton>(u"exportStart"_s), Qt::LeftButton);
        QTRY_VERIFY(m_said.contains(u"exported"_s));
    }
    [[nodiscard]] QStringList linesOf(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QString::fromUtf8(file.readAll()).split(u"\r\n"_s, Qt::SkipEmptyParts);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<GridRig> m_rig;
    QPointer<ExportDialog> m_dialog;
    QString m_said;
};

void TestExportDialog::initTestCase()
{
    m_rig = std::make_unique<GridRig>();
    QVERIFY(m_rig->readContacts());
    connect(m_rig->page, &Page::statusMessage, this,
            [this](const QString &text) { m_said = text; });
}

void TestExportDialog::init()
{
    failOnUnexpectedWarnings();
    m_rig->changes().revertAll();
    m_rig->page->table()->clearSelection();
    m_rig->page->table()->setFocus();
    m_said.clear();
}

void TestExportDialog::cleanup()
{
    if (m_dialog)
        m_dialog->reject();
    m_rig->page->findChild<QLineEdit *>(u"contactsFilter"_s)->clear();
    QTRY_COMPARE(m_rig->page->model()->rowCount(), 60);
}

/// By the menu of the right mouse button.
void TestExportDialog::open()
{
    m_rig->activate();
    QWidget *grid = m_rig->page->table()->viewport();
    QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(40, 40),
                            grid->mapToGlobal(QPoint(40, 40)));
    QApplication::sendEvent(grid, &event);
    QMenu *menu = nullptr;
    QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
    auto *action = m_rig->page->findChild<QAction *>(u"exportRecords"_s);
    QVERIFY(menu->actions().contains(action));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
    QTRY_VERIFY(m_rig->page->findChild<ExportDialog *>());
    m_dialog = m_rig->page->findChild<ExportDialog *>();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog));
    m_dialog->activateWindow();
    QVERIFY(m_dialog->height() <= 700 && m_dialog->width() <= 1024);
}

void TestExportDialog::commands_data()
{
    QTest::addColumn<ExportPlan>("plan");
    QTest::addColumn<QStringList>("ids");
    QTest::addColumn<QString>("line");
    ExportPlan plan;
    plan.properties = {u"email"_s, u"city"_s};
    plan.target = {u"/tmp/my file.csv"_s, {ExportFormat::Csv}, 0, u"/tmp"_s};
    QTest::newRow("csv") << plan << QStringList()
                         << u"hubkeeper-cli search /p.json contact --columns email,city --output "
                            "'/tmp/my file.csv'"_s;
    plan.hasLabels = true;
    plan.links = {{ObjectType::Companies, u"domain"_s}};
    plan.target.format = {ExportFormat::Csv, u';', true, true};
    plan.target.rowsPerFile = 500;
    QTest::newRow("all of it") << plan << QStringList {u"1"_s, u"2"_s}
                               << u"hubkeeper-cli search /p.json contact --filter '_id eq \"1\" or "
                                  "_id eq \"2\"' --columns email,city --labels --associations "
                                  "companies.domain --separator semicolon --bom --guard --split "
                                  "500 --output '/tmp/my file.csv'"_s;
    plan = {};
    plan.target = {u"/tmp/x.txt"_s, {ExportFormat::Xlsx}, 0, u"/tmp"_s};
    QTest::newRow("xlsx") << plan << QStringList()
                          << u"hubkeeper-cli search /p.json contact --columns hs_object_id "
                             "--format xlsx --output /tmp/x.txt"_s;
}

void TestExportDialog::commands()
{
    QFETCH(ExportPlan, plan);
    QFETCH(QStringList, ids);
    QTEST(exportCommand(u"/p.json"_s, ObjectType::Contacts, plan, ids), "line");
}

void TestExportDialog::writesWhatIsSelected()
{
    m_rig->click(m_rig->cell(3, u"email"_s));
    m_rig->click(m_rig->cell(5, u"email"_s), Qt::ShiftModifier);
    const QStringList emails = m_rig->raws(3, 5, u"email"_s);
    open();
    QVERIFY(part<QRadioButton>(u"exportSelected"_s)->isChecked());
    choose(part<QComboBox>(u"exportFormat"_s), 1);
    name(u"three.csv"_s);
    QVERIFY(part<QLineEdit>(u"exportCommand"_s)->text().contains(u"--filter"_s));
    start();
    const QStringList lines = linesOf(u"three.csv"_s);
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines[0].startsWith(u"Record ID,Email,"_s));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(lines[i + 1].startsWith(m_rig->page->model()->idAt(3 + i)));
        QVERIFY(lines[i + 1].contains(emails[i]));
    }
    QVERIFY(m_said.contains(u"3 record(s) exported"_s));
}

void TestExportDialog::writesWhatIsShown()
{
    const QString word = m_rig->raw(7, u"lastname"_s);
    auto *filter = m_rig->page->findChild<QLineEdit *>(u"contactsFilter"_s);
    filter->setFocus();
    QTest::keyClicks(filter, word);
    QTRY_VERIFY(m_rig->page->model()->rowCount() < 60);
    const int shown = m_rig->page->model()->rowCount();
    open();
    QVERIFY(part<QRadioButton>(u"exportShown"_s)->isChecked());
    choose(part<QComboBox>(u"exportFormat"_s), 1);
    name(u"shown.csv"_s);
    start();
    QCOMPARE(linesOf(u"shown.csv"_s).size(), shown + 1);
    QVERIFY(linesOf(u"shown.csv"_s)[1].contains(word));
}

void TestExportDialog::readsThePortalWhereTheGridHasLess()
{
    auto *filter = m_rig->page->findChild<QLineEdit *>(u"contactsFilter"_s);
    filter->setFocus();
    QTest::keyClicks(filter, m_rig->raw(7, u"lastname"_s));
    QTRY_VERIFY(m_rig->page->model()->rowCount() < 60);
    open();
    click(part<QRadioButton>(u"exportEverything"_s));
    click(part<QCheckBox>(u"exportLinks"_s));
    choose(part<QComboBox>(u"exportFormat"_s), 1);
    name(u"all.csv"_s);
    QVERIFY(!part<QLineEdit>(u"exportCommand"_s)->text().contains(u"--filter"_s));
    start();
    const QStringList lines = linesOf(u"all.csv"_s);
    QCOMPARE(lines.size(), 61);
    QVERIFY(lines[0].endsWith(u",Associated Company IDs,Associated Companies: domain"_s));
    QVERIFY(lines.filter(u".example"_s).size() > 10);
}

void TestExportDialog::countsWhatASpreadsheetWouldDo()
{
    open();
    auto *risks = part<QLabel>(u"exportRisks"_s);
    QTRY_VERIFY(risks->text().contains(u"leaves every cell"_s)); // A workbook.
    choose(part<QComboBox>(u"exportFormat"_s), 1);
    QTRY_VERIFY2(risks->text().contains(u"run as a formula"_s), qPrintable(risks->text()));
    QVERIFY2(risks->text().contains(u"Phone"_s), qPrintable(risks->text()));
    click(part<QCheckBox>(u"exportGuard"_s));
    QTRY_VERIFY2(risks->text().contains(u"apostrophe"_s), qPrintable(risks->text()));
    name(u"guarded.csv"_s);
    start();
    QVERIFY(linesOf(u"guarded.csv"_s).filter(u",'+"_s).size() > 5);
}

void TestExportDialog::endingFollowsTheFormat()
{
    open();
    auto *path = part<QLineEdit>(u"exportPath"_s);
    QVERIFY(path->text().endsWith(u"contacts.xlsx"_s));
    choose(part<QComboBox>(u"exportFormat"_s), 2);
    QVERIFY(path->text().endsWith(u"contacts.jsonl"_s));
    QVERIFY(!part<QCheckBox>(u"exportGuard"_s)->isEnabled());
    choose(part<QComboBox>(u"exportFormat"_s), 1);
    QVERIFY(path->text().endsWith(u"contacts.csv"_s));
    QVERIFY(part<QCheckBox>(u"exportGuard"_s)->isEnabled());
}

void TestExportDialog::refusesAPlaceThatIsNone()
{
    open();
    name(u"no/such/folder.csv"_s);
    QVERIFY(!part<QPushButton>(u"exportStart"_s)->isEnabled());
    QVERIFY(part<QLabel>(u"exportNotes"_s)->text().contains(u"no folder"_s));
    name(u"three.csv"_s); // Of a test before.
    QVERIFY(part<QPushButton>(u"exportStart"_s)->isEnabled());
}

void TestExportDialog::writesLabelsOrValues()
{
    for (const bool labels : {true, false}) {
        m_said.clear();
        open();
        choose(part<QComboBox>(u"exportFormat"_s), 1);
        choose(part<QComboBox>(u"exportValues"_s), labels ? 0 : 1);
        name(u"values.csv"_s);
        start();
        const QStringList lines = linesOf(u"values.csv"_s);
        QCOMPARE(lines.filter(u",Lead,"_s).isEmpty(), !labels);
        QCOMPARE(lines.filter(u",lead,"_s).isEmpty(), labels);
        QCOMPARE(lines[0].startsWith(u"hs_object_id,email,"_s), !labels);
        QTRY_VERIFY(!m_dialog);
    }
}

void TestExportDialog::writesPseudonymsWhileMasked()
{
    const QString email = m_rig->raw(0, u"email"_s);
    m_rig->masking.setOn(true);
    open();
    QVERIFY(part<QLabel>(u"exportNotes"_s)->text().contains(u"pseudonyms"_s));
    choose(part<QComboBox>(u"exportFormat"_s), 1);
    name(u"masked.csv"_s);
    start();
    m_rig->masking.setOn(false);
    QCOMPARE(linesOf(u"masked.csv"_s).size(), 61);
    QVERIFY(linesOf(u"masked.csv"_s).filter(email).isEmpty());
}

void TestExportDialog::saysWhatFailed()
{
    QFile other(m_folder.filePath(u"parts-001.csv"_s));
    QVERIFY(other.open(QIODevice::WriteOnly));
    open();
    choose(part<QComboBox>(u"exportFormat"_s), 1);
    click(part<QCheckBox>(u"exportSplit"_s));
    QVERIFY(part<QSpinBox>(u"exportSplitRows"_s)->isEnabled());
    name(u"parts.csv"_s);
    QTest::keyClick(part<QLineEdit>(u"exportPath"_s), Qt::Key_Return);
    auto *message = m_rig->page->findChild<MessageBar *>();
    QTRY_VERIFY(message->text().contains(u"could not be saved"_s));
    QStringList said;
    for (const QLabel *label : message->findChildren<QLabel *>())
        said.append(label->text());
    QVERIFY2(said.join(u' ').contains(u"parts-001.csv"_s), qPrintable(said.join(u' ')));
    QCOMPARE(other.size(), 0);
    message->dismiss();
}

HUBKEEPER_WINDOW_TEST(TestExportDialog)
#include "tst_exportdialog.moc"
