// SPDX-License-Identifier: MIT
#include "associationcommands.h"

#include "changes/set/associationcells.h"
#include "consent.h"
#include "nextsteps.h"
#include "options.h"
#include "rowjson.h"
#include "rowtext.h"
#include "session/reading/labelnames.h"
#include "session/reading/linkedrecords.h"
#include "session/reading/linkorders.h"
#include "session/reading/recordlabel.h"
#include "session/writing/applychanges.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct AssociationArguments
{
    ConnectOptions connect;
    std::string fromClass;
    std::string fromId;
    std::string toClass;
    std::string toId;
    std::vector<std::string> labels; ///< --label, or --set.
    std::vector<std::string> added;
    std::vector<std::string> removed;
    bool primary = false;
    bool noPrimary = false;
    bool noLabels = false;
    int most = 0;
    bool yes = false;
    bool dryRun = false;
    std::string note;
    std::string saveChanges;
};

ObjectType linkTypeOf(const std::string &name)
{
    return name == "company" ? ObjectType::Companies : ObjectType::Contacts;
}

QString linkClassName(ObjectType type)
{
    return type == ObjectType::Companies ? u"company"_s : u"contact"_s;
}

QJsonObject linkEndJson(const RecordReference &record)
{
    return {{u"class"_s, linkClassName(record.type)}, {u"id"_s, record.id}};
}

QJsonArray linkKindsJson(const QList<AssociationKind> &kinds)
{
    QJsonArray list;
    for (const AssociationKind &kind : kinds)
        list.append(QJsonObject {
            {u"category"_s, kind.category}, {u"typeId"_s, kind.typeId}, {u"label"_s, kind.label}});
    return list;
}

bool isPrimaryLink(const QList<AssociationKind> &kinds)
{
    return hasKind(kinds, primaryKind());
}

int listLinks(const AssociationArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.connect, services, SessionUse::Read);
    if (!session)
        return services.output.failure(session.error());
    const RecordReference record {linkTypeOf(arguments.fromClass),
                                  QString::fromStdString(arguments.fromId)};
    const ObjectType other = !arguments.toClass.empty() ? linkTypeOf(arguments.toClass)
        : record.type == ObjectType::Contacts           ? ObjectType::Companies
                                                        : ObjectType::Contacts;
    auto *call =
        new ReadLinkedRecords((*session)->portal(), record, other, arguments.most, &services.calls);
    const auto found = waitFor<LinkedRecords>(call, services.interrupt);
    if (!found)
        return services.output.failure(found.error());
    QJsonArray list;
    QList<QStringList> table {{u"ID"_s, u"NAME"_s, u"LABELS"_s}};
    for (const LinkedRecord &one : found->records) {
        list.append(QJsonObject {{u"class"_s, linkClassName(one.record.type)},
                                 {u"id"_s, one.record.id},
                                 {u"name"_s, one.name},
                                 {u"primary"_s, isPrimaryLink(one.link.kinds)},
                                 {u"types"_s, linkKindsJson(one.link.kinds)}});
        table.append({one.record.id, one.name, shownKinds(kindsText(one.link.kinds))});
    }
    if (services.output.json)
        services.output.result(QJsonObject {{u"of"_s, linkEndJson(record)},
                                            {u"total"_s, qint64(found->total)},
                                            {u"associations"_s, list}});
    else if (list.isEmpty())
        services.output.message(u"Nothing is associated."_s);
    else
        services.output.table(table);
    if (found->total > found->records.size())
        services.output.message(
            u"%1 of %2 are shown."_s.arg(found->records.size()).arg(found->total));
    return Done;
}

int listLabels(const AssociationArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.connect, services, SessionUse::Read);
    if (!session)
        return services.output.failure(session.error());
    const auto labels = waitFor(
        (*session)->portal().associationLabels(linkTypeOf(arguments.fromClass),
                                               linkTypeOf(arguments.toClass), &services.calls),
        services.interrupt);
    if (!labels)
        return services.output.failure(labels.error());
    QJsonArray list;
    QList<QStringList> table {{u"LABEL"_s, u"CATEGORY"_s, u"TYPE ID"_s}};
    for (const AssociationLabel &label : *labels) {
        list.append(QJsonObject {{u"category"_s, label.category},
                                 {u"typeId"_s, label.typeId},
                                 {u"label"_s, label.label}});
        table.append({label.label.isEmpty() ? u"-"_s : label.label, label.category,
                      QString::number(label.typeId)});
    }
    if (services.output.json)
        services.output.result(list);
    else
        services.output.table(table);
    return Done;
}

