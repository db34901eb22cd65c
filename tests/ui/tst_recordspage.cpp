// SPDX-License-Identifier: MIT
#include "records/conditions/conditionbar.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "records/values/propertyeditors.h"
#include "testkit/windowtest.h"
#include "windowrig.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLoggingCategory>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The grid on a practice portal, through keys and mouse as a person uses it.
class TestRecordsPage final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void readsToTheEnd();
    void editsWithTheKeyboard();
    void escapeLeavesTheCellAlone();
    void typingTheOldValueBackClearsTheMark();
    void undoesAndRedoes();
    void clearsAndRevertsCells();
    void filtersAndTellsWhatHidesEverything();
    void sortsByAClickOnTheHeader();
    void enterOnAReadOnlyCellSaysWhy();
    void goesToARecordThatIsNotLoaded();
    void reportsALostConnectionAndReadsAgain();
    void readsOnWhereItWasBroken();
    void firstReadingHasProgressAndCancel();
    void readsOnAfterAStoppedSearch();
    void keepsWhatIsTypedWhenTheRowIsReadAgain();
    void refusesWhatIsNotAValue();
    void opensAndLeavesEveryEditorWithoutAChange();

private:
    [[nodiscard]] QModelIndex cell(int row, const QString &property) const;
    void editCell(const QModelIndex &index, const QString &text, Qt::Key end = Qt::Key_Return);

    std::unique_ptr<WindowRig> m_rig;
    RecordsPage *m_page = nullptr;
};

void TestRecordsPage::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Contacts, {}});
    m_page = m_rig->page<RecordsPage>(PageId::Contacts);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete() && m_page->model()->rowCount() == 60, 20'000);
    m_page->table()->setFocus();
}

QModelIndex TestRecordsPage::cell(int row, const QString &property) const
{
    return m_page->model()->index(row, int(m_page->model()->columns().indexOf(property)) + 1);
}

