// SPDX-License-Identifier: MIT
#include "changes/changesdock.h"
#include "configuration/configurationpage.h"
#include "configuration/findings/documentfindings.h"
#include "configuration/form/provisionerform.h"
#include "problems/findingsmodel.h"
#include "problems/problemsdock.h"
#include "provisioner/document/draftfile.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "testkit/provisionerfile.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"
#include "windowrig.h"

#include <QAction>
#include <QDockWidget>
#include <QLabel>
#include <QListWidget>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

constexpr QSize smallScreen(1024, 700);

QString longName()
{
    return u"provisioner.openicf-"_s + QString(198, u'a') + u".json"_s;
}

/// A provisioner with long names and with something wrong in every block.
QByteArray crowdedProvisioner()
{
    QByteArray bytes = faultlessProvisioner();
    const QByteArray longText = QByteArray(320, 'x');
    bytes = withTextAt(bytes, u"/connectorRef/displayName"_s, ('"' + longText + '"').constData());
    bytes = withTextAt(bytes, u"/connectorRef/connectorName"_s, "\"org.elsewhere.Connector\"");
    bytes = withTextAt(bytes, u"/configurationProperties/clientSecret"_s, "null");
    bytes = withTextAt(bytes, u"/configurationProperties/refreshToken"_s, "null");
    bytes = withTextAt(bytes, u"/configurationProperties/permitsPerSecond"_s, "-6");
    bytes = withTextAt(bytes, u"/configurationProperties/proxyPort"_s, "\"many\"");
    bytes = withTextAt(bytes, u"/operationTimeout/CREATE"_s, "\"soon\"");
    bytes = withTextAt(bytes, u"/poolConfigOption"_s, R"({"maxObjects": -5, "minIdle": 50})");
    for (int at = 0; at < 12; ++at) {
        const QString number = QString::number(at);
        bytes = withTextAt(bytes, u"/configurationProperties/unknown"_s + number, "1");
        bytes = withTextAt(
            bytes, u"/objectTypes/contact/properties/"_s + QString::fromLatin1(longText) + number,
            R"({"type": "strin", "nativeName": "first_nam", "nativeType": "sting",
                "flags": ["NOT_CREATEABLE", "NOT_RETURNED"]})");
    }
    return bytes;
}

/// All at once, in more lines than anybody would like: sentences as long as those of servers and
/// systems are.
void fillEveryBar(const QWidget &window)
{
    const QList<MessageBar::Button> buttons {{Choice::Secrets, u"Where Are My Secrets?"_s},
                                             {Choice::Retry, u"Try Again"_s}};
    const auto bars = window.findChildren<MessageBar *>();
    for (MessageBar *bar : bars)
        bar->showMessage(MessageBar::Failure, u"The file %1 could not be opened."_s.arg(longName()),
                         u"The keychain does not answer: %1. Choose where the secrets are kept, "
                         u"then open the connection again."_s.arg(QString(300, u'w')),
                         buttons);
}

/// Whether some of the text is missing and nothing says so.
bool isCut(const QLabel &label)
{
    if (!label.wordWrap() || label.height() >= label.heightForWidth(label.width()))
        return false;
    const auto *wrapped = qobject_cast<const WrappedLabel *>(&label);
    return !wrapped || !wrapped->shownText().endsWith(u'…')
        || label.height() < label.fontMetrics().height();
}

void waitUntilIdle()
{
    for (int turn = 0; turn < 5; ++turn)
        QCoreApplication::processEvents();
}

} // namespace

/// The window fits a small screen, whatever it has to say, and opens no larger than the screen.
class TestWindowSize final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_rig.reset(); }
    void fitsASmallScreen_data();
    void fitsASmallScreen();
    void opensNoLargerThanTheScreen();
    void comesBackNoLargerThanTheScreen();
    void heightGoesToTheGrid();
    void listsScrollByThemselves_data();
    void listsScrollByThemselves();
    void theFindingIsWhatIsRead();
    void whatHasNoRoomEndsWithAnEllipsis();

private:
    [[nodiscard]] QString openCrowdedFile();
    void look(const QString &place);
    void lookAtForm();
    void lookAtPagesAndDocks();

    std::unique_ptr<WindowRig> m_rig;
    QStringList m_tooLarge;
    QStringList m_cut;
};

void TestWindowSize::initTestCase()
{
    QFont font = QApplication::font();
    font.setPointSizeF(10); // As large as desktops have it.
    QApplication::setFont(font);
}

void TestWindowSize::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    m_tooLarge.clear();
    m_cut.clear();
}

/// With edits that a crash left behind.
QString TestWindowSize::openCrowdedFile()
{
    const QString path = m_rig->folder.filePath(longName());
    const QByteArray bytes = crowdedProvisioner();
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    file.close();
    DraftFile draft(draftFolder(m_rig->paths.state), path);
    if (!draft.write(JsonText(withTextAt(bytes, u"/enabled"_s, "false")), bytes))
        return {};
    m_rig->window->openFile(path);
    return path;
}

