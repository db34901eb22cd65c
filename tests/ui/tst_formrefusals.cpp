// SPDX-License-Identifier: MIT
#include "configuration/form/objecttypesmodel.h"
#include "configuration/form/objecttypessection.h"
#include "configuration/form/ratelimitssection.h"
#include "configuration/form/timeoutsmodel.h"
#include "configuration/form/timeoutssection.h"
#include "formrig.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"

#include <QHeaderView>
#include <QListWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Edits in the tables of the form: what is refused stays open, keys and buttons work where the
/// cursor is, nothing moves under the mouse.
class TestFormRefusals final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnUnexpectedWarnings();
        m_rig = std::make_unique<FormRig>();
        QVERIFY(m_rig->open());
    }
    void cleanup() { m_rig.reset(); }
    void aTakenNameStaysInItsEditor();
    void aWrongTimeOutStaysInItsEditor();
    void f2EditsATimeOutFromAnyColumn();
    void aNewLimitIsTypedOverItsName();
    void aFileWithoutTypesOffersThem();
    void buttonsStayWhereTheyAre();

private:
    template <typename Section>
    [[nodiscard]] Section *show()
    {
        Section *section = m_rig->section<Section>();
        m_rig->page->form()->sectionList()->setCurrentRow(
            int(m_rig->page->form()->sections().indexOf(section)));
        return section;
    }
    /// The line that is open in a view.
    [[nodiscard]] static QLineEdit *editorIn(const QAbstractItemView *view)
    {
        for (auto *line : view->viewport()->findChildren<QLineEdit *>()) {
            if (line->hasFocus())
                return line;
        }
        return nullptr;
    }
    [[nodiscard]] QString failure()
    {
        for (const auto *bar : m_rig->page->form()->findChildren<MessageBar *>()) {
            if (bar->isVisible() && bar->kind() == MessageBar::Failure)
                return bar->text();
        }
        return {};
    }

    std::unique_ptr<FormRig> m_rig;
};

void TestFormRefusals::aTakenNameStaysInItsEditor()
{
    auto *tree = show<ObjectTypesSection>()->findChild<QTreeView *>();
    const QModelIndex type = tree->model()->index(0, 0);
    tree->setCurrentIndex(tree->model()->index(0, 0, type));
    const QString other = tree->model()->index(1, 0, type).data().toString();
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_F2);
    QVERIFY(editorIn(tree));
    editorIn(tree)->selectAll();
    QTest::keyClicks(editorIn(tree), other);
    QTest::keyClick(editorIn(tree), Qt::Key_Return);

    QTRY_COMPARE(failure(), u"The value was not changed."_s);
    QTRY_VERIFY(editorIn(tree));
    QCOMPARE(editorIn(tree)->text(), other);

    QTest::keyClicks(editorIn(tree), other + u"x"_s); // It is selected; another name serves.
    QTest::keyClick(editorIn(tree), Qt::Key_Return);
    QTRY_COMPARE(failure(), QString());
    QVERIFY(
        m_rig->rawAt(u"/objectTypes/"_s + type.data().toString() + u"/properties/"_s + other + u'x')
            .size()
        > 0);
}

void TestFormRefusals::aWrongTimeOutStaysInItsEditor()
{
    auto *table = show<TimeOutsSection>()->findChild<QTableView *>();
    table->setCurrentIndex(table->model()->index(0, TimeOutsModel::MillisecondsColumn));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_F2);
    QVERIFY(editorIn(table));
    QTest::keyClicks(editorIn(table), u"soon"_s);
    QTest::keyClick(editorIn(table), Qt::Key_Return);

    QTRY_COMPARE(failure(), u"The value was not changed."_s);
    QTRY_VERIFY(editorIn(table));
    QCOMPARE(editorIn(table)->text(), u"soon"_s);
    QTest::keyClick(editorIn(table), Qt::Key_Escape);
    QTRY_VERIFY(!editorIn(table));
}

void TestFormRefusals::f2EditsATimeOutFromAnyColumn()
{
    auto *table = show<TimeOutsSection>()->findChild<QTableView *>();
    table->setFocus();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(1, 0)).center());
    QTest::keyClick(table, Qt::Key_F2);
    QVERIFY(editorIn(table));
    QTest::keyClicks(editorIn(table), u"1234"_s);
    QTest::keyClick(editorIn(table), Qt::Key_Return);
    QTRY_COMPARE(table->model()->index(1, TimeOutsModel::MillisecondsColumn).data().toString(),
                 u"1234"_s);
}

void TestFormRefusals::aNewLimitIsTypedOverItsName()
{
    auto *tree = show<RateLimitsSection>()->findChild<QTreeView *>();
    tree->setCurrentIndex(tree->model()->index(0, 0));
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Insert);
    QTRY_VERIFY(editorIn(tree));
    QTest::qWait(300); // The check of the text comes and must not take the selection away.
    QVERIFY(editorIn(tree));
    QTest::keyClicks(editorIn(tree), u"perSecond"_s);
    QCOMPARE(editorIn(tree)->text(), u"perSecond"_s);
}

void TestFormRefusals::aFileWithoutTypesOffersThem()
{
    auto *section = show<ObjectTypesSection>();
    auto *tree = section->findChild<QTreeView *>();
    tree->setFocus();
    tree->selectAll();
    QTest::keyClick(tree, Qt::Key_Delete);
    QCOMPARE(tree->model()->rowCount(), 0);

    QToolButton *add = nullptr;
    for (auto *button : section->findChildren<QToolButton *>()) {
        if (button->isVisible() && button->isEnabled() && button->text().contains("Object Type"_L1))
            add = button;
    }
    QVERIFY(add);
    add->click();
    QComboBox *names = nullptr;
    for (auto *dialog : m_rig->window.window->findChildren<QInputDialog *>())
        names = dialog->findChild<QComboBox *>();
    QVERIFY(names);
    QVERIFY(names->findText(u"contact"_s) >= 0 && names->count() == 5);
    m_rig->answer(u"company"_s);
    QVERIFY(m_rig->rawAt(u"/objectTypes/company"_s).size() > 0);
}

/// The findings of a row come into a place that is there for any row.
void TestFormRefusals::buttonsStayWhereTheyAre()
{
    m_rig->put(u"/objectTypes/contact/properties/firstname/flags"_s, R"(["NOT_CREATEABLE"])");
    m_rig->put(u"/objectTypes/contact/properties/firstname/type"_s, R"("sting")");
    auto *section = show<ObjectTypesSection>();
    auto *tree = section->findChild<QTreeView *>();
    QCoreApplication::processEvents();
    const QModelIndex type = tree->model()->index(0, 0);
    QSet<QString> places;
    for (int row = 0; row < tree->model()->rowCount(type); ++row) {
        tree->setCurrentIndex(tree->model()->index(row, 0, type));
        QCoreApplication::processEvents();
        const QPoint place = tree->mapTo(section, QPoint(0, 0));
        places.insert(u"%1 %2"_s.arg(place.y()).arg(tree->height()));
    }
    QCOMPARE(places.size(), 1);
}

HUBKEEPER_WINDOW_TEST(TestFormRefusals)
#include "tst_formrefusals.moc"
