// SPDX-License-Identifier: MIT
#include "changesets.h"
#include "commands.h"
#include "counttext.h"
#include "nextsteps.h"
#include "options.h"
#include "practice/rehearsalportal.h"
#include "runplantext.h"
#include "session/connections/connectionregistry.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "snapshotfiles.h"
#include "store/snapshot/snapshotreader.h"
#include "textcolumns.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct RehearseArguments
{
    std::string changes;
    std::string snapshot;
    std::string provisioner;
    std::vector<std::string> faults;
    std::vector<std::string> switches;
};

/// The rows of a change set file, or what is staged for the connection of a provisioner.
Result<void> loadRows(const RehearseArguments &arguments, RehearsalOrder &order,
                      ChangeBinding &binding, Services &services)
{
    if (isChangeSet(arguments.changes)) {
        auto set = readChanges(arguments.changes);
        if (!set)
            return tl::unexpected(set.error());
        binding = set->binding();
        order.rows = std::move(set->rows);
        return {};
    }
    const auto kept = keptFor(arguments.changes, services);
    if (!kept)
        return tl::unexpected(kept.error());
    binding = kept->binding;
    return rowsOfKept(kept->path).map([&order](std::vector<RowChange> rows) {
        order.rows = std::move(rows);
    });
}

void useSettings(const Connection &connection, RehearsalOrder &order)
{
    order.policy = connection.policy;
    order.reserve = connection.reserve;
    const auto facts = readProvisionerFacts(connection.provisionerPath);
    if (facts && facts->permitsPerSecond > 0)
        order.permitsPerSecond = facts->permitsPerSecond;
}

/// Refused: the connection that somebody names leads elsewhere. What is kept for it tells; else the
/// portal is asked which one it is, and nothing more.
Result<void> checkPortalOf(const ConnectOptions &options, const Connection &connection,
                           const RehearsalOrder &order, Services &services)
{
    const auto refused = [&](const QString &portal) {
        return fail(ErrorKind::Refused,
                    u"The changes are for the portal %1; %2 leads to %3."_s.arg(
                        order.portal, connection.label, portal),
                    u"Name a connection of their own portal, or leave --connection out."_s);
    };
    QString other;
    for (const KeptSnapshot &one : keptSnapshots(snapshotFolder(services.paths, connection.id))) {
        if (one.fault)
            continue;
        if (one.info.portalId == order.portalId)
            return {};
        other = one.info.portalText();
    }
    if (!other.isEmpty())
        return refused(other);
    const auto session = openFor(options, services, SessionUse::Read);
    if (!session)
        return tl::unexpected(session.error());
    const auto account = waitFor((*session)->account(&services.calls), services.interrupt);
    if (!account)
        return tl::unexpected(account.error());
    return account->portalId == order.portalId ? Result<void>()
                                               : refused(QString::number(account->portalId));
}

/// The connection that the changes belong to: by its id, else by its name, as a file has it.
const Connection *ownConnection(const ConnectionRegistry &registry, const ChangeBinding &binding)
{
    if (!binding.connectionId.isEmpty())
        return registry.byId(binding.connectionId);
    const Connection *found = nullptr;
    for (const Connection &one : registry.connections()) {
        if (binding.connectionLabel.isEmpty() || one.label != binding.connectionLabel)
            continue;
        if (found)
            return nullptr; // Two of a name.
        found = &one;
    }
    return found;
}

/// The connection whose thresholds, write mode and pace count: the one that is named, else the one
/// that the changes belong to. That one's read-only counts in any case.
Result<void> useConnection(const RehearseArguments &arguments, RehearsalOrder &order,
                           const ChangeBinding &binding, Services &services)
{
    const auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return tl::unexpected(registry.error());
    const Connection *own = ownConnection(*registry, binding);
    if (own)
        useSettings(*own, order);
    ConnectOptions options;
    options.file = arguments.provisioner;
    if (options.file.empty() && !isChangeSet(arguments.changes))
        options.file = arguments.changes;
    if (options.file.empty())
        return {};
    const auto connection = connectionFor(options, services);
    if (!connection)
        return tl::unexpected(connection.error());
    useSettings(*connection, order);
    if (own && own->policy.mode == WriteMode::ReadOnly)
        order.policy.mode = WriteMode::ReadOnly;
    if (order.portalId == 0 || (own && connection->id == own->id))
        return {};
    return checkPortalOf(options, *connection, order, services);
}