void TestWindowSize::look(const QString &place)
{
    waitUntilIdle();
    const QSize least = m_rig->window->minimumSizeHint();
    if (least.width() > smallScreen.width() || least.height() > smallScreen.height()
        || m_rig->window->size() != smallScreen)
        m_tooLarge.append(u"%1: %2x%3, at least %4x%5"_s.arg(place)
                              .arg(m_rig->window->width())
                              .arg(m_rig->window->height())
                              .arg(least.width())
                              .arg(least.height()));
    const auto *scroll = m_rig->window->findChild<QScrollArea *>(u"pageScroll"_s);
    if (scroll->isVisible() && scroll->horizontalScrollBar()->isVisible())
        m_tooLarge.append(place + u": scrolls sideways"_s);
    const auto labels = m_rig->window->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisible() && isCut(*label))
            m_cut.append(
                u"%1: “%2” in %5 has %3 of %4"_s.arg(place, label->text().left(60))
                    .arg(label->height())
                    .arg(label->heightForWidth(label->width()))
                    .arg(QLatin1StringView(
                        label->parentWidget()->parentWidget()->metaObject()->className())));
    }
}

void TestWindowSize::lookAtForm()
{
    m_rig->window->showPlace({PageId::Configuration, {}});
    auto *page = m_rig->page<ConfigurationPage>(PageId::Configuration);
    page->findings()->check();
    auto *tabs = page->findChild<QTabWidget *>();
    QListWidget *sections = page->form()->sectionList();
    for (int section = 0; section < sections->count(); ++section) {
        sections->setCurrentRow(section);
        look(u"form, "_s + sections->item(section)->text());
        const auto trees = page->form()->sections()[section]->findChildren<QTreeView *>();
        for (QTreeView *tree : trees) {
            for (QModelIndex at = tree->model()->index(0, 0); at.isValid();
                 at = tree->indexBelow(at)) {
                tree->setCurrentIndex(at);
                look(u"form, "_s + sections->item(section)->text() + u", "_s
                     + at.data().toString().left(20));
            }
        }
    }
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        look(u"configuration, "_s + tabs->tabText(tab));
    }
    tabs->setCurrentIndex(0);
}

void TestWindowSize::lookAtPagesAndDocks()
{
    const auto *navigation = m_rig->window->findChild<QListWidget *>(u"navigation"_s);
    for (int row = 0; row < navigation->count(); ++row) {
        const QString name = navigation->item(row)->data(Qt::UserRole).toString();
        m_rig->window->showPlace({*pageFrom(name), {}});
        look(name);
        for (const PageId dock : {PageId::Changes, PageId::Problems, PageId::Requests}) {
            m_rig->window->showPlace({dock, {}});
            look(name + u" with "_s + nameOf(dock));
        }
    }
}

void TestWindowSize::fitsASmallScreen_data()
{
    QTest::addColumn<bool>("crowded");
    QTest::addColumn<bool>("bars");
    QTest::newRow("practice portal") << false << false;
    QTest::newRow("practice portal, every message") << false << true;
    QTest::newRow("long names and findings") << true << false;
    QTest::newRow("long names, findings, every message") << true << true;
}

void TestWindowSize::fitsASmallScreen()
{
    QFETCH(bool, crowded);
    QFETCH(bool, bars);
    m_rig->window->resize(smallScreen);
    look(u"start page"_s);
    if (crowded) {
        QVERIFY(!openCrowdedFile().isEmpty());
        QTRY_VERIFY(m_rig->window->keeper().failure());
    } else {
        QVERIFY(m_rig->openPractice());
    }
    if (bars)
        fillEveryBar(*m_rig->window);

    lookAtPagesAndDocks();
    lookAtForm();

    QVERIFY2(m_tooLarge.isEmpty(), qPrintable(m_tooLarge.join(u'\n')));
    QVERIFY2(m_cut.isEmpty(), qPrintable(m_cut.join(u'\n')));
}

void TestWindowSize::opensNoLargerThanTheScreen()
{
    const QRect screen = m_rig->window->screen()->availableGeometry();
    WindowServices services {m_rig->registry,
                             {m_rig->clock, m_rig->vault, m_rig->paths, m_rig->budgets},
                             &m_rig->vault,
                             {}};
    MainWindow window(services);
    addParts(window);
    window.show();
    waitUntilIdle();
    QVERIFY2(window.frameGeometry().width() <= screen.width()
                 && window.frameGeometry().height() <= screen.height(),
             qPrintable(u"%1x%2 on %3x%4"_s.arg(window.width())
                            .arg(window.height())
                            .arg(screen.width())
                            .arg(screen.height())));
}

void TestWindowSize::comesBackNoLargerThanTheScreen()
{
    m_rig->window->resize(4000, 3000);
    waitUntilIdle();
    QVERIFY(m_rig->window->close());
    opensNoLargerThanTheScreen();
}

