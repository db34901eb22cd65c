// SPDX-License-Identifier: MIT
#include "counttext.h"
#include "options.h"
#include "session/snapshots/comparesnapshots.h"
#include "session/snapshots/takesnapshot.h"
#include "snapshotfiles.h"
#include "snapshotverbs.h"
#include "tables/csv.h"
#include "textcolumns.h"
#include "waiting.h"

#include <QFile>
#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct SnapshotDiffArguments
{
    std::string before;
    std::string after;
    ConnectOptions live;
    std::string objectClass;
    std::vector<std::string> properties;
    bool allProperties = false;
    bool noSchema = false;
    bool noAssociations = false;
    bool summaryOnly = false;
    std::string format;
};

QString subjectOf(const SnapshotDifference &one)
{
    if (one.subject == SnapshotDifference::Definition)
        return u"property"_s;
    return one.subject == SnapshotDifference::Link ? u"associations"_s : u"record"_s;
}

QJsonObject differenceJson(const SnapshotDifference &one)
{
    QJsonObject json {{u"subject"_s, subjectOf(one)},
                      {u"type"_s, nameOf(one.type)},
                      {u"kind"_s, nameOf(one.kind)},
                      {u"label"_s, one.label}};
    if (one.subject != SnapshotDifference::Definition)
        json.insert(u"id"_s, QString::number(one.id));
    if (one.mergedInto > 0)
        json.insert(u"mergedInto"_s, QString::number(one.mergedInto));
    if (one.kind == DifferenceKind::Changed) {
        json.insert(one.subject == SnapshotDifference::Definition ? u"member"_s
                        : one.subject == SnapshotDifference::Link ? u"to"_s
                                                                  : u"property"_s,
                    one.property);
        json.insert(u"before"_s, one.before);
        json.insert(u"after"_s, one.after);
    }
    return json;
}

QString differenceLine(const SnapshotDifference &one)
{
    const QString type = one.type == ObjectType::Contacts ? u"contact"_s : u"company"_s;
    const QString what = one.subject == SnapshotDifference::Definition
        ? u"%1 property %2"_s.arg(type, one.label)
        : one.label == QString::number(one.id)
        ? u"%1 %2"_s.arg(type).arg(one.id)
        : u"%1 %2 (%3)"_s.arg(type, QString::number(one.id), one.label);
    if (one.mergedInto > 0)
        return u"%1  %2, merged into %3"_s.arg(nameOf(one.kind), what,
                                               QString::number(one.mergedInto));
    if (one.kind != DifferenceKind::Changed)
        return u"%1  %2"_s.arg(nameOf(one.kind), what);
    const QString cell = one.subject == SnapshotDifference::Link
        ? u"associations with "_s + one.property
        : one.property;
    return u"changed  %1  %2: %3 -> %4"_s.arg(what, cell, quotedValue(one.before),
                                              quotedValue(one.after));
}

/// Writes differences as they are found.
class DifferenceWriter
{
public:
    enum Format { Text, Json, Csv, Nothing };

    DifferenceWriter(Format format, Output &output)
        : m_format(format)
        , m_output(output)
    {
        if (m_format == Json)
            m_output.raw("{\"differences\":[");
        else if (m_format == Csv)
            m_output.raw(csvLine({u"subject"_s, u"type"_s, u"kind"_s, u"id"_s, u"label"_s,
                                  u"property"_s, u"before"_s, u"after"_s},
                                 Formulas::Keep));
    }

    [[nodiscard]] bool add(const SnapshotDifference &one)
    {
        switch (m_format) {
        case Text:
            m_output.line(printable(differenceLine(one)));
            break;
        case Json:
            m_output.raw(
                (m_isFirst ? "\n" : ",\n")
                + safeJson(QJsonDocument(differenceJson(one)).toJson(QJsonDocument::Compact)));
            break;
        case Csv:
            m_output.raw(
                csvLine({subjectOf(one), nameOf(one.type), nameOf(one.kind),
                         one.id > 0 ? QString::number(one.id) : QString(), one.label,
                         one.mergedInto > 0 ? QString(mergedIdsProperty) : one.property, one.before,
                         one.mergedInto > 0 ? QString::number(one.mergedInto) : one.after},
                        Formulas::Keep));
            break;
        case Nothing:
            break;
        }
        m_isFirst = false;
        return !m_output.fault();
    }

