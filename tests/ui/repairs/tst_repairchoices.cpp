// SPDX-License-Identifier: MIT
#include "net/shellquote.h"
#include "portal/portalwriter.h"
#include "repairdialogrig.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What a repair is begun with: properties that the grid has not read, what is usual in a portal,
/// the command that does the same.
class TestRepairChoices final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void readsWhatIsNoColumn();
    void aReadingIsCancelled();
    void remembersWhatIsUsual();
    void refusesWhatIsNoCountry();
    void showsTheCommand();
    void beginsWithAPreset();
    void leavesOutWhatIsGone(); // The last one: it deletes a contact.

private:
    [[nodiscard]] RepairDialog *dialog() const { return m_rig->dialog(); }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return m_rig->part<T>(name);
    }
    [[nodiscard]] int rows(const char *table) const { return m_rig->rows(table); }
    void alt(Qt::Key key) const { m_rig->alt(key); }

    std::unique_ptr<RepairDialogRig> m_rig;
};

void TestRepairChoices::initTestCase()
{
    m_rig = std::make_unique<RepairDialogRig>();
    QVERIFY(m_rig->start());
}

void TestRepairChoices::init()
{
    failOnUnexpectedWarnings();
    m_rig->grid.page->table()->clearSelection();
}

void TestRepairChoices::cleanup()
{
    QVERIFY(m_rig->close());
}

void TestRepairChoices::cleanupTestCase()
{
    m_rig.reset();
}

/// The grid has read neither; the records in question are read for the preview.
void TestRepairChoices::readsWhatIsNoColumn()
{
    const QString property = u"address"_s;
    QVERIFY(!m_rig->grid.page->model()->columns().contains(property));
    QVERIFY(m_rig->open());
    dialog()->openRecipe(m_rig->recipeFile(u"address.recipe"_s,
                                           "properties: address\nrepair: set\nvalue: Main Road 1\n"
                                           "match: empty\nexamples:\n"
                                           "  \"\" => Main Road 1\n  Lane 2 => kept\n"));
    QVERIFY2(dialog()->findChild<MessageBar *>()->isHidden(),
             qPrintable(dialog()->findChild<MessageBar *>()->text()));
    QVERIFY(m_rig->preview());
    QVERIFY(part<QLabel>("repairSummary")->text().startsWith(u"60 record"_s));
    QVERIFY(rows("repairPairs") == 1);
    alt(Qt::Key_S);
    QTRY_VERIFY(!dialog());
    QVERIFY(m_rig->grid.changes().count() > 0);
    for (const RowChange &row : m_rig->grid.changes().rows()) {
        QVERIFY(row.cells[property].before.isEmpty());
        QCOMPARE(row.cells[property].after, u"Main Road 1"_s);
        QVERIFY(row.basedOn.isValid());
        QVERIFY(row.label != row.id);
    }
}

