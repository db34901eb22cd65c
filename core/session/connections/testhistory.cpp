// SPDX-License-Identifier: MIT
#include "session/connections/testhistory.h"

#include "base/redact.h"
#include "base/sharedfile.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestHistory = 4 << 20; // Bytes; an entry takes about 100.

QString pathIn(const Paths &paths)
{
    return paths.state + u"/tests.json"_s;
}

QJsonObject readAll(const Paths &paths)
{
    if (!QFileInfo::exists(pathIn(paths)))
        return {};
    return QJsonDocument::fromJson(readFile(pathIn(paths), largestHistory).value_or(QByteArray()))
        .object();
}

QString wordFor(TestStep::State state)
{
    return state == TestStep::Failed ? u"failed"_s
        : state == TestStep::Warned  ? u"warned"_s
                                     : u"passed"_s;
}

TestStep::State stateFrom(const QString &word)
{
    return word == "failed"_L1 ? TestStep::Failed
        : word == "warned"_L1  ? TestStep::Warned
                               : TestStep::Passed;
}

PastTest pastOf(const TestReport &report)
{
    PastTest past;
    past.at = report.at;
    if (!report.ok) {
        past.state = TestStep::Failed;
        past.sentence = report.error ? redacted(report.error->what) : QString();
        return past;
    }
    for (const TestStep &step : report.steps) {
        if (step.state == TestStep::Warned && past.state != TestStep::Warned) {
            past.state = TestStep::Warned;
            past.sentence = redacted(step.detail);
        }
    }
    return past;
}

} // namespace

QList<PastTest> TestHistory::of(const QString &connectionId, const Paths &paths)
{
    QList<PastTest> tests;
    const QJsonArray entries = readAll(paths)[connectionId].toArray();
    for (const QJsonValue &entry : entries) {
        tests.append({QDateTime::fromString(entry["at"_L1].toString(), Qt::ISODate),
                      stateFrom(entry["state"_L1].toString()), entry["sentence"_L1].toString()});
    }
    return tests;
}

Result<void> TestHistory::add(const QString &connectionId, const TestReport &report,
                              const Paths &paths)
{
    const PastTest past = pastOf(report);
    const QJsonObject entry {{u"at"_s, past.at.toUTC().toString(Qt::ISODate)},
                             {u"state"_s, wordFor(past.state)},
                             {u"sentence"_s, past.sentence}};
    return updateFile(pathIn(paths), largestHistory,
                      [&](const QByteArray &content) -> Result<QByteArray> {
                          QJsonObject all = QJsonDocument::fromJson(content).object();
                          QJsonArray entries = all[connectionId].toArray();
                          entries.append(entry);
                          while (entries.size() > mostTests)
                              entries.removeFirst();
                          all.insert(connectionId, entries);
                          return QJsonDocument(all).toJson();
                      });
}

} // namespace hubkeeper
