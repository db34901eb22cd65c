// SPDX-License-Identifier: MIT
#include "repairdialogrig.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "workbench/repairs/doubtfulvaluesmodel.h"
#include "workbench/repairs/repairpairsmodel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QTabWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Repairing the records of a grid, with keys and mouse, against the practice portal.
class TestRepairDialog final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void stagesWhatIsTicked();
    void repairsTheSelectionOnly();
    void choicesMakeThePreviewVoid();
    void leavesWhatIsStaged();
    void listsWhatIsDoubtful();
    void refusesRecipesThatCannotRun();
    void needsAProperty();
    void everythingHasANameAndFits();
    void closesWithTheSession();
    void modelsKeepTheirWord();

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
    QString m_said;
};

void TestRepairDialog::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    m_rig = std::make_unique<RepairDialogRig>();
    QVERIFY(!m_rig->repair->action()->isEnabled());
    connect(m_rig->grid.page, &Page::statusMessage, this,
            [this](const QString &text) { m_said = text; });
    QVERIFY(m_rig->start());
}

void TestRepairDialog::init()
{
    failOnUnexpectedWarnings();
    m_said.clear();
    m_rig->grid.page->table()->clearSelection();
}

void TestRepairDialog::cleanup()
{
    QVERIFY(m_rig->close());
}

void TestRepairDialog::cleanupTestCase()
{
    m_rig.reset();
}

void TestRepairDialog::stagesWhatIsTicked()
{
    QVERIFY(m_rig->open());
    dialog()->openRecipe(m_rig->vowelRecipe());
    QCOMPARE(part<QComboBox>("repairRecipe")->currentText(), u"Own"_s);
    QVERIFY(!part<QPushButton>("repairStage")->isEnabled());
    QVERIFY(m_rig->preview());
    QCOMPARE(m_rig->grid.changes().count(), 0); // Nothing before somebody says so.
    auto *pairs = part<QTableView>("repairPairs");
    QVERIFY(rows("repairPairs") > 1);
    const QString before = pairs->model()->index(0, 1).data().toString();
    QCOMPARE(pairs->model()->index(0, 2).data().toString(), before + u'x');
    int changing = 0;
    int excluded = 0;
    for (int row = 0; row < 60; ++row) {
        const QString name = m_rig->grid.raw(row, u"firstname"_s);
        changing += !name.isEmpty() && u"aeiou"_s.contains(name.back()) ? 1 : 0;
        excluded += name == before ? 1 : 0;
    }
    pairs->setFocus();
    pairs->setCurrentIndex(pairs->model()->index(0, 0));
    QTest::keyClick(pairs, Qt::Key_Space); // An exception.
    QCOMPARE(pairs->model()->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    alt(Qt::Key_S);
    QTRY_VERIFY(!dialog());
    QCOMPARE(m_rig->grid.changes().count(), changing - excluded);
    QVERIFY(excluded > 0);
    for (const RowChange &row : m_rig->grid.changes().rows()) {
        const CellChange cell = row.cells.value(u"firstname"_s);
        QCOMPARE(cell.after, cell.before + u'x');
        QVERIFY(cell.before != before);
        QVERIFY(row.basedOn.isValid());
    }
    QVERIFY2(m_said.contains(u"staged"_s), qPrintable(m_said));
    QCOMPARE(m_rig->grid.changes().undoName(), u"Repair: Own"_s);
    m_rig->grid.changes().undo();
    QCOMPARE(m_rig->grid.changes().count(), 0); // One step.
}

void TestRepairDialog::repairsTheSelectionOnly()
{
    m_rig->grid.click(m_rig->grid.cell(2, u"firstname"_s));
    m_rig->grid.click(m_rig->grid.cell(5, u"firstname"_s), Qt::ShiftModifier);
    QVERIFY(m_rig->open());
    QCOMPARE(part<QComboBox>("repairExtent")->count(), 2);
    dialog()->openRecipe(m_rig->vowelRecipe());
    QVERIFY(m_rig->preview());
    QVERIFY2(part<QLabel>("repairSummary")->text().startsWith(u"4 record"_s),
             qPrintable(part<QLabel>("repairSummary")->text()));
    auto *extent = part<QComboBox>("repairExtent");
    extent->setFocus();
    QTest::keyClick(extent, Qt::Key_Down);
    QVERIFY(m_rig->preview());
    QVERIFY(part<QLabel>("repairSummary")->text().startsWith(u"60 record"_s));
}

void TestRepairDialog::choicesMakeThePreviewVoid()
{
    QVERIFY(m_rig->open());
    dialog()->openRecipe(m_rig->vowelRecipe());
    QVERIFY(m_rig->preview());
    QVERIFY(part<QPushButton>("repairStage")->isEnabled());
    auto *country = part<QWidget>("repairCountry");
    country->setFocus();
    QTest::keyClicks(country, u"DE"_s);
    QCOMPARE(rows("repairPairs"), 0);
    QVERIFY(!part<QPushButton>("repairStage")->isEnabled());
}

void TestRepairDialog::leavesWhatIsStaged()
{
    int row = 0;
    while (!u"aeiou"_s.contains(m_rig->grid.raw(row, u"firstname"_s).right(1))
           || m_rig->grid.raw(row, u"firstname"_s).isEmpty())
        ++row;
    const Record record = m_rig->grid.page->model()->recordAt(row);
    m_rig->grid.changes().setText(ObjectType::Contacts, record, record.id, u"firstname"_s,
                                  u"Mine"_s);
    QVERIFY(m_rig->open());
    dialog()->openRecipe(m_rig->vowelRecipe());
    QVERIFY(m_rig->preview());
    QCOMPARE(rows("repairDoubtful"), 1);
    const auto *model = part<QTableView>("repairDoubtful")->model();
    QCOMPARE(model->index(0, DoubtfulValuesModel::RecordColumn).data().toString(), record.id);
    alt(Qt::Key_S);
    QTRY_VERIFY(!dialog());
    QCOMPARE(m_rig->grid.changes().cell(ObjectType::Contacts, record.id, u"firstname"_s)->after,
             u"Mine"_s);
}

void TestRepairDialog::listsWhatIsDoubtful()
{
    QVERIFY(m_rig->open());
    dialog()->openRecipe(
        m_rig->recipeFile(u"doubt.recipe"_s,
                          "properties: firstname\nrepair: javascript\nscript:\n"
                          "  value === 'Zed' ? 'Z' : ({doubtful: 'Look at ' + value.length})\n"
                          "examples:\n  Zed => Z\n  Ada => doubtful\n"));
    QVERIFY(m_rig->preview());
    int named = 0;
    for (int row = 0; row < 60; ++row)
        named += m_rig->grid.raw(row, u"firstname"_s).isEmpty() ? 0 : 1;
    QCOMPARE(rows("repairDoubtful"), named);
    QCOMPARE(rows("repairPairs"), 0);
    QCOMPARE(part<QTabWidget>("repairTabs")->currentIndex(), 1);
    const auto *model = part<QTableView>("repairDoubtful")->model();
    QVERIFY(model->index(0, DoubtfulValuesModel::ReasonColumn)
                .data()
                .toString()
                .startsWith(u"Look at"_s));
    m_rig->grid.masking.setOn(true);
    const QString masked = model->index(0, DoubtfulValuesModel::ValueColumn).data().toString();
    m_rig->grid.masking.setOn(false);
    QVERIFY(masked != model->index(0, DoubtfulValuesModel::ValueColumn).data().toString());
}

void TestRepairDialog::refusesRecipesThatCannotRun()
{
    QVERIFY(m_rig->open());
    const int known = part<QComboBox>("repairRecipe")->count();
    dialog()->openRecipe(m_rig->recipeFile(u"bad.recipe"_s, "repiar: email\n"));
    auto *message = dialog()->findChild<MessageBar *>();
    QVERIFY(message->isVisible());
    QCOMPARE(part<QComboBox>("repairRecipe")->count(), known);
    dialog()->openRecipe(m_rig->recipeFile(u"loop.recipe"_s,
                                           "properties: firstname\nrepair: regex\n"
                                           "find: a\nreplace: aa\nexamples:\n"
                                           "  a => aa\n"));
    QVERIFY(!message->isVisible());
    alt(Qt::Key_V);
    QTRY_VERIFY(message->isVisible());
    QVERIFY(!part<QPushButton>("repairStage")->isEnabled());
    const auto labels = message->findChildren<QLabel *>();
    const bool isSaid = std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().contains(u"never comes to an end"_s);
    });
    QVERIFY(isSaid);
}

