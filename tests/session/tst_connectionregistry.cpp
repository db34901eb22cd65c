// SPDX-License-Identifier: MIT
#include "base/savefile.h"
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
using namespace Qt::StringLiterals;

class TestConnectionBook : public QObject
{
    Q_OBJECT

private slots:
    void bookKeepsEveryMember();
    void bookIsPrivate();
    void damagedBookIsNotOverwritten();
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

Connection sample()
{
    Connection connection;
    connection.id = u"c-1"_s;
    connection.label = u"ACME – Zürich"_s;
    connection.provisionerPath = u"/etc/idm/provisioner.openicf-hubspot.json"_s;
    connection.kind = ConnectionKind::Sandbox;
    connection.colour = u"#aa5500"_s;
    connection.apiVersion = ApiVersion::V3;
    connection.baseUrl = QUrl(u"http://127.0.0.1:8123"_s);
    connection.reserve = 25;
    connection.policy.mode = WriteMode::Confirm;
    connection.policy.mostRows = 7;
    connection.policy.mostArchives = 0;
    connection.policy.archiveAllowed = false;
    connection.policy.protectedProperties = {u"email"_s};
    return connection;
}

QString bookPath(const Paths &paths)
{
    return ConnectionRegistry::pathIn(paths);
}

QJsonObject rootOf(const Paths &paths)
{
    return QJsonDocument::fromJson(readFile(bookPath(paths), 1 << 20).value()).object();
}

} // namespace

void TestConnectionBook::bookKeepsEveryMember()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto book = ConnectionRegistry::load(paths);
    QVERIFY(book);

    QVERIFY(book->keep(sample()));
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

void TestConnectionBook::bookIsPrivate()
{
    const QTemporaryDir folder;
    auto book = ConnectionRegistry::load(Paths::below(folder.path()));

    QVERIFY(book->keep(sample()));

    const auto mode = QFileInfo(folder.filePath(u"config/connections.json"_s)).permissions();
    QVERIFY(!(mode & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup)));
}

void TestConnectionBook::damagedBookIsNotOverwritten()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    QVERIFY(makePrivateFolder(paths.config));
    const QString path = paths.config + u"/connections.json"_s;
    QVERIFY(saveFile(path, "{ half a fi", FileMode::KeepOrPrivate));

    const auto book = ConnectionRegistry::load(paths);

    QVERIFY(!book);
    QCOMPARE(book.error().kind, ErrorKind::Storage);
    QCOMPARE(readFile(path, 1000).value(), "{ half a fi");
}

void TestConnectionBook::aListThatIsNoneIsNotOverwritten()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto book = ConnectionRegistry::load(paths);
    const QByteArray text = R"({"version":1,"connections":{"id":"x"}})";
    QVERIFY(makePrivateFolder(paths.config));
    QVERIFY(saveFile(bookPath(paths), text, FileMode::KeepOrPrivate));

    QVERIFY(!ConnectionRegistry::load(paths));
    QVERIFY(!book->keep(sample()));
    QCOMPARE(readFile(bookPath(paths), 1000).value(), text);
}

void TestConnectionBook::membersOfNewerVersionsStay()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto book = ConnectionRegistry::load(paths);
    QVERIFY(book->keep(sample()));
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
    QVERIFY(saveFile(bookPath(paths), QJsonDocument(root).toJson(), FileMode::KeepOrPrivate));

    Connection after = sample();
    after.label = u"ACME"_s;
    after.policy.mostRows = 8;
    QVERIFY(book->change(sample(), after));
    Connection other = sample();
    other.id = u"c-2"_s;
    other.provisionerPath = u"/elsewhere.json"_s;
    QVERIFY(book->keep(other));
    QVERIFY(book->remove(u"c-2"_s));

    policy.insert(u"mostRows"_s, 8);
    entry.insert(u"policy"_s, policy);
    entry.insert(u"label"_s, u"ACME"_s);
    list.replace(0, entry);
    root.insert(u"connections"_s, list);
    QCOMPARE(rootOf(paths), root);
}

