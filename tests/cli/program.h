// SPDX-License-Identifier: MIT
#pragma once

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>
#include <signal.h>

namespace hubkeeper::test {

// Contacts that a practice portal has from the start.
inline const QString firstContact = QStringLiteral("150000000001");
inline const QString secondContact = QStringLiteral("150000000002");

/// What a run of the program left behind.
struct Ended
{
    int code = -1; ///< -1: it crashed or did not end in time.
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    [[nodiscard]] QJsonArray list() const { return QJsonDocument::fromJson(out).array(); }
    [[nodiscard]] QJsonObject error() const
    {
        return json().value(QLatin1StringView("error")).toObject();
    }
};

/// hubkeeper-cli in processes of its own, in a home of its own, with no keychain.
class Program
{
public:
    Program()
    {
        m_environment = QProcessEnvironment::systemEnvironment();
        const QStringList clash {QStringLiteral("http_proxy"), QStringLiteral("https_proxy"),
                                 QStringLiteral("HTTP_PROXY"), QStringLiteral("HTTPS_PROXY")};
        for (const QString &name : clash)
            m_environment.remove(name);
        set(QStringLiteral("HOME"), m_home.path());
        set(QStringLiteral("XDG_CONFIG_HOME"), m_home.filePath(QStringLiteral("config")));
        set(QStringLiteral("XDG_DATA_HOME"), m_home.filePath(QStringLiteral("data")));
        set(QStringLiteral("XDG_STATE_HOME"), m_home.filePath(QStringLiteral("state")));
        set(QStringLiteral("XDG_CACHE_HOME"), m_home.filePath(QStringLiteral("cache")));
    }

    void set(const QString &name, const QString &value) { m_environment.insert(name, value); }
    [[nodiscard]] QProcessEnvironment &environment() { return m_environment; }
    /// From here on no keychain can be reached.
    void withoutKeychain()
    {
        set(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
            QStringLiteral("unix:path=/nonexistent/bus"));
        m_environment.remove(QStringLiteral("KDE_FULL_SESSION"));
    }

    [[nodiscard]] QString path(const QString &name) const { return m_home.filePath(name); }
    QString write(const QString &name, const QByteArray &content) const
    {
        QDir(m_home.path()).mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
        return path(name);
    }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void prepare(QProcess &process, const QStringList &arguments) const
    {
        process.setProcessEnvironment(m_environment);
        process.setWorkingDirectory(m_home.path());
        process.setProgram(QStringLiteral(HUBKEEPER_CLI));
        process.setArguments(arguments);
    }

    Ended run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        prepare(process, arguments);
        process.start();
        process.write(input);
        process.closeWriteChannel();
        return ended(process);
    }

    static Ended ended(QProcess &process)
    {
        const bool done =
            process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit;
        return {done ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

private:
    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
};

/// `hubkeeper-cli practice` in the background; ends with its object.
class Practice
{
public:
    explicit Practice(const Program &program, const QStringList &more = {})
    {
        start(program,
              QStringList {QStringLiteral("--contacts"), QStringLiteral("12"),
                           QStringLiteral("--companies"), QStringLiteral("5"),
                           QStringLiteral("--control"), QStringLiteral("--index-delay-ms"),
                           QStringLiteral("0"), QStringLiteral("--write-provisioner"),
                           program.path(QStringLiteral("p.json"))}
                  + more);
    }
    /// With these options alone.
    static std::unique_ptr<Practice> with(const Program &program, const QStringList &options)
    {
        std::unique_ptr<Practice> practice(new Practice);
        practice->start(program, options);
        return practice;
    }
    ~Practice()
    {
        if (m_process.state() != QProcess::NotRunning)
            end();
    }

    [[nodiscard]] bool isServing() const { return !m_report.isEmpty(); }
    [[nodiscard]] QUrl url() const
    {
        return QUrl(m_report.value(QLatin1StringView("url")).toString());
    }

    /// What it printed: {"url","contacts",...}.
    [[nodiscard]] QJsonObject announced() const { return m_report; }

    /// Ctrl+C; the exit code.
    Ended end()
    {
        ::kill(pid_t(m_process.processId()), SIGINT);
        return Program::ended(m_process);
    }

    /// {"total":n,"counts":{"POST /path":n},...}
    [[nodiscard]] QJsonObject requests() { return ask("GET /practice/requests", {}); }
    /// How often the portal received that.
    [[nodiscard]] int count(const QString &call)
    {
        return requests().value(QLatin1StringView("counts")).toObject().value(call).toInt();
    }
    /// The state after it, or {"status":"error","message":...}.
    QJsonObject control(const QJsonObject &order) { return ask("POST /practice/control", order); }
    /// The same of the practice IDM beside it.
    QJsonObject controlIdm(const QJsonObject &order)
    {
        const QJsonObject idm = m_report.value(QLatin1StringView("idm")).toObject();
        return ask("POST /practice/control", order, idm);
    }
    [[nodiscard]] QJsonObject state() { return ask("GET /practice/state", {}); }
    void setFault(const QJsonObject &fault)
    {
        control({{QStringLiteral("faults"), QJsonArray {fault}},
                 {QStringLiteral("clearRequests"), true}});
    }

private:
    Practice() = default;

    void start(const Program &program, const QStringList &options)
    {
        program.prepare(m_process,
                        QStringList {QStringLiteral("--json"), QStringLiteral("practice")}
                            + options);
        m_process.start();
        while (m_report.isEmpty() && m_process.waitForReadyRead(20'000)) {
            m_output += m_process.readAllStandardOutput();
            m_report = QJsonDocument::fromJson(m_output).object();
        }
    }

    QJsonObject ask(const QByteArray &line, const QJsonObject &body)
    {
        return ask(line, body, m_report);
    }

    static QJsonObject ask(const QByteArray &line, const QJsonObject &body,
                           const QJsonObject &server)
    {
        const QByteArray content = QJsonDocument(body).toJson();
        const QUrl url(server.value(QLatin1StringView("url")).toString());
        QTcpSocket socket;
        socket.connectToHost(url.host(), quint16(url.port()));
        socket.write(line
                     + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                       "Content-Type: application/json\r\nX-Practice-Token: "
                     + server.value(QLatin1StringView("controlToken")).toString().toLatin1()
                     + "\r\nContent-Length: " + QByteArray::number(content.size()) + "\r\n\r\n"
                     + content);
        QByteArray reply;
        while (socket.waitForReadyRead(5000))
            reply += socket.readAll();
        return QJsonDocument::fromJson(reply.mid(reply.indexOf("\r\n\r\n") + 4)).object();
    }

    QProcess m_process;
    QByteArray m_output;
    QJsonObject m_report;
};

} // namespace hubkeeper::test
