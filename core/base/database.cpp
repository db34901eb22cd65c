// SPDX-License-Identifier: MIT
#include "base/database.h"

#include <QDeadlineTimer>
#include <QThread>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int primaryCode = 0xff; // The rest of an extended code says more about it.
constexpr unsigned long pause = 5; // Milliseconds.

bool isBusy(int code)
{
    return (code & primaryCode) == SQLITE_BUSY || (code & primaryCode) == SQLITE_LOCKED;
}

} // namespace

Error databaseError(const QString &subject, const QString &doing, const SQLite::Exception &thrown)
{
    const int code = thrown.getErrorCode() & primaryCode;
    if (isBusy(code)) {
        return fail(ErrorKind::NotSaved,
                    u"%1 is in use by another program: %2 was not possible."_s.arg(subject, doing),
                    u"Wait until the other program has finished, or end it, then try again."_s)
            .value();
    }
    const QString what =
        u"%1 failed while %2: %3."_s.arg(subject, doing, QString::fromUtf8(thrown.what()));
    switch (code) {
    case SQLITE_FULL:
        return fail(ErrorKind::NotSaved, what, u"Free some space, then try again."_s).value();
    case SQLITE_IOERR:
        return fail(ErrorKind::NotSaved, what, u"Check the disk and its free space."_s).value();
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return fail(ErrorKind::NotSaved, what,
                    u"Check the permissions of the file and its folder."_s)
            .value();
    default:
        return fail(ErrorKind::Storage, what,
                    u"Move its file away if it is damaged; it is not overwritten."_s)
            .value();
    }
}

void useWriteAheadLog(SQLite::Database &database, std::chrono::milliseconds patience)
{
    constexpr auto order = "PRAGMA journal_mode = WAL";
    const QDeadlineTimer deadline(patience);
    while (isBusy(database.tryExec(order)) && !deadline.hasExpired())
        QThread::msleep(pause);
    database.exec(order); // Done already, or it fails and says why.
}

} // namespace hubkeeper
