// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "configuration/configurationpage.h"
#include "configuration/findings/documentfindings.h"
#include "problems/findingsmodel.h"
#include "problems/problemsdock.h"
#include "provisioner/report/baseline.h"
#include "testkit/provisionerfile.h"
#include "testkit/windowtest.h"
#include "windowrig.h"

#include <QDir>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What a project file does in the Problems dock, and what the dock counts.
class TestProjectLine final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void saysWhichFileApplied();
    void saysWhatTheBaselineHides();
    void canBeIgnored();
    void saysWhyItCannotBeUsed();
    void countsErrorsAndWarnings();

private:
    void writeProject(const QByteArray &text);
    [[nodiscard]] QByteArray exported();
    [[nodiscard]] const QLabel *line() const
    {
        return m_dock->findChild<QLabel *>(u"projectText"_s);
    }

    std::unique_ptr<WindowRig> m_rig;
    ProblemsDock *m_dock = nullptr;
};

void TestProjectLine::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(QDir(m_rig->folder.path()).mkpath(u".git"_s)); // Nothing above it counts.
    QVERIFY(m_rig->openPractice());
    m_dock = m_rig->page<ProblemsDock>(PageId::Problems);
    m_rig->window->showPlace({PageId::Problems, {}});
}

void TestProjectLine::writeProject(const QByteArray &text)
{
    QVERIFY(saveFile(m_rig->folder.filePath(u".hubkeeper.json"_s), text, FileMode::KeepOrDefault));
    m_dock->reload();
}

QByteArray TestProjectLine::exported()
{
    const QString report = m_rig->folder.filePath(u"findings.txt"_s);
    if (!m_dock->exportTo(report, ReportFormat::Text))
        return {};
    return readFile(report, 1 << 20).value_or(QByteArray());
}

void TestProjectLine::saysWhichFileApplied()
{
    QVERIFY2(!line()->isVisible(), "there is none");
    QVERIFY(!exported().contains(".hubkeeper.json"));

    writeProject(R"({"ignore": ["HK803"]})");

    QVERIFY(line()->isVisible());
    QVERIFY2(line()->text().contains(".hubkeeper.json says"_L1), qPrintable(line()->text()));
    QVERIFY(line()->toolTip().contains("HK803"_L1));
    QCOMPARE(m_dock->title(), u"Problems"_s);
    QVERIFY(exported().contains(".hubkeeper.json says."));
}

void TestProjectLine::saysWhatTheBaselineHides()
{
    writeProject(R"({"baseline": "known.json"})");
    QVERIFY2(line()->text().contains("known.json"_L1), qPrintable(line()->text()));
    QVERIFY(line()->text().contains("Nothing is hidden"_L1));
    QVERIFY(m_dock->model()->rowCount() > 0);

    auto *page = m_rig->page<ConfigurationPage>(PageId::Configuration);
    Baseline baseline;
    baseline.add(QFileInfo(page->document()->path()).fileName(), page->findings()->findings());
    QFile known(QFileInfo(page->document()->path()).dir().filePath(u"known.json"_s));
    QVERIFY(known.open(QIODevice::WriteOnly));
    known.write(baseline.toJson());
    known.close();
    page->findings()->project().lookAgain();

    QVERIFY2(line()->text().contains("known before"_L1), qPrintable(line()->text()));
    QCOMPARE(m_dock->model()->rowCount(), 0);
    QVERIFY(exported().contains("known before"));
}

void TestProjectLine::canBeIgnored()
{
    writeProject(R"({"ignore": ["HK803"]})");
    const int most = m_dock->model()->rowCount();

    QTest::mouseClick(m_dock->findChild<QToolButton *>(u"useProject"_s), Qt::LeftButton);

    QVERIFY2(line()->text().contains("Checked without"_L1), qPrintable(line()->text()));
    QCOMPARE(m_dock->model()->rowCount(), most + 1);
    QVERIFY(!exported().contains(".hubkeeper.json"));

    QTest::mouseClick(m_dock->findChild<QToolButton *>(u"useProject"_s), Qt::LeftButton);
    QCOMPARE(m_dock->model()->rowCount(), most);
}

void TestProjectLine::saysWhyItCannotBeUsed()
{
    writeProject(R"({"ignroe": ["HK803"]})");

    QVERIFY(line()->isVisible());
    QVERIFY2(line()->text().contains("ignroe"_L1), qPrintable(line()->text()));
    QVERIFY(exported().contains("HK803"));
}

/// Information, HubSpot's dates among it, is listed and not counted.
void TestProjectLine::countsErrorsAndWarnings()
{
    auto *page = m_rig->page<ConfigurationPage>(PageId::Configuration);
    QVERIFY(page->document()->setValue(u"/enabled"_s, u"perhaps"_s, u"Test"_s));
    page->findings()->check();
    QVERIFY2(m_dock->title().startsWith(u"Problems ("_s), qPrintable(m_dock->title()));
    QVERIFY(!m_dock->isEmpty());

    page->document()->setBytes(faultlessProvisioner(), u"Test"_s);
    page->findings()->check();

    QVERIFY(m_dock->model()->rowCount() > 0);
    QVERIFY(m_dock->isEmpty());
    QCOMPARE(m_dock->title(), u"Problems"_s);
}

HUBKEEPER_WINDOW_TEST(TestProjectLine)
#include "tst_projectline.moc"
