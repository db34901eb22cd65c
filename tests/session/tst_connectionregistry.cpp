// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "sampleconnection.h"
#include "session/connections/connectionregistry.h"
#include "session/connections/secretuse.h"
#include "session/connections/testhistory.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

class TestConnectionRegistry : public QObject
{
    Q_OBJECT

private slots:
    void keepsEveryMember();
    void isPrivate();
    void aDamagedFileIsNotOverwritten();
    void aListThatIsNoneIsNotOverwritten();
    void membersOfNewerVersionsStay();
    void twoProgramsChangeDifferentSettings();
    void twoProgramsChangeTheSameSetting();
    void addingAFileThatIsKnownGivesTheKnownOne();
    void aFailedEditChangesNothing();
    void manyWritersLoseNothing();
    void testsAndUsesOfManyProgramsAreKept();
    void policyOfThisMoment();
    void findsByTheFileBehindALink();
    void removingForgets();
};

namespace {

QString registryPath(const Paths &paths)
{
    return ConnectionRegistry::pathIn(paths);
}

QJsonObject rootOf(const Paths &paths)
{
    return QJsonDocument::fromJson(readFile(registryPath(paths), 1 << 20).value()).object();
}

} // namespace

void TestConnectionRegistry::keepsEveryMember()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto registry = ConnectionRegistry::load(paths);
    QVERIFY(registry);

    QVERIFY(registry->keep(sample()));
    const auto again = ConnectionRegistry::load(paths);

    QVERIFY(again);
    QCOMPARE(again->connections().size(), 1);
    const Connection &read = again->connections().first();
    const Connection wrote = sample();
    QCOMPARE(read.id, wrote.id);
    QCOMPARE(read.label, wrote.label);
    QCOMPARE(read.provisionerPath, wrote.provisionerPath);
    QCOMPARE(read.kind, wrote.kind);
    QCOMPARE(read.colour, wrote.colour);
    QCOMPARE(read.apiVersion, wrote.apiVersion);
    QCOMPARE(read.baseUrl, wrote.baseUrl);
    QCOMPARE(read.policy.mode, wrote.policy.mode);
    QCOMPARE(read.policy.mostRows, wrote.policy.mostRows);
    QCOMPARE(read.policy.mostArchives, wrote.policy.mostArchives);
    QCOMPARE(read.policy.archiveAllowed, wrote.policy.archiveAllowed);
    QCOMPARE(read.policy.protectedProperties, wrote.policy.protectedProperties);
}

void TestConnectionRegistry::isPrivate()
{
    const QTemporaryDir folder;
    auto registry = ConnectionRegistry::load(Paths::below(folder.path()));

    QVERIFY(registry->keep(sample()));

    const auto mode = QFileInfo(folder.filePath(u"config/connections.json"_s)).permissions();
    QVERIFY(!(mode & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup)));
}

void TestConnectionRegistry::aDamagedFileIsNotOverwritten()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    QVERIFY(makePrivateFolder(paths.config));
    const QString path = paths.config + u"/connections.json"_s;
    QVERIFY(saveFile(path, "{ half a fi", FileMode::KeepOrPrivate));

    const auto registry = ConnectionRegistry::load(paths);

    QVERIFY(!registry);
    QCOMPARE(registry.error().kind, ErrorKind::Storage);
    QCOMPARE(readFile(path, 1000).value(), "{ half a fi");
}

void TestConnectionRegistry::aListThatIsNoneIsNotOverwritten()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto registry = ConnectionRegistry::load(paths);
    const QByteArray text = R"({"version":1,"connections":{"id":"x"}})";
    QVERIFY(makePrivateFolder(paths.config));
    QVERIFY(saveFile(registryPath(paths), text, FileMode::KeepOrPrivate));

    QVERIFY(!ConnectionRegistry::load(paths));
    QVERIFY(!registry->keep(sample()));
    QCOMPARE(readFile(registryPath(paths), 1000).value(), text);
}

