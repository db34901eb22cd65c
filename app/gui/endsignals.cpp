// SPDX-License-Identifier: MIT
#include "endsignals.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

namespace hubkeeper {

#ifdef Q_OS_UNIX

namespace {

int pipeEnds[2] = {-1, -1};

extern "C" void onEndSignal(int number)
{
    const auto byte = static_cast<unsigned char>(number);
    (void)!write(pipeEnds[1], &byte, 1);
    std::signal(number, SIG_DFL);
}

} // namespace

EndSignals::EndSignals(QObject *parent)
    : QObject(parent)
{
    if (pipe(pipeEnds) != 0)
        return;
    auto *notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [] {
        unsigned char number = 0;
        (void)!read(pipeEnds[0], &number, 1);
        QCoreApplication::exit(128 + number); // As shells say it.
    });
    for (const int number : {SIGTERM, SIGHUP, SIGINT})
        std::signal(number, onEndSignal);
}

#else

EndSignals::EndSignals(QObject *parent)
    : QObject(parent)
{
}

#endif

} // namespace hubkeeper
