// SPDX-License-Identifier: MIT
#include "reviewrig.h"
#include "testkit/windowtest.h"
#include "widgets/selectalone.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMessageBox>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Many changes are reviewed by group, filter and tick, with keys and mouse.
class TestReviewDock final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnUnexpectedWarnings();
        m_rig = std::make_unique<ReviewRig>(40);
    }
    void cleanup() { m_rig.reset(); }
    void groupsAppearWithMany();
    void aGroupChoosesAndItsTickLeavesOut();
    void theFilterFindsWhatIsSeen();
    void spaceTakesTheTickAway();
    void whatIsLeftOutIsThereAfterARestart();
    void theQuestionSaysItAll();
    void filterOnlyWhatIsShown();
    void theStateIsInSight();

private:
    [[nodiscard]] QModelIndex groupLine(const QString &text) const;
    [[nodiscard]] int shown() const { return m_rig->dock->tree()->model()->rowCount(); }
    void clickTick(QTreeView *tree, const QModelIndex &line);

    std::unique_ptr<ReviewRig> m_rig;
};

QModelIndex TestReviewDock::groupLine(const QString &text) const
{
    const QAbstractItemModel *model = m_rig->dock->groups()->model();
    const QModelIndexList found =
        model->match(model->index(0, 0), Qt::DisplayRole, text, 1,
                     Qt::MatchContains | Qt::MatchRecursive | Qt::MatchCaseSensitive);
    return found.value(0);
}

void TestReviewDock::clickTick(QTreeView *tree, const QModelIndex &line)
{
    tree->scrollTo(line);
    QStyleOptionViewItem option;
    option.initFrom(tree);
    option.rect = tree->visualRect(line);
    option.features = QStyleOptionViewItem::HasCheckIndicator;
    const QRect box =
        tree->style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, tree);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, box.center());
}

void TestReviewDock::groupsAppearWithMany()
{
    QTRY_VERIFY(m_rig->dock->groups()->isVisible());
    QTRY_VERIFY(groupLine(u"Change contacts"_s).isValid());
    QTRY_VERIFY(groupLine(u"→ 12345"_s).isValid());
    const QModelIndex line = groupLine(u"→ 12345"_s);
    QCOMPARE(line.siblingAtColumn(1).data().toString(), u"40"_s);
    for (QAction *action : m_rig->dock->findChildren<QAction *>()) {
        if (action->text() == u"Show &by Group"_s)
            action->trigger();
    }
    QVERIFY(!m_rig->dock->groups()->isVisible());
}

