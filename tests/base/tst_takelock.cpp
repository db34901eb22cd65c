// SPDX-License-Identifier: MIT
#include "base/takelock.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/file.h>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

/// Locks that name nobody, as a program leaves them that is killed while it makes one.
class TestTakeLock final : public QObject
{
    Q_OBJECT

private slots:
    void takesWhatNobodyHas();
    void leavesALivingProgramsLock();
    void takesOverWhatNamesNobody();
    void leavesAYoungOneAlone();
    void waitsUntilItIsOldEnough();
    void leavesAHeldOneAlone();

private:
    /// An empty file, written so many seconds ago.
    QString nameless(const QString &name, int secondsAgo)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the lock");
        file.setFileTime(QDateTime::currentDateTime().addSecs(-secondsAgo),
                         QFileDevice::FileModificationTime);
        return file.fileName();
    }
    static void prepare(QLockFile &lock) { lock.setStaleLockTime(0); }

    QTemporaryDir m_folder;
};

void TestTakeLock::takesWhatNobodyHas()
{
    QLockFile lock(m_folder.filePath(u"free"_s));
    prepare(lock);
    QVERIFY(takeLock(lock));
}

void TestTakeLock::leavesALivingProgramsLock()
{
    const QString path = m_folder.filePath(u"held"_s);
    QLockFile first(path);
    prepare(first);
    QVERIFY(takeLock(first));
    QLockFile second(path);
    prepare(second);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!takeLockPatiently(second)); // This process holds it.
    QVERIFY(timer.elapsed() < 500);
}

void TestTakeLock::takesOverWhatNamesNobody()
{
    QLockFile lock(nameless(u"old"_s, 5));
    prepare(lock);
    QVERIFY(!lock.tryLock(0)); // For good, without us.
    QVERIFY(takeLock(lock));
    QLockFile other(lock.fileName());
    prepare(other);
    QVERIFY(!takeLock(other));
}

void TestTakeLock::leavesAYoungOneAlone()
{
    QLockFile lock(nameless(u"young"_s, 0));
    prepare(lock);
    QVERIFY(!takeLock(lock));
}

void TestTakeLock::waitsUntilItIsOldEnough()
{
    QLockFile lock(nameless(u"waited for"_s, 0));
    prepare(lock);
    QVERIFY(takeLockPatiently(lock));
}

/// Somebody holds it and is slow to write who it is.
void TestTakeLock::leavesAHeldOneAlone()
{
    const QString path = nameless(u"slow"_s, 60);
    const int file = ::open(QFile::encodeName(path).constData(), O_RDWR);
    QVERIFY(file >= 0);
    QCOMPARE(::flock(file, LOCK_EX | LOCK_NB), 0);
    QLockFile lock(path);
    prepare(lock);
    QVERIFY(!takeLock(lock));
    QVERIFY(QFile::exists(path));
    ::close(file);
    QVERIFY(takeLock(lock));
}

HUBKEEPER_TEST(TestTakeLock)
#include "tst_takelock.moc"
