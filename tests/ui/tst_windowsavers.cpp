// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "configuration/configurationpage.h"
#include "configuration/file/newprovisionerdialog.h"
#include "journal/journalpage.h"
#include "problems/problemsdock.h"
#include "provisioner/document/document.h"
#include "requests/requestsdock.h"
#include "schema/schemapage.h"
#include "scripts/scriptdraft.h"
#include "testkit/failingdisk.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// What the window saves. Add a row to `savers` for every new one. `save` gives the failure that
/// was passed up, or shown.
struct Saver
{
    const char *name;
    Result<void> (*save)(WindowRig &rig, const QString &folder);
};

/// What the first visible message of a widget shows, as a failure; nothing: it is not a failure.
Result<void> shownBy(const QWidget &widget)
{
    const auto bars = widget.findChildren<MessageBar *>();
    for (MessageBar *bar : bars) {
        if (bar->isHidden() || bar->kind() != MessageBar::Failure)
            continue;
        QStringList texts;
        const auto labels = bar->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            texts.append(label->text());
        bar->dismiss();
        return fail(ErrorKind::NotSaved, texts.join(u'\n'));
    }
    return {};
}

Document &document(WindowRig &rig)
{
    return *rig.page<ConfigurationPage>(PageId::Configuration)->document();
}

void edit(WindowRig &rig)
{
    static int number = 0;
    const auto set = document(rig).setValue(u"/description"_s, QString::number(++number), {});
    QVERIFY(set);
}

Result<void> save(WindowRig &rig, const QString &)
{
    edit(rig);
    QTest::keyClick(rig.window.get(), Qt::Key_S, Qt::ControlModifier);
    if (!document(rig).isModified())
        return {};
    return shownBy(*rig.window->page(PageId::Configuration));
}

Result<void> saveAs(WindowRig &rig, const QString &folder)
{
    const QString before = document(rig).path();
    rig.page<ConfigurationPage>(PageId::Configuration)->saveAs(folder + u"/as.json"_s);
    if (document(rig).path() != before)
        return {};
    return shownBy(*rig.window->page(PageId::Configuration));
}

Result<void> makeNew(WindowRig &rig, const QString &folder)
{
    NewProvisionerDialog dialog(document(rig).bytes(), folder, nullptr);
    dialog.show();
    dialog.findChild<QLineEdit *>(u"name"_s)->setText(u"another"_s);
    dialog.accept();
    if (!dialog.path().isEmpty())
        return {};
    return shownBy(dialog);
}

Result<void> exportFindings(WindowRig &rig, const QString &folder)
{
    return rig.page<ProblemsDock>(PageId::Problems)->exportTo(folder + u"/f"_s, ReportFormat::Json);
}

Result<void> exportRequests(WindowRig &rig, const QString &folder)
{
    return rig.page<RequestsDock>(PageId::Requests)->exportTo(folder + u"/r.har"_s);
}

Result<void> exportSchema(WindowRig &rig, const QString &folder)
{
    return rig.page<SchemaPage>(PageId::Schema)->exportTo(folder + u"/s.md"_s);
}

Result<void> exportRun(WindowRig &rig, const QString &folder)
{
    auto *page = rig.page<JournalPage>(PageId::Journal);
    const auto *button = page->findChild<QPushButton *>(u"exportRun"_s);
    if (!QTest::qWaitFor([button] { return button->isEnabled(); }))
        return fail(ErrorKind::TimedOut, u"The run is not read."_s);
    const auto outcome = outcomeOf(page->exportTo(folder + u"/run.json"_s, rig.window.get()));
    return outcome.value_or(fail(ErrorKind::TimedOut, u"The export has no end."_s));
}

Result<void> saveScript(WindowRig &, const QString &folder)
{
    ScriptDraft draft(folder + u"/scratch.js"_s);
    const QString before = draft.text();
    draft.setText(before + u"// more\n"_s);
    const auto saved = draft.save();
    if (!saved)
        draft.setText(before); // What is saved at the end is what is there.
    return saved;
}

const Saver savers[] = {
    {"Save", save},
    {"Save As", saveAs},
    {"New Provisioner", makeNew},
    {"Export Findings", exportFindings},
    {"Export Requests", exportRequests},
    {"Export Schema", exportSchema},
    {"Export Run", exportRun},
    {"script", saveScript},
};

QMap<QString, QByteArray> filesIn(const QString &folder)
{
    QMap<QString, QByteArray> files;
    const auto all = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &info : all)
        files.insert(info.fileName(), readFile(info.filePath(), 1 << 20).value_or("unreadable"));
    return files;
}

} // namespace

/// What the window saves, on a disk that fails at each step: the files are as they were, and the
/// failure is seen.
class TestWindowSavers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void faults_data();
    void faults();
    void cleanupTestCase() { m_rig.reset(); }

private:
    std::unique_ptr<WindowRig> m_rig;
    QString m_folder; ///< Where the provisioner is and everything is saved to.
};

void TestWindowSavers::initTestCase()
{
    QVERIFY2(failingDisk(), "the preloaded library is missing");
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_folder = m_rig->folder.filePath(u"saved"_s);
    QVERIFY(QDir().mkpath(m_folder));
    for (const QString &name :
         {u"as.json"_s, u"f"_s, u"r.har"_s, u"s.md"_s, u"run.json"_s, u"scratch.js"_s})
        QVERIFY(saveFile(m_folder + u'/' + name, "old", FileMode::KeepOrPrivate));
    RunStart start;
    start.connection = u"Practice portal"_s;
    start.portalId = 1;
    const auto run = m_rig->session().journal().beginRun(start);
    QVERIFY(run && m_rig->session().journal().endRun(*run));
    m_rig->window->showPlace({PageId::Journal, {}});
    m_rig->window->showPlace({PageId::Configuration, {}});
    m_rig->page<ConfigurationPage>(PageId::Configuration)
        ->saveAs(m_folder + u"/provisioner.openicf-a.json"_s);
    QTRY_COMPARE(m_rig->window->keeper().connection()->provisionerPath,
                 m_folder + u"/provisioner.openicf-a.json"_s);
    QTRY_VERIFY(m_rig->window->keeper().session());
    m_rig->window->showPlace({PageId::Journal, {}});
    auto *journal = m_rig->page<JournalPage>(PageId::Journal);
    journal->findChild<QCheckBox *>()->setChecked(true);
    QTRY_VERIFY(journal->runs()->currentIndex().isValid());
    m_rig->window->showPlace({PageId::Configuration, {}});
}

void TestWindowSavers::faults_data()
{
    QTest::addColumn<int>("saver");
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<int>("error");
    for (int i = 0; i < int(std::size(savers)); ++i) {
        forEachDiskFault([i](const QByteArray &call, int error, const QByteArray &name) {
            QTest::addRow("%s: %s", savers[i].name, name.constData()) << i << call << error;
        });
    }
}

void TestWindowSavers::faults()
{
    QFETCH(const int, saver);
    QFETCH(const QByteArray, call);
    QFETCH(const int, error);
    const auto before = filesIn(m_folder);
    {
        const DiskFault fault(call, m_folder, error);
        const auto saved = savers[saver].save(*m_rig, m_folder);
        QVERIFY(!saved);
        QVERIFY2(saved.error().what.contains(qt_error_string(error)),
                 qPrintable(saved.error().what));
    }
    QCOMPARE(filesIn(m_folder), before);
}

HUBKEEPER_WINDOW_TEST(TestWindowSavers)
#include "tst_windowsavers.moc"
