// SPDX-License-Identifier: MIT
#include "base/foldedtext.h"
#include "changes/applyactions.h"
#include "changes/changesdock.h"
#include "portal/portalwriter.h"
#include "records/conditions/conditionbar.h"
#include "records/conditions/conditionrow.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "records/values/cellmark.h"
#include "records/values/propertyeditors.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "widgets/selectalone.h"
#include "windowrig.h"

#include <QComboBox>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What the grid, its filter and its searches show is what is so.
class TestRecordsList final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void asksForNothingWithoutAConnection();
    void findsAndSortsWhatIsShown();
    void conditionsPickAndCheck();
    void anUnknownPropertyIsNoSearch();
    void marksWhatIsStaged();
    void appliedCellsAreNotMarked();
    void readingAgainKeepsThePlace();
    void readingAgainOfflineKeepsTheRows();
    void readingAgainFindsNewProperties();
    void aNewRecordComesIntoTheGrid();
    void sortingGoesToTheTop();
    void aHeldKeySelectsNothingMore();
    void saysThatTheStoreIsBroken();
    void closingKeepsTheCellThatIsTyped();

private:
    [[nodiscard]] RecordTableModel *model() const { return m_page->model(); }
    [[nodiscard]] QModelIndex cell(int row, const QString &property) const;
    [[nodiscard]] CellMark markOf(const QModelIndex &index) const
    {
        return CellMark(index.data(RecordTableModel::MarkRole).toInt());
    }
    void write(const QString &id, const QString &property, const QString &text);
    void filter(const QString &text, int rows);
    [[nodiscard]] ConditionRow *addCondition(const QString &property);
    void applyAll();
    [[nodiscard]] MessageBar *message() const { return m_page->findChild<MessageBar *>(); }

    std::unique_ptr<WindowRig> m_rig;
    RecordsPage *m_page = nullptr;
    ChangesDock *m_dock = nullptr;
};

void TestRecordsList::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Contacts, {}});
    m_page = m_rig->page<RecordsPage>(PageId::Contacts);
    m_dock = m_rig->page<ChangesDock>(PageId::Changes);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete() && model()->rowCount() == 60
                                 && m_page->table()->currentIndex().isValid(),
                             20'000);
    QTRY_VERIFY(!m_page->names().owners().isEmpty());
}

QModelIndex TestRecordsList::cell(int row, const QString &property) const
{
    return model()->index(row, int(model()->columns().indexOf(property)) + 1);
}

/// As somebody else does it.
void TestRecordsList::write(const QString &id, const QString &property, const QString &text)
{
    PortalReader &portal = m_rig->session().portal();
    const auto done =
        outcomeOf(PortalWriter(portal.client(), portal.version())
                      .update(ObjectType::Contacts, id, {{property, text}}, m_rig->window.get()));
    QVERIFY(done && *done);
}

void TestRecordsList::filter(const QString &text, int rows)
{
    auto *field = m_page->findChild<QLineEdit *>(u"contactsFilter"_s);
    field->setText(text);
    QTRY_VERIFY2(
        model()->rowCount() == rows,
        qPrintable(u"%1: %2 instead of %3"_s.arg(text).arg(model()->rowCount()).arg(rows)));
}

ConditionRow *TestRecordsList::addCondition(const QString &property)
{
    auto *bar = m_page->findChild<ConditionBar *>();
    bar->findChild<QPushButton *>(u"addCondition"_s)->click();
    ConditionRow *row = bar->rows().last();
    // Typed over what is there, as a person does.
    QTest::keyClicks(row->property()->lineEdit(), property);
    QTest::keyClick(row->property()->lineEdit(), Qt::Key_Tab);
    return row;
}

void TestRecordsList::applyAll()
{
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    m_rig->window->showPlace({PageId::Changes, {}});
    m_dock->applying()->apply(0);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
}

void TestRecordsList::asksForNothingWithoutAConnection()
{
    const auto *add = m_page->findChild<QPushButton *>(u"addCondition"_s);
    const auto *field = m_page->findChild<QLineEdit *>(u"contactsFilter"_s);
    QVERIFY(add->isEnabled() && field->isEnabled());
    m_rig->window->keeper().close();
    QVERIFY(!add->isEnabled() && !field->isEnabled());
}

