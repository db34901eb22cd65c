// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"
#include "configuration/findings/documentfindings.h"
#include "configuration/findings/findingnotes.h"
#include "configuration/form/provisionerform.h"
#include "configuration/form/scriptsource.h"
#include "configuration/form/syncfailuresection.h"
#include "configuration/form/systemactionssection.h"
#include "configuration/form/timeoutssection.h"
#include "editor/codeeditor.h"
#include "testkit/windowtest.h"
#include "windowrig.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The form of the Configuration page: every block, by key and mouse, one step for each edit.
class TestConfigurationForm final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void everyBlockHasASection();
    void aFieldIsOneStepAndOneLine();
    void undoReachesTheDocumentFromAField();
    void savingTakesWhatIsBeingTyped();
    void quotedNumbersStayQuoted();
    void emptyMeansAbsentOutsideProperties();
    void resetGivesTheDefault();
    void substitutionsAreKept_data();
    void substitutionsAreKept();
    void switchesShowTheDefault();
    void enabledIsASwitchAtTheTop();
    void versionIsChosenFromAList();
    void findingsStandBesideTheField();
    void aFixIsOneClick();
    void goesToTheFieldOfAPointer_data();
    void goesToTheFieldOfAPointer();
    void invalidTextDisablesTheForm();
    void scriptsAreAddedAndEdited();
    void syncFailuresAreSet();

private:
    [[nodiscard]] Document &document() { return *m_page->document(); }
    [[nodiscard]] QByteArray rawAt(const QString &pointer)
    {
        const int node = document().text().at(pointer);
        return node == JsonText::none ? QByteArray() : document().text().rawOf(node);
    }
    /// Puts JSON into the document as another view would.
    void put(const QString &pointer, const QByteArray &json)
    {
        QVERIFY(document().setRaw(pointer, json, u"Put"_s));
        m_page->findings()->check();
    }
    /// Types into the field of a pointer as a person does.
    void typeInto(const QString &pointer, const QString &text)
    {
        m_page->showItem(JsonPlace {pointer});
        auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        if (auto *choice = qobject_cast<QComboBox *>(QApplication::focusWidget()))
            line = choice->lineEdit();
        QVERIFY(line);
        line->selectAll();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Tab);
    }
    template <typename T>
    [[nodiscard]] T *section(const QString &title)
    {
        for (FormSection *one : m_page->form()->sections()) {
            if (one->title() == title)
                return qobject_cast<T *>(one);
        }
        return nullptr;
    }

    std::unique_ptr<WindowRig> m_rig;
    ConfigurationPage *m_page = nullptr;
};

void TestConfigurationForm::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Configuration, {}});
    m_page = m_rig->page<ConfigurationPage>(PageId::Configuration);
    QVERIFY(m_page && m_page->document());
}

void TestConfigurationForm::everyBlockHasASection()
{
    QStringList titles;
    for (const FormSection *section : m_page->form()->sections())
        titles.append(section->title());
    QCOMPARE(titles,
             (QStringList {u"General"_s, u"Connector"_s, u"Credentials"_s, u"Advanced connection"_s,
                           u"Object types"_s, u"Pool"_s, u"Results handlers"_s, u"Time-outs"_s,
                           u"Rate limits"_s, u"Operation options"_s, u"System actions"_s,
                           u"Sync failures"_s}));
    QListWidget *list = m_page->form()->sectionList();
    list->setFocus();
    list->setCurrentRow(0);
    for (int row = 1; row < list->count(); ++row) {
        QTest::keyClick(list, Qt::Key_Down);
        QVERIFY(m_page->form()->sections()[row]->isVisible());
    }
}

void TestConfigurationForm::aFieldIsOneStepAndOneLine()
{
    const QByteArray before = document().bytes();
    typeInto(u"/configurationProperties/httpProxyHost"_s, u"proxy.example.com"_s);
    const QByteArray after = document().bytes();
    QCOMPARE(rawAt(u"/configurationProperties/httpProxyHost"_s), "\"proxy.example.com\""_ba);
    QCOMPARE(document().undoName(), u"Proxy host"_s);

    const QByteArrayList beforeLines = before.split('\n');
    const QByteArrayList afterLines = after.split('\n');
    QCOMPARE(afterLines.size(), beforeLines.size());
    int changed = 0;
    for (qsizetype line = 0; line < beforeLines.size(); ++line)
        changed += beforeLines[line] != afterLines[line];
    QCOMPARE(changed, 1);
    document().undo();
    QCOMPARE(document().bytes(), before);
}

