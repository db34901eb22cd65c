// SPDX-License-Identifier: MIT
#include "../gridrig.h"
#include "portal/portalwriter.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"
#include "workbench/history/asofdialog.h"
#include "workbench/history/recordsasof.h"

#include <QAction>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Values of a moment for the selected records, with keys and mouse, against the practice portal.
class TestAsOfDialog final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void stagesWhatWasThere();
    void leavesExceptions();
    void listsWhatHubSpotDoesNotKeep();
    void listsRecordsThatWereMadeLater();
    void leavesWhatIsStaged();
    void aPresetIsAMoment();
    void choicesMakeThePreviewVoid();
    void isCancelled();
    void needsAProperty();
    void showsTheCommand();
    void everythingHasANameAndFits();
    void closesWithTheSession();

private:
    [[nodiscard]] AsOfDialog *dialog() const { return m_asOf->dialog(); }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return dialog()->findChild<T *>(QLatin1StringView(name));
    }
    void alt(Qt::Key key) const { QTest::keyClick(dialog(), key, Qt::AltModifier); }
    /// Selects these rows of the grid with the mouse, and opens it.
    [[nodiscard]] bool open(int first, int last);
    [[nodiscard]] bool preview();
    void setMoment(const QDateTime &moment)
    {
        part<QDateTimeEdit>("asOfMoment")->setDateTime(moment.toLocalTime());
    }
    void tickOnly(const QStringList &properties) const;
    [[nodiscard]] QString pair(int row, int column) const
    {
        return part<QTableView>("repairPairs")->model()->index(row, column).data().toString();
    }
    [[nodiscard]] int rows(const char *table) const
    {
        return part<QTableView>(table)->model()->rowCount();
    }
    [[nodiscard]] QString summary() const { return part<QLabel>("asOfSummary")->text(); }
    void write(int contact, const QString &property, const QString &text);

    std::unique_ptr<GridRig> m_rig;
    RecordsAsOf *m_asOf = nullptr;
    QDateTime m_before; // Before the contacts were changed.
    QString m_said;
};

