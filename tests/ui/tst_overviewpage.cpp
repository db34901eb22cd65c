// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "configuration/configurationpage.h"
#include "configuration/findings/documentfindings.h"
#include "overview/historystrip.h"
#include "overview/overviewpage.h"
#include "problems/findingsmodel.h"
#include "problems/problemsdock.h"
#include "session/connections/testhistory.h"
#include "testkit/windowtest.h"
#include "widgets/factcard.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// A dated rule of the user's that holds for every provisioner.
QByteArray ownRules(QDate date)
{
    return R"({"format": 1, "rules": [{"id": "OWN001", "severity": "info",
        "title": "A rule of ours", "text": "The contract is old.",
        "effect": "It stops.", "remedy": "Renew it.", "date": ")"
        + date.toString(Qt::ISODate).toLatin1()
        + R"(", "source": "ours", "when": {"always": true}}]})";
}

} // namespace

/// What the Overview page remembers and warns of, and the user's own dates.
class TestOverviewPage final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnUnexpectedWarnings();
        m_rig = std::make_unique<WindowRig>();
    }
    void cleanup() { m_rig.reset(); }
    void testsLeaveMarks();
    void aTestLeavesThePageWhereItIs();
    void aFailedTestIsTold();
    void marksAreBackAfterARestart();
    void reportsWhatEnds_data();
    void reportsWhatEnds();
    void ownDatesStandInProblems();
    void wrongOwnDatesAreReported();

private:
    [[nodiscard]] OverviewPage *page() { return m_rig->page<OverviewPage>(PageId::Overview); }
    [[nodiscard]] HistoryStrip *strip() { return page()->findChild<HistoryStrip *>(); }
    [[nodiscard]] QString rulesPath() const { return m_rig->paths.config + u"/dated-rules.json"_s; }
    /// Puts the user's rules there and starts the program again.
    void restartWith(const QByteArray &rules)
    {
        QVERIFY(QDir().mkpath(m_rig->paths.config));
        QVERIFY(saveFile(rulesPath(), rules, FileMode::KeepOrPrivate));
        m_rig->makeWindow();
        QVERIFY(m_rig->openPractice());
    }
    /// What is written on the card with this heading, or nothing if it is not shown.
    [[nodiscard]] QString cardWith(const QString &sentence)
    {
        for (const auto *card : page()->findChildren<FactCard *>()) {
            QStringList words;
            for (const auto *label : card->findChildren<QLabel *>())
                words.append(label->text());
            const QString all = words.join(u'\n');
            if (card->isVisible() && all.contains(sentence))
                return all;
        }
        return {};
    }

    std::unique_ptr<WindowRig> m_rig;
};

void TestOverviewPage::testsLeaveMarks()
{
    QVERIFY(m_rig->openPractice());
    QVERIFY(!strip()->isVisible());
    for (int turn = 1; turn <= 2; ++turn) {
        const QSignalSpy tested(page(), &OverviewPage::tested);
        QPushButton *test = nullptr;
        for (auto *button : page()->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text().contains("Test"_L1))
                test = button;
        }
        QVERIFY(test && test->isEnabled());
        QTest::mouseClick(test, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(tested.size(), 1, 10'000);
        QVERIFY(tested.first().first().toBool());
        QVERIFY(strip()->isVisible());
        QCOMPARE(strip()->findChildren<QLabel *>().size(), turn + 1); // Marks, and the sentence.
    }
    QVERIFY(strip()->accessibleName().contains(u'2'));
    QVERIFY(!strip()->accessibleName().contains("failed"_L1));
}

/// On a small screen, where not all of it fits.
void TestOverviewPage::aTestLeavesThePageWhereItIs()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->resize(1024, 700);
    m_rig->window->showPlace({PageId::Overview, {}});
    auto *test = page()->findChild<QPushButton *>(u"testButton"_s);
    test->setFocus();
    QSignalSpy tested(page(), &OverviewPage::tested);
    QTest::keyClick(test, Qt::Key_Space);
    QTRY_COMPARE(tested.count(), 1);

    QTRY_VERIFY(test->hasFocus());
    for (const QScrollArea *area : m_rig->window->findChildren<QScrollArea *>()) {
        if (area->isVisible())
            QCOMPARE(area->verticalScrollBar()->value(), 0);
    }
}

