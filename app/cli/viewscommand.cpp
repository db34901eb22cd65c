// SPDX-License-Identifier: MIT
#include "commands.h"
#include "connector/objectclass.h"
#include "filter/crestparser.h"
#include "options.h"
#include "session/views/viewregistry.h"
#include "viewoptions.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct ViewArguments
{
    ConnectOptions connect;
    std::string objectClass;
    std::string name;
    std::string filter;
    std::string words;
    std::vector<std::string> columns;
    std::string sort;
    std::optional<int> pinned;
    std::string rename;
    bool replace = false;
};

QString viewClassOf(ObjectType type)
{
    return nameOf(type == ObjectType::Contacts ? ObjectClass::Contact : ObjectClass::Company);
}

QString sortText(const QList<RowSort> &sorts)
{
    QStringList texts;
    for (const RowSort &sort : sorts)
        texts.append((sort.descending ? u"-"_s : QString())
                     + (sort.property.isEmpty() ? u"_id"_s : sort.property));
    return texts.join(u',');
}

QList<RowSort> sortsFrom(const std::string &text)
{
    QList<RowSort> sorts;
    const QStringList words = QString::fromStdString(text).split(u',', Qt::SkipEmptyParts);
    for (QString word : words) {
        word = word.trimmed();
        const bool isDescending = word.startsWith(u'-');
        if (isDescending || word.startsWith(u'+'))
            word.remove(0, 1);
        sorts.append({word == "_id"_L1 ? QString() : word, isDescending});
    }
    return sorts;
}

int runList(const ViewArguments &arguments, Services &services)
{
    const auto connection = connectionFor(arguments.connect, services);
    if (!connection)
        return services.output.failure(connection.error());
    const auto registry = ViewRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    QJsonArray list;
    QList<QStringList> rows {{u"CLASS"_s, u"NAME"_s, u"SORT"_s, u"CONDITIONS"_s}};
    for (const ObjectType type : allObjectTypes) {
        const QList<RecordView> views = registry->of(connection->id, type);
        for (const RecordView &view : views) {
            list.append(asJson(view));
            QStringList conditions {view.words, view.filter};
            conditions.removeAll(QString());
            rows.append(
                {viewClassOf(type), view.name, sortText(view.sorts), conditions.join(u"; "_s)});
        }
    }
    if (services.output.json)
        services.output.result(list);
    else if (list.isEmpty())
        services.output.message(u"No view is kept for this connection."_s);
    else
        services.output.table(rows);
    return Done;
}

int runShow(const ViewArguments &arguments, Services &services)
{
    const auto view = viewNamed(arguments.connect, arguments.objectClass, arguments.name, services);
    if (!view)
        return services.output.failure(view.error());
    if (services.output.json)
        services.output.result(asJson(*view));
    else
        services.output.table({{u"name"_s, view->name},
                               {u"class"_s, viewClassOf(view->type)},
                               {u"words"_s, view->words},
                               {u"conditions"_s, view->filter},
                               {u"columns"_s, view->columns.join(u',')},
                               {u"sort"_s, sortText(view->sorts)},
                               {u"pinned"_s, QString::number(view->pinned)}});
    return Done;
}

/// What the options say goes into the view.
Result<void> applyTo(RecordView &view, const ViewArguments &arguments)
{
    if (!arguments.filter.empty()) {
        const QString filter = QString::fromStdString(arguments.filter);
        if (const auto read = parseCrestFilter(filter); !read)
            return tl::unexpected(read.error());
        view.filter = filter;
    }
    if (!arguments.words.empty())
        view.words = QString::fromStdString(arguments.words);
    if (!arguments.columns.empty()) {
        view.columns.clear();
        for (const std::string &column : arguments.columns)
            view.columns.append(QString::fromStdString(column));
    }
    if (!arguments.sort.empty())
        view.sorts = sortsFrom(arguments.sort);
    if (arguments.pinned)
        view.pinned = *arguments.pinned;
    if (!arguments.rename.empty())
        view.name = QString::fromStdString(arguments.rename);
    return {};
}

void reportView(const RecordView &view, const QString &what, Services &services)
{
    if (services.output.json)
        services.output.result(asJson(view));
    else
        services.output.message(what.arg(view.name));
}

