// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "connect/connectiondialog.h"
#include "connect/writemodedialog.h"
#include "session/writing/applychanges.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "window/connectionswitcher.h"
#include "window/recentfiles.h"
#include "windowrig.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Windows and command lines that share one list of connections.
class TestSharedConnections final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void openingAFileKeepsWhatOthersWrote();
    void anotherModeHoldsAtOnce();
    void anotherAddressOpensAgain();
    void forgottenElsewhereIsReadOnly();
    void settingsDialogShowsAndKeepsBoth();
    void settingsDialogSaysWhatBothChanged();
    void writeModeDialogFollows();
    void allowingMoreAsksForTheLabel();
    void aPracticePortalTakesOverNoOther();
    void tenWritersAndTwoWindowsLoseNothing();
    void recentFilesOfTwoWindows();
    void whatWindowsRememberIsPrivate();

private:
    /// What another program does; it has read the list just now.
    void elsewhere(const ConnectionEdit &edit);
    [[nodiscard]] CurrentSession &keeper() { return m_rig->window->keeper(); }
    [[nodiscard]] Connection kept() const
    {
        return *ConnectionRegistry::load(m_rig->paths)->byId(m_id);
    }
    template <typename Dialog>
    [[nodiscard]] Dialog *openDialog(const QString &action)
    {
        m_rig->window->findChild<QAction *>(action)->trigger();
        return m_rig->window->findChild<Dialog *>();
    }
    QString writeFile(const QString &name);

    std::unique_ptr<WindowRig> m_rig;
    QString m_id;
};

namespace {

QPushButton *okOf(const QDialog *dialog)
{
    return dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
}

} // namespace

void TestSharedConnections::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_id = keeper().connection()->id;
}

void TestSharedConnections::elsewhere(const ConnectionEdit &edit)
{
    auto registry = ConnectionRegistry::load(m_rig->paths);
    QVERIFY(registry);
    QVERIFY(registry->edit(*registry->byId(m_id), edit));
}

