// SPDX-License-Identifier: MIT
#include "connector/script.h"

#include "connector/connectortext.h"
#include "connector/icferror.h"
#include "script/scriptprocess.h"

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype mostKeptErrors = 1000; // Of those a script got and may throw on.
constexpr qsizetype mostCollected = 100'000; // Writes of a dry run; they are in our memory.

/// Why the request cannot be run, or nothing.
std::optional<Error> refusalOf(const ScriptRequest &request)
{
    const QString language = request.language.trimmed().toLower();
    static const QStringList known {u"javascript"_s, u"js"_s, u"text/javascript"_s};
    if (language == "groovy"_L1)
        return fail(ErrorKind::InvalidInput,
                    ConnectorText::tr("A Groovy script runs on the server only."),
                    ConnectorText::tr(
                        "Run it through IDM (_action=script), or write it in JavaScript."))
            .value();
    if (!known.contains(language))
        return fail(ErrorKind::InvalidInput,
                    ConnectorText::tr("The script language “%1” is not known.")
                        .arg(request.language.left(80)),
                    ConnectorText::tr("Write the script in JavaScript."))
            .value();
    if (request.text.trimmed().isEmpty())
        return fail(ErrorKind::InvalidInput, ConnectorText::tr("The script is empty.")).value();
    if (!request.dryRun && !request.writer)
        return fail(ErrorKind::Refused, ConnectorText::tr("This script cannot write."),
                    ConnectorText::tr("Run it dry."))
            .value();
    for (const QString &name : request.arguments.keys()) {
        if (isReservedGlobal(name))
            return fail(ErrorKind::InvalidInput,
                        ConnectorText::tr("An argument cannot have the name “%1”.").arg(name))
                .value();
    }
    return std::nullopt;
}

QJsonObject errorJson(const Error &error)
{
    return {{u"message"_s, error.sentence()},
            {u"kind"_s, nameOf(error.kind)},
            {u"icf"_s, icfExceptionName(error)},
            {u"status"_s, idmStatus(error)}};
}

Error unusableOption(const QString &what)
{
    return fail(ErrorKind::InvalidInput, what,
                ConnectorText::tr("connector.search takes fields: ['email'], sortKeys: "
                                  "'-lastname,+city', pageSize, cookie and offset."))
        .value();
}

/// The first member that is not among `known`.
std::optional<Error> unknownMember(const QJsonObject &json, const QStringList &known)
{
    for (const QString &name : json.keys()) {
        if (!known.contains(name))
            return unusableOption(ConnectorText::tr("“%1” is not one of the options %2.")
                                      .arg(name.left(80), known.join(u", "_s)));
    }
    return std::nullopt;
}

/// {field: 'email', ascending: false}, the second also as ICF calls it.
Result<SortKey> sortKeyFrom(const QJsonObject &json)
{
    if (const auto unknown =
            unknownMember(json, {u"field"_s, u"ascending"_s, u"isAscendingOrder"_s}))
        return tl::unexpected(*unknown);
    QString field = json["field"_L1].toString();
    if (field.startsWith(u'/'))
        field.remove(0, 1);
    const QJsonValue ascending =
        json.contains("ascending"_L1) ? json["ascending"_L1] : json["isAscendingOrder"_L1];
    if (field.isEmpty() || !(ascending.isBool() || ascending.isUndefined()))
        return tl::unexpected(unusableOption(ConnectorText::tr(
            "A member of sortKeys needs a field, and true or false as ascending.")));
    return SortKey {field, ascending.toBool(true)};
}

/// A text as on the command line, or a list of such texts and of objects.
Result<QList<SortKey>> sortKeysFrom(const QJsonValue &json)
{
    if (json.isUndefined() || json.isNull())
        return QList<SortKey> {};
    if (!json.isString() && !json.isArray())
        return tl::unexpected(
            unusableOption(ConnectorText::tr("sortKeys is neither a text nor a list.")));
    const QJsonArray given = json.isArray() ? json.toArray() : QJsonArray {json};
    QList<SortKey> keys;
    for (const QJsonValue &one : given) {
        if (one.isObject()) {
            const auto key = sortKeyFrom(one.toObject());
            if (!key)
                return tl::unexpected(key.error());
            keys.append(*key);
            continue;
        }
        if (!one.isString())
            return tl::unexpected(unusableOption(
                ConnectorText::tr("A member of sortKeys is neither a text nor an object.")));
        const auto parsed = parseSortKeys(one.toString());
        if (!parsed)
            return parsed;
        keys += *parsed;
    }
    return keys;
}

