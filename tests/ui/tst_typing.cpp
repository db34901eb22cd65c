// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "configuration/configurationpage.h"
#include "configuration/form/formfield.h"
#include "configuration/form/objecttypessection.h"
#include "configuration/form/provisionerform.h"
#include "provisioner/document/draftfile.h"
#include "testkit/windowtest.h"
#include "windowrig.h"

#include <QAction>
#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// A write whose answer comes when the test says so.
class SlowWrite final : public Call<void>
{
public:
    using Call::Call;

    void end() { complete({}); }
};

} // namespace

/// What is typed is never lost: it counts as an edit at once, and is taken over by whatever needs
/// it, without leaving the field.
class TestTyping final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void typingMarksTheDocumentAtOnce();
    void ctrlSSavesTheFieldUnderTheCursor_data();
    void ctrlSSavesTheFieldUnderTheCursor();
    void ctrlSSavesTheOpenEditorOfATable();
    void typingIsInTheDraft();
    void takingBackIsNoEdit();
    void closingAsksAboutWhatIsTyped();
    void discardingCloses();
    void editsMadeWhileWritesFinishAreAskedAbout();
    void anotherPageTakesItOver();

private:
    [[nodiscard]] QByteArray onDisk() const { return readFile(m_path, 1 << 20).value_or("?"); }
    [[nodiscard]] QAction *save() const
    {
        const auto actions = m_page->findChildren<QAction *>();
        for (QAction *action : actions) {
            if (action->shortcut() == QKeySequence(QKeySequence::Save))
                return action;
        }
        return nullptr;
    }
    /// Clicks into a field and types at its end.
    QLineEdit *type(const QString &pointer, const QString &text);

    std::unique_ptr<WindowRig> m_rig;
    ConfigurationPage *m_page = nullptr;
    QString m_path;
};

void TestTyping::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_page = m_rig->page<ConfigurationPage>(PageId::Configuration);
    m_path = m_rig->window->keeper().connection()->provisionerPath;
    m_rig->window->showPlace({PageId::Configuration, {}});
    QVERIFY(save() && !save()->isEnabled());
}

QLineEdit *TestTyping::type(const QString &pointer, const QString &text)
{
    m_rig->window->showPlace({PageId::Configuration, JsonPlace {pointer}});
    auto *line = qobject_cast<QLineEdit *>(m_rig->window->focusWidget());
    if (auto *choice = qobject_cast<QComboBox *>(m_rig->window->focusWidget()))
        line = choice->lineEdit();
    if (!line)
        return nullptr;
    line->end(false);
    QTest::keyClicks(line, text);
    return line;
}

void TestTyping::typingMarksTheDocumentAtOnce()
{
    QLineEdit *line = type(u"/connectorRef/displayName"_s, u"x"_s);
    QVERIFY(line);
    QVERIFY(save()->isEnabled());
    const auto labels = m_page->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().contains(u"not saved"_s);
    }));
    QVERIFY(line->hasFocus());
}

void TestTyping::ctrlSSavesTheFieldUnderTheCursor_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("saved");
    QTest::newRow("name shown") << u"/connectorRef/displayName"_s << u"Xyz"_s
                                << QByteArray("Xyz\"");
    QTest::newRow("property") << u"/configurationProperties/permitsPerSecond"_s << u"7"_s
                              << QByteArray("107");
    QTest::newRow("with choices") << u"/connectorRef/bundleVersion"_s << u"77"_s
                                  << QByteArray("77\"");
}

void TestTyping::ctrlSSavesTheFieldUnderTheCursor()
{
    QFETCH(QString, pointer);
    QFETCH(QString, typed);
    QFETCH(QByteArray, saved);
    QVERIFY(!onDisk().contains(saved));
    QLineEdit *line = type(pointer, typed);
    QVERIFY(line);

    QTest::keyClick(line, Qt::Key_S, Qt::ControlModifier);

    QVERIFY2(onDisk().contains(saved), onDisk().constData());
    QVERIFY(!save()->isEnabled());
    QVERIFY(line->hasFocus());
    // Typing goes on, and counts again.
    QTest::keyClicks(line, u"8"_s);
    QVERIFY(save()->isEnabled());
}