    /// What comes after the last one: the summary, or the error.
    void end(const QString &name, const QJsonObject &json)
    {
        if (m_format == Json)
            m_output.raw("\n],\"" + name.toUtf8()
                         + "\":" + QJsonDocument(json).toJson(QJsonDocument::Compact) + "}\n");
    }

private:
    const Format m_format;
    Output &m_output;
    bool m_isFirst = true;
};

QJsonObject countsJson(const ComparedSnapshots::Counts &counts)
{
    QJsonObject byProperty;
    for (const auto &[name, count] : counts.byProperty)
        byProperty.insert(name, count);
    return {{u"added"_s, counts.added},
            {u"removed"_s, counts.removed},
            {u"changed"_s, counts.changed},
            {u"byProperty"_s, byProperty}};
}

QJsonObject summaryJson(const ComparedSnapshots &found)
{
    QJsonObject records;
    QJsonObject schema;
    for (const ObjectType type : allObjectTypes) {
        records.insert(nameOf(type), countsJson(found.records[size_t(type)]));
        schema.insert(nameOf(type), countsJson(found.schema[size_t(type)]));
    }
    return {{u"records"_s, records}, {u"schema"_s, schema}, {u"associations"_s, found.links}};
}

void printSummary(const ComparedSnapshots &found, Output &output)
{
    for (const ObjectType type : allObjectTypes) {
        const ComparedSnapshots::Counts &counts = found.records[size_t(type)];
        output.message(u"%1: %2 added, %3 removed, %4 changed"_s.arg(nameOf(type))
                           .arg(counts.added)
                           .arg(counts.removed)
                           .arg(counts.changed));
        for (const auto &[name, count] : counts.byProperty)
            output.message(u"  %1: %2"_s.arg(name, countText(count, "value"_L1, "values"_L1)));
        const ComparedSnapshots::Counts &schema = found.schema[size_t(type)];
        if (schema.all() > 0)
            output.message(u"  schema: %1 added, %2 removed, %3 changed"_s.arg(schema.added)
                               .arg(schema.removed)
                               .arg(schema.changed));
    }
    if (found.links > 0)
        output.message(
            u"Associations of %1 differ."_s.arg(countText(found.links, "record"_L1, "records"_L1)));
}

/// The portal as it is now, as a snapshot of its own below the cache, which goes with it.
class LiveCopy
{
public:
    ~LiveCopy()
    {
        if (m_path.isEmpty())
            return;
        for (const QString &path : {m_path, SnapshotStore::takingPath(m_path)}) {
            if (QFile::exists(path))
                (void)removeSnapshot(path);
        }
    }

    [[nodiscard]] Result<std::string> take(const SnapshotDiffArguments &arguments,
                                           const QList<ObjectType> &types, Services &services)
    {
        const auto session = openFor(arguments.live, services, SessionUse::Read);
        if (!session)
            return tl::unexpected(session.error());
        const QString folder = recordFolderIn(services.paths);
        if (const auto made = makePrivateFolder(folder); !made)
            return tl::unexpected(made.error());
        m_path = newSnapshotPath(folder, QDateTime::currentDateTimeUtc());
        SnapshotOrder order;
        order.path = m_path;
        order.types = types;
        order.filter.kind = CrestFilter::True;
        order.base = QString::fromStdString(arguments.before);
        auto *call = new TakeSnapshot(**session, order, &services.calls);
        QObject::connect(call, &CallBase::progressed, call, [&services](qint64 done, qint64 total) {
            services.output.progress(u"Reading the portal: %1 of %2"_s.arg(done).arg(total));
        });
        return waitFor(static_cast<Call<SnapshotInfo> *>(call), services.interrupt)
            .map([this](const SnapshotInfo &) { return m_path.toStdString(); });
    }

private:
    QString m_path;
};

