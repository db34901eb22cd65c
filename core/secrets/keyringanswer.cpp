// SPDX-License-Identifier: MIT
#include "secrets/keyringanswer.h"

#include <QObject>

#ifdef HUBKEEPER_WITH_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QSocketNotifier>
#include <QTimer>

#include <sys/socket.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace hubkeeper {

#ifdef HUBKEEPER_WITH_DBUS

namespace {

/// The socket of the session bus; empty if it has none, or not one of this machine's.
QByteArray busSocket()
{
    const QByteArray addresses = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    if (addresses.isEmpty())
        return "/run/user/" + QByteArray::number(getuid()) + "/bus";
    const QByteArray address = addresses.split(';').first();
    if (!address.startsWith("unix:"))
        return {};
    const QList<QByteArray> parts = address.mid(5).split(',');
    for (const QByteArray &part : parts) {
        if (part.startsWith("path="))
            return QByteArray::fromPercentEncoding(part.mid(5));
        if (part.startsWith("abstract="))
            return '\0' + QByteArray::fromPercentEncoding(part.mid(9));
    }
    return {};
}

/// Qt's and GLib's connections wait for a silent bus for good, Qt's in the way of everything else.
/// So a first word is exchanged here, and thrown away.
class BusGreeting final : public QObject
{
public:
    BusGreeting(std::chrono::milliseconds patience, QObject *context,
                std::function<void(bool)> then)
        : QObject(context)
        , m_then(std::move(then))
    {
        QTimer::singleShot(patience, this, [this] { end(false); });
        const QByteArray path = busSocket();
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        const bool fits = !path.isEmpty() && size_t(path.size()) < sizeof address.sun_path;
        m_socket = fits ? socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0) : -1;
        if (m_socket < 0) { // Not known.
            QTimer::singleShot(0, this, [this] { end(true); });
            return;
        }
        std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
        const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + size_t(path.size())
                                    + (path.startsWith('\0') ? 0 : 1));
        const QByteArray hello =
            QByteArray(1, '\0') + "AUTH EXTERNAL " + QByteArray::number(getuid()).toHex() + "\r\n";
        const bool sent =
            ::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), size) == 0
            && ::send(m_socket, hello.constData(), size_t(hello.size()), MSG_NOSIGNAL)
                == hello.size();
        if (!sent) {
            QTimer::singleShot(0, this, [this] { end(false); });
            return;
        }
        auto *answer = new QSocketNotifier(m_socket, QSocketNotifier::Read, this);
        QObject::connect(answer, &QSocketNotifier::activated, this, [this] {
            char byte = 0;
            end(::recv(m_socket, &byte, 1, 0) > 0);
        });
    }
    ~BusGreeting() override
    {
        if (m_socket >= 0)
            ::close(m_socket);
    }

private:
    void end(bool answers)
    {
        if (const auto then = std::exchange(m_then, nullptr)) {
            deleteLater();
            then(answers);
        }
    }

    std::function<void(bool)> m_then;
    int m_socket = -1;
};

void pingService(std::chrono::milliseconds patience, QObject *context,
                 std::function<void(bool)> then)
{
    const QDBusMessage ping =
        QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                       u"org.freedesktop.DBus.Peer"_s, u"Ping"_s);
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(ping, int(patience.count())), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [watcher, then = std::move(then)] {
                         const QDBusPendingReply<> reply = *watcher;
                         watcher->deleteLater();
                         // Another error is an answer, too.
                         then(!reply.isError() || reply.error().type() != QDBusError::NoReply);
                     });
}

} // namespace

void askWhetherAnswering(std::chrono::milliseconds patience, QObject *context,
                         std::function<void(bool)> then)
{
    new BusGreeting(patience, context, [patience, context, then = std::move(then)](bool answers) {
        if (answers)
            pingService(patience, context, then);
        else
            then(false);
    });
}

#else

void askWhetherAnswering(std::chrono::milliseconds, QObject *context,
                         std::function<void(bool)> then)
{
    QMetaObject::invokeMethod(
        context, [then = std::move(then)] { then(true); }, Qt::QueuedConnection);
}

#endif

} // namespace hubkeeper
