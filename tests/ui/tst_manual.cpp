// SPDX-License-Identifier: MIT
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "window/dialogchapters.h"
#include "window/manualwindow.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

namespace {

struct Target
{
    QString name; ///< Page or picture, without "#place".
    bool isPicture = false;
};

QList<Target> targetsOf(const QString &markdown)
{
    static const QRegularExpression link(u"(!?)\\[[^\\]]*\\]\\(([^)#\\s]+)[^)]*\\)"_s);
    QList<Target> targets;
    for (const QRegularExpressionMatch &match : link.globalMatch(markdown))
        targets.append({match.captured(2), !match.captured(1).isEmpty()});
    return targets;
}

QString textOf(const QString &page)
{
    QFile file(u":/manual/"_s + page);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// The manual as it is in the program.
class TestManual final : public QObject
{
    Q_OBJECT

private slots:
    void init() { test::failOnUnexpectedWarnings(); }
    void everyPageCanBeReached();
    void everyTargetIsThere_data();
    void everyTargetIsThere();
    void everyDialogHasAPage();
    void pagesFitTheWindow();
    void searchFindsChaptersAndPlaces();
};

void TestManual::everyPageCanBeReached()
{
    QStringList seen {u"index.md"_s};
    for (qsizetype at = 0; at < seen.size(); ++at) {
        for (const Target &target : targetsOf(textOf(seen[at]))) {
            if (!target.isPicture && !seen.contains(target.name))
                seen.append(target.name);
        }
    }
    const QStringList pages = QDir(u":/manual"_s).entryList({u"*.md"_s});
    QVERIFY(pages.size() > 8);
    for (const QString &page : pages)
        QVERIFY2(seen.contains(page), qPrintable(page + u" is linked from no page"_s));
}

void TestManual::everyTargetIsThere_data()
{
    QTest::addColumn<QString>("target");
    for (const QString &page : QDir(u":/manual"_s).entryList({u"*.md"_s})) {
        for (const Target &target : targetsOf(textOf(page))) {
            if (!target.name.startsWith(u"http"_s))
                QTest::addRow("%s: %s", qPrintable(page), qPrintable(target.name)) << target.name;
        }
    }
}

void TestManual::everyTargetIsThere()
{
    QFETCH(QString, target);
    QVERIFY(QFile::exists(u":/manual/"_s + target));
}

/// F1 works in each of them.
void TestManual::everyDialogHasAPage()
{
    static const QRegularExpression dialog(u"class (\\w+) (?:final )?: public \\w*Dialog\\b"_s);
    int dialogs = 0;
    QDirIterator headers(QStringLiteral(HUBKEEPER_SOURCE_DIR "/ui"), {u"*.h"_s}, QDir::Files,
                         QDirIterator::Subdirectories);
    while (headers.hasNext()) {
        QFile header(headers.next());
        QVERIFY(header.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(header.readAll());
        if (text.contains(u" = 0;"_s)) // Only what is derived from it is shown.
            continue;
        for (const QRegularExpressionMatch &match : dialog.globalMatch(text)) {
            ++dialogs;
            const QString page = chapterOfDialog(u"hubkeeper::"_s + match.captured(1));
            QVERIFY2(QFile::exists(u":/manual/"_s + page + u".md"_s),
                     qPrintable(match.captured(1) + u" has no page in dialogchapters.cpp"_s));
            QVERIFY2(text.contains(u"Q_OBJECT"_s), qPrintable(header.fileName()));
        }
    }
    QVERIFY(dialogs > 20);
}

void TestManual::pagesFitTheWindow()
{
    ManualWindow window(nullptr);
    window.show();
    window.resize(1200, 700); // As on a usual screen; the one of the tests is smaller.
    auto *browser = window.findChild<QTextBrowser *>();
    int pictures = 0;
    for (const QString &page : QDir(u":/manual"_s).entryList({u"*.md"_s})) {
        window.showPage(page.chopped(3));
        QCOMPARE(browser->source().fileName(), page);
        pictures += int(textOf(page).count(u"!["_s));
        QTRY_VERIFY2(browser->document()->idealWidth() <= browser->viewport()->width() + 1,
                     qPrintable(page));
    }
    QVERIFY(pictures > 0);
}

void TestManual::searchFindsChaptersAndPlaces()
{
    ManualWindow window(nullptr);
    window.showPage(u"index"_s);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto *chapters = window.findChild<QListWidget *>();
    const int all = chapters->count();
    QVERIFY(all > 8);
    QVERIFY(chapters->item(0)->text() == u"Hubkeeper manual"_s);

    QTest::keySequence(&window, QKeySequence::Find);
    auto *search = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(search);
    QTest::keyClicks(search, u"pseudonym"_s);

    QVERIFY(chapters->count() > 0 && chapters->count() < all);
    QTest::keyClick(search, Qt::Key_Return); // Goes on to the next place, in whatever chapter.
    QVERIFY(window.browser()->textCursor().selectedText().contains(u"pseudonym"_s,
                                                                   Qt::CaseInsensitive));
    QVERIFY(!window.browser()->extraSelections().isEmpty());
    search->setText(u"no such word in it"_s);
    QCOMPARE(chapters->count(), 1); // Which says so.
    QVERIFY(!chapters->item(0)->flags().testFlag(Qt::ItemIsEnabled));
}

HUBKEEPER_WINDOW_TEST(TestManual)
#include "tst_manual.moc"
