// SPDX-License-Identifier: MIT
#include "changes/journal.h"
#include "commands.h"
#include "connector/connector.h"
#include "rowjson.h"
#include "session/writing/definitionwrites.h"
#include "waiting.h"

#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct WriteArguments
{
    ConnectOptions connect;
    std::string objectClass;
    std::string id;
    std::vector<std::string> settings;
    bool fromInput = false;
    bool yes = false;
    bool dryRun = false;
    std::string note;
};

std::optional<ObjectType> recordTypeOf(const std::string &objectClass)
{
    if (objectClass == "contact")
        return ObjectType::Contacts;
    if (objectClass == "company")
        return ObjectType::Companies;
    return std::nullopt;
}

Result<QJsonObject> attributesFrom(const WriteArguments &arguments, Services &services)
{
    QJsonObject attributes;
    if (arguments.fromInput) {
        const QJsonDocument given = QJsonDocument::fromJson(services.input.readAll());
        if (!given.isObject()) {
            return fail(ErrorKind::InvalidInput, u"Standard input holds no JSON object."_s,
                        u"Pass {\"attribute\":\"value\",…}."_s);
        }
        attributes = given.object();
        attributes.remove(u"_id"_s);
    }
    for (const std::string &setting : arguments.settings) {
        const QString text = QString::fromStdString(setting);
        const qsizetype equals = text.indexOf(u'=');
        if (equals < 1) {
            return fail(ErrorKind::InvalidInput, u"\"%1\" is no setting."_s.arg(text),
                        u"Use --set name=value; --set name= clears the value."_s);
        }
        attributes.insert(text.left(equals), text.mid(equals + 1));
    }
    if (attributes.isEmpty()) {
        return fail(ErrorKind::InvalidInput, u"There is nothing to write."_s,
                    u"Use --set name=value or --from-json."_s);
    }
    return attributes;
}

QString valueText(const QJsonValue &value)
{
    return value.isBool() ? (value.toBool() ? u"true"_s : u"false"_s)
                          : value.toVariant().toString();
}

/// The rows as old -> new, for a dry run and before the outcome.
void showRows(const std::vector<RowChange> &rows, Output &output)
{
    for (const RowChange &row : rows) {
        output.message(u"%1 %2"_s.arg(row.kind == ChangeKind::Archive      ? u"archive"_s
                                          : row.kind == ChangeKind::Create ? u"create"_s
                                                                           : u"update"_s,
                                      row.label));
        for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
            output.message(u"  %1: \"%2\" -> \"%3\""_s.arg(cell.key(), cell->before, cell->after));
    }
}

RunOptions consentOf(const WriteArguments &arguments)
{
    RunOptions options;
    options.reviewed = arguments.yes;
    options.confirmed = arguments.yes;
    options.note = QString::fromStdString(arguments.note);
    return options;
}

/// Applies the one staged row and tells what became of it; gives the id of the record.
Result<QString> applyOne(Session &session, const WriteArguments &arguments, Services &services)
{
    const auto run =
        waitFor(session.apply(consentOf(arguments), &services.calls), services.interrupt);
    if (!run)
        return tl::unexpected(run.error());
    const RowChange &row = session.changes().rows().front();
    if (row.state == RowState::Applied)
        return row.portalId();
    if (row.state == RowState::Conflicting) {
        return fail(ErrorKind::Conflict, u"The record was changed by somebody else meanwhile."_s,
                    u"Nothing was sent. Read it again and decide."_s);
    }
    if (row.error)
        return tl::unexpected(*row.error);
    return fail(ErrorKind::OutcomeUnknown, u"The outcome is unknown."_s,
                u"Look the record up before you try again."_s);
}

/// The object as it is now, as IDM answers a write.
int showObject(Session &session, const WriteArguments &arguments, const QString &id,
               Services &services)
{
    const auto object =
        waitFor(session.connector().get(QString::fromStdString(arguments.objectClass), id, {},
                                        &services.calls),
                services.interrupt);
    if (!object)
        return services.output.failure(object.error());
    if (services.output.json)
        services.output.result(object->toJson());
    else
        services.output.line(object->uid);
    return Done;
}

