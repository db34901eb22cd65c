// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changefile.h"
#include "program.h"

#include <QDirIterator>
#include <QRandomGenerator>
#include <QTest>
#include <QThread>

namespace hubkeeper::test {

// What the tests that kill the program (SIGKILL) at random times have in common.

/// Rows of data of a test function with one column, "kills": `usual` kills in all, or as many as
/// HUBKEEPER_KILLS says, at most `most` in a row, because a test function has five minutes.
inline void addKillRows(int usual, int most)
{
    QTest::addColumn<int>("kills");
    bool isNumber = false;
    const int asked = qEnvironmentVariableIntValue("HUBKEEPER_KILLS", &isNumber);
    const int kills = isNumber ? std::max(1, asked) : usual;
    for (int done = 0; done < kills; done += most)
        QTest::addRow("from %d", done + 1) << std::min(most, kills - done);
}

/// Starts the program and kills it after a while of at most `longestMs`; whether it was still
/// there.
inline bool killWithin(const Program &program, const QStringList &arguments, int longestMs)
{
    QProcess process;
    program.prepare(process, arguments);
    process.start();
    process.waitForStarted();
    QThread::msleep(QRandomGenerator::global()->bounded(std::max(1, longestMs)));
    process.kill();
    process.waitForFinished();
    return process.exitStatus() == QProcess::CrashExit;
}

/// Rows in the change set of the one connection, as the file has it; -1: it cannot be read.
inline int stagedRows(const Program &program)
{
    QDirIterator files(program.path(QStringLiteral("data")), {QStringLiteral("*-*.sqlite")},
                       QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.contains(QLatin1StringView("/changes/")))
            continue;
        const auto opened = ChangeFile::openToRead(path);
        if (!opened) {
            qWarning("%s", qUtf8Printable(opened.error().sentence()));
            return -1;
        }
        try {
            return (*opened)->overview().index.count();
        } catch (const std::exception &) {
            return 0; // It was killed before there was a table.
        }
    }
    return 0;
}

/// Rows that are still to be sent. What was being sent when the program was killed is unknown until
/// the next one looks.
inline int waitingRows(const Program &program)
{
    const QJsonArray list =
        program.run({QStringLiteral("--json"), QStringLiteral("changes"), QStringLiteral("list")})
            .list();
    if (list.isEmpty())
        return 0;
    const QJsonObject one = list.first().toObject();
    return one.value(QLatin1StringView("waiting")).toInt()
        + one.value(QLatin1StringView("unknown")).toInt();
}

/// Whether no copy of records or of a table is left in the folder of copies.
inline bool leavesNoCopy(const Program &program)
{
    QDirIterator left(program.path(QStringLiteral("cache")), {QStringLiteral("*.sqlite")},
                      QDir::Files, QDirIterator::Subdirectories);
    return !left.hasNext();
}

} // namespace hubkeeper::test
