// SPDX-License-Identifier: MIT
#include "../gridrig.h"
#include "base/settings.h"
#include "portal/portalwriter.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "workbench/repairs/recordsrepair.h"
#include "workbench/report/recordsreport.h"
#include "workbench/report/reportdialog.h"
#include "workbench/report/reportfindingsmodel.h"
#include "workbench/report/reportkindsmodel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What is wrong with the records of a grid, with keys and mouse, against the practice portal.
class TestReportDialog final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void looksOnlyWhenAsked();
    void countsKindsAndShowsRecords();
    void looksAtTheSelectionOnly();
    void goesToTheRecord();
    void opensTheRecipeThatRepairs();
    void seesWhatWasRepaired();
    void exportsWhatTheCommandLineWrites();
    void exportsPseudonyms();
    void saysWhatCannotBeExported();
    void saysThatNothingIsWrong();
    void saysThatItIsNoCountry();
    void showsTheCommand();
    void everythingHasANameAndFits();
    void closesWithTheSession();

private:
    [[nodiscard]] ReportDialog *dialog() const { return m_report->dialog(); }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return dialog()->findChild<T *>(QLatin1StringView(name));
    }
    [[nodiscard]] bool open();
    /// Presses the key, and waits for the report.
    [[nodiscard]] bool look();
    void require(const QString &property) const;
    [[nodiscard]] bool choose(const QString &finding, const QString &property) const;
    [[nodiscard]] const QAbstractItemModel &kinds() const
    {
        return *part<QTableView>("reportKinds")->model();
    }
    [[nodiscard]] const QAbstractItemModel &findings() const
    {
        return *part<QTableView>("reportFindings")->model();
    }
    [[nodiscard]] QString summary() const { return part<QLabel>("reportSummary")->text(); }
    void alt(Qt::Key key) const { QTest::keyClick(dialog(), key, Qt::AltModifier); }
    void write(const QString &id, const QString &property, const QString &text);

    std::unique_ptr<GridRig> m_rig;
    std::unique_ptr<Settings> m_settings;
    RecordsRepair *m_repair = nullptr;
    RecordsReport *m_report = nullptr;
    QTemporaryDir m_folder;
    QStringList m_places; // Where it wanted to go.
    QString m_bad; // Ids of contacts: of one with a bad phone number,
    QString m_nameless; // and of one without a first name.
};

void TestReportDialog::write(const QString &id, const QString &property, const QString &text)
{
    QObject parent;
    const auto written =
        outcomeOf(PortalWriter(m_rig->session->portal().client(), ApiVersion::V2026_09)
                      .update(ObjectType::Contacts, id, {{property, text}}, &parent));
    QVERIFY(written && *written);
}

void TestReportDialog::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    m_rig = std::make_unique<GridRig>();
    m_settings = std::make_unique<Settings>(m_rig->practice.paths);
    m_repair = new RecordsRepair(*m_rig->page, *m_settings);
    m_report = new RecordsReport(*m_rig->page, *m_repair, *m_settings);
    QVERIFY(!m_report->action()->isEnabled());
    connect(m_rig->page, &Page::goTo, this, [this](const Place &place) {
        const auto *id = std::get_if<ItemId>(&place.item);
        m_places.append(id ? id->id : QString());
    });
    m_bad = u"150000000003"_s;
    m_nameless = u"150000000004"_s;
    for (int i = 1; i <= 60; ++i) {
        const QString id = QString::number(150'000'000'000 + i);
        write(id, u"phone"_s, id == m_bad ? u"(030) 23125-123"_s : u"+493023125123"_s);
        write(id, u"firstname"_s, id == m_nameless ? QString() : u"Ada"_s);
    }
    m_repair->setSession(m_rig->session);
    m_report->setSession(m_rig->session);
    QVERIFY(m_rig->readContacts());
}

void TestReportDialog::init()
{
    failOnUnexpectedWarnings();
    m_places.clear();
    m_rig->page->table()->clearSelection();
}

void TestReportDialog::cleanup()
{
    if (m_repair->dialog())
        m_repair->dialog()->reject();
    if (dialog())
        dialog()->reject();
    QTRY_VERIFY(!dialog() && !m_repair->dialog());
    m_rig->changes().revertAll();
    m_rig->masking.setOn(false);
}

void TestReportDialog::cleanupTestCase()
{
    m_rig.reset();
}

bool TestReportDialog::open()
{
    m_report->action()->trigger();
    if (!dialog() || !QTest::qWaitForWindowExposed(dialog()))
        return false;
    dialog()->activateWindow();
    return QTest::qWaitForWindowActive(dialog());
}

