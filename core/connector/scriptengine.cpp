// SPDX-License-Identifier: MIT
#include "connector/scriptengine.h"

#include <QJSEngine>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 mostLines = 10'000;
constexpr qsizetype longestLine = 10'000;
const auto sourceName = u"script"_s; // How the engine names the script in stacks.

/// Makes `connector` and `console`. It keeps JSON's functions before a script can change them, and
/// the host in a closure, where no script can reach it.
const QString prelude = uR"((function (host, configuration) {
    "use strict";
    const parse = JSON.parse;
    const stringify = JSON.stringify;
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
        toText: (value) => stringify(value)
    });
}))"_s;

/// The innermost line of the script itself: an error of the connector is thrown by the prelude.
int lineOf(const QJSValue &error)
{
    static const QRegularExpression frame(u"\\b%1:(\\d+)$"_s.arg(sourceName),
                                          QRegularExpression::MultilineOption);
    const auto match = frame.match(error.property(u"stack"_s).toString());
    if (match.hasMatch())
        return match.captured(1).toInt();
    return error.property(u"fileName"_s).toString().endsWith(sourceName)
        ? error.property(u"lineNumber"_s).toInt()
        : 0;
}

ScriptEnd failure(const QJSValue &error)
{
    const int line = lineOf(error);
    const QString where = line > 0 ? u" (line %1)"_s.arg(line) : QString();
    return {fail(ErrorKind::InvalidInput,
                 u"The script failed%1: %2"_s.arg(where, error.toString().left(2000))),
            line};
}

QJSValue toScript(QJSEngine &engine, const QJsonObject &json)
{
    return engine.toScriptValue(json.toVariantMap());
}

QJsonValue valueOf(const QString &json)
{
    // Wrapped, since a text alone is no JSON document to Qt.
    const auto document = QJsonDocument::fromJson(u"[%1]"_s.arg(json).toUtf8());
    return document.array().at(0);
}

ScriptEnd evaluate(QJSEngine &engine, ScriptHost &host, const QString &text,
                   const QJsonObject &arguments, const QJsonObject &configuration)
{
    const QJSValue made = engine.evaluate(prelude, u"prelude"_s)
                              .call({engine.newQObject(&host), toScript(engine, configuration)});
    if (made.isError())
        return failure(made);
    QJSValue globals = engine.globalObject();
    for (auto it = arguments.begin(); it != arguments.end(); ++it)
        globals.setProperty(it.key(), engine.toScriptValue(it->toVariant()));
    globals.setProperty(u"connector"_s, made.property(u"connector"_s));
    globals.setProperty(u"console"_s, made.property(u"console"_s));

    const QJSValue result = engine.evaluate(text, sourceName);
    if (result.isError())
        return failure(result);
    if (result.isUndefined() || result.isCallable())
        return {QJsonValue()};
    const QJSValue json = made.property(u"toText"_s).call({result});
    if (json.isError())
        return failure(json);
    return {json.isString() ? valueOf(json.toString()) : QJsonValue()};
}

} // namespace

QString ScriptHost::ask(const QString &operation, const QString &arguments)
{
    const QJsonArray values = QJsonDocument::fromJson(arguments.toUtf8()).array();
    const QJsonObject answer = m_exchange.ask(operation, values);
    return QString::fromUtf8(QJsonDocument(answer).toJson(QJsonDocument::Compact));
}

void ScriptHost::print(const QString &line)
{
    if (++m_lines < mostLines)
        m_exchange.print(line.left(longestLine));
    else if (m_lines == mostLines)
        m_exchange.print(u"(further output is dropped)"_s);
}

bool isReservedGlobal(const QString &name)
{
    return name == "connector"_L1 || name == "console"_L1 || name == "JSON"_L1
        || name == "Object"_L1 || name == "Error"_L1 || name.isEmpty();
}

ScriptEnd evaluateScript(ScriptExchange &exchange, const QString &text,
                         const QJsonObject &arguments, const QJsonObject &configuration)
{
    ScriptHost host(exchange);
    QJSEngine::setObjectOwnership(&host, QJSEngine::CppOwnership);
    QJSEngine engine;
    if (!exchange.enter(&engine))
        return {fail(ErrorKind::Cancelled, u"Stopped before it began."_s)};
    ScriptEnd end = evaluate(engine, host, text, arguments, configuration);
    exchange.exit();
    return end;
}

} // namespace hubkeeper
