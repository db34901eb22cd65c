// SPDX-License-Identifier: MIT
#include "script/sessionengine.h"

#include <QJSEngine>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Gives the function that runs a script. JSON's functions are kept before a script can change
/// them, and the host in a closure, where no script can reach it.
///
/// As on the server, a list that came from outside is written by JSON.stringify as an object
/// (recon-vectors 149), and what a script has of Java or of modules is not there: touching it says
/// that the script needs the server.
const QString sessionPrelude = uR"js((function (host, global) {
    const parse = JSON.parse;
    const stringify = JSON.stringify;
    const isList = Array.isArray;
    const keysOf = Object.keys;
    const isObject = (value) => !!value && typeof value === "object";
    const make = Function;
    let needed = "";
    function need(what) {
        needed = needed || what;
        throw new Error(what + " is on the server only");
    }
    function ask(operation, values) {
        const text = written(values);
        values.forEach((value) => isObject(value) && markLists(value));
        const answer = parsed(host.ask(operation, text));
        if (answer.needed)
            need(answer.needed);
        if (answer.error)
            throw Object.assign(new Error(answer.error.message), answer.error);
        return answer.value;
    }
    function asObject() {
        const object = {};
        for (let i = 0; i < this.length; ++i)
            object[i] = this[i];
        return object;
    }
    function markLists(value) {
        if (isList(value))
            Object.defineProperty(value, "toJSON", { value: asObject, configurable: true });
        for (const key of keysOf(value))
            if (isObject(value[key]))
                markLists(value[key]);
    }
    function unmarkLists(value) {
        if (isList(value) && value.toJSON === asObject)
            delete value.toJSON;
        for (const key of keysOf(value))
            if (isObject(value[key]))
                unmarkLists(value[key]);
    }
    function written(value) { // As it is, for us.
        unmarkLists(value);
        return stringify(value);
    }
    function parsed(text) { // The engine's parse() takes no function to look at values.
        const value = parse(text);
        if (isObject(value) && text.includes("["))
            markLists(value);
        return value;
    }
    const nothing = () => undefined;
    const logger = { trace: nothing, debug: nothing, info: nothing, warn: nothing,
                     error: nothing, log: nothing };
    const openidm = {
        read: (path, parameters, fields) =>
            ask("read", [path, parameters || null, fields || null]),
        query: (path, parameters, fields) => ask("query", [path, parameters, fields || null]),
        create: (path, id, value) => ask("create", [path, id === undefined ? null : id, value]),
        update: (path, revision, value) => ask("update", [path, revision || null, value]),
        patch: (path, revision, value) => ask("patch", [path, revision || null, value]),
        "delete": (path, revision) => ask("delete", [path, revision || null]),
        action: () => need("openidm.action"),
        encrypt: () => need("openidm.encrypt"),
        decrypt: () => need("openidm.decrypt"),
        hash: () => need("openidm.hash"),
        isEncrypted: (value) => isObject(value) && "$crypto" in value,
        isHashed: (value) => isObject(value) && "$crypto" in value
    };
    for (const name of ["require", "load", "java", "javax", "org", "Packages", "JavaImporter",
                        "importPackage", "importClass", "JavaAdapter"])
        Object.defineProperty(global, name, { configurable: true, get: () => need(name) });
    const fixed = { openidm: openidm, logger: logger, console: logger, identityServer: {} };
    const runners = {};
    function runnerFor(names) {
        const key = names.join(",");
        runners[key] = runners[key]
            || make("__text", "__run", ...names,
                    "return eval('__run.started = true;' + __text);");
        return runners[key];
    }
    function describe(error) {
        try {
            if (error instanceof Error)
                return String(error);
            if (isObject(error) && error.message !== undefined)
                return String(error.message);
            return String(error);
        } catch (other) {
            return "a value that cannot be shown";
        }
    }
    function cleaned() {
        for (const name of keysOf(global))
            delete global[name];
    }
    return function (text, globalsText, changedText) {
        const scope = Object.assign({}, fixed, parsed(globalsText));
        const names = keysOf(scope).filter((name) => /^[A-Za-z_$][A-Za-z_$0-9]*$/.test(name));
        const state = { started: false };
        needed = "";
        const reply = {};
        try {
            // What is changed in place is seen in `scope`, what is assigned anew is not.
            const value = runnerFor(names)(text, state, ...names.map((name) => scope[name]));
            if (typeof value !== "function" && value !== undefined)
                reply.value = value;
            reply.globals = {};
            for (const name of parse(changedText))
                reply.globals[name] = scope[name];
        } catch (error) {
            reply.error = describe(error);
            reply.compiled = state.started || !(error instanceof SyntaxError);
        }
        cleaned();
        if (needed)
            return stringify({ needed: needed });
        try {
            return written(reply);
        } catch (error) {
            return stringify({ error: describe(error), compiled: true });
        }
    };
}))js"_s;

} // namespace

struct SessionEngine::Parts
{
    explicit Parts(ScriptPeer &peer)
        : host(peer)
    {
        QJSEngine::setObjectOwnership(&host, QJSEngine::CppOwnership);
        run = engine.evaluate(sessionPrelude, u"prelude"_s)
                  .call({engine.newQObject(&host), engine.globalObject()});
    }

    ScriptHost host;
    QJSEngine engine;
    QJSValue run;
};

SessionEngine::SessionEngine(ScriptPeer &peer)
    : m_parts(std::make_unique<Parts>(peer))
{
}

SessionEngine::~SessionEngine() = default;

QString SessionEngine::run(const QString &text, const QString &globals, const QString &changed)
{
    const QJSValue reply = m_parts->run.call({text, globals, changed});
    if (reply.isString())
        return reply.toString();
    const QJsonObject error {{u"error"_s, reply.toString()}, {u"compiled"_s, true}};
    return QString::fromUtf8(QJsonDocument(error).toJson(QJsonDocument::Compact));
}

} // namespace hubkeeper
