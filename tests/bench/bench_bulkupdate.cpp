// SPDX-License-Identifier: MIT
// Applying many edits with everything that protects data on (baselines compared, journal, proof by
// reading again), as a share of what the permits allow; and the client library's blind batches.
// Arguments: how many edits.
#include "bench/clientlibrary.h"
#include "changes/run/run.h"
#include "journal/journal.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace hubkeeper;
using namespace hubkeeper::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr int callsPerBatch = 3; // Compare, write, prove.

void stageEdits(ChangeSet &changes, BenchRig &rig, int edits)
{
    QObject parent;
    ListOptions options;
    options.properties = {u"jobtitle"_s};
    rig.server.inPortal([](auto &portal) { portal.setLatency(std::chrono::milliseconds(0)); });
    changes.beginStep(u"edit"_s);
    while (changes.count() < edits) {
        const RecordPage page = valueOf(rig.portal.list(ObjectType::Contacts, options, &parent));
        for (const Record &record : page.records) {
            if (changes.count() < edits)
                changes.setText(ObjectType::Contacts, record, record.id, u"jobtitle"_s,
                                u"Changed by a benchmark"_s);
        }
        options.after = page.after;
    }
    changes.endStep();
    rig.server.inPortal([](auto &portal) { portal.setLatency(latency); });
}

QJsonObject runWith(int permits, int edits)
{
    practice::PracticeOptions options = farPortal(permits, edits + 100);
    options.limits = {};
    options.limits.staticPerWindow = 0; // Staging comes first and shall not use up the window.
    BenchRig rig(options, permits);
    ChangeSet changes;
    stageEdits(changes, rig, edits);

    QTemporaryDir folder;
    auto journal = Journal::open(folder.filePath(u"journal.sqlite"_s), rig.clock, Secret());
    if (!journal)
        giveUp(journal.error().sentence());
    QObject parent;
    QElapsedTimer timer;
    timer.start();
    const auto freely = [] { return WritePolicy {WriteMode::Free, 0, 0, {}, true}; };
    const RunSummary summary = valueOf<RunSummary>(
        new ApplyRun(rig.portal, changes, **journal, freely, {}, {}, rig.clock, &parent));
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    if (summary.applied != edits)
        giveUp(u"Only %1 of %2 edits were applied."_s.arg(summary.applied).arg(edits));
    const double calls = double(callsPerBatch) * ((edits + 99) / 100);
    return {{u"permits"_s, permits},          {u"edits"_s, edits},
            {u"seconds"_s, rounded(seconds)}, {u"share"_s, rounded(calls / permits / seconds)},
            {u"refused"_s, rig.refusals()},   {u"editsPerSecond"_s, rounded(edits / seconds, 0)}};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int edits = std::max(1, QCoreApplication::arguments().value(1, u"10000"_s).toInt());
    QJsonArray runs;
    for (const int permits : {10, 19, 50})
        runs.append(runWith(permits, edits));
    QJsonObject line {{u"benchmark"_s, u"bulkUpdate"_s},
                      {u"latencyMs"_s, qint64(latency.count())},
                      {u"callsPer100Edits"_s, callsPerBatch},
                      {u"runs"_s, runs}};

    practice::PracticeThread small(farPortal(19, 2000));
    if (const auto started = small.start(); !started)
        giveUp(started.error().sentence());
    QJsonObject library = askClientLibrary(u"update"_s, small);
    if (!library.isEmpty()) {
        const double rate = library["records"_L1].toDouble() / library["seconds"_L1].toDouble();
        library.insert(u"editsPerSecond"_s, rounded(rate, 0));
        line.insert(u"batchUpdate"_s, library);
    }
    print(line);
    return 0;
}
