// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/mapping/syncmapping.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

namespace hubkeeper {

/// What a script of a mapping came to.
struct MappingOutcome
{
    enum Kind {
        Value, ///< It ran.
        Threw,
        NotCompiled, ///< It cannot be read: breaks the run off (fact 39).
        OnServer, ///< Only the server can run it: Groovy, a file, Java, more time than here.
    } kind = Value;
    QJsonValue value = QJsonValue::Undefined; ///< Undefined where it gave nothing.
    QString message; ///< Threw, NotCompiled, OnServer: one sentence.
    QJsonObject globals; ///< Afterwards, those that were asked for.
};

/// Runs scripts of mappings. Called in the thread of the run, one call at a time.
class MappingScripts
{
public:
    virtual ~MappingScripts() = default;

    /// Runs a script with its globals; what is not in `globals` is not defined. `changed` names the
    /// globals whose value afterwards is wanted, because hooks change them in place.
    [[nodiscard]] virtual MappingOutcome
    run(const MappingScript &script, const QJsonObject &globals, const QStringList &changed) = 0;
};

/// What a script gets through `openidm`. Called while a script runs, in the thread of the run.
class ScriptBridge
{
public:
    virtual ~ScriptBridge() = default;

    /// `operation` is read, query, create, update, patch, delete or action; gives {"value": …} or
    /// {"error": {"message", "code"}}.
    [[nodiscard]] virtual QJsonObject ask(const QString &operation,
                                          const QJsonArray &arguments) = 0;
};

} // namespace hubkeeper
