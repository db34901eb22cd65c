// SPDX-License-Identifier: MIT
#include "practice/state/controlguard.h"

#include <QHostAddress>
#include <QRandomGenerator>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// A page on another site can reach loopback by a name of its own (DNS rebinding); the Host header
/// then carries that name.
bool isLoopbackHost(const QByteArray &host)
{
    const QUrl url(u"http://"_s + QString::fromLatin1(host));
    if (!url.isValid())
        return false;
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

/// Compares without telling by time how much is right.
bool equalSecrets(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size() || a.isEmpty())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

} // namespace

QByteArray randomToken()
{
    QByteArray bytes(24, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return bytes.toHex();
}

std::optional<Reply> refusedControl(const Received &request, const QByteArray &token)
{
    if (!isLoopbackHost(request.header("host")))
        return htmlReply(421);
    if (equalSecrets(request.header("x-practice-token"), token))
        return std::nullopt;
    return jsonReply({{u"status"_s, u"error"_s},
                      {u"message"_s, u"The header X-Practice-Token is missing or wrong."_s}},
                     403);
}

} // namespace hubkeeper::practice
