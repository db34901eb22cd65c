// SPDX-License-Identifier: MIT
#include "../gridrig.h"
#include "changes/set/changeset.h"
#include "practice/state/portalstate.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "workbench/duplicates/duplicategroupsmodel.h"
#include "workbench/duplicates/duplicatesdialog.h"
#include "workbench/duplicates/recordsduplicates.h"
#include "workbench/duplicates/sidebysidemodel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Duplicates of a page of contacts, with keys and mouse, against the practice portal.
class TestDuplicatesDialog final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void findsAndShowsSideBySide();
    void takesValuesOver();
    void keepsAnother();
    void takesGroupsOut();
    void opensTheRecord();
    void triesRules();
    void saysWhatIsWrongWithRules();
    void everythingHasANameAndFits();
    void closesWithTheSession();

private:
    [[nodiscard]] DuplicatesDialog *dialog() const
    {
        return m_grid->page->findChild<DuplicatesDialog *>();
    }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return dialog() ? dialog()->findChild<T *>(QLatin1StringView(name)) : nullptr;
    }
    [[nodiscard]] QAbstractItemModel *groups() const
    {
        return part<QTableView>("duplicateGroups")->model();
    }
    [[nodiscard]] SideBySideModel *records() const
    {
        return qobject_cast<SideBySideModel *>(part<QTableView>("sideBySide")->model());
    }
    void press(const char *name) const
    {
        auto *button = part<QPushButton>(name);
        QVERIFY(button && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    /// Opens the dialog, compares, and waits for the records of the first group.
    void find()
    {
        m_duplicates->action()->trigger();
        QTRY_VERIFY(dialog());
        QVERIFY(QTest::qWaitForWindowExposed(dialog()));
        dialog()->activateWindow();
        press("findDuplicates");
        QTRY_VERIFY(groups()->rowCount() > 0);
        QTRY_COMPARE(records()->columnCount(), 2);
    }
    void click(int row, int column) const
    {
        auto *view = part<QTableView>("sideBySide");
        const QModelIndex index = view->model()->index(row, column);
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    }
    [[nodiscard]] int rowOf(const QString &property) const
    {
        for (int row = 0; row < records()->rowCount(); ++row) {
            if (records()->propertyAt(row) == property)
                return row;
        }
        return -1;
    }

    std::unique_ptr<GridRig> m_grid;
    RecordsDuplicates *m_duplicates = nullptr;
};

/// The second contact becomes the first one, typed again.
void TestDuplicatesDialog::init()
{
    failOnUnexpectedWarnings();
    m_grid = std::make_unique<GridRig>();
    auto &store = m_grid->practice.server.state().store(practice::ObjectType::Contact);
    auto first = *store.find(150'000'000'001);
    auto second = *store.find(150'000'000'002);
    for (const QString &property : {u"firstname"_s, u"lastname"_s, u"company"_s, u"city"_s}) {
        if (first.values.value(property).isEmpty())
            first.values.insert(property, u"Zumthorian"_s);
        second.values.insert(property, first.values.value(property));
    }
    first.values.insert(u"firstname"_s, u"William"_s);
    second.values.insert(u"firstname"_s, u"Bill"_s);
    first.values.insert(u"phone"_s, u"+41 31 555 11 22"_s);
    second.values.insert(u"phone"_s, u"031 555 11 22"_s);
    store.put(first, 0);
    store.put(second, 0);
    m_duplicates = new RecordsDuplicates(ObjectType::Contacts, *m_grid->page);
    QVERIFY(m_grid->readContacts());
    m_duplicates->setSession(m_grid->session);
}

void TestDuplicatesDialog::cleanup()
{
    m_grid.reset();
}

void TestDuplicatesDialog::findsAndShowsSideBySide()
{
    find();
    const QAbstractItemModelTester groupsTester(groups());
    const QAbstractItemModelTester recordsTester(records());
    QCOMPARE(groups()->rowCount(), 1);
    QCOMPARE(groups()->index(0, DuplicateGroupsModel::Count).data().toString(), u"2"_s);
    QVERIFY(part<QLabel>("duplicatesSummary")->text().startsWith(u"1 group"_s));
    const int name = rowOf(u"firstname"_s);
    QVERIFY(records()->isDiffering(name));
    QVERIFY(records()->index(name, 1).data(Qt::FontRole).value<QFont>().bold());
    const int city = rowOf(u"city"_s);
    QVERIFY(!records()->isDiffering(city));
    QVERIFY(name < city); // Those that differ come first.
    QCOMPARE(records()->index(name, 0).data().toString(), u"William"_s);
    QCOMPARE(records()->index(name, 1).data().toString(), u"Bill"_s);
    QCOMPARE(m_grid->changes().count(), 0);
}

void TestDuplicatesDialog::takesValuesOver()
{
    find();
    const int phone = rowOf(u"phone"_s);
    QVERIFY(!part<QPushButton>("stageValues")->isEnabled()); // Nothing is chosen.
    click(phone, 1);
    press("useValue");
    QVERIFY(records()->isChosen(phone, 1));
    QVERIFY(!records()->index(phone, 1).data(Qt::DecorationRole).value<QIcon>().isNull());
    QCOMPARE(m_grid->changes().count(), 0);
    press("useValue"); // Second thoughts.
    QVERIFY(records()->chosenTexts().isEmpty());
    press("useValue");
    press("stageValues");
    QCOMPARE(m_grid->changes().count(), 1);
    const auto staged =
        m_grid->changes().cell(ObjectType::Contacts, records()->records()[0].id, u"phone"_s);
    QVERIFY(staged);
    QCOMPARE(staged->after, u"031 555 11 22"_s);
    QCOMPARE(staged->before, u"+41 31 555 11 22"_s);
    QVERIFY(!records()->isDiffering(phone)); // Shows what is staged.
    m_grid->changes().undo();
    QCOMPARE(m_grid->changes().count(), 0);
    QVERIFY(records()->isDiffering(phone));
}

void TestDuplicatesDialog::keepsAnother()
{
    find();
    const QString other = records()->records()[1].id;
    click(rowOf(u"phone"_s), 1);
    QTest::keyClick(dialog(), Qt::Key_K, Qt::AltModifier);
    QTRY_COMPARE(records()->records()[0].id, other);
    QVERIFY(records()->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString().contains(other));
    QVERIFY(!part<QPushButton>("keepRecord")->isEnabled());
}

void TestDuplicatesDialog::takesGroupsOut()
{
    find();
    QTest::keyClick(dialog(), Qt::Key_N, Qt::AltModifier);
    QTRY_COMPARE(groups()->rowCount(), 0);
    QCOMPARE(records()->columnCount(), 0);
    QVERIFY(!part<QPushButton>("notDuplicates")->isEnabled());
    press("findDuplicates");
    QTRY_VERIFY(part<QLabel>("duplicatesSummary")->text().startsWith(u"No duplicates"_s));
    QCOMPARE(groups()->rowCount(), 0);
}

void TestDuplicatesDialog::opensTheRecord()
{
    find();
    Place wanted {PageId::Overview, {}};
    connect(m_grid->page, &Page::goTo, m_grid->page, [&](const Place &place) { wanted = place; });
    click(0, 1);
    press("openRecord");
    QCOMPARE(wanted.page, PageId::Contacts);
    QCOMPARE(idIn(wanted.item), records()->records()[1].id);
}

void TestDuplicatesDialog::triesRules()
{
    find();
    auto *text = part<QPlainTextEdit>("duplicateRules");
    text->setFocus();
    QTest::keyClicks(text, u"match phone tail, lastname same"_s);
    press("tryRules");
    auto *results = part<QTreeWidget>("triedRules");
    QTRY_COMPARE(results->topLevelItemCount(), 1);
    QCOMPARE(results->topLevelItem(0)->text(1), u"1"_s);
    QCOMPARE(results->topLevelItem(0)->childCount(), 1);
    QTest::keyClicks(text, u", firstname differs"_s);
    for (const QString &line : {u"never phone tail"_s, u"only rules"_s}) {
        QTest::keyClick(text, Qt::Key_Return);
        QTest::keyClicks(text, line);
    }
    press("findDuplicates");
    QTRY_VERIFY(part<QLabel>("duplicatesSummary")->text().startsWith(u"No duplicates"_s));
}

void TestDuplicatesDialog::saysWhatIsWrongWithRules()
{
    find();
    auto *text = part<QPlainTextEdit>("duplicateRules");
    QTest::keyClicks(text, u"match emial same"_s);
    press("tryRules");
    QVERIFY(part<QLabel>("rulesFault")->text().contains(u"Did you mean \"email\"?"_s));
    press("findDuplicates");
    QTRY_VERIFY(dialog()->findChild<MessageBar *>()->isVisible());
    QVERIFY(part<QPushButton>("findDuplicates")->isEnabled());
}

void TestDuplicatesDialog::everythingHasANameAndFits()
{
    find();
    QCOMPARE(DialogManners::faultsOf(*dialog()), QStringList());
}

void TestDuplicatesDialog::closesWithTheSession()
{
    find();
    m_duplicates->setSession(nullptr);
    QTRY_VERIFY(!dialog());
    QVERIFY(!m_duplicates->action()->isEnabled());
}

HUBKEEPER_WINDOW_TEST(TestDuplicatesDialog)
#include "tst_duplicatesdialog.moc"
