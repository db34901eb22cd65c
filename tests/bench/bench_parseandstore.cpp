// SPDX-License-Identifier: MIT
// Parsing pages of records and storing them, in records a second; and the memory a record takes
// that is held in a record set, and one that is held as values. Arguments: how many records.
#include "bench/benchrig.h"
#include "store/sets/recordset.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <malloc.h>

using namespace hubkeeper;
using namespace hubkeeper::bench;
using namespace Qt::StringLiterals;

namespace {

/// Bytes of this process in memory, after free memory went back to the system.
qint64 residentBytes()
{
    malloc_trim(0);
    QFile status(u"/proc/self/statm"_s);
    if (!status.open(QIODevice::ReadOnly))
        giveUp(u"/proc/self/statm cannot be read."_s);
    return status.readAll().split(' ').value(1).toLongLong() * 4096;
}

/// Pages as the portal sends them, with 25 columns.
QList<QByteArray> someBodies(const QStringList &columns, int pages)
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

/// The page's records with ids that no other round uses.
QList<Record> recordsOf(const QByteArray &body, qint64 round)
{
    auto page = parseRecordPage(body);
    if (!page)
        giveUp(page.error().sentence());
    for (Record &record : page->records)
        record.id = QString::number(record.id.toLongLong() + round * 1'000'000'000);
    return page->records;
}

/// What a table of contacts shows.
QStringList usualColumns()
{
    return {u"email"_s,
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
            u"lastmodifieddate"_s,
            u"hs_object_id"_s,
            u"hs_language"_s,
            u"numemployees"_s,
            u"annualrevenue"_s};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int records = std::max(100, QCoreApplication::arguments().value(1, u"200000"_s).toInt());
    const QStringList columns = usualColumns();
    const QList<QByteArray> bodies = someBodies(columns, 50);

    QElapsedTimer timer;
    timer.start();
    qsizetype parsed = 0;
    for (int i = 0; i < records / 100; ++i)
        parsed += recordsOf(bodies[i % bodies.size()], 0).size();
    const double parsing = double(timer.nsecsElapsed()) / 1e9;

    QTemporaryDir folder;
    QObject parent;
    auto set = RecordSet::create(folder.path(), ObjectType::Contacts, columns);
    if (!set)
        giveUp(set.error().sentence());
    const qint64 before = residentBytes();
    timer.restart();
    for (int i = 0; i < records / 100; ++i)
        valueOf((*set)->append(recordsOf(bodies[i % bodies.size()], i / bodies.size()), &parent));
    const double both = double(timer.nsecsElapsed()) / 1e9;
    const qint64 inSet = residentBytes() - before;

    constexpr int held = 20'000;
    const qint64 empty = residentBytes();
    QList<Record> values;
    for (int i = 0; i < held / 100; ++i)
        values += recordsOf(bodies[i % bodies.size()], i / bodies.size());
    const qint64 asValues = residentBytes() - empty;

    print({{u"benchmark"_s, u"parseAndStore"_s},
           {u"columns"_s, columns.size()},
           {u"records"_s, qint64((*set)->rowCount())},
           {u"parsedPerSecond"_s, rounded(double(parsed) / parsing, 0)},
           {u"parsedAndStoredPerSecond"_s, rounded(double((*set)->rowCount()) / both, 0)},
           {u"bytesPerRecordInSet"_s, rounded(double(inSet) / double((*set)->rowCount()), 1)},
           {u"bytesPerRecordAsValue"_s, rounded(double(asValues) / double(values.size()), 0)}});
    return 0;
}
