// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "configuration/compare/mergedialog.h"
#include "configuration/configurationpage.h"
#include "configuration/file/newprovisionerdialog.h"
#include "configuration/file/opendocument.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>

#ifdef Q_OS_UNIX
#include <csignal>
#endif

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What happens to the file beside its editing: other programs, crashes, new ones.
class TestOpenDocument final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void savesOnlyWhatChanged();
    void readsAgainWhatAnotherProgramWrote();
    void mergesWhatFitsTogether();
    void keepsCommentsOfBoth();
    void asksAboutConflicts();
    void showsNoSecretInAConflict();
    void keepsMineIfTheUserSaysSo();
    void writesARemovedFileAgain();
    void killedProcessLeavesADraft();
    void restoresADraftInTheWindow();
    void discardedDraftIsGone();
    void savingAndClosingRemoveTheDraft();
    void startsANewOne();
    void leavesExistingFilesAlone();
    void savesAsAndGoesOnThere();
    void savesAsThroughTheDialog();
    void theSwitchIsSaved();

private:
    [[nodiscard]] Document &document() { return *m_page->document(); }
    [[nodiscard]] QByteArray onDisk() { return *readFile(document().path(), 1 << 20); }
    void writeAsAnotherProgram(const QByteArray &bytes)
    {
        QVERIFY(saveFile(document().path(), bytes, FileMode::KeepOrPrivate));
    }
    [[nodiscard]] QByteArray withReplaced(const QByteArray &from, const QByteArray &to)
    {
        QByteArray bytes = onDisk();
        return bytes.replace(from, to);
    }
    /// The message that has this button, once it is there.
    [[nodiscard]] QAbstractButton *messageButton(const QString &text)
    {
        const auto bars = m_page->findChildren<MessageBar *>();
        for (const MessageBar *bar : bars) {
            for (auto *button : bar->findChildren<QAbstractButton *>()) {
                if (bar->isVisible() && button->text() == text)
                    return button;
            }
        }
        return nullptr;
    }
    [[nodiscard]] QString drafts() const { return m_rig->paths.state + u"/drafts"_s; }
    [[nodiscard]] QStringList draftFiles() const
    {
        return QDir(drafts()).entryList({u"*.json"_s}, QDir::Files);
    }
    [[nodiscard]] bool openPage()
    {
        if (!m_rig->openPractice())
            return false;
        m_rig->window->showPlace({PageId::Configuration, {}});
        m_page = m_rig->page<ConfigurationPage>(PageId::Configuration);
        return m_page && m_page->document();
    }

    std::unique_ptr<WindowRig> m_rig;
    ConfigurationPage *m_page = nullptr;
};

void TestOpenDocument::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(openPage());
}

