// SPDX-License-Identifier: MIT
#include "changesreview.h"

#include "changes/review/changequery.h"
#include "changes/set/changeset.h"
#include "options.h"
#include "rowjson.h"
#include "rowtext.h"
#include "waiting.h"

#include <QFileInfo>
#include <QJsonArray>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// Of an array that nameOf() knows.
template <typename Choices>
std::vector<std::string> wordsOf(const Choices &choices)
{
    std::vector<std::string> words;
    for (const auto choice : choices)
        words.push_back(nameOf(choice).toStdString());
    return words;
}

template <typename Choices>
std::optional<typename Choices::value_type> choiceOf(const Choices &choices,
                                                     const std::string &word)
{
    for (const auto choice : choices) {
        if (nameOf(choice).toStdString() == word)
            return choice;
    }
    return {};
}

void addCounts(QJsonObject &json, const GroupCounts &counts)
{
    json.insert(u"rows"_s, counts.rows);
    json.insert(u"waiting"_s, counts.waiting);
    json.insert(u"excluded"_s, counts.excluded);
}

QJsonObject patternJson(const PatternGroup &group)
{
    QJsonObject json {{u"pattern"_s, nameOf(group.pattern.shape)}};
    if (group.pattern.shape == PatternShape::Exact) {
        json.insert(u"before"_s, group.pattern.before);
        json.insert(u"after"_s, group.pattern.after);
    }
    addCounts(json, group.counts);
    return json;
}

QJsonArray groupsJson(const std::vector<VerbGroup> &groups)
{
    QJsonArray list;
    for (const VerbGroup &group : groups) {
        QJsonArray properties;
        for (const PropertyGroup &property : group.properties) {
            QJsonArray patterns;
            for (const PatternGroup &pattern : property.patterns)
                patterns.append(patternJson(pattern));
            QJsonObject json {{u"property"_s, property.property}, {u"patterns"_s, patterns}};
            addCounts(json, property.counts);
            properties.append(json);
        }
        QJsonObject json {{u"subject"_s, nameOf(group.verb.subject)},
                          {u"type"_s, nameOf(group.verb.type)},
                          {u"operation"_s, nameOf(group.verb.kind)},
                          {u"properties"_s, properties}};
        addCounts(json, group.counts);
        list.append(json);
    }
    return list;
}

QString valueText(const QString &text)
{
    return text.isEmpty() ? u"(empty)"_s : u'"' + text + u'"';
}

QString patternText(const CellPattern &pattern)
{
    switch (pattern.shape) {
    case PatternShape::Exact:
        return valueText(pattern.before) + u" -> "_s + valueText(pattern.after);
    case PatternShape::Filled:
        return u"(empty) -> others"_s;
    case PatternShape::Emptied:
        return u"others -> (empty)"_s;
    case PatternShape::CaseOnly:
        return u"only the case of letters"_s;
    case PatternShape::BlanksOnly:
        return u"only white space"_s;
    case PatternShape::DigitsKept:
        return u"the same digits, written otherwise"_s;
    case PatternShape::Replaced:
        return u"others -> others"_s;
    }
    Q_UNREACHABLE();
}

QList<QStringList> groupsTable(const std::vector<VerbGroup> &groups)
{
    QList<QStringList> table {
        {u"OPERATION"_s, u"TYPE"_s, u"PROPERTY"_s, u"CHANGE"_s, u"ROWS"_s, u"LEFT OUT"_s}};
    const auto add = [&table](QStringList cells, const GroupCounts &counts) {
        table.append(cells << QString::number(counts.rows) << QString::number(counts.excluded));
    };
    for (const VerbGroup &group : groups) {
        const bool isRecord = group.verb.subject == RowSubject::Record;
        const QString verb =
            nameOf(group.verb.kind) + (isRecord ? QString() : u' ' + nameOf(group.verb.subject));
        const QString type = nameOf(group.verb.type);
        add({verb, type, {}, {}}, group.counts);
        for (const PropertyGroup &property : group.properties) {
            add({verb, type, property.property, {}}, property.counts);
            for (const PatternGroup &pattern : property.patterns)
                add({verb, type, property.property, patternText(pattern.pattern)}, pattern.counts);
        }
    }
    return table;
}

/// A file of the set to ask, and whose it is.
struct AskedSet
{
    ChangeBinding binding;
    std::unique_ptr<ChangeFile> file;
};

Result<AskedSet> openSet(const std::string &path, Services &services)
{
    const QString name = QString::fromStdString(path);
    if (!QFileInfo::exists(name))
        return fail(ErrorKind::InvalidInput, u"The file %1 does not exist."_s.arg(name),
                    u"Give the path of a change set file, or of a provisioner."_s);
    if (!isChangeSet(path)) {
        return keptFor(path, services).and_then([](const KeptChanges &kept) {
            return ChangeFile::openToRead(kept.path).map([&](std::unique_ptr<ChangeFile> file) {
                return AskedSet {kept.binding, std::move(file)};
            });
        });
    }
    return readChanges(path).map([](const ExchangedChanges &set) {
        AskedSet asked {set.binding(), ChangeFile::inMemory()};
        qint64 sequence = 0;
        asked.file->transaction([&] {
            for (const RowChange &row : set.rows)
                asked.file->put(++sequence, row);
        });
        return asked;
    });
}