bool TestReportDialog::look()
{
    alt(Qt::Key_L);
    return QTest::qWaitFor(
        [this] {
            return part<QPushButton>("reportLook")->isEnabled()
                && summary().contains(u"looked at"_s);
        },
        20'000);
}

/// With the keyboard.
void TestReportDialog::require(const QString &property) const
{
    auto *list = part<QListWidget>("reportRequired");
    list->setFocus();
    for (int row = 0; row < list->count(); ++row) {
        if (list->item(row)->toolTip() != property)
            continue;
        list->setCurrentRow(row);
        QTest::keyClick(list, Qt::Key_Space);
    }
}

/// With a click on the line of the kind.
bool TestReportDialog::choose(const QString &finding, const QString &property) const
{
    auto *view = part<QTableView>("reportKinds");
    for (int row = 0; row < kinds().rowCount(); ++row) {
        const QModelIndex line = kinds().index(row, ReportKindsModel::FindingColumn);
        if (line.data().toString() != finding
            || line.siblingAtColumn(ReportKindsModel::PropertyColumn).data().toString() != property)
            continue;
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(line).center());
        return view->currentIndex().row() == row;
    }
    return false;
}

void TestReportDialog::looksOnlyWhenAsked()
{
    QVERIFY(open());
    QCOMPARE(kinds().rowCount(), 0);
    QVERIFY2(summary().contains(u"changes nothing"_s), qPrintable(summary()));
    for (const char *button : {"reportShow", "reportRepair", "reportExport"})
        QVERIFY(!part<QPushButton>(button)->isEnabled());
}

void TestReportDialog::countsKindsAndShowsRecords()
{
    QVERIFY(open());
    const QAbstractItemModelTester kindsTester(part<QTableView>("reportKinds")->model());
    const QAbstractItemModelTester findingsTester(part<QTableView>("reportFindings")->model());
    require(u"firstname"_s);
    QVERIFY(look());
    QVERIFY2(summary().startsWith(u"60 record"_s), qPrintable(summary()));
    QVERIFY(choose(u"Not a phone number in E.164"_s, u"Phone Number"_s));
    QCOMPARE(findings().rowCount(), 1);
    QTRY_COMPARE(findings().index(0, ReportFindingsModel::ValueColumn).data().toString(),
                 u"(030) 23125-123"_s);
    QVERIFY(!findings().index(0, ReportFindingsModel::ReasonColumn).data().toString().isEmpty());
    QVERIFY(choose(u"No value"_s, u"First Name"_s));
    QCOMPARE(findings().rowCount(), 1);
    QTRY_COMPARE(findings().index(0, ReportFindingsModel::ValueColumn).data().toString(),
                 u"(empty)"_s);
    QTest::keyClick(part<QListWidget>("reportRequired"), Qt::Key_Space); // Another report.
    QCOMPARE(kinds().rowCount(), 0);
    QCOMPARE(findings().rowCount(), 0);
}

void TestReportDialog::looksAtTheSelectionOnly()
{
    m_rig->click(m_rig->cell(0, u"firstname"_s));
    m_rig->click(m_rig->cell(1, u"firstname"_s), Qt::ShiftModifier);
    QVERIFY(open());
    QVERIFY(look());
    QVERIFY2(summary().startsWith(u"2 record"_s), qPrintable(summary()));
    QVERIFY(!choose(u"Not a phone number in E.164"_s, u"Phone Number"_s));
}

void TestReportDialog::goesToTheRecord()
{
    QVERIFY(open());
    QVERIFY(look());
    QVERIFY(choose(u"Not a phone number in E.164"_s, u"Phone Number"_s));
    QTRY_VERIFY(part<QPushButton>("reportShow")->isEnabled());
    alt(Qt::Key_S);
    QTRY_COMPARE(m_places, QStringList {m_bad});
    QVERIFY(dialog()); // For the next one.
}