/// What the labels and flags of `associations add` and `label` come to.
Result<QList<LinkOrder>> linkOrdersOf(const AssociationArguments &arguments, LinkOrder::Verb verb,
                                      Session &session, Services &services)
{
    LinkOrder order =
        turned({{linkTypeOf(arguments.fromClass), QString::fromStdString(arguments.fromId)},
                {linkTypeOf(arguments.toClass), QString::fromStdString(arguments.toId)},
                verb});
    order.label = u"%1 - %2"_s.arg(order.from.id, order.to.id);
    const bool hasPrimary =
        order.from.type == ObjectType::Contacts && order.to.type == ObjectType::Companies;
    if ((arguments.primary || arguments.noPrimary) && !hasPrimary)
        return fail(ErrorKind::InvalidInput,
                    u"Only a contact and a company have a primary association."_s);
    if (verb == LinkOrder::Remove)
        return QList<LinkOrder> {order};
    LabelNames names;
    if (!arguments.labels.empty() || !arguments.added.empty() || !arguments.removed.empty()) {
        const auto known = waitFor(
            session.portal().associationLabels(order.from.type, order.to.type, &services.calls),
            services.interrupt);
        if (!known)
            return tl::unexpected(known.error());
        names = LabelNames(*known);
    }
    const auto wanted = names.kindsOf(listOf(arguments.labels));
    const auto added = names.kindsOf(listOf(arguments.added));
    const auto removed = names.kindsOf(listOf(arguments.removed));
    for (const auto *list : {&wanted, &added, &removed}) {
        if (!*list)
            return tl::unexpected(list->error());
    }
    if (verb == LinkOrder::Add) {
        order.kinds = *wanted;
        if (arguments.primary)
            order.kinds.append(primaryKind());
        return QList<LinkOrder> {order};
    }
    QList<LinkOrder> orders;
    if (!wanted->isEmpty() || arguments.noLabels) {
        order.verb = LinkOrder::Set;
        order.kinds = *wanted;
        orders.append(order);
    }
    order.verb = LinkOrder::Add;
    order.kinds = *added;
    if (arguments.primary)
        order.kinds.append(primaryKind());
    if (!order.kinds.isEmpty())
        orders.append(order);
    order.verb = LinkOrder::TakeOff;
    order.kinds = *removed;
    if (arguments.noPrimary)
        order.kinds.append(primaryKind());
    if (!order.kinds.isEmpty())
        orders.append(order);
    if (orders.isEmpty())
        return fail(ErrorKind::InvalidInput, u"Nothing says what becomes of the labels."_s,
                    u"Use --set, --add, --remove, --none, --primary or --no-primary."_s);
    return orders;
}

/// All orders are about one link: each starts from what the one before wants.
PlannedLink linkPlanOf(const QList<LinkOrder> &orders, const LinkNow &now)
{
    PlannedLink plan = planned(orders.first(), now);
    for (const LinkOrder &order : orders.mid(1)) {
        LinkNow then = now;
        if (plan.row)
            then.kinds = kindsOf(plan.row->cells.value(associationCell).after);
        const PlannedLink next = planned(order, then);
        QList<AssociationKind> wanted = then.kinds;
        if (next.row)
            wanted = kindsOf(next.row->cells.value(associationCell).after);
        plan.row =
            associationRow({order.from, order.to, order.label, now.kinds, wanted, now.primary});
    }
    return plan;
}

/// The names of both ends for people. What cannot be read has its id; the run says why.
QString namesOfEnds(const LinkOrder &order, Session &session, Services &services)
{
    QStringList names;
    for (const RecordReference &end : {order.from, order.to}) {
        const auto read =
            waitFor(session.portal().batchRead(end.type, {end.id}, labelProperties(end.type),
                                               &services.calls),
                    services.interrupt);
        const bool isThere = read && !read->records.isEmpty();
        names.append(isThere ? labelOf(end.type, read->records.first().properties, end.id)
                             : end.id);
    }
    return names.join(u" - "_s);
}

QJsonObject linkJson(const PlannedLink &plan, const QString &outcome, const QString &run)
{
    const QList<AssociationKind> after =
        plan.row ? kindsOf(plan.row->cells.value(associationCell).after) : plan.now.kinds;
    return {{u"from"_s, linkEndJson(plan.order.from)},
            {u"to"_s, linkEndJson(plan.order.to)},
            {u"before"_s, linkKindsJson(plan.now.kinds)},
            {u"after"_s, linkKindsJson(after)},
            {u"outcome"_s, outcome},
            {u"run"_s, run}};
}