void TestTyping::ctrlSSavesTheOpenEditorOfATable()
{
    m_rig->window->showPlace(
        {PageId::Configuration, JsonPlace {u"/objectTypes/contact/properties/email"_s}});
    auto *tree = m_page->form()->objectTypes()->findChild<QTreeView *>();
    QVERIFY(tree && tree->isVisible());
    tree->setFocus();
    QVERIFY(tree->currentIndex().isValid());
    tree->setCurrentIndex(tree->currentIndex().siblingAtColumn(0));
    QTest::keyClick(tree, Qt::Key_F2);
    auto *line = qobject_cast<QLineEdit *>(m_rig->window->focusWidget());
    QVERIFY(line);
    QTest::keyClicks(line, u"mailAddress"_s);
    QVERIFY(save()->isEnabled());

    QTest::keyClick(line, Qt::Key_S, Qt::ControlModifier);

    QVERIFY2(onDisk().contains("mailAddress\""), onDisk().constData());
}

void TestTyping::typingIsInTheDraft()
{
    QLineEdit *line = type(u"/connectorRef/displayName"_s, u"Draft"_s);
    QVERIFY(line);
    const QByteArray before = onDisk();
    QTRY_VERIFY_WITH_TIMEOUT(m_page->document()->bytes().contains("Draft\""), 5000);
    DraftFile draft(draftFolder(m_rig->paths.state), m_path);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(draft.path()), 5000);
    const auto kept = QJsonDocument::fromJson(readFile(draft.path(), 1 << 20).value()).object();
    QVERIFY(QByteArray::fromBase64(kept["text"_L1].toString().toLatin1()).contains("Draft\""));
    QCOMPARE(onDisk(), before);
    // The typing goes on where it was.
    QVERIFY(line->hasFocus());
    QTest::keyClicks(line, u"Two"_s);
    QVERIFY(line->text().endsWith("DraftTwo"_L1));
}

void TestTyping::takingBackIsNoEdit()
{
    QLineEdit *line = type(u"/connectorRef/displayName"_s, u"x"_s);
    QVERIFY(line && save()->isEnabled());
    QTest::keyClick(line, Qt::Key_Backspace);
    QTest::keyClick(line, Qt::Key_Tab);
    QVERIFY(!save()->isEnabled());
    QVERIFY(m_rig->window->close());
}

void TestTyping::closingAsksAboutWhatIsTyped()
{
    QVERIFY(type(u"/connectorRef/displayName"_s, u"Kept"_s));
    QVERIFY(!m_rig->window->close());
    auto *question = m_rig->window->findChild<QMessageBox *>(u"unsavedEdits"_s);
    QVERIFY(question);
    question->button(QMessageBox::Save)->click();
    QTRY_VERIFY(!m_rig->window->isVisible());
    QVERIFY(onDisk().contains("Kept\""));
}

void TestTyping::discardingCloses()
{
    const QByteArray before = onDisk();
    QVERIFY(type(u"/connectorRef/displayName"_s, u"Lost"_s));
    QVERIFY(!m_rig->window->close());
    QVERIFY(!m_rig->window->close()); // Asked once.
    const auto questions = m_rig->window->findChildren<QMessageBox *>(u"unsavedEdits"_s);
    QCOMPARE(questions.size(), 1);
    questions.first()->button(QMessageBox::Discard)->click();
    QTRY_VERIFY(!m_rig->window->isVisible());
    QCOMPARE(onDisk(), before);
}

/// The window stays usable until the portal has answered.
void TestTyping::editsMadeWhileWritesFinishAreAskedAbout()
{
    auto *write = new SlowWrite(this);
    m_rig->session().addWriter(
        write, [] {}, [] {});
    QVERIFY(m_rig->session().isWriting());

    QVERIFY(!m_rig->window->close());
    QVERIFY(!m_rig->window->findChild<QMessageBox *>(u"unsavedEdits"_s));
    QVERIFY(type(u"/connectorRef/displayName"_s, u"Late"_s));
    write->end();

    QMessageBox *question = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (question = m_rig->window->findChild<QMessageBox *>(u"unsavedEdits"_s)), 10'000);
    QVERIFY(m_rig->window->isVisible());
    question->button(QMessageBox::Save)->click();
    QTRY_VERIFY(!m_rig->window->isVisible());
    QVERIFY(onDisk().contains("Late\""));
}

void TestTyping::anotherPageTakesItOver()
{
    QVERIFY(type(u"/connectorRef/displayName"_s, u"Gone"_s));
    QTest::keyClick(m_rig->window.get(), Qt::Key_1, Qt::AltModifier);
    QCOMPARE(m_rig->window->currentPage()->id(), PageId::Overview);
    QVERIFY(m_page->document()->bytes().contains("Gone\""));
}

HUBKEEPER_WINDOW_TEST(TestTyping)
#include "tst_typing.moc"
