// SPDX-License-Identifier: MIT
#include "repairoptions.h"

#include "base/savefile.h"
#include "connector/objectclass.h"
#include "filter/crestparser.h"
#include "options.h"
#include "repair/recipe/recipekinds.h"
#include "repair/values/phonenumber.h"
#include "repair/values/shownapart.h"
#include "searchexport.h"
#include "textcolumns.h"
#include "viewoptions.h"
#include "waiting.h"

#include <QDir>
#include <QFileInfo>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype shownPairs = 20;
constexpr qint64 largestOptions = 4 << 20; // Bytes.

} // namespace

QString shownText(const QString &text)
{
    return text.isEmpty() ? u"(empty)"_s : printable(text);
}

void RepairOptions::addTo(CLI::App &verb)
{
    verb.add_option("--country", country,
                    "Country of numbers without a country code and of dates: DE, GB, US");
    verb.add_option("--language", language, "Language of names and dates: de, en-GB, tr");
    addWords(verb, "--dates", dates, {"dmy", "mdy", "ymd"}, "Order of dates such as 5/11/2026");
    verb.add_option(
        "--options", options,
        "Options of the property: 'value=Label;value=Label', JSON as HubSpot has it, or "
        "a file of either");
    verb.add_flag("--multiple", isMultiple, "Values are several options, joined by semicolons");
}

Result<QList<OptionChoice>> optionsGiven(const std::string &text)
{
    const QString given = QString::fromStdString(text);
    if (!QFileInfo(given).isFile())
        return optionsFromText(given);
    return readFile(given, largestOptions).and_then([](const QByteArray &content) {
        return optionsFromText(QString::fromUtf8(content));
    });
}

Result<void> checkHasOptions(const Recipe &recipe, const RepairSettings &settings)
{
    if (recipe.kind != RepairKind::Options || recipe.options.contains(u"options"_s)
        || !settings.options.isEmpty())
        return {};
    return fail(ErrorKind::InvalidInput,
                u"The recipe %1 needs the options of the property."_s.arg(recipe.name),
                u"Give them with --options 'value=Label;value=Label'."_s);
}

Result<RepairSettings> RepairOptions::settings() const
{
    RepairSettings settings;
    const QString place = QString::fromStdString(country);
    if (!place.isEmpty() && !isPhoneCountry(place))
        return fail(ErrorKind::InvalidInput, u"\"%1\" is not a country."_s.arg(place),
                    u"Use the two letters of ISO 3166: DE, GB, US."_s);
    settings.country = place.toUpper();
    settings.language = QString::fromStdString(language);
    if (!language.empty() && !isLanguageCode(settings.language))
        return tl::unexpected(wrongLanguage(settings.language));
    settings.isMultiple = isMultiple;
    if (!dates.empty()) {
        const auto order = dateOrderFrom(QString::fromStdString(dates));
        if (!order)
            return tl::unexpected(order.error());
        settings.dates = *order;
    }
    if (!options.empty()) {
        const auto choices = optionsGiven(options);
        if (!choices)
            return tl::unexpected(choices.error());
        settings.options = *choices;
    }
    return settings;
}

void RecordChoice::addTo(CLI::App &verb)
{
    verb.add_option("--connection", connect.file,
                    "Records of a portal: the provisioner, provisioner.openicf-<name>.json")
        ->type_name(fileArgument);
    addWords(verb, "--object", objectClass, {"contact", "company"}, "What the records are");
    verb.add_option("--filter", filter,
                    "Conditions over HubSpot's properties, as in 'city eq \"Bern\"'");
    verb.add_option("--view", view, "A kept view (hubkeeper-cli views)")->check(&refusalOfEmpty);
    connect.addPortalTo(verb);
    connect.addTimeLimitTo(verb);
}

Result<RecordView> RecordChoice::recordView(Services &services) const
{
    if (objectClass.empty())
        return fail(ErrorKind::InvalidInput, u"Records of a portal need --object."_s);
    if (!view.empty())
        return viewNamed(connect, objectClass, view, services);
    return recordClassFrom(objectClass).map([](ObjectType type) {
        RecordView all;
        all.type = type;
        return all;
    });
}

Result<ReadViewResult> RecordChoice::read(Session &session, const QStringList &properties,
                                          Services &services) const
{
    const auto wanted = recordView(services);
    if (!wanted)
        return tl::unexpected(wanted.error());
    const auto also = parseCrestFilter(QString::fromStdString(filter));
    if (!also)
        return tl::unexpected(also.error());
    auto *call = new ReadView(session, *wanted, *also, properties, QDateTime::currentDateTime(),
                              &services.calls);
    showRecordProgress(*call, u"read"_s, services.output);
    return waitFor(call, services.interrupt);
}

