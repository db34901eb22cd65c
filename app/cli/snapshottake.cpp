// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "consent.h"
#include "counttext.h"
#include "filter/crestparser.h"
#include "options.h"
#include "session/snapshots/takesnapshot.h"
#include "snapshotfiles.h"
#include "snapshotverbs.h"
#include "standardinput.h"
#include "viewoptions.h"
#include "waiting.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct TakeArguments
{
    ConnectOptions connect;
    std::string output;
    std::string objectClass;
    std::string view;
    std::string filter;
    std::string since;
    bool quick = false;
    bool startsOver = false;
    bool replaces = false;
};

struct ListArguments
{
    ConnectOptions connect;
    std::string folder;
};

struct RemoveArguments
{
    std::string file;
    bool yes = false;
};

/// The newest one that can be the base of another: of the whole portal, with these types. Those of
/// another portal, from before the connection was led to this one, are passed over.
Result<QString> latestIn(const QString &folder, const QList<ObjectType> &types, qint64 portalId)
{
    const auto fits = [&types, portalId](const SnapshotInfo &info) {
        return info.state != SnapshotState::Unfinished && info.condition.isEmpty()
            && info.portalId == portalId
            && std::all_of(types.begin(), types.end(),
                           [&info](ObjectType type) { return info.part(type) != nullptr; });
    };
    const QList<KeptSnapshot> kept = keptSnapshots(folder);
    for (const KeptSnapshot &one : kept) {
        if (!one.fault && fits(one.info))
            return one.path;
    }
    return fail(ErrorKind::NotFound,
                u"No snapshot of this portal is kept that holds all that is wanted."_s,
                u"Leave --since out: everything is read."_s);
}

/// What an interrupted take left there, if the same is wanted.
QString unfinishedIn(const QString &folder, const SnapshotOrder &order)
{
    const QList<KeptSnapshot> kept = keptSnapshots(folder);
    for (const KeptSnapshot &one : kept) {
        const bool isWhole = !order.view && order.filter.kind == CrestFilter::True;
        if (!one.willBe.isEmpty() && !one.fault && one.info.condition.isEmpty() == isWhole
            && one.info.basedOn.isValid() == !order.base.isEmpty()
            && one.info.parts.size() == order.types.size())
            return one.willBe;
    }
    return {};
}

Result<SnapshotOrder> orderFrom(const TakeArguments &arguments, Services &services)
{
    const auto connection = connectionFor(arguments.connect, services);
    if (!connection)
        return tl::unexpected(connection.error());
    const QString folder = snapshotFolder(services.paths, connection->id);
    SnapshotOrder order;
    order.types = typesFrom(arguments.objectClass);
    order.quick = arguments.quick;
    order.startsOver = arguments.startsOver;
    order.replaces = arguments.replaces;
    order.filter.kind = CrestFilter::True;
    if (!arguments.filter.empty()) {
        const auto filter = parseCrestFilter(QString::fromStdString(arguments.filter));
        if (!filter)
            return tl::unexpected(filter.error());
        order.filter = *filter;
    }
    if (!arguments.view.empty()) {
        const auto view =
            viewNamed(arguments.connect, arguments.objectClass, arguments.view, services);
        if (!view)
            return tl::unexpected(view.error());
        order.view = *view;
    }
    order.base = QString::fromStdString(arguments.since);
    order.path = QString::fromStdString(arguments.output);
    if (!order.path.isEmpty())
        return order;
    if (const auto made = makePrivateFolder(folder); !made)
        return tl::unexpected(made.error());
    if (!order.startsOver)
        order.path = unfinishedIn(folder, order);
    if (order.path.isEmpty())
        order.path = newSnapshotPath(folder, QDateTime::currentDateTimeUtc());
    return order;
}

/// Puts a file in the place of "latest".
Result<void> findLatest(SnapshotOrder &order, Session &session, Services &services)
{
    if (order.base != "latest"_L1)
        return {};
    const auto account = waitFor(session.account(&services.calls), services.interrupt);
    if (!account)
        return tl::unexpected(account.error());
    const auto latest = latestIn(snapshotFolder(services.paths, session.connection().id),
                                 order.types, account->portalId);
    if (!latest)
        return tl::unexpected(latest.error());
    order.base = *latest;
    return {};
}

