// SPDX-License-Identifier: MIT
#include "gridrig.h"
#include "records/inspector/inspector.h"
#include "records/inspector/inspectormodel.h"
#include "records/inspector/linksmodel.h"
#include "records/inspector/linksview.h"
#include "records/values/propertyeditors.h"
#include "testkit/windowtest.h"
#include "widgets/notelabel.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The panel beside the grid: what it shows, and may be edited in, is of the record it names.
class TestInspector final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void followsTheGrid();
    void showsItsTabs();
    void isEmptyWhileItReads();
    void showsReadErrorsAndReadsAgain();
    void readsWhenItIsShown();
    void editsTheRecordItNames();
    void isEmptyWhereNothingFits();
    void showsWhatIsStagedWhereNothingWas();
    void listsAssociationsOnce();
    void failedAssociationsAreShown();

private:
    /// The value shown beside a property's label; nothing if there is no such line.
    [[nodiscard]] std::optional<QString> value(const QString &label) const;
    [[nodiscard]] QModelIndex index(const QString &label) const;
    [[nodiscard]] QString title() const;
    void slow(int milliseconds);
    void fail(const QString &path, int times = -1);

    std::unique_ptr<GridRig> m_rig;
    Inspector *m_inspector = nullptr;
};

void TestInspector::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<GridRig>();
    QVERIFY(m_rig->readContacts());
    m_inspector = qobject_cast<Inspector *>(m_rig->page->inspector());
    QVERIFY(m_inspector && m_inspector->isVisible());
    QTRY_VERIFY(value(u"Email"_s).has_value());
}

QModelIndex TestInspector::index(const QString &label) const
{
    const InspectorModel *model = m_inspector->model();
    const auto found = model->match(model->index(0, 0, {}), Qt::DisplayRole, label, 1,
                                    Qt::MatchRecursive | Qt::MatchExactly);
    return found.isEmpty() ? QModelIndex() : found.first().siblingAtColumn(1);
}

std::optional<QString> TestInspector::value(const QString &label) const
{
    const QModelIndex found = index(label);
    return found.isValid() ? std::optional(found.data().toString()) : std::nullopt;
}

QString TestInspector::title() const
{
    return m_inspector->findChild<QLabel *>()->text();
}

void TestInspector::slow(int milliseconds)
{
    practice::Fault fault;
    fault.kind = practice::FaultKind::Delay;
    fault.pause = std::chrono::milliseconds(milliseconds);
    fault.path = QRegularExpression(u"contacts/(batch/read|[0-9]+)$"_s);
    fault.times = -1;
    m_rig->practice.server.addFault(fault);
}

void TestInspector::fail(const QString &path, int times)
{
    practice::Fault fault;
    fault.kind = practice::FaultKind::StatusJson;
    fault.status = 403;
    fault.path = QRegularExpression(path);
    fault.times = times;
    m_rig->practice.server.addFault(fault);
}

