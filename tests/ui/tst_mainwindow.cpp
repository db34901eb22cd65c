// SPDX-License-Identifier: MIT
#include "connect/connectiondialog.h"
#include "provisioner/document/document.h"
#include "records/recordspage.h"
#include "session/writing/runscript.h"
#include "testkit/outcomeof.h"
#include "testkit/secretoutcome.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "window/commandpalette.h"
#include "windowrig.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QSet>
#include <QSpinBox>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// What a screen reader would say of the widget: its name, or that of the label beside it.
QString spokenNameOf(QWidget *widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

/// Widgets that are inside another one and never get the focus for themselves.
bool isInnerPart(const QWidget *widget)
{
    const QWidget *parent = widget->parentWidget();
    return qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent)
        || widget->inherits("QComboBoxListView") // The list that drops down, from Qt 6.8 on.
        || widget->objectName() == u"qt_scrollarea_viewport"_s
        || widget->objectName() == u"qt_spinbox_lineedit"_s;
}

} // namespace

/// The frame: navigation, menus, keys, and what holds for every page.
class TestMainWindow final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnUnexpectedWarnings();
        m_rig = std::make_unique<WindowRig>();
    }
    void cleanup() { m_rig.reset(); }
    void startsWithoutAConnection();
    void opensThePracticePortal();
    void altAndNumberGoToPages();
    void f6GoesThroughTheAreas();
    void paletteRunsAnActionByName();
    void everyFocusableWidgetHasAName();
    void noTwoActionsShareAShortcut();
    void noAccessKeyIsTwiceInAMenu();
    void opensADamagedFileWithASentence_data();
    void opensADamagedFileWithASentence();
    void restoresItsLayout();
    void leavesAReserve();
    void forgetsNothingWhereItIsCancelled();
    void closesWhenWritesAreSettled_data();
    void closesWhenWritesAreSettled();

private:
    std::unique_ptr<WindowRig> m_rig;
};

void TestMainWindow::forgetsNothingWhereItIsCancelled()
{
    QVERIFY(m_rig->openPractice());
    const QString id = m_rig->session().connection().id;
    const SecretId secret {id, u"clientSecret"_s};
    QVERIFY(outcomeOf(m_rig->vault.write(secret, Secret(std::string_view("kept")), this)));
    const auto document = [this] {
        for (const auto *page : m_rig->window->findChildren<Page *>()) {
            if (Document *found = page->document())
                return found;
        }
        return static_cast<Document *>(nullptr);
    };
    QTRY_VERIFY(document());
    QVERIFY(document()->setValue(u"/enabled"_s, false, u"Enabled"_s));
    const auto forget = [this] {
        m_rig->window->findChild<QAction *>(u"forgetConnection"_s)->trigger();
        auto *question = m_rig->window->findChild<QMessageBox *>();
        for (QAbstractButton *button : question->buttons()) {
            if (question->buttonRole(button) == QMessageBox::DestructiveRole)
                button->click();
        }
    };

    forget();
    auto *unsaved = m_rig->window->findChild<QMessageBox *>(u"unsavedEdits"_s);
    QVERIFY(unsaved);
    unsaved->button(QMessageBox::Cancel)->click();

    QVERIFY(m_rig->registry.byId(id));
    QVERIFY(secretOf(m_rig->vault.read(secret, this)).value());

    QTRY_VERIFY(!m_rig->window->findChild<QMessageBox *>());
    forget();
    m_rig->window->findChild<QMessageBox *>(u"unsavedEdits"_s)
        ->button(QMessageBox::Discard)
        ->click();

    QTRY_VERIFY(!m_rig->registry.byId(id));
    QTRY_VERIFY(!secretOf(m_rig->vault.read(secret, this)).value());
}

void TestMainWindow::startsWithoutAConnection()
{
    QVERIFY(!m_rig->window->currentPage());
    QCOMPARE(m_rig->window->windowTitle(), u"Hubkeeper"_s);
}

void TestMainWindow::opensThePracticePortal()
{
    QVERIFY(m_rig->openPractice());
    QVERIFY(m_rig->window->windowTitle().contains(u"Practice portal"_s));
    QCOMPARE(m_rig->window->currentPage()->id(), PageId::Overview);
}

