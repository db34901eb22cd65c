// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"
#include "configuration/findings/documentfindings.h"
#include "configuration/form/provisionerform.h"
#include "configuration/text/jsoneditor.h"
#include "problems/explanation.h"
#include "problems/findingsexport.h"
#include "problems/findingsmodel.h"
#include "problems/problemsdock.h"
#include "provisioner/rules/rule.h"
#include "testkit/windowtest.h"
#include "widgets/showntime.h"
#include "windowrig.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTextBrowser>
#include <QToolButton>

using namespace Qt::StringLiterals;

using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

Finding finding(Severity severity, const char *rule, const char *message, int line)
{
    Finding made;
    made.severity = severity;
    made.ruleId = QString::fromLatin1(rule);
    made.message = QString::fromLatin1(message);
    made.pointer = u"/at/"_s + QString::number(line);
    made.at = {line * 10, line * 10 + 3};
    made.position = {line, 1};
    return made;
}

/// Two mistakes with a safe fix and one without: quotes, a key in the wrong case, a bad port.
constexpr auto faulty = R"({
    "name": "x",
    "configurationProperties": {'clientID': "a", },
    "enabled": "maybe"
}
)";

} // namespace

/// The findings of the open document, listed and fixed.
class TestProblemsDock final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void keepsRowsThatStay();
    void filtersBySeverityAndText();
    void countsAndGoesThere();
    void goesOnFromTheCursor();
    void goesOnFromTheField();
    void explains();
    void fixesAndUndoes();
    void previewsAllFixes();
    void copiesAndExports();
    void reportsThatNothingWasFound();
    void asksThePortal();
    void theEndingChoosesTheFormat_data();
    void theEndingChoosesTheFormat();
    void equalSentencesNameTheirEntry();
};

void TestProblemsDock::keepsRowsThatStay()
{
    FindingsModel model;
    const QAbstractItemModelTester tester(&model);
    const Finding a = finding(Severity::Error, "HK101", "one", 1);
    const Finding b = finding(Severity::Warning, "HK102", "two", 2);
    const Finding c = finding(Severity::Info, "HK103", "three", 3);
    model.setFindings({a, c});
    const QPersistentModelIndex last = model.index(1, 0);
    model.setFindings({a, b, c});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(last.row(), 2);
    model.setFindings({b, c});
    QCOMPARE(last.row(), 1);
    QCOMPARE(model.at(0).ruleId, u"HK102"_s);
    model.setFindings({});
    QVERIFY(!last.isValid());
    QCOMPARE(model.rowCount(), 0);
}

void TestProblemsDock::filtersBySeverityAndText()
{
    FindingsModel model;
    FindingsFilter filter(nullptr);
    const QAbstractItemModelTester tester(&filter);
    filter.setSourceModel(&model);
    model.setFindings({finding(Severity::Error, "HK101", "one", 1),
                       finding(Severity::Warning, "HK202", "two", 2),
                       finding(Severity::Error, "HK303", "three", 12)});
    filter.setShown(Severity::Warning, false);
    QCOMPARE(filter.rowCount(), 2);
    filter.setText(u"hk3"_s);
    QCOMPARE(filter.rowCount(), 1);
    filter.setShown(Severity::Warning, true);
    filter.setText(u"/at/2"_s); // The pointer counts, too.
    QCOMPARE(filter.rowCount(), 1);
    filter.setText({});
    filter.sort(FindingsModel::SeverityColumn);
    QCOMPARE(filter.index(0, 0).data(FindingsModel::SeverityRole).toInt(), int(Severity::Error));
    QCOMPARE(filter.index(2, 0).data(FindingsModel::SeverityRole).toInt(), int(Severity::Warning));
    filter.sort(FindingsModel::PlaceColumn, Qt::DescendingOrder); // As numbers, not as texts.
    QCOMPARE(filter.index(0, FindingsModel::RuleColumn).data().toString(), u"HK303"_s);
}

/// A window with a provisioner whose text the test sets.
class DockRig : public WindowRig
{
public:
    DockRig()
    {
        opened = openPractice();
        page = WindowRig::page<ConfigurationPage>(PageId::Configuration);
        dock = WindowRig::page<ProblemsDock>(PageId::Problems);
        window->showPlace({PageId::Problems, {}});
        dock->table()->sortByColumn(FindingsModel::PlaceColumn, Qt::AscendingOrder);
    }

