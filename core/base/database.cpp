// SPDX-License-Identifier: MIT
#include "base/database.h"

#include "base/basetext.h"

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
                    BaseText::tr("%1 is in use by another program: %2 was not possible.")
                        .arg(subject, doing),
                    BaseText::tr(
                        "Wait until the other program has finished, or end it, then try again."))
            .value();
    }
    const QString what = BaseText::tr("%1 failed while %2: %3.")
                             .arg(subject, doing, QString::fromUtf8(thrown.what()));
    switch (code) {
    case SQLITE_FULL:
        return fail(ErrorKind::NotSaved, what, BaseText::tr("Free some space, then try again."))
            .value();
    case SQLITE_IOERR:
        return fail(ErrorKind::NotSaved, what, BaseText::tr("Check the disk and its free space."))
            .value();
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return fail(ErrorKind::NotSaved, what,
                    BaseText::tr("Check the permissions of the file and its folder."))
            .value();
    default:
        return fail(ErrorKind::Storage, what,
                    BaseText::tr("Move its file away if it is damaged; it is not overwritten."))
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