void TestMainWindow::altAndNumberGoToPages()
{
    QVERIFY(m_rig->openPractice());
    auto *navigation = m_rig->window->findChild<QListWidget *>(u"navigation"_s);
    for (int row = navigation->count() - 1; row >= 0; --row) {
        QTest::keyClick(m_rig->window.get(), Qt::Key(Qt::Key_1 + row), Qt::AltModifier);
        QCOMPARE(nameOf(m_rig->window->currentPage()->id()),
                 navigation->item(row)->data(Qt::UserRole).toString());
    }
}

void TestMainWindow::f6GoesThroughTheAreas()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Contacts, {}});
    QSet<QWidget *> areas;
    for (int step = 0; step < 8; ++step) {
        QTest::keyClick(m_rig->window.get(), Qt::Key_F6);
        QVERIFY(QApplication::focusWidget());
        areas.insert(QApplication::focusWidget());
    }
    QVERIFY2(areas.size() >= 3, "navigation, page, inspector, dock");
}

void TestMainWindow::paletteRunsAnActionByName()
{
    QVERIFY(m_rig->openPractice());
    QTimer::singleShot(0, this, [] {
        auto *palette = qobject_cast<CommandPalette *>(QApplication::activeModalWidget());
        QVERIFY(palette);
        auto *field = palette->findChild<QLineEdit *>();
        QTest::keyClicks(field, u"journ"_s);
        QTest::keyClick(field, Qt::Key_Return);
    });
    QTest::keyClick(m_rig->window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_rig->window->currentPage()->id(), PageId::Journal);
}

void TestMainWindow::everyFocusableWidgetHasAName()
{
    QVERIFY(m_rig->openPractice());
    QStringList unnamed;
    const QList<QWidget *> widgets = m_rig->window->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        const bool takesFocus = widget->focusPolicy() & Qt::TabFocus;
        if (!takesFocus || isInnerPart(widget) || widget->focusProxy())
            continue;
        if (spokenNameOf(widget).isEmpty()) {
            unnamed.append(u"%1 \"%2\" in %3"_s.arg(
                QLatin1StringView(widget->metaObject()->className()), widget->objectName(),
                QLatin1StringView(widget->parentWidget()->metaObject()->className())));
        }
    }
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
}

void TestMainWindow::noTwoActionsShareAShortcut()
{
    QHash<QString, QString> taken;
    for (const NamedAction &named : actionsOf(m_rig->window->menuBar()->actions())) {
        if (named.action->shortcutContext() == Qt::WidgetShortcut)
            continue; // Holds only in its own widget.
        for (const QKeySequence &keys : named.action->shortcuts()) {
            const QString text = keys.toString(QKeySequence::PortableText);
            QVERIFY2(!taken.contains(text) || taken[text] == named.path,
                     qPrintable(text + u": "_s + taken[text] + u", "_s + named.path));
            taken[text] = named.path;
        }
    }
    QVERIFY(taken.size() > 10);
}

void TestMainWindow::noAccessKeyIsTwiceInAMenu()
{
    QStringList twice;
    const auto check = [&twice](const QList<QAction *> &actions, const QString &menu) {
        QHash<QChar, QString> taken;
        for (const QAction *action : actions) {
            const qsizetype at = action->text().indexOf(u'&');
            if (at < 0 || at + 1 >= action->text().size())
                continue;
            const QChar key = action->text().at(at + 1).toLower();
            if (taken.contains(key))
                twice.append(u"%1: %2, %3"_s.arg(menu, taken[key], action->text()));
            taken[key] = action->text();
        }
    };
    const QList<QAction *> bar = m_rig->window->menuBar()->actions();
    check(bar, u"menu bar"_s);
    for (const QAction *action : bar)
        check(action->menu()->actions(), action->text());
    QVERIFY2(twice.isEmpty(), qPrintable(twice.join(u'\n')));
}

void TestMainWindow::opensADamagedFileWithASentence_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("truncated") << QByteArray("{\"connectorRef\": {\"bundleName\": \"org");
    QTest::newRow("binary") << QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00", 8);
    QTest::newRow("foreign") << QByteArray("{\"name\": \"left-pad\", \"version\": \"1.0.0\"}");
    QTest::newRow("a list") << QByteArray("[1, 2, 3]");
}