void TestInspector::followsTheGrid()
{
    m_rig->click(m_rig->cell(9, u"email"_s));
    const QString email = m_rig->raw(9, u"email"_s);
    QTRY_COMPARE_WITH_TIMEOUT(value(u"Email"_s).value_or(QString()), email, 20'000);
    QCOMPARE(title(), email);
}

void TestInspector::showsItsTabs()
{
    QCOMPARE(m_rig->window.width(), 1280); // Nothing made it wider.
    const auto *tabs = m_inspector->findChild<QTabBar *>();
    QVERIFY(tabs->isVisible());
    QVERIFY(tabs->width() >= tabs->sizeHint().width());
}

/// Never one person's name over another's values, however long the read takes.
void TestInspector::isEmptyWhileItReads()
{
    const auto *json = m_inspector->findChild<QPlainTextEdit *>();
    QTRY_VERIFY(!json->toPlainText().isEmpty());
    slow(1000); // Silence of 1.5 s ends a request here (PracticeSession).
    const QString email = m_rig->raw(5, u"email"_s);

    m_rig->click(m_rig->cell(5, u"email"_s));

    QCOMPARE(title(), email);
    QCOMPARE(m_inspector->model()->rowCount({}), 0);
    QVERIFY(json->toPlainText().isEmpty());
    QCOMPARE(m_inspector->links()->model()->rowCount(), 0);
    QTest::qWait(600); // The read is under way.
    QCOMPARE(m_inspector->model()->rowCount({}), 0);
    QTRY_COMPARE_WITH_TIMEOUT(value(u"Email"_s).value_or(QString()), email, 20'000);
}

void TestInspector::showsReadErrorsAndReadsAgain()
{
    fail(u"contacts/(batch/read|[0-9]+)$"_s, 1);
    m_rig->click(m_rig->cell(5, u"email"_s));
    auto *message = m_inspector->findChild<MessageBar *>();
    QTRY_VERIFY(message->isVisible());
    QCOMPARE(message->kind(), MessageBar::Failure);
    QCOMPARE(m_inspector->model()->rowCount({}), 0);

    auto *again = message->findChild<QPushButton *>(u"retry"_s);
    QVERIFY(again);
    QTest::mouseClick(again, Qt::LeftButton);
    QTRY_COMPARE(value(u"Email"_s).value_or(QString()), m_rig->raw(5, u"email"_s));
    QVERIFY(!message->isVisible());
}

void TestInspector::readsWhenItIsShown()
{
    auto *dock = m_rig->window.findChild<QDockWidget *>();
    dock->hide();
    m_rig->click(m_rig->cell(7, u"email"_s));
    QTest::qWait(500);
    QCOMPARE(m_inspector->model()->rowCount({}), 0);
    dock->show();
    QTRY_COMPARE(value(u"Email"_s).value_or(QString()), m_rig->raw(7, u"email"_s));
}

void TestInspector::editsTheRecordItNames()
{
    m_rig->click(m_rig->cell(6, u"email"_s));
    QTRY_COMPARE(value(u"Email"_s).value_or(QString()), m_rig->raw(6, u"email"_s));
    const QModelIndex name = index(u"First Name"_s);
    QVERIFY(name.isValid());
    m_inspector->tree()->setFocus();
    m_inspector->tree()->setCurrentIndex(name);
    QTest::keyClick(m_inspector->tree(), Qt::Key_F2);
    auto *field = m_inspector->tree()->viewport()->findChild<QLineEdit *>();
    QVERIFY(field);
    field->selectAll();
    QTest::keyClicks(field, u"Zora"_s);
    slow(1000); // Silence of 1.5 s ends a request here (PracticeSession).
    m_rig->click(m_rig->cell(5, u"email"_s)); // Leaves the field: it was record 6 that was meant.

    QCOMPARE(m_rig->raw(6, u"firstname"_s), u"Zora"_s);
    QVERIFY(!m_rig->cell(5, u"firstname"_s).data(RecordTableModel::ChangedRole).toBool());
    QCOMPARE(m_rig->changes().count(), 1);
}

/// What is beside an empty grid is not of a record that is not in it.
void TestInspector::isEmptyWhereNothingFits()
{
    auto *field = m_rig->page->findChild<QLineEdit *>(u"contactsFilter"_s);
    field->setFocus();
    QTest::keyClicks(field, u"nobody at all"_s);
    QTRY_COMPARE(m_rig->page->model()->rowCount(), 0);
    QTRY_COMPARE(title(), u"No record selected"_s);
    QCOMPARE(m_inspector->model()->rowCount({}), 0);

    field->clear();
    QTRY_COMPARE(m_rig->page->model()->rowCount(), 60);
    QTRY_VERIFY(value(u"Email"_s).has_value());
}

/// Values alone are shown, and a value is one as soon as it is staged.
void TestInspector::showsWhatIsStagedWhereNothingWas()
{
    const int row = m_rig->page->table()->currentIndex().row();
    const QString id = m_rig->page->model()->idAt(row);
    QVERIFY(!value(u"Fax Number"_s).has_value());
    m_rig->changes().setText(ObjectType::Contacts, m_inspector->model()->record(), u"x"_s, u"fax"_s,
                             u"+41 44 668 18 00"_s);
    QTRY_COMPARE(value(u"Fax Number"_s).value_or(QString()), u"+41 44 668 18 00"_s);
    QVERIFY(
        m_inspector->tree()->isExpanded(m_inspector->tree()->model()->index(0, 0))); // It is seen.
    m_rig->changes().revertRow(ObjectType::Contacts, id);
    QTRY_VERIFY(!value(u"Fax Number"_s).has_value());
}

void TestInspector::listsAssociationsOnce()
{
    m_inspector->tabs()->setCurrentWidget(m_inspector->links());
    const LinksModel *list = m_inspector->links()->model();
    for (int row = 0; list->rowCount() == 0; ++row) { // Some have no company.
        QVERIFY(row < 10);
        m_rig->click(m_rig->cell(row, u"email"_s));
        QTRY_VERIFY(list->isKnown());
    }
    const int count = list->rowCount();
    Record record;
    record.id = m_rig->page->model()->idAt(m_rig->page->table()->currentIndex().row());
    for (int i = 0; i < 3; ++i) { // Written: read again.
        emit m_rig->session->recordsWritten(ObjectType::Contacts, {record});
        QTest::qWait(320);
    }
    QTest::qWait(300);
    QCOMPARE(list->rowCount(), count);
}

void TestInspector::failedAssociationsAreShown()
{
    m_inspector->tabs()->setCurrentWidget(m_inspector->links());
    fail(u"associations/"_s);
    m_rig->click(m_rig->cell(1, u"email"_s));

    const auto *note = m_inspector->links()->findChild<NoteLabel *>();
    QTRY_VERIFY(!note->text().isEmpty());
    QVERIFY(!note->text().contains(u"No associated"_s));
    QCOMPARE(m_inspector->links()->model()->rowCount(), 0);
    QVERIFY(!m_inspector->links()->findChild<QPushButton *>(u"addAssociation"_s)->isEnabled());
}

HUBKEEPER_WINDOW_TEST(TestInspector)
#include "tst_inspector.moc"
