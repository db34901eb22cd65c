// SPDX-License-Identifier: MIT
#include "connector/scriptexchange.h"

#include "connector/script.h"

#include <QJSEngine>

using namespace Qt::StringLiterals;

namespace hubkeeper {

void ScriptExchange::answer(const QJsonObject &answer)
{
    const std::scoped_lock lock(m_mutex);
    m_answer = answer;
    m_answered.notify_all();
}

void ScriptExchange::stop()
{
    const std::scoped_lock lock(m_mutex);
    m_stopped = true;
    if (m_engine)
        m_engine->setInterrupted(true);
    m_answered.notify_all();
}

void ScriptExchange::leave()
{
    stop();
    const std::scoped_lock lock(m_mutex);
    m_run = nullptr;
}

bool ScriptExchange::enter(QJSEngine *engine)
{
    const std::scoped_lock lock(m_mutex);
    if (m_stopped)
        return false;
    m_engine = engine;
    return true;
}

void ScriptExchange::exit()
{
    const std::scoped_lock lock(m_mutex);
    m_engine = nullptr;
}

QJsonObject ScriptExchange::ask(const QString &operation, const QJsonArray &arguments)
{
    std::unique_lock lock(m_mutex);
    m_answer.reset();
    if (m_run && !m_stopped)
        QMetaObject::invokeMethod(
            m_run, [run = m_run, operation, arguments] { run->onAsked(operation, arguments); },
            Qt::QueuedConnection);
    m_answered.wait(lock, [this] { return m_answer || m_stopped; });
    return m_answer.value_or(
        QJsonObject {{u"error"_s, QJsonObject {{u"message"_s, u"The script was stopped."_s}}}});
}

void ScriptExchange::print(const QString &line)
{
    const std::scoped_lock lock(m_mutex);
    if (m_run && !m_stopped)
        QMetaObject::invokeMethod(
            m_run, [run = m_run, line] { run->onPrinted(line); }, Qt::QueuedConnection);
}

void ScriptExchange::end(const ScriptEnd &end)
{
    const std::scoped_lock lock(m_mutex);
    if (m_run)
        QMetaObject::invokeMethod(
            m_run, [run = m_run, end] { run->onEnded(end); }, Qt::QueuedConnection);
}

} // namespace hubkeeper