void TestRecordsPage::editCell(const QModelIndex &index, const QString &text, Qt::Key end)
{
    m_page->table()->setFocus();
    m_page->table()->setCurrentIndex(index);
    QTest::keyClick(m_page->table(), Qt::Key_F2);
    auto *field = m_page->table()->viewport()->findChild<QLineEdit *>();
    QVERIFY(field);
    QTRY_VERIFY(field->hasFocus());
    field->selectAll();
    if (text.isEmpty())
        QTest::keyClick(field, Qt::Key_Delete);
    QTest::keyClicks(field, text);
    QTest::keyClick(field, end);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void TestRecordsPage::readsToTheEnd()
{
    const QAbstractItemModelTester tester(m_page->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_rig->window->showPlace({PageId::Companies, {}});
    auto *companies = m_rig->page<RecordsPage>(PageId::Companies);
    QTRY_VERIFY_WITH_TIMEOUT(companies->isComplete(), 20'000);
    QTRY_COMPARE(companies->model()->rowCount(), 30);
    QCOMPARE(m_page->findChild<QLabel *>(u"contactsCount"_s)->text().left(2), u"60"_s);
}

void TestRecordsPage::editsWithTheKeyboard()
{
    const QModelIndex city = cell(2, u"firstname"_s);
    editCell(city, u"Zora"_s);
    QVERIFY(city.data(RecordTableModel::ChangedRole).toBool());
    QCOMPARE(city.data().toString(), u"Zora"_s);
    QCOMPARE(m_rig->session().changes().count(), 1);
    QVERIFY(m_page->table()->hasFocus());
}

void TestRecordsPage::escapeLeavesTheCellAlone()
{
    editCell(cell(0, u"firstname"_s), u"nobody"_s, Qt::Key_Escape);
    QVERIFY(m_rig->session().changes().isEmpty());
}

void TestRecordsPage::typingTheOldValueBackClearsTheMark()
{
    const QModelIndex name = cell(1, u"firstname"_s);
    const QString before = name.data(RecordTableModel::RawTextRole).toString();
    editCell(name, u"Someone"_s);
    QCOMPARE(m_rig->session().changes().count(), 1);
    editCell(name, before);
    QVERIFY(!name.data(RecordTableModel::ChangedRole).toBool());
    QVERIFY(m_rig->session().changes().isEmpty());
}

void TestRecordsPage::undoesAndRedoes()
{
    const QModelIndex name = cell(1, u"firstname"_s);
    const QString before = name.data(RecordTableModel::RawTextRole).toString();
    editCell(name, u"One"_s);
    editCell(name, u"Two"_s);
    QTest::keySequence(m_rig->window.get(), QKeySequence::Undo);
    QCOMPARE(name.data().toString(), u"One"_s);
    QTest::keySequence(m_rig->window.get(), QKeySequence::Undo);
    QCOMPARE(name.data(RecordTableModel::RawTextRole).toString(), before);
    QTest::keySequence(m_rig->window.get(), QKeySequence::Redo);
    QCOMPARE(name.data().toString(), u"One"_s);
}

void TestRecordsPage::clearsAndRevertsCells()
{
    const QModelIndex email = cell(0, u"email"_s);
    m_page->table()->setCurrentIndex(email);
    QTest::keyClick(m_page->table(), Qt::Key_Backspace, Qt::ControlModifier);
    QVERIFY(email.data(RecordTableModel::RawTextRole).toString().isEmpty());
    QTest::keyClick(m_page->table(), Qt::Key_F2, Qt::ShiftModifier);
    QVERIFY(!email.data(RecordTableModel::ChangedRole).toBool());
    QVERIFY(m_rig->session().changes().isEmpty());
}

void TestRecordsPage::filtersAndTellsWhatHidesEverything()
{
    QTest::keySequence(m_rig->window.get(), QKeySequence::Find);
    auto *filter = m_page->findChild<QLineEdit *>(u"contactsFilter"_s);
    QVERIFY(filter->hasFocus());
    const QString email = cell(5, u"email"_s).data().toString();
    QTest::keyClicks(filter, email);
    QTRY_COMPARE(m_page->model()->rowCount(), 1);
    QCOMPARE(cell(0, u"email"_s).data().toString(), email);
    filter->setText(u"no such text anywhere"_s);
    QTRY_COMPARE(m_page->model()->rowCount(), 0);
    const auto texts = m_page->findChildren<QLabel *>();
    QVERIFY(std::any_of(texts.begin(), texts.end(), [](const QLabel *label) {
        return label->isVisible() && label->text().contains(u"no such text anywhere"_s);
    }));
    filter->clear();
    QTRY_COMPARE(m_page->model()->rowCount(), 60);
}

void TestRecordsPage::sortsByAClickOnTheHeader()
{
    QHeaderView *header = m_page->table()->horizontalHeader();
    const int column = int(m_page->model()->columns().indexOf(u"email"_s)) + 1;
    const QPoint at(header->sectionViewportPosition(column) + 10, header->height() / 2);
    const auto isSorted = [&](bool descending) {
        QStringList emails;
        for (int row = 0; row < m_page->model()->rowCount(); ++row)
            emails.append(cell(row, u"email"_s).data().toString());
        emails.removeAll(QString()); // Rows without a value are last in both directions.
        return descending ? std::is_sorted(emails.rbegin(), emails.rend())
                          : std::is_sorted(emails.begin(), emails.end());
    };
    QVERIFY(header->sectionsClickable());
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    const bool first = header->sortIndicatorOrder() == Qt::DescendingOrder;
    QTRY_VERIFY(isSorted(first));
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    QTRY_VERIFY(isSorted(!first));
}

void TestRecordsPage::enterOnAReadOnlyCellSaysWhy()
{
    QStringList said;
    connect(m_page, &Page::statusMessage, this, [&](const QString &text) { said.append(text); });
    m_page->table()->setCurrentIndex(cell(0, u"lastmodifieddate"_s));
    QTest::keyClick(m_page->table(), Qt::Key_Return);
    QCOMPARE(said.size(), 1);
    QVERIFY(!said.first().isEmpty());
    QVERIFY(m_rig->session().changes().isEmpty());
}

void TestRecordsPage::goesToARecordThatIsNotLoaded()
{
    m_page->findChild<QLineEdit *>(u"contactsFilter"_s)->setText(u"no such text anywhere"_s);
    QTRY_COMPARE(m_page->model()->rowCount(), 0);
    m_rig->window->showPlace({PageId::Contacts, ItemId {u"150000000007"_s}});
    QTRY_COMPARE(m_page->model()->rowCount(), 60); // The filter gives way.
    QTRY_COMPARE(m_page->model()->idAt(m_page->table()->currentIndex().row()), u"150000000007"_s);
}

void TestRecordsPage::reportsALostConnectionAndReadsAgain()
{
    practice::Fault fault;
    fault.kind = practice::FaultKind::StatusJson;
    fault.status = 403;
    fault.path = QRegularExpression(u"/contacts$"_s);
    fault.times = 1;
    m_rig->portal.inPortal([&](practice::PracticePortal &portal) { portal.addFault(fault); });
    m_page->reload();
    auto *message = m_page->findChild<MessageBar *>();
    QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), 10'000);
    QCOMPARE(message->kind(), MessageBar::Failure);
    QVERIFY(!message->text().isEmpty());
    m_page->reload();
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete() && m_page->model()->rowCount() == 60, 20'000);
    QVERIFY(!message->isVisible());
}

/// What was read stays; only the rest is asked for.
void TestRecordsPage::readsOnWhereItWasBroken()
{
    practice::PracticeOptions options = smallWindowPortal();
    options.contacts = 900;
    m_rig = std::make_unique<WindowRig>(options);
    practice::Fault fault;
    fault.kind = practice::FaultKind::StatusJson;
    fault.status = 403;
    fault.path = QRegularExpression(u"objects.*/contacts$"_s);
    fault.nth = 4;
    fault.times = -1;
    m_rig->portal.inPortal([&](practice::PracticePortal &portal) { portal.addFault(fault); });
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Contacts, {}});
    m_page = m_rig->page<RecordsPage>(PageId::Contacts);
    auto *message = m_page->findChild<MessageBar *>();
    QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), 20'000);
    QCOMPARE(message->kind(), MessageBar::Failure);
    const auto rows = [this] { return m_page->model()->rowCount(); };
    QTRY_VERIFY(rows() > 0);
    QVERIFY(rows() < 900);
    m_rig->portal.inPortal([](practice::PracticePortal &portal) {
        portal.clearFaults();
        portal.clearLog();
    });
    auto *readOn = message->findChild<QPushButton *>(u"readOn"_s);
    QVERIFY(readOn);

    QTest::mouseClick(readOn, Qt::LeftButton);

    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete(), 20'000);
    QTRY_COMPARE(rows(), 900);
    QVERIFY(!message->isVisible());
    const int fromTheStart = m_rig->portal.inPortal([](practice::PracticePortal &portal) {
        const auto &all = portal.log().requests();
        return int(std::count_if(all.begin(), all.end(), [](const auto &one) {
            return one.path.endsWith("/contacts") && !one.query.contains("after=");
        }));
    });
    QCOMPARE(fromTheStart, 0);
}