    void setText(const QByteArray &text)
    {
        page->document()->setBytes(text, u"Test"_s);
        page->findings()->check();
    }

    [[nodiscard]] QAction *action(const char *name) const
    {
        return dock->findChild<QAction *>(QString::fromLatin1(name));
    }

    void select(const QString &rule) const
    {
        for (int row = 0; row < dock->table()->model()->rowCount(); ++row) {
            if (dock->table()->model()->index(row, FindingsModel::RuleColumn).data() == rule)
                dock->table()->selectRow(row);
        }
    }

    bool opened = false;
    ConfigurationPage *page = nullptr;
    ProblemsDock *dock = nullptr;
};

void TestProblemsDock::countsAndGoesThere()
{
    DockRig rig;
    QVERIFY(rig.opened);
    rig.setText(faulty);
    const int count = rig.dock->model()->rowCount();
    QVERIFY(count >= 3);
    const DocumentFindings *found = rig.page->findings();
    QCOMPARE(
        rig.dock->title(),
        u"Problems (%1)"_s.arg(found->count(Severity::Error) + found->count(Severity::Warning)));
    const QSignalSpy gone(rig.dock, &Page::goTo);
    rig.dock->table()->setFocus();
    rig.dock->table()->selectRow(count - 1);
    QTest::keyClick(rig.dock->table(), Qt::Key_Return);
    QCOMPARE(gone.size(), 1);
    QCOMPARE(gone.last().first().value<Place>().page, PageId::Configuration);
    // From anywhere: F8 and Shift+F8, round and round.
    rig.window->showPlace({PageId::Overview, {}});
    QTest::keyClick(rig.window.get(), Qt::Key_F8);
    QCOMPARE(rig.dock->table()->currentIndex().row(), 0);
    QCOMPARE(rig.window->currentPage()->id(), PageId::Configuration);
    QTest::keyClick(rig.window.get(), Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(rig.dock->table()->currentIndex().row(), count - 1);
    QVERIFY(gone.size() >= 3);
}

void TestProblemsDock::goesOnFromTheCursor()
{
    DockRig rig;
    QVERIFY(rig.opened);
    rig.setText(faulty);
    rig.dock->table()->sortByColumn(FindingsModel::RuleColumn, Qt::DescendingOrder);
    rig.window->showPlace({PageId::Configuration, TextPlace {3, 1}});
    rig.page->editor()->setFocus();
    const QList<Finding> &all = rig.page->findings()->findings();
    const qsizetype cursor = rig.page->editor()->cursorOffset();
    const auto next = std::find_if(all.begin(), all.end(), [cursor](const Finding &finding) {
        return finding.at.begin > cursor;
    });
    QVERIFY(next != all.begin() && next != all.end());
    const auto current = [&rig] {
        const auto *shown = qobject_cast<const FindingsFilter *>(rig.dock->table()->model());
        return rig.dock->model()->at(shown->mapToSource(rig.dock->table()->currentIndex()).row());
    };
    const auto press = [&rig](Qt::KeyboardModifiers keys = {}) {
        QTest::keyClick(rig.page->editor(), Qt::Key_F8, keys);
    };
    // In the order of the text, whatever the list is sorted by; each finding, though two may stand
    // at the same place.
    for (auto finding = next; finding != all.end(); ++finding) {
        press();
        QCOMPARE(current().ruleId, finding->ruleId);
        QCOMPARE(current().at.begin, finding->at.begin);
    }
    press();
    QCOMPARE(current().at.begin, all.first().at.begin); // Round.
    rig.page->editor()->goToOffset(next->at.begin);
    press(Qt::ShiftModifier);
    QVERIFY(current().at.begin < next->at.begin);
    // In the list the list's order holds.
    rig.dock->table()->setFocus();
    rig.dock->table()->selectRow(0);
    QTest::keyClick(rig.dock->table(), Qt::Key_F8);
    QCOMPARE(rig.dock->table()->currentIndex().row(), 1);
}

void TestProblemsDock::goesOnFromTheField()
{
    DockRig rig;
    QVERIFY(rig.opened);
    rig.setText(R"({
    "name": "x",
    "enabled": "maybe",
    "poolConfigOption": { "maxObjects": -1, "maxIdle": -2, "maxWait": -3 }
})");
    rig.window->showPlace({PageId::Configuration, JsonPlace {u"/poolConfigOption/maxIdle"_s}});
    FormField *field = rig.page->form()->field(u"/poolConfigOption/maxIdle"_s);
    QVERIFY(field);
    QTRY_VERIFY(field->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8);
    const auto pointer = [&rig] {
        return rig.dock->table()->currentIndex().siblingAtColumn(0).data(
            FindingsModel::PointerRole);
    };
    QCOMPARE(pointer(), u"/poolConfigOption/maxWait"_s);
    QCOMPARE(rig.page->form()->focusedPointer(), u"/poolConfigOption/maxWait"_s);
    rig.window->showPlace({PageId::Configuration, JsonPlace {u"/poolConfigOption/maxIdle"_s}});
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(pointer(), u"/poolConfigOption/maxObjects"_s);
}

