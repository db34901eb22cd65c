// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "filecontent.h"
#include "testkit/mounts.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <unistd.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

constexpr uid_t nobody = 65534;
const QStringList smallDisk {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=64k"_s, u"none"_s};

/// Root becomes a user without rights while it lives.
class AsNobody
{
public:
    AsNobody()
        : m_done(::setegid(nobody) == 0 && ::seteuid(nobody) == 0)
    {
    }
    ~AsNobody()
    {
        if (::seteuid(0) != 0 || ::setegid(0) != 0)
            qFatal("cannot become root again");
    }
    Q_DISABLE_COPY_MOVE(AsNobody)
    [[nodiscard]] explicit operator bool() const { return m_done; }

private:
    bool m_done;
};

bool isRoot()
{
    return ::geteuid() == 0;
}

#ifdef __linux__

/// The binary form of user::rw-, user:1234:r--, group::r--, mask::r--, other::---.
QByteArray sampleAcl()
{
    const QByteArray everybody = QByteArray::fromHex("ffffffff");
    return QByteArray::fromHex("02000000") // Version.
        + QByteArray::fromHex("01000600") + everybody //
        + QByteArray::fromHex("02000400") + QByteArray::fromHex("d2040000") //
        + QByteArray::fromHex("04000400") + everybody //
        + QByteArray::fromHex("10000400") + everybody //
        + QByteArray::fromHex("20000000") + everybody;
}

bool setAttribute(const QString &path, const char *name, const QByteArray &value)
{
    return ::setxattr(QFile::encodeName(path).constData(), name, value.constData(),
                      size_t(value.size()), 0)
        == 0;
}

/// Empty: it has none.
QByteArray attributeOf(const QString &path, const char *name)
{
    QByteArray value(1000, '\0');
    const ssize_t size =
        ::getxattr(QFile::encodeName(path).constData(), name, value.data(), size_t(value.size()));
    return size < 0 ? QByteArray() : value.first(size);
}

#endif

} // namespace

/// What a file is besides its content survives saving.
class TestFileTraits : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void modes_data();
    void modes();
    void modesOfNewFiles_data();
    void modesOfNewFiles();
    void symbolicLinks();
    void hardLinks();
    void ownerAndGroup();
    void ownerThatCannotBeGiven();
    void folderThatCannotBeWritten();
    void readOnlyFileStays();
    void otherPeoplesFileInASharedFolder();
    void extendedAttributesAndAcl();
    void defaultAclOfTheFolder();
    void mountPoint();
    void fullDisk();
    void fullDiskOfAFileWithTwoNames();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] QString write(const QString &name, mode_t mode = 0644) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(oldContent) != oldContent.size()
            || ::chmod(QFile::encodeName(file.fileName()).constData(), mode) != 0)
            qFatal("cannot write");
        return file.fileName();
    }
    /// Saving works, and owner, group and mode are what they were.
    void saveAndCompare(const QString &file) const
    {
        const struct stat before = statusOf(file);
        const auto saved = saveFile(file, newContent, FileMode::KeepOrPrivate);
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().sentence()));
        const struct stat now = statusOf(file);
        QCOMPARE(contentOf(file), newContent);
        QCOMPARE(now.st_uid, before.st_uid);
        QCOMPARE(now.st_gid, before.st_gid);
        QCOMPARE(now.st_mode, before.st_mode);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFileTraits::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestFileTraits::modes_data()
{
    QTest::addColumn<int>("mode");
    for (const int mode : {0600, 0640, 0644, 0664, 0666, 0755, 02755, 04700})
        QTest::addRow("%o", unsigned(mode)) << mode;
}

void TestFileTraits::modes()
{
    QFETCH(const int, mode);
    const mode_t before = ::umask(077);
    saveAndCompare(write(u"a"_s, mode_t(mode)));
    ::umask(before);
    QCOMPARE(names(), QStringList {u"a"_s});
}

void TestFileTraits::modesOfNewFiles_data()
{
    QTest::addColumn<int>("umask");
    QTest::addColumn<FileMode>("mode");
    QTest::addColumn<int>("expected");
    QTest::newRow("private") << 0 << FileMode::KeepOrPrivate << 0600;
    QTest::newRow("private, 022") << 022 << FileMode::KeepOrPrivate << 0600;
    QTest::newRow("default, 022") << 022 << FileMode::KeepOrDefault << 0644;
    QTest::newRow("default, 077") << 077 << FileMode::KeepOrDefault << 0600;
    QTest::newRow("default, 0") << 0 << FileMode::KeepOrDefault << 0666;
}

