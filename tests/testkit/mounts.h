// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTest>

namespace hubkeeper::test {

enum class OwnMounts {
    Inside, ///< Mounts made now are seen by this process alone and go with it.
    Outside, ///< The same test function passed in a process that is inside.
    Impossible, ///< This user may not.
};

/// Runs the current test function again where it may mount: root, or a user whose system allows
/// user namespaces. A failure in there is a failure out here. `entry` is the name of the tests in
/// their program: "tst_filetraits".
[[nodiscard]] inline OwnMounts amongOwnMounts(const char *entry)
{
    const char *mark = "HUBKEEPER_OWN_MOUNTS";
    if (qEnvironmentVariableIsSet(mark))
        return OwnMounts::Inside;
    const auto run = [](const QStringList &command) {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral("unshare"), QStringList {QStringLiteral("-rm")} + command);
        const bool done = process.waitForFinished(60'000) && process.exitCode() == 0
            && process.exitStatus() == QProcess::NormalExit;
        return std::pair(done, process.readAll());
    };
    const QString probe = QStringLiteral("mount -t tmpfs none /tmp");
    if (!run({QStringLiteral("sh"), QStringLiteral("-c"), probe}).first)
        return OwnMounts::Impossible;
    qputenv(mark, "1");
    QString function = QString::fromLatin1(QTest::currentTestFunction());
    if (QTest::currentDataTag())
        function += QLatin1Char(':') + QString::fromLatin1(QTest::currentDataTag());
    const auto [passed, output] =
        run({QCoreApplication::applicationFilePath(), QString::fromLatin1(entry), function});
    qunsetenv(mark);
    if (!passed)
        QTest::qFail(output.constData(), __FILE__, __LINE__);
    return OwnMounts::Outside;
}

/// A mount at `path` while it lives; `what` are arguments of `mount` before the path.
class Mounted
{
public:
    Mounted(QString path, const QStringList &what)
        : m_path(std::move(path))
        , m_done(QProcess::execute(QStringLiteral("mount"), what + QStringList {m_path}) == 0)
    {
    }
    ~Mounted()
    {
        if (m_done)
            QProcess::execute(QStringLiteral("umount"), {m_path});
    }
    Q_DISABLE_COPY_MOVE(Mounted)
    [[nodiscard]] explicit operator bool() const { return m_done; }

private:
    QString m_path;
    bool m_done;
};

/// Writes to a file until the disk is full.
inline void fillUp(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        qFatal("cannot fill");
    const QByteArray block(512, 'f');
    while (file.write(block) > 0)
        continue;
}

} // namespace hubkeeper::test
