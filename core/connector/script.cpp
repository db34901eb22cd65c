// SPDX-License-Identifier: MIT
#include "connector/script.h"

#include "connector/icferror.h"
#include "connector/scriptengine.h"

#include <QThread>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr unsigned long patienceAtTheEnd = 2000; // Milliseconds.

/// Why the request cannot be run, or nothing.
std::optional<Error> refusalOf(const ScriptRequest &request)
{
    const QString language = request.language.trimmed().toLower();
    static const QStringList known {u"javascript"_s, u"js"_s, u"text/javascript"_s};
    if (language == "groovy"_L1)
        return fail(ErrorKind::InvalidInput, u"A Groovy script runs on the server only."_s,
                    u"Run it through IDM (_action=script), or write it in JavaScript."_s)
            .value();
    if (!known.contains(language))
        return fail(ErrorKind::InvalidInput,
                    u"The script language “%1” is not known."_s.arg(request.language.left(80)),
                    u"Write the script in JavaScript."_s)
            .value();
    if (request.text.trimmed().isEmpty())
        return fail(ErrorKind::InvalidInput, u"The script is empty."_s).value();
    for (const QString &name : request.arguments.keys()) {
        if (isReservedGlobal(name))
            return fail(ErrorKind::InvalidInput,
                        u"An argument cannot have the name “%1”."_s.arg(name))
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

QStringList texts(const QJsonValue &list)
{
    QStringList all;
    const QJsonArray array = list.toArray();
    for (const QJsonValue &item : array)
        all.append(item.toString());
    return all;
}

/// {fields, sortKeys, pageSize, cookie, offset} as a script gives them.
Result<SearchOptions> searchOptionsFrom(const QJsonValue &json)
{
    auto sortKeys = parseSortKeys(json["sortKeys"_L1].toString());
    if (!sortKeys)
        return tl::unexpected(sortKeys.error());
    SearchOptions options;
    options.fields = texts(json["fields"_L1]);
    options.sortKeys = *sortKeys;
    options.pageSize = json["pageSize"_L1].toInt();
    options.cookie = json["cookie"_L1].toString();
    options.offset = json["offset"_L1].toInt();
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
    , m_exchange(std::make_shared<ScriptExchange>(this))
{
    if (const auto refusal = refusalOf(m_request))
        complete(tl::unexpected(*refusal));
    else
        start();
}

ScriptRun::~ScriptRun()
{
    m_exchange->leave();
    // An interrupted engine ends at once; a thread that outlived the program would crash it. One
    // that is deep in a single call of the engine is left behind.
    if (m_thread)
        m_thread->wait(patienceAtTheEnd);
}

void ScriptRun::start()
{
    const auto &configuration = m_connector.options().configuration;
    const QJsonObject shown =
        configuration ? configuration->toJson(m_connector.options().readSchema) : QJsonObject();
    QThread *thread = QThread::create(
        [exchange = m_exchange, text = m_request.text, arguments = m_request.arguments, shown] {
            exchange->end(evaluateScript(*exchange, text, arguments, shown));
        });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    m_thread = thread;
    thread->start();

    QTimer::singleShot(m_request.timeLimit, this, [this] {
        complete(fail(ErrorKind::TimedOut,
                      u"The script took longer than %1 seconds and was stopped."_s.arg(
                          double(m_request.timeLimit.count()) / 1000.0),
                      u"What it wrote before is written; allow it more time or do less at "
                      "once."_s));
        stop();
    });
}

/// Cancelling, not dropping, lets a write on its way note what is known of it.
void ScriptRun::stop()
{
    m_exchange->stop();
    const auto children = findChildren<CallBase *>(Qt::FindDirectChildrenOnly);
    for (CallBase *child : children)
        child->cancel();
}

void ScriptRun::finishEarly()
{
    if (isFinished())
        return;
    if (!m_write || m_write->isFinished())
        return cancel();
    m_endsWithWrite = true;
    m_exchange->stop();
    connect(m_write, &CallBase::finished, this, &CallBase::cancel);
}

void ScriptRun::abortWork()
{
    m_exchange->stop();
}

void ScriptRun::onPrinted(const QString &line)
{
    m_console.append(line);
    emit printed(line);
}

void ScriptRun::onEnded(const ScriptEnd &end)
{
    if (m_endsWithWrite) // It was stopped; the write has the last word.
        return;
    m_failedLine = end.line;
    if (!end.value)
        return complete(tl::unexpected(end.value.error()));
    complete(ScriptOutcome {*end.value, m_console, m_writes});
}

template <typename T, typename ToJson>
void ScriptRun::answerWith(Call<T> *call, ToJson toJson)
{
    call->onDone(this, [this, toJson](const Result<T> &outcome) {
        if (outcome)
            m_exchange->answer({{u"value"_s, toJson(*outcome)}});
        else
            m_exchange->answer({{u"error"_s, errorJson(outcome.error())}});
    });
}

void ScriptRun::onAsked(const QString &operation, const QJsonArray &arguments)
{
    if (isFinished())
        return;
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
            return m_exchange->answer({{u"error"_s, errorJson(options.error())}});
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
    Call<ConnectorObject> *call = m_request.writer ? m_request.writer(write, this) : send(write);
    m_write = call;
    answerWith(call, [](const ConnectorObject &object) { return object.toJson(); });
}

Call<ConnectorObject> *ScriptRun::send(const CollectedWrite &write)
{
    if (write.verb == CollectedWrite::Create)
        return m_connector.create(write.objectClass, write.attributes, this);
    if (write.verb == CollectedWrite::Update)
        return m_connector.update(write.objectClass, write.uid, write.attributes, this);
    return m_connector.remove(write.objectClass, write.uid, this);
}

void ScriptRun::collect(CollectedWrite write)
{
    const auto known = objectClassFrom(write.objectClass);
    if (!known || !isWritable(*known)) {
        const Error error = known
            ? fail(ErrorKind::Refused, u"Objects of type owner are read-only."_s).value()
            : known.error();
        return m_exchange->answer({{u"error"_s, errorJson(error)}});
    }
    if (write.verb == CollectedWrite::Create) {
        m_writes.append(write);
        QJsonObject answer = write.attributes;
        answer[u"_id"_s] = u"new-%1"_s.arg(m_writes.size()); // No real id: nothing was created.
        return m_exchange->answer({{u"value"_s, answer}});
    }
    answerWith(m_connector.get(write.objectClass, write.uid, {}, this),
               [this, write](const ConnectorObject &object) {
                   m_writes.append(write);
                   QJsonObject answer = object.toJson();
                   for (auto it = write.attributes.begin(); it != write.attributes.end(); ++it)
                       answer[it.key()] = *it;
                   return answer;
               });
}

} // namespace hubkeeper