void TestAsOfDialog::write(int contact, const QString &property, const QString &text)
{
    QObject parent;
    const auto written =
        outcomeOf(PortalWriter(m_rig->session->portal().client(), ApiVersion::V2026_09)
                      .update(ObjectType::Contacts, QString::number(150'000'000'000 + contact),
                              {{property, text}}, &parent));
    QVERIFY(written && *written);
}

/// Contacts 1 to 3 had another company; the phone number of 4 was changed more often than HubSpot
/// remembers.
void TestAsOfDialog::initTestCase()
{
    m_rig = std::make_unique<GridRig>();
    for (int contact = 1; contact <= 3; ++contact)
        write(contact, u"company"_s, u"Acme"_s);
    QTest::qWait(1'100); // Moments are entered in seconds.
    m_before = QDateTime::currentDateTimeUtc();
    QTest::qWait(1'100);
    for (int contact = 1; contact <= 3; ++contact)
        write(contact, u"company"_s, u"Umbrella"_s);
    for (int i = 0; i < 46; ++i)
        write(4, u"phone"_s, u"+4930231250%1"_s.arg(i + 10));
    m_asOf = new RecordsAsOf(*m_rig->page);
    QVERIFY(!m_asOf->action()->isEnabled());
    m_asOf->setSession(m_rig->session);
    connect(m_rig->page, &Page::statusMessage, this,
            [this](const QString &text) { m_said = text; });
    QVERIFY(m_rig->readContacts());
}

void TestAsOfDialog::init()
{
    failOnUnexpectedWarnings();
    m_said.clear();
}

void TestAsOfDialog::cleanup()
{
    if (dialog())
        dialog()->reject();
    QTRY_VERIFY(!dialog());
    m_rig->changes().revertAll();
}

void TestAsOfDialog::cleanupTestCase()
{
    m_rig.reset();
}

bool TestAsOfDialog::open(int first, int last)
{
    m_rig->click(m_rig->cell(first, u"company"_s));
    if (last > first)
        m_rig->click(m_rig->cell(last, u"company"_s), Qt::ShiftModifier);
    m_asOf->action()->trigger();
    if (!dialog() || !QTest::qWaitForWindowExposed(dialog()))
        return false;
    dialog()->activateWindow();
    return QTest::qWaitForWindowActive(dialog());
}

bool TestAsOfDialog::preview()
{
    alt(Qt::Key_V);
    return QTest::qWaitFor(
        [this] {
            return part<QPushButton>("asOfPreview")->isEnabled()
                && summary().contains(u"looked at"_s);
        },
        20'000);
}

/// With the keyboard.
void TestAsOfDialog::tickOnly(const QStringList &properties) const
{
    auto *list = part<QListWidget>("asOfProperties");
    list->setFocus();
    for (int row = 0; row < list->count(); ++row) {
        const bool isWanted = properties.contains(list->item(row)->toolTip());
        if ((list->item(row)->checkState() == Qt::Checked) == isWanted)
            continue;
        list->setCurrentRow(row);
        QTest::keyClick(list, Qt::Key_Space);
    }
}

void TestAsOfDialog::stagesWhatWasThere()
{
    QVERIFY(open(0, 2));
    QCOMPARE(part<QComboBox>("asOfExtent")->currentText(), u"3 selected record(s)"_s);
    tickOnly({u"company"_s, u"email"_s});
    setMoment(m_before);
    QVERIFY(preview());
    QCOMPARE(m_rig->changes().count(), 0); // Nothing before somebody says so.
    QCOMPARE(rows("repairPairs"), 1);
    QCOMPARE(pair(0, 1), u"Umbrella"_s);
    QCOMPARE(pair(0, 2), u"Acme"_s);
    QCOMPARE(pair(0, 3), u"3"_s);
    QCOMPARE(rows("repairDoubtful"), 0);
    alt(Qt::Key_S);
    QTRY_VERIFY(!dialog());
    QCOMPARE(m_rig->changes().count(), 3);
    for (const RowChange &row : m_rig->changes().rows()) {
        QCOMPARE(row.cells[u"company"_s].before, u"Umbrella"_s);
        QCOMPARE(row.cells[u"company"_s].after, u"Acme"_s);
        QVERIFY(row.basedOn.isValid() && row.label != row.id);
    }
    QVERIFY2(m_said.contains(u"staged"_s), qPrintable(m_said));
    m_rig->changes().undo();
    QCOMPARE(m_rig->changes().count(), 0); // One step.
}

void TestAsOfDialog::leavesExceptions()
{
    write(3, u"company"_s, u"Initech"_s);
    QVERIFY(open(0, 2));
    tickOnly({u"company"_s});
    setMoment(m_before);
    QVERIFY(preview());
    QCOMPARE(rows("repairPairs"), 2);
    auto *pairs = part<QTableView>("repairPairs");
    pairs->setFocus();
    pairs->setCurrentIndex(pairs->model()->index(pair(0, 1) == u"Initech"_s ? 0 : 1, 0));
    QVERIFY(!part<QLabel>("commandNote")->isVisible());
    QTest::keyClick(pairs, Qt::Key_Space);
    QVERIFY(part<QLabel>("commandNote")->isVisible());
    alt(Qt::Key_S);
    QTRY_VERIFY(!dialog());
    QCOMPARE(m_rig->changes().count(), 2);
    write(3, u"company"_s, u"Umbrella"_s);
}

void TestAsOfDialog::listsWhatHubSpotDoesNotKeep()
{
    QVERIFY(open(2, 3));
    QVERIFY(part<QLabel>("asOfLimits")->text().contains(u"45"_s));
    tickOnly({u"phone"_s});
    setMoment(m_before);
    QVERIFY(preview());
    QCOMPARE(rows("repairPairs"), 0);
    QCOMPARE(rows("repairDoubtful"), 1);
    QCOMPARE(part<QTabWidget>("repairTabs")->currentIndex(), 1);
    const auto *left = part<QTableView>("repairDoubtful")->model();
    QCOMPARE(left->index(0, 0).data().toString(), u"150000000004"_s);
    QVERIFY2(left->index(0, 3).data().toString().contains(u"45"_s),
             qPrintable(left->index(0, 3).data().toString()));
    QVERIFY2(summary().contains(u"does not know 1"_s), qPrintable(summary()));
    QVERIFY(!part<QPushButton>("asOfStage")->isEnabled());
}

void TestAsOfDialog::listsRecordsThatWereMadeLater()
{
    QVERIFY(open(0, 1));
    tickOnly({u"company"_s});
    setMoment(QDateTime(QDate(2001, 1, 1), QTime(0, 0)));
    QVERIFY(preview());
    QCOMPARE(rows("repairPairs"), 0);
    QCOMPARE(rows("repairDoubtful"), 2);
    QVERIFY2(summary().contains(u"made later"_s), qPrintable(summary()));
}

void TestAsOfDialog::leavesWhatIsStaged()
{
    const Record record = m_rig->page->model()->recordAt(0);
    m_rig->changes().setText(ObjectType::Contacts, record, record.id, u"company"_s, u"Mine"_s);
    QVERIFY(open(0, 2));
    tickOnly({u"company"_s});
    setMoment(m_before);
    QVERIFY(preview());
    QCOMPARE(rows("repairDoubtful"), 1);
    alt(Qt::Key_S);
    QTRY_VERIFY(!dialog());
    QCOMPARE(m_rig->changes().cell(ObjectType::Contacts, record.id, u"company"_s)->after,
             u"Mine"_s);
    QCOMPARE(m_rig->changes().count(), 3);
}

void TestAsOfDialog::aPresetIsAMoment()
{
    QVERIFY(open(0, 1));
    auto *preset = part<QComboBox>("asOfPreset");
    auto *moment = part<QDateTimeEdit>("asOfMoment");
    QCOMPARE(moment->dateTime(), QDate::currentDate().startOfDay());
    preset->setFocus();
    QTest::keyClick(preset, Qt::Key_Down);
    QCOMPARE(moment->dateTime(), QDate::currentDate().addDays(-1).startOfDay());
    moment->setFocus();
    // A day does not go on over the end of its month, a year always goes back.
    moment->setSelectedSection(QDateTimeEdit::YearSection);
    QTest::keyClick(moment, Qt::Key_Down);
    QCOMPARE(preset->currentText(), u"Another moment"_s);
    moment->setDateTime(QDateTime::currentDateTime().addDays(2));
    QVERIFY(moment->dateTime() <= QDateTime::currentDateTime());
}

void TestAsOfDialog::choicesMakeThePreviewVoid()
{
    QVERIFY(open(0, 2));
    tickOnly({u"company"_s});
    setMoment(m_before);
    QVERIFY(preview());
    QVERIFY(part<QPushButton>("asOfStage")->isEnabled());
    setMoment(m_before.addDays(-1));
    QCOMPARE(rows("repairPairs"), 0);
    QVERIFY(!part<QPushButton>("asOfStage")->isEnabled());
}

void TestAsOfDialog::isCancelled()
{
    QVERIFY(open(0, 2));
    m_rig->practice.server.setLatency(std::chrono::milliseconds(1'200));
    alt(Qt::Key_V);
    auto *progress = dialog()->findChild<CallBar *>();
    QTRY_VERIFY(!progress->text().isEmpty());
    QTest::mouseClick(progress->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_VERIFY(part<QPushButton>("asOfPreview")->isEnabled());
    m_rig->practice.server.setLatency(std::chrono::milliseconds(0));
    QVERIFY(!part<QPushButton>("asOfStage")->isEnabled());
    QVERIFY(!dialog()->findChild<MessageBar *>()->isVisible());
}

void TestAsOfDialog::needsAProperty()
{
    QVERIFY(open(0, 1));
    for (int row = 0; row < part<QListWidget>("asOfProperties")->count(); ++row)
        QVERIFY(part<QListWidget>("asOfProperties")->item(row)->toolTip()
                != u"lastmodifieddate"_s); // HubSpot's own.
    tickOnly({});
    QVERIFY(!part<QPushButton>("asOfPreview")->isEnabled());
    QVERIFY(!part<QPushButton>("copyCommand")->isEnabled());
}

void TestAsOfDialog::showsTheCommand()
{
    QVERIFY(open(0, 1));
    tickOnly({u"company"_s});
    setMoment(m_before);
    QTest::mouseClick(part<QPushButton>("copyCommand"), Qt::LeftButton);
    const QString command = QApplication::clipboard()->text();
    QVERIFY2(command.contains(u" contact --where 'hs_object_id eq 150000000001 or hs_object_id eq "
                              "150000000002' --property company --as-of "_s),
             qPrintable(command));
    QVERIFY2(command.endsWith(u" --stage"_s), qPrintable(command));
}

void TestAsOfDialog::everythingHasANameAndFits()
{
    QVERIFY(open(0, 1));
    QVERIFY(dialog()->focusWidget());
    QCOMPARE(dialog()->focusWidget()->objectName(),
             u"asOfMoment"_s); // Tab begins with the choices.
    QCOMPARE(DialogManners::faultsOf(*dialog()), QStringList());
}

void TestAsOfDialog::closesWithTheSession()
{
    QVERIFY(open(0, 1));
    m_asOf->setSession(nullptr);
    QVERIFY(!dialog());
    QVERIFY(!m_asOf->action()->isEnabled());
    m_asOf->setSession(m_rig->session);
}

HUBKEEPER_WINDOW_TEST(TestAsOfDialog)
#include "tst_asofdialog.moc"
