// SPDX-License-Identifier: MIT
// Reading a whole portal into a record set, as a share of what the permits allow, and what the
// client library's getAll reads from the same portal. Arguments: seconds a run should take.
#include "bench/clientlibrary.h"
#include "session/reading/readlist.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace hubkeeper;
using namespace hubkeeper::bench;
using namespace Qt::StringLiterals;

namespace {

const QStringList columns {
    u"email"_s, u"firstname"_s, u"lastname"_s, u"phone"_s,          u"company"_s,
    u"city"_s,  u"country"_s,   u"jobtitle"_s, u"lifecyclestage"_s, u"hubspot_owner_id"_s};

struct Reading
{
    qint64 records = 0;
    double seconds = 0;
    [[nodiscard]] double rate() const { return double(records) / seconds; }
};

Reading readAll(BenchRig &rig, int permits)
{
    QTemporaryDir folder;
    QObject parent;
    auto set = RecordSet::create(folder.path(), ObjectType::Contacts, columns);
    if (!set)
        giveUp(set.error().sentence());
    BrowseQuery query;
    query.properties = columns;
    query.parallel = connectionsFor(permits);
    QElapsedTimer timer;
    timer.start();
    const BrowseSummary summary =
        valueOf<BrowseSummary>(new ReadList(rig.portal, query, **set, &parent));
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    if (summary.records != summary.total || (*set)->rowCount() != summary.records)
        giveUp(u"The reading is not complete."_s);
    return {summary.records, seconds};
}

QJsonObject runWith(int permits, int seconds)
{
    const int records = permits * 100 * seconds;
    BenchRig rig(farPortal(permits, records), permits);
    const Reading reading = readAll(rig, permits);
    return {{u"permits"_s, permits},
            {u"records"_s, reading.records},
            {u"seconds"_s, rounded(reading.seconds)},
            {u"share"_s, rounded(reading.rate() / (permits * 100))},
            {u"refused"_s, rig.refusals()},
            {u"recordsPerSecond"_s, rounded(reading.rate(), 0)}};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int seconds = std::max(1, QCoreApplication::arguments().value(1, u"30"_s).toInt());
    QJsonArray runs;
    double rateAt19 = 0;
    for (const int permits : {10, 19, 50}) {
        const QJsonObject run = runWith(permits, seconds);
        runs.append(run);
        if (permits == 19)
            rateAt19 = run["recordsPerSecond"_L1].toDouble();
    }
    QJsonObject line {{u"benchmark"_s, u"wholePortal"_s},
                      {u"latencyMs"_s, qint64(latency.count())},
                      {u"runs"_s, runs}};

    practice::PracticeThread small(farPortal(19, 3000)); // Its rate does not depend on the size.
    if (const auto started = small.start(); !started)
        giveUp(started.error().sentence());
    QJsonObject library = askClientLibrary(u"getAll"_s, small);
    if (!library.isEmpty()) {
        const double rate = library["records"_L1].toDouble() / library["seconds"_L1].toDouble();
        library.insert(u"recordsPerSecond"_s, rounded(rate, 0));
        line.insert(u"getAll"_s, library);
        line.insert(u"timesGetAllAt19"_s, rounded(rateAt19 / rate, 2));
    }
    print(line);
    return 0;
}