DifferenceWriter::Format diffFormat(const SnapshotDiffArguments &arguments, const Output &output)
{
    if (arguments.format == "csv")
        return DifferenceWriter::Csv;
    if (arguments.format == "json" || (arguments.format.empty() && output.json))
        return DifferenceWriter::Json;
    return arguments.summaryOnly ? DifferenceWriter::Nothing : DifferenceWriter::Text;
}

int runSnapshotDiff(const SnapshotDiffArguments &arguments, Services &services)
{
    Output &output = services.output;
    if (arguments.after.empty() == arguments.live.file.empty())
        return output.failure(fail(ErrorKind::InvalidInput,
                                   u"Two snapshots are compared, or one with a portal."_s,
                                   u"Name another snapshot, or a provisioner with --live."_s)
                                  .value());
    const auto before = openWhole(arguments.before, services);
    if (!before)
        return output.failure(before.error());
    CompareOptions options;
    options.types = typesFrom(arguments.objectClass);
    if (!arguments.live.file.empty()) // No more is read there.
        options.types.removeIf([&](ObjectType type) { return !(*before)->info().part(type); });
    options.properties = listOf(arguments.properties);
    options.allProperties = arguments.allProperties;
    options.schema = !arguments.noSchema;
    options.links = !arguments.noAssociations;
    if (!arguments.live.file.empty() && !(*before)->info().condition.isEmpty())
        return output.failure(
            fail(ErrorKind::InvalidInput,
                 u"The snapshot is of some records only (%1)."_s.arg((*before)->info().condition),
                 u"Take another one with the same condition, and compare the two."_s)
                .value());
    LiveCopy live;
    const auto path = arguments.live.file.empty() ? Result<std::string>(arguments.after)
                                                  : live.take(arguments, options.types, services);
    if (!path)
        return output.failure(path.error());
    const auto after = openWhole(*path, services);
    if (!after)
        return output.failure(after.error());
    DifferenceWriter writer(diffFormat(arguments, output), output);
    const InterruptWatch watch;
    const auto found = compareSnapshots(
        **before, **after, options,
        [&](const SnapshotDifference &one) {
            return arguments.summaryOnly ? true : writer.add(one);
        },
        watch.token());
    if (!found) {
        const ExitCode code = exitCodeFor(found.error().kind);
        writer.end(u"error"_s, errorJson(found.error(), code));
        output.complain(found.error());
        return code;
    }
    writer.end(u"summary"_s, summaryJson(*found));
    if (diffFormat(arguments, output) != DifferenceWriter::Json)
        printSummary(*found, output);
    return found->isEmpty() ? Done : Findings;
}

} // namespace

void addSnapshotDiff(CLI::App &group, Run &chosen)
{
    addVerb(
        group, "diff", "What differs between two snapshots, or one and the portal", chosen,
        [](CLI::App &verb) {
            auto arguments = std::make_shared<SnapshotDiffArguments>();
            verb.add_option("BEFORE", arguments->before, "The earlier snapshot")
                ->required()
                ->type_name(fileArgument);
            verb.add_option("AFTER", arguments->after, "The later one")->type_name(fileArgument);
            verb.add_option("--live", arguments->live.file,
                            "Compare with the portal of this provisioner, as it is now")
                ->type_name(fileArgument);
            arguments->live.addPortalTo(verb);
            addWords(verb, "--class", arguments->objectClass, {"contact", "company"},
                     "Only these records; both without it");
            verb.add_option("--property", arguments->properties,
                            "Only these properties, separated by commas")
                ->delimiter(',')
                ->type_name("PROPERTY");
            verb.add_flag("--all-properties", arguments->allProperties,
                          "Also properties that HubSpot sets itself");
            verb.add_flag("--no-schema", arguments->noSchema, "Without property definitions");
            verb.add_flag("--no-associations", arguments->noAssociations, "Without associations");
            verb.add_flag("--summary", arguments->summaryOnly, "Only how many there are");
            addFormat(verb, arguments->format, {"text", "json", "csv"});
            return Run(
                [arguments](Services &services) { return runSnapshotDiff(*arguments, services); });
        });
}

} // namespace hubkeeper::cli
