// SPDX-License-Identifier: MIT
#include "script/sessionengine.h"

#include "script/statementvalues.h"

#include <QJSEngine>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Gives the function that runs a script. JSON's functions are kept before a script can change
/// them, and the host in a closure, where no script can reach it.
///
/// With `asServer` values go in and out as they do on an IDM server, whose scripts see Java's lists
/// and maps through wrappers: Array.isArray and JSON.stringify do not take such a list for an
/// array (recon-vectors 149), as a text both are the server's own writing, and what comes back is
/// made Java's: undefined is null, a whole number is an int of 32 bits, an object is what can be
/// enumerated of it, so that a Date is empty (ScriptableList, ScriptableMap and Converter of
/// OpenIdentityPlatform/commons). What a script has of Java or of modules is not there: touching it
/// says that the script needs the server.
const QString sessionPrelude = uR"js((function (host, global, asServer) {
    const parse = JSON.parse;
    const stringify = JSON.stringify;
    const isList = Array.isArray;
    const keysOf = Object.keys;
    const listFrom = Array.from;
    const isObject = (value) => !!value && typeof value === "object";
    const make = Function;
    const largest = 2147483647;
    let needed = "";
    let outside = ""; // What came from outside, as JSON.
    function need(what) {
        needed = needed || what;
        throw new Error(what + " is on the server only");
    }
    const needs = (what) => () => need(what);
    function ask(operation, values) {
        const text = host.ask(operation, written(values));
        const answer = parsed(text);
        if (/\d{10}/.test(text))
            outside += text;
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
    function asText(value) {
        if (isList(value))
            return "[ " + value.map(asText).join(", ") + " ]";
        if (isObject(value))
            return "{ "
                + keysOf(value).map((key) => stringify(key) + ": " + asText(value[key])).join(", ")
                + " }";
        return typeof value === "string" ? stringify(value) : String(value);
    }
    function asPrimitive(hint) {
        return hint === "number" ? NaN : asText(this);
    }
    function mark(value) {
        Object.defineProperty(value, Symbol.toPrimitive,
                              { value: asPrimitive, configurable: true });
        if (isList(value))
            Object.defineProperty(value, "toJSON", { value: asObject, configurable: true });
        for (const key of keysOf(value))
            if (isObject(value[key]))
                mark(value[key]);
    }
    function cameWhole(number) { // A number of more than 32 bits that was not computed with.
        const digits = String(number);
        return /^-?\d+$/.test(digits) && new RegExp("[:\\[,]" + digits + "[,\\]}]").test(outside);
    }
    function asJava(value) {
        if (value === undefined || value === null || typeof value === "symbol")
            return null;
        if (typeof value === "number") {
            if (value !== value)
                need("NaN");
            if (Math.abs(value) <= largest || value % 1 !== 0 && Math.abs(value) !== Infinity
                || cameWhole(value))
                return value;
            return value > 0 ? largest : -largest - 1;
        }
        if (!isObject(value) && typeof value !== "function")
            return value;
        if (isList(value))
            return listFrom(value, asJava);
        const object = {};
        for (const key of keysOf(value))
            object[key] = asJava(value[key]);
        return object;
    }
    function written(value) {
        return stringify(asServer ? asJava(value) : value);
    }
    function parsed(text) { // The engine's parse() takes no function to look at values.
        const value = parse(text);
        if (asServer && isObject(value))
            mark(value);
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
        action: needs("openidm.action"),
        encrypt: needs("openidm.encrypt"),
        decrypt: needs("openidm.decrypt"),
        hash: needs("openidm.hash"),
        matches: needs("openidm.matches"),
        isEncrypted: (value) => isObject(value) && "$crypto" in value,
        isHashed: (value) => isObject(value) && "$crypto" in value
    };
    const identityServer = {};
    for (const name of ["getProperty", "getInstallLocation", "getInstallURL", "getProjectLocation",
                        "getProjectURL", "getWorkingLocation", "getWorkingURL"])
        identityServer[name] = needs("identityServer." + name);
    for (const name of ["require", "load", "java", "javax", "org", "Packages", "JavaImporter",
                        "importPackage", "importClass", "JavaAdapter", "readFile", "readUrl",
                        "runCommand", "loadClass", "defineClass", "deserialize"])
        Object.defineProperty(global, name, { configurable: true, get: needs(name) });
    const fixed = { openidm: openidm, logger: logger, console: logger,
                    identityServer: identityServer };
    if (asServer) {
        Object.assign(fixed, { print: nothing, quit: nothing, gc: nothing });
        Array.isArray = (value) => isList(value) && value.toJSON !== asObject;
    }
    const runners = {};
    function runnerFor(names) {
        const key = names.join(",");
        runners[key] = runners[key]
            || make("__text", "__run", ...names,
                    "return eval('__run.started = true; void 0;' + __text);");
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
    return function (text, keepsValues, globalsText, changedText) {
        outside = globalsText;
        const scope = Object.assign({}, fixed, parsed(globalsText));
        const names = keysOf(scope).filter((name) => /^[A-Za-z_$][A-Za-z_$0-9]*$/.test(name));
        const state = { started: false };
        needed = "";
        const reply = {};
        try {
            // What is changed in place is seen in `scope`, what is assigned anew is not.
            const last = runnerFor(names)(text, state, ...names.map((name) => scope[name]));
            const value = keepsValues ? state.value : last;
            if (value !== undefined && (asServer || typeof value !== "function"))
                reply.value = value;
            reply.globals = {};
            for (const name of parse(changedText))
                if (scope[name] !== undefined)
                    reply.globals[name] = scope[name];
        } catch (error) {
            reply.error = describe(error);
            reply.compiled = state.started || !(error instanceof SyntaxError);
        }
        cleaned();
        try {
            if (!needed)
                return written(reply);
        } catch (error) {
            if (!needed)
                return stringify({ error: describe(error), compiled: true });
        }
        return stringify({ needed: needed });
    };
}))js"_s;

} // namespace

struct SessionEngine::Parts
{
    Parts(ScriptPeer &peer, bool asServer)
        : host(peer)
    {
        QJSEngine::setObjectOwnership(&host, QJSEngine::CppOwnership);
        run = engine.evaluate(sessionPrelude, u"prelude"_s)
                  .call({engine.newQObject(&host), engine.globalObject(), asServer});
    }

    ScriptHost host;
    QJSEngine engine;
    QJSValue run;
};

SessionEngine::SessionEngine(ScriptPeer &peer, bool asServer)
    : m_asServer(asServer)
    , m_parts(std::make_unique<Parts>(peer, asServer))
{
}

SessionEngine::~SessionEngine() = default;

QString SessionEngine::run(const QString &text, const QString &globals, const QString &changed)
{
    if (m_asServer) {
        auto kept = m_kept.find(text);
        if (kept == m_kept.end())
            kept = m_kept.insert(text, withStatementValues(text, u"__run.value"_s));
        if (!kept->isNull()) {
            const QString reply = evaluate(*kept, true, globals, changed);
            if (!reply.endsWith("\"compiled\":false}"_L1))
                return reply;
            *kept = QString();
        }
    }
    return evaluate(text, false, globals, changed);
}

QString SessionEngine::evaluate(const QString &text, bool keepsValues, const QString &globals,
                                const QString &changed)
{
    const QJSValue reply = m_parts->run.call({text, keepsValues, globals, changed});
    if (reply.isString())
        return reply.toString();
    const QJsonObject error {{u"error"_s, reply.toString()}, {u"compiled"_s, true}};
    return QString::fromUtf8(QJsonDocument(error).toJson(QJsonDocument::Compact));
}

} // namespace hubkeeper
