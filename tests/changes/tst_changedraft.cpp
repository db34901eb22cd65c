// SPDX-License-Identifier: MIT
#include "changes/set/changedraft.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

Record ada()
{
    Record record;
    record.id = u"512"_s;
    record.properties = {{u"firstname"_s, u"Ada"_s}};
    return record;
}

/// The other process: edits, waits until the draft is on the disk, and is killed.
int editAndHang(const QString &path)
{
    ChangeSet changes;
    ChangeDraft draft(path, changes);
    if (!draft.start())
        return 1;
    changes.setText(ObjectType::Contacts, ada(), u"Ada"_s, u"firstname"_s, u"Eve"_s);
    QTimer watch;
    QObject::connect(&watch, &QTimer::timeout, &watch, [&path] {
        if (QFileInfo::exists(path))
            std::puts("saved");
        std::fflush(stdout);
    });
    watch.start(20);
    return QCoreApplication::exec();
}

} // namespace

/// No edit is lost to a crash.
class TestChangeDraft : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void savesSoonAfterTheLastChange();
    void savesOnDestruction();
    void survivesAKill();
    void emptySetHasNoFile();
    void knowsCreatesBeforeTheyAreSent();
    void keepsAFileItCannotRead();
    void tellsWhenItCannotSave();
    void loadingCannotBeUndone();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestChangeDraft::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"state/draft.json"_s);
}

void TestChangeDraft::savesSoonAfterTheLastChange()
{
    ChangeSet changes;
    ChangeDraft draft(m_path, changes);
    QCOMPARE(*draft.start(), 0);
    changes.setText(ObjectType::Contacts, ada(), {}, u"firstname"_s, u"Eve"_s);

    QVERIFY(!QFileInfo::exists(m_path));
    QTRY_VERIFY(QFileInfo::exists(m_path));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFileInfo(m_path).permissions() & others, QFile::Permissions());
}

void TestChangeDraft::savesOnDestruction()
{
    ChangeSet changes;
    {
        ChangeDraft draft(m_path, changes);
        QVERIFY(draft.start());
        changes.setText(ObjectType::Contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    }
    ChangeSet again;
    ChangeDraft draft(m_path, again);
    QCOMPARE(*draft.start(), 1);
    QCOMPARE(again.toJson(), changes.toJson());
}

void TestChangeDraft::survivesAKill()
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {u"tst_changedraft"_s, u"--edit-and-hang"_s, m_path});
    QVERIFY(child.waitForStarted());
    while (!child.readAllStandardOutput().contains("saved"))
        QVERIFY(child.waitForReadyRead(10'000));
    child.kill();
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);

    ChangeSet changes;
    ChangeDraft draft(m_path, changes);
    QCOMPARE(*draft.start(), 1);
    QCOMPARE(*changes.cell(ObjectType::Contacts, u"512"_s, u"firstname"_s),
             (CellChange {u"Ada"_s, u"Eve"_s}));
}

void TestChangeDraft::emptySetHasNoFile()
{
    ChangeSet changes;
    ChangeDraft draft(m_path, changes);
    QVERIFY(draft.start());
    changes.setText(ObjectType::Contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    QVERIFY(draft.save());
    QVERIFY(QFileInfo::exists(m_path));

    changes.revertAll();
    QTRY_VERIFY(!QFileInfo::exists(m_path));
}

void TestChangeDraft::knowsCreatesBeforeTheyAreSent()
{
    ChangeSet changes;
    ChangeDraft draft(m_path, changes);
    QVERIFY(draft.start());
    const QString id =
        changes.addCreate(ObjectType::Contacts, {{u"email"_s, u"eve@example.com"_s}}, {});
    changes.setState(ObjectType::Contacts, id, RowState::Sending);

    QFile file(m_path); // At once, not half a second later.
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto rows = ChangeSet::rowsFromJson(file.readAll());
    QVERIFY(rows);
    QCOMPARE(rows->front().state, RowState::Unknown);
}

void TestChangeDraft::keepsAFileItCannotRead()
{
    QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
    for (const QByteArray &content : {QByteArray("one"), QByteArray("two")}) {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();

        ChangeSet changes;
        ChangeDraft draft(m_path, changes);
        const auto started = draft.start();
        QVERIFY(!started);
        QCOMPARE(started.error().kind, ErrorKind::InvalidInput);
        QVERIFY(started.error().remedy.contains(u".unreadable"_s));
        changes.setText(ObjectType::Contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
        QVERIFY(draft.save());
    }
    QFile first(m_path + u".unreadable"_s);
    QVERIFY(first.open(QIODevice::ReadOnly));
    QCOMPARE(first.readAll(), QByteArray("one"));
    QVERIFY(QFileInfo::exists(m_path + u".unreadable2"_s));
}

void TestChangeDraft::tellsWhenItCannotSave()
{
    ChangeSet changes;
    ChangeDraft draft(u"/dev/null/draft.json"_s, changes);
    QVERIFY(draft.start());
    changes.setText(ObjectType::Contacts, ada(), {}, u"firstname"_s, u"Eve"_s);

    const auto saved = draft.save();
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::Storage);
    changes.revertAll();
}

void TestChangeDraft::loadingCannotBeUndone()
{
    ChangeSet changes;
    {
        ChangeDraft draft(m_path, changes);
        QVERIFY(draft.start());
        changes.setText(ObjectType::Contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    }
    ChangeSet again;
    ChangeDraft draft(m_path, again);
    QVERIFY(draft.start());
    QVERIFY(!again.canUndo());
}

namespace {

/// The tests, or the program that one of them kills.
int run(int argc, char **argv)
{
    if (argc == 3 && QByteArray(argv[1]) == "--edit-and-hang") {
        const QCoreApplication app(argc, argv);
        return editAndHang(QString::fromLocal8Bit(argv[2]));
    }
    return runTests<QCoreApplication, TestChangeDraft>(argc, argv);
}

} // namespace

HUBKEEPER_TEST_ENTRY(run)
#include "tst_changedraft.moc"
