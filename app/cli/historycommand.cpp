// SPDX-License-Identifier: MIT
#include "historycommand.h"

#include "counttext.h"
#include "historyselection.h"
#include "isotime.h"
#include "session/reading/recordlabel.h"
#include "session/writing/stagehistory.h"
#include "stagedset.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct HistoryArguments
{
    ConnectOptions connect;
    RecordSelection selection;
    std::vector<std::string> properties;
    std::string asOf;
    std::string since;
    bool stage = false;
    bool dryRun = false;
    std::string saveChanges;
};

/// Who users are, by their ids; empty where the portal does not say.
class UserNames
{
public:
    UserNames(Session &session, Services &services)
    {
        const auto owners = waitFor(session.owners(false, &services.calls), services.interrupt);
        if (!owners) {
            services.output.message(u"Names of users are not known: %1"_s.arg(owners.error().what));
            return;
        }
        for (const Owner &owner : *owners) {
            if (!owner.userId.isEmpty())
                m_names.insert(owner.userId, owner.displayName());
        }
    }
    [[nodiscard]] QString nameOf(const QString &userId) const { return m_names.value(userId); }

private:
    QHash<QString, QString> m_names;
};

QString whoOf(const PastValue &past, const UserNames &users)
{
    const QString name = users.nameOf(past.userId);
    QString who = shownSource(past);
    if (!name.isEmpty())
        who += u", "_s + name;
    else if (!past.userId.isEmpty())
        who += u", user "_s + past.userId;
    if (!past.sourceLabel.isEmpty())
        who += u" ("_s + past.sourceLabel + u')';
    else if (past.userId.isEmpty() && !past.sourceId.isEmpty())
        who += u" ("_s + past.sourceId + u')';
    return who;
}

QJsonObject pastJson(const PastValue &past, const UserNames &users)
{
    return {{u"value"_s, past.value},
            {u"at"_s, past.at.toString(Qt::ISODateWithMs)},
            {u"sourceType"_s, past.sourceType},
            {u"sourceId"_s, past.sourceId},
            {u"sourceLabel"_s, past.sourceLabel},
            {u"userId"_s, past.userId},
            {u"user"_s, users.nameOf(past.userId)}};
}

/// Prints histories as they come.
class HistoryPrinter
{
public:
    HistoryPrinter(Output &output, ObjectType type, const QStringList &properties,
                   const UserNames &users, const QDateTime &since)
        : m_output(output)
        , m_type(type)
        , m_properties(properties)
        , m_users(users)
        , m_since(since)
    {
        m_table.append(
            m_since.isValid()
                ? QStringList {u"RECORD"_s, u"PROPERTY"_s, u"SINCE"_s, u"OLD"_s, u"NEW"_s, u"BY"_s}
                : QStringList {u"RECORD"_s, u"PROPERTY"_s, u"SINCE"_s, u"VALUE"_s, u"BY"_s});
    }

    void add(const RecordHistory &history)
    {
        for (const QString &property : m_properties) {
            if (m_since.isValid())
                addChanges(history, property);
            else
                addAll(history, property);
        }
    }

    /// Gives how many lines there were.
    qsizetype end()
    {
        const qsizetype lines = m_table.size() - 1;
        if (m_output.json)
            m_output.result(m_json);
        else if (lines > 0)
            m_output.table(m_table);
        else
            m_output.message(m_since.isValid() ? u"Nothing changed."_s : u"There is no history."_s);
        for (const QString &sentence : std::as_const(m_limits))
            m_output.message(sentence);
        return lines;
    }

private:
    [[nodiscard]] QString nameOfRecord(const RecordHistory &history) const
    {
        return labelOf(m_type, history.record.properties, history.record.id) + u" ("_s
            + history.record.id + u')';
    }

    void noteLimit(const RecordHistory &history, const QString &property)
    {
        if (history.values.value(property).size() >= keptValues(m_type))
            m_limits.append(u"%1, %2: HubSpot keeps the last %3 values; there may have been more."_s
                                .arg(nameOfRecord(history), property)
                                .arg(keptValues(m_type)));
    }

    void addAll(const RecordHistory &history, const QString &property)
    {
        const QList<PastValue> values = history.values.value(property);
        QJsonArray list;
        for (const PastValue &past : values) {
            list.append(pastJson(past, m_users));
            if (!m_output.json)
                m_table.append({nameOfRecord(history), property, past.at.toString(Qt::ISODate),
                                past.value, whoOf(past, m_users)});
        }
        if (m_output.json)
            m_json.append(QJsonObject {
                {u"id"_s, history.record.id},
                {u"label"_s, labelOf(m_type, history.record.properties, history.record.id)},
                {u"property"_s, property},
                {u"now"_s, history.record.text(property)},
                {u"kept"_s, keptValues(m_type)},
                {u"mayHaveMore"_s, values.size() >= keptValues(m_type)},
                {u"values"_s, list}});
        noteLimit(history, property);
    }