void TestFileTraits::modesOfNewFiles()
{
    QFETCH(const int, umask);
    QFETCH(const FileMode, mode);
    QFETCH(const int, expected);
    const mode_t before = ::umask(mode_t(umask));
    const auto saved = saveFile(path(u"a"_s), newContent, mode);
    ::umask(before);
    QVERIFY(saved);
    QCOMPARE(int(statusOf(path(u"a"_s)).st_mode & 0777), expected);
}

void TestFileTraits::symbolicLinks()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"below"_s));
    const QString file = write(u"below/file"_s);
    QVERIFY(QFile::link(u"file"_s, path(u"below/link"_s))); // Relative to its own folder.
    QVERIFY(QFile::link(u"below/link"_s, path(u"link"_s)));
    QVERIFY(saveFile(path(u"link"_s), newContent, FileMode::KeepOrPrivate));
    QCOMPARE(contentOf(file), newContent);
    QVERIFY(S_ISLNK(statusOf(path(u"link"_s)).st_mode));
    QVERIFY(S_ISLNK(statusOf(path(u"below/link"_s)).st_mode));

    QVERIFY(QFile::link(u"below/missing"_s, path(u"dangling"_s)));
    QVERIFY(saveFile(path(u"dangling"_s), newContent, FileMode::KeepOrPrivate));
    QVERIFY(S_ISLNK(statusOf(path(u"dangling"_s)).st_mode));
    QCOMPARE(contentOf(path(u"below/missing"_s)), newContent);
    QCOMPARE(int(statusOf(path(u"below/missing"_s)).st_mode & 0777), 0600);
}

void TestFileTraits::hardLinks()
{
    const QString file = write(u"a"_s);
    QCOMPARE(
        ::link(QFile::encodeName(file).constData(), QFile::encodeName(path(u"b"_s)).constData()),
        0);
    const ino_t before = statusOf(file).st_ino;
    for (const QByteArray &content :
         {newContent, QByteArray("short"), QByteArray(), QByteArray(3'000'000, 'x')}) {
        QVERIFY(saveFile(file, content, FileMode::KeepOrPrivate));
        QCOMPARE(contentOf(path(u"b"_s)), content);
        QCOMPARE(statusOf(file).st_ino, before);
        QCOMPARE(int(statusOf(file).st_nlink), 2);
        QCOMPARE(names(), (QStringList {u"a"_s, u"b"_s}));
    }
}

void TestFileTraits::ownerAndGroup()
{
    if (!isRoot())
        QSKIP("only root can make a file of somebody else");
    const QString file = write(u"a"_s, 0640);
    QCOMPARE(::chown(QFile::encodeName(file).constData(), 1234, 4321), 0);
    saveAndCompare(file);
    QCOMPARE(int(statusOf(file).st_uid), 1234);
    QCOMPARE(int(statusOf(file).st_gid), 4321);
    QCOMPARE(names(), QStringList {u"a"_s});
}

void TestFileTraits::ownerThatCannotBeGiven()
{
    if (!isRoot())
        QSKIP("only root can make a file of somebody else");
    const QString file = write(u"a"_s, 0660);
    QCOMPARE(::chown(QFile::encodeName(file).constData(), 1234, nobody), 0);
    QCOMPARE(::chown(QFile::encodeName(m_folder->path()).constData(), nobody, nobody), 0);
    const AsNobody nobodyNow;
    QVERIFY(nobodyNow);
    saveAndCompare(file); // In place: nobody may write it but cannot give a file away.
    QCOMPARE(names(), QStringList {u"a"_s});
}

void TestFileTraits::folderThatCannotBeWritten()
{
    if (!isRoot())
        QSKIP("only root can make a folder of somebody else");
    const QString file = write(u"a"_s, 0666);
    const QTemporaryDir state;
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    QCOMPARE(::chown(QFile::encodeName(state.path()).constData(), nobody, nobody), 0);
    qputenv("XDG_STATE_HOME", QFile::encodeName(state.path()));
    const AsNobody nobodyNow;
    QVERIFY(nobodyNow);
    saveAndCompare(file);
    QVERIFY(QDir(state.filePath(u"hubkeeper"_s))
                .isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    // Where no copy can be kept, the file is left alone.
    qputenv("XDG_STATE_HOME", "/proc/none");
    QVERIFY(!saveFile(file, oldContent, FileMode::KeepOrPrivate));
    qunsetenv("XDG_STATE_HOME");
    QCOMPARE(contentOf(file), newContent);
}

void TestFileTraits::readOnlyFileStays()
{
    const QString file = write(u"a"_s, 0444);
    std::optional<AsNobody> nobodyNow;
    if (isRoot()) {
        QCOMPARE(::chown(QFile::encodeName(m_folder->path()).constData(), nobody, nobody), 0);
        nobodyNow.emplace();
    }
    const auto saved = saveFile(file, newContent, FileMode::KeepOrPrivate);
    QVERIFY(!saved);
    QVERIFY2(saved.error().what.contains(qt_error_string(EACCES)), qPrintable(saved.error().what));
    QCOMPARE(contentOf(file), oldContent);
}

void TestFileTraits::otherPeoplesFileInASharedFolder()
{
    if (!isRoot())
        QSKIP("only root can make a file of somebody else");
    const QString file = write(u"a"_s, 0666);
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 01777), 0); // As /tmp.
    const AsNobody nobodyNow;
    QVERIFY(nobodyNow);
    saveAndCompare(file);
    QCOMPARE(names(), QStringList {u"a"_s});
}