void TestOverviewPage::aFailedTestIsTold()
{
    QVERIFY(m_rig->openPractice());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const PastTest failed {now, TestStep::Failed, u"HubSpot refused the credentials."_s};
    strip()->setTests({{now.addDays(-1), TestStep::Passed, {}}, failed});
    QVERIFY(strip()->isVisible());
    QVERIFY(strip()->accessibleName().contains("1 failed"_L1));
    const auto marks = strip()->findChildren<QLabel *>();
    QVERIFY(std::any_of(marks.begin(), marks.end(), [&](const QLabel *mark) {
        return mark->toolTip().endsWith(failed.sentence) && !mark->accessibleName().isEmpty();
    }));
    strip()->setTests({});
    QVERIFY(!strip()->isVisible());
}

void TestOverviewPage::marksAreBackAfterARestart()
{
    QVERIFY(m_rig->openPractice());
    const QSignalSpy tested(page(), &OverviewPage::tested);
    page()->startTest();
    QTRY_COMPARE_WITH_TIMEOUT(tested.size(), 1, 10'000);
    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    QVERIFY(strip()->isVisible());
    QVERIFY(strip()->accessibleName().contains(u'1'));
}

void TestOverviewPage::reportsWhatEnds_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<QString>("when");
    QTest::newRow("soon") << 12 << u"in 12 day"_s;
    QTest::newRow("over") << -3 << u"3 day(s) ago"_s;
}

void TestOverviewPage::reportsWhatEnds()
{
    QFETCH(int, days);
    QFETCH(QString, when);
    restartWith(ownRules(QDate::currentDate().addDays(days)));
    const QString card = cardWith(u"The contract is old."_s);
    QVERIFY2(card.contains(when), qPrintable(card));
    QVERIFY(card.contains("It stops."_L1) && card.contains("Renew it."_L1));
    restartWith(R"({"format": 1, "rules": []})");
    QCOMPARE(cardWith(u"The contract is old."_s), QString());
}

void TestOverviewPage::ownDatesStandInProblems()
{
    restartWith(ownRules(QDate::currentDate().addDays(-1)));
    auto *configuration = m_rig->page<ConfigurationPage>(PageId::Configuration);
    auto *dock = m_rig->page<ProblemsDock>(PageId::Problems);
    m_rig->window->showPlace({PageId::Problems, {}});
    configuration->findings()->check();
    const auto rowOf = [&] {
        for (int row = 0; row < dock->table()->model()->rowCount(); ++row) {
            if (dock->table()->model()->index(row, FindingsModel::RuleColumn).data() == u"OWN001"_s)
                return row;
        }
        return -1;
    };
    QVERIFY(rowOf() >= 0);
    QCOMPARE(dock->table()->model()->index(rowOf(), 0).data(FindingsModel::SeverityRole).toInt(),
             int(Severity::Info)); // As on every day.
    restartWith(ownRules(QDate::currentDate().addDays(1)));
    configuration = m_rig->page<ConfigurationPage>(PageId::Configuration);
    dock = m_rig->page<ProblemsDock>(PageId::Problems);
    m_rig->window->showPlace({PageId::Problems, {}});
    configuration->findings()->check();
    QVERIFY(rowOf() >= 0);
    QCOMPARE(dock->table()->model()->index(rowOf(), 0).data(FindingsModel::SeverityRole).toInt(),
             int(Severity::Info));
}

void TestOverviewPage::wrongOwnDatesAreReported()
{
    restartWith(R"({"format": 1, "rules": [{"id": "OWN001"}]})");
    m_rig->window->showPlace({PageId::Configuration, {}});
    auto *configuration = m_rig->page<ConfigurationPage>(PageId::Configuration);
    const auto bars = configuration->findChildren<MessageBar *>();
    QVERIFY(std::any_of(bars.begin(), bars.end(), [](const MessageBar *bar) {
        return bar->isVisible() && bar->kind() == MessageBar::Failure;
    }));
    configuration->findings()->check(); // The program's own rules hold.
    QVERIFY(!configuration->findings()->findings().isEmpty());
}

HUBKEEPER_WINDOW_TEST(TestOverviewPage)
#include "tst_overviewpage.moc"