void TestConfigurationForm::undoReachesTheDocumentFromAField()
{
    const QByteArray before = document().bytes();
    typeInto(u"/configurationProperties/httpProxyPort"_s, u"3128"_s);
    QVERIFY(document().bytes() != before);
    m_page->showItem(JsonPlace {u"/configurationProperties/httpProxyHost"_s});
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line);
    // What is being typed is undone in the line, what was committed in the document.
    QTest::keyClicks(line, u"x"_s);
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(line->text(), QString());
    QVERIFY(document().bytes() != before);
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(document().bytes(), before);
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(rawAt(u"/configurationProperties/httpProxyPort"_s), "3128"_ba);
}

void TestConfigurationForm::savingTakesWhatIsBeingTyped()
{
    m_page->showItem(JsonPlace {u"/configurationProperties/httpProxyHost"_s});
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line);
    QTest::keyClicks(line, u"proxy"_s);
    QVERIFY(!m_page->unsaved().isEmpty());
    QTest::keyClicks(line, u".example.com"_s);
    QVERIFY(m_page->save());
    QVERIFY(!document().isModified());
    QCOMPARE(rawAt(u"/configurationProperties/httpProxyHost"_s), "\"proxy.example.com\""_ba);
    QCOMPARE(QApplication::focusWidget(), line);
}

void TestConfigurationForm::quotedNumbersStayQuoted()
{
    const QString pointer = u"/configurationProperties/permitsPerSecond"_s;
    put(pointer, "\"6\"");
    const QByteArray before = document().bytes();
    auto *line = qobject_cast<QLineEdit *>(m_page->form()->field(pointer)->editor());
    QCOMPARE(line->text(), u"6"_s);
    typeInto(pointer, u"6"_s);
    QCOMPARE(document().bytes(), before);
    typeInto(pointer, u"7"_s);
    QCOMPARE(rawAt(pointer), "\"7\""_ba);
    put(pointer, "6");
    typeInto(pointer, u"8"_s);
    QCOMPARE(rawAt(pointer), "8"_ba);
}

void TestConfigurationForm::emptyMeansAbsentOutsideProperties()
{
    typeInto(u"/description"_s, u"Contacts of the shop"_s);
    QCOMPARE(rawAt(u"/description"_s), "\"Contacts of the shop\""_ba);
    m_page->showItem(JsonPlace {u"/description"_s});
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Delete);
    QTest::keyClick(line, Qt::Key_Tab);
    QCOMPARE(rawAt(u"/description"_s), QByteArray());
    typeInto(u"/poolConfigOption/maxIdle"_s, u"5"_s); // The block is made with it.
    QCOMPARE(rawAt(u"/poolConfigOption/maxIdle"_s), "5"_ba);
}

void TestConfigurationForm::resetGivesTheDefault()
{
    const QString pointer = u"/configurationProperties/maximumConnections"_s;
    put(pointer, "42");
    FormField *field = m_page->form()->field(pointer);
    m_page->showItem(JsonPlace {pointer});
    auto *reset = field->findChild<QToolButton *>();
    QVERIFY(reset && reset->isEnabled());
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(rawAt(pointer), "10"_ba);
    QVERIFY(!reset->isEnabled());
    document().undo();
    QCOMPARE(rawAt(pointer), "42"_ba);
}

void TestConfigurationForm::substitutionsAreKept_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("text") << u"/configurationProperties/clientId"_s << R"("&{hubspot.client}")"_ba;
    QTest::newRow("coerced") << u"/configurationProperties/permitsPerSecond"_s
                             << R"({"$int": "&{permits|6}"})"_ba;
    QTest::newRow("switch") << u"/configurationProperties/readSchema"_s
                            << R"({"$bool": "&{read}"})"_ba;
    QTest::newRow("encrypted") << u"/configurationProperties/clientSecret"_s
                               << R"({"$crypto": {"type": "x", "value": {"data": "a"}}})"_ba;
}

