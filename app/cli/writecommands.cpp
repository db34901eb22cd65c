// SPDX-License-Identifier: MIT
#include "attributeinput.h"
#include "commands.h"
#include "connector/connector.h"
#include "consent.h"
#include "journal/journal.h"
#include "options.h"
#include "rowjson.h"
#include "rowtext.h"
#include "session/reading/readfullrecord.h"
#include "session/writing/applychanges.h"
#include "session/writing/definitionwrites.h"
#include "stageattributes.h"
#include "waiting.h"

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
    bool mayRepeatDomains = false; ///< --yes was given, whoever has to agree.
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

Result<QList<GivenAttribute>> attributesFrom(const WriteArguments &arguments, Services &services)
{
    return readAttributes(arguments.settings, arguments.fromInput, services.input);
}

RunOptions optionsOf(const WriteArguments &arguments)
{
    RunOptions options;
    options.reviewed = arguments.yes;
    options.confirmed = arguments.yes;
    options.dryRun = arguments.dryRun;
    options.mayRepeatDomains = arguments.mayRepeatDomains;
    options.note = QString::fromStdString(arguments.note);
    return options;
}

/// What became of the one staged row, as the error that it is; nothing for one that is applied, or
/// that a dry run would send.
std::optional<Error> errorOf(const RowChange &row, bool dryRun)
{
    if (row.state == RowState::Applied || (dryRun && row.state == RowState::Staged))
        return std::nullopt;
    if (row.state == RowState::Skipped && !row.error)
        return fail(ErrorKind::Cancelled, u"Stopped before anything was sent."_s).value();
    if (row.state == RowState::Conflicting) {
        return fail(ErrorKind::Conflict, u"The record was changed by somebody else meanwhile."_s,
                    u"Nothing was sent. Read it again and decide."_s)
            .value();
    }
    return row.error.value_or(fail(ErrorKind::OutcomeUnknown, u"The outcome is unknown."_s,
                                   u"Look the record up before you try again."_s)
                                  .value());
}

/// Applies the one staged row, or checks it in a dry run; gives it with its outcome.
Result<RowChange> applyOne(Session &session, const WriteArguments &arguments, Services &services)
{
    const auto run = waitForWrites(applyChanges(session, optionsOf(arguments), &services.calls),
                                   session, services.interrupt);
    const RowChange row = session.changes().at(0);
    if (!run && run.error().kind == ErrorKind::Cancelled && row.state == RowState::Unknown) {
        Error stopped = run.error(); // The exit code says that it was stopped.
        stopped.what = u"Stopped while %1 was being sent. Its outcome is unknown."_s.arg(row.label);
        stopped.remedy = u"Look the record up before you try again."_s;
        return tl::unexpected(stopped);
    }
    if (!run)
        return tl::unexpected(reasonOfRun(run.error(), session.changes()));
    if (const auto error = errorOf(row, arguments.dryRun))
        return tl::unexpected(*error);
    if (row.isUnproven())
        services.output.message(
            u"Written, but not as it should be: %1"_s.arg(row.error->sentence()));
    return row;
}

/// What was written is said whatever comes after it: nobody shall write it again.
int showWritten(const QString &id, const QString &unproven, const Error &notRead, Output &output)
{
    QJsonObject json {{u"_id"_s, id}, {u"_notRead"_s, notRead.sentence()}};
    if (!unproven.isEmpty())
        json.insert(u"_unproven"_s, unproven);
    if (output.json)
        output.result(json);
    else
        output.line(id);
    output.message(
        u"It is written, and could not be read again to show it: %1"_s.arg(notRead.sentence()));
    return Done;
}

/// The object as it is now, as IDM answers a write. `isWritten`: a write came before.
int showObject(Session &session, const WriteArguments &arguments, const QString &id,
               const QString &unproven, bool isWritten, Services &services)
{
    const auto object =
        waitFor(session.connector().get(QString::fromStdString(arguments.objectClass), id, {},
                                        &services.calls),
                services.interrupt);
    if (!object && isWritten)
        return showWritten(id, unproven, object.error(), services.output);
    if (!object)
        return services.output.failure(object.error());
    QJsonObject json = object->toJson();
    if (!unproven.isEmpty())
        json.insert(u"_unproven"_s, unproven);
    if (services.output.json)
        services.output.result(json);
    else
        services.output.line(object->uid);
    return Done;
}