/// What HubSpot would take, and what it calls things: asked only where a finding is wanted.
Result<ReviewWords> wordsFor(const RowChoice &choice, const std::string &set, Services &services)
{
    if (!choice.withFindings)
        return ReviewWords();
    if (isChangeSet(set))
        return fail(ErrorKind::InvalidInput, u"--findings needs the portal's definitions."_s,
                    u"Name the provisioner, or use `hubkeeper-cli changes check`."_s);
    ConnectOptions connect;
    connect.file = set;
    const auto session = openFor(connect, services, SessionUse::Read);
    if (!session)
        return tl::unexpected(session.error());
    ReviewWords words;
    for (const ObjectType type : {ObjectType::Contacts, ObjectType::Companies}) {
        const auto definitions =
            waitFor((*session)->definitions(type, false, &services.calls), services.interrupt);
        if (!definitions)
            return tl::unexpected(definitions.error());
        words.definitions.insert(type, *definitions);
    }
    return words;
}

template <typename Ask>
auto asked(ChangeFile &file, const ReviewWords &words, Ask ask)
    -> Result<std::invoke_result_t<Ask, ChangeQuery &>>
{
    try {
        ChangeQuery query(file, words, {});
        return ask(query);
    } catch (const std::exception &thrown) {
        return fail(
            ErrorKind::Storage,
            u"The staged changes cannot be read: %1."_s.arg(QString::fromUtf8(thrown.what())));
    }
}

/// The rows, block by block.
std::vector<RowChange> rowsIn(ChangeFile &file, const std::vector<qint64> &sequences)
{
    constexpr int block = 500;
    std::vector<RowChange> rows;
    for (auto next = sequences.begin(); next != sequences.end();) {
        const std::vector<NumberedRow> some = file.rowsFrom(*next, block);
        for (const NumberedRow &row : some) {
            next = std::lower_bound(next, sequences.end(), row.sequence);
            if (next != sequences.end() && *next == row.sequence) {
                rows.push_back(*row.row);
                ++next;
            }
        }
        if (some.empty())
            break;
    }
    return rows;
}

int printGroups(const AskedSet &set, const ReviewWords &words, const ReviewFilter &filter,
                Services &services)
{
    const auto groups =
        asked(*set.file, words, [&filter](ChangeQuery &query) { return query.groups(filter); });
    if (!groups)
        return services.output.failure(groups.error());
    if (services.output.json) {
        QJsonObject json = bindingJson(set.binding);
        json.insert(u"groups"_s, groupsJson(*groups));
        services.output.result(json);
        return Done;
    }
    services.output.table(groupsTable(*groups));
    return Done;
}

int printRows(const AskedSet &set, const ReviewWords &words, const ReviewFilter &filter,
              Services &services)
{
    const auto rows = asked(*set.file, words, [&](ChangeQuery &query) {
        return rowsIn(*set.file, query.rows(filter));
    });
    if (!rows)
        return services.output.failure(rows.error());
    if (services.output.json) {
        QJsonObject json = bindingJson(set.binding);
        json.insert(u"rows"_s, rowsJson(*rows));
        services.output.result(json);
        return Done;
    }
    if (set.binding.portalId != 0)
        services.output.message(u"For %1."_s.arg(set.binding.portal()));
    services.output.table(rowsTable(*rows));
    services.output.message(rowCount(qsizetype(rows->size())) + u'.');
    return Done;
}

int listSets(Services &services)
{
    QStringList unreadable;
    QJsonArray list;
    QList<QStringList> table {{u"CONNECTION"_s, u"PORTAL"_s, u"WAITING"_s, u"LEFT OUT"_s,
                               u"ARCHIVES"_s, u"CONFLICT"_s, u"UNKNOWN"_s, u"APPLIED"_s,
                               u"FILE"_s}};
    for (const KeptChanges &kept : keptChanges(services.paths, {}, &unreadable)) {
        QJsonObject json = bindingJson(kept.binding);
        json.insert(u"path"_s, kept.path);
        json.insert(u"waiting"_s, kept.waiting);
        json.insert(u"excluded"_s, kept.excluded);
        json.insert(u"archives"_s, kept.archives);
        json.insert(u"conflicting"_s, kept.conflicting);
        json.insert(u"unknown"_s, kept.unknown);
        json.insert(u"applied"_s, kept.applied);
        list.append(json);
        QStringList cells {kept.binding.connectionLabel, kept.binding.portal()};
        for (const int count : {kept.waiting, kept.excluded, kept.archives, kept.conflicting,
                                kept.unknown, kept.applied})
            cells.append(QString::number(count));
        table.append(cells << kept.path);
    }
    for (const QString &sentence : std::as_const(unreadable))
        services.output.message(sentence);
    if (services.output.json)
        services.output.result(list);
    else if (list.isEmpty())
        services.output.message(u"Nothing is staged."_s);
    else
        services.output.table(table);
    return Done;
}

