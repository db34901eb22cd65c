// SPDX-License-Identifier: MIT
#include "script/scriptprocess.h"

#include "script/bareenvironment.h"
#include "script/hostwire.h"
#include "script/scripttext.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QPointer>
#include <QProcess>
#include <QStandardPaths>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto graceOfTheProcess = 5s; // It ends itself should this program be stuck.

/// Waits only where the program itself ends before it.
class HostProcess final : public QProcess
{
public:
    using QProcess::QProcess;

    ~HostProcess() override
    {
        if (state() == NotRunning)
            return;
        kill();
        waitForFinished();
    }
};

} // namespace

ScriptProcess::ScriptProcess(const ScriptTask &task, QObject *parent)
    : Call(parent)
    , m_timeLimit(task.timeLimit)
    , m_memoryLimit(task.memoryLimit)
{
    start(task);
}

ScriptProcess::~ScriptProcess()
{
    letGo();
}

QString ScriptProcess::program()
{
    const QString name = QString::fromUtf16(hostwire::program);
    const QString here = QCoreApplication::applicationDirPath();
    return QStandardPaths::findExecutable(
        name, {here, here + u"/../libexec/hubkeeper"_s, here + u"/../libexec/hubkeeper-cli"_s});
}

void ScriptProcess::start(const ScriptTask &task)
{
    const QString file = program();
    if (file.isEmpty())
        return complete(
            fail(ErrorKind::Storage,
                 ScriptText::tr("Scripts cannot be run: %1 is not there.")
                     .arg(QString::fromUtf16(hostwire::program)),
                 ScriptText::tr("Install Hubkeeper again; it belongs beside the program.")));
    m_process = new HostProcess(QCoreApplication::instance());
    m_process->setProgram(file);
    m_process->setProcessEnvironment(bareEnvironment());
    m_process->setStandardErrorFile(QProcess::nullDevice());
    connect(m_process, &QProcess::readyReadStandardOutput, this, &ScriptProcess::onOutput);
    connect(m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        onExit(code, status == QProcess::CrashExit);
    });
    connect(m_process, &QProcess::errorOccurred, this, [this, file](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            complete(fail(
                ErrorKind::Storage,
                ScriptText::tr("%1 cannot be started: %2.").arg(file, m_process->errorString())));
    });
    connect(&m_timer, &QTimer::timeout, this, [this] {
        complete(
            fail(ErrorKind::TimedOut,
                 ScriptText::tr("The script took longer than %1 seconds and was stopped.")
                     .arg(double(m_timeLimit.count()) / 1000.0),
                 ScriptText::tr(
                     "What it wrote before is written; allow it more time or do less at once.")));
        letGo();
    });
    m_timer.setSingleShot(true);
    m_timer.start(m_timeLimit);
    m_process->start();
    m_process->write(
        hostwire::lineOf({{u"text"_s, task.text},
                          {u"arguments"_s, task.arguments},
                          {u"configuration"_s, task.configuration},
                          {u"memory"_s, m_memoryLimit},
                          {u"milliseconds"_s, qint64((m_timeLimit + graceOfTheProcess).count())}}));
}

void ScriptProcess::answer(const QJsonObject &answer)
{
    if (m_process)
        m_process->write(hostwire::lineOf(answer));
}

void ScriptProcess::abortWork()
{
    letGo();
}

/// Kills the process, and leaves it to the event loop to see it end.
void ScriptProcess::letGo()
{
    m_timer.stop();
    QProcess *process = std::exchange(m_process, nullptr);
    if (!process)
        return;
    process->disconnect(this);
    if (process->state() == QProcess::NotRunning)
        return process->deleteLater();
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    connect(process, &QProcess::errorOccurred, process, &QObject::deleteLater);
    process->kill();
}

void ScriptProcess::onOutput()
{
    const QPointer self(this); // Who hears of it may delete this.
    while (self && m_process && m_process->canReadLine())
        onMessage(QJsonDocument::fromJson(m_process->readLine()).object());
}

void ScriptProcess::onMessage(const QJsonObject &message)
{
    if (isFinished())
        return;
    if (message.contains("print"_L1))
        emit printed(message["print"_L1].toString());
    else if (message.contains("ask"_L1))
        emit asked(message["ask"_L1].toString(), message["arguments"_L1].toArray());
    else if (message.contains("end"_L1))
        onEnd(message["end"_L1].toObject());
}

void ScriptProcess::onEnd(const QJsonObject &end)
{
    m_failedLine = end["line"_L1].toInt();
    m_threw = end["threw"_L1].toBool();
    m_thrownMessage = end["message"_L1].toString();
    if (end.contains("error"_L1))
        complete(fail(ErrorKind::InvalidInput, end["error"_L1].toString()));
    else
        complete(end["value"_L1]);
    letGo();
}

/// It ended without a word.
void ScriptProcess::onExit(int code, bool crashed)
{
    onOutput(); // What it said before.
    if (isFinished())
        return;
    m_threw = true;
    if (code == hostwire::OverMemory || crashed)
        failOverMemory();
    else
        complete(fail(ErrorKind::InvalidInput,
                      ScriptText::tr("The process of the script ended by itself, with the code %1.")
                          .arg(code)));
    letGo();
}

void ScriptProcess::failOverMemory()
{
    complete(
        fail(ErrorKind::InvalidInput,
             ScriptText::tr("The script used more than %1 MB of memory and was stopped.")
                 .arg(m_memoryLimit >> 20),
             ScriptText::tr(
                 "What it wrote before is written; read less at once (pageSize, fields), or allow "
                 "it more memory.")));
}

bool isReservedGlobal(const QString &name)
{
    return name == "connector"_L1 || name == "console"_L1 || name == "JSON"_L1
        || name == "Object"_L1 || name == "Error"_L1 || name.isEmpty();
}

} // namespace hubkeeper