int saveLink(const AssociationArguments &arguments, const PlannedLink &plan, Session &session,
             Services &services)
{
    const auto account = waitFor(session.account(&services.calls), services.interrupt);
    if (!account)
        return services.output.failure(account.error());
    session.changes().setBinding({account->portalId, account->portalName, session.connection().id,
                                  session.connection().label});
    const QString path = QString::fromStdString(arguments.saveChanges);
    const auto saved = waitFor(session.changes().saveAs(path, &services.calls), services.interrupt);
    if (!saved)
        return services.output.failure(saved.error());
    if (services.output.json)
        services.output.result(linkJson(plan, u"staged"_s, {}));
    services.output.message(nextSteps(arguments.connect.file, arguments.saveChanges));
    return Done;
}

int sendLink(const AssociationArguments &arguments, const PlannedLink &plan, Session &session,
             Services &services)
{
    RunOptions options;
    options.reviewed = true; // It was shown, and whoever had to agree has.
    options.confirmed = true;
    options.dryRun = arguments.dryRun;
    options.note = QString::fromStdString(arguments.note);
    const auto summary =
        waitForWrites(applyChanges(session, options, &services.calls), session, services.interrupt);
    const RowChange row = session.changes().at(0);
    if (!summary)
        return services.output.failure(reasonOfRun(summary.error(), session.changes()));
    const bool isDone =
        row.state == RowState::Applied || (arguments.dryRun && summary->sendable > 0);
    if (!isDone) {
        const Error unknown =
            fail(ErrorKind::OutcomeUnknown, u"The outcome is unknown."_s,
                 u"Look at it with `hubkeeper-cli associations list` before you try again."_s)
                .value();
        return services.output.failure(row.error.value_or(unknown));
    }
    if (row.isUnproven())
        services.output.message(
            u"Written, but not as it should be: %1"_s.arg(row.error->sentence()));
    if (services.output.json && arguments.dryRun)
        services.output.result(
            QJsonObject {{u"dryRun"_s, true}, {u"changes"_s, rowsJson(session.changes().rows())}});
    else if (services.output.json)
        services.output.result(linkJson(plan, u"applied"_s, summary->runId));
    if (arguments.dryRun)
        services.output.message(u"Dry run: nothing was sent."_s);
    else
        services.output.message(u"Done. Journal run %1"_s.arg(summary->runId));
    return Done;
}

int writeLink(const AssociationArguments &arguments, LinkOrder::Verb verb, Services &services)
{
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    auto orders = linkOrdersOf(arguments, verb, **session, services);
    if (!orders)
        return services.output.failure(orders.error());
    orders->first().label = namesOfEnds(orders->first(), **session, services);
    const auto plans = waitFor<QList<PlannedLink>>(
        new PlanLinks((*session)->portal(), {orders->first()}, &services.calls),
        services.interrupt);
    if (!plans)
        return services.output.failure(plans.error());
    for (LinkOrder &order : *orders)
        order.label = orders->first().label;
    const PlannedLink plan = linkPlanOf(*orders, plans->first().now);
    if (!plan.row) {
        services.output.message(u"It is so already; nothing was sent."_s);
        if (services.output.json)
            services.output.result(linkJson(plan, u"unchanged"_s, {}));
        return Done;
    }
    (void)(*session)->changes().addRows({*plan.row}, Adding::Merge, plan.row->label,
                                        &services.calls);
    showRows((*session)->changes().rows(), services.output);
    if (!arguments.saveChanges.empty())
        return saveLink(arguments, plan, **session, services);
    const QString question = u"Write this association to %1?"_s.arg((*session)->connection().label);
    const Intention intention {question, plan.row->kind == ChangeKind::Archive, arguments.yes,
                               arguments.dryRun, arguments.connect.file};
    if (const auto agreed = agreeTo(intention, **session, services); !agreed)
        return services.output.failure(agreed.error());
    if (!arguments.dryRun)
        warnOfJournal(**session, services.output);
    return sendLink(arguments, plan, **session, services);
}

void addLinkEnds(CLI::App &verb, AssociationArguments &arguments)
{
    const std::vector<std::string> classes {"contact", "company"};
    arguments.connect.addTo(verb);
    addWords(verb, "FROM-CLASS", arguments.fromClass, classes, "What the first record is")
        ->required();
    verb.add_option("FROM-ID", arguments.fromId, "Its id")->required();
    addWords(verb, "TO-CLASS", arguments.toClass, classes, "What the other record is")->required();
    verb.add_option("TO-ID", arguments.toId, "Its id")->required();
}

