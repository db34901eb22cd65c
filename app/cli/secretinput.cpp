// SPDX-License-Identifier: MIT
#include "secretinput.h"

#include "standardinput.h"

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

} // namespace

Result<Secret> askForSecret(const QString &question, Services &services)
{
    services.output.message(question);
    const NoEcho quiet;
    auto line = readInputLine(services.input);
    if (!line)
        return tl::unexpected(line.error());
    return Secret(std::move(*line));
}

Result<QString> askForLine(const QString &question, Services &services)
{
    services.output.message(question);
    return readInputLine(services.input).map([](const QByteArray &line) {
        return QString::fromUtf8(line);
    });
}

} // namespace hubkeeper::cli
