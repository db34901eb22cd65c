// SPDX-License-Identifier: MIT
#include "idm/access/serverlogin.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr std::pair<LoginKind, QLatin1StringView> names[] = {
    {LoginKind::StaticUser, "user"_L1},
    {LoginKind::Basic, "basic"_L1},
    {LoginKind::Bearer, "bearer"_L1},
    {LoginKind::ServiceAccount, "service-account"_L1},
};

/// What a value in the form of RFC 5987 begins with.
constexpr QByteArrayView extendedForm("UTF-8''");

/// Can be a header as it is, and is not taken for the other form.
bool isPlainPassword(std::string_view password)
{
    return std::all_of(password.begin(), password.end(), [](char c) { return c > ' ' && c <= '~'; })
        && !password.starts_with(
            std::string_view(extendedForm.data(), size_t(extendedForm.size())));
}

bool isPlain(QChar c)
{
    return c >= u' ' && c <= u'~';
}

} // namespace

QString nameOf(LoginKind kind)
{
    for (const auto &[value, name] : names) {
        if (value == kind)
            return name;
    }
    Q_UNREACHABLE();
}

std::optional<LoginKind> loginKindFrom(const QString &name)
{
    for (const auto &[value, word] : names) {
        if (name == word)
            return value;
    }
    return std::nullopt;
}

QByteArray headerValueOf(const QString &userName)
{
    if (std::all_of(userName.begin(), userName.end(), isPlain))
        return userName.toLatin1();
    return extendedForm.toByteArray() + userName.toUtf8().toPercentEncoding();
}

Secret wireSecret(const ServerLogin &login, const Secret &secret)
{
    if (login.kind == LoginKind::ServiceAccount)
        return {};
    if (login.kind == LoginKind::Bearer
        || (login.kind == LoginKind::StaticUser && secret.withClearText(&isPlainPassword)))
        return secret.clone();
    if (login.kind == LoginKind::StaticUser)
        return secret.withClearText([](std::string_view password) {
            QByteArray text(password.data(), qsizetype(password.size()));
            QByteArray encoded = extendedForm.toByteArray() + text.toPercentEncoding();
            wipe(text);
            return Secret(std::move(encoded));
        });
    return secret.withClearText([&](std::string_view password) {
        QByteArray pair = login.userName.toUtf8() + ':';
        pair.append(password.data(), qsizetype(password.size()));
        Secret encoded(pair.toBase64());
        wipe(pair);
        return encoded;
    });
}

void addLogin(HttpRequest &request, const ServerLogin &login)
{
    switch (login.kind) {
    case LoginKind::StaticUser:
        request.headers.append({"X-OpenIDM-Username", headerValueOf(login.userName)});
        request.secretHeader = {"X-OpenIDM-Password", {}, "IDM_PASSWORD"};
        break;
    case LoginKind::Basic:
        request.secretHeader = {"Authorization", "Basic ", "IDM_LOGIN"};
        break;
    case LoginKind::Bearer:
    case LoginKind::ServiceAccount:
        request.secretHeader = {"Authorization", "Bearer ", "IDM_TOKEN"};
        break;
    }
}

} // namespace hubkeeper
