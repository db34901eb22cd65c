// SPDX-License-Identifier: MIT
// A table of many rows imported: read and stored, checked against a portal that answers at once,
// and staged; in seconds and rows a second, and the most memory the process had. The portal is a
// process of its own. Arguments: how many rows (1,000,000).
#include "bench/benchrig.h"
#include "secrets/secretstore.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "session/workbench/importtable.h"
#include "session/writing/keepchanges.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

using namespace hubkeeper;
using namespace hubkeeper::bench;
using namespace Qt::StringLiterals;

namespace {

/// The most memory this process had, in MB.
double peakMegabytes()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return double(line.mid(6).simplified().split(' ').value(0).toLongLong()) / 1024;
    }
    return 0;
}

void writeTable(const QString &path, int rows)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        giveUp(u"The table cannot be written."_s);
    file.write("email,firstname,lastname,phone,mobilephone,company,address,city,state,zip,country,"
               "jobtitle\n");
    QByteArray block;
    for (int i = 0; i < rows; ++i) {
        const QByteArray number = QByteArray::number(i).rightJustified(7, '0');
        block += "person" + number + "@example.com,Ada,Lovelace " + number + ",+49 30 23125"
            + number + ",+49 171 39200" + number.right(2) + ",\"Example, Inc. " + number.right(4)
            + "\",Main Street " + number.right(3) + ",Berlin,BE," + number.right(5)
            + ",Germany,Engineer\n";
        if (block.size() > 1 << 20) {
            file.write(block);
            block.clear();
        }
    }
    file.write(block);
}

/// The portal in a process of its own, so that its memory does not count.
int servePortal()
{
    practice::PracticeOptions options;
    options.contacts = 10;
    options.companies = 5;
    options.limits = {0, 0, 0, 0, 0};
    SystemClock clock;
    practice::PracticePortal portal(options, clock);
    if (!portal.start())
        return 1;
    const auto text = [](const Secret &secret) {
        return secret.withClearText([](std::string_view clear) {
            return QByteArray(clear.data(), qsizetype(clear.size()));
        });
    };
    std::printf("%s %s %s %s\n", portal.url().toString().toUtf8().constData(),
                portal.clientId().toUtf8().constData(), text(portal.clientSecret()).constData(),
                text(portal.refreshToken()).constData());
    std::fflush(stdout);
    return QCoreApplication::exec();
}

struct Seconds
{
    double read = 0;
    double checked = 0;
    double staged = 0;
};

int measure(int rows, const QList<QByteArray> &portal)
{
    QTemporaryDir folder;
    ImportRequest request;
    request.path = folder.filePath(u"table.csv"_s);
    request.match = u"email"_s;
    writeTable(request.path, rows);
    SystemClock clock;
    MemorySecretStore secrets;
    BudgetRegistry budgets;
    const Paths paths = Paths::below(folder.path());
    SessionParts parts;
    parts.connection.id = u"bench"_s;
    parts.connection.kind = ConnectionKind::Practice;
    parts.provisioner = std::make_shared<ProvisionerFacts>();
    parts.transport.base = QUrl(QString::fromUtf8(portal[0]));
    parts.permitsPerSecond = 100'000;
    parts.credentials = {QString::fromUtf8(portal[1]), Secret(portal[2]), Secret(portal[3])};
    auto journal = Journal::open(folder.filePath(u"journal.sqlite"_s), clock, Secret());
    if (!journal)
        giveUp(journal.error().sentence());
    parts.journal = std::move(*journal);
    Session session(std::move(parts), SessionServices {clock, secrets, paths, budgets});
    QObject calls;
    (void)valueOf(static_cast<Call<RestoredChanges> *>(new KeepChanges(session, &calls)));
    const double before = peakMegabytes();

    Seconds seconds;
    QElapsedTimer timer;
    timer.start();
    auto *check = checkImport(session, request, &calls);
    double readAt = 0;
    QObject::connect(check, &CallBase::progressed, &calls, [&](qint64, qint64 total) {
        if (total < 0)
            readAt = double(timer.nsecsElapsed()) / 1e9;
    });
    const auto checked = valueOf(check);
    seconds.read = readAt;
    seconds.checked = double(timer.nsecsElapsed()) / 1e9 - readAt;
    const double atCheck = peakMegabytes();
    timer.restart();
    const AddedRows added = valueOf(stageImport(session, *checked, &calls));
    valueOf(session.changes().flush(&calls));
    seconds.staged = double(timer.nsecsElapsed()) / 1e9;
    print({{u"benchmark"_s, u"import"_s},
           {u"rows"_s, rows},
           {u"columns"_s, 12},
           {u"megabytes"_s, QFileInfo(request.path).size() >> 20},
           {u"staged"_s, added.added},
           {u"readSeconds"_s, rounded(seconds.read, 2)},
           {u"readPerSecond"_s, rounded(rows / seconds.read, 0)},
           {u"checkedSeconds"_s, rounded(seconds.checked, 2)},
           {u"stagedSeconds"_s, rounded(seconds.staged, 2)},
           {u"stagedPerSecond"_s, rounded(rows / seconds.staged, 0)},
           {u"megabytesBefore"_s, rounded(before, 0)},
           {u"peakMegabytesOfTheCheck"_s, rounded(atCheck, 0)},
           {u"peakMegabytes"_s, rounded(peakMegabytes(), 0)}});
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QString first = QCoreApplication::arguments().value(1, u"1000000"_s);
    if (first == "portal"_L1)
        return servePortal();
    QProcess portal;
    portal.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    portal.start(QCoreApplication::applicationFilePath(), {u"portal"_s});
    if (!portal.waitForReadyRead(20'000))
        giveUp(u"The portal does not start."_s);
    const QList<QByteArray> words = portal.readLine().trimmed().split(' ');
    const int code = words.size() == 4 ? measure(first.toInt(), words) : 1;
    portal.kill();
    portal.waitForFinished();
    return code;
}
