// SPDX-License-Identifier: MIT
#include "attributenames.h"
#include "base/savefile.h"
#include "commands.h"
#include "connector/connector.h"
#include "exportoptions.h"
#include "filter/crestparser.h"
#include "objecttable.h"
#include "objectwriter.h"
#include "options.h"
#include "searchexport.h"
#include "session/reading/readall.h"
#include "viewoptions.h"
#include "waiting.h"

#include <QLocale>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// So many objects are kept back, to be written in the order of their ids; more are written as they
/// come.
constexpr qsizetype mostInOrder = 5'000;
constexpr qsizetype fileBlock = 256 << 10; // Bytes.

struct SearchArguments
{
    ConnectOptions connect;
    std::string objectClass;
    std::string filter = "true";
    std::vector<std::string> fields;
    std::string sort;
    int pageSize = 0;
    std::string cookie;
    int offset = 0;
    std::string format;
    std::string file; ///< --output; empty: standard output.
    std::string view;
    ExportOptions table;
};

/// Where the objects go: standard output, or a file that is whole or not there.
class Destination
{
public:
    explicit Destination(Output &output)
        : m_output(output)
    {
    }

    [[nodiscard]] Result<void> open(const QString &path)
    {
        auto saver = FileSaver::begin(path, FileMode::KeepOrPrivate);
        if (!saver)
            return tl::unexpected(saver.error());
        m_file = std::make_unique<FileSaver>(std::move(*saver));
        return {};
    }

    void write(const QByteArray &bytes)
    {
        if (!m_file && m_output.isTerminal) // A terminal: a table of others must not steer it.
            return m_output.text(bytes);
        if (!m_file)
            return m_output.raw(bytes);
        m_block += bytes;
        if (m_block.size() >= fileBlock)
            writeBlock();
    }

    [[nodiscard]] bool takesMore() const { return m_written && !m_output.fault(); }

    [[nodiscard]] Result<void> finish()
    {
        if (!m_file)
            return {};
        writeBlock();
        return m_written.and_then([this] { return m_file->commit(); });
    }

private:
    void writeBlock()
    {
        if (m_written)
            m_written = m_file->write(std::exchange(m_block, {}));
    }

    Output &m_output;
    std::unique_ptr<FileSaver> m_file;
    QByteArray m_block;
    Result<void> m_written;
};

/// Objects in the order of their ids as long as there are few.
class InOrder
{
public:
    using Sink = std::function<void(const ConnectorObject &)>;

    InOrder(Sink sink, bool isOrdered)
        : m_sink(std::move(sink))
        , m_streams(isOrdered)
    {
    }

    void add(const ConnectorObject &object)
    {
        if (m_streams)
            return m_sink(object);
        m_kept.append(object);
        if (m_kept.size() > mostInOrder)
            finish();
    }

    void finish()
    {
        std::sort(m_kept.begin(), m_kept.end(),
                  [](const auto &a, const auto &b) { return idLess(a.uid, b.uid); });
        for (const ConnectorObject &object : std::as_const(m_kept))
            m_sink(object);
        m_kept.clear();
        m_streams = true;
    }

private:
    const Sink m_sink;
    QList<ConnectorObject> m_kept;
    bool m_streams;
};

/// What is asked for, in the connector's words.
struct Search
{
    CrestFilter filter;
    SearchOptions options;
    QStringList columns;
};

Result<Search> searchOf(const SearchArguments &arguments, const ObjectClassInfo &info)
{
    const AttributeNames names(info, QString::fromStdString(arguments.connect.file));
    Search search;
    const auto filter =
        parseCrestFilter(QString::fromStdString(arguments.filter))
            .and_then([&names](const CrestFilter &given) { return names.resolve(given); });
    if (!filter)
        return tl::unexpected(filter.error());
    search.filter = *filter;
    const auto fields = names.resolve(listOf(arguments.fields));
    if (!fields)
        return tl::unexpected(fields.error());
    search.options.fields = *fields;
    auto keys = parseSortKeys(QString::fromStdString(arguments.sort));
    if (!keys)
        return tl::unexpected(keys.error());
    for (SortKey &key : *keys) {
        const auto field = names.resolve(key.field);
        if (!field)
            return tl::unexpected(field.error());
        key.field = *field;
    }
    search.options.sortKeys = *keys;
    search.options.pageSize = arguments.pageSize;
    search.options.cookie = QString::fromStdString(arguments.cookie);
    search.options.offset = arguments.offset;
    const bool areAll = fields->isEmpty() || fields->contains(u"*"_s);
    for (const AttributeInfo &attribute : wantedAttributes(info, areAll ? *fields : QStringList()))
        search.columns.append(attribute.name);
    if (!areAll)
        search.columns = *fields;
    return search;
}