Result<FoundTable> FoundTable::begin(const std::string &path, const QStringList &titles,
                                     Services &services)
{
    FoundTable table;
    if (path.empty())
        return table;
    const QString file = QString::fromStdString(path);
    const auto format = exportFormatOf(file);
    if (!format)
        return fail(ErrorKind::InvalidInput,
                    u"The ending of %1 is not that of a table."_s.arg(file),
                    u"Use .csv, .tsv, .xlsx or .jsonl."_s);
    QList<TableColumn> columns;
    for (const QString &title : titles)
        columns.append({title, false});
    QDir().mkpath(services.paths.cache);
    auto files = TableFiles::begin({file, *format, 0, services.paths.cache}, columns);
    if (!files)
        return tl::unexpected(files.error());
    table.m_files.emplace(std::move(*files));
    return table;
}

void FoundTable::add(const QStringList &cells)
{
    if (m_files && m_written)
        m_written = m_files->add(cells);
}

Result<void> FoundTable::finish()
{
    if (!m_files || !m_written)
        return m_written;
    return m_files->finish().map([](const WrittenTable &) {});
}

QStringList doubtfulTitles()
{
    return {u"row"_s, u"column"_s, u"value"_s, u"reason"_s, u"suggestion"_s};
}

QStringList cellsOf(const DoubtfulValue &value)
{
    return {value.place, value.column, value.value, value.reason, value.suggestion};
}

QJsonObject repairJson(const RepairCounts &counts, const QString &placeName)
{
    QJsonArray columns;
    for (const RepairedColumn &column : counts.columns()) {
        if (column.changed + column.kept + column.doubtful > 0)
            columns.append(QJsonObject {{u"column"_s, column.column},
                                        {u"changed"_s, column.changed},
                                        {u"kept"_s, column.kept},
                                        {u"doubtful"_s, column.doubtful}});
    }
    QJsonArray pairs;
    for (const RepairPair &pair : counts.pairs())
        pairs.append(QJsonObject {{u"column"_s, pair.column},
                                  {u"before"_s, pair.before},
                                  {u"after"_s, pair.after},
                                  {u"count"_s, pair.count}});
    QJsonArray doubtful;
    for (const DoubtfulValue &value : counts.doubtful())
        doubtful.append(QJsonObject {{placeName, value.place},
                                     {u"column"_s, value.column},
                                     {u"value"_s, value.value},
                                     {u"reason"_s, value.reason},
                                     {u"suggestion"_s, value.suggestion}});
    return {{u"changed"_s, counts.changedCount()},
            {u"doubtful"_s, counts.doubtfulCount()},
            {u"columns"_s, columns},
            {u"changes"_s, pairs},
            {u"doubtfulValues"_s, doubtful}};
}

void printRepair(const RepairCounts &counts, const QString &placeName, Output &output)
{
    QList<QStringList> table {{u"column"_s, u"before"_s, u"after"_s, u"count"_s}};
    const QList<RepairPair> pairs = counts.pairs();
    for (const RepairPair &pair : pairs.first(std::min(pairs.size(), shownPairs))) {
        const ShownChange shown = shownApart(pair.before, pair.after);
        table.append({printable(pair.column), shownText(shown.before), shownText(shown.after),
                      QString::number(pair.count)});
    }
    if (!pairs.isEmpty())
        output.table(table);
    if (pairs.size() > shownPairs)
        output.line(u"and %1 other changes"_s.arg(pairs.size() - shownPairs));
    for (const DoubtfulValue &value : counts.doubtful())
        output.message(u"Doubtful: %1 %2, %3: \"%4\". %5%6"_s.arg(
            placeName, value.place, printable(value.column), printable(value.value), value.reason,
            value.suggestion.isEmpty() ? QString()
                                       : u" Perhaps \"%1\"."_s.arg(printable(value.suggestion))));
    if (counts.doubtfulCount() > counts.doubtful().size())
        output.message(u"and %1 other doubtful values"_s.arg(counts.doubtfulCount()
                                                             - counts.doubtful().size()));
    for (const RepairedColumn &column : counts.columns()) {
        if (column.changed + column.kept + column.doubtful > 0)
            output.line(u"%1: %2 changed, %3 kept, %4 doubtful."_s.arg(printable(column.column))
                            .arg(column.changed)
                            .arg(column.kept)
                            .arg(column.doubtful));
    }
}

} // namespace hubkeeper::cli
