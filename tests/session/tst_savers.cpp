// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "provisioner/document/document.h"
#include "provisioner/document/draftfile.h"
#include "session/connections/connectionregistry.h"
#include "session/connections/secretuse.h"
#include "session/connections/testhistory.h"
#include "session/secrets/secretmove.h"
#include "testkit/failingdisk.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

struct Home
{
    QTemporaryDir folder;
    Paths paths = Paths::below(folder.path());
    MemorySecretStore secrets;
    std::unique_ptr<DraftFile> draft; ///< Has its lock from the first time on, as in the window.
    QString provisioner = folder.filePath(u"conf/provisioner.openicf-a.json"_s);
};

/// Something core saves; `save` is called twice, with other content the second time. Add a row to
/// `savers` for every new one.
struct Saver
{
    const char *name;
    QString file; ///< Seen from the home.
    Result<void> (*save)(Home &home, const QString &content);
};

QByteArray json(const QString &content)
{
    return "{\"description\": \"" + content.toUtf8() + "\"}";
}

Result<void> saveDocument(Home &home, const QString &content)
{
    if (!QFile::exists(home.provisioner))
        return saveFile(home.provisioner, json(content), FileMode::KeepOrPrivate);
    const auto document = Document::open(home.provisioner);
    (*document)->setBytes(json(content), u"Edit"_s);
    const auto saved = (*document)->save(false);
    if (!saved)
        Q_ASSERT((*document)->isModified()); // What was typed is still unsaved.
    return saved;
}

Result<void> saveDocumentAs(Home &home, const QString &content)
{
    const auto document = Document::fromBytes(json(content));
    const auto saved = document->saveAs(home.folder.filePath(u"conf/as.json"_s));
    if (!saved)
        Q_ASSERT(document->path().isEmpty());
    return saved;
}

Result<void> saveDraft(Home &home, const QString &content)
{
    if (!home.draft) {
        home.draft = std::make_unique<DraftFile>(draftFolder(home.paths.state),
                                                 home.folder.filePath(u"a"_s));
    }
    return home.draft->write(JsonText(json(content)), {});
}

Result<void> saveConnection(Home &home, const QString &content)
{
    auto registry = ConnectionRegistry::load(home.paths);
    Connection connection;
    connection.id = u"a"_s;
    const auto stored = registry->edit(connection, [&content](Connection &kept) -> Result<void> {
        kept.label = content;
        return {};
    });
    if (!stored && registry->byId(u"a"_s))
        Q_ASSERT(registry->byId(u"a"_s)->label != content);
    return stored.map([](const Connection &) {});
}

Result<void> saveSecretUse(Home &home, const QString &content)
{
    auto use = SecretUse::load(home.paths);
    return use.note({{content, u"clientSecret"_s}}, QDateTime::currentDateTimeUtc());
}

Result<void> saveTestHistory(Home &home, const QString &content)
{
    TestReport report;
    report.ok = true;
    report.at = QDateTime::currentDateTimeUtc();
    return TestHistory::add(content, report, home.paths);
}

Result<void> moveSecret(Home &home, const QString &content)
{
    Connection connection;
    connection.id = u"a"_s;
    connection.provisionerPath = home.folder.filePath(u"conf/move.json"_s);
    if (!QFile::exists(connection.provisionerPath)) {
        const auto saved = saveFile(connection.provisionerPath, R"({"configurationProperties": {
            "clientSecret": "one secret", "refreshToken": "another one"}})",
                                    FileMode::KeepOrPrivate);
        if (!saved)
            return saved;
    }
    SystemClock clock;
    QObject owner;
    BudgetRegistry budgets;
    const auto moved = outcomeOf(moveSecretIntoStore(
        connection, content == "old"_L1 ? u"clientSecret"_s : u"refreshToken"_s,
        {clock, home.secrets, home.paths, budgets}, WhenStored::Refuse, &owner));
    if (!moved || !*moved) { // It is where it was; the store may have it, too.
        QFile file(connection.provisionerPath);
        Q_ASSERT(file.open(QIODevice::ReadOnly) && file.readAll().contains("another one"));
    }
    return moved.value();
}

const Saver savers[] = {
    {"provisioner, Save", u"conf/provisioner.openicf-a.json"_s, saveDocument},
    {"provisioner, Save As", u"conf/as.json"_s, saveDocumentAs},
    {"draft of unsaved edits", u"state/drafts/*.json"_s, saveDraft},
    {"connections", u"config/connections.json"_s, saveConnection},
    {"when secrets were used", u"state/secret-use.json"_s, saveSecretUse},
    {"results of tests", u"state/tests.json"_s, saveTestHistory},
    {"secret moved out of a file", u"conf/move.json"_s, moveSecret},
};

/// The files below the home with their contents, but for locks.
QMap<QString, QByteArray> filesOf(const Home &home)
{
    QMap<QString, QByteArray> files;
    QDirIterator all(home.folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        if (!file.fileName().endsWith(u".lock"_s) && file.open(QIODevice::ReadOnly))
            files.insert(file.fileName(), file.readAll());
    }
    return files;
}

} // namespace

/// What core saves, on a disk that fails at each step: the old content is whole, no other file is
/// left, and the failure is passed up.
class TestSavers : public QObject
{
    Q_OBJECT

private slots:
    void faults_data();
    void faults();
};

void TestSavers::faults_data()
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

void TestSavers::faults()
{
    QFETCH(const int, saver);
    QFETCH(const QByteArray, call);
    QFETCH(const int, error);
    Home home;
    QVERIFY(QDir(home.folder.path()).mkdir(u"conf"_s));
    QVERIFY(savers[saver].save(home, u"old"_s));
    const auto before = filesOf(home);
    QVERIFY(QDir::match(home.folder.filePath(savers[saver].file), before.firstKey()));
    {
        const DiskFault fault(call, home.folder.path(), error);
        const auto saved = savers[saver].save(home, u"new"_s);
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::NotSaved);
        QVERIFY2(saved.error().what.contains(qt_error_string(error))
                     || saved.error().what.contains("cannot be locked"_L1),
                 qPrintable(saved.error().what));
    }
    QCOMPARE(filesOf(home), before);
    QVERIFY(savers[saver].save(home, u"new"_s)); // Once the disk is well it works.
    QVERIFY(filesOf(home) != before);
}

HUBKEEPER_TEST(TestSavers)
#include "tst_savers.moc"
