// SPDX-License-Identifier: MIT
#include "interrupt.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

namespace hubkeeper::cli {

#ifdef Q_OS_UNIX

namespace {

int pipeEnds[2] = {-1, -1};
volatile std::sig_atomic_t requestCount = 0;

extern "C" void onSignal(int number)
{
    requestCount = 1;
    const char byte = 1;
    (void)!write(pipeEnds[1], &byte, 1);
    std::signal(number, SIG_DFL); // A second one ends the program.
}

} // namespace

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    if (pipe(pipeEnds) != 0)
        return;
    m_notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        (void)!read(pipeEnds[0], &byte, 1);
        emit requested();
    });
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

bool Interrupt::wasRequested()
{
    return requestCount != 0;
}

#else

bool Interrupt::wasRequested()
{
    return false;
}

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
}

#endif

} // namespace hubkeeper::cli