QString stateWord(const RehearsedRow &row)
{
    return row.wasSo ? u"already so in the snapshot"_s : nameOf(row.state);
}

QJsonObject rehearsedJson(const RehearsedRow &row)
{
    QJsonArray cells;
    for (const RehearsedCell &cell : row.cells) {
        QJsonObject json {{u"property"_s, cell.property},
                          {u"before"_s, cell.before},
                          {u"after"_s, row.wasWritten() ? QJsonValue(cell.after) : QJsonValue()},
                          {u"asked"_s, cell.wasAsked}};
        if (cell.wasAsked)
            json.insert(u"wanted"_s, cell.wanted);
        cells.append(json);
    }
    QJsonObject theirs;
    for (auto text = row.theirs.cbegin(); text != row.theirs.cend(); ++text)
        theirs.insert(text.key(), text.value());
    return {{u"type"_s, nameOf(row.key.type)},
            {u"id"_s, row.key.id},
            {u"kind"_s, nameOf(row.kind)},
            {u"label"_s, row.label},
            {u"state"_s, nameOf(row.state)},
            {u"alreadySo"_s, row.wasSo},
            {u"message"_s, row.message},
            {u"inSnapshot"_s, theirs},
            {u"cells"_s, cells}};
}

QJsonObject reportJson(const RehearsalReport &report)
{
    QJsonArray rows;
    for (const RehearsedRow &row : report.rows)
        rows.append(rehearsedJson(row));
    return {{u"rows"_s, rows},
            {u"applied"_s, report.applied},
            {u"alreadySo"_s, report.alreadySo},
            {u"unfiredFaults"_s, QJsonArray::fromStringList(report.unfiredFaults)},
            {u"unproven"_s, report.unproven},
            {u"failed"_s, report.failed},
            {u"conflicting"_s, report.conflicting},
            {u"unknown"_s, report.unknown},
            {u"notSent"_s, report.skipped},
            {u"calls"_s, report.calls},
            {u"seconds"_s, qint64(report.duration.count())},
            {u"dailyLimit"_s, report.dailyLimit < 0 ? QJsonValue() : QJsonValue(report.dailyLimit)},
            {u"shareOfDay"_s, report.share() < 0 ? QJsonValue() : QJsonValue(report.share())},
            {u"stopped"_s, report.stopped ? QJsonValue(report.stopped->sentence()) : QJsonValue()}};
}

/// One value of a row. What was not written has no arrow.
QString cellLine(const RehearsedRow &row, const RehearsedCell &cell)
{
    const QString start = u"  "_s + cell.property + u": "_s;
    const QString before = quotedValue(cell.before);
    const QString wanted = quotedValue(cell.wanted);
    if (row.state == RowState::Applied && row.kind == ChangeKind::Archive)
        return start + before;
    if (row.state == RowState::Unknown)
        return start
            + u"%1 before, asked for %2; what it is now is not known"_s.arg(before, wanted);
    if (!row.wasWritten())
        return start
            + (row.kind == ChangeKind::Create ? u"not set, asked for %1"_s.arg(wanted)
                                              : u"still %1, asked for %2"_s.arg(before, wanted));
    if (row.wasSo && cell.wasAsked)
        return start + u"%1 already"_s.arg(before);
    const QString note = !cell.wasAsked ? u"  (changes along with it)"_s
        : cell.after != cell.wanted     ? u"  (asked for: %1)"_s.arg(wanted)
                                        : QString();
    return start + before + u" -> "_s + quotedValue(cell.after) + note;
}