void TestMainWindow::opensADamagedFileWithASentence()
{
    QFETCH(QByteArray, bytes);
    const QString path = m_rig->folder.filePath(u"provisioner.openicf-bad.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    m_rig->window->openFile(path);
    const auto seesAMessage = [this] {
        const auto bars = m_rig->window->findChildren<MessageBar *>();
        return std::any_of(bars.begin(), bars.end(), [](const MessageBar *bar) {
            return bar->isVisible() && !bar->text().isEmpty();
        });
    };
    QTRY_VERIFY(seesAMessage());
    QVERIFY(!m_rig->window->keeper().session());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes); // Nothing of it was touched.
}

void TestMainWindow::restoresItsLayout()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Journal, {}});
    QVERIFY(m_rig->window->close());
    QVERIFY(!m_rig->window->isVisible());
    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    QCOMPARE(m_rig->window->currentPage()->id(), PageId::Journal);
}

void TestMainWindow::leavesAReserve()
{
    QVERIFY(m_rig->openPractice());
    CurrentSession &keeper = m_rig->window->keeper();
    QCOMPARE(keeper.session()->connection().reserve, 0);
    const auto session = keeper.session();
    ConnectionDialog dialog(
        *keeper.connection(),
        [&](const Connection &before, const Connection &after) {
            return keeper.change(before, after);
        },
        m_rig->window.get());
    dialog.show();
    auto *reserve = dialog.findChild<QSpinBox *>(u"reserve"_s);
    QVERIFY(reserve && !spokenNameOf(reserve).isEmpty());
    reserve->setFocus();
    reserve->selectAll();
    QTest::keyClicks(reserve, u"20"_s);
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(dialog.result(), int(QDialog::Accepted));
    QCOMPARE(dialog.connection().reserve, 20);
    QCOMPARE(keeper.session(), session); // What it shows, reads or stages goes on.
    QCOMPARE(session->connection().reserve, 20);
    QCOMPARE(keeper.registry().byId(keeper.connection()->id)->reserve, 20);
}

void TestMainWindow::closesWhenWritesAreSettled_data()
{
    QTest::addColumn<practice::FaultKind>("kind");
    QTest::addColumn<bool>("closedTwice");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("the answer comes") << practice::FaultKind::Delay << false << u"applied"_s;
    QTest::newRow("nobody waits for it")
        << practice::FaultKind::SilenceAfterWork << true << u"unknown"_s;
}

void TestMainWindow::closesWhenWritesAreSettled()
{
    QFETCH(practice::FaultKind, kind);
    QFETCH(bool, closedTwice);
    QVERIFY(m_rig->openPractice());
    const auto session = m_rig->window->keeper().session();
    practice::Fault fault;
    fault.kind = kind;
    fault.method = "PATCH";
    fault.pause = std::chrono::milliseconds(700);
    m_rig->portal.inPortal([&](practice::PracticePortal &portal) { portal.addFault(fault); });
    ScriptRequest request;
    request.text = u"connector.update('contact', '150000000001', {city: 'Atlantis'})"_s;
    request.dryRun = false;
    QObject parent;
    (void)runScript(*session, request, {}, &parent);
    const auto isWritten = [this] {
        return m_rig->portal.inPortal([](practice::PracticePortal &portal) {
            const auto record = portal.record(practice::ObjectType::Contact, 150'000'000'001);
            return record && record->values.value(u"city"_s) == "Atlantis"_L1;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isWritten(), 10'000);

    QVERIFY(!m_rig->window->close());

    QVERIFY(m_rig->window->isVisible());
    QVERIFY(!m_rig->window->findChildren<MessageBar *>().isEmpty());
    if (closedTwice)
        QVERIFY(m_rig->window->close());
    QTRY_VERIFY_WITH_TIMEOUT(!m_rig->window->isVisible(), 10'000);
    const auto runs = session->journal().runs();
    QCOMPARE(runs->size(), 1);
    QVERIFY(runs->first().endedAt.isValid());
    QTEST(session->journal().rows(runs->first().id)->first().outcome, "outcome");
}

HUBKEEPER_WINDOW_TEST(TestMainWindow)
#include "tst_mainwindow.moc"