int finish(Session &session, const WriteArguments &arguments, Services &services)
{
    if (session.changes().isEmpty()) {
        services.output.message(u"The record has these values already; nothing was sent."_s);
        return showObject(session, arguments, QString::fromStdString(arguments.id), services);
    }
    showRows(session.changes().rows(), services.output);
    if (arguments.dryRun) {
        if (services.output.json) {
            services.output.result(QJsonObject {
                {u"dryRun"_s, true}, {u"changes"_s, rowsJson(session.changes().rows())}});
        }
        services.output.message(u"Dry run: nothing was sent."_s);
        return Done;
    }
    const bool isArchive = session.changes().rows().front().kind == ChangeKind::Archive;
    const auto id = applyOne(session, arguments, services);
    if (!id)
        return services.output.failure(id.error());
    return isArchive ? int(Done) : showObject(session, arguments, *id, services);
}

Result<Record> baselineOf(Session &session, ObjectType type, const std::string &id,
                          Services &services)
{
    return waitFor(session.fullRecord(type, QString::fromStdString(id), &services.calls),
                   services.interrupt);
}

int updateRecord(Session &session, ObjectType type, const QJsonObject &attributes,
                 const WriteArguments &arguments, Services &services)
{
    const auto record = baselineOf(session, type, arguments.id, services);
    if (!record)
        return services.output.failure(record.error());
    for (auto it = attributes.begin(); it != attributes.end(); ++it)
        session.changes().setText(type, *record, record->id, it.key(), valueText(it.value()));
    return finish(session, arguments, services);
}

/// Old and new attributes of a definition; nothing is sent.
int showDefinition(Session &session, const CollectedWrite &write, Services &services)
{
    QJsonObject before;
    if (write.verb != CollectedWrite::Create) {
        const auto object =
            waitFor(session.connector().get(write.objectClass, write.uid, {}, &services.calls),
                    services.interrupt);
        if (!object)
            return services.output.failure(object.error());
        before = object->attributes;
    }
    const bool isDelete = write.verb == CollectedWrite::Delete;
    const QString name =
        isDelete || !write.uid.isEmpty() ? write.uid : valueText(write.attributes["name"_L1]);
    const QString operation = isDelete ? u"archive"_s
        : write.uid.isEmpty()          ? u"create"_s
                                       : u"update"_s;
    services.output.message(u"%1 %2 %3"_s.arg(operation, write.objectClass, name));
    QJsonObject cells;
    for (auto it = write.attributes.begin(); it != write.attributes.end(); ++it) {
        cells.insert(it.key(), QJsonObject {{u"old"_s, before[it.key()]}, {u"new"_s, *it}});
        services.output.message(u"  %1: \"%2\" -> \"%3\""_s.arg(
            it.key(), definitionText(before[it.key()]), definitionText(*it)));
    }
    if (services.output.json) {
        const QJsonObject change {{u"type"_s, write.objectClass},
                                  {u"id"_s, name},
                                  {u"operation"_s, operation},
                                  {u"cells"_s, cells}};
        services.output.result(
            QJsonObject {{u"dryRun"_s, true}, {u"changes"_s, QJsonArray {change}}});
    }
    services.output.message(u"Dry run: nothing was sent."_s);
    return Done;
}

/// What is no record: property definitions, and everything the connector refuses by itself.
int writeThroughConnector(Session &session, CollectedWrite::Verb verb,
                          const QJsonObject &attributes, const WriteArguments &arguments,
                          Services &services)
{
    const CollectedWrite write {verb, QString::fromStdString(arguments.objectClass),
                                QString::fromStdString(arguments.id), attributes};
    if (arguments.dryRun)
        return showDefinition(session, write, services);
    const auto recorded = [&services](const QString &runId) {
        services.output.message(u"Journal run %1"_s.arg(runId));
    };
    const auto object =
        waitFor(writeDefinition(session, write, consentOf(arguments), recorded, &services.calls),
                services.interrupt);
    if (!object)
        return services.output.failure(object.error());
    services.output.result(object->toJson());
    return Done;
}