void TestRecordsList::findsAndSortsWhatIsShown()
{
    const Owner owner = m_page->names().owners().first();
    const int column = int(model()->columns().indexOf(u"hubspot_owner_id"_s));
    QVERIFY(column >= 0);
    const auto shownBy = [&](const QString &text) {
        int count = 0;
        for (int row = 0; row < 60; ++row) {
            bool isShown = false;
            for (int i = 0; i < model()->columnCount(); ++i)
                isShown = isShown
                    || model()->index(row, i).data().toString().contains(text, Qt::CaseInsensitive);
            count += isShown ? 1 : 0;
        }
        return count;
    };
    const int withOwner = shownBy(owner.displayName());
    const int withStage = shownBy(u"Sales Qualified"_s);
    QVERIFY(withOwner > 0 && withStage > 0);
    filter(owner.displayName(), withOwner);
    filter(owner.id, 0); // It is not on the screen.
    filter(u"Sales Qualified"_s, withStage);
    filter({}, 60);
    QVERIFY(model()->setData(cell(4, u"lastname"_s), u"Żółćgród"_s, Qt::EditRole));
    filter(u"zolcgrod"_s, 0); // Ł and its like are letters of their own.
    filter(u"\u017B\u00F3\u0142\u0107"_s, 1);
    filter({}, 60);

    QSignalSpy reset(model(), &QAbstractItemModel::modelReset);
    m_page->table()->sortByColumn(column + 1, Qt::AscendingOrder);
    QTRY_VERIFY(reset.count() > 0);
    QString before;
    for (int row = 0; row < 60; ++row) {
        const QString name = model()->index(row, column + 1).data().toString();
        if (name.isEmpty())
            break;
        QVERIFY2(foldedText(before) <= foldedText(name), qPrintable(before + name));
        before = name;
    }
}

