// SPDX-License-Identifier: MIT
#include "secrets/keyringlock.h"

#include <QObject>

#ifdef HUBKEEPER_WITH_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#endif

using namespace Qt::StringLiterals;

namespace hubkeeper {

#ifdef HUBKEEPER_WITH_DBUS

void askWhetherLocked(QObject *context, std::function<void(bool)> then)
{
    QDBusMessage question = QDBusMessage::createMethodCall(
        u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets/aliases/default"_s,
        u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    question << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [watcher, then = std::move(then)] {
                         const QDBusPendingReply<QDBusVariant> reply = *watcher;
                         watcher->deleteLater();
                         then(reply.isValid() && reply.value().variant().toBool());
                     });
}

#else

void askWhetherLocked(QObject *context, std::function<void(bool)> then)
{
    QMetaObject::invokeMethod(
        context, [then = std::move(then)] { then(false); }, Qt::QueuedConnection);
}

#endif

} // namespace hubkeeper