    void addChanges(const RecordHistory &history, const QString &property)
    {
        const QList<PastValue> values = history.values.value(property);
        for (qsizetype i = 0; i < values.size() && values[i].at >= m_since; ++i) {
            const bool isKnown = i + 1 < values.size() || values.size() < keptValues(m_type);
            const QString old = i + 1 < values.size() ? values[i + 1].value : QString();
            if (isKnown && old == values[i].value)
                continue;
            QJsonObject json = pastJson(values[i], m_users);
            json.insert(u"id"_s, history.record.id);
            json.insert(u"label"_s, labelOf(m_type, history.record.properties, history.record.id));
            json.insert(u"property"_s, property);
            json.insert(u"old"_s, isKnown ? QJsonValue(old) : QJsonValue());
            if (m_output.json)
                m_json.append(json);
            else
                m_table.append({nameOfRecord(history), property, values[i].at.toString(Qt::ISODate),
                                isKnown ? old : u"?"_s, values[i].value,
                                whoOf(values[i], m_users)});
        }
        if (values.size() >= keptValues(m_type) && values.last().at >= m_since)
            noteLimit(history, property);
    }

    Output &m_output;
    const ObjectType m_type;
    const QStringList m_properties;
    const UserNames &m_users;
    const QDateTime m_since;
    QList<QStringList> m_table;
    QJsonArray m_json;
    QStringList m_limits;
};

void sayMissing(const MissingHistories &missing, Output &output)
{
    for (const QString &id : missing.missing)
        output.message(u"%1 is not there."_s.arg(id));
    for (auto id = missing.survivors.cbegin(); id != missing.survivors.cend(); ++id)
        output.message(u"%1 was merged into %2."_s.arg(id.key(), id.value()));
}

int showHistory(const HistoryArguments &arguments, Session &session, ObjectType type,
                const QStringList &ids, const QStringList &properties, Services &services)
{
    QDateTime since;
    if (!arguments.since.empty()) {
        const auto time = isoTimeFrom(arguments.since, "--since");
        if (!time)
            return services.output.failure(time.error());
        since = *time;
    }
    const UserNames users(session, services);
    HistoryPrinter printer(services.output, type, properties, users, since);
    auto *reading = new ReadRecordHistories(
        session.portal(), type, ids, properties + labelProperties(type),
        [&printer](const QList<RecordHistory> &some) {
            for (const RecordHistory &history : some)
                printer.add(history);
            return Result<void>();
        },
        &services.calls);
    QObject::connect(reading, &CallBase::progressed, reading,
                     [&services](qint64 done, qint64 total) {
                         services.output.progress(u"%1 of %2 records read"_s.arg(done).arg(total));
                     });
    const auto missing = waitFor<MissingHistories>(reading, services.interrupt);
    if (!missing)
        return services.output.failure(missing.error());
    printer.end();
    sayMissing(*missing, services.output);
    return missing->missing.isEmpty() && missing->survivors.isEmpty() ? Done : Findings;
}

QJsonObject cellJson(const CellThen &cell)
{
    return {{u"id"_s, cell.id},
            {u"label"_s, cell.label},
            {u"property"_s, cell.property},
            {u"now"_s, cell.now},
            {u"then"_s,
             cell.then.knowledge == ValueThen::Known ? QJsonValue(cell.then.value) : QJsonValue()},
            {u"known"_s, cell.then.knowledge == ValueThen::Known},
            {u"toStage"_s, cell.isStaged},
            {u"reason"_s, cell.reason}};
}

QJsonObject asOfJson(const AsOfWish &wish, const StagedHistory &staged, const QJsonArray &cells)
{
    QJsonObject merged;
    for (auto id = staged.missing.survivors.cbegin(); id != staged.missing.survivors.cend(); ++id)
        merged.insert(id.key(), id.value());
    return {{u"asOf"_s, wish.moment.toString(Qt::ISODateWithMs)},
            {u"staged"_s, wish.stages},
            {u"records"_s, staged.records},
            {u"cells"_s, staged.cells},
            {u"same"_s, staged.same},
            {u"notKnown"_s, staged.unknown},
            {u"readOnly"_s, staged.readOnly},
            {u"notThere"_s, staged.notThere},
            {u"missing"_s, QJsonArray::fromStringList(staged.missing.missing)},
            {u"mergedInto"_s, merged},
            {u"values"_s, cells}};
}