int runTake(const TakeArguments &arguments, Services &services)
{
    Output &output = services.output;
    auto order = orderFrom(arguments, services);
    if (!order)
        return output.failure(order.error());
    const auto session = openFor(arguments.connect, services, SessionUse::Read);
    if (!session)
        return output.failure(session.error());
    if (const auto found = findLatest(*order, **session, services); !found)
        return output.failure(found.error());
    auto *call = new TakeSnapshot(**session, *order, &services.calls);
    const auto step = std::make_shared<QString>();
    QObject::connect(call, &TakeSnapshot::stepBegun, call,
                     [&output, call, step](const QString &what) {
                         if (step->isEmpty() && call->isResumed())
                             output.message(u"Going on with what was taken before."_s);
                         *step = what;
                         output.progress(what);
                     });
    QObject::connect(call, &CallBase::progressed, call, [&output, step](qint64 done, qint64 total) {
        const QLocale english(QLocale::English);
        output.progress(total > 0 ? u"%1: %2 of %3"_s.arg(*step, english.toString(done),
                                                          english.toString(total))
                                  : u"%1: %2"_s.arg(*step, english.toString(done)));
    });
    const auto taken = waitFor(static_cast<Call<SnapshotInfo> *>(call), services.interrupt);
    if (!taken) {
        if (QFile::exists(SnapshotStore::takingPath(order->path)) && !output.json)
            output.message(u"The same command goes on where it stopped."_s);
        return output.failure(taken.error());
    }
    const qint64 bytes = QFileInfo(order->path).size();
    if (output.json)
        output.result(snapshotJson(order->path, bytes, *taken));
    else
        for (const QString &line : snapshotText(order->path, bytes, *taken))
            output.line(line);
    return taken->state == SnapshotState::Complete ? Done : Findings;
}

/// Connections of one name are told apart by the beginning of their ids.
QString connectionText(const SnapshotInfo &info, const QHash<QString, QSet<QString>> &idsByLabel)
{
    if (idsByLabel.value(info.connection).size() < 2 || info.connectionId.isEmpty())
        return info.connection;
    return u"%1 [%2]"_s.arg(info.connection, info.connectionId.left(8));
}

QStringList rowOf(const KeptSnapshot &one, const QHash<QString, QSet<QString>> &idsByLabel)
{
    if (one.fault)
        return {u"-"_s, u"unreadable"_s, u"-"_s, u"-"_s, u"-"_s, one.path};
    QStringList records;
    for (const SnapshotPart &part : one.info.parts)
        records.append(part.records < 0 ? u"-"_s : QString::number(part.records));
    return {one.info.begun.toString(u"yyyy-MM-dd HH:mm:ss"_s),
            nameOf(one.info.state),
            connectionText(one.info, idsByLabel),
            one.info.portalText(),
            records.join(u" + "_s),
            one.path};
}

/// All that are kept in the folder or of the connection that was named, else of all connections.
Result<QList<KeptSnapshot>> keptFor(const ListArguments &arguments, Services &services)
{
    if (!arguments.folder.empty())
        return keptSnapshots(QString::fromStdString(arguments.folder));
    if (!arguments.connect.file.empty())
        return connectionFor(arguments.connect, services).map([&](const Connection &connection) {
            return keptSnapshots(snapshotFolder(services.paths, connection.id));
        });
    QList<KeptSnapshot> kept;
    const QDir root(services.paths.data + u"/snapshots"_s);
    const QStringList names = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &name : names)
        kept += keptSnapshots(root.filePath(name));
    return kept;
}

