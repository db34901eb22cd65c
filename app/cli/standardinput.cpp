// SPDX-License-Identifier: MIT
#include "standardinput.h"

#include "interrupt.h"

#ifdef Q_OS_UNIX
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#else
#include <io.h>
#include <stdio.h>
#endif

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 longestLine = 64 << 10; // Bytes.

tl::unexpected<Error> interrupted()
{
    return fail(ErrorKind::Cancelled, u"Stopped before it was finished."_s);
}

tl::unexpected<Error> unreadable(const QIODevice &input)
{
    return fail(ErrorKind::InvalidInput,
                u"Standard input cannot be read: %1."_s.arg(input.errorString()));
}

} // namespace

StandardInput::StandardInput()
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

#ifdef Q_OS_UNIX

bool StandardInput::isTerminal()
{
    return isatty(STDIN_FILENO) == 1;
}

qint64 StandardInput::readData(char *data, qint64 most)
{
    if (most == 0)
        return 0;
    pollfd streams[] = {{STDIN_FILENO, POLLIN, 0}, {Interrupt::descriptor(), POLLIN, 0}};
    while (poll(streams, 2, -1) < 0 && errno == EINTR && !Interrupt::wasRequested())
        continue;
    if (Interrupt::wasRequested())
        return -1;
    const ssize_t got = ::read(STDIN_FILENO, data, size_t(most));
    if (got < 0)
        setErrorString(QString::fromLocal8Bit(strerror(errno)));
    return got > 0 ? got : -1; // 0 would mean that more may come.
}

void fillClosedStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(stream, F_GETFD) != -1)
            continue;
        const int null = ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        if (null >= 0 && null != stream) {
            dup2(null, stream);
            ::close(null);
        }
    }
}

#else

bool StandardInput::isTerminal()
{
    return _isatty(_fileno(stdin)) != 0;
}

qint64 StandardInput::readData(char *data, qint64 most)
{
    const int got = _read(_fileno(stdin), data, unsigned(std::min<qint64>(most, 1 << 20)));
    return got > 0 ? got : -1;
}

void fillClosedStreams() { }

#endif

Result<QByteArray> readAllInput(QIODevice &input, qint64 largest)
{
    const QString before = input.errorString();
    QByteArray bytes;
    while (bytes.size() <= largest) {
        const QByteArray part = input.read(1 << 16);
        if (Interrupt::wasRequested())
            return interrupted();
        if (part.isEmpty())
            return input.errorString() == before ? Result<QByteArray>(bytes) : unreadable(input);
        bytes += part;
    }
    return fail(ErrorKind::InvalidInput,
                u"Standard input is larger than %1 KB."_s.arg(largest >> 10));
}

Result<QByteArray> readInputLine(QIODevice &input)
{
    QByteArray line;
    char c = 0;
    while (line.size() < longestLine && input.read(&c, 1) == 1) {
        if (c == '\n')
            break;
        line += c;
    }
    if (Interrupt::wasRequested())
        return interrupted();
    while (line.endsWith('\r'))
        line.chop(1);
    return line;
}

} // namespace hubkeeper::cli
