// SPDX-License-Identifier: MIT
#include "base/paths.h"
#include "base/savefile.h"
#include "base/settingsformat.h"
#include "filecontent.h"
#include "testkit/failingdisk.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Saving leaves the old content or the new one, whatever the disk does.
class TestSaveFile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void savesNewAndOldFiles();
    void savesPieceByPiece();
    void withoutCommitNothingChanges();
    void everyFaultOfTheDisk_data();
    void everyFaultOfTheDisk();
    void aFolderThatCannotBeSynced();
    void inPlaceFaultIsPutBack_data();
    void inPlaceFaultIsPutBack();
    void inPlaceFaultThatLasts();
    void usersMistakes_data();
    void usersMistakes();
    void devicesAreWrittenDirectly();
    void foldersArePrivate();
    void locksArePrivate();
    void privateFileBehindADanglingLink();
    void settingsKeepTheirTypes();
    void settingsOnAFailingDisk_data();
    void settingsOnAFailingDisk();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    QString write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write");
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSaveFile::initTestCase()
{
    QVERIFY2(failingDisk(), "the preloaded library is missing");
}

void TestSaveFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestSaveFile::savesNewAndOldFiles()
{
    const QString file = path(u"a.json"_s);
    for (const QByteArray &content : {newContent, QByteArray(), QByteArray(3'000'000, 'x')}) {
        QVERIFY(saveFile(file, content, FileMode::KeepOrPrivate));
        QCOMPARE(contentOf(file), content);
        QCOMPARE(names(), QStringList {u"a.json"_s});
    }
    QVERIFY(removeFile(file));
    QVERIFY(removeFile(file)); // None there is fine.
    QCOMPARE(names(), QStringList());
}

void TestSaveFile::savesPieceByPiece()
{
    const QString file = write(u"lines"_s, oldContent);
    auto saver = FileSaver::begin(file, FileMode::KeepOrPrivate);
    QVERIFY(saver);
    QByteArray all;
    for (int i = 0; i < 30'000; ++i) {
        const QByteArray line = QByteArray::number(i) + '\n';
        QVERIFY(saver->write(line));
        all += line;
    }
    QCOMPARE(contentOf(file), oldContent);
    QVERIFY(saver->commit());
    QCOMPARE(contentOf(file), all);
}

void TestSaveFile::withoutCommitNothingChanges()
{
    const QString file = write(u"a"_s, oldContent);
    {
        auto saver = FileSaver::begin(file, FileMode::KeepOrPrivate);
        QVERIFY(saver && saver->write(QByteArray(200'000, 'n')));
    }
    QCOMPARE(contentOf(file), oldContent);
    QCOMPARE(names(), QStringList {u"a"_s});
}

void TestSaveFile::everyFaultOfTheDisk_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<int>("error");
    QTest::addColumn<QString>("kind"); // Of the file that is saved.
    for (const QString &kind : {u"old"_s, u"new"_s, u"two names"_s}) {
        forEachDiskFault([&kind](const QByteArray &call, int error, const QByteArray &name) {
            if (kind == "two names"_L1 && call == "rename") // There is none.
                return;
            QTest::addRow("%s, %s", qPrintable(kind), name.constData()) << call << error << kind;
        });
    }
}

void TestSaveFile::everyFaultOfTheDisk()
{
    QFETCH(const QByteArray, call);
    QFETCH(const int, error);
    QFETCH(const QString, kind);
    const QString file = path(u"a.json"_s);
    if (kind != "new"_L1)
        write(u"a.json"_s, oldContent);
    if (kind == "two names"_L1) {
        QCOMPARE(::link(QFile::encodeName(file).constData(),
                        QFile::encodeName(path(u"b"_s)).constData()),
                 0);
    }
    const QStringList before = names();
    const bool isPlaced = call == "close" && kind == "two names"_L1; // The last step of all.
    Result<void> saved;
    {
        const DiskFault fault(call, m_folder->path(), error);
        saved = saveFile(file, newContent, FileMode::KeepOrPrivate);
    }
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::NotSaved);
    QVERIFY2(saved.error().what.contains(qt_error_string(error)), qPrintable(saved.error().what));
    QVERIFY(saved.error().what.contains(file));
    QCOMPARE(names(), before);
    if (kind == "new"_L1)
        return;
    QCOMPARE(contentOf(file), isPlaced ? newContent : oldContent);
    QCOMPARE(saved.error().remedy.contains(u"as it was"_s), !isPlaced);
    QCOMPARE(saved.error().what.contains(u"was saved"_s), isPlaced);
}

void TestSaveFile::aFolderThatCannotBeSynced()
{
    const QString file = write(u"a"_s, oldContent);
    {
        const DiskFault fault("fsync", m_folder->path(), EIO, 1);
        const auto saved = saveFile(file, newContent, FileMode::KeepOrPrivate);
        QVERIFY(!saved);
        QVERIFY2(saved.error().what.contains(u"was saved, but the disk did not confirm it"_s),
                 qPrintable(saved.error().what));
    }
    QCOMPARE(contentOf(file), newContent); // As it says.
    const DiskFault fault("fsync", m_folder->path(), EINVAL, 1); // A file system without it.
    QVERIFY(saveFile(file, oldContent, FileMode::KeepOrPrivate));
}

void TestSaveFile::inPlaceFaultIsPutBack_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<int>("error");
    forEachDiskFault([](const QByteArray &call, int error, const QByteArray &name) {
        if (call == "write" || call == "fsync")
            QTest::addRow("%s", name.constData()) << call << error;
    });
}

