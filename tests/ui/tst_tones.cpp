// SPDX-License-Identifier: MIT
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "widgets/colours.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/notelabel.h"
#include "widgets/tones.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// Relative luminance (WCAG 2.1).
double luminance(const QColor &colour)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

/// What the style paints behind the pages of tabs: a tone that it mixes itself.
QColor paneOf(QTabWidget &tabs)
{
    tabs.resize(300, 200);
    tabs.show();
    if (!QTest::qWaitForWindowExposed(&tabs))
        qFatal("The tabs are not shown.");
    return tabs.grab().toImage().pixelColor(150, 150);
}

constexpr double least = 4.5; // WCAG 2.1, 1.4.3.

/// How much what is drawn in the middle of a widget differs from what it is drawn on.
double inkOf(const QImage &image)
{
    const QRect inside = image.rect().adjusted(4, 4, -4, -4); // Without its frame.
    QHash<QRgb, int> counts;
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        for (int x = inside.left(); x <= inside.right(); ++x)
            ++counts[image.pixel(x, y)];
    }
    QRgb ground = 0;
    for (auto it = counts.constBegin(); it != counts.constEnd(); ++it) {
        if (it.value() > counts.value(ground))
            ground = it.key();
    }
    double most = 1;
    for (const QRgb colour : counts.keys())
        most = std::max(most, contrast(QColor(colour), QColor(ground)));
    return most;
}

QWidget *buttonWithArrow()
{
    auto *button = new QToolButton;
    button->setMenu(new QMenu(button));
    button->setPopupMode(QToolButton::InstantPopup);
    return button;
}

QWidget *buttonWithIcon()
{
    auto *button = new QToolButton;
    button->setIcon(icon(u"document-save"_s));
    return button;
}

using Maker = QWidget *(*)();

// What cannot be used can still be read; WCAG asks for nothing there.
constexpr double seen = 1.9;
constexpr double arrowSeen = 1.4; // Two pixels wide, and the style makes them paler still.
constexpr double apart = 0.55; // Of the contrast that it has when it can be used.

} // namespace

/// Whether what is written can be read on everything it is written on.
class TestTones final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void cleanup() { applyColours(Colours::System); }
    void canBeRead_data() { addColours(); }
    void canBeRead();
    void notesCanBeReadWhateverTheyWereMadeIn_data() { addColours(); }
    void notesCanBeReadWhateverTheyWereMadeIn();
    void messagesCanBeReadWhateverTheyWereMadeIn_data() { addColours(); }
    void messagesCanBeReadWhateverTheyWereMadeIn();
    void whatCannotBeUsedLooksSo_data();
    void whatCannotBeUsedLooksSo();
    void messagesOutOfSightTakeTheColoursToo_data() { addColours(); }
    void messagesOutOfSightTakeTheColoursToo();

private:
    static void addColours()
    {
        QTest::addColumn<Colours>("colours");
        QTest::newRow("light") << Colours::Light;
        QTest::newRow("dark") << Colours::Dark;
    }
};

void TestTones::canBeRead()
{
    QFETCH(Colours, colours);
    applyColours(colours);
    QTabWidget tabs;
    tabs.addTab(new QWidget, u"Page"_s);
    const QColor pane = paneOf(tabs);
    const QPalette palette = tabs.palette();
    const Tones tones = tonesOf(palette);
    const QColor grounds[] {pane, palette.color(QPalette::Window), palette.color(QPalette::Base),
                            palette.color(QPalette::AlternateBase)};
    for (const QColor &ground : grounds) {
        for (const QColor &tone :
             {tones.good, tones.warning, tones.bad, tones.accent, tones.muted,
              palette.color(QPalette::WindowText), palette.color(QPalette::Link)}) {
            QVERIFY2(
                contrast(tone, ground) >= least,
                qPrintable(
                    u"%1 on %2: %3"_s.arg(tone.name(), ground.name()).arg(contrast(tone, ground))));
        }
    }
}

void TestTones::notesCanBeReadWhateverTheyWereMadeIn()
{
    QFETCH(Colours, colours);
    QTabWidget tabs;
    auto *page = new QWidget;
    page->setEnabled(false); // As a form is before a file is open.
    auto *note = new NoteLabel(page, u"What it means."_s);
    tabs.addTab(page, u"Page"_s);
    applyColours(colours);
    const QColor pane = paneOf(tabs);
    page->setEnabled(true);
    const QColor text = note->palette().color(QPalette::Active, QPalette::WindowText);
    QVERIFY2(contrast(text, pane) >= least,
             qPrintable(u"%1 on %2: %3"_s.arg(text.name(), pane.name()).arg(contrast(text, pane))));
    QCOMPARE(note->palette().color(note->foregroundRole()), text);
}

