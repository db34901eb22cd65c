// SPDX-License-Identifier: MIT
#include "journalsearch.h"

#include "isotime.h"
#include "journal/journalsearch.h"
#include "options.h"
#include "session/open/journalkey.h"
#include "waiting.h"

#include <QFileInfo>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct JournalSearchArguments
{
    ConnectOptions connect;
    std::string objectClass;
    std::string record;
    std::string property;
    std::string user;
    std::string from;
    std::string until;
    std::string text;
    std::string outcome;
    int most = 1000;
};

Result<JournalQuery> journalQueryOf(const JournalSearchArguments &arguments, Services &services)
{
    JournalQuery query;
    query.record = QString::fromStdString(arguments.record);
    query.property = QString::fromStdString(arguments.property);
    query.user = QString::fromStdString(arguments.user);
    query.text = QString::fromStdString(arguments.text);
    query.outcome = QString::fromStdString(arguments.outcome);
    query.most = arguments.most;
    if (!arguments.objectClass.empty())
        query.type = arguments.objectClass == "company" ? u"companies"_s : u"contacts"_s;
    for (const auto &[text, time, option] :
         {std::tuple {&arguments.from, &query.from, "--from"},
          std::tuple {&arguments.until, &query.until, "--until"}}) {
        if (text->empty())
            continue;
        const auto read = isoTimeFrom(*text, option);
        if (!read)
            return tl::unexpected(read.error());
        *time = *read;
    }
    if (query.isEmpty())
        return fail(ErrorKind::InvalidInput, u"What shall be looked for?"_s,
                    u"Name a text, or --record, --property, --user, --from, --until."_s);
    if (arguments.connect.file.empty())
        return query;
    const auto connection = connectionFor(arguments.connect, services);
    if (!connection)
        return tl::unexpected(connection.error());
    query.connectionId = connection->id;
    return query;
}

void addHitLines(QList<QStringList> &table, const JournalHit &hit)
{
    const QStringList head {hit.at.toString(Qt::ISODate), hit.user, hit.connection, hit.row.subject,
                            hit.row.label};
    const QStringList tail {hit.row.outcome, nameOf(hit.mark), hit.runId};
    if (hit.row.cells.isEmpty())
        table.append(head + QStringList {u'(' + nameOf(hit.row.kind) + u')', {}, {}} + tail);
    for (auto cell = hit.row.cells.cbegin(); cell != hit.row.cells.cend(); ++cell)
        table.append(head + QStringList {cell.key(), cell->before, cell->after} + tail);
}

/// `journal list` and `verify` take a provisioner where this takes a text.
QString nothingFound(const JournalSearchArguments &arguments)
{
    const QString text = QString::fromStdString(arguments.text);
    return text.endsWith(".json"_L1) && QFileInfo::exists(text)
        ? u"Nothing was found that has the text \"%1\". --connection %1 searches the runs of that "
          "connection."_s.arg(text)
        : u"Nothing was found."_s;
}

int runJournalSearch(const JournalSearchArguments &arguments, Services &services)
{
    const auto query = journalQueryOf(arguments, services);
    if (!query)
        return services.output.failure(query.error());
    const auto key = waitFor(findJournalKey(services.keychain, services.paths, &services.calls),
                             services.interrupt);
    if (!key)
        return services.output.failure(key.error());
    const auto found =
        waitFor(findInJournal(journalPath(services.paths), *query,
                              std::make_shared<JournalSeal>((*key)->key), &services.calls),
                services.interrupt);
    if (!found && found.error().kind != ErrorKind::NotFound)
        return services.output.failure(found.error());
    const JournalHits hits = found.value_or(JournalHits());
    QJsonArray list;
    QList<QStringList> table {{u"WRITTEN"_s, u"WHO"_s, u"CONNECTION"_s, u"ROW"_s, u"RECORD"_s,
                               u"PROPERTY"_s, u"OLD"_s, u"NEW"_s, u"OUTCOME"_s, u"MARK"_s,
                               u"RUN"_s}};
    bool isAltered = false;
    for (const JournalHit &hit : hits.hits) {
        isAltered = isAltered || hit.mark == EntryMark::Altered;
        if (services.output.json)
            list.append(hitJson(hit));
        else
            addHitLines(table, hit);
    }
    if (services.output.json)
        services.output.result(QJsonObject {{u"rows"_s, list}, {u"more"_s, hits.isCut}});
    else if (hits.hits.isEmpty())
        services.output.message(nothingFound(arguments));
    else
        services.output.table(table);
    if (hits.isCut)
        services.output.message(
            u"There are more: these are the newest %1. --most shows others."_s.arg(query->most));
    if (isAltered)
        services.output.message(u"Some entries are not what was written. `hubkeeper-cli journal "
                                "verify` says more."_s);
    return isAltered ? LocalDataDamaged : Done;
}

} // namespace

void addJournalSearch(CLI::App &journal, Run &chosen)
{
    addVerb(journal, "search", "Find what was written, in the journals of all connections", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<JournalSearchArguments>();
                verb.add_option("TEXT", arguments->text,
                                "Somewhere in the row: names, old and new values, messages");
                verb.add_option("--connection", arguments->connect.file,
                                "Only runs of the connection of this provisioner")
                    ->type_name(fileArgument);
                verb.add_option("--record", arguments->record, "Id of a record");
                addWords(verb, "--class", arguments->objectClass, {"contact", "company"},
                         "What the record is");
                verb.add_option("--property", arguments->property, "A property that was written");
                verb.add_option("--user", arguments->user, "Login name of who wrote it");
                verb.add_option("--from", arguments->from, "Written then or later");
                verb.add_option("--until", arguments->until, "Written before then");
                addWords(verb, "--outcome", arguments->outcome,
                         {"applied", "failed", "conflict", "unknown", "skipped", "intended"},
                         "Rows with this outcome");
                verb.add_option("--most", arguments->most, "Show so many rows")
                    ->check(CLI::PositiveNumber);
                return Run([arguments](Services &services) {
                    return runJournalSearch(*arguments, services);
                });
            });
}

} // namespace hubkeeper::cli