void TestConfigurationForm::substitutionsAreKept()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, json);
    put(pointer, json);
    const FormField *field = m_page->form()->field(pointer);
    QCOMPARE(field->editor()->isEnabled(), field->label() && pointer.endsWith(u"clientSecret"_s));
    m_page->showItem(JsonPlace {pointer});
    typeInto(u"/description"_s, u"elsewhere"_s);
    QCOMPARE(rawAt(pointer), json);
}

void TestConfigurationForm::switchesShowTheDefault()
{
    const QString pointer = u"/resultsHandlerConfig/enableFilteredResultsHandler"_s;
    QVERIFY(document().removeValue(u"/resultsHandlerConfig"_s, {}));
    auto *box = qobject_cast<QCheckBox *>(m_page->form()->field(pointer)->editor());
    QVERIFY(box->isChecked()); // IDM's default, which is not what the shipped file has.
    m_page->showItem(JsonPlace {pointer});
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(rawAt(pointer), "false"_ba);
}

void TestConfigurationForm::enabledIsASwitchAtTheTop()
{
    m_page->showItem(JsonPlace {u"/enabled"_s});
    auto *box = qobject_cast<QCheckBox *>(QApplication::focusWidget());
    QVERIFY(box && box->isVisible());
    const bool before = document().value(u"/enabled"_s).toBool(true);
    QCOMPARE(box->isChecked(), before);
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(document().value(u"/enabled"_s).toBool(true), !before);
    put(u"/enabled"_s, R"({"$bool": "&{on}"})");
    QCOMPARE(box->checkState(), Qt::PartiallyChecked);
    QVERIFY(!box->isEnabled());
}

void TestConfigurationForm::versionIsChosenFromAList()
{
    const QString pointer = u"/connectorRef/bundleVersion"_s;
    m_page->showItem(JsonPlace {pointer});
    auto *choice = qobject_cast<QComboBox *>(QApplication::focusWidget());
    QVERIFY(choice && choice->count() >= 4);
    put(pointer, "\"[1.5.0.0,1.6.0.0)\"");
    QTest::keyClick(choice, Qt::Key_Down);
    QVERIFY(rawAt(pointer) != "\"[1.5.0.0,1.6.0.0)\""_ba);
    typeInto(pointer, u"[1.5.0.0,1.6.0.0"_s);
    QCOMPARE(rawAt(pointer), "\"[1.5.0.0,1.6.0.0\""_ba);
    m_page->findings()->check();
    QVERIFY(!m_page->form()->field(pointer)->findChild<FindingNotes *>()->findings().isEmpty());
}

void TestConfigurationForm::findingsStandBesideTheField()
{
    const QString pointer = u"/configurationProperties/permitsPerSecond"_s;
    put(pointer, "\"many\"");
    m_page->showItem(JsonPlace {pointer});
    const QList<Finding> found = m_page->findings()->at(pointer);
    QVERIFY(!found.isEmpty());
    const auto *notes = m_page->form()->field(pointer)->findChild<FindingNotes *>();
    QVERIFY(notes->isVisible());
    QCOMPARE(notes->findings().first().message, found.first().message);
    const auto labels = notes->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->text() == found.first().message;
    }));
    put(pointer, "6");
    QCOMPARE(notes->findings().size(), m_page->findings()->at(pointer).size());
    QVERIFY(notes->findings().isEmpty()
            || notes->findings().first().message != found.first().message);
}

void TestConfigurationForm::aFixIsOneClick()
{
    const QString pointer = u"/configurationProperties/maximumConnections"_s;
    put(pointer, "\"10\"");
    m_page->showItem(JsonPlace {pointer});
    QToolButton *fix = nullptr;
    const auto notes = m_page->form()->findChildren<FindingNotes *>();
    for (const FindingNotes *note : notes) {
        if (note->isVisible() && note->findChild<QToolButton *>())
            fix = note->findChild<QToolButton *>();
    }
    QVERIFY(fix);
    const qsizetype before = m_page->findings()->findings().size();
    QTest::mouseClick(fix, Qt::LeftButton);
    QTRY_VERIFY(m_page->findings()->findings().size() < before);
    QCOMPARE(rawAt(pointer), "10"_ba);
    document().undo();
    QCOMPARE(rawAt(pointer), "\"10\""_ba);
}