void TestRepairChoices::aReadingIsCancelled()
{
    QVERIFY(m_rig->open());
    m_rig->tickOnly(u"address"_s);
    m_rig->grid.practice.server.setLatency(std::chrono::milliseconds(1'200));
    alt(Qt::Key_V);
    auto *progress = dialog()->findChild<CallBar *>();
    QTRY_VERIFY(!progress->text().isEmpty());
    auto *cancel = progress->findChild<QPushButton *>();
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_VERIFY(part<QPushButton>("repairPreview")->isEnabled());
    m_rig->grid.practice.server.setLatency(std::chrono::milliseconds(0));
    QVERIFY(!part<QPushButton>("repairStage")->isEnabled());
    QCOMPARE(m_rig->grid.changes().count(), 0);
}

void TestRepairChoices::remembersWhatIsUsual()
{
    QVERIFY(m_rig->open());
    auto *country = part<QLineEdit>("repairCountry");
    country->setFocus();
    country->selectAll();
    QTest::keyClicks(country, u"ch"_s);
    part<QLineEdit>("repairLanguage")->setFocus();
    part<QLineEdit>("repairLanguage")->selectAll();
    QTest::keyClicks(part<QLineEdit>("repairLanguage"), u"fr"_s);
    m_rig->tickOnly(u"phone"_s);
    QVERIFY(m_rig->preview());
    dialog()->reject();
    QTRY_VERIFY(!dialog());
    QVERIFY(m_rig->open());
    QCOMPARE(part<QLineEdit>("repairCountry")->text(), u"CH"_s);
    QCOMPARE(part<QLineEdit>("repairLanguage")->text(), u"fr"_s);
    QCOMPARE(m_rig->settings.value(setting::repairCountry, m_rig->grid.session->connection().id),
             u"CH"_s);
    QVERIFY(m_rig->settings.value(setting::repairCountry, u"another"_s).isEmpty());
}

void TestRepairChoices::refusesWhatIsNoCountry()
{
    QVERIFY(m_rig->open());
    dialog()->openRecipe(m_rig->vowelRecipe());
    auto *country = part<QLineEdit>("repairCountry");
    country->setText(u"QQ"_s);
    alt(Qt::Key_V);
    QTRY_VERIFY(dialog()->findChild<MessageBar *>()->isVisible());
    QVERIFY(!part<QPushButton>("copyCommand")->isEnabled());
    country->setText(QString());
    QVERIFY(part<QPushButton>("copyCommand")->isEnabled());
}

void TestRepairChoices::showsTheCommand()
{
    QVERIFY(m_rig->open());
    const QString path = m_rig->vowelRecipe();
    dialog()->openRecipe(path);
    part<QLineEdit>("repairCountry")->setText(u"DE"_s);
    part<QLineEdit>("repairLanguage")->setText(QString());
    const QString file = shellWord(m_rig->grid.session->connection().provisionerPath);
    QTest::mouseClick(part<QPushButton>("copyCommand"), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(),
             u"hubkeeper-cli repair run %1 --connection %2 --object contact --column firstname "
             "--country DE"_s.arg(path, file));
    QVERIFY(m_rig->preview());
    auto *pairs = part<QTableView>("repairPairs");
    pairs->setFocus();
    pairs->setCurrentIndex(pairs->model()->index(0, 0));
    QVERIFY(!part<QLabel>("commandNote")->isVisible());
    QTest::keyClick(pairs, Qt::Key_Space);
    QVERIFY(part<QLabel>("commandNote")->isVisible());
    dialog()->reject();
    QTRY_VERIFY(!dialog());
    m_rig->grid.click(m_rig->grid.cell(2, u"firstname"_s));
    m_rig->grid.click(m_rig->grid.cell(3, u"firstname"_s), Qt::ShiftModifier);
    QVERIFY(m_rig->open());
    dialog()->openRecipe(path);
    const QString selected = part<QLineEdit>("command")->text();
    const auto *model = m_rig->grid.page->model();
    QVERIFY2(selected.contains(u"--filter 'hs_object_id eq %1 or hs_object_id eq %2'"_s.arg(
                 model->idAt(2), model->idAt(3))),
             qPrintable(selected));
}

void TestRepairChoices::beginsWithAPreset()
{
    QVERIFY(m_rig->open());
    m_rig->repair->repair({u"phone"_s, {u"mobilephone"_s}, u"DE"_s},
                          {m_rig->grid.page->model()->storeRowAt(4)});
    QVERIFY(dialog() && QTest::qWaitForWindowActive(dialog()));
    QVERIFY(part<QLineEdit>("command")->text().contains(u"repair run phone "_s));
    QVERIFY(part<QLineEdit>("command")->text().endsWith(
        u"--filter 'hs_object_id eq %1' --column mobilephone --country DE"_s.arg(
            m_rig->grid.page->model()->idAt(4))));
}

/// Deleted since the grid was read: it is left out of a repair that reads the records anew.
void TestRepairChoices::leavesOutWhatIsGone()
{
    QObject parent;
    const QString id = m_rig->grid.page->model()->idAt(6);
    QVERIFY(outcomeOf(PortalWriter(m_rig->grid.session->portal().client(), ApiVersion::V2026_09)
                          .archive(ObjectType::Contacts, id, &parent)));
    QVERIFY(m_rig->open());
    dialog()->openRecipe(m_rig->recipeFile(u"city.recipe"_s,
                                           "properties: city\nrepair: set\nvalue: Bern\n"
                                           "match: empty\nexamples:\n"
                                           "  \"\" => Bern\n  Basel => kept\n"));
    QVERIFY(m_rig->preview());
    const QString summary = part<QLabel>("repairSummary")->text();
    QVERIFY2(summary.startsWith(u"59 record"_s) && summary.contains(u"not there any more"_s),
             qPrintable(summary));
}

HUBKEEPER_WINDOW_TEST(TestRepairChoices)
#include "tst_repairchoices.moc"