void TestConnectionRegistry::membersOfNewerVersionsStay()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto registry = ConnectionRegistry::load(paths);
    QVERIFY(registry->keep(sample()));
    QJsonObject root = rootOf(paths);
    QJsonArray list = root["connections"_L1].toArray();
    QJsonObject entry = list[0].toObject();
    QJsonObject policy = entry["policy"_L1].toObject();
    policy.insert(u"mostShare"_s, 0.1);
    entry.insert(u"policy"_s, policy);
    entry.insert(u"server"_s, QJsonObject {{u"url"_s, u"https://idm.example"_s}});
    list.replace(0, entry);
    root.insert(u"connections"_s, list);
    root.insert(u"sortedBy"_s, u"label"_s);
    QVERIFY(makePrivateFolder(paths.config));
    QVERIFY(saveFile(registryPath(paths), QJsonDocument(root).toJson(), FileMode::KeepOrPrivate));

    Connection after = sample();
    after.label = u"ACME"_s;
    after.policy.mostRows = 8;
    QVERIFY(registry->change(sample(), after));
    Connection other = sample();
    other.id = u"c-2"_s;
    other.provisionerPath = u"/elsewhere.json"_s;
    QVERIFY(registry->keep(other));
    QVERIFY(registry->remove(u"c-2"_s));

    policy.insert(u"mostRows"_s, 8);
    entry.insert(u"policy"_s, policy);
    entry.insert(u"label"_s, u"ACME"_s);
    list.replace(0, entry);
    root.insert(u"connections"_s, list);
    QCOMPARE(rootOf(paths), root);
}

void TestConnectionRegistry::twoProgramsChangeDifferentSettings()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto window = ConnectionRegistry::load(paths);
    QVERIFY(window->keep(sample()));
    auto other = ConnectionRegistry::load(paths);
    Connection safer = *other->byId(u"c-1"_s);
    safer.policy.mode = WriteMode::ReadOnly;
    safer.policy.protectedProperties = {u"email"_s, u"phone"_s};
    QVERIFY(other->change(*other->byId(u"c-1"_s), safer));

    Connection named = *window->byId(u"c-1"_s);
    named.colour = u"#000000"_s;
    const auto kept = window->change(*window->byId(u"c-1"_s), named);

    QVERIFY(kept);
    QCOMPARE(kept->colour, u"#000000"_s);
    QCOMPARE(kept->policy.mode, WriteMode::ReadOnly);
    QCOMPARE(kept->policy.protectedProperties, (QStringList {u"email"_s, u"phone"_s}));
    QVERIFY(differences(*ConnectionRegistry::load(paths)->byId(u"c-1"_s), *kept).isEmpty());
    QVERIFY(differences(*window->byId(u"c-1"_s), *kept).isEmpty());
}

void TestConnectionRegistry::twoProgramsChangeTheSameSetting()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto window = ConnectionRegistry::load(paths);
    QVERIFY(window->keep(sample()));
    auto other = ConnectionRegistry::load(paths);
    Connection theirs = sample();
    theirs.policy.mode = WriteMode::ReadOnly;
    QVERIFY(other->change(sample(), theirs));
    Connection mine = sample();
    mine.policy.mode = WriteMode::Free;
    mine.label = u"Mine"_s;

    const auto kept = window->change(sample(), mine);

    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, ErrorKind::Conflict);
    QCOMPARE(ConnectionRegistry::load(paths)->byId(u"c-1"_s)->policy.mode, WriteMode::ReadOnly);
    const ConnectionMerge merge = merged(sample(), mine, theirs);
    QCOMPARE(merge.contested, QList {ConnectionSetting::Mode});
    QCOMPARE(merge.merged.label, u"Mine"_s);
    QVERIFY(other->change(theirs, mine)); // Who knows of it may.

    QVERIFY(other->remove(u"c-1"_s));
    const auto gone = window->change(sample(), mine);
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
    QVERIFY(ConnectionRegistry::load(paths)->connections().isEmpty());
}

void TestConnectionRegistry::addingAFileThatIsKnownGivesTheKnownOne()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    Connection first = sample();
    first.provisionerPath = folder.filePath(u"p.json"_s);
    QVERIFY(saveFile(first.provisionerPath, "{}", FileMode::KeepOrDefault));
    auto one = ConnectionRegistry::load(paths);
    auto two = ConnectionRegistry::load(paths);
    QVERIFY(one->keep(first));
    Connection second = first;
    second.id = u"c-2"_s;
    second.policy.mode = WriteMode::Free;

    const auto kept = two->keep(second);

    QCOMPARE(kept->id, u"c-1"_s);
    QCOMPARE(kept->policy.mode, WriteMode::Confirm);
    QCOMPARE(two->connections().size(), 1);
}

