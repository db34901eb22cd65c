// SPDX-License-Identifier: MIT
#include "base/pseudonym.h"
#include "changes/changesdock.h"
#include "editor/codeeditor.h"
#include "journal/journalpage.h"
#include "records/grid/propertydelegate.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/inspector/connectoreyeview.h"
#include "records/inspector/inspector.h"
#include "records/recordspage.h"
#include "requests/requestsdock.h"
#include "scripts/scriptoutput.h"
#include "scripts/scriptspage.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "windowrig.h"
#include "windowtexts.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// While the window masks, no text of a person leaves it: not to the eye, not to the ear, not to
/// the clipboard, not into a file.
class TestMasking final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void everyViewMasks();
    void theWholeWindowMasks();
    void modelsKeepTheirContract();
    void sameValueSamePseudonym();
    void optionsAndNumbersStayReadable();
    void copiesPseudonymsAndTakesNoneBack();
    void anEditorShowsTheValueOfItsCell();
    void ownersAreOfferedWithoutNames();
    void copiesAMaskedRequest();
    void exportsAMaskedRun();
    void keepsTheSwitch();

private:
    void fillEveryView();
    void applyChanges();
    void runScript(const QString &text);
    void mask(bool on);
    [[nodiscard]] QWidget *view(const QString &name);
    [[nodiscard]] QModelIndex cell(int row, const QString &property) const;
    [[nodiscard]] QString raw(int row, const QString &property) const
    {
        return cell(row, property).data(RecordTableModel::RawTextRole).toString();
    }

    std::unique_ptr<WindowRig> m_rig;
    RecordsPage *m_contacts = nullptr;
    QStringList m_personal; // Values of records that must not be seen.
};

void TestMasking::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Contacts, {}});
    m_contacts = m_rig->page<RecordsPage>(PageId::Contacts);
    QTRY_VERIFY_WITH_TIMEOUT(m_contacts->isComplete() && m_contacts->model()->rowCount() == 60,
                             20'000);
    QTRY_VERIFY(!m_contacts->names().owners().isEmpty());
    m_personal = {u"Zorabella"_s};
    for (const Owner &owner : m_contacts->names().owners())
        m_personal << owner.email << owner.displayName();
    for (const QString &property : {u"email"_s, u"lastname"_s, u"phone"_s}) {
        for (int row = 0; row < 60; ++row)
            m_personal.append(raw(row, property));
    }
    m_personal.removeAll(QString());
    m_personal.removeDuplicates();
    QVERIFY(m_personal.size() > 100);
}

QModelIndex TestMasking::cell(int row, const QString &property) const
{
    return m_contacts->model()->index(row,
                                      int(m_contacts->model()->columns().indexOf(property)) + 1);
}

/// As a user does it.
void TestMasking::mask(bool on)
{
    if (m_rig->window->masking().isOn() != on)
        m_rig->window->findChild<QAction *>(u"maskPersonalData"_s)->trigger();
    QCOMPARE(m_rig->window->masking().isOn(), on);
}

