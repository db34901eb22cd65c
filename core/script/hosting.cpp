// SPDX-License-Identifier: MIT
#include "script/hosting.h"

#include "script/hostwire.h"
#include "script/processlimits.h"
#include "script/scriptengine.h"
#include "script/sessionengine.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>
#include <iostream>
#include <optional>
#include <string>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Nothing at the end of the stream: then nobody is left who waits for this process.
std::optional<QByteArray> readMessage()
{
    std::string line;
    if (!std::getline(std::cin, line))
        return std::nullopt;
    return QByteArray::fromStdString(line);
}

void writeMessage(const QJsonObject &message)
{
    const QByteArray line = hostwire::lineOf(message);
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fflush(stdout);
}

/// The program that started this process.
class Program final : public ScriptPeer
{
public:
    QString ask(const QString &operation, const QString &arguments) override
    {
        writeMessage({{u"ask"_s, operation},
                      {u"arguments"_s, QJsonDocument::fromJson(arguments.toUtf8()).array()}});
        const auto answer = readMessage();
        if (!answer)
            endProcess(hostwire::Orphaned);
        return QString::fromUtf8(*answer);
    }

    void print(const QString &line) override { writeMessage({{u"print"_s, line}}); }
};

QJsonObject endOf(const ScriptEnd &end)
{
    if (end.error.isEmpty())
        return {{u"value"_s, end.value}};
    return {{u"error"_s, end.error},
            {u"message"_s, end.message},
            {u"line"_s, end.line},
            {u"threw"_s, end.threw}};
}

/// Scripts one after the other, until nobody sends any more.
void hostSession(Program &program, bool asServer)
{
    SessionEngine engine(program, asServer);
    QHash<int, QString> texts;
    for (;;) {
        const auto line = readMessage();
        const auto globals = readMessage();
        if (!line || !globals)
            return;
        const QJsonObject request = QJsonDocument::fromJson(*line).object();
        QString &text = texts[request["script"_L1].toInt()];
        if (request.contains("text"_L1))
            text = request["text"_L1].toString();
        const QByteArray changed =
            QJsonDocument(request["changed"_L1].toArray()).toJson(QJsonDocument::Compact);
        const QString reply =
            engine.run(text, QString::fromUtf8(*globals), QString::fromUtf8(changed));
        const QByteArray end = "{\"end\":" + reply.toUtf8() + "}\n";
        std::fwrite(end.constData(), 1, size_t(end.size()), stdout);
        std::fflush(stdout);
    }
}

} // namespace

int hostScript()
{
    const auto line = readMessage();
    const QJsonObject request = QJsonDocument::fromJson(line.value_or(QByteArray())).object();
    const bool isSession = request["session"_L1].toBool();
    if (!isSession && !request.contains("text"_L1)) {
        std::cerr << "Hubkeeper starts this program to run a script; it has no other use.\n";
        return hostwire::NotUnderstood;
    }
    limitProcess(request["memory"_L1].toInteger(),
                 std::chrono::milliseconds(request["milliseconds"_L1].toInteger()));
    Program program;
    if (isSession) {
        hostSession(program, request["server"_L1].toBool());
        return 0;
    }
    const ScriptEnd end =
        evaluateScript(program, request["text"_L1].toString(), request["arguments"_L1].toObject(),
                       request["configuration"_L1].toObject());
    writeMessage({{u"end"_s, endOf(end)}});
    return 0;
}

} // namespace hubkeeper