void showProgress(const CallBase &call, Output &output)
{
    QObject::connect(&call, &CallBase::progressed, &call, [&output](qint64 done, qint64 total) {
        const QLocale english(QLocale::English);
        output.progress(total > 0 ? u"%1 of %2 records read"_s.arg(english.toString(done),
                                                                   english.toString(total))
                                  : u"%1 records read"_s.arg(english.toString(done)));
    });
}

ObjectFormat objectFormatOf(const SearchArguments &arguments, const Output &output)
{
    const bool isJsonFile = arguments.file.ends_with(".json");
    const bool isLinesFile = arguments.file.ends_with(".jsonl");
    if (arguments.format.empty() && isLinesFile)
        return ObjectFormat::JsonLines;
    if (arguments.format.empty())
        return output.json || isJsonFile ? ObjectFormat::Json : ObjectFormat::Table;
    return objectFormatFrom(QString::fromStdString(arguments.format));
}

/// Gives the exit code; objects that came before a failure are written all the same.
int writeFound(Session &session, const SearchArguments &arguments, Search search,
               Services &services)
{
    Output &output = services.output;
    Destination destination(output);
    if (!arguments.file.empty()) {
        if (const auto open = destination.open(QString::fromStdString(arguments.file)); !open)
            return output.failure(open.error());
    }
    ObjectWriter::Options options;
    options.format = objectFormatOf(arguments, output);
    options.columns = search.columns;
    options.wereChosen = !arguments.fields.empty();
    options.room = arguments.file.empty() ? output.columns : 0;
    ObjectWriter writer(options, [&](const QByteArray &bytes) { destination.write(bytes); });
    InOrder objects([&](const ConnectorObject &object) { writer.add(object); },
                    !search.options.sortKeys.isEmpty());
    search.options.handler = [&](const ConnectorObject &object) {
        objects.add(object);
        return destination.takesMore();
    };
    auto *call = searchAll(session, QString::fromStdString(arguments.objectClass), search.filter,
                           search.options, &services.calls);
    showProgress(*call, output);
    const auto found = waitFor(call, services.interrupt);
    objects.finish();
    if (!found) {
        const ExitCode code = exitCodeFor(found.error().kind);
        writer.end({}, errorJson(found.error(), code));
        output.complain(found.error()); // A file that is not complete is not kept.
        return code;
    }
    for (const QString &warning : found->warnings)
        output.message(warning);
    writer.end(found->pagedResultsCookie, {});
    if (const auto saved = destination.finish(); !saved)
        return output.failure(saved.error());
    if (!writer.leftOut().isEmpty())
        output.message(u"Columns that do not fit: %1. Choose some with --fields, or use --format "
                       "csv."_s.arg(writer.leftOut().join(u", "_s)));
    if (!found->pagedResultsCookie.isEmpty() && options.format != ObjectFormat::Json)
        output.message(u"There are more: --cookie %1"_s.arg(found->pagedResultsCookie));
    return Done;
}

/// The same into a table of files.
int writeTable(Session &session, const SearchArguments &arguments, Search search,
               const TableFiles::Target &target, Services &services)
{
    Output &output = services.output;
    auto table = ObjectTable::begin(target, search.columns);
    if (!table)
        return output.failure(table.error());
    InOrder objects([&](const ConnectorObject &object) { table->add(object); },
                    !search.options.sortKeys.isEmpty());
    search.options.handler = [&](const ConnectorObject &object) {
        objects.add(object);
        return table->takesMore();
    };
    auto *call = searchAll(session, QString::fromStdString(arguments.objectClass), search.filter,
                           search.options, &services.calls);
    showProgress(*call, output);
    const auto found = waitFor(call, services.interrupt);
    if (!found)
        return output.failure(found.error()); // The table is not there then.
    objects.finish();
    for (const QString &warning : found->warnings)
        output.message(warning);
    const auto written = table->finish();
    if (!written)
        return output.failure(written.error());
    reportTable(*written, table->titles(), output);
    if (!found->pagedResultsCookie.isEmpty())
        output.message(u"There are more: --cookie %1"_s.arg(found->pagedResultsCookie));
    return Done;
}

/// HubSpot's properties instead of the connector's attributes: contacts and companies only. Filter
/// and order may name properties that the schema does not have.
int writeProperties(Session &session, const SearchArguments &arguments, const ObjectClassInfo &info,
                    const TableFiles::Target &target, Services &services)
{
    const auto type = recordTypeOf(info.objectClass);
    if (!type)
        return services.output.failure(
            fail(ErrorKind::InvalidInput,
                 u"Only contacts and companies have --columns, --labels and --associations."_s)
                .value());
    const auto live = session.connectorWith({true, {}, nullptr});
    auto search = searchOf(arguments, info);
    const bool needsLive = !search;
    if (needsLive) {
        const auto schema = waitFor(live->schema(&services.calls), services.interrupt);
        if (!schema)
            return services.output.failure(schema.error());
        search = searchOf(arguments, schema->of(info.objectClass));
    }
    if (!search)
        return services.output.failure(search.error());
    const QStringList usual = needsLive ? QStringList() : search->options.fields;
    return writeRecords(session, arguments.table,
                        {*type, search->filter, search->options, target,
                         propertiesFor(wantedAttributes(info, usual)),
                         needsLive ? live.get() : &session.connector()},
                        services);
}

