// SPDX-License-Identifier: MIT
#include "session/connections/connection.h"

#include "net/proxies.h"
#include "session/sessiontext.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto hubSpotHost = "api.hubapi.com"_L1;

} // namespace

QString nameOf(ConnectionKind kind)
{
    switch (kind) {
    case ConnectionKind::Production:
        return u"production"_s;
    case ConnectionKind::Sandbox:
        return u"sandbox"_s;
    case ConnectionKind::Practice:
        return u"practice"_s;
    }
    Q_UNREACHABLE();
}

std::optional<ConnectionKind> connectionKindFrom(const QString &name)
{
    for (const auto kind :
         {ConnectionKind::Production, ConnectionKind::Sandbox, ConnectionKind::Practice}) {
        if (nameOf(kind) == name)
            return kind;
    }
    return std::nullopt;
}

QString labelFor(const QString &provisionerPath)
{
    QString name = QFileInfo(provisionerPath).completeBaseName();
    constexpr auto prefix = "provisioner.openicf-"_L1;
    if (name.startsWith(prefix) && name.size() > prefix.size())
        name = name.sliced(prefix.size());
    return name;
}

Result<void> checkBaseUrl(const QUrl &url, bool allowRemote)
{
    const QString scheme = url.scheme();
    if (!url.isValid() || url.host().isEmpty() || (scheme != "http"_L1 && scheme != "https"_L1)) {
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("\"%1\" is not an address of a portal.")
                        .arg(url.toDisplayString(QUrl::RemoveUserInfo)),
                    SessionText::tr("Give scheme, host and port, as in http://127.0.0.1:8080."));
    }
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment()) {
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("The portal's address must hold no user, query or fragment."),
                    SessionText::tr("Give scheme, host and port only."));
    }
    if (isLoopback(url.host()) || (scheme == "https"_L1 && url.host() == hubSpotHost))
        return {};
    if (!allowRemote) {
        return fail(
            ErrorKind::Refused,
            SessionText::tr(
                "%1 is neither HubSpot's address nor this machine; a token would leave to it.")
                .arg(url.host()),
            SessionText::tr("Allow a remote base URL explicitly if you trust that host."));
    }
    if (scheme != "https"_L1) {
        return fail(
            ErrorKind::Refused,
            SessionText::tr("%1 would receive the token without encryption.").arg(url.host()),
            SessionText::tr("Use https for every host but this machine."));
    }
    return {};
}

} // namespace hubkeeper