/// The end of a dry run that nothing speaks against.
int endDryRun(const QJsonArray &changes, bool needsConsent, Services &services)
{
    if (services.output.json)
        services.output.result(QJsonObject {{u"dryRun"_s, true}, {u"changes"_s, changes}});
    services.output.message(u"Dry run: nothing was sent."_s);
    if (needsConsent)
        services.output.message(u"Sending it needs --yes: the connection asks first."_s);
    return Done;
}

Intention intentionOf(const WriteArguments &arguments, bool archives, const QString &question)
{
    return {question, archives, arguments.yes, arguments.dryRun, arguments.connect.file};
}

bool needsConsent(const Session &session, const Intention &intention)
{
    return isAsked(intention, session.policyInForce().mode);
}

QString questionOf(const RowChange &row, const Session &session)
{
    const QString where = session.connection().label;
    switch (row.kind) {
    case ChangeKind::Archive:
        return u"Archive %1 in %2? It can be undone for 90 days, in HubSpot only."_s.arg(row.label,
                                                                                         where);
    case ChangeKind::Create:
        return u"Create %1 in %2?"_s.arg(row.label, where);
    case ChangeKind::Update:
        return u"Write this to %1 in %2?"_s.arg(row.label, where);
    }
    Q_UNREACHABLE();
}

int finish(Session &session, WriteArguments arguments, Services &services)
{
    if (session.changes().isEmpty()) {
        services.output.message(u"The record has these values already; nothing was sent."_s);
        return showObject(session, arguments, QString::fromStdString(arguments.id), {}, false,
                          services);
    }
    showRows(session.changes().rows(), services.output);
    const QJsonArray changes = rowsJson(session.changes().rows());
    const RowChange staged = session.changes().at(0);
    const Intention intention =
        intentionOf(arguments, staged.kind == ChangeKind::Archive, questionOf(staged, session));
    if (const auto agreed = agreeTo(intention, session, services); !agreed)
        return services.output.failure(agreed.error());
    if (!arguments.dryRun)
        warnOfJournal(session, services.output);
    const bool wouldAsk = needsConsent(session, intention);
    arguments.mayRepeatDomains = arguments.yes;
    arguments.yes = true; // Whoever had to agree has.
    const auto row = applyOne(session, arguments, services);
    if (!row)
        return services.output.failure(row.error());
    if (arguments.dryRun)
        return endDryRun(changes, wouldAsk, services);
    if (row->kind == ChangeKind::Archive)
        return Done;
    return showObject(session, arguments, row->portalId(),
                      row->isUnproven() ? row->error->sentence() : QString(), true, services);
}

Result<Record> baselineOf(Session &session, ObjectType type, const std::string &id,
                          Services &services)
{
    return waitFor(new ReadFullRecord(session, type, QString::fromStdString(id), &services.calls),
                   services.interrupt);
}

int updateRecord(Session &session, ObjectType type, const QList<GivenAttribute> &attributes,
                 const WriteArguments &arguments, Services &services)
{
    const auto record = baselineOf(session, type, arguments.id, services);
    if (!record)
        return services.output.failure(record.error());
    if (!record->mergedId.isEmpty()) {
        services.output.message(mergedAway(record->mergedId, record->id).what
                                + u" The change is made there."_s);
    }
    const auto staged = stageUpdate(session, type, *record, attributes,
                                    QString::fromStdString(arguments.connect.file), services);
    if (!staged)
        return services.output.failure(staged.error());
    return finish(session, arguments, services);
}

/// Old and new attributes of a definition, checked as the run would; nothing is sent.
int showDefinition(Session &session, const CollectedWrite &write, const WriteArguments &arguments,
                   Services &services)
{
    const auto object =
        waitFor(writeDefinition(session, write, optionsOf(arguments), {}, &services.calls),
                services.interrupt);
    if (!object)
        return services.output.failure(object.error());
    const QJsonObject before = object->attributes;
    const bool isDelete = write.verb == CollectedWrite::Delete;
    const QString name =
        isDelete || !write.uid.isEmpty() ? write.uid : definitionText(write.attributes["name"_L1]);
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
    const QJsonObject change {{u"type"_s, write.objectClass},
                              {u"id"_s, name},
                              {u"operation"_s, operation},
                              {u"cells"_s, cells}};
    const Intention intention = intentionOf(arguments, isDelete, {});
    return endDryRun({change}, needsConsent(session, intention), services);
}

