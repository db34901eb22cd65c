// SPDX-License-Identifier: MIT
#include "attributenames.h"
#include "base/compactjson.h"
#include "commands.h"
#include "connector/connector.h"
#include "options.h"
#include "session/connections/provisionerfacts.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct GetArguments
{
    ConnectOptions connect;
    std::string objectClass;
    std::string id;
    std::vector<std::string> fields;
};

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

QList<QStringList> stepsTable(const TestReport &report)
{
    QList<QStringList> rows;
    for (const TestStep &step : report.steps) {
        const bool ran = step.state != TestStep::Skipped;
        rows.append({markOf(step.state), step.title,
                     ran ? u"%1 ms"_s.arg(step.duration.count()) : QString(), step.detail});
    }
    return rows;
}

int runTest(const ConnectOptions &options, Services &services)
{
    const auto session = openFor(options, services, SessionUse::Read);
    if (!session)
        return services.output.failure(session.error());
    const auto report = waitFor((*session)->test(&services.calls), services.interrupt);
    if (!report)
        return services.output.failure(report.error());
    const ExitCode code = report->ok ? Done
        : report->error              ? exitCodeFor(report->error->kind)
                                     : TryLater;
    if (services.output.json) {
        const ProvisionerFacts &facts = (*session)->provisioner();
        QJsonObject json = report->toIdmJson(facts.name, facts.enabled, facts.connectorRef);
        if (report->error) // IDM has the sentence alone.
            json.insert(u"failure"_s, errorJson(*report->error, code));
        services.output.result(json);
    } else {
        const int columns = std::exchange(services.output.columns, 0); // Sentences are not cut.
        services.output.table(stepsTable(*report));
        services.output.columns = columns;
    }
    if (report->error)
        services.output.complain(*report->error);
    return code;
}

/// The attributes that were asked for, in the connector's words.
Result<QStringList> fieldsOf(Session &session, ObjectClass objectClass,
                             const GetArguments &arguments, Services &services)
{
    return waitFor(session.connector().schema(&services.calls), services.interrupt)
        .and_then([&](const Schema &schema) {
            const AttributeNames names(schema.of(objectClass),
                                       QString::fromStdString(arguments.connect.file));
            return names.resolve(listOf(arguments.fields));
        });
}

int runGet(const GetArguments &arguments, Services &services)
{
    const auto objectClass = objectClassFrom(QString::fromStdString(arguments.objectClass));
    if (!objectClass)
        return services.output.failure(objectClass.error());
    const auto session = openFor(arguments.connect, services, SessionUse::Read);
    if (!session)
        return services.output.failure(session.error());
    const auto fields = fieldsOf(**session, *objectClass, arguments, services);
    if (!fields)
        return services.output.failure(fields.error());
    const auto object = waitFor(
        (*session)->connector().get(QString::fromStdString(arguments.objectClass),
                                    QString::fromStdString(arguments.id), *fields, &services.calls),
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

} // namespace

void addReadCommands(CLI::App &app, Run &chosen)
{
    addVerb(app, "test", "Test the connection in named steps", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ConnectOptions>();
        options->addTo(verb);
        return Run([options](Services &services) { return runTest(*options, services); });
    });
    addVerb(app, "get", "Read one object", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<GetArguments>();
        arguments->connect.addTo(verb);
        verb.add_option("CLASS", arguments->objectClass, "contact, company, owner, ...")
            ->required()
            ->type_name(classArgument);
        verb.add_option("ID", arguments->id, "The object's id")->required();
        verb.add_option("--fields", arguments->fields,
                        "Attributes to return, separated by commas; * is all")
            ->delimiter(',');
        return Run([arguments](Services &services) { return runGet(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
