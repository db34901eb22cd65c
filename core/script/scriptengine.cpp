// SPDX-License-Identifier: MIT
#include "script/scriptengine.h"

#include "script/hostwire.h"
#include "script/scripttext.h"

#include <QCoreApplication>
#include <QJSEngine>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto sourceName = u"script"_s; // How the engine names the script in stacks.

/// Makes `connector` and `console`. It keeps JSON's functions before a script can change them, and
/// the host in a closure, where no script can reach it.
const QString scriptPrelude = uR"((function (host, configuration) {
    "use strict";
    const parse = JSON.parse;
    const stringify = JSON.stringify;
    const isPromise = (value) => value instanceof Promise;
    const then = Function.prototype.call.bind(Promise.prototype.then);
    function ask(operation, values) {
        const answer = parse(host.ask(operation, stringify(values)));
        if (answer.error)
            throw Object.assign(new Error(answer.error.message), answer.error);
        return answer.value;
    }
    function show(value) {
        if (typeof value === "string")
            return value;
        if (value instanceof Error)
            return String(value);
        const text = stringify(value);
        return text === undefined ? String(value) : text;
    }
    function print(...values) {
        host.print(values.map(show).join(" "));
    }
    return Object.freeze({
        connector: Object.freeze({
            configuration: Object.freeze(configuration),
            test: () => ask("test", []),
            schema: () => ask("schema", []),
            get: (type, id, fields) => ask("get", [type, id, fields || []]),
            search: (type, filter, options) => ask("search", [type, filter, options || {}]),
            create: (type, attributes) => ask("create", [type, attributes]),
            update: (type, id, attributes) => ask("update", [type, id, attributes]),
            remove: (type, id) => ask("remove", [type, id])
        }),
        console: Object.freeze({
            log: print, info: print, warn: print, error: print, debug: print
        }),
        toText: (value) => stringify(value),
        describe: (value) => {
            try {
                return show(value);
            } catch (error) {
                return "a value that cannot be shown";
            }
        },
        isPromise: isPromise,
        follow: (promise) => {
            const state = { settled: false };
            then(promise, (value) => { state.settled = true; state.value = value; },
                 (error) => { state.settled = true; state.failed = true; state.error = error; });
            return state;
        }
    });
}))"_s;