void TestOpenDocument::savesOnlyWhatChanged()
{
    const QByteArray before = onDisk();
    QVERIFY(document().setValue(u"/description"_s, u"Shop"_s, u"Description"_s));
    QTest::keyClick(m_rig->window.get(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(onDisk(), document().bytes());
    QVERIFY(!document().isModified());
    document().undo();
    QTest::keyClick(m_rig->window.get(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(onDisk(), before);
}

void TestOpenDocument::readsAgainWhatAnotherProgramWrote()
{
    const QByteArray theirs = withReplaced("\"permitsPerSecond\"", "\"unknown\"");
    writeAsAnotherProgram(theirs);
    QTRY_COMPARE(document().bytes(), theirs); // The watch saw it; nothing was asked.
    QVERIFY(!document().isModified());
    const QByteArray again = theirs + "\n";
    writeAsAnotherProgram(again); // The watch lasts beyond a file that was replaced.
    QTRY_COMPARE(document().bytes(), again);
}

void TestOpenDocument::mergesWhatFitsTogether()
{
    QVERIFY(document().setValue(u"/description"_s, u"Mine"_s, u"Description"_s));
    const QByteArray mine = document().bytes();
    writeAsAnotherProgram(withReplaced("\"readSchema\": false", "\"readSchema\": true"));
    QTRY_VERIFY(messageButton(u"Merge"_s));
    QTest::mouseClick(messageButton(u"Merge"_s), Qt::LeftButton);
    QCOMPARE(document().value(u"/description"_s).toString(), u"Mine"_s);
    QCOMPARE(document().value(u"/configurationProperties/readSchema"_s).toBool(), true);
    QVERIFY(document().isModified());
    QVERIFY(m_page->save());
    QCOMPARE(onDisk(), document().bytes());
    document().undo();
    QCOMPARE(document().bytes(), mine);
}

void TestOpenDocument::keepsCommentsOfBoth()
{
    const QByteArray start = onDisk();
    const auto commented = [&](const char *comment, bool isRead) {
        QByteArray text = start;
        text.replace("\"readSchema\": false",
                     isRead ? "\"readSchema\": true" : "\"readSchema\": false");
        text.insert(text.indexOf("\"description\""), comment);
        return text;
    };
    document().setBytes(commented("/* mine */ ", false), u"Typing"_s);
    writeAsAnotherProgram(commented("/* theirs */ ", true));
    QTRY_VERIFY(messageButton(u"Merge"_s));
    const auto labels = m_page->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().contains(u"yours stay in 1 place"_s);
    }));
    QTest::mouseClick(messageButton(u"Merge"_s), Qt::LeftButton);
    QCOMPARE(document().bytes(), commented("/* mine */ ", true));
}

void TestOpenDocument::asksAboutConflicts()
{
    const QString pointer = u"/configurationProperties/readSchema"_s;
    QVERIFY(document().setRaw(pointer, "\"mine\"", u"Read"_s));
    QVERIFY(document().setRaw(u"/description"_s, "\"mine\"", u"Description"_s));
    writeAsAnotherProgram(withReplaced("\"readSchema\": false", "\"readSchema\": true"));
    QTRY_VERIFY(messageButton(u"Choose…"_s));
    QTest::mouseClick(messageButton(u"Choose…"_s), Qt::LeftButton);
    auto *dialog = m_page->findChild<MergeDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->choices(), (QHash<QString, MergeSide> {{pointer, MergeSide::Mine}}));
    auto *choice = dialog->findChild<QComboBox *>();
    choice->setFocus();
    QTest::keyClick(choice, Qt::Key_Down);
    dialog->accept();
    QCOMPARE(document().value(pointer).toBool(), true);
    QCOMPARE(document().value(u"/description"_s).toString(), u"mine"_s);
}

void TestOpenDocument::showsNoSecretInAConflict()
{
    const MergeConflict alone {u"/configurationProperties/clientSecret"_s, "\"hunter1\"",
                               "\"hunter2\"", "\"hunter3\""};
    QVERIFY(!shownSide(alone, alone.mine).contains(u"hunter"_s));
    const MergeConflict within {u"/configurationProperties"_s, "{}",
                                R"({"refreshToken": "hunter2", "clientId": "a"})", "null"};
    QVERIFY(!shownSide(within, within.mine).contains(u"hunter"_s));
    QVERIFY(shownSide(within, within.mine).contains(u"clientId"_s));
    QCOMPARE(shownSide({u"/enabled"_s, "true", "false", {}}, "false"), u"false"_s);
}

void TestOpenDocument::keepsMineIfTheUserSaysSo()
{
    QVERIFY(document().setValue(u"/description"_s, u"Mine"_s, u"Description"_s));
    const QByteArray mine = document().bytes();
    writeAsAnotherProgram("{ broken");
    QTRY_VERIFY(messageButton(u"Keep Mine"_s));
    QVERIFY(!messageButton(u"Merge"_s));
    QVERIFY(!m_page->save()); // Not before the user has decided.
    QCOMPARE(onDisk(), "{ broken"_ba);
    QTest::mouseClick(messageButton(u"Keep Mine"_s), Qt::LeftButton);
    QVERIFY(m_page->save());
    QCOMPARE(onDisk(), mine);
}

void TestOpenDocument::writesARemovedFileAgain()
{
    const QByteArray before = document().bytes();
    QVERIFY(QFile::remove(document().path()));
    QTRY_VERIFY(messageButton(u"Write It Again"_s));
    QTest::mouseClick(messageButton(u"Write It Again"_s), Qt::LeftButton);
    QCOMPARE(onDisk(), before);
}

