// SPDX-License-Identifier: MIT
#include "interrupt.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

#ifdef Q_OS_UNIX

namespace {

int pipeEnds[2] = {-1, -1};
volatile std::sig_atomic_t lastSignal = 0;

extern "C" void onSignal(int number)
{
    lastSignal = number;
    const char byte = 1;
    (void)!write(pipeEnds[1], &byte, 1);
}

/// Once: a second one ends the program. System calls that wait end with EINTR.
void catchOnce(int number)
{
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = int(SA_RESETHAND);
    sigaction(number, &action, nullptr);
}

} // namespace

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_isOutOfTime = true;
        emit requested();
    });
    if (pipe(pipeEnds) != 0)
        return;
    m_notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false); // The byte stays, for who looks at descriptor().
        emit requested();
    });
    catchOnce(SIGINT);
    catchOnce(SIGTERM);
}

bool Interrupt::wasRequested()
{
    return lastSignal != 0;
}

int Interrupt::signalNumber()
{
    return lastSignal;
}

int Interrupt::descriptor()
{
    return pipeEnds[0];
}

#else

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_isOutOfTime = true;
        emit requested();
    });
}

bool Interrupt::wasRequested()
{
    return false;
}

int Interrupt::signalNumber()
{
    return 0;
}

int Interrupt::descriptor()
{
    return -1;
}

#endif

void Interrupt::setTimeLimit(std::chrono::milliseconds limit)
{
    if (m_limit.count() > 0)
        return;
    m_limit = limit;
    m_timer.start(limit);
}

Error Interrupt::reasonOf(const Error &cancelled) const
{
    if (!m_isOutOfTime || wasRequested())
        return cancelled;
    Error error = cancelled;
    error.kind = ErrorKind::TimedOut;
    error.what = u"It was not finished within the %1 seconds of --timeout."_s.arg(
        double(m_limit.count()) / 1000);
    return error;
}

} // namespace hubkeeper::cli