/// With an edit staged, so that the Changes dock is there.
void TestWindowSize::heightGoesToTheGrid()
{
    m_rig->window->resize(1280, 720);
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Contacts, {}});
    auto *page = m_rig->page<RecordsPage>(PageId::Contacts);
    QTRY_VERIFY_WITH_TIMEOUT(page->isComplete() && page->model()->rowCount() == 60, 20'000);
    QVERIFY(page->model()->setData(page->model()->index(0, 2), u"Zoë"_s, Qt::EditRole));
    auto *dock = m_rig->page<ChangesDock>(PageId::Changes);
    QTRY_VERIFY(dock->isVisible());
    waitUntilIdle();
    const auto rows = [page] {
        return page->table()->viewport()->height() / page->table()->rowHeight(0);
    };
    const int few = rows();
    const int dockHeight = dock->height();
    QVERIFY2(few >= 8, qPrintable(QString::number(few)));

    m_rig->window->resize(1440, 900);
    waitUntilIdle();
    QCOMPARE(dock->height(), dockHeight);
    const int added = (900 - 720) / page->table()->rowHeight(0);
    QVERIFY2(rows() >= few + added - 1, qPrintable(u"%1 rows, then %2"_s.arg(few).arg(rows())));

    m_rig->window->resize(1024, 400); // Leaves the dock less than it had.
    waitUntilIdle();
    m_rig->window->resize(1280, 720);
    waitUntilIdle();
    QCOMPARE(rows(), few);
    QCOMPARE(dock->height(), dockHeight);
}

void TestWindowSize::listsScrollByThemselves_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("small") << QSize(1024, 700);
    QTest::newRow("large") << QSize(1600, 1000);
}

/// A text that wraps above a list is no reason for a second scroll bar around it.
void TestWindowSize::listsScrollByThemselves()
{
    QFETCH(QSize, size);
    m_rig->window->resize(size);
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Configuration, {}});
    for (QDockWidget *dock : m_rig->window->findChildren<QDockWidget *>())
        dock->close(); // They leave a small window less than two lists need.
    waitUntilIdle();
    auto *page = m_rig->page<ConfigurationPage>(PageId::Configuration);
    const auto *outer = m_rig->window->findChild<QScrollArea *>(u"pageScroll"_s);
    QListWidget *sections = page->form()->sectionList();
    QStringList scrolled;
    for (int section = 0; section < sections->count(); ++section) {
        sections->setCurrentRow(section);
        waitUntilIdle();
        if (outer->verticalScrollBar()->maximum() > 0)
            scrolled.append(u"%1: %2"_s.arg(sections->item(section)->text())
                                .arg(outer->verticalScrollBar()->maximum()));
    }
    QVERIFY2(scrolled.isEmpty(), qPrintable(scrolled.join(u'\n')));
}

void TestWindowSize::theFindingIsWhatIsRead()
{
    m_rig->window->resize(1024, 700);
    QVERIFY(!openCrowdedFile().isEmpty());
    m_rig->window->showPlace({PageId::Problems, {}});
    const auto *dock = m_rig->page<ProblemsDock>(PageId::Problems);
    QTRY_VERIFY(dock->table()->model()->rowCount() > 0);
    dock->table()->selectRow(0);
    m_rig->window->findChild<QAction *>(u"explain"_s)->trigger();
    waitUntilIdle();
    const int letter = dock->table()->fontMetrics().averageCharWidth();
    QVERIFY2(dock->table()->columnWidth(FindingsModel::MessageColumn) >= letter * 28,
             qPrintable(QString::number(dock->table()->columnWidth(FindingsModel::MessageColumn))));
    QCOMPARE(dock->table()->horizontalScrollBar()->maximum(), 0);
}

void TestWindowSize::whatHasNoRoomEndsWithAnEllipsis()
{
    WrappedLabel label(nullptr);
    label.setText(u"One sentence that needs several lines at this width.\nAnother one."_s);
    const int width = label.fontMetrics().averageCharWidth() * 20;
    const int line = label.fontMetrics().lineSpacing();
    label.resize(width, label.heightForWidth(width));
    QCOMPARE(label.shownText(), label.text());

    label.resize(width, line * 2);
    QVERIFY(!label.isWhole());
    QCOMPARE(label.shownText().count(u'\n'), 1);
    QVERIFY2(label.shownText().startsWith("One sentence"_L1), qPrintable(label.shownText()));
    QVERIFY2(label.shownText().endsWith(u'…'), qPrintable(label.shownText()));

    label.resize(width, line / 2); // The first line at least.
    QCOMPARE(label.shownText().count(u'\n'), 0);
    QVERIFY(label.shownText().endsWith(u'…'));
}

HUBKEEPER_WINDOW_TEST(TestWindowSize)

#include "tst_windowsize.moc"