int runAddView(const ViewArguments &arguments, Services &services)
{
    const auto type = recordClassFrom(arguments.objectClass);
    if (!type)
        return services.output.failure(type.error());
    RecordView view;
    view.type = *type;
    view.name = QString::fromStdString(arguments.name);
    if (const auto applied = applyTo(view, arguments); !applied)
        return services.output.failure(applied.error());
    const auto connection = keepConnection(arguments.connect, services);
    if (!connection)
        return services.output.failure(connection.error());
    view.connectionId = connection->id;
    auto registry = ViewRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    const RecordView *there = registry->find(view.connectionId, view.type, view.name);
    if (there && arguments.replace) {
        view.id = there->id;
        view.widths = there->widths;
        if (const auto changed = registry->change(view); !changed)
            return services.output.failure(changed.error());
        reportView(view, u"Replaced the view \"%1\"."_s, services);
        return Done;
    }
    const auto added = registry->add(view);
    if (!added)
        return services.output.failure(added.error());
    reportView(*added, u"Added the view \"%1\"."_s, services);
    return Done;
}

int runSet(const ViewArguments &arguments, Services &services)
{
    auto view = viewNamed(arguments.connect, arguments.objectClass, arguments.name, services);
    if (!view)
        return services.output.failure(view.error());
    if (const auto applied = applyTo(*view, arguments); !applied)
        return services.output.failure(applied.error());
    auto registry = ViewRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    if (const auto changed = registry->change(*view); !changed)
        return services.output.failure(changed.error());
    reportView(*view, u"Changed the view \"%1\"."_s, services);
    return Done;
}

int runRemove(const ViewArguments &arguments, Services &services)
{
    const auto view = viewNamed(arguments.connect, arguments.objectClass, arguments.name, services);
    if (!view)
        return services.output.failure(view.error());
    auto registry = ViewRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    if (const auto removed = registry->remove(view->id); !removed)
        return services.output.failure(removed.error());
    reportView(*view, u"Removed the view \"%1\"."_s, services);
    return Done;
}

void addClass(CLI::App &verb, std::string &objectClass)
{
    verb.add_option("CLASS", objectClass, "contact or company")
        ->required()
        ->type_name("contact|company");
}

void addName(CLI::App &verb, ViewArguments &arguments)
{
    arguments.connect.addFileTo(verb);
    addClass(verb, arguments.objectClass);
    verb.add_option("NAME", arguments.name, "What the view is called")->required();
}

void addContent(CLI::App &verb, ViewArguments &arguments)
{
    verb.add_option("--filter", arguments.filter,
                    "Conditions: a CREST filter over HubSpot's properties, which may have terms "
                    "as in 'createdate eq \"{last 7 days}\"'");
    verb.add_option("--words", arguments.words, "Words to search for in HubSpot");
    verb.add_option("--columns", arguments.columns, "Properties, separated by commas")
        ->delimiter(',');
    verb.add_option("--sort", arguments.sort, "Properties, as in --sort=-lastmodifieddate,email");
    verb.add_option("--pinned", arguments.pinned,
                    "So many columns stay in sight, counted from the record ID")
        ->check(CLI::Range(0, RecordView::mostFixed));
}

} // namespace

void addViewsCommands(CLI::App &app, Run &chosen)
{
    using Runner = int (*)(const ViewArguments &, Services &);
    CLI::App *group = app.add_subcommand("views", "Kept sets of conditions, columns and order");
    group->require_subcommand(1);
    group->fallthrough();
    const auto add = [&](const std::string &name, const std::string &help, Runner run,
                         const std::function<void(CLI::App &, ViewArguments &)> &prepare) {
        addVerb(*group, name, help, chosen, [run, &prepare](CLI::App &verb) {
            auto arguments = std::make_shared<ViewArguments>();
            prepare(verb, *arguments);
            return Run([arguments, run](Services &services) { return run(*arguments, services); });
        });
    };
    add("list", "The views of a connection", &runList,
        [](CLI::App &verb, ViewArguments &arguments) { arguments.connect.addFileTo(verb); });
    add("show", "One view", &runShow, &addName);
    add("add", "Keep a view", &runAddView, [](CLI::App &verb, ViewArguments &arguments) {
        addName(verb, arguments);
        addContent(verb, arguments);
        verb.add_flag("--replace", arguments.replace, "Replace the one of that name");
    });
    add("set", "Change a view", &runSet, [](CLI::App &verb, ViewArguments &arguments) {
        addName(verb, arguments);
        addContent(verb, arguments);
        verb.add_option("--rename", arguments.rename, "What it is called from now on");
    });
    add("remove", "Remove a view", &runRemove, &addName);
}

} // namespace hubkeeper::cli
