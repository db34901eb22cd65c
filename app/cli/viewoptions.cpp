// SPDX-License-Identifier: MIT
#include "viewoptions.h"

#include "base/similarname.h"
#include "connector/objectclass.h"
#include "searchexport.h"
#include "session/views/readview.h"
#include "session/views/viewregistry.h"
#include "waiting.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr size_t rowsPerBlock = 500;

ConnectorObject objectOf(const Record &record, const QStringList &columns, ObjectType type)
{
    ConnectorObject object;
    object.objectClass = type == ObjectType::Contacts ? ObjectClass::Contact : ObjectClass::Company;
    object.uid = record.id;
    for (const QString &column : columns) {
        if (const QString text = record.text(column); !text.isEmpty())
            object.attributes.insert(column, text);
    }
    return object;
}

int writeObjects(const ReadViewResult &found, const RecordView &view, const ViewOutput &wanted,
                 Services &services)
{
    ObjectWriter::Options options = wanted.objects;
    options.columns = found.columns;
    ObjectWriter writer(options, wanted.sink);
    for (size_t from = 0; from < found.rows.size(); from += rowsPerBlock) {
        const auto first = found.rows.begin() + qsizetype(from);
        const auto last = first + qsizetype(std::min(rowsPerBlock, found.rows.size() - from));
        const auto records =
            waitFor(found.set->read({first, last}, &services.calls), services.interrupt);
        if (!records)
            return services.output.failure(records.error());
        for (const Record &record : *records)
            writer.add(objectOf(record, found.columns, view.type));
    }
    writer.end({}, {});
    if (!writer.leftOut().isEmpty())
        services.output.message(u"Columns that do not fit: %1. Choose some with --fields, or use "
                                "--format csv."_s.arg(writer.leftOut().join(u", "_s)));
    return Done;
}

} // namespace

Result<ObjectType> recordClassFrom(const std::string &name)
{
    const auto objectClass = objectClassFrom(QString::fromStdString(name));
    if (!objectClass)
        return tl::unexpected(objectClass.error());
    if (const auto type = recordTypeOf(*objectClass))
        return *type;
    return fail(ErrorKind::InvalidInput, u"Only contacts and companies have views."_s);
}

Result<RecordView> viewNamed(const ConnectOptions &connect, const std::string &objectClass,
                             const std::string &name, Services &services)
{
    const auto type = recordClassFrom(objectClass);
    if (!type)
        return tl::unexpected(type.error());
    const auto connection = connectionFor(connect, services);
    if (!connection)
        return tl::unexpected(connection.error());
    const auto registry = ViewRegistry::load(services.paths);
    if (!registry)
        return tl::unexpected(registry.error());
    const QString wanted = QString::fromStdString(name);
    if (const RecordView *view = registry->find(connection->id, *type, wanted))
        return *view;
    QStringList known;
    const QList<RecordView> views = registry->of(connection->id, *type);
    for (const RecordView &view : views)
        known.append(view.name);
    const auto similar = mostSimilarName(wanted, known);
    return fail(ErrorKind::NotFound, u"There is no view \"%1\"."_s.arg(wanted.left(80)),
                similar ? u"Did you mean \"%1\"?"_s.arg(*similar)
                        : u"`hubkeeper-cli views list` shows those there are."_s);
}

int writeView(Session &session, const RecordView &view, const CrestFilter &also,
              const ViewOutput &wanted, Services &services)
{
    Output &output = services.output;
    QStringList columns = wanted.fields;
    std::optional<ExportPlan> plan;
    if (wanted.table) {
        const auto planned = exportPlanFor(session, wanted.options, view, *wanted.table, services);
        if (!planned)
            return output.failure(planned.error());
        plan = *planned;
        columns = plan->properties;
    }
    auto *call =
        new ReadView(session, view, also, columns, QDateTime::currentDateTime(), &services.calls);
    showRecordProgress(*call, u"read"_s, output);
    const auto found = waitFor(call, services.interrupt);
    if (!found)
        return output.failure(found.error());
    if (found->search.readsEverything && found->search.isFilteredHere())
        output.message(u"HubSpot cannot answer these conditions: all records were read and "
                       "looked at here."_s);
    if (!plan)
        return writeObjects(*found, view, wanted, services);
    return exportRows(session, *found->set, found->rows, *plan, services);
}

} // namespace hubkeeper::cli
