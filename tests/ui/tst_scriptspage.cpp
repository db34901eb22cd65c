// SPDX-License-Identifier: MIT
#include "editor/codeeditor.h"
#include "scripts/argumentsmodel.h"
#include "scripts/scriptexamples.h"
#include "scripts/scriptlistmodel.h"
#include "scripts/scriptoutput.h"
#include "scripts/scriptspage.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Scripts on a practice portal, through keys and buttons as a person uses them.
class TestScriptsPage final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void argumentsGrow();
    void runsWithAKey();
    void reportsTheLineOfAFailure();
    void stopsAnEndlessLoop();
    void limitsTheTime();
    void examplesRun_data();
    void examplesRun();
    void dryRunStagesWrites();
    void reportsWhatCannotBeStaged();
    void readOnlyRefusesARealRun();
    void asksBeforeItWrites();
    void keepsScriptsInTheFile();
    void deletingIsUndone();
    void groovyRunsOnTheServerOnly();
    void scratchSurvivesARestart();
    void undoesOnTheScratchPadOnlyWhatWasTyped();
    void undoIsSafeWhateverTheFileBecomes_data();
    void undoIsSafeWhateverTheFileBecomes();

private:
    void type(const QString &text);
    void run();
    void press(const QString &button);

    std::unique_ptr<WindowRig> m_rig;
    ScriptsPage *m_page = nullptr;
};

void TestScriptsPage::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Scripts, {}});
    m_page = m_rig->page<ScriptsPage>(PageId::Scripts);
    QVERIFY(m_page->isVisible());
}

void TestScriptsPage::type(const QString &text)
{
    m_page->editor()->setFocus();
    QTest::keySequence(m_page->editor(), QKeySequence::SelectAll);
    QTest::keyClicks(m_page->editor(), text);
}

void TestScriptsPage::run()
{
    QSignalSpy ended(m_page, &ScriptsPage::runEnded);
    QTest::keyClick(m_page->editor(), Qt::Key_F9);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60'000);
}

void TestScriptsPage::press(const QString &text)
{
    const auto buttons = m_page->message()->findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons) {
        if (button->text().remove(u'&') == text)
            return QTest::mouseClick(button, Qt::LeftButton);
    }
    QFAIL(qPrintable(u"There is no button “%1”."_s.arg(text)));
}