/// A whole number; absent and null are 0.
Result<int> countFrom(const QJsonObject &json, const QString &name)
{
    const QJsonValue value = json[name];
    if (value.isUndefined() || value.isNull())
        return 0;
    const double number = value.toDouble(-1);
    if (number < 0 || number > std::numeric_limits<int>::max() || number != std::floor(number))
        return tl::unexpected(
            unusableOption(ConnectorText::tr("%1 is not a whole number.").arg(name)));
    return int(number);
}

QStringList texts(const QJsonValue &list)
{
    QStringList all;
    const QJsonArray array = list.toArray();
    for (const QJsonValue &item : array)
        all.append(item.toString());
    return all;
}

bool isListOfTexts(const QJsonValue &json)
{
    const QJsonArray list = json.toArray();
    return json.isArray() && std::all_of(list.begin(), list.end(), [](const QJsonValue &one) {
               return one.isString();
           });
}

/// {fields, sortKeys, pageSize, cookie, offset} as a script gives them. What is not understood is
/// refused: passed over, it would look as if there were nothing to it.
Result<SearchOptions> searchOptionsFrom(const QJsonValue &given)
{
    if (!given.isObject())
        return tl::unexpected(
            unusableOption(ConnectorText::tr("The options of a search are not an object.")));
    const QJsonObject json = given.toObject();
    const auto unknown =
        unknownMember(json, {u"fields"_s, u"sortKeys"_s, u"pageSize"_s, u"cookie"_s, u"offset"_s});
    if (unknown)
        return tl::unexpected(*unknown);
    const auto isThere = [&json](QLatin1StringView name) {
        return !json[name].isUndefined() && !json[name].isNull();
    };
    if (isThere("fields"_L1) && !isListOfTexts(json["fields"_L1]))
        return tl::unexpected(
            unusableOption(ConnectorText::tr("fields is not a list of attributes.")));
    if (isThere("cookie"_L1) && !json["cookie"_L1].isString())
        return tl::unexpected(unusableOption(ConnectorText::tr("cookie is not a text.")));
    auto sortKeys = sortKeysFrom(json["sortKeys"_L1]);
    const auto pageSize = countFrom(json, u"pageSize"_s);
    const auto offset = countFrom(json, u"offset"_s);
    if (!sortKeys || !pageSize || !offset)
        return tl::unexpected(!sortKeys       ? sortKeys.error()
                                  : !pageSize ? pageSize.error()
                                              : offset.error());
    SearchOptions options;
    options.fields = texts(json["fields"_L1]);
    options.sortKeys = *sortKeys;
    options.pageSize = *pageSize;
    options.cookie = json["cookie"_L1].toString();
    options.offset = *offset;
    return options;
}

QString idText(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

QJsonObject reportJson(const TestReport &report)
{
    QJsonArray steps;
    static const QStringList states {u"passed"_s, u"failed"_s, u"warned"_s, u"skipped"_s};
    for (const TestStep &step : report.steps)
        steps.append(QJsonObject {{u"id"_s, step.id},
                                  {u"state"_s, states[step.state]},
                                  {u"detail"_s, step.detail},
                                  {u"milliseconds"_s, qint64(step.duration.count())}});
    return {{u"ok"_s, report.ok}, {u"steps"_s, steps}};
}

} // namespace

ScriptRun::ScriptRun(Connector &connector, ScriptRequest request, QObject *parent)
    : Call(parent)
    , m_connector(connector)
    , m_request(std::move(request))
{
    cancelWith(m_connector.lifetime());
    if (const auto refusal = refusalOf(m_request))
        complete(tl::unexpected(*refusal));
    else
        start();
}

void ScriptRun::start()
{
    const auto &configuration = m_connector.options().configuration;
    ScriptTask task;
    task.text = m_request.text;
    task.arguments = m_request.arguments;
    if (configuration)
        task.configuration = configuration->toJson(m_connector.options().readSchema);
    task.timeLimit = m_request.timeLimit;
    task.memoryLimit = qint64(m_request.memoryLimit) << 20;
    m_process = new ScriptProcess(task, this);
    connect(m_process, &ScriptProcess::printed, this, [this](const QString &line) {
        m_console.append(line);
        emit printed(line);
    });
    connect(m_process, &ScriptProcess::asked, this, &ScriptRun::onAsked);
    always(m_process.data(), [this](const Result<QJsonValue> &end) { onEnded(end); });
}

void ScriptRun::finishEarly()
{
    if (isFinished())
        return;
    if (!m_write || m_write->isFinished())
        return cancel();
    m_endsWithWrite = true;
    if (m_process)
        m_process->cancel();
    connect(m_write, &CallBase::finished, this, &CallBase::cancel);
}