void TestMasking::applyChanges()
{
    auto *dock = m_rig->page<ChangesDock>(PageId::Changes);
    QSignalSpy ended(dock, &ChangesDock::runEnded);
    m_rig->window->showPlace({PageId::Changes, {}});
    QTest::keyClick(dock->tree(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
}

void TestMasking::runScript(const QString &text)
{
    auto *scripts = m_rig->page<ScriptsPage>(PageId::Scripts);
    m_rig->window->showPlace({PageId::Scripts, {}});
    scripts->editor()->setPlainText(text);
    QSignalSpy ended(scripts, &ScriptsPage::runEnded);
    scripts->runAction()->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
}

/// Puts personal data wherever the window can show it.
void TestMasking::fillEveryView()
{
    m_rig->page<RequestsDock>(PageId::Requests)->keepBodies()->click();
    QVERIFY(m_contacts->model()->setData(cell(0, u"lastname"_s), u"Zorabella"_s, Qt::EditRole));
    applyChanges();
    QCOMPARE(m_rig->session().changes().rows().front().state, RowState::Applied);
    m_rig->session().changes().removeApplied();

    QVERIFY(m_contacts->model()->setData(cell(1, u"lastname"_s), u"Zorabella"_s, Qt::EditRole));
    m_rig->session().changes().addCreate(ObjectType::Contacts, {{u"lastname"_s, u"Zorabella"_s}},
                                         u"Zorabella"_s);
    m_rig->window->showPlace({PageId::Journal, {}});
    QTRY_VERIFY(m_rig->page<JournalPage>(PageId::Journal)->runs()->currentIndex().isValid());

    runScript(u"var hits = connector.search('contact', 'true').result;"
              "console.log(hits[0].email);"
              "console.log(JSON.stringify(hits[1])); hits"_s);

    m_rig->window->showPlace({PageId::Contacts, {}});
    m_contacts->table()->setFocus();
    m_contacts->table()->setCurrentIndex(cell(2, u"email"_s));
    auto *inspector = static_cast<Inspector *>(m_contacts->inspector());
    m_rig->window->findChild<QAction *>(u"inspectorShown"_s)->setChecked(true);
    QTRY_VERIFY(inspector->tree()->model() && inspector->tree()->model()->rowCount() > 0);
    inspector->tabs()->setCurrentWidget(inspector->connectorEye());
    QTRY_VERIFY_WITH_TIMEOUT(
        qobject_cast<QTreeView *>(view(u"connector-eye"_s))->model()->rowCount() > 19, 10'000);

    auto *requests = m_rig->page<RequestsDock>(PageId::Requests);
    m_rig->window->showPlace({PageId::Requests, {}});
    for (int row = requests->table()->model()->rowCount() - 1; row >= 0; --row) {
        requests->table()->selectRow(row);
        if (!found(m_personal, {requests->details()->toPlainText()}).isEmpty())
            return;
    }
}

QWidget *TestMasking::view(const QString &name)
{
    auto *inspector = static_cast<Inspector *>(m_contacts->inspector());
    const auto *scripts = m_rig->page<ScriptsPage>(PageId::Scripts);
    const QHash<QString, QWidget *> views {
        {u"grid"_s, m_contacts->table()},
        {u"inspector"_s, inspector->tree()},
        {u"title of the inspector"_s, inspector->findChild<QLabel *>()},
        {u"record as JSON"_s, inspector->findChild<QPlainTextEdit *>()},
        {u"connector-eye"_s, inspector->connectorEye()->findChild<QTreeView *>()},
        {u"changes"_s, m_rig->page<ChangesDock>(PageId::Changes)->tree()},
        {u"journal"_s, m_rig->page<JournalPage>(PageId::Journal)->rows()},
        {u"printed"_s, scripts->output()->console()},
        {u"result"_s, scripts->output()->result()},
        {u"request"_s, m_rig->page<RequestsDock>(PageId::Requests)->details()},
    };
    return views.value(name);
}

void TestMasking::everyViewMasks()
{
    fillEveryView();
    for (const char *name :
         {"grid", "inspector", "title of the inspector", "record as JSON", "connector-eye",
          "changes", "journal", "printed", "result", "request"}) {
        const QWidget *one = view(QString::fromLatin1(name));
        QVERIFY2(one, name);
        // What cannot be seen while masking is off proves nothing.
        QVERIFY2(!found(m_personal, textsBelow(*one)).isEmpty(), name);
        mask(true);
        const QStringList texts = textsBelow(*one);
        const QStringList leaked = found(m_personal, texts);
        QVERIFY2(leaked.isEmpty(),
                 qPrintable(QLatin1String(name) + u": "_s + leaked.join(u", "_s)));
        QVERIFY2(std::any_of(texts.begin(), texts.end(), holdsPseudonym), name);
        mask(false);
        QVERIFY2(!found(m_personal, textsBelow(*one)).isEmpty(), name);
    }
}

void TestMasking::theWholeWindowMasks()
{
    fillEveryView();
    QVERIFY(found(m_personal, textsBelow(*m_rig->window)).size() > 100);
    mask(true);
    QCOMPARE(found(m_personal, textsBelow(*m_rig->window)), QStringList());
    auto *state = m_rig->window->findChild<QLabel *>(u"maskingState"_s);
    QVERIFY(state->isVisible());

    // What becomes known later is masked too.
    m_rig->window->showPlace({PageId::Companies, {}});
    auto *companies = m_rig->page<RecordsPage>(PageId::Companies);
    QTRY_VERIFY_WITH_TIMEOUT(companies->isComplete(), 20'000);
    QTRY_VERIFY(companies->model()->rowCount() > 0);
    QStringList names;
    for (int row = 0; row < companies->model()->rowCount(); ++row)
        names.append(companies->model()->labelAt(row));
    QVERIFY(names.size() > 10);
    QCOMPARE(found(names, textsBelow(*m_rig->window)), QStringList());
    mask(false);
    QVERIFY(!state->isVisible());
    QVERIFY(!found(names, textsBelow(*m_rig->window)).isEmpty());
}

void TestMasking::modelsKeepTheirContract()
{
    fillEveryView();
    std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
    for (const QString &name :
         {u"grid"_s, u"inspector"_s, u"connector-eye"_s, u"changes"_s, u"journal"_s}) {
        testers.push_back(std::make_unique<QAbstractItemModelTester>(
            qobject_cast<QAbstractItemView *>(view(name))->model(),
            QAbstractItemModelTester::FailureReportingMode::QtTest));
    }
    QSignalSpy repainted(m_contacts->model(), &QAbstractItemModel::dataChanged);
    mask(true);
    QVERIFY(repainted.count() > 0);
    mask(false);
}

void TestMasking::sameValueSamePseudonym()
{
    mask(true);
    QHash<QString, QString> pseudonyms;
    for (int row = 0; row < 60; ++row) {
        const QString name = raw(row, u"lastname"_s);
        const QString shown = cell(row, u"lastname"_s).data().toString();
        if (name.isEmpty())
            continue;
        QCOMPARE(pseudonyms.value(name, shown), shown);
        pseudonyms.insert(name, shown);
    }
    const QSet<QString> different(pseudonyms.cbegin(), pseudonyms.cend());
    QCOMPARE(different.size(), pseudonyms.size());
}

void TestMasking::optionsAndNumbersStayReadable()
{
    const auto seen = [this](const QString &property) {
        QStringList texts;
        for (int row = 0; row < 60; ++row)
            texts.append(cell(row, property).data().toString());
        return texts;
    };
    const QStringList stages = seen(u"lifecyclestage"_s);
    const QStringList times = seen(u"lastmodifieddate"_s);
    mask(true);
    QCOMPARE(seen(u"lifecyclestage"_s), stages);
    QCOMPARE(seen(u"lastmodifieddate"_s), times);
    QVERIFY(!holdsPseudonym(m_contacts->model()->index(0, 0).data().toString())); // The id.
}

void TestMasking::copiesPseudonymsAndTakesNoneBack()
{
    auto *table = m_contacts->table();
    mask(true);
    table->setFocus();
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setCurrentIndex(cell(0, u"email"_s));
    table->selectAll();
    QTest::keySequence(table, QKeySequence::Copy);
    const QString copied = QApplication::clipboard()->text();
    QVERIFY(copied.contains(u"@masked.example"_s));
    QCOMPARE(found(m_personal, {copied}), QStringList());

    // Neither while masking is on nor later, neither into the grid nor into an editor.
    QSignalSpy messages(table, &RecordTable::statusMessage);
    for (const bool on : {true, false}) {
        mask(on);
        messages.clear();
        table->setCurrentIndex(cell(0, u"email"_s));
        QTest::keySequence(table, QKeySequence::Paste);
        QVERIFY(m_rig->session().changes().isEmpty());
        QVERIFY(messages.value(0).value(0).toString().contains(u"pseudonyms"_s));
    }
    QSignalSpy refused(static_cast<PropertyDelegate *>(table->itemDelegate()),
                       &PropertyDelegate::refused);
    QSignalSpy refusedByModel(m_contacts->model(), &RecordTableModel::refused);
    table->setCurrentIndex(cell(0, u"lastname"_s));
    QTest::keyClick(table, Qt::Key_F2);
    QPointer<QLineEdit> field = table->viewport()->findChild<QLineEdit *>();
    QTRY_VERIFY(field && field->hasFocus());
    field->setText(u"masked-0123abcd"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(refused.count() + refusedByModel.count(), 1);
    QVERIFY(m_rig->session().changes().isEmpty());

    if (field) // What is refused stays open, to be corrected.
        QTest::keyClick(field, Qt::Key_Escape);
    table->setFocus();
    table->clearSelection();
    table->setCurrentIndex(cell(0, u"lastname"_s));
    QApplication::clipboard()->setText(u"Ann"_s);
    QTest::keySequence(table, QKeySequence::Paste);
    QCOMPARE(m_rig->session().changes().count(), 1);
}

void TestMasking::anEditorShowsTheValueOfItsCell()
{
    auto *table = m_contacts->table();
    int row = 0;
    while (raw(row, u"lastname"_s).isEmpty())
        ++row;
    const QString before = raw(row, u"lastname"_s);
    mask(true);
    table->setFocus();
    table->setCurrentIndex(cell(row, u"lastname"_s));
    QTest::keyClick(table, Qt::Key_F2);
    const QPointer<QLineEdit> field = table->viewport()->findChild<QLineEdit *>();
    QTRY_VERIFY(field && field->hasFocus());
    QCOMPARE(field->text(), before);

    // Switching closes it, so that nothing raw stays behind.
    mask(false);
    mask(true);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QTRY_VERIFY(!field);
    QVERIFY(m_rig->session().changes().isEmpty());
}

void TestMasking::ownersAreOfferedWithoutNames()
{
    auto *table = m_contacts->table();
    mask(true);
    table->setFocus();
    table->setCurrentIndex(cell(0, u"hubspot_owner_id"_s));
    QTest::keyClick(table, Qt::Key_F2);
    const auto *box = table->viewport()->findChild<QComboBox *>();
    QVERIFY(box);
    QVERIFY(box->count() > 1);
    QStringList offered;
    for (int at = 0; at < box->count(); ++at)
        offered.append(box->itemText(at));
    QCOMPARE(found(m_personal, offered), QStringList());
}

void TestMasking::copiesAMaskedRequest()
{
    const QString email = raw(0, u"email"_s);
    auto *dock = m_rig->page<RequestsDock>(PageId::Requests);
    ReadOptions options;
    options.idProperty = u"email"_s;
    QVERIFY(outcomeOf(m_rig->session().portal().read(ObjectType::Contacts, email, options, dock))
                .has_value());
    m_rig->window->showPlace({PageId::Requests, {}});
    dock->table()->selectRow(dock->table()->model()->rowCount() - 1);
    QSignalSpy messages(dock, &Page::statusMessage);
    const auto copy = [&](const QString &text) {
        QApplication::clipboard()->setText(u"-"_s);
        const auto buttons = dock->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text().remove(u'&') == text)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        return QUrl::fromPercentEncoding(QApplication::clipboard()->text().toUtf8());
    };
    QVERIFY(copy(u"Copy as curl"_s).contains(email));
    QVERIFY(messages.last().first().toString().contains(u"personal data included"_s));
    mask(true);
    QVERIFY(!copy(u"Copy as curl"_s).contains(email));
    QVERIFY(messages.last().first().toString().contains(u"pseudonyms"_s));
    QCOMPARE(copy(u"Copy as Command"_s), u"-"_s); // A masked command would do something else.
    const QString path = m_rig->folder.filePath(u"calls.jsonl"_s);
    QVERIFY(dock->exportTo(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString exported = QUrl::fromPercentEncoding(file.readAll());
    QCOMPARE(found(m_personal, {exported}), QStringList());
}

void TestMasking::exportsAMaskedRun()
{
    fillEveryView();
    auto *journal = m_rig->page<JournalPage>(PageId::Journal);
    QTRY_VERIFY(journal->rows()->model()->rowCount() > 0);
    const auto exported = [&](const QString &name) {
        const QString path = m_rig->folder.filePath(name);
        const auto done = outcomeOf(journal->exportTo(path, journal));
        const bool saved = done && *done;
        QFile file(path);
        return saved && file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll())
                                                       : u"not saved"_s;
    };
    QVERIFY(exported(u"raw.json"_s).contains(u"Zorabella"_s));
    mask(true);
    const QString masked = exported(u"masked.json"_s);
    QVERIFY(masked.contains(u"\"lastname\""_s));
    QCOMPARE(found(m_personal, {masked}), QStringList());
}

void TestMasking::keepsTheSwitch()
{
    QVERIFY(!m_rig->window->masking().isOn());
    mask(true);
    m_rig->makeWindow();
    QVERIFY(m_rig->window->masking().isOn());
    QVERIFY(m_rig->window->findChild<QAction *>(u"maskPersonalData"_s)->isChecked());
    QVERIFY(m_rig->window->findChild<QLabel *>(u"maskingState"_s)->isVisible());
}

HUBKEEPER_WINDOW_TEST(TestMasking)
#include "tst_masking.moc"
