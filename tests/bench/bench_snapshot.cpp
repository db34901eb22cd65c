// SPDX-License-Identifier: MIT
// Pages of a list parsed and stored in a snapshot, as `snapshot take` does it, in records a second
// of processor time and on the clock: with each page on the disk as it comes, sealed at the end,
// and checked. Arguments: how many records; a file: instead of measuring, such a snapshot is
// written there, with a schema and an e-mail address of its own for each record, so that a practice
// portal can be filled from it (README.md).
#include "bench/benchrig.h"
#include "session/snapshots/comparesnapshots.h"
#include "store/snapshot/snapshotreader.h"
#include "store/snapshot/snapshotwriter.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>

#include <sys/resource.h>

#include <ctime>

using namespace hubkeeper;
using namespace hubkeeper::bench;
using namespace Qt::StringLiterals;

namespace {

/// Pages as the portal sends them, with 25 columns.
QList<QByteArray> snapshotPages(const QStringList &columns, int pages)
{
    practice::PracticeOptions options;
    options.contacts = pages * 100;
    options.companies = 10;
    options.limits = {0, 0, 0, 0, 0};
    BenchRig rig(options, 100'000);
    QObject parent;
    QList<QByteArray> bodies;
    QString after;
    while (bodies.size() < pages) {
        HttpRequest request;
        request.path = u"/crm/v3/objects/contacts"_s;
        request.query.addQueryItem(u"limit"_s, u"100"_s);
        request.query.addQueryItem(u"properties"_s, columns.join(u','));
        if (!after.isEmpty())
            request.query.addQueryItem(u"after"_s, after);
        bodies.append(valueOf(rig.client.fetch(request, &parent)).body);
        const auto page = parseRecordPage(bodies.constLast());
        if (!page)
            giveUp(page.error().sentence());
        after = page->after;
    }
    return bodies;
}

template <typename T>
T checked(Result<T> result)
{
    if (!result)
        giveUp(result.error().sentence());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

double snapshotProcessorSeconds()
{
    timespec now {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

qint64 snapshotPeakBytes()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return qint64(usage.ru_maxrss) * 1024;
}

struct Took
{
    Took()
        : processor(snapshotProcessorSeconds())
    {
        clock.start();
    }
    [[nodiscard]] double onClock() const { return double(clock.nsecsElapsed()) / 1e9; }
    [[nodiscard]] double ofProcessor() const { return snapshotProcessorSeconds() - processor; }

    QElapsedTimer clock;
    const double processor;
};

/// The definitions of the columns.
SnapshotSchema schemaOf(const QStringList &columns)
{
    practice::PracticeOptions options;
    options.contacts = 1;
    BenchRig rig(options, 100'000);
    QObject parent;
    HttpRequest request;
    request.path = u"/crm/v3/properties/contacts"_s;
    const auto all = parseProperties(valueOf(rig.client.fetch(request, &parent)).body);
    if (!all)
        giveUp(all.error().sentence());
    SnapshotSchema schema;
    std::copy_if(all->begin(), all->end(), std::back_inserter(schema.definitions),
                 [&](const PropertyDefinition &one) { return columns.contains(one.name); });
    return schema;
}

void writeServable(const QString &path, const QList<QByteArray> &bodies, const QStringList &names,
                   qint64 records)
{
    const PackedColumns columns(names);
    PackedPageReader reader(columns);
    SnapshotInfo info;
    info.portalId = 1;
    info.begun = QDateTime::currentDateTimeUtc();
    info.parts.append(SnapshotPart {ObjectType::Contacts, columns.names(), {}, {}, {}, {}, -1});
    auto writer = checked(SnapshotWriter::create(path, info));
    checked(writer->putSchema(ObjectType::Contacts, schemaOf(names)));
    for (qint64 i = 0; i < records / 100; ++i) {
        const qint64 round = i / bodies.size();
        PackedPage page = checked(reader.read(bodies[i % bodies.size()]));
        for (PackedRecord &packedRow : page.records) {
            Record record = unpacked(packedRow, columns);
            record.id = QString::number(packedRow.id + round * 1'000'000);
            QString &email = record.properties[u"email"_s];
            if (!email.isEmpty())
                email = u"r%1."_s.arg(round) + email;
            packedRow = packed(record, columns).value_or(packedRow);
        }
        checked(writer->add(ObjectType::Contacts, page.records, "[]"));
    }
    checked(writer->finish());
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const qint64 records =
        std::max(100, QCoreApplication::arguments().value(1, u"1000000"_s).toInt());
    const QStringList names {u"email"_s,
                             u"firstname"_s,
                             u"lastname"_s,
                             u"phone"_s,
                             u"mobilephone"_s,
                             u"company"_s,
                             u"address"_s,
                             u"city"_s,
                             u"state"_s,
                             u"zip"_s,
                             u"country"_s,
                             u"jobtitle"_s,
                             u"website"_s,
                             u"lifecyclestage"_s,
                             u"hs_lead_status"_s,
                             u"hubspot_owner_id"_s,
                             u"industry"_s,
                             u"fax"_s,
                             u"salutation"_s,
                             u"createdate"_s,
                             u"hs_language"_s,
                             u"hs_object_id"_s,
                             u"lastmodifieddate"_s,
                             u"numemployees"_s,
                             u"annualrevenue"_s};
    const QList<QByteArray> bodies = snapshotPages(names, 50);
    if (const QString kept = QCoreApplication::arguments().value(2); !kept.isEmpty()) {
        writeServable(kept, bodies, names, records);
        return 0;
    }
    QTemporaryDir folder;
    const QString path = folder.filePath(u"bench.hubsnapshot"_s);
    const PackedColumns columns(names);

    PackedPageReader reader(columns);
    Took parsing;
    qint64 parsed = 0;
    for (qint64 i = 0; i < records / 100; ++i)
        parsed += qint64(checked(reader.read(bodies[i % bodies.size()])).records.size());
    const double parsingTook = parsing.ofProcessor();

    SnapshotInfo info;
    info.portalId = 1;
    info.parts.append(SnapshotPart {ObjectType::Contacts, columns.names(), {}, {}, {}, {}, -1});
    auto writer = checked(SnapshotWriter::create(path, info));
    Took storing;
    for (qint64 i = 0; i < records / 100; ++i) {
        PackedPage page = checked(reader.read(bodies[i % bodies.size()]));
        for (PackedRecord &record : page.records) // Ids that no other round uses.
            record.id += (i / bodies.size()) * 1'000'000;
        checked(writer->add(ObjectType::Contacts, page.records, "[]"));
    }
    const double stored = storing.ofProcessor();
    const double storedClock = storing.onClock();
    checked(writer->finish());
    const double sealed = storing.ofProcessor();
    const double sealedClock = storing.onClock();
    writer.reset();
    const qint64 peak = snapshotPeakBytes();

    auto snapshot = checked(SnapshotReader::open(path));
    Took checking;
    checked(snapshot->verify());
    const double verified = checking.ofProcessor();
    auto other = checked(SnapshotReader::open(path));
    Took comparing;
    (void)checked(compareSnapshots(*snapshot, *other, {}, [](const auto &) { return true; }));
    print({{u"benchmark"_s, u"snapshot"_s},
           {u"columns"_s, columns.size()},
           {u"records"_s, checked(snapshot->count(ObjectType::Contacts))},
           {u"bytesPerRecord"_s, rounded(double(QFileInfo(path).size()) / double(records), 0)},
           {u"parsedPerSecond"_s, rounded(double(parsed) / parsingTook, 0)},
           {u"parsedAndStoredPerSecond"_s, rounded(double(records) / stored, 0)},
           {u"parsedAndStoredPerSecondOnClock"_s, rounded(double(records) / storedClock, 0)},
           {u"withSealPerSecond"_s, rounded(double(records) / sealed, 0)},
           {u"withSealPerSecondOnClock"_s, rounded(double(records) / sealedClock, 0)},
           {u"checkedPerSecond"_s, rounded(double(records) / verified, 0)},
           {u"comparedPerSecond"_s, rounded(double(records) / comparing.ofProcessor(), 0)},
           {u"peakMegabytes"_s, rounded(double(peak) / 1e6, 0)}});
    return 0;
}