int runCreate(const WriteArguments &arguments, Services &services)
{
    const auto attributes = attributesFrom(arguments, services);
    if (!attributes)
        return services.output.failure(attributes.error());
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    const auto type = recordTypeOf(arguments.objectClass);
    if (!type)
        return writeThroughConnector(**session, CollectedWrite::Create, *attributes, arguments,
                                     services);
    QHash<QString, QString> properties;
    for (auto it = attributes->begin(); it != attributes->end(); ++it)
        properties.insert(it.key(), valueText(it.value()));
    const QString label = properties.value(u"email"_s, properties.value(u"name"_s, u"(new)"_s));
    (*session)->changes().addCreate(*type, properties, label);
    return finish(**session, arguments, services);
}

int runUpdate(const WriteArguments &arguments, Services &services)
{
    const auto attributes = attributesFrom(arguments, services);
    if (!attributes)
        return services.output.failure(attributes.error());
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    const auto type = recordTypeOf(arguments.objectClass);
    if (!type)
        return writeThroughConnector(**session, CollectedWrite::Update, *attributes, arguments,
                                     services);
    return updateRecord(**session, *type, *attributes, arguments, services);
}

int runDelete(const WriteArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    const auto type = recordTypeOf(arguments.objectClass);
    if (!arguments.yes && !arguments.dryRun) {
        Error error;
        error.kind = ErrorKind::InvalidInput;
        const QString words = type
            ? u"Archiving %1 %2 can be undone for 90 days, in HubSpot only."_s
            : u"Archiving %1 %2 takes the property from every record."_s;
        error.what = words.arg(QString::fromStdString(arguments.objectClass),
                               QString::fromStdString(arguments.id));
        error.remedy = u"Add --yes if that is what you want."_s;
        return services.output.failure(error);
    }
    if (!type)
        return writeThroughConnector(**session, CollectedWrite::Delete, {}, arguments, services);
    // IDM answers a delete with the object as it was (idm-connector 2.9).
    const auto before = waitFor(
        (*session)->connector().get(QString::fromStdString(arguments.objectClass),
                                    QString::fromStdString(arguments.id), {}, &services.calls),
        services.interrupt);
    if (!before)
        return services.output.failure(before.error());
    const auto record = baselineOf(**session, *type, arguments.id, services);
    if (!record)
        return services.output.failure(record.error());
    (*session)->changes().addArchive(*type, *record, record->id);
    const int code = finish(**session, arguments, services);
    if (code == Done && !arguments.dryRun && services.output.json)
        services.output.result(before->toJson());
    return code;
}

void addCommon(CLI::App &verb, WriteArguments &arguments)
{
    arguments.connect.addTo(verb);
    verb.add_option("CLASS", arguments.objectClass, "contact or company; also property classes")
        ->required();
}

void addValues(CLI::App &verb, WriteArguments &arguments)
{
    verb.add_option("--set", arguments.settings, "name=value; name= clears the value");
    verb.add_flag("--from-json", arguments.fromInput, "Read the attributes from standard input");
}

void addConsent(CLI::App &verb, WriteArguments &arguments)
{
    verb.add_flag("--dry-run", arguments.dryRun, "Show old -> new and send nothing");
    verb.add_flag("--yes", arguments.yes, "Answer the question of the modes review and confirm");
    verb.add_option("--note", arguments.note, "A note for the journal");
}

} // namespace

void addWriteCommands(CLI::App &app, Run &chosen)
{
    addVerb(app, "create", "Create an object", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<WriteArguments>();
        addCommon(verb, *arguments);
        addValues(verb, *arguments);
        addConsent(verb, *arguments);
        return Run([arguments](Services &services) { return runCreate(*arguments, services); });
    });
    addVerb(app, "update", "Change attributes of an object", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<WriteArguments>();
        addCommon(verb, *arguments);
        verb.add_option("ID", arguments->id, "The object's id")->required();
        addValues(verb, *arguments);
        addConsent(verb, *arguments);
        return Run([arguments](Services &services) { return runUpdate(*arguments, services); });
    });
    addVerb(app, "delete", "Archive an object", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<WriteArguments>();
        addCommon(verb, *arguments);
        verb.add_option("ID", arguments->id, "The object's id")->required();
        addConsent(verb, *arguments);
        return Run([arguments](Services &services) { return runDelete(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
