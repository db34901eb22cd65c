// SPDX-License-Identifier: MIT
#include "gridrig.h"
#include "records/mergemodel.h"
#include "records/mergerecordsdialog.h"
#include "records/recordsactions.h"
#include "session/writing/applychanges.h"
#include "session/writing/stagerevert.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/notelabel.h"

#include <QAbstractItemModelTester>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Two selected records are merged from the grid, and the merge is taken back.
class TestMergeDialog final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void showsBothAndStages();
    void keepsWhatWasTicked();
    void swapsTheRecords();
    void needsTwoRecords();
    void appliesAndTakesBack();
    void fitsASmallWindow();

private:
    void openMenuEntry()
    {
        QMenu menu;
        m_rig->page->actions().addTo(menu);
        for (QAction *action : menu.actions()) {
            if (action->text().contains(u"Merge"_s))
                action->trigger();
        }
    }
    /// Rows 0 and 1 by the mouse, and the dialog with both records read.
    [[nodiscard]] MergeRecordsDialog *dialog()
    {
        m_rig->click(m_rig->cell(0, u"email"_s));
        m_rig->click(m_rig->cell(1, u"email"_s), Qt::ControlModifier);
        m_first = m_rig->page->model()->idAt(0);
        m_second = m_rig->page->model()->idAt(1);
        openMenuEntry();
        MergeRecordsDialog *found = nullptr;
        const bool isReady = QTest::qWaitFor(
            [&] {
                found = m_rig->page->window()->findChild<MergeRecordsDialog *>();
                return found && button(found, u"stageMerge"_s)->isEnabled();
            },
            20'000);
        return isReady ? found : nullptr;
    }
    [[nodiscard]] static QPushButton *button(QWidget *dialog, const QString &name)
    {
        return dialog->findChild<QPushButton *>(name);
    }
    [[nodiscard]] static int rowOf(const MergeModel &model, const QString &label)
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row, MergeModel::PropertyColumn).data().toString() == label)
                return row;
        }
        return -1;
    }

    QObject m_parent;
    std::unique_ptr<GridRig> m_rig;
    QString m_first;
    QString m_second;
};

void TestMergeDialog::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<GridRig>();
    QVERIFY(m_rig->readContacts());
}

void TestMergeDialog::showsBothAndStages()
{
    MergeRecordsDialog *merge = dialog();
    QVERIFY(merge);
    new QAbstractItemModelTester(merge->model(),
                                 QAbstractItemModelTester::FailureReportingMode::QtTest, merge);
    const QString note = merge->findChild<NoteLabel *>(u"mergeNote"_s)->text();
    QVERIFY2(note.contains(m_rig->raw(1, u"email"_s)), qPrintable(note)); // IDM loses it.
    QVERIFY(note.contains(u"rebuilds"_s));
    const int row = rowOf(*merge->model(), u"Email"_s);
    QVERIFY(row >= 0);
    QCOMPARE(merge->model()->index(row, MergeModel::ResultColumn).data().toString(),
             m_rig->raw(0, u"email"_s));
    QTest::mouseClick(button(merge, u"stageMerge"_s), Qt::LeftButton);
    QTRY_COMPARE(m_rig->changes().count(), 1);
    const RowChange staged = m_rig->changes().at(0);
    QCOMPARE(staged.subject, RowSubject::Merge);
    QCOMPARE(staged.id, m_first);
    QCOMPARE(staged.to->id, m_second);
    QVERIFY(staged.cells.isEmpty());
}

