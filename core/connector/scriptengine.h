// SPDX-License-Identifier: MIT
#pragma once

#include "connector/scriptexchange.h"

#include <QObject>

#include <memory>

namespace hubkeeper {

/// The only object of ours a script's engine holds, hidden in a closure of the prelude.
class ScriptHost final : public QObject
{
    Q_OBJECT

public:
    explicit ScriptHost(ScriptExchange &exchange)
        : m_exchange(exchange)
    {
    }

    /// Arguments and answer are JSON.
    Q_INVOKABLE QString ask(const QString &operation, const QString &arguments);
    Q_INVOKABLE void print(const QString &line);

private:
    ScriptExchange &m_exchange;
    qint64 m_lines = 0;
};

/// Evaluates a script in an engine made for it, in the calling thread, until it ends or the
/// exchange stops it. `configuration` becomes connector.configuration.
[[nodiscard]] ScriptEnd evaluateScript(ScriptExchange &exchange, const QString &text,
                                       const QJsonObject &arguments,
                                       const QJsonObject &configuration);

/// Names a script's arguments must not have.
[[nodiscard]] bool isReservedGlobal(const QString &name);

} // namespace hubkeeper