void TestTones::messagesCanBeReadWhateverTheyWereMadeIn()
{
    QFETCH(Colours, colours);
    for (const Colours before : {Colours::Light, Colours::Dark}) {
        applyColours(before);
        QTabWidget tabs;
        auto *page = new QWidget;
        auto *layout = new QVBoxLayout(page);
        auto *bar = new MessageBar(page);
        layout->addWidget(bar);
        tabs.addTab(page, u"Page"_s);
        tabs.show();
        for (const auto kind : {MessageBar::Failure, MessageBar::Good, MessageBar::Warning}) {
            bar->showMessage(kind, u"What happened."_s, u"Why."_s);
            applyColours(colours);
            const QColor ground = bar->palette().color(QPalette::Active, QPalette::Window);
            for (const QLabel *label : bar->findChildren<QLabel *>()) {
                const QColor text = label->palette().color(QPalette::Active, QPalette::WindowText);
                QVERIFY2(contrast(text, ground) >= least,
                         qPrintable(u"%1 on %2"_s.arg(text.name(), ground.name())));
            }
            applyColours(before);
        }
    }
}

void TestTones::whatCannotBeUsedLooksSo_data()
{
    QTest::addColumn<Colours>("colours");
    QTest::addColumn<Maker>("make");
    QTest::addColumn<double>("atLeast");
    const auto add = [](const char *name, Maker make, double atLeast) {
        QTest::addRow("light, %s", name) << Colours::Light << make << atLeast;
        QTest::addRow("dark, %s", name) << Colours::Dark << make << atLeast;
    };
    add(
        "button", []() -> QWidget * { return new QPushButton(u"Save"_s); }, seen);
    add("icon", &buttonWithIcon, seen);
    add("arrow of a button", &buttonWithArrow, arrowSeen);
    add(
        "arrow of a list", []() -> QWidget * { return new QComboBox; }, arrowSeen);
    add(
        "label", []() -> QWidget * { return new QLabel(u"Save"_s); }, seen);
    add(
        "check box", []() -> QWidget * { return new QCheckBox(u"Save"_s); }, seen);
}

/// As it is drawn: the style mixes colours of its own.
void TestTones::whatCannotBeUsedLooksSo()
{
    QFETCH(Colours, colours);
    QFETCH(Maker, make);
    QFETCH(double, atLeast);
    applyColours(colours);
    const std::unique_ptr<QWidget> widget(make());
    widget->show();
    QVERIFY(QTest::qWaitForWindowExposed(widget.get()));
    widget->clearFocus();
    const double enabled = inkOf(widget->grab().toImage());
    widget->setEnabled(false);
    const double disabled = inkOf(widget->grab().toImage());

    const QByteArray figures = u"enabled %1, disabled %2"_s.arg(enabled).arg(disabled).toUtf8();
    QVERIFY2(disabled >= atLeast, figures.constData());
    QVERIFY2(disabled <= enabled * apart, figures.constData());
}

/// On a page that is not in front, in a dock, and in sight: as one that is made now.
void TestTones::messagesOutOfSightTakeTheColoursToo()
{
    QFETCH(Colours, colours);
    applyColours(colours == Colours::Dark ? Colours::Light : Colours::Dark);
    QMainWindow window;
    auto *tabs = new QTabWidget;
    window.setCentralWidget(tabs);
    auto *dock = new QDockWidget(&window);
    window.addDockWidget(Qt::BottomDockWidgetArea, dock);
    QList<MessageBar *> bars;
    const auto makePage = [&bars] {
        auto *page = new QWidget;
        bars.append(new MessageBar(page));
        (new QVBoxLayout(page))->addWidget(bars.last());
        return page;
    };
    tabs->addTab(makePage(), u"In front"_s);
    tabs->addTab(makePage(), u"Behind"_s);
    dock->setWidget(makePage());
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    for (MessageBar *bar : std::as_const(bars))
        bar->showMessage(MessageBar::Warning, u"What happened."_s);

    applyColours(colours);
    tabs->setCurrentIndex(1);

    MessageBar fresh(nullptr);
    fresh.showMessage(MessageBar::Warning, u"What happened."_s);
    const QColor expected = fresh.palette().color(QPalette::Active, QPalette::Window);
    for (const MessageBar *bar : std::as_const(bars))
        QTRY_COMPARE_WITH_TIMEOUT(bar->palette().color(QPalette::Active, QPalette::Window),
                                  expected, 2000);
}

HUBKEEPER_WINDOW_TEST(TestTones)
#include "tst_tones.moc"