int listSet(const ReviewArguments &arguments, Services &services)
{
    const auto words = wordsFor(arguments.choice, arguments.set, services);
    if (!words)
        return services.output.failure(words.error());
    const auto set = openSet(arguments.set, services);
    if (!set)
        return services.output.failure(set.error());
    const ReviewFilter filter = arguments.choice.filter();
    return arguments.group ? printGroups(*set, *words, filter, services)
                           : printRows(*set, *words, filter, services);
}

} // namespace

void RowChoice::addTo(CLI::App &verb)
{
    verb.add_option("--filter", text, "Rows with this text: record, property, old or new value");
    verb.add_option("--state", states, "Rows in this state; may be given several times")
        ->check(CLI::IsMember(wordsOf(allRowStates)))
        ->type_name(joinedWords(wordsOf(allRowStates)))
        ->allow_extra_args(false);
    addWords(verb, "--operation", kind, wordsOf(allChangeKinds), "Rows that do this");
    addWords(verb, "--type", type, wordsOf(allObjectTypes), "Rows of this type");
    verb.add_option("--property", property, "Rows that edit this property (HubSpot's name)");
    verb.add_option("--from", from, "With --property: from this old value; empty: from none")
        ->type_name("VALUE");
    verb.add_option("--to", to, "With --property: to this new value; empty: to none")
        ->type_name("VALUE");
    verb.add_option("--id", ids, "This record; may be given several times")
        ->allow_extra_args(false);
    verb.add_flag("--findings", withFindings, "Rows with a value that HubSpot would refuse");
    verb.add_flag("--excluded", leftOut, "Rows that are left out");
}

ReviewFilter RowChoice::filter() const
{
    ReviewFilter filter;
    filter.text = QString::fromStdString(text);
    filter.kind = choiceOf(allChangeKinds, kind);
    filter.type = choiceOf(allObjectTypes, type);
    for (const std::string &state : states)
        filter.states.append(*choiceOf(allRowStates, state));
    for (const std::string &id : ids)
        filter.ids.append(QString::fromStdString(id));
    filter.withFindings = withFindings;
    if (leftOut)
        filter.excluded = true;
    if (!property.empty()) {
        GroupKey group {{}, QString::fromStdString(property), {}};
        group.from = from ? std::optional(QString::fromStdString(*from)) : std::nullopt;
        group.to = to ? std::optional(QString::fromStdString(*to)) : std::nullopt;
        filter.group = group;
    }
    return filter;
}

int runListChanges(const ReviewArguments &arguments, Services &services)
{
    if (!arguments.set.empty())
        return listSet(arguments, services);
    if (!arguments.group && arguments.choice.filter().isEmpty())
        return listSets(services);
    return services.output.failure(fail(ErrorKind::InvalidInput,
                                        u"Rows are listed of one change set."_s,
                                        u"Name its file, or the provisioner of the connection."_s)
                                       .value());
}

int runShowChanges(const ReviewArguments &arguments, Services &services)
{
    return listSet(arguments, services);
}

int runExclude(const ExcludeArguments &arguments, bool excludes, Services &services)
{
    const ReviewFilter filter = arguments.choice.filter();
    if (filter.isEmpty() && !arguments.choice.all)
        return services.output.failure(fail(ErrorKind::InvalidInput, u"Which rows is not said."_s,
                                            u"Choose some with --filter, --property or --id, or "
                                            "give --all."_s)
                                           .value());
    const auto words = wordsFor(arguments.choice, arguments.file, services);
    if (!words)
        return services.output.failure(words.error());
    const auto kept = keptFor(arguments.file, services);
    if (!kept)
        return services.output.failure(kept.error());
    const auto opened = ChangeStore::openNow(kept->path, kept->binding);
    if (!opened)
        return services.output.failure(opened.error());
    if (!opened->store)
        return services.output.failure(
            fail(ErrorKind::Refused, u"The staged changes are open in %1."_s.arg(opened->takenBy),
                 u"Close it, or do it there."_s)
                .value());
    ChangeSet changes;
    changes.keepIn(*opened);
    const auto file = ChangeFile::openToRead(kept->path);
    const auto rows = file
        ? asked(**file, *words, [&](ChangeQuery &query) { return query.rows(filter); })
        : Result<std::vector<qint64>>(tl::unexpected(file.error()));
    if (!rows)
        return services.output.failure(rows.error());
    const int before = changes.excluded();
    changes.setExcluded(*rows, excludes);
    const auto saved = waitFor(changes.flush(&services.calls), services.interrupt);
    if (!saved)
        return services.output.failure(saved.error());
    const int changed = std::abs(changes.excluded() - before);
    if (services.output.json)
        services.output.result(QJsonObject {{u"changed"_s, changed},
                                            {u"waiting"_s, changes.waiting()},
                                            {u"excluded"_s, changes.excluded()}});
    services.output.message((excludes ? u"%1 left out; %2 waiting, %3 left out in all."_s
                                      : u"%1 taken in; %2 waiting, %3 left out in all."_s)
                                .arg(changed)
                                .arg(changes.waiting())
                                .arg(changes.excluded()));
    return Done;
}

} // namespace hubkeeper::cli