void printReport(const RehearsalReport &report, const RehearseArguments &arguments, Output &output)
{
    for (const RehearsedRow &row : report.rows) {
        output.line(printable(
            u"%1  %2 %3 (%4)%5"_s.arg(stateWord(row), nameOf(row.kind), row.key.id, row.label,
                                      row.message.isEmpty() ? QString() : u": "_s + row.message)));
        for (const RehearsedCell &cell : row.cells)
            output.line(printable(cellLine(row, cell)));
        for (auto text = row.theirs.cbegin(); text != row.theirs.cend(); ++text)
            output.line(
                printable(u"  %1 is %2 in the snapshot"_s.arg(text.key(), quotedValue(*text))));
    }
    output.message(u"%1 applied, %2 failed, %3 changed meanwhile, %4 unknown, %5 not sent."_s
                       .arg(report.applied)
                       .arg(report.failed)
                       .arg(report.conflicting)
                       .arg(report.unknown)
                       .arg(report.skipped));
    if (report.alreadySo > 0)
        output.message(u"%1 would change nothing: already so in the snapshot."_s.arg(
            countText(report.alreadySo, "row"_L1, "rows"_L1)));
    if (report.unproven > 0)
        output.message(u"%1 hold something else than was asked for."_s.arg(report.unproven));
    output.message(u"The run asks for %1, about %2 at the pace of the connection%3."_s.arg(
        countText(report.calls, "call"_L1, "calls"_L1), durationText(report.duration),
        report.share() < 0 ? QString()
                           : u", %1 % of a daily limit of %2"_s.arg(report.share(), 0, 'f', 2)
                                 .arg(report.dailyLimit)));
    if (report.stopped)
        output.message(u"It stopped early: "_s + report.stopped->sentence());
    for (const QString &fault : report.unfiredFaults)
        output.message(u"The fault \"%1\" never happened: no such request came."_s.arg(fault));
    output.message(u"The changes are as they were."_s);
    if (!report.isGood() || report.stopped)
        output.message(u"Nothing was sent to HubSpot."_s);
    if (report.isGood() && !report.stopped)
        output.message(isChangeSet(arguments.changes)
                           ? nextSteps(arguments.provisioner, arguments.changes)
                           : nextSteps(arguments.changes, {}));
}

int runRehearse(const RehearseArguments &arguments, Services &services)
{
    RehearsalOrder order;
    order.setting.snapshot = QString::fromStdString(arguments.snapshot);
    order.setting.faults = listOf(arguments.faults);
    order.setting.switches = listOf(arguments.switches);
    order.policy.mode = WriteMode::Free; // Unless a connection says another one.
    ChangeBinding binding;
    if (const auto loaded = loadRows(arguments, order, binding, services); !loaded)
        return services.output.failure(loaded.error());
    order.portalId = binding.portalId;
    order.portal = binding.portal();
    if (const auto known = useConnection(arguments, order, binding, services); !known)
        return services.output.failure(known.error());
    services.output.progress(u"Filling a practice portal from the snapshot"_s);
    auto *call = new Rehearse(std::move(order), &startRehearsalPortal, &services.calls);
    QObject::connect(call, &CallBase::progressed, call, [&services](qint64 done, qint64 total) {
        services.output.progress(u"%1 of %2 rehearsed"_s.arg(done).arg(total));
    });
    const auto report = waitFor(static_cast<Call<RehearsalReport> *>(call), services.interrupt);
    if (!report)
        return services.output.failure(report.error());
    if (services.output.json)
        services.output.result(reportJson(*report));
    else
        printReport(*report, arguments, services.output);
    return report->isGood() ? Done : Findings;
}

} // namespace

void addRehearseCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "rehearse", "Apply changes to a practice portal filled from a snapshot", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<RehearseArguments>();
                verb.add_option("CHANGES", arguments->changes,
                                "A change set file, or a provisioner: what is staged for its "
                                "connection. It stays as it is")
                    ->required()
                    ->type_name(fileArgument);
                verb.add_option("--snapshot", arguments->snapshot,
                                "The snapshot of its portal that the practice portal holds")
                    ->required()
                    ->type_name(fileArgument);
                verb.add_option("--connection", arguments->provisioner,
                                "The provisioner whose thresholds and pace count")
                    ->type_name(fileArgument);
                verb.add_option("--fault", arguments->faults,
                                "A fault, as in 'status,status=502,method=POST,nth=3'; see "
                                "practice --list");
                verb.add_option("--switch", arguments->switches,
                                "A behavior, as in stageMovesBack=true; see practice --list");
                return Run(
                    [arguments](Services &services) { return runRehearse(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
