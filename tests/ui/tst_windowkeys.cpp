// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"
#include "configuration/text/jsoneditor.h"
#include "connect/connectiondialog.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "windowrig.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QGroupBox>
#include <QInputDialog>
#include <QLabel>
#include <QListWidget>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// The letters that Alt reaches in a widget by itself: its text's, or its tabs'.
QStringList accessKeysOf(const QWidget *widget)
{
    QStringList texts;
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
        const QString keys = button->shortcut().toString(QKeySequence::PortableText);
        return keys.startsWith("Alt+"_L1) && keys.size() == 5 ? QStringList {keys.last(1)}
                                                              : QStringList();
    }
    if (const auto *label = qobject_cast<const QLabel *>(widget); label && label->buddy())
        texts.append(label->text());
    if (const auto *box = qobject_cast<const QGroupBox *>(widget))
        texts.append(box->title());
    if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
        for (int tab = 0; tab < tabs->count(); ++tab)
            texts.append(tabs->tabText(tab));
    }
    QStringList keys;
    for (const QString &text : std::as_const(texts)) {
        const QString name = QKeySequence::mnemonic(text).toString(QKeySequence::PortableText);
        if (!name.isEmpty())
            keys.append(name.last(1));
    }
    return keys;
}

QString nameOf(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    const auto *label = qobject_cast<const QLabel *>(widget);
    return u"%1 “%2”"_s.arg(QLatin1StringView(widget->metaObject()->className()),
                            button      ? button->text()
                                : label ? label->text()
                                        : widget->objectName());
}

/// Letters that two visible widgets of a window have, or one and the menu bar.
QStringList sharedAccessKeys(const QWidget *window, QHash<QString, QString> taken)
{
    QStringList shared;
    const auto widgets = window->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible() || widget->window() != window)
            continue;
        for (const QString &key : accessKeysOf(widget)) {
            if (taken.contains(key))
                shared.append(u"Alt+%1: %2, %3"_s.arg(key, taken[key], nameOf(widget)));
            taken.insert(key, nameOf(widget));
        }
    }
    return shared;
}

QHash<QString, QString> menuKeys(const QMainWindow &window)
{
    QHash<QString, QString> keys;
    const QList<QAction *> menus = window.menuBar()->actions();
    for (const QAction *menu : menus) {
        const QString name =
            QKeySequence::mnemonic(menu->text()).toString(QKeySequence::PortableText);
        keys.insert(name.last(1), menu->text());
    }
    return keys;
}

/// Whether a key that is pressed in `focused` starts something that belongs to `owners`.
bool holds(Qt::ShortcutContext context, const QList<QObject *> &owners, const QWidget *focused)
{
    return std::any_of(owners.begin(), owners.end(), [&](QObject *owner) {
        const auto *widget = qobject_cast<QWidget *>(owner);
        if (qobject_cast<const QMenu *>(owner))
            return context == Qt::WindowShortcut; // Of the menu bar; others hold nothing.
        if (!widget)
            return false;
        if (context == Qt::WidgetShortcut)
            return widget == focused;
        if (context == Qt::WidgetWithChildrenShortcut)
            return widget == focused || widget->isAncestorOf(focused);
        return widget->isVisible() && widget->window() == focused->window();
    });
}

} // namespace

/// No key means two things: shortcuts of actions, and letters that Alt reaches.
class TestWindowKeys final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { failOnUnexpectedWarnings(); }
    void cleanupTestCase() { m_rig.reset(); }
    void accessKeysAreFreeOfTheMenus();
    void docksTakeNoAccessKeys();
    void everyPageHasItsAccessKeysOnce_data();
    void everyPageHasItsAccessKeysOnce();
    void dialogsHaveTheirAccessKeysOnce_data();
    void dialogsHaveTheirAccessKeysOnce();
    void noShortcutIsAmbiguous_data();
    void noShortcutIsAmbiguous();
    void ctrlGGoesToALineOfTheText();
    void ctrlGAsksForARecordElsewhere();
    void altAndLetterOpensTheMenu();

