// SPDX-License-Identifier: MIT
#include "connect/connectiondialog.h"
#include "connect/writemodedialog.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

Connection production()
{
    Connection connection;
    connection.id = u"a"_s;
    connection.label = u"ACME EU"_s;
    connection.kind = ConnectionKind::Production;
    connection.policy.mode = WriteMode::ReviewRequired;
    connection.policy.mostRows = 100;
    connection.policy.mostArchives = 10;
    connection.policy.mostPercent = 20;
    connection.policy.archiveAllowed = false;
    connection.policy.protectedProperties = {u"email"_s};
    return connection;
}

QPushButton *okOf(const QDialog &dialog)
{
    return dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
}

/// A key where the focus is, as a person presses it.
void press(const QDialog &dialog, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(dialog.focusWidget(), key, modifiers);
}

void show(QDialog &dialog)
{
    dialog.show();
    dialog.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
}

/// A change of one field of the settings.
using Change = void (*)(ConnectionDialog &dialog);

} // namespace

Q_DECLARE_METATYPE(Change)

/// The dialogs that set how far a connection may be written to, by keyboard alone.
class TestConnectionDialogs final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void arrowsStartAtTheChosenMode_data();
    void arrowsStartAtTheChosenMode();
    void theLabelComesBeforeTheButtons();
    void tabFollowsTheSettings();
    void liftingAGuardAsks_data();
    void liftingAGuardAsks();
    void whatIsStricterDoesNotAsk();
    void theMessageGoesWithTheAddress();
    void choosesAServer();
    void aForgottenServerStays();

private:
    [[nodiscard]] SaveConnection saving()
    {
        return [this](const Connection &, const Connection &after) -> Result<void> {
            m_saved = after;
            return {};
        };
    }

    std::optional<Connection> m_saved;
};

void TestConnectionDialogs::init()
{
    failOnUnexpectedWarnings();
    m_saved.reset();
}

void TestConnectionDialogs::arrowsStartAtTheChosenMode_data()
{
    QTest::addColumn<WriteMode>("mode");
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<WriteMode>("chosen");
    QTest::newRow("down") << WriteMode::ReviewRequired << Qt::Key_Down << WriteMode::Confirm;
    QTest::newRow("up") << WriteMode::Confirm << Qt::Key_Up << WriteMode::ReviewRequired;
    QTest::newRow("from the first")
        << WriteMode::ReadOnly << Qt::Key_Down << WriteMode::ReviewRequired;
    QTest::newRow("from the last") << WriteMode::Free << Qt::Key_Up << WriteMode::Confirm;
}

void TestConnectionDialogs::arrowsStartAtTheChosenMode()
{
    QFETCH(WriteMode, mode);
    QFETCH(Qt::Key, key);
    QFETCH(WriteMode, chosen);
    Connection connection = production();
    connection.policy.mode = mode;
    WriteModeDialog dialog(connection, saving(), nullptr);
    show(dialog);
    QCOMPARE(dialog.focusWidget()->objectName(), nameOf(mode));
    press(dialog, key);
    QCOMPARE(dialog.mode(), chosen);
    QCOMPARE(dialog.focusWidget()->objectName(), nameOf(chosen));
}

/// Typing after Tab must not meet Cancel.
void TestConnectionDialogs::theLabelComesBeforeTheButtons()
{
    WriteModeDialog dialog(production(), saving(), nullptr);
    show(dialog);
    press(dialog, Qt::Key_Tab); // Nothing to type: straight to the buttons.
    QVERIFY(qobject_cast<QPushButton *>(dialog.focusWidget()));
    press(dialog, Qt::Key_Backtab, Qt::ShiftModifier);
    press(dialog, Qt::Key_Down);
    press(dialog, Qt::Key_Down);
    QCOMPARE(dialog.mode(), WriteMode::Free);
    QVERIFY(!okOf(dialog)->isEnabled());
    press(dialog, Qt::Key_Tab);
    QTest::keyClicks(dialog.focusWidget(), u"ACME EU"_s);
    QVERIFY(okOf(dialog)->isEnabled());
    press(dialog, Qt::Key_Tab);
    QCOMPARE(dialog.focusWidget(), okOf(dialog));
    press(dialog, Qt::Key_Space);
    QCOMPARE(dialog.result(), int(QDialog::Accepted));
    QVERIFY(m_saved);
    QCOMPARE(m_saved->policy.mode, WriteMode::Free);
}

void TestConnectionDialogs::tabFollowsTheSettings()
{
    ConnectionDialog dialog(production(), saving(), nullptr);
    show(dialog);
    dialog.findChild<QSpinBox *>(u"mostRows"_s)->setValue(0);
    dialog.findChild<QLineEdit *>(u"label"_s)->setFocus();
    int lowest = 0;
    QStringList visited;
    while (!qobject_cast<QDialogButtonBox *>(dialog.focusWidget()->parentWidget())) {
        QWidget *now = dialog.focusWidget();
        const int top = now->mapTo(&dialog, QPoint(0, 0)).y();
        QVERIFY2(top >= lowest, qPrintable(now->objectName() + u" comes too late"_s));
        lowest = top;
        visited.append(now->objectName());
        press(dialog, Qt::Key_Tab);
    }
    QVERIFY(visited.contains(u"protected"_s));
    QCOMPARE(visited.last(), u"confirmation"_s);
}