int showAsOf(const HistoryArguments &arguments, Session &session, AsOfWish wish, Services &services)
{
    const auto moment = isoTimeFrom(arguments.asOf, "--as-of");
    if (!moment)
        return services.output.failure(moment.error());
    wish.moment = *moment;
    wish.stages = (arguments.stage || !arguments.saveChanges.empty()) && !arguments.dryRun;
    if (wish.stages) {
        if (const auto opened = StagedSet {arguments.saveChanges}.open(session, services); !opened)
            return services.output.failure(opened.error());
    }
    QJsonArray cells;
    QList<QStringList> table {{u"RECORD"_s, u"PROPERTY"_s, u"NOW"_s, u"THEN"_s, u"NOTE"_s}};
    const auto tell = [&](const CellThen &cell) {
        if (services.output.json)
            return cells.append(cellJson(cell));
        const bool isKnown = cell.then.knowledge == ValueThen::Known;
        table.append(
            {cell.label, cell.property, cell.now, isKnown ? cell.then.value : u"?"_s, cell.reason});
    };
    auto *call = stageAsOf(session, wish, tell, &services.calls);
    QObject::connect(call, &CallBase::progressed, call, [&services](qint64 done, qint64 total) {
        services.output.progress(u"%1 of %2 records read"_s.arg(done).arg(total));
    });
    const auto staged = waitFor(call, services.interrupt);
    if (!staged)
        return services.output.failure(staged.error());
    if (wish.stages) {
        if (const auto kept = StagedSet {arguments.saveChanges}.keep(session, services); !kept)
            return services.output.failure(kept.error());
    }
    if (services.output.json)
        services.output.result(asOfJson(wish, *staged, cells));
    else if (table.size() > 1)
        services.output.table(table);
    sayMissing(staged->missing, services.output);
    services.output.message(
        u"%1 in %2 %3; %4 as they were, %5 no longer known, %6 that nobody can set."_s
            .arg(countText(staged->cells, "value"_L1, "values"_L1),
                 countText(staged->records, "record"_L1, "records"_L1),
                 wish.stages ? u"staged"_s : u"to stage"_s)
            .arg(staged->same)
            .arg(staged->unknown + staged->notThere)
            .arg(staged->readOnly));
    if (wish.stages && arguments.saveChanges.empty() && staged->cells > 0)
        services.output.message(u"Review and send: `hubkeeper-cli changes apply %1`."_s.arg(
            QString::fromStdString(arguments.connect.file)));
    return staged->unknown + staged->notThere + staged->missing.missing.size() > 0 ? Findings
                                                                                   : Done;
}

int runHistory(const HistoryArguments &arguments, Services &services)
{
    if (arguments.asOf.empty() && (arguments.stage || !arguments.saveChanges.empty()))
        return services.output.failure(fail(ErrorKind::InvalidInput,
                                            u"Which values shall be staged?"_s,
                                            u"Say of which moment with --as-of."_s)
                                           .value());
    const auto type = arguments.selection.type();
    if (!type)
        return services.output.failure(type.error());
    const bool writes = arguments.stage && !arguments.dryRun;
    const auto session =
        openFor(arguments.connect, services, writes ? SessionUse::Write : SessionUse::Read);
    if (!session)
        return services.output.failure(session.error());
    const auto definitions =
        waitFor((*session)->definitions(*type, false, &services.calls), services.interrupt);
    if (!definitions)
        return services.output.failure(definitions.error());
    const auto properties = propertiesFor(listOf(arguments.properties), *type, *definitions);
    if (!properties)
        return services.output.failure(properties.error());
    const auto ids = arguments.selection.ids(arguments.connect, **session, services);
    if (!ids)
        return services.output.failure(ids.error());
    if (ids->isEmpty()) {
        services.output.message(u"No record was chosen, or found."_s);
        if (services.output.json)
            services.output.result(QJsonArray());
        return Done;
    }
    if (arguments.asOf.empty())
        return showHistory(arguments, **session, *type, *ids, *properties, services);
    return showAsOf(arguments, **session, {*type, *ids, *properties, {}, false}, services);
}

} // namespace

void addHistoryCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "history", "Who changed values of records, and what they were", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<HistoryArguments>();
                arguments->connect.addTo(verb);
                arguments->selection.addTo(verb);
                verb.add_option("--property", arguments->properties,
                                "A property by HubSpot's name; may be repeated; without it, those "
                                "that the grid shows")
                    ->allow_extra_args(false);
                auto *asOf = verb.add_option("--as-of", arguments->asOf,
                                             "The values of that moment, beside those of now");
                verb.add_option("--since", arguments->since,
                                "Only what was changed since then, with old and new value")
                    ->excludes(asOf);
                auto *stage = verb.add_flag("--stage", arguments->stage,
                                            "With --as-of: stage the values of then");
                verb.add_option("--save-changes", arguments->saveChanges,
                                "With --as-of: write them as a change set to this file")
                    ->type_name(fileArgument)
                    ->excludes(stage);
                verb.add_flag("--dry-run", arguments->dryRun,
                              "Say what would be staged and stage nothing");
                return Run(
                    [arguments](Services &services) { return runHistory(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