void TestConfigurationForm::goesToTheFieldOfAPointer_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("title");
    QTest::newRow("property") << u"/configurationProperties/clientId"_s << u"Credentials"_s;
    QTest::newRow("pool") << u"/poolConfigOption/minIdle"_s << u"Pool"_s;
    QTest::newRow("time-out") << u"/operationTimeout/SEARCH"_s << u"Time-outs"_s;
    QTest::newRow("attribute") << u"/objectTypes/contact/properties/email/type"_s
                               << u"Object types"_s;
    QTest::newRow("script") << u"/systemActions/0/actions/0"_s << u"System actions"_s;
    QTest::newRow("failure") << u"/syncFailureHandler/postRetryAction"_s << u"Sync failures"_s;
}

void TestConfigurationForm::goesToTheFieldOfAPointer()
{
    QFETCH(QString, pointer);
    QFETCH(QString, title);
    m_rig->window->showPlace({PageId::Configuration, JsonPlace {pointer}});
    QCOMPARE(m_page->form()->sectionList()->currentItem()->text(), title);
    QVERIFY(m_page->form()->isAncestorOf(QApplication::focusWidget()));
}

void TestConfigurationForm::invalidTextDisablesTheForm()
{
    FormField *field = m_page->form()->field(u"/configurationProperties/clientId"_s);
    const QByteArray good = document().bytes();
    document().setBytes(good + "}", u"Typing"_s);
    QVERIFY(!field->editor()->isEnabled());
    QVERIFY(!section<TimeOutsSection>(u"Time-outs"_s)->table()->isEnabled());
    document().undo();
    QVERIFY(field->editor()->isEnabled());
}

void TestConfigurationForm::scriptsAreAddedAndEdited()
{
    auto *actions = section<SystemActionsSection>(u"System actions"_s);
    m_page->showItem(JsonPlace {u"/systemActions"_s});
    QListWidget *list = actions->list();
    const int before = list->count();
    QTest::keyClick(list, Qt::Key_Insert);
    QCOMPARE(list->count(), before + 1);
    auto *id = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(id);
    QTest::keyClicks(id, u"probe"_s); // The suggested id is selected.
    QTest::keyClick(id, Qt::Key_Tab);
    const QString entry = u"/systemActions/%1"_s.arg(before);
    QCOMPARE(rawAt(entry + u"/scriptId"_s), "\"probe\""_ba);
    CodeEditor *editor = actions->source()->editor();
    editor->setFocus();
    QTest::keyClicks(editor, u"1 + 1"_s);
    QCOMPARE(rawAt(entry + u"/actions/0/actionSource"_s), "\"1 + 1\""_ba);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Delete);
    QCOMPARE(list->count(), before);
    document().undo();
    QCOMPARE(rawAt(entry + u"/actions/0/actionSource"_s), "\"1 + 1\""_ba);
}

void TestConfigurationForm::syncFailuresAreSet()
{
    auto *failures = section<SyncFailureSection>(u"Sync failures"_s);
    QVERIFY(document().removeValue(u"/syncFailureHandler"_s, {}));
    m_page->showItem(JsonPlace {u"/syncFailureHandler"_s});
    auto *mode = qobject_cast<QComboBox *>(QApplication::focusWidget());
    QVERIFY(mode);
    QTest::keyClick(mode, Qt::Key_Down);
    QCOMPARE(rawAt(u"/syncFailureHandler/maxRetries"_s), "-1"_ba);
    QTest::keyClick(mode, Qt::Key_Down);
    auto *count = failures->findChild<QSpinBox *>();
    QVERIFY(count->isVisible());
    count->setFocus();
    count->selectAll();
    QTest::keyClicks(count, u"5"_s);
    QTest::keyClick(count, Qt::Key_Tab);
    QCOMPARE(rawAt(u"/syncFailureHandler/maxRetries"_s), "5"_ba);
    m_page->showItem(JsonPlace {u"/syncFailureHandler/postRetryAction"_s});
    auto *action = qobject_cast<QComboBox *>(QApplication::focusWidget());
    QTest::keyClick(action, Qt::Key_Down);
    QCOMPARE(rawAt(u"/syncFailureHandler/postRetryAction"_s), "\"logged-ignore\""_ba);
}

HUBKEEPER_WINDOW_TEST(TestConfigurationForm)
#include "tst_configurationform.moc"