void TestFileTraits::extendedAttributesAndAcl()
{
#ifdef __linux__
    const QString file = write(u"a"_s, 0640);
    if (!setAttribute(file, "user.origin", "deployment"))
        QSKIP("this file system has no extended attributes");
    const bool hasAcl = setAttribute(file, "system.posix_acl_access", sampleAcl());
    if (isRoot())
        (void)setAttribute(file, "trusted.hubkeeper", "kept");
    const ino_t before = statusOf(file).st_ino;
    saveAndCompare(file);
    QVERIFY(statusOf(file).st_ino != before); // By a rename all the same.
    QCOMPARE(attributeOf(file, "user.origin"), QByteArray("deployment"));
    if (hasAcl)
        QCOMPARE(attributeOf(file, "system.posix_acl_access"), sampleAcl());
    if (isRoot())
        QCOMPARE(attributeOf(file, "trusted.hubkeeper"), QByteArray("kept"));
    if (!hasAcl)
        QSKIP("this file system has no ACLs");
#else
    QSKIP("extended attributes are tested on Linux");
#endif
}

void TestFileTraits::defaultAclOfTheFolder()
{
#ifdef __linux__
    const QString old = write(u"old"_s, 0640);
    if (!setAttribute(m_folder->path(), "system.posix_acl_default", sampleAcl()))
        QSKIP("this file system has no ACLs");
    saveAndCompare(old); // An ACL that it did not have is not its own.
    QCOMPARE(attributeOf(old, "system.posix_acl_access"), QByteArray());
#else
    QSKIP("ACLs are tested on Linux");
#endif
}

void TestFileTraits::mountPoint()
{
    if (const auto here = amongOwnMounts("tst_filetraits"); here != OwnMounts::Inside) {
        if (here == OwnMounts::Impossible)
            QSKIP("this user may not mount");
        return;
    }
    const QString source = write(u"source"_s, 0640);
    const QString file = write(u"mounted"_s);
    const Mounted mounted(file, {u"--bind"_s, source});
    QVERIFY(mounted);
    saveAndCompare(file);
    QCOMPARE(contentOf(source), newContent);
    QCOMPARE(names(), (QStringList {u"mounted"_s, u"source"_s}));
}

void TestFileTraits::fullDisk()
{
    if (const auto here = amongOwnMounts("tst_filetraits"); here != OwnMounts::Inside) {
        if (here == OwnMounts::Impossible)
            QSKIP("this user may not mount");
        return;
    }
    const Mounted mounted(m_folder->path(), smallDisk);
    QVERIFY(mounted);
    const QString file = write(u"a"_s);
    fillUp(path(u"filler"_s));
    const auto saved = saveFile(file, newContent, FileMode::KeepOrPrivate);
    QVERIFY(!saved);
    QVERIFY2(saved.error().what.contains(qt_error_string(ENOSPC)), qPrintable(saved.error().what));
    QCOMPARE(contentOf(file), oldContent);
    QVERIFY(!saveFile(path(u"new"_s), newContent, FileMode::KeepOrPrivate));
    QCOMPARE(names(), (QStringList {u"a"_s, u"filler"_s}));
}

void TestFileTraits::fullDiskOfAFileWithTwoNames()
{
    if (const auto here = amongOwnMounts("tst_filetraits"); here != OwnMounts::Inside) {
        if (here == OwnMounts::Impossible)
            QSKIP("this user may not mount");
        return;
    }
    const Mounted mounted(m_folder->path(), smallDisk);
    QVERIFY(mounted);
    const QString file = write(u"a"_s);
    QCOMPARE(
        ::link(QFile::encodeName(file).constData(), QFile::encodeName(path(u"b"_s)).constData()),
        0);
    // Room for the new content and the copy, not for the file to grow.
    const QByteArray larger(28'000, 'n');
    QVERIFY(!saveFile(file, larger, FileMode::KeepOrPrivate));
    QCOMPARE(contentOf(file), oldContent);
    QCOMPARE(contentOf(path(u"b"_s)), oldContent);
    QCOMPARE(names(), (QStringList {u"a"_s, u"b"_s}));
}

HUBKEEPER_TEST(TestFileTraits)
#include "tst_filetraits.moc"
