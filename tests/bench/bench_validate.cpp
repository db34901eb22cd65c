// SPDX-License-Identifier: MIT
// How fast the validator is: in this process, over a folder of files, and as a whole process of the
// command line, start and end included. Prints one line of JSON.

#include "provisioner/rules/validation.h"
#include "testkit/provisionerfile.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

constexpr int filesInFolder = 1000;
constexpr int processes = 30;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return file.readAll();
}

double millisecondsOf(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

double medianOf(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

qsizetype findingsOf(const QByteArray &bytes)
{
    const ValidationOptions options {ServerProfile::Commercial,
                                     u"provisioner.openicf-hubspot.json"_s, QDate(2026, 11, 25)};
    return validate(JsonText(bytes), options).size();
}

double medianOfOne(const QByteArray &bytes)
{
    std::vector<double> times;
    for (int i = 0; i < 200; ++i)
        times.push_back(millisecondsOf([&] { (void)findingsOf(bytes); }));
    return medianOf(times);
}

/// Of one run; for what takes long.
double millisecondsOfOne(const QByteArray &bytes)
{
    return millisecondsOf([&] { (void)findingsOf(bytes); });
}

double millisecondsOfProcess(const QStringList &arguments)
{
    return millisecondsOf([&] {
        QProcess process;
        process.start(QStringLiteral(HUBKEEPER_CLI), arguments);
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
            qFatal("%s does not run", HUBKEEPER_CLI);
    });
}

QByteArray manyKeys(int count)
{
    QByteArray keys = "{\"connectorRef\": {}";
    for (int i = 0; i < count; ++i)
        keys += ",\"enabledX" + QByteArray::number(i) + "\":1";
    return keys + '}';
}

} // namespace

int main()
{
    const QString sample =
        QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples/provisioner.openicf-hubspot.json");
    const QByteArray bytes = contentOf(sample);
    const QTemporaryDir folder;
    for (int i = 0; i < filesInFolder; ++i)
        QFile::copy(sample, folder.filePath(u"provisioner.openicf-c%1.json"_s.arg(i)));

    const double one = medianOfOne(bytes);
    std::vector<double> starts;
    std::vector<double> whole;
    for (int i = 0; i < processes; ++i) {
        starts.push_back(millisecondsOfProcess({u"--version"_s}));
        whole.push_back(millisecondsOfProcess({u"validate"_s, sample}));
    }
    const QJsonObject line {
        {u"bytes"_s, bytes.size()},
        {u"findings"_s, findingsOf(bytes)},
        {u"oneFileMs"_s, one},
        {u"filesPerSecond"_s, 1000 / one},
        {u"processMs"_s, medianOf(whole)},
        {u"processStartMs"_s, medianOf(starts)},
        {u"processThousandFilesMs"_s, millisecondsOfProcess({u"validate"_s, folder.path()})},
        {u"hundredMegabytesMs"_s, millisecondsOfOne(QByteArray(100 << 20, '['))},
        {u"millionKeysMs"_s, millisecondsOfOne(manyKeys(1'000'000))},
        {u"mostKeysMs"_s, millisecondsOfOne(manyKeys(JsonText::mostValues - 3))},
    };
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    return 0;
}