void TestProblemsDock::explains()
{
    DockRig rig;
    QVERIFY(rig.opened);
    rig.setText(faulty);
    rig.dock->table()->selectRow(0);
    QVERIFY(!rig.dock->explanation()->isVisibleTo(rig.dock));
    rig.action("explain")->trigger();
    QVERIFY(rig.dock->explanation()->isVisibleTo(rig.dock));
    const Finding &first = rig.dock->model()->at(0);
    const QString text = rig.dock->explanation()->toPlainText();
    QVERIFY(text.contains(withShownTimes(first.message)));
    QVERIFY(text.contains(first.remedy));
    QVERIFY(text.contains(QString::fromUtf8(ruleById(first.ruleId)->example.good)));
    // What a finding quotes is text, not markup.
    Finding odd = first;
    odd.message = u"<b>x</b> & y"_s;
    QTextDocument shown;
    shown.setHtml(explanationOf(odd));
    QVERIFY(shown.toPlainText().contains(odd.message));
}

void TestProblemsDock::fixesAndUndoes()
{
    DockRig rig;
    QVERIFY(rig.opened);
    rig.setText(faulty);
    const QList<Finding> &all = rig.page->findings()->findings();
    const auto fixable = std::find_if(all.begin(), all.end(),
                                      [](const Finding &one) { return one.fix.has_value(); });
    QVERIFY(fixable != all.end());
    const QByteArray fixed = applied(faulty, fixable->fix->edits);
    rig.dock->table()->selectRow(int(fixable - all.begin()));
    rig.action("fix")->trigger();
    QCOMPARE(rig.page->document()->bytes(), fixed);
    rig.page->document()->undo();
    QCOMPARE(rig.page->document()->bytes(), QByteArray(faulty));
}

void TestProblemsDock::previewsAllFixes()
{
    DockRig rig;
    QVERIFY(rig.opened);
    rig.setText(faulty);
    const QByteArray fixed = withFixes(faulty, rig.page->findings()->options()).bytes;
    QVERIFY(fixed != faulty);
    rig.action("fixAll")->trigger();
    QDialog *preview = nullptr;
    QTRY_VERIFY((preview = rig.dock->findChild<QDialog *>(u"fixPreview"_s)));
    QCOMPARE(rig.page->document()->bytes(), QByteArray(faulty)); // Nothing before it is accepted.
    QTest::keyClick(preview, Qt::Key_Return);
    QCOMPARE(rig.page->document()->bytes(), fixed);
    rig.page->document()->undo(); // One step.
    QCOMPARE(rig.page->document()->bytes(), QByteArray(faulty));
}

void TestProblemsDock::copiesAndExports()
{
    DockRig rig;
    QVERIFY(rig.opened);
    rig.setText(faulty);
    rig.dock->table()->setFocus();
    rig.dock->table()->selectRow(0);
    rig.action("copyFindings")->trigger();
    QVERIFY(QApplication::clipboard()->text().contains(rig.dock->model()->at(0).message));

    const QString path = rig.folder.filePath(u"findings.json"_s);
    QVERIFY(rig.dock->exportTo(path, ReportFormat::Json));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray files = QJsonDocument::fromJson(file.readAll())[u"files"_s].toArray();
    QCOMPARE(files.size(), 1);
    QCOMPARE(files[0][u"findings"_s].toArray().size(), rig.dock->model()->rowCount());
    QVERIFY(!rig.dock->exportTo(rig.folder.filePath(u"no/such/folder.json"_s), ReportFormat::Text));
}