QString TestSharedConnections::writeFile(const QString &name)
{
    const QString path = m_rig->folder.filePath(name);
    const QByteArray text = R"({"connectorRef": {}, "configurationProperties": {}})";
    if (!saveFile(path, text, FileMode::KeepOrPrivate))
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

/// Another file opened must not write an old list over what a command line has set.
void TestSharedConnections::openingAFileKeepsWhatOthersWrote()
{
    const QString made = writeFile(u"made-elsewhere.json"_s);
    const QString opened = writeFile(u"opened-here.json"_s);
    auto other = ConnectionRegistry::load(m_rig->paths);
    Connection practice;
    practice.id = u"elsewhere"_s;
    practice.provisionerPath = made;
    practice.kind = ConnectionKind::Practice;
    practice.baseUrl = QUrl(u"http://127.0.0.1:9"_s);
    QVERIFY(other->keep(practice));
    elsewhere([](Connection &connection) -> Result<void> {
        connection.policy.protectedProperties = {u"email"_s};
        connection.policy.mostRows = 5;
        connection.label = u"ACME EU"_s;
        return {};
    });

    m_rig->window->openFile(opened);

    QCOMPARE(keeper().connection()->provisionerPath, opened);
    QCOMPARE(kept().label, u"ACME EU"_s);
    QCOMPARE(kept().policy.mostRows, 5);
    QCOMPARE(kept().policy.protectedProperties, QStringList {u"email"_s});
    QCOMPARE(ConnectionRegistry::load(m_rig->paths)->connections().size(),
             2); // To look makes none.
    QVERIFY(keeper().keep());
    QCOMPARE(kept().label, u"ACME EU"_s);
    QCOMPARE(ConnectionRegistry::load(m_rig->paths)->connections().size(), 3);
    // And what was made elsewhere is opened as it was meant, not as HubSpot's own.
    m_rig->window->openFile(made);
    QCOMPARE(keeper().connection()->id, u"elsewhere"_s);
    QCOMPARE(keeper().connection()->baseUrl, practice.baseUrl);
}

void TestSharedConnections::anotherModeHoldsAtOnce()
{
    QCOMPARE(keeper().connection()->policy.mode, WriteMode::Free);
    const auto session = keeper().session();
    elsewhere([](Connection &connection) -> Result<void> {
        connection.policy.mode = WriteMode::ReadOnly;
        connection.colour = u"#ff0000"_s;
        return {};
    });

    // Before the window has noticed.
    RunOptions options;
    options.reviewed = true;
    const auto applied = outcomeOf(applyChanges(m_rig->session(), options, this));
    QVERIFY(applied && !*applied);
    QVERIFY2(applied->error().what.contains(u"read-only"_s), qPrintable(applied->error().what));

    const auto *switcher = m_rig->window->findChild<ConnectionSwitcher *>();
    QTRY_VERIFY2(switcher->text().contains(u"read-only"_s), qPrintable(switcher->text()));
    QVERIFY(m_rig->window->windowTitle().contains(u"read-only"_s));
    QCOMPARE(keeper().connection()->colour, u"#ff0000"_s);
    QCOMPARE(keeper().session(), session); // What it shows and stages goes on.
    QCOMPARE(session->connection().policy.mode, WriteMode::ReadOnly);
}

void TestSharedConnections::anotherAddressOpensAgain()
{
    const auto session = keeper().session();
    elsewhere([](Connection &connection) -> Result<void> {
        connection.apiVersion = ApiVersion::V3;
        return {};
    });
    QTRY_VERIFY(keeper().session() && keeper().session() != session);
    QCOMPARE(keeper().session()->connection().apiVersion, ApiVersion::V3);
}

void TestSharedConnections::forgottenElsewhereIsReadOnly()
{
    auto other = ConnectionRegistry::load(m_rig->paths);
    QVERIFY(other->remove(m_id));
    QTRY_COMPARE(keeper().connection()->policy.mode, WriteMode::ReadOnly);
    QVERIFY(!keeper().connection()->inBook);
    const auto bars = m_rig->window->findChildren<MessageBar *>();
    QVERIFY(std::any_of(bars.begin(), bars.end(), [](const MessageBar *bar) {
        return bar->isVisible() && bar->text().contains(u"list of connections"_s);
    }));
    QVERIFY(!m_rig->window->findChild<QAction *>(u"forgetConnection"_s)->isEnabled());
}

void TestSharedConnections::settingsDialogShowsAndKeepsBoth()
{
    auto *dialog = openDialog<ConnectionDialog>(u"connection"_s);
    QVERIFY(dialog);
    dialog->findChild<QSpinBox *>(u"mostRows"_s)->setValue(17);
    elsewhere([](Connection &connection) -> Result<void> {
        connection.policy.protectedProperties = {u"email"_s, u"phone"_s};
        connection.policy.mode = WriteMode::ReviewRequired;
        return {};
    });
    auto *names = dialog->findChild<QLineEdit *>(u"protected"_s);
    QTRY_COMPARE(names->text(), u"email, phone"_s);
    QCOMPARE(dialog->findChild<QSpinBox *>(u"mostRows"_s)->value(), 17);
    QVERIFY(!dialog->findChild<MessageBar *>()->isVisible());

    QTest::mouseClick(okOf(dialog), Qt::LeftButton);

    QCOMPARE(kept().policy.mostRows, 17);
    QCOMPARE(kept().policy.protectedProperties, (QStringList {u"email"_s, u"phone"_s}));
    QCOMPARE(kept().policy.mode, WriteMode::ReviewRequired);
    QCOMPARE(m_rig->session().connection().policy.mostRows, 17);
}

void TestSharedConnections::settingsDialogSaysWhatBothChanged()
{
    auto *dialog = openDialog<ConnectionDialog>(u"connection"_s);
    auto *label = dialog->findChild<QLineEdit *>(u"label"_s);
    label->setText(u"Mine"_s);
    elsewhere([](Connection &connection) -> Result<void> {
        connection.label = u"Theirs"_s;
        return {};
    });
    // OK before the window has noticed: nothing is written.
    QTest::mouseClick(okOf(dialog), Qt::LeftButton);
    QVERIFY(dialog->isVisible());
    QCOMPARE(kept().label, u"Theirs"_s);
    const auto *message = dialog->findChild<MessageBar *>();
    QVERIFY(message->isVisible());
    QVERIFY2(message->text().contains(u"label"_s), qPrintable(message->text()));
    QCOMPARE(label->text(), u"Mine"_s);

    QTest::mouseClick(okOf(dialog), Qt::LeftButton);
    QVERIFY(!dialog->isVisible());
    QCOMPARE(kept().label, u"Mine"_s);
}

void TestSharedConnections::writeModeDialogFollows()
{
    auto *dialog = openDialog<WriteModeDialog>(u"write-mode"_s);
    QVERIFY(dialog);
    elsewhere([](Connection &connection) -> Result<void> {
        connection.policy.mode = WriteMode::Confirm;
        return {};
    });
    QTRY_COMPARE(dialog->mode(), WriteMode::Confirm);
    dialog->findChild<QRadioButton *>(nameOf(WriteMode::Free))->setChecked(true);
    elsewhere([](Connection &connection) -> Result<void> {
        connection.policy.mode = WriteMode::ReadOnly;
        return {};
    });
    QTest::mouseClick(okOf(dialog), Qt::LeftButton);
    QVERIFY(dialog->isVisible());
    QCOMPARE(kept().policy.mode, WriteMode::ReadOnly);
    QVERIFY(dialog->findChild<MessageBar *>()->isVisible());
    dialog->reject();
}

void TestSharedConnections::allowingMoreAsksForTheLabel()
{
    elsewhere([](Connection &connection) -> Result<void> {
        setKind(connection, ConnectionKind::Production);
        connection.policy.protectedProperties = {u"email"_s};
        return {};
    });
    QTRY_COMPARE(keeper().connection()->kind, ConnectionKind::Production);
    auto *dialog = openDialog<ConnectionDialog>(u"connection"_s);
    auto *rows = dialog->findChild<QSpinBox *>(u"mostRows"_s);
    auto *confirmation = dialog->findChild<QLineEdit *>(u"confirmation"_s);
    QVERIFY(okOf(dialog)->isEnabled() && !confirmation->isVisible());
    rows->setValue(5);
    QVERIFY(okOf(dialog)->isEnabled() && !confirmation->isVisible());
    rows->setValue(0); // No limit.
    QVERIFY(!okOf(dialog)->isEnabled() && confirmation->isVisible());
    rows->setValue(5);
    dialog->findChild<QLineEdit *>(u"protected"_s)->setText(u"phone"_s);
    QVERIFY(!okOf(dialog)->isEnabled());
    confirmation->setText(u"practice portal"_s);
    QVERIFY(!okOf(dialog)->isEnabled());
    confirmation->setText(keeper().connection()->label);
    QVERIFY(okOf(dialog)->isEnabled());
    dialog->reject();
}

/// Nor where the file of the other one is away.
void TestSharedConnections::aPracticePortalTakesOverNoOther()
{
    elsewhere([](Connection &connection) -> Result<void> {
        setKind(connection, ConnectionKind::Production);
        return {};
    });
    QVERIFY(m_rig->registry.reload());
    QVERIFY(!m_rig->practiceConnection());
    QVERIFY(QFile::remove(kept().provisionerPath));
    const auto taken = m_rig->practiceConnection();
    QVERIFY(!taken);
    QCOMPARE(taken.error().kind, ErrorKind::Refused);
    QCOMPARE(kept().kind, ConnectionKind::Production);
    QCOMPARE(kept().policy.mode, WriteMode::ReadOnly);
}

void TestSharedConnections::tenWritersAndTwoWindowsLoseNothing()
{
    constexpr int writers = 10;
    constexpr int rounds = 4;
    // The command line finds the same folder under the name it expects.
    const QString xdg = m_rig->folder.filePath(u"xdg"_s);
    QVERIFY(QDir().mkpath(xdg));
    QVERIFY(QFile::link(m_rig->paths.config, xdg + u"/hubkeeper"_s));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CONFIG_HOME"_s, xdg);
    auto secondRegistry = *ConnectionRegistry::load(m_rig->paths);
    MainWindow second({secondRegistry,
                       {m_rig->clock, m_rig->vault, m_rig->paths, m_rig->budgets},
                       &m_rig->vault});
    addParts(second);
    second.keeper().open(*secondRegistry.byId(m_id));
    QTRY_VERIFY(second.keeper().session());
    const QString file = keeper().connection()->provisionerPath;

    for (int round = 0; round < rounds; ++round) {
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int writer = 0; writer < writers; ++writer) {
            processes.push_back(std::make_unique<QProcess>());
            processes.back()->setProcessEnvironment(environment);
            processes.back()->start(QStringLiteral(HUBKEEPER_CLI),
                                    {u"connections"_s, u"set"_s, file, u"--protect"_s,
                                     u"p%1_%2"_s.arg(round).arg(writer)});
        }
        Connection before = *keeper().connection();
        Connection after = before;
        after.label = u"Label %1"_s.arg(round);
        QVERIFY(keeper().change(before, after));
        before = *second.keeper().connection();
        after = before;
        after.policy.mostRows = 100 + round;
        QVERIFY(second.keeper().change(before, after));
        for (const auto &process : processes) {
            QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 60'000);
            QCOMPARE(process->exitCode(), 0);
        }
    }

    QCOMPARE(kept().label, u"Label %1"_s.arg(rounds - 1));
    QCOMPARE(kept().policy.mostRows, 100 + rounds - 1);
    QCOMPARE(kept().policy.protectedProperties.size(), writers * rounds);
    for (CurrentSession *each : {&keeper(), &second.keeper()}) {
        QTRY_VERIFY(differences(*each->connection(), kept()).isEmpty());
        QCOMPARE(each->session()->connection().policy.protectedProperties.size(), writers * rounds);
    }
}