void TestRecordsPage::firstReadingHasProgressAndCancel()
{
    practice::PracticeOptions options = smallWindowPortal();
    options.contacts = 3000;
    options.latency = std::chrono::milliseconds(60);
    m_rig = std::make_unique<WindowRig>(options);
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Contacts, {}});
    m_page = m_rig->page<RecordsPage>(PageId::Contacts);
    auto *cancel = m_page->findChild<QPushButton *>(u"cancel"_s);
    auto *state = m_rig->window->findChild<QLabel *>(u"connectionState"_s);
    const auto texts = [this] {
        QStringList shown;
        for (const QLabel *label : m_page->findChildren<QLabel *>()) {
            if (label->isVisible())
                shown.append(label->text());
        }
        return shown.join(u'|');
    };

    QTRY_VERIFY2_WITH_TIMEOUT(texts().contains(u" of 3,000"_s), qPrintable(texts()), 10'000);
    QVERIFY(cancel->isVisible());
    QVERIFY2(state->text().contains(u"Reading contacts"_s), qPrintable(state->text()));
    QTRY_VERIFY_WITH_TIMEOUT(m_page->model()->rowCount() > 0, 10'000);
    QTest::mouseClick(cancel, Qt::LeftButton);

    auto *message = m_page->findChild<MessageBar *>();
    QTRY_VERIFY(message->isVisible());
    QTRY_COMPARE(state->text(), u"ready"_s);
    QVERIFY(m_page->model()->rowCount() < 3000);
    QTRY_VERIFY2(texts().contains(u"of 3,000 record"_s), qPrintable(texts())); // Not all there is.
    auto *readOn = message->findChild<QPushButton *>(u"readOn"_s);
    QVERIFY(readOn);
    QTest::mouseClick(readOn, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete(), 30'000);
    QTRY_COMPARE(m_page->model()->rowCount(), 3000);
}

void TestRecordsPage::readsOnAfterAStoppedSearch()
{
    practice::PracticeOptions options = smallWindowPortal();
    options.contacts = 2000;
    options.latency = std::chrono::milliseconds(60);
    m_rig = std::make_unique<WindowRig>(options);
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Contacts, {}});
    m_page = m_rig->page<RecordsPage>(PageId::Contacts);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete(), 30'000);
    auto *words = m_page->findChild<ConditionBar *>()->words();
    words->setText(u"example"_s);
    QTest::keyClick(words, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete(), 30'000);
    const int hits = m_page->model()->rowCount();
    QVERIFY2(hits > 600, qPrintable(QString::number(hits)));

    QTest::keyClick(words, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->model()->rowCount() > 0, 10'000);
    auto *cancel = m_page->findChild<QPushButton *>(u"cancel"_s);
    QTRY_VERIFY(cancel->isVisible());
    QTest::mouseClick(cancel, Qt::LeftButton);
    auto *message = m_page->findChild<MessageBar *>();
    QTRY_VERIFY(message->isVisible());
    auto *readOn = message->findChild<QPushButton *>(u"readOn"_s);
    QVERIFY(readOn);
    QTest::mouseClick(readOn, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete(), 30'000);
    QTRY_COMPARE(m_page->model()->rowCount(), hits);
}

void TestRecordsPage::keepsWhatIsTypedWhenTheRowIsReadAgain()
{
    const QModelIndex name = cell(2, u"firstname"_s);
    m_page->table()->setCurrentIndex(name);
    QTest::keyClick(m_page->table(), Qt::Key_F2);
    auto *field = m_page->table()->viewport()->findChild<QLineEdit *>();
    QVERIFY(field);
    QTest::keyClicks(field, u"Half a na"_s);
    emit m_page->model()->dataChanged(name, name);
    QCOMPARE(field->text(), u"Half a na"_s);
    QTest::keyClicks(field, u"me"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(name.data().toString(), u"Half a name"_s);
}

/// The editor stays open and says why; leaving it with the mouse changes nothing and says so.
void TestRecordsPage::refusesWhatIsNotAValue()
{
    QString said;
    connect(m_page, &Page::statusMessage, this, [&](const QString &text) { said = text; });
    const QModelIndex owner = cell(1, u"hubspot_owner_id"_s);
    m_page->table()->scrollTo(owner);
    m_page->table()->setCurrentIndex(owner);
    QTest::keyClick(m_page->table(), Qt::Key_F2);
    auto *box = m_page->table()->viewport()->findChild<QComboBox *>();
    QVERIFY(box);
    box->lineEdit()->selectAll();
    QTest::keyClicks(box->lineEdit(), u"Nobody"_s);
    QTest::keyClick(box, Qt::Key_Return);
    QVERIFY2(said.contains(u"Nobody"_s), qPrintable(said));
    QVERIFY(box->isVisible());
    said.clear();
    m_page->table()->setFocus();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY2(said.contains(u"Nobody"_s), qPrintable(said));
    QVERIFY(m_rig->session().changes().isEmpty());
}

void TestRecordsPage::opensAndLeavesEveryEditorWithoutAChange()
{
    QTableView *table = m_page->table();
    for (int row = 0; row < 4; ++row) {
        for (const QString &property : m_page->model()->columns()) {
            const QModelIndex index = cell(row, property);
            if (!index.flags().testFlag(Qt::ItemIsEditable))
                continue;
            table->setFocus();
            table->setCurrentIndex(index);
            QTest::keyClick(table, Qt::Key_F2);
            auto *editor = table->viewport()->findChild<PropertyEditor *>();
            QVERIFY2(editor, qPrintable(property));
            QTest::keyClick(editor->focusProxy(), row % 2 == 0 ? Qt::Key_Return : Qt::Key_Tab);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            if (row % 2 == 1) { // Tab opens the next one: leave it with the focus.
                table->setFocus();
                QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            }
            QVERIFY2(m_rig->session().changes().isEmpty(), qPrintable(property));
        }
    }
}

HUBKEEPER_WINDOW_TEST(TestRecordsPage)
#include "tst_recordspage.moc"
