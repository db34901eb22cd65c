// SPDX-License-Identifier: MIT
#include "secretinput.h"

#ifdef Q_OS_WIN
#include <io.h>
#include <stdio.h>
#endif
#ifdef Q_OS_UNIX
#include <termios.h>
#include <unistd.h>
#endif

namespace hubkeeper::cli {

namespace {

/// Keeps a terminal from showing what is typed, as long as it lives.
class NoEcho
{
public:
    NoEcho()
    {
#ifdef Q_OS_UNIX
        m_isTerminal = tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_isTerminal)
            return;
        termios quiet = m_before;
        quiet.c_lflag &= ~tcflag_t(ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
#endif
    }
    ~NoEcho()
    {
#ifdef Q_OS_UNIX
        if (m_isTerminal)
            tcsetattr(STDIN_FILENO, TCSANOW, &m_before);
#endif
    }
    NoEcho(const NoEcho &) = delete;
    NoEcho &operator=(const NoEcho &) = delete;

private:
#ifdef Q_OS_UNIX
    termios m_before {};
#endif
    bool m_isTerminal = false;
};

QByteArray readLine(Services &services)
{
    QByteArray line = services.input.readLine(64 << 10);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return line;
}

} // namespace

Secret askForSecret(const QString &question, Services &services)
{
    services.output.message(question);
    const NoEcho quiet;
    return Secret(readLine(services));
}

QString askForLine(const QString &question, Services &services)
{
    services.output.message(question);
    return QString::fromUtf8(readLine(services));
}

bool isTerminal()
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(stdin)) != 0;
#else
    return isatty(STDIN_FILENO) == 1;
#endif
}

} // namespace hubkeeper::cli