/// The records of a view; --filter has to hold as well.
int runView(const SearchArguments &arguments, const std::optional<TableFiles::Target> &target,
            Services &services)
{
    const auto view = viewNamed(arguments.connect, arguments.objectClass, arguments.view, services);
    if (!view)
        return services.output.failure(view.error());
    const auto also = parseCrestFilter(QString::fromStdString(arguments.filter));
    if (!also)
        return services.output.failure(also.error());
    const auto session = openFor(arguments.connect, services, SessionUse::Read);
    if (!session)
        return services.output.failure(session.error());
    Destination destination(services.output);
    if (!target && !arguments.file.empty()) {
        if (const auto open = destination.open(QString::fromStdString(arguments.file)); !open)
            return services.output.failure(open.error());
    }
    ViewOutput wanted;
    wanted.table = target;
    wanted.options = arguments.table;
    wanted.objects.format = objectFormatOf(arguments, services.output);
    wanted.objects.wereChosen = !arguments.fields.empty();
    wanted.objects.room = arguments.file.empty() ? services.output.columns : 0;
    wanted.sink = [&destination](const QByteArray &bytes) { destination.write(bytes); };
    wanted.fields = listOf(arguments.fields);
    const int code = writeView(**session, *view, *also, wanted, services);
    if (code != Done)
        return code;
    const auto saved = destination.finish();
    return saved ? Done : services.output.failure(saved.error());
}

int runSearch(const SearchArguments &arguments, Services &services)
{
    const auto objectClass = objectClassFrom(QString::fromStdString(arguments.objectClass));
    if (!objectClass)
        return services.output.failure(objectClass.error());
    const auto target =
        arguments.table.targetOf(QString::fromStdString(arguments.file), arguments.format);
    if (!target)
        return services.output.failure(target.error());
    if (!arguments.view.empty())
        return runView(arguments, *target, services);
    const auto session = openFor(arguments.connect, services, SessionUse::Read);
    if (!session)
        return services.output.failure(session.error());
    const auto schema =
        waitFor((*session)->connector().schema(&services.calls), services.interrupt);
    if (!schema)
        return services.output.failure(schema.error());
    if (*target && arguments.table.isOfProperties())
        return writeProperties(**session, arguments, schema->of(*objectClass), **target, services);
    auto search = searchOf(arguments, schema->of(*objectClass));
    if (!search)
        return services.output.failure(search.error());
    if (*target)
        return writeTable(**session, arguments, std::move(*search), **target, services);
    return writeFound(**session, arguments, std::move(*search), services);
}

} // namespace

void addSearchCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "search", "Find objects of a class", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<SearchArguments>();
        arguments->connect.addTo(verb);
        verb.add_option("CLASS", arguments->objectClass,
                        "contact, company, owner, contactProperties or companyProperties")
            ->required()
            ->type_name(classArgument);
        verb.add_option("--filter", arguments->filter, "CREST filter, as in 'city eq \"Bern\"'");
        verb.add_option("--fields", arguments->fields,
                        "Attributes to return, separated by commas; * is all")
            ->delimiter(',');
        CLI::Option *view =
            verb.add_option("--view", arguments->view,
                            "A kept view (hubkeeper-cli views): its conditions, columns and order; "
                            "names are "
                            "those of HubSpot's properties, --filter has to hold as well")
                ->check(&refusalOfEmpty);
        verb.add_option("--sort", arguments->sort,
                        "Attributes to sort by, as in --sort=-lastname,+city; up to 10,000 objects")
            ->excludes(view);
        verb.add_option("--page-size", arguments->pageSize, "Page size; 0 reads everything")
            ->excludes(view);
        verb.add_option("--cookie", arguments->cookie, "Cookie returned by the previous page")
            ->excludes(view);
        verb.add_option("--offset", arguments->offset, "Number of objects to skip")->excludes(view);
        addFormat(verb, arguments->format, objectFormats());
        CLI::Option *output =
            verb.add_option("-o,--output", arguments->file,
                            "Write to this file, whole or not at all, instead of standard output; "
                            "its ending says the format where --format does not")
                ->type_name(fileArgument);
        arguments->table.addTo(verb, output);
        return Run([arguments](Services &services) { return runSearch(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