QString questionOf(const CollectedWrite &write, const Session &session)
{
    const QString where = session.connection().label;
    switch (write.verb) {
    case CollectedWrite::Delete:
        return u"Archive the property %1 in %2? That takes its values from every record."_s.arg(
            write.uid, where);
    case CollectedWrite::Create:
        return u"Create the property %1 in %2?"_s.arg(definitionText(write.attributes["name"_L1]),
                                                      where);
    case CollectedWrite::Update:
        return u"Change the property %1 in %2?"_s.arg(write.uid, where);
    }
    Q_UNREACHABLE();
}

/// What is not a record: property definitions, and everything the connector refuses by itself.
int writeThroughConnector(Session &session, CollectedWrite::Verb verb,
                          const QJsonObject &attributes, WriteArguments arguments,
                          Services &services)
{
    const CollectedWrite write {verb, QString::fromStdString(arguments.objectClass),
                                QString::fromStdString(arguments.id), attributes};
    const auto objectClass = objectClassFrom(write.objectClass);
    if (objectClass && definitionsOf(*objectClass)) { // Others are refused whoever agrees.
        const Intention intention =
            intentionOf(arguments, verb == CollectedWrite::Delete, questionOf(write, session));
        if (const auto agreed = agreeTo(intention, session, services); !agreed)
            return services.output.failure(agreed.error());
        arguments.yes = arguments.yes || !arguments.dryRun;
    }
    if (arguments.dryRun)
        return showDefinition(session, write, arguments, services);
    warnOfJournal(session, services.output);
    const auto recorded = [&services](const QString &runId) {
        services.output.message(u"Journal run %1"_s.arg(runId));
    };
    const auto object = waitForWrites(
        writeDefinition(session, write, optionsOf(arguments), recorded, &services.calls), session,
        services.interrupt);
    if (!object)
        return services.output.failure(object.error());
    if (services.output.json)
        services.output.result(object->toJson());
    else
        services.output.line(object->uid);
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
        return writeThroughConnector(**session, CollectedWrite::Create, jsonOf(*attributes),
                                     arguments, services);
    const auto resolved = resolveAttributes(
        **session, *type, *attributes, QString::fromStdString(arguments.connect.file), services);
    if (!resolved)
        return services.output.failure(resolved.error());
    QHash<QString, QString> properties;
    for (const GivenAttribute &attribute : resolved->odd) {
        if (!attribute.text)
            return services.output.failure(noText(attribute).value());
        if (!resolved->definitions.contains(attribute.name))
            return services.output.failure(cannotBeWritten(attribute).value());
        properties.insert(attribute.name, *attribute.text); // For the guard to refuse.
    }
    for (const GivenAttribute &attribute : resolved->properties)
        properties.insert(attribute.name, *attribute.text);
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
        return writeThroughConnector(**session, CollectedWrite::Update, jsonOf(*attributes),
                                     arguments, services);
    return updateRecord(**session, *type, *attributes, arguments, services);
}

int runDelete(const WriteArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    const auto type = recordTypeOf(arguments.objectClass);
    if (!type)
        return writeThroughConnector(**session, CollectedWrite::Delete, {}, arguments, services);
    // IDM answers a delete with the object as it was (idm-connector 2.9).
    const auto before = waitFor(
        (*session)->connector().get(QString::fromStdString(arguments.objectClass),
                                    QString::fromStdString(arguments.id), {}, &services.calls),
        services.interrupt);
    if (!before)
        return services.output.failure(before.error());
    if (before->uid != QString::fromStdString(arguments.id))
        return services.output.failure(
            mergedAway(QString::fromStdString(arguments.id), before->uid));
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
        ->required()
        ->type_name(classArgument);
}

void addValues(CLI::App &verb, WriteArguments &arguments)
{
    verb.add_option("--set", arguments.settings, "name=value; name= clears the value");
    verb.add_flag("--from-json", arguments.fromInput, "Read the attributes from standard input");
}

void addConsent(CLI::App &verb, WriteArguments &arguments)
{
    verb.add_flag("--dry-run", arguments.dryRun, "Show old -> new and send nothing");
    verb.add_flag("--yes", arguments.yes,
                  "Agree beforehand: to the write modes review and confirm, and to archiving");
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
