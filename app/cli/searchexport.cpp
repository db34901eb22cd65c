// SPDX-License-Identifier: MIT
#include "searchexport.h"

#include "portal/propertychoice.h"
#include "session/workbench/collectrecords.h"
#include "session/workbench/exportrecords.h"
#include "waiting.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString inEnglish(qint64 count)
{
    return QLocale(QLocale::English).toString(count);
}

Result<ExportPlan> exportPlanOf(Session &session, const ExportOptions &table,
                                const RecordExport &wanted,
                                const QList<PropertyDefinition> &definitions, Services &services)
{
    ExportPlan plan;
    plan.target = wanted.target;
    plan.hasLabels = table.labels;
    plan.properties = wanted.usualProperties;
    if (!table.columns.empty()) {
        QStringList names;
        for (const std::string &name : table.columns)
            names.append(QString::fromStdString(name));
        const auto properties = propertiesNamed(names, definitions);
        if (!properties)
            return tl::unexpected(properties.error());
        plan.properties = *properties;
    }
    for (const std::string &text : table.associations) {
        const auto links = exportedLinksFrom(QString::fromStdString(text));
        if (!links)
            return tl::unexpected(links.error());
        plan.links.append(*links);
    }
    if (!table.labels)
        return plan;
    const auto owners = waitFor(session.owners(false, &services.calls), services.interrupt);
    if (!owners && owners.error().kind != ErrorKind::Forbidden)
        return tl::unexpected(owners.error());
    if (!owners)
        services.output.message(u"Owners are written as ids: the connection lacks the scope that "
                                "shows their names."_s);
    const auto labels =
        std::make_shared<const ValueLabels>(definitions, owners.value_or(QList<Owner>()));
    plan.textOf = [labels](const QString &property, const QString &text) {
        return labels->of(property, text);
    };
    return plan;
}

} // namespace

void showRecordProgress(const CallBase &call, const QString &what, Output &output)
{
    QObject::connect(
        &call, &CallBase::progressed, &call, [&output, what](qint64 done, qint64 total) {
            output.progress(
                total > 0 ? u"%1 of %2 records %3"_s.arg(inEnglish(done), inEnglish(total), what)
                          : u"%1 records %2"_s.arg(inEnglish(done), what));
        });
}

Result<ExportPlan> exportPlanFor(Session &session, const ExportOptions &table,
                                 const RecordView &view, const TableFiles::Target &target,
                                 Services &services)
{
    const auto definitions =
        waitFor(session.definitions(view.type, false, &services.calls), services.interrupt);
    if (!definitions)
        return tl::unexpected(definitions.error());
    const QStringList wanted = view.columns.isEmpty() ? usualColumns(view.type) : view.columns;
    QStringList columns;
    for (const PropertyDefinition &definition : *definitions)
        columns.append(definition.name);
    RecordExport records;
    records.type = view.type;
    records.target = target;
    for (const QString &name : wanted) {
        if (columns.contains(name))
            records.usualProperties.append(name);
    }
    return exportPlanOf(session, table, records, *definitions, services);
}

int writeRecords(Session &session, const ExportOptions &table, RecordExport wanted,
                 Services &services)
{
    Output &output = services.output;
    const auto definitions =
        waitFor(session.definitions(wanted.type, false, &services.calls), services.interrupt);
    if (!definitions)
        return output.failure(definitions.error());
    const auto plan = exportPlanOf(session, table, wanted, *definitions, services);
    if (!plan)
        return output.failure(plan.error());
    const auto set = RecordSet::create(session.recordFolder(), wanted.type, plan->properties);
    if (!set)
        return output.failure(set.error());

    auto *search = new CollectRecords(session, *wanted.connector, wanted.type, wanted.filter,
                                      wanted.options, **set, &services.calls);
    showRecordProgress(*search, u"read"_s, output);
    const auto found = waitFor(search, services.interrupt);
    if (!found)
        return output.failure(found.error());
    for (const QString &warning : found->warnings)
        output.message(warning);
    const int code = exportRows(session, **set, found->rows, *plan, services);
    if (code == Done && !found->pagedResultsCookie.isEmpty())
        output.message(u"There are more: --cookie %1"_s.arg(found->pagedResultsCookie));
    return code;
}

int exportRows(Session &session, RecordSet &set, RowOrder rows, const ExportPlan &plan,
               Services &services)
{
    Output &output = services.output;
    auto *writing = new ExportRecords(session, set, std::move(rows), plan, &services.calls);
    showRecordProgress(*writing, u"written"_s, output);
    const auto written = waitFor(writing, services.interrupt);
    if (!written)
        return output.failure(written.error());
    reportTable(written->table, written->titles, output);
    if (written->gone > 0)
        output.message(u"Not in the file, since they were deleted meanwhile: %1."_s.arg(
            inEnglish(written->gone)));
    return Done;
}

} // namespace hubkeeper::cli
