// SPDX-License-Identifier: MIT
#include "changes/applyactions.h"
#include "changes/changesdock.h"
#include "journal/journal.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "windowrig.h"

#include <QDir>
#include <QProcess>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Two windows and ten command lines on one connection: staged edits, settings and applications at
/// once, of which nothing is lost and nothing is done twice.
class TestSharedWork final : public QObject
{
    Q_OBJECT

private slots:
    void twoWindowsAndTenCommandLines();

private:
    static constexpr qint64 firstContact = 150'000'000'001;

    [[nodiscard]] static QString id(int contact) { return QString::number(firstContact + contact); }
    void stage(Session &session, int from, int to, const QString &text);
    [[nodiscard]] std::unique_ptr<QProcess> commandLine(const QStringList &arguments);
    [[nodiscard]] QHash<QString, QString> portalTexts(const QString &property);
    void checkJournal(int runs);

    std::unique_ptr<WindowRig> m_rig;
    QProcessEnvironment m_environment;
};

/// Edits of the contacts `from` to `to` - 1.
void TestSharedWork::stage(Session &session, int from, int to, const QString &text)
{
    const QHash<QString, QString> present = portalTexts(u"jobtitle"_s);
    std::vector<RowChange> rows;
    for (int contact = from; contact < to; ++contact) {
        RowChange &row = rows.emplace_back();
        row.id = id(contact);
        row.label = row.id;
        row.cells.insert(u"jobtitle"_s, {present.value(row.id), text});
    }
    QVERIFY(outcomeOf(session.changes().addRows(std::move(rows), Adding::Merge, u"edit"_s, this)));
}

std::unique_ptr<QProcess> TestSharedWork::commandLine(const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->start(QStringLiteral(HUBKEEPER_CLI), arguments);
    return process;
}

QHash<QString, QString> TestSharedWork::portalTexts(const QString &property)
{
    QHash<QString, QString> texts;
    ListOptions options;
    options.properties = {property};
    do {
        const auto page = outcomeOf(
            m_rig->session().portal().list(ObjectType::Contacts, options, m_rig->window.get()));
        if (!page || !*page)
            return {};
        for (const Record &record : (*page)->records)
            texts.insert(record.id, record.text(property));
        options.after = (*page)->after;
    } while (!options.after.isEmpty());
    return texts;
}

void TestSharedWork::checkJournal(int runs)
{
    const auto journal = Journal::open(journalPath(m_rig->paths), m_rig->clock, Secret());
    QVERIFY2(journal.has_value(), journal ? "" : qPrintable(journal.error().sentence()));
    QVERIFY((*journal)->verify()->state != JournalState::Altered);
    const auto listed = (*journal)->runs();
    QVERIFY(listed.has_value());
    QCOMPARE(listed->size(), runs);
    QHash<QString, int> applied;
    for (const JournalRun &run : *listed) {
        QVERIFY2(run.hasEnded(), qPrintable(run.id));
        const auto rows = (*journal)->rows(run.id);
        for (const JournalRow &row : *rows) {
            QVERIFY2(row.isApplied(), qPrintable(row.subject + row.outcome + row.message));
            ++applied[row.subject];
        }
    }
    QCOMPARE(applied.size(), 186);
    for (const int times : std::as_const(applied))
        QCOMPARE(times, 1);
}

void TestSharedWork::twoWindowsAndTenCommandLines()
{
    failOnUnexpectedWarnings();
    practice::PracticeOptions options = smallWindowPortal();
    options.contacts = 220;
    m_rig = std::make_unique<WindowRig>(options);
    QVERIFY(m_rig->openPractice());
    // The command line finds the same folders under the names it expects.
    m_environment = QProcessEnvironment::systemEnvironment();
    m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent/bus"_s);
    const std::pair<QString, QString> folders[] = {{u"XDG_CONFIG_HOME"_s, m_rig->paths.config},
                                                   {u"XDG_DATA_HOME"_s, m_rig->paths.data},
                                                   {u"XDG_STATE_HOME"_s, m_rig->paths.state},
                                                   {u"XDG_CACHE_HOME"_s, m_rig->paths.cache}};
    for (const auto &[name, path] : folders) {
        const QString xdg = m_rig->folder.filePath(name);
        QVERIFY(QDir().mkpath(xdg) && QDir().mkpath(path));
        QVERIFY(QFile::link(path, xdg + u"/hubkeeper"_s));
        m_environment.insert(name, xdg);
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_rig->session().changes().isSaved(), 10'000);
    const QString file = m_rig->window->keeper().connection()->provisionerPath;
    const QString connection = m_rig->window->keeper().connection()->id;
    auto secondRegistry = *ConnectionRegistry::load(m_rig->paths);
    MainWindow second({secondRegistry,
                       {m_rig->clock, m_rig->vault, m_rig->paths, m_rig->budgets},
                       &m_rig->vault});
    addParts(second);
    second.keeper().open(*secondRegistry.byId(connection));
    QTRY_VERIFY(second.keeper().session());
    const auto other = second.keeper().session();
    stage(m_rig->session(), 0, 150, u"First window"_s);
    stage(*other, 150, 180, u"Second window"_s);

    std::vector<std::unique_ptr<QProcess>> processes;
    for (int writer = 0; writer < 6; ++writer)
        processes.push_back(commandLine({u"update"_s, file, u"contact"_s, id(180 + writer),
                                         u"--set"_s, u"jobtitle=Command line"_s, u"--yes"_s}));
    for (int setter = 0; setter < 4; ++setter)
        processes.push_back(
            commandLine({u"connections"_s, u"set"_s, file, u"--protect"_s, u"p%1"_s.arg(setter)}));
    auto *dock = m_rig->page<ChangesDock>(PageId::Changes);
    auto *otherDock = qobject_cast<ChangesDock *>(second.page(PageId::Changes));
    QSignalSpy ended(dock, &ChangesDock::runEnded);
    QSignalSpy otherEnded(otherDock, &ChangesDock::runEnded);
    dock->applying()->apply(0);
    otherDock->applying()->apply(0);
    stage(m_rig->session(), 190, 210, u"Not yet"_s); // While both runs are under way.
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(otherEnded.count(), 1, 60'000);
    for (const auto &process : processes) {
        QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 60'000);
        QVERIFY2(process->exitCode() == 0, process->readAllStandardError());
    }

    const QHash<QString, QString> texts = portalTexts(u"jobtitle"_s);
    for (int contact = 0; contact < 186; ++contact) {
        QCOMPARE(texts.value(id(contact)),
                 contact < 150       ? u"First window"_s
                     : contact < 180 ? u"Second window"_s
                                     : u"Command line"_s);
    }
    for (int contact = 190; contact < 210; ++contact)
        QVERIFY(texts.value(id(contact)) != u"Not yet"_s);
    QCOMPARE(
        ConnectionRegistry::load(m_rig->paths)->byId(connection)->policy.protectedProperties.size(),
        4);
    checkJournal(2 + 6);

    // What was staged meanwhile is there after a restart.
    QTRY_VERIFY_WITH_TIMEOUT(m_rig->session().changes().isSaved(), 10'000);
    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->session().changes().waiting(), 20, 10'000);
}

HUBKEEPER_WINDOW_TEST(TestSharedWork)
#include "tst_sharedwork.moc"
