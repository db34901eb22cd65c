// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The window as a process of its own, ended from outside: by a logout, by the system.
class TestWindowEnded final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void leavesNoRecordsBehind_data();
    void leavesNoRecordsBehind();

private:
    [[nodiscard]] QStringList cachedFiles() const;
    void start(QProcess &window);

    Program m_program;
    std::unique_ptr<Practice> m_practice;
};

void TestWindowEnded::initTestCase()
{
    m_program.withoutKeychain();
    m_program.set(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    m_practice = std::make_unique<Practice>(m_program);
    QVERIFY(m_practice->isServing());
}

QStringList TestWindowEnded::cachedFiles() const
{
    QStringList files;
    QDirIterator all(m_program.path(u"cache/hubkeeper/records"_s), QDir::Files,
                     QDirIterator::Subdirectories);
    while (all.hasNext())
        files.append(all.next());
    return files;
}

/// At the page where it was left the last time.
void TestWindowEnded::start(QProcess &window)
{
    m_program.prepare(window, {m_program.path(u"p.json"_s)});
    window.setProgram(QStringLiteral(HUBKEEPER_WINDOW));
    window.start();
    QVERIFY(window.waitForStarted());
}

void TestWindowEnded::leavesNoRecordsBehind_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("logout") << SIGHUP;
    QTest::newRow("termination") << SIGTERM;
    QTest::newRow("Ctrl+C") << SIGINT;
}

/// The grid's copies of people's addresses go with it.
void TestWindowEnded::leavesNoRecordsBehind()
{
    QFETCH(const int, signal);
    m_program.write(u"state/hubkeeper/window.json"_s, R"({"window/page": "contacts"})");
    QProcess window;
    start(window);
    const auto hasRecords = [this] {
        const QStringList files = cachedFiles();
        return std::any_of(files.begin(), files.end(), [](const QString &name) {
            QFile file(name);
            return file.open(QIODevice::ReadOnly) && file.readAll().contains("@");
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasRecords(), 60'000); // Else there is nothing to leave behind.

    ::kill(pid_t(window.processId()), signal);

    QVERIFY(window.waitForFinished(30'000));
    QCOMPARE(window.exitStatus(), QProcess::NormalExit);
    QCOMPARE(window.exitCode(), 128 + signal);
    QVERIFY2(cachedFiles().isEmpty(), qPrintable(cachedFiles().join(u'\n')));
}

HUBKEEPER_TEST(TestWindowEnded)
#include "tst_windowended.moc"