void TestConnectionBook::twoProgramsChangeDifferentSettings()
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

void TestConnectionBook::twoProgramsChangeTheSameSetting()
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

void TestConnectionBook::addingAFileThatIsKnownGivesTheKnownOne()
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

void TestConnectionBook::aFailedEditChangesNothing()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto book = ConnectionRegistry::load(paths);
    QVERIFY(book->keep(sample()));
    const QByteArray before = readFile(bookPath(paths), 10'000).value();

    const auto edited = book->edit(sample(), [](Connection &connection) -> Result<void> {
        connection.label.clear();
        return fail(ErrorKind::InvalidInput, u"No."_s);
    });

    QVERIFY(!edited);
    QCOMPARE(readFile(bookPath(paths), 10'000).value(), before);
    QCOMPARE(book->byId(u"c-1"_s)->label, sample().label);
}

/// As many programs, each with a book of its own, without a pause between their changes.
void TestConnectionBook::manyWritersLoseNothing()
{
    constexpr int writers = 10;
    constexpr int rounds = 8;
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            auto book = ConnectionRegistry::load(paths);
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
                failures += book->edit(own, count) ? 0 : 1;
                failures += book->edit(sample(), name) ? 0 : 1;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(failures, 0);
    const auto book = ConnectionRegistry::load(paths);
    QCOMPARE(book->connections().size(), writers + 1);
    for (int writer = 0; writer < writers; ++writer)
        QCOMPARE(book->byId(QString::number(writer))->policy.mostRows, rounds);
    QCOMPARE(book->byId(u"c-1"_s)->policy.protectedProperties.size(), 1 + writers * rounds);
    QVERIFY(!QFile::exists(bookPath(paths) + u".lock"_s));
}

void TestConnectionBook::testsAndUsesOfManyProgramsAreKept()
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

void TestConnectionBook::policyOfThisMoment()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    QCOMPARE(currentPolicy(sample(), paths)->mode, WriteMode::Confirm); // In no book: its own.
    auto book = ConnectionRegistry::load(paths);
    const Connection opened = *book->keep(sample());
    Connection after = opened;
    after.policy.mode = WriteMode::ReadOnly;
    after.policy.protectedProperties.append(u"phone"_s);
    QVERIFY(ConnectionRegistry::load(paths)->change(opened, after));

    const auto now = currentPolicy(opened, paths);

    QVERIFY(now);
    QCOMPARE(now->mode, WriteMode::ReadOnly);
    QVERIFY(now->protectedProperties.contains(u"phone"_s));
    QVERIFY(book->remove(opened.id));
    QCOMPARE(currentPolicy(opened, paths).error().kind, ErrorKind::Refused);
    QVERIFY(saveFile(bookPath(paths), "{", FileMode::KeepOrPrivate));
    QVERIFY(!currentPolicy(opened, paths));
}

void TestConnectionBook::findsByTheFileBehindALink()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"provisioner.openicf-hubspot.json"_s);
    QVERIFY(saveFile(file, "{}", FileMode::KeepOrDefault));
    const QString link = folder.filePath(u"link.json"_s);
    QVERIFY(QFile::link(file, link));
    auto book = ConnectionRegistry::load(Paths::below(folder.path()));
    Connection connection = sample();
    connection.provisionerPath = file;
    QVERIFY(book->keep(connection));

    QVERIFY(book->byProvisioner(link));
    QVERIFY(!book->byProvisioner(folder.filePath(u"other.json"_s)));
}

void TestConnectionBook::removingForgets()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto book = ConnectionRegistry::load(paths);
    QVERIFY(book->keep(sample()));

    QVERIFY(book->remove(u"c-1"_s));

    QVERIFY(!book->byId(u"c-1"_s));
    QVERIFY(ConnectionRegistry::load(paths)->connections().isEmpty());
}

HUBKEEPER_TEST(TestConnectionBook)
#include "tst_connectionregistry.moc"
