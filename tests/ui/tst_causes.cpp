// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"
#include "configuration/file/newprovisionerdialog.h"
#include "editor/codeeditor.h"
#include "scripts/scriptspage.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QAction>
#include <QBoxLayout>
#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// What the message bars of a widget say at the moment.
QString saidBy(const QWidget &widget)
{
    QStringList texts;
    const auto bars = widget.findChildren<MessageBar *>();
    for (const MessageBar *bar : bars) {
        if (!bar->isHidden())
            texts.append(bar->text() + u' ' + bar->accessibleDescription());
    }
    return texts.join(u'\n');
}

} // namespace

/// A message stays as long as its cause, and no longer.
class TestCauses final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void cleanup() { m_rig.reset(); }
    void aMessageGoesWithItsSignal();
    void anErrorEndsWithItsSituation();
    void typingGoesOnWhereAMessageGoes();
    void theFocusGoesOneStopFurther();
    void everyButtonIsOfferedOnceAndHeard();
    void whyAFileWasNotSaved_data();
    void whyAFileWasNotSaved();
    void aNameThatWasTaken();
    void argumentsThatWereWrong();
    void aWriteModeThatRefused();

private:
    void openPractice();

    std::unique_ptr<WindowRig> m_rig;
};

void TestCauses::openPractice()
{
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
}

void TestCauses::aMessageGoesWithItsSignal()
{
    MessageBar bar(nullptr);
    QObject cause;
    bar.showMessage(MessageBar::Warning, u"First."_s);
    bar.showUntil(&cause, &QObject::objectNameChanged);
    bar.showMessage(MessageBar::Warning, u"Second."_s);
    cause.setObjectName(u"a"_s);
    QVERIFY2(!bar.isHidden(), "the second has another cause");

    bar.showUntil(&cause, &QObject::objectNameChanged);
    cause.setObjectName(u"b"_s);
    QVERIFY(bar.isHidden());
}

void TestCauses::anErrorEndsWithItsSituation()
{
    MessageBar bar(nullptr);
    const Error error = fail(ErrorKind::NotSaved, u"The disk is full."_s).value();
    bar.showError(error, Situation::SavingFile);
    bar.endError(Situation::ReadingSchema);
    QVERIFY(!bar.isHidden());
    bar.endError(Situation::SavingFile);
    QVERIFY(bar.isHidden());

    bar.showError(error, Situation::SavingFile);
    bar.showMessage(MessageBar::Good, u"Something else."_s);
    bar.endError(Situation::SavingFile);
    QVERIFY2(!bar.isHidden(), "this is no error");
}

/// What is typed ends the message, and the field keeps the focus: else it would select its text
/// again, and the next letter replace it.
void TestCauses::typingGoesOnWhereAMessageGoes()
{
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *bar = new MessageBar(&window);
    auto *field = new QLineEdit(&window);
    column->addWidget(bar);
    column->addWidget(field);
    column->addWidget(new QLineEdit(&window));
    connect(field, &QLineEdit::textEdited, bar, &MessageBar::dismiss);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    bar->showMessage(MessageBar::Failure, u"Refused."_s, {}, {{Choice::Retry, u"Retry"_s}});
    field->setFocus();

    QTest::keyClicks(field, u"abc"_s);

    QVERIFY(bar->isHidden());
    QCOMPARE(field->text(), u"abc"_s);
    QVERIFY(field->hasFocus());
}

/// From the close button of a message that goes to the next field, not past it.
void TestCauses::theFocusGoesOneStopFurther()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *bar = new MessageBar(&window);
    auto *next = new QLineEdit;
    layout->addWidget(bar);
    layout->addWidget(next);
    layout->addWidget(new QLineEdit);
    bar->showMessage(MessageBar::Warning, u"What happened."_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto *close = bar->findChild<QToolButton *>();
    close->setFocus();
    QVERIFY(close->hasFocus());

    QTest::keyClick(close, Qt::Key_Space);

    QVERIFY(bar->isHidden());
    QVERIFY(next->hasFocus());
}