void TestRepairDialog::needsAProperty()
{
    QVERIFY(m_rig->open());
    dialog()->openRecipe(m_rig->vowelRecipe());
    m_rig->tickOnly(u"lastname"_s);
    QVERIFY(m_rig->preview());
    QVERIFY(rows("repairPairs") > 0);
    const auto *model = part<QTableView>("repairPairs")->model();
    QCOMPARE(model->index(0, 0).data().toString(), u"Last Name"_s);
    m_rig->tickOnly(QString());
    alt(Qt::Key_V);
    QTRY_VERIFY(dialog()->findChild<MessageBar *>()->isVisible());
}

void TestRepairDialog::everythingHasANameAndFits()
{
    QVERIFY(m_rig->open());
    QVERIFY(dialog()->focusWidget());
    QCOMPARE(dialog()->focusWidget()->objectName(),
             u"repairRecipe"_s); // Tab begins with the choices.
    QCOMPARE(DialogManners::faultsOf(*dialog()), QStringList());
}

void TestRepairDialog::closesWithTheSession()
{
    QVERIFY(m_rig->open());
    m_rig->repair->setSession(nullptr);
    QVERIFY(!dialog());
    QVERIFY(!m_rig->repair->action()->isEnabled());
    m_rig->repair->setSession(m_rig->grid.session);
}

void TestRepairDialog::modelsKeepTheirWord()
{
    RepairPairsModel pairs(m_rig->grid.page->names(), u"Repaired"_s, nullptr);
    const QAbstractItemModelTester pairsTester(&pairs);
    DoubtfulValuesModel doubtful(m_rig->grid.page->names(), nullptr);
    const QAbstractItemModelTester doubtfulTester(&doubtful);
    pairs.setPairs({{u"phone"_s, u"1"_s, u"2"_s, 3}, {u"phone"_s, QString(), u"2"_s, 1}});
    doubtful.setValues({{u"7"_s, u"phone"_s, u"x"_s, u"Why."_s, u"y"_s}});
    QCOMPARE(pairs.tickedCount(), 4);
    QVERIFY(pairs.setData(pairs.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(!pairs.setData(pairs.index(0, 1), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(pairs.tickedCount(), 1);
    QCOMPARE(pairs.unticked().size(), 1);
    pairs.setAllTicked(true);
    QCOMPARE(pairs.tickedCount(), 4);
    pairs.setPairs({});
    QCOMPARE(pairs.rowCount(), 0);
}

HUBKEEPER_WINDOW_TEST(TestRepairDialog)
#include "tst_repairdialog.moc"