/// The innermost line of the script itself: an error of the connector is thrown by the prelude.
int lineOf(const QJSValue &thrown, const QStringList &trace)
{
    static const QRegularExpression inStack(u"\\b%1:(\\d+)$"_s.arg(sourceName),
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression inTrace(u":(\\d+):-?\\d+:.*\\b%1$"_s.arg(sourceName));
    const auto match = inStack.match(thrown.property(u"stack"_s).toString());
    if (match.hasMatch())
        return match.captured(1).toInt();
    for (const QString &frame : trace) {
        if (const auto inFrame = inTrace.match(frame); inFrame.hasMatch())
            return inFrame.captured(1).toInt();
    }
    return thrown.property(u"fileName"_s).toString().endsWith(sourceName)
        ? thrown.property(u"lineNumber"_s).toInt()
        : 0;
}

/// A script that threw `thrown`, of whatever type.
ScriptEnd failure(const QJSValue &thrown, const QJSValue &made, const QStringList &trace = {})
{
    ScriptEnd end;
    end.line = lineOf(thrown, trace);
    end.threw = thrown.errorType() != QJSValue::SyntaxError;
    if (thrown.isError())
        end.message = thrown.property(u"message"_s).toString();
    const QString where = end.line > 0 ? ScriptText::tr(" (line %1)").arg(end.line) : QString();
    const QString text = made.property(u"describe"_s).call({thrown}).toString();
    end.error = ScriptText::tr("The script failed%1: %2").arg(where, text.left(2000));
    return end;
}

ScriptEnd failure(const QString &sentence)
{
    ScriptEnd end;
    end.error = sentence;
    end.threw = true;
    return end;
}

QJSValue toScript(QJSEngine &engine, const QJsonObject &json)
{
    return engine.toScriptValue(json.toVariantMap());
}

QJsonValue valueOf(const QString &json)
{
    // Wrapped, since a text alone is not a JSON document to Qt.
    const auto document = QJsonDocument::fromJson(u"[%1]"_s.arg(json).toUtf8());
    return document.array().at(0);
}

/// The value as JSON.
ScriptEnd ended(const QJSValue &result, const QJSValue &made)
{
    ScriptEnd end;
    end.value = QJsonValue::Null;
    if (result.isUndefined() || result.isCallable())
        return end;
    const QJSValue json = made.property(u"toText"_s).call({result});
    if (json.isError())
        return failure(json, made);
    const QString text = json.isString() ? json.toString() : u"null"_s;
    if (text.size() > hostwire::longestMessage)
        return failure(
            ScriptText::tr("The result of the script has more than %1 million characters.")
                .arg(hostwire::longestMessage >> 20));
    end.value = valueOf(text);
    return end;
}

/// Counts the events of the thread that are delivered.
class EventCount final : public QObject
{
public:
    EventCount() { QCoreApplication::instance()->installEventFilter(this); }

    bool eventFilter(QObject *, QEvent *) override
    {
        ++events;
        return false;
    }

    qint64 events = 0;
};

/// Does what promises have queued, and what that queues. There is nothing else to wait for: no
/// timers and no network.
void doQueuedWork()
{
    EventCount count;
    qint64 before = 0;
    do {
        before = count.events;
        QCoreApplication::sendPostedEvents();
    } while (count.events != before);
}

/// What a promise comes to.
ScriptEnd settled(const QJSValue &promise, const QJSValue &made)
{
    const QJSValue state = made.property(u"follow"_s).call({promise});
    doQueuedWork();
    if (!state.property(u"settled"_s).toBool())
        return failure(
            ScriptText::tr("The promise that the script ended with never came to anything."));
    if (state.property(u"failed"_s).toBool())
        return failure(state.property(u"error"_s), made);
    return ended(state.property(u"value"_s), made);
}

ScriptEnd evaluate(QJSEngine &engine, ScriptHost &host, const QString &text,
                   const QJsonObject &arguments, const QJsonObject &configuration)
{
    const QJSValue made = engine.evaluate(scriptPrelude, u"prelude"_s)
                              .call({engine.newQObject(&host), toScript(engine, configuration)});
    QJSValue globals = engine.globalObject();
    for (auto it = arguments.begin(); it != arguments.end(); ++it)
        globals.setProperty(it.key(), engine.toScriptValue(it->toVariant()));
    globals.setProperty(u"connector"_s, made.property(u"connector"_s));
    globals.setProperty(u"console"_s, made.property(u"console"_s));

    QStringList trace; // Not empty if anything was thrown, be it no Error.
    const QJSValue result = engine.evaluate(text, sourceName, 1, &trace);
    if (result.isError() || !trace.isEmpty())
        return failure(result, made, trace);
    doQueuedWork();
    return made.property(u"isPromise"_s).call({result}).toBool() ? settled(result, made)
                                                                 : ended(result, made);
}

} // namespace

QString ScriptHost::ask(const QString &operation, const QString &arguments)
{
    if (arguments.size() > hostwire::longestMessage)
        return uR"({"error": {"message": "Too much for one call: more than 16 million characters.",
                    "kind": "invalidInput"}})"_s;
    return m_peer.ask(operation, arguments);
}

void ScriptHost::print(const QString &line)
{
    const bool wasOpen = m_lines < hostwire::mostLines && m_characters < hostwire::mostCharacters;
    if (!wasOpen)
        return;
    const QString shown = line.left(hostwire::longestLine);
    m_characters += shown.size();
    if (++m_lines < hostwire::mostLines && m_characters < hostwire::mostCharacters)
        m_peer.print(shown);
    else
        m_peer.print(ScriptText::tr("(further output is dropped)"));
}

ScriptEnd evaluateScript(ScriptPeer &peer, const QString &text, const QJsonObject &arguments,
                         const QJsonObject &configuration)
{
    ScriptHost host(peer);
    QJSEngine::setObjectOwnership(&host, QJSEngine::CppOwnership);
    QJSEngine engine;
    return evaluate(engine, host, text, arguments, configuration);
}

} // namespace hubkeeper