void TestOpenDocument::killedProcessLeavesADraft()
{
#ifndef Q_OS_UNIX
    QSKIP("kills a process");
#else
    QTemporaryDir folder;
    const QString file = folder.filePath(u"provisioner.openicf-x.json"_s);
    const QByteArray saved =
        R"({"enabled": true, "configurationProperties": {"clientSecret": "hunter2"}})";
    QVERIFY(saveFile(file, saved, FileMode::KeepOrPrivate));
    QProcess editor;
    editor.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    editor.start(QCoreApplication::applicationFilePath(),
                 {u"tst_opendocument"_s, u"--edit"_s, file, folder.filePath(u"drafts"_s)});
    QVERIFY(editor.waitForStarted());
    const auto hasDraft = [&] {
        return !QDir(folder.filePath(u"drafts"_s)).entryList({u"*.json"_s}).isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasDraft(), 20'000);
    {
        OpenDocument beside(folder.filePath(u"drafts"_s), nullptr);
        QVERIFY(beside.open(file));
        QVERIFY2(!beside.draft(), "it is the other program's while that runs");
    }
    ::kill(pid_t(editor.processId()), SIGKILL);
    QVERIFY(editor.waitForFinished());

    OpenDocument open(folder.filePath(u"drafts"_s), nullptr);
    QVERIFY(open.open(file));
    QVERIFY(open.draft());
    QVERIFY(!open.draft()->text.contains("hunter2"));
    QCOMPARE(open.restore(), 0);
    QCOMPARE(open.document()->bytes(),
             R"({"enabled": false, "configurationProperties": {"clientSecret": "hunter2"}})"_ba);
    open.document()->undo();
    QCOMPARE(open.document()->bytes(), saved);
#endif
}

void TestOpenDocument::restoresADraftInTheWindow()
{
    const QByteArray edited = withReplaced("\"readSchema\": false", "\"readSchema\": true");
    const QString path = document().path();
    const QByteArray saved = document().bytes();
    m_rig->window.reset();
    QVERIFY(DraftFile(drafts(), path).write(JsonText(edited), saved));
    m_rig->makeWindow();
    QVERIFY(openPage());
    QCOMPARE(document().bytes(), saved); // Offered, not done.
    QVERIFY(messageButton(u"Restore"_s));
    QTest::mouseClick(messageButton(u"Restore"_s), Qt::LeftButton);
    QCOMPARE(document().bytes(), edited);
    QVERIFY(!messageButton(u"Restore"_s));
    QCOMPARE(draftFiles().size(), 1); // Kept until it is saved.
}

void TestOpenDocument::discardedDraftIsGone()
{
    const QString path = document().path();
    const QByteArray saved = document().bytes();
    m_rig->window.reset();
    QVERIFY(DraftFile(drafts(), path).write(JsonText("{}"), saved));
    m_rig->makeWindow();
    QVERIFY(openPage());
    QTest::mouseClick(messageButton(u"Discard"_s), Qt::LeftButton);
    QCOMPARE(document().bytes(), saved);
    QVERIFY(draftFiles().isEmpty());
}

void TestOpenDocument::savingAndClosingRemoveTheDraft()
{
    QVERIFY(document().setValue(u"/description"_s, u"a"_s, {}));
    QTRY_COMPARE(draftFiles().size(), 1);
    QVERIFY(m_page->save());
    QVERIFY(draftFiles().isEmpty());
    QVERIFY(document().setValue(u"/description"_s, u"b"_s, {}));
    QTRY_COMPARE(draftFiles().size(), 1);
    m_rig->window.reset();
    QVERIFY(draftFiles().isEmpty());
}

void TestOpenDocument::startsANewOne()
{
    QTest::keyClick(m_rig->window.get(), Qt::Key_N, Qt::ControlModifier);
    auto *dialog = m_rig->window->findChild<NewProvisionerDialog *>();
    QVERIFY(dialog);
    auto *name = dialog->findChild<QLineEdit *>(u"name"_s);
    name->selectAll();
    QTest::keyClicks(name, u"hubspot-eu"_s);
    QVERIFY(!dialog->findChild<QPushButton *>()->isEnabled() || !dialog->result());
    name->selectAll();
    QTest::keyClicks(name, u"hubspotEu"_s);
    QTest::keyClick(name, Qt::Key_Return);
    const QString path = m_rig->folder.filePath(u"provisioner.openicf-hubspotEu.json"_s);
    QTRY_COMPARE(document().path(), path);
    QCOMPARE(document().value(u"/enabled"_s).toBool(true), false);
    QCOMPARE(QFile(path).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestOpenDocument::leavesExistingFilesAlone()
{
    const QString path = m_rig->folder.filePath(u"provisioner.openicf-taken.json"_s);
    QVERIFY(saveFile(path, "{}", FileMode::KeepOrPrivate));
    NewProvisionerDialog dialog(document().bytes(), m_rig->folder.path(), nullptr);
    dialog.findChild<QLineEdit *>(u"name"_s)->setText(u"taken"_s);
    dialog.accept();
    QVERIFY(dialog.path().isEmpty());
    QCOMPARE(*readFile(path, 100), "{}"_ba);
    dialog.findChild<QLineEdit *>(u"name"_s)->setText(u"copy"_s);
    for (QRadioButton *choice : dialog.findChildren<QRadioButton *>())
        choice->setChecked(true); // The last one: the copy.
    dialog.accept();
    const auto copy = Document::open(dialog.path());
    QVERIFY(copy);
    QCOMPARE((*copy)->value(u"/configurationProperties/clientId"_s),
             document().value(u"/configurationProperties/clientId"_s));
    QVERIFY((*copy)->value(u"/configurationProperties/clientSecret"_s).isNull());
}

void TestOpenDocument::savesAsAndGoesOnThere()
{
    const QByteArray before = onDisk();
    const QString first = document().path();
    const QString second = m_rig->folder.filePath(u"provisioner.openicf-second.json"_s);
    QVERIFY(document().setValue(u"/description"_s, u"second"_s, u"Description"_s));
    m_page->saveAs(second);
    QTRY_COMPARE(m_rig->window->keeper().connection()->provisionerPath, second);
    QCOMPARE(document().path(), second);
    QVERIFY(!document().isModified());
    QCOMPARE(*readFile(first, 1 << 20), before);
    QVERIFY(document().setValue(u"/description"_s, u"third"_s, u"Description"_s));
    QVERIFY(m_page->save());
    QCOMPARE(*readFile(first, 1 << 20), before);
    QVERIFY(readFile(second, 1 << 20)->contains("third"));
}

void TestOpenDocument::savesAsThroughTheDialog()
{
    const QString second = m_rig->folder.filePath(u"provisioner.openicf-third.json"_s);
    for (auto *button : m_page->findChildren<QToolButton *>()) {
        if (button->defaultAction() && button->defaultAction()->text() == u"Save &As…")
            QTest::mouseClick(button, Qt::LeftButton);
    }
    auto *dialog = m_page->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    auto *name = dialog->findChild<QLineEdit *>(u"fileNameEdit"_s);
    name->setCompleter(nullptr); // Its list would take the key.
    name->selectAll();
    QTest::keyClicks(name, u"provisioner.openicf-third"_s); // The ending comes by itself.
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(m_rig->window->keeper().connection()->provisionerPath, second);
    QCOMPARE(*readFile(second, 1 << 20), document().bytes());
    const QString nowhere = m_rig->folder.filePath(u"none/provisioner.openicf-x.json"_s);
    m_page->saveAs(nowhere); // Says so, and stays where it was.
    QCOMPARE(document().path(), second);
    const auto bars = m_page->findChildren<MessageBar *>();
    QVERIFY(std::any_of(bars.begin(), bars.end(),
                        [](const MessageBar *bar) { return bar->isVisible(); }));
}

void TestOpenDocument::theSwitchIsSaved()
{
    QCheckBox *enabled = nullptr;
    for (auto *box : m_page->findChildren<QCheckBox *>()) {
        if (box->text() == "Ena&bled"_L1)
            enabled = box;
    }
    QVERIFY(enabled && enabled->isVisible() && enabled->isChecked());
    const QByteArray before = onDisk();
    QTest::mouseClick(enabled, Qt::LeftButton, {}, QPoint(8, enabled->height() / 2));
    QVERIFY(!enabled->isChecked());
    QTest::keyClick(m_rig->window.get(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(onDisk(), QByteArray(before).replace("\"enabled\": true", "\"enabled\": false"));
    QTest::keyClick(m_rig->window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(enabled->isChecked());
    QTest::keyClick(m_rig->window.get(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(onDisk(), before);
}

namespace {

/// The program that is killed: edits a document and waits.
int editAndWait(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    OpenDocument open(QString::fromLocal8Bit(argv[3]), nullptr);
    if (!open.open(QString::fromLocal8Bit(argv[2]))
        || !open.document()->setValue(u"/enabled"_s, false, u"Disable"_s))
        return 1;
    return QCoreApplication::exec();
}

/// The tests, or the program that one of them kills.
int runOrEdit(int argc, char **argv)
{
    if (argc == 4 && QByteArray(argv[1]) == "--edit")
        return editAndWait(argc, argv);
    return runWindowTests<TestOpenDocument>(argc, argv);
}

} // namespace

HUBKEEPER_TEST_ENTRY(TestOpenDocument, runOrEdit)
#include "tst_opendocument.moc"