void TestRecordsList::conditionsPickAndCheck()
{
    ConditionRow *row = addCondition(u"Lifecycle Stage"_s);
    QCOMPARE(row->property()->currentText(), u"Lifecycle Stage"_s);
    QVERIFY(row->op()->findText(u"contains word"_s) < 0
            && row->op()->findText(u"is less than"_s) < 0);
    QVERIFY(!row->fault().isEmpty()); // No value yet.
    auto *choice = row->value()->findChild<QComboBox *>();
    QVERIFY(choice);
    QVERIFY(choice->findText(u"Customer"_s) > 0);
    choice->lineEdit()->selectAll();
    QTest::keyClicks(choice->lineEdit(), u"customer"_s);
    QVERIFY2(row->fault().isEmpty(), qPrintable(row->fault()));
    QCOMPARE(row->filter().value.toString(), u"customer"_s);
    QTest::keyClick(choice, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_page->isComplete() && model()->rowCount() > 0 && model()->rowCount() < 60, 20'000);
    for (int i = 0; i < model()->rowCount(); ++i)
        QCOMPARE(cell(i, u"lifecyclestage"_s).data().toString(), u"Customer"_s);

    ConditionRow *status = addCondition(u"Lead Status"_s);
    auto *statuses = status->value()->findChild<QComboBox *>();
    QVERIFY(statuses);
    QTest::keyClicks(statuses->lineEdit(), u"Garbage"_s);
    const int rows = model()->rowCount();
    QTest::keyClick(statuses, Qt::Key_Return);
    QTRY_VERIFY(message()->isVisible());
    QCOMPARE(model()->rowCount(), rows); // Nothing was searched for.

    ConditionRow *owner = addCondition(u"Contact owner"_s);
    const Owner first = m_page->names().owners().first();
    auto *owners = owner->value()->findChild<QComboBox *>();
    QVERIFY(owners && owners->findData(first.id) > 0);
}

void TestRecordsList::anUnknownPropertyIsNoSearch()
{
    ConditionRow *row = addCondition(u"Country/Regionn"_s);
    QCOMPARE(row->property()->currentText(), u"Country/Regionn"_s);
    QVERIFY(row->fault().contains(u"Country/Regionn"_s));
    auto *words = m_page->findChild<ConditionBar *>()->words();
    QTest::keyClick(words, Qt::Key_Return);
    QTRY_VERIFY(message()->isVisible());
    QVERIFY(model()->rowCount() == 60 && m_page->isComplete());
}

void TestRecordsList::marksWhatIsStaged()
{
    const QString id = model()->idAt(2);
    QVERIFY(model()->setData(cell(2, u"lastname"_s), u"Rome"_s, Qt::EditRole));
    QVERIFY(model()->setData(cell(2, u"firstname"_s), QString(), Qt::EditRole));
    QVERIFY(model()->setData(cell(2, u"email"_s), u"b"_s, Qt::EditRole));
    QCOMPARE(markOf(cell(2, u"lastname"_s)), CellMark::Staged);
    QCOMPARE(markOf(cell(2, u"firstname"_s)), CellMark::Cleared);
    QCOMPARE(cell(2, u"firstname"_s).data().toString(), u"(empty)"_s);
    QCOMPARE(markOf(cell(2, u"email"_s)), CellMark::Bad);
    QVERIFY(cell(2, u"email"_s).data(Qt::ToolTipRole).toString().contains(u"e-mail"_s));
    QCOMPARE(markOf(cell(2, u"phone"_s)), CellMark::None);

    Record gone;
    gone.id = model()->idAt(3);
    m_rig->session().changes().addArchive(ObjectType::Contacts, gone, gone.id);
    QCOMPARE(markOf(cell(3, u"lastname"_s)), CellMark::Archiving);
    applyAll();
    QCOMPARE(markOf(cell(2, u"email"_s)), CellMark::Bad);
    QCOMPARE(markOf(model()->index(2, 0)), CellMark::Bad);
    QVERIFY(model()->index(2, 0).data(Qt::ToolTipRole).toString().contains(u"not written"_s));
    QTRY_COMPARE(markOf(cell(3, u"lastname"_s)), CellMark::Archived);
    QCOMPARE(model()->idAt(2), id);
}

void TestRecordsList::appliedCellsAreNotMarked()
{
    QVERIFY(model()->setData(cell(0, u"lastname"_s), u"Rome"_s, Qt::EditRole));
    applyAll();
    QCOMPARE(m_rig->session().changes().count(RowState::Applied), 1);
    QTRY_COMPARE(cell(0, u"lastname"_s).data().toString(), u"Rome"_s);
    QCOMPARE(markOf(cell(0, u"lastname"_s)), CellMark::None);
    QVERIFY(!cell(0, u"lastname"_s).data(RecordTableModel::ChangedRole).toBool());
    QVERIFY(cell(0, u"lastname"_s).data(Qt::ToolTipRole).toString().isEmpty());
}

void TestRecordsList::readingAgainKeepsThePlace()
{
    m_page->table()->setCurrentIndex(cell(40, u"lastname"_s));
    const QString id = model()->idAt(40);
    const int top = m_page->table()->verticalScrollBar()->value();
    QVERIFY(top > 0);
    write(id, u"lastname"_s, u"Anew"_s);
    QSignalSpy reset(model(), &QAbstractItemModel::modelReset);
    QTest::keyClick(m_rig->window.get(), Qt::Key_F5);
    QTRY_VERIFY(reset.count() > 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete() && model()->rowCount() == 60
                                 && cell(40, u"lastname"_s).data().toString() == u"Anew"_s,
                             20'000);
    QTRY_COMPARE(m_page->table()->currentIndex(), cell(40, u"lastname"_s));
    QCOMPARE(m_page->table()->verticalScrollBar()->value(), top);
    QCOMPARE(model()->idAt(40), id);
}

void TestRecordsList::readingAgainOfflineKeepsTheRows()
{
    practice::Fault closed;
    closed.kind = practice::FaultKind::StatusJson;
    closed.status = 400;
    closed.times = -1;
    closed.path = QRegularExpression(u"objects/.*contacts$"_s);
    m_rig->portal.inPortal([&](practice::PracticePortal &portal) { portal.addFault(closed); });
    m_page->table()->setCurrentIndex(cell(10, u"lastname"_s));
    QTest::keyClick(m_rig->window.get(), Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(message()->isVisible(), 30'000);
    QCOMPARE(model()->rowCount(), 60);
    QVERIFY(m_page->isComplete());
    QCOMPARE(m_page->table()->currentIndex(), cell(10, u"lastname"_s));
    m_rig->portal.inPortal([](practice::PracticePortal &portal) { portal.clearFaults(); });
    m_page->reload();
    QTRY_VERIFY(!message()->isVisible());
}

void TestRecordsList::readingAgainFindsNewProperties()
{
    QVERIFY(!m_page->names().definition(u"just_made"_s));
    PortalReader &portal = m_rig->session().portal();
    const QJsonObject made {{u"name"_s, u"just_made"_s},
                            {u"label"_s, u"Just made"_s},
                            {u"type"_s, u"string"_s},
                            {u"fieldType"_s, u"text"_s},
                            {u"groupName"_s, u"contactinformation"_s}};
    const auto done = outcomeOf(PortalWriter(portal.client(), portal.version())
                                    .createProperty(ObjectType::Contacts, made, m_page));
    QVERIFY(done && *done);
    QTest::keyClick(m_rig->window.get(), Qt::Key_F5);
    QTRY_VERIFY(m_page->names().definition(u"just_made"_s));
}

void TestRecordsList::aNewRecordComesIntoTheGrid()
{
    (void)m_rig->session().changes().addCreate(
        ObjectType::Contacts, {{u"email"_s, u"new@example.com"_s}}, u"new@example.com"_s);
    applyAll();
    QTRY_COMPARE(model()->rowCount(), 61);
    filter(u"new@example.com"_s, 1);
}

void TestRecordsList::sortingGoesToTheTop()
{
    m_page->table()->setCurrentIndex(cell(50, u"lastname"_s));
    QHeaderView *header = m_page->table()->horizontalHeader();
    const int column = int(model()->columns().indexOf(u"email"_s)) + 1;
    QSignalSpy reset(model(), &QAbstractItemModel::modelReset);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      QPoint(header->sectionViewportPosition(column) + 10, header->height() / 2));
    QTRY_VERIFY(reset.count() > 0);
    QTRY_COMPARE(m_page->table()->currentIndex().row(), 0);
    QCOMPARE(m_page->table()->verticalScrollBar()->value(), 0);
}

/// Rows are put in order some time after they were asked for: whoever holds Ctrl or Shift by then
/// has not selected more.
void TestRecordsList::aHeldKeySelectsNothingMore()
{
    m_page->table()->setFocus();
    selectAlone(*m_page->table(), cell(5, u"lastname"_s));
    for (const auto key : {Qt::Key_Control, Qt::Key_Shift}) {
        QSignalSpy reset(model(), &QAbstractItemModel::modelReset);
        QTest::keyPress(m_page->table(), key,
                        key == Qt::Key_Shift ? Qt::ShiftModifier : Qt::ControlModifier);
        m_page->reload();
        QTRY_VERIFY(reset.count() > 0 && m_page->isComplete() && model()->rowCount() == 60);
        selectAlone(*m_page->table(), cell(7, u"lastname"_s));
        QCOMPARE(m_page->table()->selectedRowCount(), 1);
        QTest::keyRelease(m_page->table(), key);
    }
}

/// The file of the set is damaged under the window: it says so, once, and lives on.
void TestRecordsList::saysThatTheStoreIsBroken()
{
    const QDir folder(m_rig->session().recordFolder());
    const QFileInfoList files = folder.entryInfoList(QDir::Files, QDir::Size);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        if (!info.fileName().endsWith(u".lock"_s) && file.open(QIODevice::ReadWrite))
            file.write(QByteArray(int(info.size()), 'x'));
    }
    m_page->table()->sortByColumn(1, Qt::AscendingOrder);
    QTRY_VERIFY_WITH_TIMEOUT(message()->isVisible(), 10'000);
    QCOMPARE(message()->kind(), MessageBar::Failure);
    m_page->reload(); // Into a file of its own.
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete() && model()->rowCount() == 60, 20'000);
}

/// Ending the program is not an Escape.
void TestRecordsList::closingKeepsTheCellThatIsTyped()
{
    QTRY_VERIFY(m_rig->session().changes().isSaved());
    m_page->table()->setFocus();
    m_page->table()->setCurrentIndex(cell(3, u"lastname"_s));
    const QString id = model()->idAt(3);
    QTest::keyClick(m_page->table(), Qt::Key_F2);
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, u"Bergamo"_s);
    (void)m_rig->window->close();
    QTRY_VERIFY(!m_rig->window->isVisible());
    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    const auto text = [&] {
        const auto kept = m_rig->session().changes().cell(ObjectType::Contacts, id, u"lastname"_s);
        return kept ? kept->after : QString();
    };
    QTRY_COMPARE(text(), u"Bergamo"_s);
}

HUBKEEPER_WINDOW_TEST(TestRecordsList)
#include "tst_recordslist.moc"
