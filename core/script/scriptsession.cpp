// SPDX-License-Identifier: MIT
#include "script/scriptsession.h"

#include "script/bareenvironment.h"
#include "script/hostwire.h"
#include "script/scriptprocess.h"
#include "script/scripttext.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QProcess>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto longestSession = 24h; // The process ends itself should this program be stuck.

SessionReply replyOf(const QJsonObject &end)
{
    SessionReply reply;
    if (end.contains("needed"_L1)) {
        reply.kind = SessionReply::OnServer;
        reply.message = end["needed"_L1].toString();
    } else if (end.contains("error"_L1)) {
        reply.kind = end["compiled"_L1].toBool() ? SessionReply::Threw : SessionReply::NotCompiled;
        reply.message = end["error"_L1].toString();
    } else {
        reply.value = end["value"_L1];
        reply.globals = end["globals"_L1].toObject();
    }
    return reply;
}

} // namespace

ScriptSession::ScriptSession(Answering answering, const Bounds &bounds, Values values)
    : m_answering(std::move(answering))
    , m_bounds(bounds)
    , m_values(values)
{
}

ScriptSession::~ScriptSession()
{
    letGo();
}

bool ScriptSession::start()
{
    if (m_process)
        return true;
    const QString file = ScriptProcess::program();
    if (file.isEmpty())
        return false;
    m_known.clear();
    m_process = std::make_unique<QProcess>();
    m_process->setProgram(file);
    m_process->setProcessEnvironment(bareEnvironment());
    m_process->setStandardErrorFile(QProcess::nullDevice());
    m_process->start();
    if (!m_process->waitForStarted()) {
        m_process.reset();
        return false;
    }
    const auto life = std::chrono::milliseconds(longestSession).count();
    m_process->write(hostwire::lineOf({{u"session"_s, true},
                                       {u"server"_s, m_values == Values::OfServer},
                                       {u"memory"_s, m_bounds.memoryLimit},
                                       {u"milliseconds"_s, qint64(life)}}));
    return true;
}

SessionReply ScriptSession::run(const QString &text, const QJsonObject &globals,
                                const QStringList &changed)
{
    if (!start()) {
        SessionReply reply;
        reply.kind = SessionReply::NotRun;
        reply.message = ScriptText::tr("Scripts cannot be run: %1 is not there.")
                            .arg(QString::fromUtf16(hostwire::program));
        return reply;
    }
    const auto known = m_known.constFind(text);
    const int number = known == m_known.constEnd() ? int(m_known.size()) : *known;
    QJsonObject request {{u"script"_s, number},
                         {u"changed"_s, QJsonArray::fromStringList(changed)}};
    if (known == m_known.constEnd()) {
        request.insert(u"text"_s, text);
        m_known.insert(text, number);
    }
    m_process->write(hostwire::lineOf(request));
    m_process->write(hostwire::lineOf(globals));
    return wait();
}

/// Answers questions until the script has come to its end.
SessionReply ScriptSession::wait()
{
    const QDeadlineTimer deadline(m_bounds.timeLimit);
    for (;;) {
        while (!m_process->canReadLine()) {
            if (deadline.hasExpired())
                return late();
            if (!m_process->waitForReadyRead(int(deadline.remainingTime()) + 1)
                && m_process->state() == QProcess::NotRunning && !m_process->canReadLine())
                return ended();
        }
        const QJsonObject message = QJsonDocument::fromJson(m_process->readLine()).object();
        if (message.contains("end"_L1))
            return replyOf(message["end"_L1].toObject());
        if (message.contains("ask"_L1))
            m_process->write(hostwire::lineOf(
                m_answering(message["ask"_L1].toString(), message["arguments"_L1].toArray())));
    }
}

/// The process is gone without a word.
SessionReply ScriptSession::ended()
{
    SessionReply reply;
    reply.kind = SessionReply::Stopped;
    const bool overMemory = m_process->exitStatus() == QProcess::CrashExit
        || m_process->exitCode() == hostwire::OverMemory;
    reply.message = overMemory
        ? ScriptText::tr("The script used more than %1 MB of memory and was stopped.")
              .arg(m_bounds.memoryLimit >> 20)
        : ScriptText::tr("The process of the script ended by itself, with the code %1.")
              .arg(m_process->exitCode());
    letGo();
    return reply;
}

SessionReply ScriptSession::late()
{
    SessionReply reply;
    reply.kind = SessionReply::Stopped;
    reply.message = ScriptText::tr("The script took longer than %1 seconds and was stopped.")
                        .arg(double(m_bounds.timeLimit.count()) / 1000.0);
    letGo();
    return reply;
}

void ScriptSession::letGo()
{
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished();
    m_process.reset();
}

} // namespace hubkeeper