private:
    void pages();
    /// Keys reach shortcuts of the active window alone; a dialog before may have taken that.
    void activate()
    {
        m_rig->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_rig->window.get()));
    }

    std::unique_ptr<WindowRig> m_rig;
};

void TestWindowKeys::initTestCase()
{
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
}

void TestWindowKeys::pages()
{
    QTest::addColumn<PageId>("page");
    for (const PageId id :
         {PageId::Overview, PageId::Configuration, PageId::Schema, PageId::Scripts,
          PageId::Contacts, PageId::Companies, PageId::Journal, PageId::Idm, PageId::Snapshots})
        QTest::newRow(qPrintable(nameOf(id))) << id;
}

/// Those of widgets that are hidden now, too: they come.
void TestWindowKeys::accessKeysAreFreeOfTheMenus()
{
    const QHash<QString, QString> menus = menuKeys(*m_rig->window);
    QCOMPARE(menus.size(), 7);
    QStringList wrong;
    const auto widgets = m_rig->window->centralWidget()->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const QStringList keys = accessKeysOf(widget);
        for (const QString &key : keys) {
            if (menus.contains(key))
                wrong.append(u"Alt+%1: %2, %3"_s.arg(key, menus[key], nameOf(widget)));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

/// A dock can be behind another one, where Qt would still let its letters work.
void TestWindowKeys::docksTakeNoAccessKeys()
{
    QStringList wrong;
    const auto docks = m_rig->window->findChildren<QDockWidget *>();
    QVERIFY(docks.size() > 3);
    for (const QDockWidget *dock : docks) {
        if (dock->objectName() == "inspector"_L1)
            continue; // Is never behind another one.
        const auto widgets = dock->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (!accessKeysOf(widget).isEmpty())
                wrong.append(dock->objectName() + u": "_s + nameOf(widget));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestWindowKeys::everyPageHasItsAccessKeysOnce_data()
{
    pages();
}

void TestWindowKeys::everyPageHasItsAccessKeysOnce()
{
    QFETCH(PageId, page);
    m_rig->window->showPlace({page, {}});
    const QHash<QString, QString> menus = menuKeys(*m_rig->window);
    QStringList shared = sharedAccessKeys(m_rig->window.get(), menus);
    // Every tab, and every section of the form.
    const auto stacks = m_rig->window->currentPage()->findChildren<QTabWidget *>();
    for (QTabWidget *tabs : stacks) {
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            shared += sharedAccessKeys(m_rig->window.get(), menus);
        }
        tabs->setCurrentIndex(0);
    }
    if (page == PageId::Configuration) {
        const auto lists = m_rig->window->currentPage()->findChildren<QListWidget *>();
        for (QListWidget *list : lists) {
            for (int row = 0; list->isVisible() && row < list->count(); ++row) {
                list->setCurrentRow(row);
                shared += sharedAccessKeys(m_rig->window.get(), menus);
            }
        }
    }
    shared.removeDuplicates();
    QVERIFY2(shared.isEmpty(), qPrintable(shared.join(u'\n')));
}

void TestWindowKeys::dialogsHaveTheirAccessKeysOnce_data()
{
    QTest::addColumn<QString>("action");
    for (const QString &name : {u"connection"_s, u"write-mode"_s, u"secrets"_s, u"connect"_s,
                                u"palette"_s, u"shortcuts"_s, u"newProvisioner"_s})
        QTest::newRow(qPrintable(name)) << name;
}

void TestWindowKeys::dialogsHaveTheirAccessKeysOnce()
{
    QFETCH(QString, action);
    auto *run = m_rig->window->findChild<QAction *>(action);
    QVERIFY(run && run->isEnabled());
    run->trigger();
    QPointer<QDialog> dialog;
    QTRY_VERIFY((dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget())));
    const QStringList shared = sharedAccessKeys(dialog, {});
    dialog->reject();
    QVERIFY2(shared.isEmpty(), qPrintable(shared.join(u'\n')));
    QTRY_VERIFY(!QApplication::activeModalWidget());
}

void TestWindowKeys::noShortcutIsAmbiguous_data()
{
    pages();
}

/// As Qt decides it: by what has the focus and where an action belongs.
void TestWindowKeys::noShortcutIsAmbiguous()
{
    QFETCH(PageId, page);
    m_rig->window->showPlace({page, {}});
    const auto actions = m_rig->window->findChildren<QAction *>();
    const auto shortcuts = m_rig->window->findChildren<QShortcut *>();
    QStringList ambiguous;
    int looked = 0;
    const auto widgets = m_rig->window->findChildren<QWidget *>();
    for (const QWidget *focused : widgets) {
        if (!(focused->focusPolicy() & Qt::TabFocus) || focused->window() != m_rig->window.get())
            continue;
        QHash<QString, const QObject *> taken;
        const auto take = [&](const QObject *one, const QKeySequence &keys) {
            const QString text = keys.toString(QKeySequence::PortableText);
            if (!text.isEmpty() && taken.contains(text) && taken[text] != one)
                ambiguous.append(u"%1 in %2: %3, %4"_s.arg(
                    text, nameOf(focused), taken[text]->objectName(), one->objectName()));
            taken.insert(text, one);
            ++looked;
        };
        for (const QAction *action : actions) {
            if (!holds(action->shortcutContext(), action->associatedObjects(), focused))
                continue;
            const auto all = action->shortcuts();
            for (const QKeySequence &keys : all)
                take(action, keys);
        }
        for (const QShortcut *shortcut : shortcuts) {
            if (holds(shortcut->context(), {shortcut->parent()}, focused))
                take(shortcut, shortcut->key());
        }
    }
    ambiguous.removeDuplicates();
    QVERIFY2(ambiguous.isEmpty(), qPrintable(ambiguous.join(u'\n')));
    QVERIFY(looked > 100);
}

void TestWindowKeys::ctrlGGoesToALineOfTheText()
{
    m_rig->window->showPlace({PageId::Configuration, TextPlace {3, 1}});
    activate();
    auto *editor = m_rig->page<ConfigurationPage>(PageId::Configuration)->editor();
    QVERIFY(editor && editor->isVisible());
    editor->setFocus();
    QTest::keyClick(editor, Qt::Key_G, Qt::ControlModifier);
    auto *dialog = m_rig->window->findChild<QInputDialog *>(u"lineDialog"_s);
    QVERIFY(dialog);
    dialog->setIntValue(5);
    dialog->accept();
    QTRY_COMPARE(editor->textCursor().blockNumber(), 4);

    // The menu names the key only where it does that.
    const auto *action = m_rig->window->findChild<QAction *>(u"goToLine"_s);
    QVERIFY(action->text().contains(u'\t'));
    m_rig->window->showPlace({PageId::Contacts, {}});
    QVERIFY(!action->text().contains(u'\t'));
}

void TestWindowKeys::ctrlGAsksForARecordElsewhere()
{
    activate();
    for (const PageId page : {PageId::Contacts, PageId::Overview}) {
        m_rig->window->showPlace({page, {}});
        activate(); // After the dialog before.
        int asked = 0;
        QTimer look; // The question has an event loop of its own.
        connect(&look, &QTimer::timeout, this, [&asked] {
            if (auto *dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget())) {
                ++asked;
                dialog->reject();
            }
        });
        look.start(20);
        QTest::keyClick(m_rig->window.get(), Qt::Key_G, Qt::ControlModifier);
        QTRY_COMPARE(asked, 1);
    }
}

void TestWindowKeys::altAndLetterOpensTheMenu()
{
    activate();
    for (const PageId page : {PageId::Overview, PageId::Scripts, PageId::Contacts}) {
        m_rig->window->showPlace({page, {}});
        for (const Qt::Key key : {Qt::Key_F, Qt::Key_P, Qt::Key_V}) {
            QTest::keyClick(m_rig->window.get(), key, Qt::AltModifier);
            QPointer<QWidget> menu;
            QTRY_VERIFY((menu = QApplication::activePopupWidget()));
            QVERIFY(qobject_cast<QMenu *>(menu));
            menu->close();
            QTest::keyClick(m_rig->window->menuBar(), Qt::Key_Escape);
        }
    }
}

HUBKEEPER_WINDOW_TEST(TestWindowKeys)
#include "tst_windowkeys.moc"