void TestSaveFile::inPlaceFaultIsPutBack()
{
    QFETCH(const QByteArray, call);
    QFETCH(const int, error);
    const QString file = write(u"a"_s, oldContent);
    const QString other = path(u"b"_s);
    QCOMPARE(::link(QFile::encodeName(file).constData(), QFile::encodeName(other).constData()), 0);
    for (const QByteArray &content : {newContent, QByteArray("shorter")}) {
        const DiskFault fault(call, file, error, 0, 1);
        const auto saved = saveFile(file, content, FileMode::KeepOrPrivate);
        QVERIFY(!saved);
        QVERIFY2(saved.error().remedy.contains(u"as it was"_s), qPrintable(saved.error().remedy));
        QCOMPARE(contentOf(file), oldContent);
        QCOMPARE(contentOf(other), oldContent);
        QCOMPARE(names(), (QStringList {u"a"_s, u"b"_s}));
    }
}

void TestSaveFile::inPlaceFaultThatLasts()
{
    const QString file = write(u"a"_s, oldContent);
    QCOMPARE(
        ::link(QFile::encodeName(file).constData(), QFile::encodeName(path(u"b"_s)).constData()),
        0);
    const DiskFault fault("fsync", file, EIO);
    const auto saved = saveFile(file, newContent, FileMode::KeepOrPrivate);
    QVERIFY(!saved);
    QStringList left = names();
    left.removeAll(u"a"_s);
    left.removeAll(u"b"_s);
    QCOMPARE(left.size(), 1); // The copy, and the error says where it is.
    QVERIFY2(saved.error().remedy.contains(path(left.first())), qPrintable(saved.error().remedy));
    QCOMPARE(contentOf(path(left.first())), oldContent);
    QCOMPARE(int(statusOf(path(left.first())).st_mode & 0777), 0600);
}

void TestSaveFile::usersMistakes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no such folder") << u"none/a.json"_s << qt_error_string(ENOENT);
    QTest::newRow("a file as a folder") << u"file/a.json"_s << qt_error_string(ENOTDIR);
    QTest::newRow("a folder") << u"folder"_s << qt_error_string(EISDIR);
    QTest::newRow("links in a circle") << u"circle"_s << qt_error_string(ELOOP);
    QTest::newRow("a long name") << QString(300, u'x') << qt_error_string(ENAMETOOLONG);
    QTest::newRow("no name") << QString() << qt_error_string(ENOENT);
}

void TestSaveFile::usersMistakes()
{
    QFETCH(const QString, name);
    QFETCH(const QString, reason);
    write(u"file"_s, oldContent);
    QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
    QVERIFY(QFile::link(u"circle"_s, path(u"circle"_s)));
    const QStringList before = names();
    const auto saved =
        saveFile(name.isEmpty() ? name : path(name), newContent, FileMode::KeepOrDefault);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::NotSaved);
    QVERIFY2(saved.error().what.contains(reason), qPrintable(saved.error().what));
    QCOMPARE(names(), before);
    QCOMPARE(contentOf(path(u"file"_s)), oldContent);
}