void TestCauses::everyButtonIsOfferedOnceAndHeard()
{
    const auto buttons = [](const MessageBar &bar) {
        QStringList texts;
        for (const QPushButton *button : bar.findChildren<QPushButton *>()) {
            if (!button->isHidden())
                texts.append(button->text().remove(u'&'));
        }
        return texts;
    };
    const Error offline = fail(ErrorKind::Offline, u"x"_s).value();
    MessageBar bar(nullptr);
    bar.showError(offline, Situation::ReadingRecords);
    QTRY_COMPARE(buttons(bar), QStringList()); // Nobody would hear of it.

    connect(&bar, &MessageBar::buttonPressed, this, [] {});
    bar.showError(offline, Situation::ReadingRecords);
    QTRY_COMPARE(buttons(bar).size(), 1);
    bar.showError(offline, Situation::ReadingRecords, {{Choice::Retry, u"Read Again"_s}});
    QTRY_COMPARE(buttons(bar), QStringList {u"Read Again"_s});
    bar.showError(offline, Situation::ReadingRecords, Offer::Nothing);
    QTRY_COMPARE(buttons(bar), QStringList());

    // A revoked token cannot be entered again: signing in makes another one.
    const Error refused = fail(ErrorKind::Unauthorized, u"refresh token is revoked"_s).value();
    bar.showError(refused, Situation::TestingConnection);
    QTRY_COMPARE(buttons(bar), (QStringList {u"Enter Secrets…"_s, u"Connect to HubSpot…"_s}));
}

void TestCauses::whyAFileWasNotSaved_data()
{
    QTest::addColumn<bool>("savesElsewhere");
    QTest::newRow("saved under another name") << true;
    QTest::newRow("nothing is left to save") << false;
}

void TestCauses::whyAFileWasNotSaved()
{
    QFETCH(bool, savesElsewhere);
    openPractice();
    auto *page = m_rig->page<ConfigurationPage>(PageId::Configuration);
    m_rig->window->showPlace({PageId::Configuration, {}});
    QVERIFY(page->document()->setValue(u"/description"_s, u"Mine"_s, u"Description"_s));
    page->saveAs(m_rig->folder.filePath(u"nowhere/provisioner.openicf-a.json"_s));
    QVERIFY2(saidBy(*page).contains("could not be saved"_L1), qPrintable(saidBy(*page)));
    QVERIFY(page->document()->setValue(u"/description"_s, u"Ours"_s, u"Description"_s));
    QVERIFY2(!saidBy(*page).isEmpty(), "it is still not saved");

    if (savesElsewhere) {
        page->saveAs(m_rig->folder.filePath(u"provisioner.openicf-a.json"_s));
    } else {
        page->document()->undo();
        page->document()->undo();
    }

    QTRY_COMPARE(saidBy(*page), QString());
}

void TestCauses::aNameThatWasTaken()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"provisioner.openicf-hubspot.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    NewProvisionerDialog dialog({}, folder.path(), nullptr);
    dialog.show();
    dialog.accept();
    QVERIFY2(saidBy(dialog).contains("of this name already"_L1), qPrintable(saidBy(dialog)));

    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"name"_s), u"Eu"_s);

    QCOMPARE(saidBy(dialog), QString());
}

void TestCauses::argumentsThatWereWrong()
{
    openPractice();
    m_rig->window->showPlace({PageId::Scripts, {}});
    auto *page = m_rig->page<ScriptsPage>(PageId::Scripts);
    page->editor()->setPlainText(u"1"_s);
    QAbstractItemModel *arguments = page->argumentsView()->model();
    QVERIFY(arguments->setData(arguments->index(0, 0), u"a"_s));
    QVERIFY(arguments->setData(arguments->index(0, 1), u"{"_s));
    QTRY_VERIFY(page->runAction()->isEnabled());
    page->runAction()->trigger();
    QVERIFY2(saidBy(*page).contains("not JSON"_L1), qPrintable(saidBy(*page)));

    QVERIFY(arguments->setData(arguments->index(0, 1), u"1"_s));

    QCOMPARE(saidBy(*page), QString());
}

void TestCauses::aWriteModeThatRefused()
{
    openPractice();
    const Connection free = *m_rig->window->keeper().connection();
    Connection careful = free;
    careful.policy.mode = WriteMode::ReadOnly;
    QVERIFY(m_rig->window->keeper().change(free, careful));
    m_rig->window->showPlace({PageId::Scripts, {}});
    auto *page = m_rig->page<ScriptsPage>(PageId::Scripts);
    page->editor()->setPlainText(u"1"_s);
    page->dryRun()->setChecked(false);
    QTRY_VERIFY(page->runAction()->isEnabled());
    page->runAction()->trigger();
    QVERIFY2(saidBy(*page).contains("was not run"_L1), qPrintable(saidBy(*page)));

    QVERIFY(m_rig->window->keeper().change(*m_rig->window->keeper().connection(), free));

    QTRY_COMPARE(saidBy(*page), QString());
}

HUBKEEPER_WINDOW_TEST(TestCauses)
#include "tst_causes.moc"