void TestReviewDock::aGroupChoosesAndItsTickLeavesOut()
{
    (void)m_rig->changes().addCreate(ObjectType::Contacts, {{u"email"_s, u"n@example.com"_s}}, {});
    QTRY_VERIFY(groupLine(u"New contacts"_s).isValid());
    QCOMPARE(shown(), 41);
    QTreeView *groups = m_rig->dock->groups();
    const QModelIndex fresh = groupLine(u"New contacts"_s);
    groups->scrollTo(fresh);
    selectAlone(*groups, fresh);
    QTRY_COMPARE(shown(), 1);
    clickTick(groups, groupLine(u"New contacts"_s));
    QTRY_COMPARE(m_rig->changes().excluded(), 1);
    QTRY_COMPARE(groupLine(u"New contacts"_s).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    QTRY_COMPARE(groupLine(u"All changes"_s).data(Qt::CheckStateRole).toInt(),
                 int(Qt::PartiallyChecked));
    QCOMPARE(m_rig->dock->title(), u"Changes (40)"_s);
    selectAlone(*groups, groupLine(u"All changes"_s));
    QTRY_COMPARE(shown(), 41);

    QSignalSpy ended(m_rig->dock, &ChangesDock::runEnded);
    QTest::keyClick(m_rig->dock->tree(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
    QCOMPARE(m_rig->changes().count(RowState::Applied), 40);
    QCOMPARE(m_rig->changes().excluded(), 1); // Kept.
}

void TestReviewDock::theFilterFindsWhatIsSeen()
{
    auto *filter = m_rig->dock->findChild<QLineEdit *>(u"changesFilter"_s);
    QVERIFY(filter);
    m_rig->dock->focusFilter();
    QTest::keyClicks(filter, u"150000000007"_s);
    QTRY_COMPARE(shown(), 1);
    filter->selectAll();
    QTest::keyClicks(filter, u"fax n"_s); // The property's label.
    QTRY_COMPARE(shown(), 40);
    QTest::keyClicks(filter, u"othing such"_s);
    QTRY_COMPARE(shown(), 0);
    filter->clear();
    QTRY_COMPARE(shown(), 40);
}

void TestReviewDock::spaceTakesTheTickAway()
{
    QTreeView *tree = m_rig->dock->tree();
    tree->setFocus();
    selectAlone(*tree, tree->model()->index(2, 0));
    QTest::keyClick(tree, Qt::Key_Space);
    QCOMPARE(m_rig->changes().excluded(), 1);
    QTest::keyClick(tree, Qt::Key_Space);
    QCOMPARE(m_rig->changes().excluded(), 0);
    clickTick(tree, tree->model()->index(3, 0));
    QCOMPARE(m_rig->changes().excluded(), 1);
}

void TestReviewDock::whatIsLeftOutIsThereAfterARestart()
{
    QVERIFY(QTest::qWaitFor([this] { return m_rig->changes().isSaved(); }, 10'000));
    m_rig->changes().setExcluded({1, 2, 3}, true);
    QVERIFY(QTest::qWaitFor([this] { return m_rig->changes().isSaved(); }, 10'000));
    m_rig->window.makeWindow();
    QVERIFY(m_rig->window.openPractice());
    QTRY_COMPARE(m_rig->changes().count(), 40);
    QCOMPARE(m_rig->changes().excluded(), 3);
    QCOMPARE(m_rig->changes().waiting(), 37);
}

void TestReviewDock::theQuestionSaysItAll()
{
    Connection connection = *m_rig->window.window->keeper().connection();
    connection.policy.mode = WriteMode::Confirm;
    QVERIFY(m_rig->window.window->keeper().change(*m_rig->window.window->keeper().connection(),
                                                  connection));
    m_rig->changes().setExcluded({4}, true);
    m_rig->dock->applying()->apply(0);
    QTRY_VERIFY(m_rig->dock->findChild<QMessageBox *>(u"applyQuestion"_s));
    auto *question = m_rig->dock->findChild<QMessageBox *>(u"applyQuestion"_s);
    const QString text = question->text() + u'\n' + question->informativeText();
    QVERIFY2(text.contains(u"39 record"_s), qPrintable(text));
    QVERIFY2(text.contains(u"1 left out"_s), qPrintable(text));
    QVERIFY2(text.contains(u"3 call"_s), qPrintable(text));
    QVERIFY2(text.contains(u"may add 12"_s), qPrintable(text)); // 39 rows in halves.
    QVERIFY2(text.contains(u"daily limit"_s), qPrintable(text));
    question->reject();
    QTRY_VERIFY(!m_rig->dock->findChild<QMessageBox *>(u"applyQuestion"_s));
    QCOMPARE(m_rig->changes().waiting(), 39);
}

void TestReviewDock::filterOnlyWhatIsShown()
{
    auto *states = m_rig->dock->findChild<QComboBox *>(u"changesShown"_s);
    m_rig->changes().setExcluded({5, 6}, true);
    states->setCurrentText(u"Left out"_s);
    QTRY_COMPARE(shown(), 2);
    states->setCurrentText(u"Waiting"_s);
    QTRY_COMPARE(shown(), 38);
    auto *verbs = m_rig->dock->findChild<QComboBox *>(u"changesVerbs"_s);
    verbs->setCurrentText(u"Archives"_s);
    QTRY_COMPARE(shown(), 0);
}

/// Until somebody moves the line between two columns.
void TestReviewDock::theStateIsInSight()
{
    m_rig->window.window->resize(1024, 700);
    QTRY_VERIFY(m_rig->dock->groups()->isVisible());
    QTreeView *tree = m_rig->dock->tree();
    const auto room = [tree] {
        return tree->viewport()->width() - tree->columnViewportPosition(ChangesModel::StateColumn);
    };
    QTRY_VERIFY(room() > tree->viewport()->width() / 5);
    const int before = tree->viewport()->width();
    tree->header()->resizeSection(ChangesModel::WhatColumn, 250);
    m_rig->window.window->resize(1200, 700);
    QTRY_VERIFY(tree->viewport()->width() > before);
    QCOMPARE(tree->header()->sectionSize(ChangesModel::WhatColumn), 250);
}

HUBKEEPER_WINDOW_TEST(TestReviewDock)
#include "tst_reviewdock.moc"
