// SPDX-License-Identifier: MIT
// How long duplicates take in made-up contacts, and how much memory; how many of them are found.
// Prints one line of JSON.

#include "duplicates/finding/findduplicates.h"
#include "duplicates/madetable.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

#include <sys/resource.h>

#include <cstdio>
#include <unordered_map>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

constexpr size_t usualContacts = 1'000'000;

double seconds(const QElapsedTimer &timer)
{
    return double(timer.elapsed()) / 1'000;
}

rusage used()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return usage;
}

double spentSeconds()
{
    const rusage usage = used();
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/// Feeds the records in pieces, so that the table itself is not what the memory holds.
ComparableRecords recordsOf(size_t rows, std::vector<std::uint32_t> &entities,
                            QElapsedTimer &reading, qint64 &spent)
{
    constexpr size_t piece = 50'000;
    std::optional<ComparableRecords> records;
    std::uint32_t before = 0;
    for (std::uint32_t seed = 1; entities.size() < rows; ++seed) {
        const test::MadeTable table =
            test::madeContacts(std::min(piece, rows - entities.size()), seed);
        reading.start();
        if (!records) {
            QStringList headers;
            for (const std::string &header : table.headers)
                headers.append(QString::fromStdString(header));
            records.emplace(guessedColumns(headers));
        }
        std::uint32_t most = 0;
        for (size_t i = 0; i < table.rows.size(); ++i) {
            const std::vector<std::string_view> cells(table.rows[i].begin(), table.rows[i].end());
            records->add(cells);
            most = std::max(most, table.entities[i]);
            entities.push_back(before + table.entities[i]);
        }
        before += most + 1;
        spent += reading.elapsed();
    }
    records->freeze();
    return *std::move(records);
}

} // namespace

int main(int argc, char **argv)
{
    const size_t rows = argc > 1 ? size_t(std::strtoull(argv[1], nullptr, 10)) : usualContacts;
    std::vector<std::uint32_t> entities;
    QElapsedTimer timer;
    qint64 reading = 0;
    const ComparableRecords records = recordsOf(rows, entities, timer, reading);
    const long before = used().ru_maxrss;
    const double processor = spentSeconds();
    timer.start();
    const auto found = findDuplicates(records, {});
    const double finding = seconds(timer);
    if (!found)
        return 1;
    std::unordered_map<std::uint32_t, double> sizes;
    double all = 0;
    for (const std::uint32_t entity : entities)
        all += sizes[entity]++;
    double right = 0;
    for (const DuplicatePair &pair : found->pairs)
        right += entities[pair.first] == entities[pair.second] ? 1 : 0;
    const QJsonObject line {{u"rows"_s, qint64(rows)},
                            {u"readSeconds"_s, double(reading) / 1'000},
                            {u"findSeconds"_s, finding},
                            {u"processorSeconds"_s, spentSeconds() - processor},
                            {u"pairs"_s, qint64(found->pairs.size())},
                            {u"compared"_s, qint64(found->compared)},
                            {u"precision"_s, right / double(found->pairs.size())},
                            {u"recall"_s, right / all},
                            {u"peakMegabytesRead"_s, qint64(before / 1'024)},
                            {u"peakMegabytes"_s, qint64(used().ru_maxrss / 1'024)}};
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    return 0;
}