void TestReportDialog::opensTheRecipeThatRepairs()
{
    QVERIFY(open());
    part<QLineEdit>("reportCountry")->setText(u"DE"_s);
    require(u"firstname"_s);
    QVERIFY(look());
    QVERIFY(choose(u"No value"_s, u"First Name"_s));
    QVERIFY(!part<QPushButton>("reportRepair")->isEnabled()); // Nobody knows the name.
    QVERIFY(!part<QPushButton>("reportRepair")->toolTip().isEmpty());
    QVERIFY(choose(u"Not a phone number in E.164"_s, u"Phone Number"_s));
    alt(Qt::Key_R);
    QTRY_VERIFY(m_repair->dialog());
    RepairDialog *repair = m_repair->dialog();
    QVERIFY(QTest::qWaitForWindowActive(repair));
    QVERIFY(repair->findChild<QLineEdit *>(u"command"_s)->text().contains(u"repair run phone "_s));
    QTest::keyClick(repair, Qt::Key_V, Qt::AltModifier);
    const auto *pairs = repair->findChild<QTableView *>(u"repairPairs"_s)->model();
    QTRY_COMPARE_WITH_TIMEOUT(pairs->rowCount(), 1, 10'000);
    QCOMPARE(pairs->index(0, 2).data().toString(), u"+493023125123"_s);
}

/// The report is of what the grid has: a value that was written since is in order.
void TestReportDialog::seesWhatWasRepaired()
{
    QVERIFY(open());
    QVERIFY(look());
    QVERIFY(choose(u"Not a phone number in E.164"_s, u"Phone Number"_s));
    const QModelIndex reason = findings().index(0, ReportFindingsModel::ReasonColumn);
    QTRY_VERIFY(!reason.data().toString().isEmpty());
    Record now;
    now.id = m_bad;
    now.properties.insert(u"phone"_s, u"+493023125123"_s);
    m_rig->page->model()->recordSet()->replace(now);
    QTRY_COMPARE(reason.data().toString(), u"It is in order now."_s);
    now.properties.insert(u"phone"_s, u"(030) 23125-123"_s);
    m_rig->page->model()->recordSet()->replace(now);
    QTRY_VERIFY(reason.data().toString() != u"It is in order now."_s);
}

void TestReportDialog::exportsWhatTheCommandLineWrites()
{
    QVERIFY(open());
    require(u"firstname"_s);
    QVERIFY(look());
    alt(Qt::Key_X);
    QTRY_VERIFY(dialog()->findChild<QFileDialog *>(u"reportFileDialog"_s));
    auto *files = dialog()->findChild<QFileDialog *>(u"reportFileDialog"_s);
    QVERIFY(QTest::qWaitForWindowActive(files));
    const QString path = m_folder.filePath(u"found.csv"_s);
    auto *name = files->findChild<QLineEdit *>(u"fileNameEdit"_s);
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
    auto *message = dialog()->findChild<MessageBar *>();
    QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), 10'000);
    QVERIFY2(message->kind() == MessageBar::Good, qPrintable(message->text()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray table = file.readAll();
    QVERIFY2(table.startsWith("id,column,kind,value,reason,suggestion\r\n"), table);
    QVERIFY2(table.contains(m_bad.toUtf8() + ",phone,badPhone,(030) 23125-123,"), table);
    QVERIFY2(table.contains(m_nameless.toUtf8() + ",firstname,missing,,"), table);
    dialog()->exportTo(m_folder.filePath(u"found.jsonl"_s));
    QTRY_VERIFY(QFile::exists(m_folder.filePath(u"found.jsonl"_s)));
}

void TestReportDialog::exportsPseudonyms()
{
    m_rig->masking.setOn(true);
    QVERIFY(open());
    QVERIFY(look());
    const QString path = m_folder.filePath(u"masked.csv"_s);
    dialog()->exportTo(path);
    QTRY_VERIFY(QFile::exists(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray table = file.readAll();
    QVERIFY2(table.contains("badPhone") && !table.contains("23125"), table);
}

void TestReportDialog::saysWhatCannotBeExported()
{
    QVERIFY(open());
    QVERIFY(look());
    auto *message = dialog()->findChild<MessageBar *>();
    dialog()->exportTo(m_folder.filePath(u"found.pdf"_s));
    QVERIFY(message->isVisible());
    message->dismiss();
    dialog()->exportTo(m_folder.filePath(u"none/found.csv"_s));
    QTRY_VERIFY(message->isVisible());
    QCOMPARE(message->kind(), MessageBar::Failure);
    QVERIFY(part<QPushButton>("reportExport")->isEnabled());
}

void TestReportDialog::saysThatNothingIsWrong()
{
    int row = 0;
    while (m_rig->page->model()->idAt(row) == m_bad)
        ++row;
    m_rig->click(m_rig->cell(row, u"firstname"_s));
    QVERIFY(open());
    auto *extent = part<QComboBox>("reportExtent");
    extent->setFocus();
    QTest::keyClick(extent, Qt::Key_Home);
    QCOMPARE(extent->count(), 2);
    QVERIFY(look());
    QVERIFY2(summary().contains(u"Nothing is wrong"_s), qPrintable(summary()));
    QVERIFY(!part<QPushButton>("reportExport")->isEnabled());
}

void TestReportDialog::saysThatItIsNoCountry()
{
    QVERIFY(open());
    part<QLineEdit>("reportCountry")->setText(u"QQ"_s);
    alt(Qt::Key_L);
    QTRY_VERIFY(dialog()->findChild<MessageBar *>()->isVisible());
    QCOMPARE(kinds().rowCount(), 0);
}

void TestReportDialog::showsTheCommand()
{
    QVERIFY(open());
    require(u"firstname"_s);
    part<QLineEdit>("reportCountry")->setText(u"DE"_s);
    QTest::mouseClick(part<QPushButton>("copyCommand"), Qt::LeftButton);
    const QString command = QApplication::clipboard()->text();
    QVERIFY2(command.startsWith(u"hubkeeper-cli report --connection "_s), qPrintable(command));
    QVERIFY2(command.contains(u" --object contact --columns email,firstname,"_s)
                 && command.endsWith(u" --required firstname --country DE"_s),
             qPrintable(command));
}

void TestReportDialog::everythingHasANameAndFits()
{
    QVERIFY(open());
    QCOMPARE(DialogManners::faultsOf(*dialog()), QStringList());
}

void TestReportDialog::closesWithTheSession()
{
    QVERIFY(open());
    m_report->setSession(nullptr);
    QVERIFY(!dialog());
    QVERIFY(!m_report->action()->isEnabled());
    m_report->setSession(m_rig->session);
}

HUBKEEPER_WINDOW_TEST(TestReportDialog)
#include "tst_reportdialog.moc"