void TestConnectionDialogs::liftingAGuardAsks_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, Change change) { QTest::newRow(name) << change; };
    row("sandbox", [](ConnectionDialog &dialog) {
        dialog.findChild<QComboBox *>(u"kind"_s)->setCurrentIndex(1);
    });
    row("more rows", [](ConnectionDialog &dialog) {
        dialog.findChild<QSpinBox *>(u"mostRows"_s)->setValue(101);
    });
    row("any share", [](ConnectionDialog &dialog) {
        dialog.findChild<QSpinBox *>(u"mostPercent"_s)->setValue(0);
    });
    row("archiving", [](ConnectionDialog &dialog) {
        dialog.findChild<QCheckBox *>(u"archives"_s)->setChecked(true);
    });
    row("nothing protected",
        [](ConnectionDialog &dialog) { dialog.findChild<QLineEdit *>(u"protected"_s)->clear(); });
    row("another host", [](ConnectionDialog &dialog) {
        dialog.findChild<QCheckBox *>(u"remote"_s)->setChecked(true);
    });
}

void TestConnectionDialogs::liftingAGuardAsks()
{
    QFETCH(Change, change);
    ConnectionDialog dialog(production(), saving(), nullptr);
    show(dialog);
    auto *label = dialog.findChild<QLineEdit *>(u"confirmation"_s);
    QVERIFY(!label->isVisible() && okOf(dialog)->isEnabled());
    change(dialog);
    QVERIFY(label->isVisible() && !okOf(dialog)->isEnabled());
    press(dialog, Qt::Key_Return);
    QVERIFY(!m_saved);
    label->setFocus();
    QTest::keyClicks(label, u"ACME EU"_s);
    press(dialog, Qt::Key_Return);
    QVERIFY(m_saved);
}

void TestConnectionDialogs::whatIsStricterDoesNotAsk()
{
    ConnectionDialog dialog(production(), saving(), nullptr);
    show(dialog);
    dialog.findChild<QSpinBox *>(u"mostPercent"_s)->setValue(5);
    dialog.findChild<QSpinBox *>(u"mostRows"_s)->setValue(50);
    QVERIFY(!dialog.findChild<QLineEdit *>(u"confirmation"_s)->isVisible());
    QTest::mouseClick(okOf(dialog), Qt::LeftButton);
    QVERIFY(m_saved);
    QCOMPARE(m_saved->policy.mostPercent, 5);
}

void TestConnectionDialogs::theMessageGoesWithTheAddress()
{
    Connection connection = production();
    connection.kind = ConnectionKind::Sandbox;
    ConnectionDialog dialog(connection, saving(), nullptr);
    show(dialog);
    auto *address = dialog.findChild<QLineEdit *>(u"address"_s);
    address->setFocus();
    QTest::keyClicks(address, u"http://elsewhere.example"_s);
    QTest::mouseClick(okOf(dialog), Qt::LeftButton);
    auto *message = dialog.findChild<QWidget *>(u"messages"_s);
    QVERIFY(message->isVisible() && !m_saved);
    QTest::keyClick(address, Qt::Key_Backspace);
    QVERIFY(!message->isVisible());
}

void TestConnectionDialogs::choosesAServer()
{
    Server one;
    one.id = u"s-1"_s;
    one.label = u"IDM one"_s;
    Server two = one;
    two.id = u"s-2"_s;
    two.label = u"IDM two"_s;
    Connection connection = production();
    connection.server = u"s-2"_s;
    ConnectionDialog dialog(connection, saving(), nullptr);
    dialog.offer({one, two});
    show(dialog);
    auto *servers = dialog.findChild<QComboBox *>(u"server"_s);
    QVERIFY(servers->isVisible());
    QCOMPARE(servers->count(), 3);
    QCOMPARE(servers->currentText(), u"IDM two"_s);
    servers->setFocus();
    press(dialog, Qt::Key_Up);
    press(dialog, Qt::Key_Return);
    QVERIFY(m_saved);
    QCOMPARE(m_saved->server, u"s-1"_s); // It lifts no guard: nothing is typed.
}

void TestConnectionDialogs::aForgottenServerStays()
{
    ConnectionDialog none(production(), saving(), nullptr);
    none.offer({});
    show(none);
    QVERIFY(!none.findChild<QComboBox *>(u"server"_s)->isVisible());

    Connection connection = production();
    connection.server = u"gone"_s;
    ConnectionDialog dialog(connection, saving(), nullptr);
    dialog.offer({});
    show(dialog);
    auto *servers = dialog.findChild<QComboBox *>(u"server"_s);
    QVERIFY(servers->isVisible());
    QCOMPARE(dialog.connection().server, u"gone"_s);
    servers->setCurrentIndex(0);
    QVERIFY(dialog.connection().server.isEmpty());
}

HUBKEEPER_WINDOW_TEST(TestConnectionDialogs)
#include "tst_connectiondialogs.moc"