void addLinkSending(CLI::App &verb, AssociationArguments &arguments)
{
    verb.add_flag("--dry-run", arguments.dryRun, "Show old -> new and send nothing");
    verb.add_flag("--yes", arguments.yes,
                  "Agree beforehand: to the write modes review and confirm, and to removing");
    verb.add_option("--note", arguments.note, "A note for the journal");
    verb.add_option("--save-changes", arguments.saveChanges,
                    "Write a change set to this file instead of sending it")
        ->type_name(fileArgument);
}

/// A verb with its arguments, which `prepare` declares and `run` gets.
void addLinkVerb(CLI::App &group, const std::string &name, const std::string &help, Run &chosen,
                 void (*prepare)(CLI::App &, AssociationArguments &),
                 int (*run)(const AssociationArguments &, Services &))
{
    addVerb(group, name, help, chosen, [prepare, run](CLI::App &verb) {
        auto arguments = std::make_shared<AssociationArguments>();
        prepare(verb, *arguments);
        return Run([arguments, run](Services &services) { return run(*arguments, services); });
    });
}

void prepareLinkList(CLI::App &verb, AssociationArguments &arguments)
{
    arguments.connect.addTo(verb);
    addWords(verb, "CLASS", arguments.fromClass, {"contact", "company"}, "What the record is")
        ->required();
    verb.add_option("ID", arguments.fromId, "Its id")->required();
    addWords(verb, "--to", arguments.toClass, {"contact", "company"},
             "The class of the associated records; the other one if it is not given");
    verb.add_option("--most", arguments.most, "Show so many; all if it is not given")
        ->check(CLI::PositiveNumber);
}

void prepareLinkLabels(CLI::App &verb, AssociationArguments &arguments)
{
    arguments.connect.addTo(verb);
    addWords(verb, "FROM-CLASS", arguments.fromClass, {"contact", "company"}, "From records of it")
        ->required();
    addWords(verb, "TO-CLASS", arguments.toClass, {"contact", "company"}, "To records of it")
        ->required();
}

void prepareLinkAdd(CLI::App &verb, AssociationArguments &arguments)
{
    addLinkEnds(verb, arguments);
    verb.add_option("--label", arguments.labels,
                    "A label by its name or type id; none: without a label");
    verb.add_flag("--primary", arguments.primary, "The contact's primary company from now on");
    addLinkSending(verb, arguments);
}

void prepareLinkRemoval(CLI::App &verb, AssociationArguments &arguments)
{
    addLinkEnds(verb, arguments);
    addLinkSending(verb, arguments);
}

void prepareLinkLabel(CLI::App &verb, AssociationArguments &arguments)
{
    addLinkEnds(verb, arguments);
    auto *set = verb.add_option("--set", arguments.labels, "Exactly these labels");
    verb.add_option("--add", arguments.added, "A label more");
    verb.add_option("--remove", arguments.removed, "A label less; the association stays");
    verb.add_flag("--none", arguments.noLabels, "No label")->excludes(set);
    auto *primary = verb.add_flag("--primary", arguments.primary, "Make it the primary company");
    verb.add_flag("--no-primary", arguments.noPrimary, "No longer the primary company")
        ->excludes(primary);
    addLinkSending(verb, arguments);
}

} // namespace

void addAssociationCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group =
        app.add_subcommand("associations", "Which records belong together, and with which labels");
    group->require_subcommand(1);
    group->fallthrough();
    addLinkVerb(*group, "list", "The records that one is associated with", chosen, &prepareLinkList,
                &listLinks);
    addLinkVerb(*group, "labels", "The labels that associations can have", chosen,
                &prepareLinkLabels, &listLabels);
    addLinkVerb(*group, "add", "Associate two records", chosen, &prepareLinkAdd,
                [](const AssociationArguments &arguments, Services &services) {
                    return writeLink(arguments, LinkOrder::Add, services);
                });
    addLinkVerb(*group, "remove", "Remove an association with all its labels", chosen,
                &prepareLinkRemoval, [](const AssociationArguments &arguments, Services &services) {
                    return writeLink(arguments, LinkOrder::Remove, services);
                });
    addLinkVerb(*group, "label", "Change the labels of an association", chosen, &prepareLinkLabel,
                [](const AssociationArguments &arguments, Services &services) {
                    return writeLink(arguments, LinkOrder::Set, services);
                });
}

} // namespace hubkeeper::cli