void ScriptRun::onEnded(const Result<QJsonValue> &end)
{
    if (m_endsWithWrite) // It was stopped; the write has the last word.
        return;
    if (end)
        return complete(ScriptOutcome {*end, m_console, m_writes});
    m_failedLine = m_process->failedLine();
    // One that it got from here is told with all that is known of it.
    const auto known = m_process->threw() ? m_answered.constFind(m_process->thrownMessage())
                                          : m_answered.constEnd();
    m_threw = m_process->threw() && known == m_answered.constEnd();
    complete(
        tl::unexpected(known == m_answered.constEnd() ? end.error() : passedOn(known.value())));
    // Cancelling, not dropping, lets a write on its way note what is known of it.
    const auto children = findChildren<CallBase *>(Qt::FindDirectChildrenOnly);
    for (CallBase *child : children)
        child->cancel();
}

Error ScriptRun::passedOn(Error original) const
{
    const QString where =
        m_failedLine > 0 ? ConnectorText::tr(" (line %1)").arg(m_failedLine) : QString();
    original.what = ConnectorText::tr("The script failed%1: %2").arg(where, original.what);
    return original;
}

void ScriptRun::answer(const QJsonObject &answer)
{
    if (m_process)
        m_process->answer(answer);
}

void ScriptRun::answerError(const Error &error)
{
    if (m_answered.size() < mostKeptErrors)
        m_answered.insert(error.sentence(), error);
    answer({{u"error"_s, errorJson(error)}});
}

template <typename T, typename ToJson>
void ScriptRun::answerWith(Call<T> *call, ToJson toJson)
{
    always(call, [this, toJson](const Result<T> &outcome) {
        if (outcome)
            answer({{u"value"_s, toJson(*outcome)}});
        else
            answerError(outcome.error());
    });
}

void ScriptRun::onAsked(const QString &operation, const QJsonArray &arguments)
{
    const QString type = arguments.at(0).toString();
    const QString uid = idText(arguments.at(1));
    const auto objectJson = [](const ConnectorObject &object) { return object.toJson(); };
    if (operation == "test"_L1)
        return answerWith(m_connector.test(this), &reportJson);
    if (operation == "schema"_L1)
        return answerWith(m_connector.schema(this),
                          [](const Schema &schema) { return schema.toJson(); });
    if (operation == "get"_L1)
        return answerWith(m_connector.get(type, uid, texts(arguments.at(2)), this), objectJson);
    if (operation == "search"_L1) {
        const auto options = searchOptionsFrom(arguments.at(2));
        if (!options)
            return answerError(options.error());
        return answerWith(m_connector.search(type, arguments.at(1).toString(), *options, this),
                          [](const SearchResult &result) { return result.toJson(); });
    }
    if (operation == "create"_L1)
        return write({CollectedWrite::Create, type, {}, arguments.at(1).toObject()});
    if (operation == "update"_L1)
        return write({CollectedWrite::Update, type, uid, arguments.at(2).toObject()});
    write({CollectedWrite::Delete, type, uid, {}});
}

void ScriptRun::write(CollectedWrite write)
{
    if (m_request.dryRun)
        return collect(std::move(write));
    Call<ConnectorObject> *call = m_request.writer(write, this);
    m_write = call;
    answerWith(call, [](const ConnectorObject &object) { return object.toJson(); });
}

void ScriptRun::collect(CollectedWrite write)
{
    if (m_writes.size() >= mostCollected)
        return answerError(
            fail(ErrorKind::Refused,
                 ConnectorText::tr("A dry run collects up to %1 writes.").arg(mostCollected),
                 ConnectorText::tr("Do less at once."))
                .value());
    const auto known = objectClassFrom(write.objectClass);
    if (!known || !isWritable(*known)) {
        return answerError(known ? fail(ErrorKind::Refused,
                                        ConnectorText::tr("Objects of type owner are read-only."))
                                       .value()
                                 : known.error());
    }
    Call<ConnectorObject> *present = m_request.checker ? m_request.checker(write, this)
        : write.verb == CollectedWrite::Create
        ? new ReadyCall<ConnectorObject>(ConnectorObject(), this)
        : m_connector.get(write.objectClass, write.uid, {}, this);
    answerWith(present, [this, write](const ConnectorObject &object) {
        m_writes.append(write);
        QJsonObject answer = object.toJson();
        for (auto it = write.attributes.begin(); it != write.attributes.end(); ++it)
            answer[it.key()] = *it;
        if (write.verb == CollectedWrite::Create) // No real id: nothing was created.
            answer[u"_id"_s] = u"new-%1"_s.arg(m_writes.size());
        return answer;
    });
}

} // namespace hubkeeper
