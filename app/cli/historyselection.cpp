// SPDX-License-Identifier: MIT
#include "historyselection.h"

#include "base/similarname.h"
#include "session/views/readview.h"
#include "viewoptions.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr size_t idsPerBlock = 1000;

Result<QStringList> idsOfView(const RecordView &view, Session &session, Services &services)
{
    auto *call = new ReadView(session, view, {}, {}, QDateTime::currentDateTime(), &services.calls);
    const auto found = waitFor<ReadViewResult>(call, services.interrupt);
    if (!found)
        return tl::unexpected(found.error());
    QStringList ids;
    for (size_t from = 0; from < found->rows.size(); from += idsPerBlock) {
        const auto first = found->rows.begin() + qsizetype(from);
        const auto last = first + qsizetype(std::min(idsPerBlock, found->rows.size() - from));
        const auto records =
            waitFor(found->set->read({first, last}, &services.calls), services.interrupt);
        if (!records)
            return tl::unexpected(records.error());
        for (const Record &record : *records)
            ids.append(record.id);
    }
    return ids;
}

} // namespace

void RecordSelection::addTo(CLI::App &verb)
{
    addWords(verb, "CLASS", objectClass, {"contact", "company"}, "What the records are")
        ->required();
    verb.add_option("ID", named, "Ids of records");
    chosen.addTo(verb, "Ids of records with commas between");
    auto *filter = verb.add_option("--where", where,
                                   "Records for which this holds, as in 'city eq \"Bern\"', by "
                                   "HubSpot's names");
    verb.add_option("--view", view, "The records of this view of the connection")
        ->excludes(filter)
        ->check(&refusalOfEmpty);
}

Result<ObjectType> RecordSelection::type() const
{
    return recordClassFrom(objectClass);
}

Result<QStringList> RecordSelection::ids(const ConnectOptions &connect, Session &session,
                                         Services &services) const
{
    QStringList ids = listOf(named) + chosen.ids();
    ids.removeDuplicates();
    const bool isFound = !where.empty() || !view.empty();
    if (isFound != ids.isEmpty())
        return fail(ErrorKind::InvalidInput,
                    isFound ? u"Ids, and --where or --view: both say which records."_s
                            : u"Which records?"_s,
                    u"Name them by their ids, or choose them with --where or --view."_s);
    if (!isFound)
        return ids;
    RecordView chosenView;
    if (!view.empty()) {
        const auto known = viewNamed(connect, objectClass, view, services);
        if (!known)
            return tl::unexpected(known.error());
        chosenView = *known;
    } else {
        chosenView.connectionId = session.connection().id;
        chosenView.type = *type();
        chosenView.filter = QString::fromStdString(where);
        if (const auto parsed = filterOf(chosenView); !parsed)
            return tl::unexpected(parsed.error());
    }
    return idsOfView(chosenView, session, services);
}

Result<QStringList> propertiesFor(const QStringList &names, ObjectType type,
                                  const QList<PropertyDefinition> &definitions)
{
    QStringList known;
    for (const PropertyDefinition &one : definitions)
        known.append(one.name);
    QStringList properties;
    for (const QString &name : names.isEmpty() ? usualColumns(type) : names) {
        const qsizetype place = known.indexOf(name.toLower());
        if (place >= 0) {
            properties.append(known[place]);
            continue;
        }
        if (names.isEmpty())
            continue; // The portal does not have it.
        const auto similar = mostSimilarName(name, known);
        return fail(ErrorKind::InvalidInput,
                    u"The portal has no property \"%1\"."_s.arg(name.left(80)),
                    similar ? u"Did you mean \"%1\"?"_s.arg(*similar)
                            : u"`hubkeeper-cli schema` lists them."_s);
    }
    properties.removeDuplicates();
    return properties;
}

} // namespace hubkeeper::cli