void TestScriptsPage::argumentsGrow()
{
    QTableView *view = m_page->argumentsView();
    const QAbstractItemModelTester tester(view->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_rig->window->showPlace({PageId::Scripts, {}});
    type(u"word + 1"_s);
    QVERIFY(view->model()->setData(view->model()->index(0, 0), u"word"_s));
    QVERIFY(view->model()->setData(view->model()->index(0, 1), u"\"n\""_s));
    run();

    QVERIFY2(!m_page->message()->isVisible(), qPrintable(m_page->message()->text()));
    QCOMPARE(m_page->output()->result()->toPlainText(), u"\"n1\""_s);
    QCOMPARE(view->model()->rowCount(), 2);
}

void TestScriptsPage::runsWithAKey()
{
    type(u"console.log('read', connector.search('contact', 'true').resultCount); ({a: [1, 2]})"_s);
    run();

    QCOMPARE(m_page->output()->console()->toPlainText(), u"read 60"_s);
    QVERIFY(m_page->output()->result()->toPlainText().contains(u"\"a\": ["_s));
    QVERIFY(!m_page->message()->isVisible());
    QVERIFY(m_page->runAction()->isEnabled());
    m_rig->window->showPlace({PageId::Overview, {}});
    QVERIFY(!m_page->runAction()->isEnabled());
}

void TestScriptsPage::reportsTheLineOfAFailure()
{
    m_page->editor()->setFocus();
    QTest::keyClicks(m_page->editor(), u"1;"_s);
    QTest::keyClick(m_page->editor(), Qt::Key_Return);
    QTest::keyClicks(m_page->editor(), u"nothing.here;"_s);
    QTest::keySequence(m_page->editor(), QKeySequence::MoveToStartOfDocument);
    run();

    QVERIFY(m_page->message()->isVisible());
    QCOMPARE(m_page->message()->kind(), MessageBar::Failure);
    press(u"Show Line 2"_s);
    QCOMPARE(m_page->editor()->textCursor().blockNumber(), 1);
    QVERIFY(m_page->editor()->hasFocus());
}

void TestScriptsPage::stopsAnEndlessLoop()
{
    type(u"console.log('on'); for (;;) {}"_s);
    QSignalSpy ended(m_page, &ScriptsPage::runEnded);
    QTest::keyClick(m_page->editor(), Qt::Key_F9);
    QTRY_COMPARE(m_page->output()->console()->toPlainText(), u"on"_s);
    QVERIFY(!m_page->runAction()->isEnabled());
    QTest::keyClick(m_page->editor(), Qt::Key_F9, Qt::ShiftModifier);

    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(m_page->message()->text().contains(u"stopped"_s));
    QVERIFY(m_page->runAction()->isEnabled());
}

void TestScriptsPage::limitsTheTime()
{
    m_page->timeLimit()->setValue(1);
    type(u"while (true) {}"_s);
    run();

    QCOMPARE(m_page->message()->kind(), MessageBar::Failure);
    QVERIFY(m_page->message()->text().contains(u"too long"_s));
}

void TestScriptsPage::examplesRun_data()
{
    QTest::addColumn<int>("number");
    for (int number = 0; number < int(scriptExamples().size()); ++number)
        QTest::newRow(qPrintable(scriptExamples()[number].id)) << number;
}

void TestScriptsPage::examplesRun()
{
    QFETCH(int, number);
    const ScriptExample example = scriptExamples()[number];
    QVERIFY(!example.text().isEmpty());
    m_page->useExample(example);
    QCOMPARE(m_page->editor()->toPlainText(), example.text());
    run();

    // The practice provisioner has no live schema.
    const bool needsLiveSchema = example.id == "owners-without-records"_L1;
    QCOMPARE(m_page->message()->isVisible() && m_page->message()->kind() == MessageBar::Failure,
             needsLiveSchema);
    if (needsLiveSchema)
        return;
    QVERIFY(!m_page->output()->result()->toPlainText().isEmpty());
    QVERIFY(!m_page->output()->console()->toPlainText().isEmpty());
}

void TestScriptsPage::dryRunStagesWrites()
{
    type(u"const c = connector.search('contact', 'true').result.slice(0, 3);"
         "for (const one of c) connector.update('contact', one._id, {city: 'Atlantis'});"
         "connector.create('company', {name: 'Example'});"
         "connector.remove('contact', c[0]._id); c.length"_s);
    const int sent = int(m_rig->session().traffic().records().size());
    run();

    ChangeSet &changes = m_rig->session().changes();
    QCOMPARE(changes.count(), 4);
    QCOMPARE(changes.rows()[0].kind, ChangeKind::Archive);
    QCOMPARE(changes.rows()[1].cells[u"city"_s].after, u"Atlantis"_s);
    QVERIFY(changes.rows()[1].basedOn.isValid());
    QVERIFY(changes.rows()[1].label.contains(u'@'));
    QCOMPARE(changes.rows()[3].kind, ChangeKind::Create);
    QCOMPARE(m_page->message()->kind(), MessageBar::Good);
    QVERIFY(m_page->editor()->hasFocus());
    QVERIFY(m_rig->window->page(PageId::Changes)->isVisible());
    const auto &records = m_rig->session().traffic().records();
    for (size_t at = size_t(sent); at < records.size(); ++at) {
        const bool isRead = records[at].verb == Verb::Get || records[at].url.contains(u"read"_s)
            || records[at].url.contains(u"search"_s) || records[at].url.contains(u"oauth"_s);
        QVERIFY2(isRead, qPrintable(records[at].url));
    }
    changes.undo(); // One run is one step.
    QVERIFY(changes.isEmpty());
}

void TestScriptsPage::reportsWhatCannotBeStaged()
{
    type(u"connector.create('contactProperties', {name: 'x', label: 'X', groupName: 'g', "
         "type: 'string', fieldType: 'text'}); 1"_s);
    run();

    QCOMPARE(m_page->message()->kind(), MessageBar::Warning);
    QVERIFY(m_rig->session().changes().isEmpty());
}

void TestScriptsPage::readOnlyRefusesARealRun()
{
    WritePolicy policy = m_rig->session().connection().policy;
    policy.mode = WriteMode::ReadOnly;
    m_rig->session().setPolicy(policy);
    type(u"connector.update('contact', connector.search('contact', 'true').result[0]._id, "
         "{city: 'Atlantis'}); 1"_s);
    m_page->dryRun()->setChecked(false);
    QTest::keyClick(m_page->editor(), Qt::Key_F9);
    QCOMPARE(m_page->message()->kind(), MessageBar::Warning);
    QVERIFY(!m_page->stopAction()->isEnabled());

    QSignalSpy ended(m_page, &ScriptsPage::runEnded);
    press(u"Run Dry"_s);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(m_rig->session().changes().count(), 1);
}

void TestScriptsPage::asksBeforeItWrites()
{
    WritePolicy policy = m_rig->session().connection().policy;
    policy.mode = WriteMode::Confirm;
    m_rig->session().setPolicy(policy);
    type(u"const id = connector.search('contact', 'true').result[0]._id;"
         "connector.update('contact', id, {city: 'Atlantis'}).city"_s);
    m_page->dryRun()->setChecked(false);
    QTest::keyClick(m_page->editor(), Qt::Key_F9);
    QCOMPARE(m_page->message()->kind(), MessageBar::Warning);

    QSignalSpy ended(m_page, &ScriptsPage::runEnded);
    press(u"Run and Write"_s);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(m_page->output()->result()->toPlainText(), u"\"Atlantis\""_s);
    QVERIFY(m_rig->session().changes().isEmpty());

    const auto runs = m_rig->session().journal().runs();
    QVERIFY(runs && runs->size() == 1);
    QCOMPARE(runs->constFirst().applied, 1);
    press(u"Show in Journal"_s);
    QVERIFY(m_rig->window->page(PageId::Journal)->isVisible());
}

void TestScriptsPage::keepsScriptsInTheFile()
{
    const QAbstractItemModelTester tester(m_page->list()->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    type(u"1 + 1"_s);
    for (QToolButton *button : m_page->findChildren<QToolButton *>()) {
        if (button->text() == "Add Script to the File"_L1)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    auto *name = m_page->list()->viewport()->findChild<QLineEdit *>();
    QVERIFY(name);
    name->selectAll();
    QTest::keyClicks(name, u"add-up"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(m_page->list()->currentIndex().data().toString(), u"add-up"_s);
    m_page->editor()->setFocus();
    QTest::keySequence(m_page->editor(), QKeySequence::MoveToEndOfDocument);
    QTest::keyClicks(m_page->editor(), u" + 1"_s);
    run();
    QCOMPARE(m_page->output()->result()->toPlainText(), u"3"_s);

    QTest::keySequence(m_page->editor(), QKeySequence::Undo);
    QCOMPARE(m_page->editor()->toPlainText(), u"1 + 1"_s);
    QTest::keySequence(m_page->editor(), QKeySequence::Redo);
    QVERIFY(m_rig->window->page(PageId::Configuration)->save());
    QFile file(m_rig->window->keeper().connection()->provisionerPath);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto actions = scriptActionsOf(JsonText(file.readAll()));
    QCOMPARE(actions.size(), 1);
    QCOMPARE(actions[0].id, u"add-up"_s);
    QCOMPARE(actions[0].text, u"1 + 1 + 1"_s);
}

void TestScriptsPage::deletingIsUndone()
{
    auto *configuration = m_rig->window->page(PageId::Configuration);
    const auto document = Document::fromBytes(R"({"systemActions": [
        {"scriptId": "one", "actions": [{"actionType": "js", "actionSource": "1"}]}]})");
    m_page->setDocument(document.get());
    m_page->showItem(ItemId {u"one"_s});
    QCOMPARE(m_page->editor()->toPlainText(), u"1"_s);
    for (QToolButton *button : m_page->findChildren<QToolButton *>()) {
        if (button->text() == "Delete Script"_L1)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(m_page->list()->model()->rowCount(), 1);
    document->undo();
    QCOMPARE(m_page->list()->model()->rowCount(), 2);
    QVERIFY(configuration);
}

void TestScriptsPage::groovyRunsOnTheServerOnly()
{
    const auto document = Document::fromBytes(R"({"systemActions": [
        {"scriptId": "old", "actions": [{"actionType": "groovy", "actionFile": "tools/a.groovy"}]}
        ]})");
    m_page->setDocument(document.get());
    m_page->showItem(ItemId {u"old"_s});

    QVERIFY(m_page->editor()->isReadOnly());
    QVERIFY(!m_page->runAction()->isEnabled());
    QVERIFY(m_page->message()->isVisible());
    QVERIFY(m_page->list()->currentIndex().data().toString().contains(u"server only"_s));
}

void TestScriptsPage::scratchSurvivesARestart()
{
    type(u"let kept = 1;"_s);
    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    m_page = m_rig->page<ScriptsPage>(PageId::Scripts);

    QCOMPARE(m_page->editor()->toPlainText(), u"let kept = 1;"_s);
    QFile draft(m_rig->paths.state + u"/scripts/"_s + m_rig->window->keeper().connection()->id
                + u".js"_s);
    QVERIFY(draft.exists());
    QVERIFY(!(draft.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestScriptsPage::undoesOnTheScratchPadOnlyWhatWasTyped()
{
    const auto press = [this](QKeySequence::StandardKey keys) {
        QTest::keySequence(m_page->editor(), keys);
    };
    m_page->editor()->setFocus();
    QCOMPARE(m_page->undoName(), QString());
    for (int times = 0; times < 3; ++times)
        press(QKeySequence::Undo);
    QCOMPARE(m_page->list()->model()->rowCount(), 1);

    type(u"1 + 1"_s);
    for (int times = 0; times < 10; ++times)
        press(QKeySequence::Undo);
    QCOMPARE(m_page->editor()->toPlainText(), QString());
    QCOMPARE(m_page->undoName(), QString());
    for (int times = 0; times < 10; ++times)
        press(QKeySequence::Redo);
    QCOMPARE(m_page->editor()->toPlainText(), u"1 + 1"_s);

    // Another connection has another scratch pad: undo does not bring this one's text over.
    m_page->setConnection(nullptr);
    QCOMPARE(m_page->editor()->toPlainText(), QString());
    press(QKeySequence::Undo);
    QCOMPARE(m_page->editor()->toPlainText(), QString());
    m_page->setConnection(&*m_rig->window->keeper().connection());
    QCOMPARE(m_page->editor()->toPlainText(), u"1 + 1"_s);
}

void TestScriptsPage::undoIsSafeWhateverTheFileBecomes_data()
{
    QTest::addColumn<QByteArray>("next");
    QTest::newRow("an empty object") << "{}"_ba;
    QTest::newRow("an array") << "[]"_ba;
    QTest::newRow("a number") << "1"_ba;
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("broken") << R"({"systemActions": [{"scriptId": "o)"_ba;
    QTest::newRow("no list") << R"({"systemActions": {"scriptId": "one"}})"_ba;
    QTest::newRow("an empty list") << R"({"systemActions": []})"_ba;
    QTest::newRow("an entry that is not an object") << R"({"systemActions": [1, null]})"_ba;
    QTest::newRow("fewer") << R"({"systemActions": [
        {"scriptId": "one", "actions": [{"actionType": "js", "actionSource": "1"}]}]})"_ba;
}

void TestScriptsPage::undoIsSafeWhateverTheFileBecomes()
{
    QFETCH(QByteArray, next);
    const auto document = Document::fromBytes(R"({"systemActions": [
        {"scriptId": "one", "actions": [{"actionType": "js", "actionSource": "1"}]},
        {"scriptId": "two", "actions": [{"actionType": "js", "actionSource": "2"}]}]})");
    m_page->setDocument(document.get());
    const QAbstractItemModelTester tester(m_page->list()->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_page->showItem(ItemId {u"two"_s});
    type(u"3"_s);

    document->setBytes(next, u"Replace"_s);
    QTest::keyClicks(m_page->editor(), u"4"_s);
    while (document->canUndo())
        document->undo();
    QCOMPARE(m_page->list()->model()->rowCount(), 3);
    while (document->canRedo())
        document->redo();
    m_page->showItem(ItemId {u"two"_s});
    QVERIFY(m_page->list()->currentIndex().isValid());
}

HUBKEEPER_WINDOW_TEST(TestScriptsPage)
#include "tst_scriptspage.moc"
