// SPDX-License-Identifier: MIT
// From the start of the program to its first painted main window, and what it then holds in memory,
// on an X server of its own (Xvfb); the same for KeePassXC in turns, where that is installed. The
// program is the real one, the window is looked at from outside. Prints one line of JSON.
//
// Argument: number of runs (15).
#include "bench/startedwindow.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace hubkeeper::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr int usualRuns = 15;

/// One program, or one way to start it.
struct Candidate
{
    QString program;
    QStringList arguments;
    std::vector<WindowStart> starts;
};

template <typename Value>
double medianOf(const std::vector<WindowStart> &starts, Value value)
{
    std::vector<double> values;
    for (const WindowStart &start : starts)
        values.push_back(value(start));
    std::sort(values.begin(), values.end());
    return QString::number(values[values.size() / 2], 'f', 1).toDouble();
}

QJsonObject summaryOf(const Candidate &candidate)
{
    const auto &starts = candidate.starts;
    const auto fastest =
        std::min_element(starts.begin(), starts.end(), [](const auto &a, const auto &b) {
            return a.milliseconds < b.milliseconds;
        });
    return {
        {u"paintedMs"_s, medianOf(starts, [](const auto &one) { return one.milliseconds; })},
        {u"fastestMs"_s, QString::number(fastest->milliseconds, 'f', 1).toDouble()},
        {u"processorMs"_s,
         medianOf(starts, [](const auto &one) { return one.processorMilliseconds; })},
        {u"residentMiB"_s, medianOf(starts, [](const auto &one) { return one.residentMiB; })},
    };
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int runs = argc > 1 ? std::max(1, std::atoi(argv[1])) : usualRuns;
    const QTemporaryDir home;
    const WindowWatcher watcher(home.path());
    if (!watcher.isReady()) {
        std::fprintf(stderr, "%s\n", qPrintable(watcher.failure()));
        return 1;
    }
    Candidate plain {
        QStringLiteral(HUBKEEPER_PROGRAM), {u"--profile"_s, home.filePath(u"plain"_s)}, {}};
    Candidate withFile {QStringLiteral(HUBKEEPER_PROGRAM),
                        {u"--profile"_s, home.filePath(u"file"_s),
                         QStringLiteral(HUBKEEPER_SOURCE_DIR
                                        "/resources/samples/provisioner.openicf-hubspot.json")},
                        {}};
    Candidate peer {QStandardPaths::findExecutable(u"keepassxc"_s),
                    {u"--config"_s, home.filePath(u"keepassxc.ini"_s)},
                    {}};
    QList<Candidate *> candidates {&plain, &withFile};
    if (!peer.program.isEmpty())
        candidates.append(&peer);

    // In turns, so that what else the machine does falls on all alike. The first round warms up.
    for (int run = 0; run <= runs; ++run) {
        for (Candidate *candidate : std::as_const(candidates)) {
            const auto start = watcher.start(candidate->program, candidate->arguments);
            if (!start) {
                std::fprintf(stderr, "%s showed no window\n", qPrintable(candidate->program));
                return 1;
            }
            if (run > 0)
                candidate->starts.push_back(*start);
        }
    }
    QJsonObject line {{u"benchmark"_s, u"guiStart"_s},
                      {u"runs"_s, runs},
                      {u"hubkeeper"_s, summaryOf(plain)},
                      {u"hubkeeperWithFile"_s, summaryOf(withFile)}};
    if (peer.starts.empty())
        line.insert(u"keepassxc"_s, u"not installed"_s);
    else
        line.insert(u"keepassxc"_s, summaryOf(peer));
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    return 0;
}
