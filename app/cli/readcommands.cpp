// SPDX-License-Identifier: MIT
#include "base/compactjson.h"
#include "commands.h"
#include "connector/connector.h"
#include "filter/crestparser.h"
#include "nativenames.h"
#include "session/connections/provisionerfacts.h"
#include "waiting.h"

#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString markOf(TestStep::State state)
{
    switch (state) {
    case TestStep::Passed:
        return u"ok"_s;
    case TestStep::Failed:
        return u"FAILED"_s;
    case TestStep::Warned:
        return u"warning"_s;
    case TestStep::Skipped:
        return u"skipped"_s;
    }
    Q_UNREACHABLE();
}

int runTest(const ConnectOptions &options, Services &services)
{
    const auto session = openFor(options, services);
    if (!session)
        return services.output.failure(session.error());
    const auto report = waitFor((*session)->test(&services.calls), services.interrupt);
    if (!report)
        return services.output.failure(report.error());
    if (services.output.json) {
        const ProvisionerFacts &facts = (*session)->provisioner();
        services.output.result(report->toIdmJson(facts.name, facts.enabled, facts.connectorRef));
    } else {
        QList<QStringList> rows;
        for (const TestStep &step : report->steps) {
            const bool ran = step.state != TestStep::Skipped;
            rows.append({markOf(step.state), step.title,
                         ran ? u"%1 ms"_s.arg(step.duration.count()) : QString(), step.detail});
        }
        services.output.table(rows);
    }
    if (report->ok)
        return Done;
    return report->error ? exitCodeFor(report->error->kind) : NetworkFailed;
}

struct SearchArguments
{
    std::string objectClass;
    std::string filter = "true";
    std::vector<std::string> fields;
    std::string sort;
    int pageSize = 0;
    std::string cookie;
    int offset = 0;
};

void showObjects(const QList<ConnectorObject> &objects, const QStringList &fields, Output &output)
{
    QStringList columns = fields;
    for (const ConnectorObject &object : objects) {
        for (const QString &name : object.attributes.keys()) {
            if (fields.isEmpty() && !columns.contains(name))
                columns.append(name);
        }
    }
    columns.removeAll(u"_id"_s);
    QList<QStringList> rows {QStringList {u"_id"_s} + columns};
    for (const ConnectorObject &object : objects) {
        QStringList row {object.uid};
        for (const QString &name : std::as_const(columns))
            row.append(readableText(object.attributes[name]));
        rows.append(row);
    }
    output.table(rows);
}

QStringList listOf(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list.append(QString::fromStdString(text));
    return list;
}

int runSearch(const ConnectOptions &options, const SearchArguments &arguments, Services &services)
{
    SearchOptions search;
    search.fields = listOf(arguments.fields);
    search.pageSize = arguments.pageSize;
    search.cookie = QString::fromStdString(arguments.cookie);
    search.offset = arguments.offset;
    if (!arguments.sort.empty()) {
        auto keys = parseSortKeys(QString::fromStdString(arguments.sort));
        if (!keys)
            return services.output.failure(keys.error());
        search.sortKeys = *keys;
    }
    const auto session = openFor(options, services);
    if (!session)
        return services.output.failure(session.error());
    const QString objectClass = QString::fromStdString(arguments.objectClass);
    const auto filter = parseCrestFilter(QString::fromStdString(arguments.filter));
    if (!filter)
        return services.output.failure(filter.error());
    NativeNames names((*session)->provisioner(), objectClass, services.output);
    search.fields = names.of(search.fields);
    for (SortKey &key : search.sortKeys)
        key.field = names.of(key.field);
    const auto found = waitFor(
        (*session)->connector().search(objectClass, names.of(*filter), search, &services.calls),
        services.interrupt);
    if (!found)
        return services.output.failure(found.error());
    for (const QString &warning : found->warnings)
        services.output.message(warning);
    if (services.output.json) {
        services.output.result(found->toJson());
        return Done;
    }
    showObjects(found->objects, search.fields, services.output);
    if (!found->pagedResultsCookie.isEmpty())
        services.output.message(u"There are more: --cookie %1"_s.arg(found->pagedResultsCookie));
    return Done;
}

int runGet(const ConnectOptions &options, const std::string &objectClass, const std::string &id,
           const std::vector<std::string> &fields, Services &services)
{
    const auto session = openFor(options, services);
    if (!session)
        return services.output.failure(session.error());
    NativeNames names((*session)->provisioner(), QString::fromStdString(objectClass),
                      services.output);
    const auto object = waitFor(
        (*session)->connector().get(QString::fromStdString(objectClass), QString::fromStdString(id),
                                    names.of(listOf(fields)), &services.calls),
        services.interrupt);
    if (!object)
        return services.output.failure(object.error());
    for (const QString &warning : object->warnings)
        services.output.message(warning);
    if (services.output.json) {
        services.output.result(object->toJson());
        return Done;
    }
    QList<QStringList> rows {{u"_id"_s, object->uid}};
    for (const QString &name : object->attributes.keys())
        rows.append({name, readableText(object->attributes[name])});
    services.output.table(rows);
    return Done;
}

void addFields(CLI::App &verb, std::vector<std::string> &fields)
{
    verb.add_option("--fields", fields, "Attributes to return, separated by commas")
        ->delimiter(',');
}

} // namespace

void addReadCommands(CLI::App &app, Run &chosen)
{
    addVerb(app, "test", "Test the connection in named steps", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ConnectOptions>();
        options->addTo(verb);
        return Run([options](Services &services) { return runTest(*options, services); });
    });
    addVerb(app, "search", "Find objects of a class", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ConnectOptions>();
        auto arguments = std::make_shared<SearchArguments>();
        options->addTo(verb);
        verb.add_option("CLASS", arguments->objectClass,
                        "contact, company, owner, contactProperties or companyProperties")
            ->required();
        verb.add_option("--filter", arguments->filter, "CREST filter, as in 'city eq \"Bern\"'");
        addFields(verb, arguments->fields);
        verb.add_option("--sort", arguments->sort,
                        "Attributes to sort by, as in --sort=-lastname,+city");
        verb.add_option("--page-size", arguments->pageSize, "Objects of a page; 0 is everything");
        verb.add_option("--cookie", arguments->cookie, "Where the page before ended");
        verb.add_option("--offset", arguments->offset, "So many objects are skipped");
        return Run([options, arguments](Services &services) {
            return runSearch(*options, *arguments, services);
        });
    });
    addVerb(app, "get", "Read one object", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ConnectOptions>();
        auto objectClass = std::make_shared<std::string>();
        auto id = std::make_shared<std::string>();
        auto fields = std::make_shared<std::vector<std::string>>();
        options->addTo(verb);
        verb.add_option("CLASS", *objectClass, "contact, company, owner, ...")->required();
        verb.add_option("ID", *id, "The object's id")->required();
        addFields(verb, *fields);
        return Run([options, objectClass, id, fields](Services &services) {
            return runGet(*options, *objectClass, *id, *fields, services);
        });
    });
}

} // namespace hubkeeper::cli