void TestMergeDialog::keepsWhatWasTicked()
{
    MergeRecordsDialog *merge = dialog();
    QVERIFY(merge);
    auto *tree = merge->findChild<QTreeView *>(u"mergePreview"_s);
    const int row = rowOf(*merge->model(), u"First Name"_s);
    QVERIFY(row >= 0);
    const QModelIndex theirs = merge->model()->index(row, MergeModel::MergedColumn);
    tree->setFocus();
    tree->setCurrentIndex(theirs);
    QTest::keyClick(tree, Qt::Key_Space);
    QCOMPARE(theirs.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    QCOMPARE(theirs.siblingAtColumn(MergeModel::PrimaryColumn).data(Qt::CheckStateRole).toInt(),
             int(Qt::Unchecked));
    QTest::mouseClick(button(merge, u"stageMerge"_s), Qt::LeftButton);
    QTRY_COMPARE(m_rig->changes().count(), 1);
    const CellChange cell = m_rig->changes().at(0).cells.value(u"firstname"_s);
    QCOMPARE(cell.before, m_rig->raw(0, u"firstname"_s));
    QCOMPARE(cell.after, m_rig->raw(1, u"firstname"_s));
}

void TestMergeDialog::swapsTheRecords()
{
    MergeRecordsDialog *merge = dialog();
    QVERIFY(merge);
    QTest::mouseClick(button(merge, u"swapRecords"_s), Qt::LeftButton);
    QTest::mouseClick(button(merge, u"stageMerge"_s), Qt::LeftButton);
    QTRY_COMPARE(m_rig->changes().count(), 1);
    QCOMPARE(m_rig->changes().at(0).id, m_second);
    QCOMPARE(m_rig->changes().at(0).to->id, m_first);
}

void TestMergeDialog::needsTwoRecords()
{
    QSignalSpy messages(&m_rig->page->actions(), &RecordsActions::statusMessage);
    m_rig->click(m_rig->cell(0, u"email"_s));
    openMenuEntry();
    QTRY_COMPARE(messages.size(), 1);
    QVERIFY(messages.first().first().toString().contains(u"two"_s));
    QVERIFY(!m_rig->page->window()->findChild<MergeRecordsDialog *>());
}

void TestMergeDialog::appliesAndTakesBack()
{
    MergeRecordsDialog *merge = dialog();
    QVERIFY(merge);
    const QString address = m_rig->raw(1, u"email"_s);
    QTest::mouseClick(button(merge, u"stageMerge"_s), Qt::LeftButton);
    QTRY_COMPARE(m_rig->changes().count(), 1);
    const auto run = outcomeOf(applyChanges(*m_rig->session, {}, &m_parent), 60'000);
    QVERIFY(run && *run);
    QCOMPARE((*run)->applied, 1);
    const auto staged =
        outcomeOf(stageRevert(*m_rig->session, {(*run)->runId, {}, false}, &m_parent), 60'000);
    QVERIFY(staged && *staged);
    QVERIFY(!(*staged)->lost.isEmpty());
    const auto back = outcomeOf(applyChanges(*m_rig->session, {}, &m_parent), 60'000);
    QVERIFY(back && *back);
    QCOMPARE((*back)->failed + (*back)->conflicting + (*back)->unknown, 0);
    ReadOptions byAddress;
    byAddress.idProperty = u"email"_s;
    const auto record = outcomeOf(
        m_rig->session->portal().read(ObjectType::Contacts, address, byAddress, &m_parent));
    QVERIFY(record && *record);
    QVERIFY((*record)->id != m_first && (*record)->id != m_second);
}

void TestMergeDialog::fitsASmallWindow()
{
    MergeRecordsDialog *merge = dialog();
    QVERIFY(merge);
    QVERIFY(merge->minimumSizeHint().width() <= 1000);
    QVERIFY(merge->minimumSizeHint().height() <= 660);
    for (const QWidget *one : merge->findChildren<QWidget *>()) {
        if (one->focusPolicy() != Qt::NoFocus && qobject_cast<const QTreeView *>(one))
            QVERIFY(!one->accessibleName().isEmpty());
    }
    QTest::keyClick(merge, Qt::Key_Escape);
    QTRY_VERIFY(!m_rig->page->window()->findChild<MergeRecordsDialog *>());
    QCOMPARE(m_rig->changes().count(), 0);
}

HUBKEEPER_WINDOW_TEST(TestMergeDialog)
#include "tst_mergedialog.moc"