int runList(const ListArguments &arguments, Services &services)
{
    const auto kept = keptFor(arguments, services);
    if (!kept)
        return services.output.failure(kept.error());
    QHash<QString, QSet<QString>> idsByLabel;
    for (const KeptSnapshot &one : *kept)
        idsByLabel[one.info.connection].insert(one.info.connectionId);
    QList<QStringList> rows {
        {u"TAKEN (UTC)"_s, u"STATE"_s, u"CONNECTION"_s, u"PORTAL"_s, u"RECORDS"_s, u"FILE"_s}};
    QJsonArray list;
    for (const KeptSnapshot &one : *kept) {
        rows.append(rowOf(one, idsByLabel));
        QJsonObject json = snapshotJson(one.path, one.bytes, one.info);
        if (one.fault)
            json = {{u"file"_s, one.path},
                    {u"bytes"_s, one.bytes},
                    {u"state"_s, u"unreadable"_s},
                    {u"message"_s, one.fault->sentence()}};
        list.append(json);
        if (one.fault && !services.output.json)
            services.output.message(one.fault->sentence());
    }
    if (services.output.json)
        services.output.result(list);
    else if (list.isEmpty())
        services.output.message(u"No snapshot is kept. `hubkeeper-cli snapshot take` takes one."_s);
    else
        services.output.table(rows);
    return Done;
}

int runRemove(const RemoveArguments &arguments, Services &services)
{
    const QString path = QString::fromStdString(arguments.file);
    if (!arguments.yes) {
        if (!StandardInput::isTerminal())
            return services.output.failure(fail(ErrorKind::Refused,
                                                u"%1 would be deleted."_s.arg(path),
                                                u"Add --yes to delete it."_s)
                                               .value());
        const auto yes = askYes(u"Delete %1?"_s.arg(path), services);
        if (!yes || !*yes)
            return yes ? int(Refused) : services.output.failure(yes.error());
    }
    if (const auto removed = removeSnapshot(path); !removed)
        return services.output.failure(removed.error());
    if (services.output.json)
        services.output.result(QJsonObject {{u"deleted"_s, path}});
    services.output.message(u"Deleted %1."_s.arg(path));
    return Done;
}

} // namespace

void addSnapshotTake(CLI::App &group, Run &chosen)
{
    addVerb(group, "take", "Copy a portal's records and schema into a file", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<TakeArguments>();
                arguments->connect.addTo(verb);
                verb.add_option("-o,--output", arguments->output,
                                "The file; without it, one of its own for this connection")
                    ->type_name(fileArgument);
                auto *objectClass =
                    addWords(verb, "--class", arguments->objectClass, {"contact", "company"},
                             "Only these records; both without it");
                verb.add_option("--view", arguments->view,
                                "Only the records of a kept view (hubkeeper-cli views)")
                    ->needs(objectClass)
                    ->check(&refusalOfEmpty);
                verb.add_option("--filter", arguments->filter,
                                "Only records that a filter over HubSpot's properties finds, as in "
                                "'city eq \"Bern\"'")
                    ->needs(objectClass)
                    ->check(&refusalOfEmpty);
                auto *since = verb.add_option("--since", arguments->since,
                                              "An earlier snapshot, or latest: only what has "
                                              "changed since is read")
                                  ->type_name(fileArgument);
                verb.add_flag("--quick", arguments->quick,
                              "Do not compare every ID: deleted records stay, and the snapshot is "
                              "partial")
                    ->needs(since);
                verb.add_flag("--start-over", arguments->startsOver,
                              "Do not go on with what an interrupted one left");
                verb.add_flag("--replace", arguments->replaces,
                              "Replace a snapshot that is there already, once the new one is "
                              "whole");
                return Run(
                    [arguments](Services &services) { return runTake(*arguments, services); });
            });
}

void addSnapshotList(CLI::App &group, Run &chosen)
{
    addVerb(group, "list", "The snapshots that are kept, newest first", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<ListArguments>();
        verb.add_option("FILE", arguments->connect.file,
                        "A provisioner: those of its connection; all without it")
            ->type_name(fileArgument);
        verb.add_option("--folder", arguments->folder, "Those in this folder")
            ->type_name(fileArgument);
        return Run([arguments](Services &services) { return runList(*arguments, services); });
    });
    addVerb(group, "delete", "Delete a snapshot", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<RemoveArguments>();
        verb.add_option("SNAPSHOT", arguments->file, "The snapshot")
            ->required()
            ->type_name(fileArgument);
        verb.add_flag("--yes", arguments->yes, "Delete it without a question");
        return Run([arguments](Services &services) { return runRemove(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