void TestProblemsDock::reportsThatNothingWasFound()
{
    DockRig rig;
    QVERIFY(rig.opened);
    rig.setText(faulty);
    auto *filter = rig.dock->findChild<QLineEdit *>();
    QTest::keyClicks(filter, u"no such words"_s);
    QCOMPARE(rig.dock->table()->model()->rowCount(), 0);
    const QList<QToolButton *> buttons = rig.dock->findChildren<QToolButton *>();
    const auto press = [&](const QString &text) {
        for (QToolButton *button : buttons) {
            if (button->text() == text && button->isVisibleTo(rig.dock))
                QTest::mouseClick(button, Qt::LeftButton);
        }
    };
    press(u"Show All"_s);
    QVERIFY(rig.dock->table()->model()->rowCount() > 0);
    rig.page->findings()->setDocument(nullptr);
    QCOMPARE(rig.dock->title(), u"Problems"_s);
    press(u"Show the Rules"_s);
    QVERIFY(rig.dock->explanation()->toPlainText().contains(
        QString::fromLatin1(allRules().front()->id)));
    rig.page->findings()->setDocument(rig.page->document());
}

void TestProblemsDock::asksThePortal()
{
    DockRig rig;
    QVERIFY(rig.opened);
    // More permits than the portal allows is something only the portal can tell.
    const auto set = rig.page->document()->setValue(
        u"/objectTypes/contact/properties/no_such_property"_s,
        QJsonObject {{u"type"_s, u"string"_s}, {u"nativeName"_s, u"no_such_property"_s}},
        u"Test"_s);
    QVERIFY(set);
    rig.page->findings()->check();
    const int offline = rig.dock->model()->rowCount();
    rig.action("checkPortal")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(rig.dock->model()->rowCount() > offline, 20'000);
    const QList<Finding> &all = rig.page->findings()->findings();
    QVERIFY(std::any_of(all.begin(), all.end(), [](const Finding &one) {
        return one.ruleId.startsWith("HK9"_L1) && one.pointer.contains("no_such_property"_L1);
    }));
    // What the portal said about a value goes with the value.
    rig.page->document()->undo();
    rig.page->findings()->check();
    QVERIFY(std::none_of(all.begin(), all.end(), [](const Finding &one) {
        return one.pointer.contains("no_such_property"_L1);
    }));
}

void TestProblemsDock::theEndingChoosesTheFormat_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ReportFormat>("format");
    QTest::newRow("sarif") << u"findings.sarif"_s << ReportFormat::Sarif;
    QTest::newRow("json") << u"/a/b.JSON"_s << ReportFormat::Json;
    QTest::newRow("junit") << u"findings.xml"_s << ReportFormat::JUnit;
    QTest::newRow("text") << u"findings.txt"_s << ReportFormat::Text;
    QTest::newRow("another") << u"findings.log"_s << ReportFormat::JUnit; // As was chosen.
    QTest::newRow("none") << u"findings"_s << ReportFormat::JUnit;
}

void TestProblemsDock::theEndingChoosesTheFormat()
{
    QFETCH(QString, name);
    QFETCH(ReportFormat, format);
    QCOMPARE(formatOfName(name, ReportFormat::JUnit), format);
}

void TestProblemsDock::equalSentencesNameTheirEntry()
{
    FindingsModel model;
    Finding one = finding(Severity::Info, "HK103", "This attribute is old.", 3);
    one.pointer = u"/objectTypes/contact/properties/a~1b/flags"_s;
    model.setFindings({one});
    QCOMPARE(model.index(0, FindingsModel::EntryColumn).data().toString(),
             u"contact › a/b › flags"_s);
}

HUBKEEPER_WINDOW_TEST(TestProblemsDock)
#include "tst_problemsdock.moc"