void TestSaveFile::devicesAreWrittenDirectly()
{
    QVERIFY(saveFile(u"/dev/null"_s, newContent, FileMode::KeepOrDefault));
    QVERIFY(S_ISCHR(statusOf(u"/dev/null"_s).st_mode));
    const auto full = saveFile(u"/dev/full"_s, newContent, FileMode::KeepOrDefault);
    QVERIFY(!full);
    QVERIFY(full.error().what.contains(qt_error_string(ENOSPC)));
    QVERIFY(S_ISCHR(statusOf(u"/dev/full"_s).st_mode));
}

void TestSaveFile::foldersArePrivate()
{
    const mode_t before = ::umask(0);
    const auto made = makePrivateFolder(path(u".local/state/hubkeeper/drafts"_s));
    ::umask(before);
    QVERIFY(made);
    for (const QString &folder : {u".local"_s, u".local/state"_s, u".local/state/hubkeeper"_s,
                                  u".local/state/hubkeeper/drafts"_s})
        QCOMPARE(int(statusOf(path(folder)).st_mode & 0777), 0700);
    QVERIFY(makePrivateFolder(path(u".local/state/hubkeeper/"_s)));
    write(u"file"_s, {});
    const auto refused = makePrivateFolder(path(u"file/below"_s));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::NotSaved);
}

void TestSaveFile::locksArePrivate()
{
    const mode_t before = ::umask(0);
    const auto lock = privateLock(path(u"a.lock"_s));
    ::umask(before);
    QVERIFY(lock && *lock);
    QCOMPARE(int(statusOf(path(u"a.lock"_s)).st_mode & 0777), 0600);
    const auto second = privateLock(path(u"a.lock"_s));
    QVERIFY(second && !*second);
    const DiskFault fault("write", m_folder->path(), ENOSPC);
    const auto full = privateLock(path(u"b.lock"_s));
    QVERIFY(!full);
    QCOMPARE(full.error().kind, ErrorKind::NotSaved);
}

void TestSaveFile::privateFileBehindADanglingLink()
{
    QVERIFY(QFile::link(u"there"_s, path(u"link"_s)));
    const mode_t before = ::umask(0);
    const auto made = makePrivateFile(path(u"link"_s));
    ::umask(before);
    QVERIFY(made);
    QCOMPARE(int(statusOf(path(u"there"_s)).st_mode & 0777), 0600);
    write(u"there"_s, oldContent);
    QVERIFY(makePrivateFile(path(u"link"_s)));
    QCOMPARE(contentOf(path(u"there"_s)), oldContent);
}

void TestSaveFile::settingsKeepTheirTypes()
{
    const QString file = path(u"window.json"_s);
    QVERIFY(makePrivateFile(file));
    {
        QSettings settings(file, settingsFormat());
        QCOMPARE(settings.status(), QSettings::NoError);
        settings.setValue(u"window/geometry"_s, QByteArray("\0\xff", 2));
        settings.setValue(u"files"_s, QStringList {u"a"_s, u"ö"_s});
        settings.setValue(u"mask"_s, true);
        settings.setValue(u"page"_s, u"records"_s);
    }
    const QSettings again(file, settingsFormat());
    QCOMPARE(again.value(u"window/geometry"_s).toByteArray(), QByteArray("\0\xff", 2));
    QCOMPARE(again.value(u"files"_s).toStringList(), (QStringList {u"a"_s, u"ö"_s}));
    QCOMPARE(again.value(u"mask"_s).toBool(), true);
    QCOMPARE(again.value(u"page"_s).toString(), u"records"_s);
    QCOMPARE(int(statusOf(file).st_mode & 0777), 0600);
}

void TestSaveFile::settingsOnAFailingDisk_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<int>("error");
    forEachDiskFault([](const QByteArray &call, int error, const QByteArray &name) {
        if (call == "write" || call == "rename") // QSettings asks for no more.
            QTest::addRow("%s", name.constData()) << call << error;
    });
}

void TestSaveFile::settingsOnAFailingDisk()
{
    QFETCH(const QByteArray, call);
    QFETCH(const int, error);
    const QString file = path(u"window.json"_s);
    QSettings(file, settingsFormat()).setValue(u"page"_s, u"records"_s);
    const QByteArray before = contentOf(file);
    QVERIFY(before.contains("records"));
    {
        const DiskFault fault(call, file, error);
        QSettings settings(file, settingsFormat());
        settings.setValue(u"page"_s, u"journal"_s);
        settings.sync();
        QCOMPARE(settings.status(), QSettings::AccessError);
    }
    QCOMPARE(contentOf(file), before);
}

HUBKEEPER_TEST(TestSaveFile)
#include "tst_savefile.moc"