void TestSharedConnections::recentFilesOfTwoWindows()
{
    Settings one(m_rig->paths);
    Settings two(m_rig->paths);
    RecentFiles first(one, nullptr);
    RecentFiles second(two, nullptr);
    first.add(u"/tmp/a.json"_s);
    second.add(u"/tmp/b.json"_s);
    first.add(u"/tmp/c.json"_s);
    const QStringList newest {u"/tmp/c.json"_s, u"/tmp/b.json"_s, u"/tmp/a.json"_s};
    QCOMPARE(first.files().mid(0, 3), newest);
    QCOMPARE(second.files().mid(0, 3), newest);
    second.remove(u"/tmp/a.json"_s);
    QVERIFY(!first.files().contains(u"/tmp/a.json"_s));
    // Each setting by itself.
    one.setValue(setting::colours, u"dark"_s);
    two.setValue(setting::diffSideBySide, true);
    const Settings both(m_rig->paths);
    QCOMPARE(both.value(setting::colours), u"dark"_s);
    QVERIFY(both.value(setting::diffSideBySide));
}

void TestSharedConnections::whatWindowsRememberIsPrivate()
{
    QVERIFY(m_rig->window->close());
    const QDir state(m_rig->paths.state);
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    const QFileInfoList files = state.entryInfoList(QDir::Files | QDir::Hidden);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &file : files)
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
    // And in no other place, as "Unknown Organization".
    QVERIFY(state.entryList({u"Unknown*"_s}).isEmpty());
}

HUBKEEPER_WINDOW_TEST(TestSharedConnections)
#include "tst_sharedconnections.moc"