void TestConnectionRegistry::aFailedEditChangesNothing()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto registry = ConnectionRegistry::load(paths);
    QVERIFY(registry->keep(sample()));
    const QByteArray before = readFile(registryPath(paths), 10'000).value();

    const auto edited = registry->edit(sample(), [](Connection &connection) -> Result<void> {
        connection.label.clear();
        return fail(ErrorKind::InvalidInput, u"No."_s);
    });

    QVERIFY(!edited);
    QCOMPARE(readFile(registryPath(paths), 10'000).value(), before);
    QCOMPARE(registry->byId(u"c-1"_s)->label, sample().label);
}

/// As many programs, each with a registry of its own, without a pause between their changes.
void TestConnectionRegistry::manyWritersLoseNothing()
{
    constexpr int writers = 10;
    constexpr int rounds = 8;
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            auto registry = ConnectionRegistry::load(paths);
            Connection own;
            own.id = QString::number(writer);
            for (int round = 1; round <= rounds; ++round) {
                const auto count = [&](Connection &connection) -> Result<void> {
                    connection.policy.mostRows = round;
                    return {};
                };
                const auto name = [&](Connection &connection) -> Result<void> {
                    connection.policy.protectedProperties.append(
                        u"p%1_%2"_s.arg(writer).arg(round));
                    return {};
                };
                failures += registry->edit(own, count) ? 0 : 1;
                failures += registry->edit(sample(), name) ? 0 : 1;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(failures, 0);
    const auto registry = ConnectionRegistry::load(paths);
    QCOMPARE(registry->connections().size(), writers + 1);
    for (int writer = 0; writer < writers; ++writer)
        QCOMPARE(registry->byId(QString::number(writer))->policy.mostRows, rounds);
    QCOMPARE(registry->byId(u"c-1"_s)->policy.protectedProperties.size(), 1 + writers * rounds);
    QVERIFY(!QFile::exists(registryPath(paths) + u".lock"_s));
}

void TestConnectionRegistry::testsAndUsesOfManyProgramsAreKept()
{
    constexpr int writers = 4;
    constexpr int rounds = 6;
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    const QDateTime when = QDateTime::fromString(u"2026-11-24T09:30:00Z"_s, Qt::ISODate);
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            SecretUse use = SecretUse::load(paths); // Before the others have written.
            TestReport report;
            report.at = when;
            for (int round = 0; round < rounds; ++round) {
                failures += TestHistory::add(u"c"_s, report, paths) ? 0 : 1;
                failures += use.note({{QString::number(writer), u"clientSecret"_s}}, when) ? 0 : 1;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(failures, 0);
    QCOMPARE(TestHistory::of(u"c"_s, paths).size(), writers * rounds);
    const SecretUse use = SecretUse::load(paths);
    for (int writer = 0; writer < writers; ++writer)
        QCOMPARE(use.lastUse({QString::number(writer), u"clientSecret"_s}), when);
}

void TestConnectionRegistry::policyOfThisMoment()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    QCOMPARE(currentPolicy(sample(), paths)->mode, WriteMode::Confirm); // In no registry: its own.
    auto registry = ConnectionRegistry::load(paths);
    const Connection opened = *registry->keep(sample());
    Connection after = opened;
    after.policy.mode = WriteMode::ReadOnly;
    after.policy.protectedProperties.append(u"phone"_s);
    QVERIFY(ConnectionRegistry::load(paths)->change(opened, after));

    const auto now = currentPolicy(opened, paths);

    QVERIFY(now);
    QCOMPARE(now->mode, WriteMode::ReadOnly);
    QVERIFY(now->protectedProperties.contains(u"phone"_s));
    QVERIFY(registry->remove(opened.id));
    QCOMPARE(currentPolicy(opened, paths).error().kind, ErrorKind::Refused);
    QVERIFY(saveFile(registryPath(paths), "{", FileMode::KeepOrPrivate));
    QVERIFY(!currentPolicy(opened, paths));
}

void TestConnectionRegistry::findsByTheFileBehindALink()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"provisioner.openicf-hubspot.json"_s);
    QVERIFY(saveFile(file, "{}", FileMode::KeepOrDefault));
    const QString link = folder.filePath(u"link.json"_s);
    QVERIFY(QFile::link(file, link));
    auto registry = ConnectionRegistry::load(Paths::below(folder.path()));
    Connection connection = sample();
    connection.provisionerPath = file;
    QVERIFY(registry->keep(connection));

    QVERIFY(registry->byProvisioner(link));
    QVERIFY(!registry->byProvisioner(folder.filePath(u"other.json"_s)));
}

void TestConnectionRegistry::removingForgets()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto registry = ConnectionRegistry::load(paths);
    QVERIFY(registry->keep(sample()));

    QVERIFY(registry->remove(u"c-1"_s));

    QVERIFY(!registry->byId(u"c-1"_s));
    QVERIFY(ConnectionRegistry::load(paths)->connections().isEmpty());
}

HUBKEEPER_TEST(TestConnectionRegistry)
#include "tst_connectionregistry.moc"
