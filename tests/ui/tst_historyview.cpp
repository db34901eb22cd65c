// SPDX-License-Identifier: MIT
#include "gridrig.h"
#include "portal/portalwriter.h"
#include "records/inspector/historymodel.h"
#include "records/inspector/historyview.h"
#include "records/inspector/inspector.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/notelabel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What the values of a record were, in the inspector, by mouse and keyboard.
class TestHistoryView final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void showsWhoAndSince();
    void looksAtTheCurrentCell();
    void stagesAnOlderValue();
    void readsAgainWhatWasWritten();
    void saysWhatCannotBeRead();

private:
    void write(const QString &property, const QString &text)
    {
        const auto written =
            outcomeOf(PortalWriter(m_rig->session->portal().client(), ApiVersion::V2026_09)
                          .update(ObjectType::Contacts, m_id, {{property, text}}, &m_parent));
        QVERIFY(written && *written);
    }
    [[nodiscard]] QString text(int row, HistoryModel::Column column) const
    {
        return m_view->model()->index(row, column).data().toString();
    }
    void look(const QString &property)
    {
        m_rig->click(m_rig->cell(0, property));
        QTRY_VERIFY(m_view->model()->rowCount() > 0);
    }

    QObject m_parent;
    std::unique_ptr<GridRig> m_rig;
    HistoryView *m_view = nullptr;
    QString m_id;
};

void TestHistoryView::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<GridRig>();
    QVERIFY(m_rig->readContacts());
    m_id = m_rig->page->model()->idAt(0);
    write(u"firstname"_s, u"Adele"_s);
    write(u"firstname"_s, u"Ada"_s);
    auto *inspector = qobject_cast<Inspector *>(m_rig->page->inspector());
    m_view = inspector->history();
    inspector->tabs()->setCurrentWidget(m_view);
    new QAbstractItemModelTester(
        m_view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_view->model());
}

void TestHistoryView::showsWhoAndSince()
{
    look(u"firstname"_s);
    QCOMPARE(m_view->model()->rowCount(), 3);
    QCOMPARE(text(0, HistoryModel::ValueColumn), u"Ada"_s);
    QCOMPARE(text(1, HistoryModel::ValueColumn), u"Adele"_s);
    QVERIFY(text(0, HistoryModel::ByColumn).startsWith(u"by an app"_s));
    QVERIFY(text(2, HistoryModel::ByColumn).startsWith(u"by an import"_s));
    QVERIFY(!text(0, HistoryModel::SinceColumn).isEmpty());
    QVERIFY(!m_view->findChild<NoteLabel *>()->isVisible());
}

void TestHistoryView::looksAtTheCurrentCell()
{
    auto *choice = m_view->findChild<QComboBox *>(u"historyProperty"_s);
    look(u"firstname"_s);
    QCOMPARE(choice->currentData().toString(), u"firstname"_s);
    look(u"email"_s);
    QCOMPARE(choice->currentData().toString(), u"email"_s);
    QCOMPARE(m_view->model()->rowCount(), 1);
    choice->setFocus();
    QTest::keyClick(choice, Qt::Key_Home); // All columns.
    QTRY_VERIFY(m_view->model()->rowCount() > 3);
}

void TestHistoryView::stagesAnOlderValue()
{
    look(u"firstname"_s);
    auto *stage = m_view->findChild<QPushButton *>(u"stageHistory"_s);
    auto *tree = m_view->findChild<QTreeView *>(u"history"_s);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                      tree->visualRect(m_view->model()->index(0, 0)).center());
    QVERIFY(!stage->isEnabled()); // It is there now.
    QTest::keyClick(tree, Qt::Key_Down);
    QVERIFY(stage->isEnabled());
    QTest::mouseClick(stage, Qt::LeftButton);
    const auto cell = m_rig->changes().cell(ObjectType::Contacts, m_id, u"firstname"_s);
    QVERIFY(cell.has_value());
    QCOMPARE(cell->after, u"Adele"_s);
    QCOMPARE(cell->before, u"Ada"_s);
}

void TestHistoryView::readsAgainWhatWasWritten()
{
    look(u"firstname"_s);
    write(u"firstname"_s, u"Augusta"_s);
    Record now;
    now.id = m_id;
    emit m_rig->session->recordsWritten(ObjectType::Contacts, {now});
    QTRY_COMPARE(m_view->model()->rowCount(), 4);
    QCOMPARE(text(0, HistoryModel::ValueColumn), u"Augusta"_s);
}

void TestHistoryView::saysWhatCannotBeRead()
{
    QVERIFY(m_rig->practice.server.setUp({{u"faults"_s,
                                           QJsonArray {QJsonObject {{u"kind"_s, u"status"_s},
                                                                    {u"status"_s, 403},
                                                                    {u"path"_s, u"/batch/read$"_s},
                                                                    {u"times"_s, 50}}}}}));
    m_rig->click(m_rig->cell(1, u"firstname"_s));
    QTRY_VERIFY(m_view->findChild<NoteLabel *>()->isVisible());
    QTRY_VERIFY(!m_view->findChild<NoteLabel *>()->text().contains(u"Reading"_s));
    QCOMPARE(m_view->model()->rowCount(), 0);
}

HUBKEEPER_WINDOW_TEST(TestHistoryView)
#include "tst_historyview.moc"
