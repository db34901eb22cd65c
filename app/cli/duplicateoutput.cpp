// SPDX-License-Identifier: MIT
#include "duplicateoutput.h"

#include "base/compactjson.h"
#include "counttext.h"
#include "duplicates/finding/reasons.h"
#include "tables/csv.h"
#include "textcolumns.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype pieceBytes = 256 << 10;
constexpr size_t shownGroups = 1'000; // In a table for people.

double rounded(double value, double digits)
{
    return std::round(value * digits) / digits;
}

QJsonArray columnsJson(const MatchColumns &columns)
{
    QJsonArray list;
    for (qsizetype i = 0; i < columns.headers.size(); ++i)
        list.append(QJsonObject {{u"column"_s, columns.headers[i]},
                                 {u"field"_s, nameOf(columns.fields[i])}});
    return list;
}

QJsonObject pairJson(const FoundDuplicates &duplicates, const DuplicatePair &pair)
{
    const DuplicateTable &table = duplicates.table;
    QJsonObject json {
        {u"a"_s, table.nameOf(pair.first)},        {u"b"_s, table.nameOf(pair.second)},
        {u"rowA"_s, table.rowOf(pair.first)},      {u"rowB"_s, table.rowOf(pair.second)},
        {u"score"_s, rounded(pair.score, 10'000)}, {u"implied"_s, pair.isImplied}};
    if (!duplicates.isExplained)
        return json;
    QJsonArray why;
    for (const MatchReason &reason :
         reasonsFor(*duplicates.table.records, *duplicates.found.model, pair.first, pair.second))
        why.append(QJsonObject {{u"field"_s, nameOf(reason.feature)},
                                {u"agreement"_s, nameOf(reason.level)},
                                {u"weight"_s, rounded(reason.weight, 100)}});
    json.insert(u"why"_s, why);
    return json;
}

QJsonObject groupJson(const DuplicateTable &table, const DuplicateGroup &group)
{
    QJsonArray ids;
    QJsonArray rows;
    for (const std::uint32_t record : group.records) {
        ids.append(table.nameOf(record));
        rows.append(table.rowOf(record));
    }
    return {{u"ids"_s, ids}, {u"rows"_s, rows}, {u"score"_s, rounded(group.score, 10'000)}};
}

/// Writes a list piece by piece: it may have millions of members.
class JsonPieces
{
public:
    explicit JsonPieces(Output &output)
        : m_output(output)
    {
    }

    void text(const QByteArray &text)
    {
        m_block += text;
        if (m_block.size() >= pieceBytes)
            flush();
    }
    template <typename List, typename Make>
    void list(const List &members, Make &&make)
    {
        bool isFirst = true;
        for (const auto &member : members) {
            text(std::exchange(isFirst, false) ? "\n" : ",\n");
            text(compactJson(make(member)));
            if (m_output.fault())
                return;
        }
    }
    void flush() { m_output.raw(std::exchange(m_block, {})); }

private:
    Output &m_output;
    QByteArray m_block;
};

void printJson(const FoundDuplicates &duplicates, Output &output)
{
    const DuplicateTable &table = duplicates.table;
    QJsonObject head {
        {u"type"_s, table.columns.kind == MatchKind::Companies ? u"company"_s : u"contact"_s},
        {u"records"_s, qint64(table.records->size())},
        {u"columns"_s, columnsJson(table.columns)},
        {u"guessed"_s, table.isGuessed},
        {u"threshold"_s, duplicates.threshold},
        {u"compared"_s, qint64(duplicates.found.compared)}};
    QByteArray start = compactJson(head);
    start.chop(1);
    JsonPieces pieces(output);
    pieces.text(start + ",\"pairs\":[");
    pieces.list(duplicates.found.pairs, [&duplicates](const DuplicatePair &pair) {
        return QJsonValue(pairJson(duplicates, pair));
    });
    pieces.text("],\n\"groups\":[");
    pieces.list(duplicates.found.groups, [&table](const DuplicateGroup &group) {
        return QJsonValue(groupJson(table, group));
    });
    pieces.text("]}\n");
    pieces.flush();
}

void printCsv(const FoundDuplicates &duplicates, Output &output)
{
    const DuplicateTable &table = duplicates.table;
    std::vector<std::uint32_t> groupOf(table.records->size());
    std::uint32_t number = 0;
    for (const DuplicateGroup &group : duplicates.found.groups) {
        ++number;
        for (const std::uint32_t record : group.records)
            groupOf[record] = number;
    }
    QStringList titles {u"group"_s, u"a"_s, u"b"_s, u"row_a"_s, u"row_b"_s, u"score"_s};
    if (duplicates.isExplained)
        titles.append(u"why"_s);
    output.raw(csvLine(titles, Formulas::Keep));
    for (const DuplicatePair &pair : duplicates.found.pairs) {
        QStringList cells {QString::number(groupOf[pair.first]),
                           table.nameOf(pair.first),
                           table.nameOf(pair.second),
                           QString::number(table.rowOf(pair.first)),
                           QString::number(table.rowOf(pair.second)),
                           QString::number(pair.score, 'f', 4)};
        if (duplicates.isExplained)
            cells.append(reasonsOf(duplicates, pair).join(u", "_s));
        output.raw(csvLine(cells, Formulas::Keep));
        if (output.fault())
            return;
    }
}

void printTable(const FoundDuplicates &duplicates, Output &output)
{
    const DuplicateTable &table = duplicates.table;
    if (duplicates.found.groups.empty()) {
        output.line(u"No duplicates among %1."_s.arg(
            countText(qint64(table.records->size()), "record"_L1, "records"_L1)));
        return;
    }
    QList<QStringList> lines {{u"GROUP"_s, u"SCORE"_s, u"RECORDS"_s, u"ROWS"_s}};
    for (const DuplicateGroup &group : duplicates.found.groups) {
        if (size_t(lines.size()) > shownGroups)
            break;
        QStringList names;
        QStringList rows;
        for (const std::uint32_t record : group.records) {
            names.append(printable(table.nameOf(record)));
            rows.append(QString::number(table.rowOf(record)));
        }
        lines.append({QString::number(lines.size()), QString::number(group.score, 'f', 3),
                      names.join(u", "_s), rows.join(u", "_s)});
    }
    if (table.rows.empty()) { // Of a portal: ids say it all.
        for (QStringList &line : lines)
            line.removeLast();
    }
    output.table(lines);
    if (duplicates.isExplained) {
        for (const DuplicatePair &pair : duplicates.found.pairs)
            output.line(u"%1, %2: %3"_s.arg(printable(table.nameOf(pair.first)),
                                            printable(table.nameOf(pair.second)),
                                            reasonsOf(duplicates, pair).join(u", "_s)));
    }
    if (duplicates.found.groups.size() > shownGroups)
        output.line(u"and %1 more groups; --format csv has all of them"_s.arg(
            duplicates.found.groups.size() - shownGroups));
    output.line(u"%1 in %2 of %3"_s.arg(
        countText(qint64(duplicates.found.pairs.size()), "pair"_L1, "pairs"_L1),
        countText(qint64(duplicates.found.groups.size()), "group"_L1, "groups"_L1),
        countText(qint64(table.records->size()), "record"_L1, "records"_L1)));
}

} // namespace

QStringList reasonsOf(const FoundDuplicates &duplicates, const DuplicatePair &pair)
{
    QStringList texts;
    for (const MatchReason &reason :
         reasonsFor(*duplicates.table.records, *duplicates.found.model, pair.first, pair.second))
        texts.append(u"%1 %2 %3%4"_s.arg(nameOf(reason.feature), nameOf(reason.level),
                                         reason.weight < 0 ? QString() : u"+"_s,
                                         QString::number(reason.weight, 'f', 1)));
    return texts;
}

void printDuplicates(const FoundDuplicates &duplicates, DuplicateFormat format, Output &output)
{
    switch (format) {
    case DuplicateFormat::Json:
        return printJson(duplicates, output);
    case DuplicateFormat::Csv:
        return printCsv(duplicates, output);
    case DuplicateFormat::Table:
        return printTable(duplicates, output);
    }
}

void printTriedRules(const DuplicateTable &table, const std::vector<TriedRule> &rules,
                     Output &output)
{
    if (output.json) {
        QJsonArray list;
        for (const TriedRule &rule : rules) {
            QJsonArray samples;
            for (const auto &[a, b] : rule.samples)
                samples.append(QJsonObject {{u"a"_s, table.nameOf(a)},
                                            {u"b"_s, table.nameOf(b)},
                                            {u"rowA"_s, table.rowOf(a)},
                                            {u"rowB"_s, table.rowOf(b)}});
            list.append(QJsonObject {{u"line"_s, rule.rule.line},
                                     {u"rule"_s, rule.rule.text},
                                     {u"pairs"_s, qint64(rule.pairs)},
                                     {u"samples"_s, samples}});
        }
        return output.result(QJsonObject {{u"rules"_s, list}});
    }
    QList<QStringList> lines {{u"LINE"_s, u"PAIRS"_s, u"RULE"_s, u"SAMPLES"_s}};
    for (const TriedRule &rule : rules) {
        QStringList samples;
        for (const auto &[a, b] : rule.samples)
            samples.append(
                u"%1 = %2"_s.arg(printable(table.nameOf(a)), printable(table.nameOf(b))));
        lines.append({QString::number(rule.rule.line), QString::number(rule.pairs),
                      printable(rule.rule.text), samples.join(u"; "_s)});
    }
    output.table(lines);
}

} // namespace hubkeeper::cli
